"""One colleague's calendars: whether they are different from the last time, and what stands in them.

What blocks (files) runs in the executor that is handed in; what takes long (to read what stands in them) in
the process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Final

from reception.errors import ProtocolError, ServiceError, Unavailable
from reception.model.calendar import Appointment
from reception.model.people import Person
from services.ics.fetching import LARGEST, Fetcher, Page
from services.ics.places import Mark, Place, mark_of, owner_emails
from services.ics.process import ReadingProcess
from services.ics.reading import Document, Fault, Owner, Reading, Unreadable
from services.ics.series import Window

_SETTLED_S: Final = 2.0
"""A file that was written so recently may be written again without its mark being different."""


class Watched:
    """What is known of a colleague's calendars. `trouble` is why they could not be read the last time."""

    def __init__(self, person: Person, places: tuple[Place, ...]) -> None:
        self.person = person
        self.places = places
        self.told: tuple[Appointment, ...] | None = None
        self.trouble: ServiceError | None = None
        self.faults: tuple[Fault, ...] = ()
        self.look_again_at = 0.0
        self._files: dict[str, Mark | None] = {}
        self._pages: dict[str, Page] = {}
        self._had: set[str] = set()

    @property
    def has_addresses(self) -> bool:
        """True when a server must be asked."""
        return any(place.is_address for place in self.places)

    def forget(self) -> None:
        """Read everything again the next time, although it may be the same: another day, another window."""
        self._files.clear()
        self._pages.clear()
        self.look_again_at = 0.0

    def is_different(self, marks: dict[str, Mark | None], now: float) -> bool:
        """Return whether a file is different, or it is time to ask the servers."""
        if not self.places:
            return self.told is None
        is_turn = self.has_addresses and now >= self.look_again_at
        if self.trouble is not None and self.has_addresses:
            return is_turn
        return is_turn or not self._has_files_of(marks)

    async def look(
        self, marks: dict[str, Mark | None], fetcher: Fetcher, executor: Executor, now: float
    ) -> list[Document] | None:
        """Return the calendars, or None when none is different. Raises ServiceError."""
        pages = await self._ask(fetcher)
        if pages is None and self.told is not None and self._has_files_of(marks):
            return None
        if pages is None:
            pages = await self._ask(fetcher, again=True) or {}
        documents = []
        for place in self.places:
            content = (
                pages[place.where].content
                if place.is_address
                else await asyncio.get_running_loop().run_in_executor(executor, _content, place)
            )
            if content is not None:
                documents.append(Document(place.name, content))
                self._had.add(place.where)
            elif place.is_expected or place.where in self._had:
                raise Unavailable("calendar_gone", file=place.name)
        self._files = {path: mark for path, mark in self._mine(marks).items() if _is_settled(mark, now)}
        # The marks are kept, the contents are not: they would be all calendars of the house in memory.
        self._pages = {where: page._replace(content=page.content and b"") for where, page in pages.items()}
        return documents

    async def read(
        self, documents: Sequence[Document], window: Window, process: ReadingProcess, executor: Executor
    ) -> Reading:
        """Return what stands in the calendars. Raises ServiceError naming file and line."""
        owner = Owner(seed=self.person.id, emails=owner_emails(self.person))
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(executor, process.read, documents, owner, window)
        except Unreadable as error:
            fault = error.fault
            raise ProtocolError(
                "calendar_broken", file=fault.file, line=fault.line, error=fault.error
            ) from error

    def _has_files_of(self, marks: dict[str, Mark | None]) -> bool:
        return all(self._files.get(path, ()) == mark for path, mark in self._mine(marks).items())

    def _mine(self, marks: dict[str, Mark | None]) -> dict[str, Mark | None]:
        return {place.where: marks.get(place.where) for place in self.places if not place.is_address}

    async def _ask(self, fetcher: Fetcher, *, again: bool = False) -> dict[str, Page] | None:
        """Ask the servers; None when every page is as it was."""
        pages: dict[str, Page] = {}
        is_different = again
        for place in self.places:
            if not place.is_address:
                continue
            known = None if again else self._pages.get(place.where)
            page = await fetcher.fetch(place, known)
            if page is not None:
                was_there = known is None or known.content is not None
                is_different = is_different or was_there or page.content is not None
                pages[place.where] = page
        if not is_different:
            return None
        for place in self.places:
            if place.is_address and place.where not in pages:
                page = await fetcher.fetch(place, None)
                pages[place.where] = page if page is not None else Page(None)
        return pages


def _is_settled(mark: Mark | None, now: float) -> bool:
    return mark is None or now - mark[0] / 1e9 > _SETTLED_S


def _content(place: Place) -> bytes | None:
    try:
        if mark_of(place.where) is None:
            return None
        with Path(place.where).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unavailable("calendar_unreadable", file=place.name, error=error.strerror or "") from error
    if len(content) > LARGEST:
        raise Unavailable("calendar_too_large", file=place.name)
    return content
