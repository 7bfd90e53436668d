"""The colleagues of the file joined with those of a directory online; contacts stay as they are.

The store keeps those of the file alone, so nothing is mixed that could not be told apart again; whom the
directory online knew is kept by its backend.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final

from reception.directory.merging import Arrival, Conflict, MergeRules, merged
from reception.directory.port import DirectoryEvent, DirectorySource, DirectoryState, PeopleSet
from reception.errors import ServiceError
from reception.model.changes import Message, Source, SourceState
from reception.model.people import Person, colleagues_of, contacts_of

_log = logging.getLogger(__name__)

DIRECTORY: Final = "directory"
"""Its light."""
_FEW: Final = 20
"""Conflicts written into the log; the light has their number."""


class OnlineDirectory:
    """Joins the two. Without a `source` the people of the file are all there are."""

    def __init__(self, source: DirectorySource | None, clock: Callable[[], float]) -> None:
        self._source = source
        self._clock = clock
        self._rules = source.rules if source is not None else MergeRules()
        self._online: Sequence[Arrival] = source.known() if source is not None else ()
        self._file: Sequence[Person] = ()
        self._conflicts: tuple[Conflict, ...] = ()
        self._online_ids: dict[str, str] = {}
        self._state = DirectoryState(state=SourceState.CONNECTING)
        self._said: tuple[SourceState, Message | None, Message | None] | None = None
        self._since = 0.0
        self._take_over: Callable[[Sequence[Person]], object] = lambda _: None
        self._on_source: Callable[[Source], None] = lambda _: None

    def joined(self, file: Sequence[Person]) -> Sequence[Person]:
        """Return everybody, with these people of the file; they are remembered."""
        self._file = tuple(file)
        people = self._join()
        self._show()
        return people

    @property
    def has_photos(self) -> bool:
        """True when the directory that is asked online keeps photos."""
        return self._source is not None and self._source.has_photos

    def photo(self, person: str, size: int) -> bytes | None:
        """Return somebody's photo, `size` pixels wide, None when there is none; reads a file."""
        return self._source.photo(self._online_ids.get(person, person), size) if self._source else None

    async def start(
        self, take_over: Callable[[Sequence[Person]], object], on_source: Callable[[Source], None]
    ) -> None:
        """Begin to ask. `take_over` hears of everybody whenever somebody is different."""
        self._take_over, self._on_source, self._said = take_over, on_source, None
        if self._source is None:
            return
        self._show()
        try:
            await self._source.start(self._on_event)
        except ServiceError as error:
            _log.error("the directory cannot start: %s", error.message)
            self._set_state(DirectoryState(state=SourceState.NEEDS_SETTINGS, message=error.message))

    async def use(self, source: DirectorySource | None) -> None:
        """Ask this one from now on; whom the one before knew alone is not known any more."""
        await self.stop()
        self._source = source
        self._rules = source.rules if source is not None else MergeRules()
        self._online = source.known() if source is not None else ()
        self._state = DirectoryState(state=SourceState.CONNECTING)
        self._take_over(self._join())
        await self.start(self._take_over, self._on_source)

    async def stop(self) -> None:
        """Ask no more."""
        if self._source is not None:
            await self._source.stop()

    def _on_event(self, event: DirectoryEvent) -> None:
        match event:
            case PeopleSet(people=people):
                self._online = people
                self._take_over(self._join())
                self._show()
            case DirectoryState():
                self._set_state(event)

    def _join(self) -> tuple[Person, ...]:
        found = merged(colleagues_of(self._file), self._online, self._rules)
        self._online_ids = found.online_ids
        if found.conflicts != self._conflicts:
            self._conflicts = found.conflicts
            _log.info("the directory and the file of people differ in %d places", len(found.conflicts))
            for conflict in found.conflicts[:_FEW]:
                _log.info("they differ: %s, %s", conflict.person, conflict.field)
        return (*found.people, *contacts_of(self._file))

    def _set_state(self, state: DirectoryState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        state, message = self._state.state, self._state.message
        if message is None and state is SourceState.UP and self._conflicts:
            message = _conflict_message(self._conflicts)
        doing = self._state.doing
        if self._source is None or self._said == (state, message, doing):
            return
        is_news = self._said is None or self._said[:2] != (state, message)
        if self._said is None or self._said[0] is not state:
            self._since = self._clock()
        self._said = state, message, doing
        if is_news:
            level = logging.INFO if state in (SourceState.UP, SourceState.CONNECTING) else logging.WARNING
            _log.log(level, "the directory is %s%s", state.value, f": {message.key}" if message else "")
        self._on_source(Source(id=DIRECTORY, state=state, since=self._since, message=message, doing=doing))


def _conflict_message(conflicts: Sequence[Conflict]) -> Message:
    first = conflicts[0]
    return Message(
        key="directory_conflicts",
        params={
            "count": len(conflicts),
            "person": first.person,
            "field": first.field,
            "kept": first.kept,
            "other": first.other,
        },
    )
