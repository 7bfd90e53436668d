"""Photos of colleagues in two sizes, kept on disk by Microsoft's own mark of each (contract 3.3).

One question for each account tells whether its photo is another one; only then it is sent. Who has none has a
mark of one pixel, or is not found.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec

from reception.errors import ServiceError
from reception.runtime import write_private
from services.graph.answers import Answer, Request
from services.graph.batch import Result, ask_together
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient

_log = logging.getLogger(__name__)

SIZES: Final = (48, 120)
"""Pixels of the sides: for rows and for the card."""
PERMISSION: Final = "User.ReadBasic.All"
LARGEST: Final = 300_000
"""Bytes of a photo in these sizes; more is something else."""
_INDEX: Final = "photos.json"
_NONE: Final = frozenset({404})
_AT_ONCE: Final = 100
_KEY: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
"""What object ids look like; nothing else becomes the name of a file."""
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")


class Photos:
    """The photos in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._marks: dict[str, str] = {}
        self._has_read = False

    def photo(self, user: str, size: int) -> bytes | None:
        """Return somebody's photo (JPEG, PNG or GIF), None when there is none; reads a file."""
        if size not in SIZES or not _KEY.fullmatch(user):
            return None
        try:
            return self._file(user, size).read_bytes()
        except OSError:
            return None

    async def refresh(self, client: GraphClient, users: Sequence[str]) -> frozenset[str]:
        """Look whose photo is another one; returns whose. Raises ServiceError when nothing can be asked."""
        if not self._has_read:
            self._marks, self._has_read = self._read_marks(), True
        known = [user for user in users if _KEY.fullmatch(user)]
        changed: set[str] = set()
        for n in range(0, len(known), _AT_ONCE):
            changed |= await self._refresh(client, known[n : n + _AT_ONCE])
        gone = self._marks.keys() - set(known)
        for user in gone:
            self._forget(user)
        if changed | gone:
            self._keep_marks()
        return frozenset(changed | gone)

    async def _refresh(self, client: GraphClient, users: Sequence[str]) -> set[str]:
        answers = await ask_together(client, [_request(user, "photo") for user in users])
        marks = dict(zip(users, map(_mark, answers), strict=True))
        new = [user for user, mark in marks.items() if mark and mark != self._marks.get(user)]
        without = {user for user, mark in marks.items() if mark == "" and user in self._marks}
        for user in without:
            self._forget(user)
        wanted = [(user, size) for user in new for size in SIZES]
        photos = await ask_together(
            client, [_request(user, f"photos/{size}x{size}/$value") for user, size in wanted]
        )
        stored = await asyncio.to_thread(self._store_all, wanted, photos)
        whole = [user for user in new if all((user, size) in stored for size in SIZES)]
        self._marks |= {user: str(marks[user]) for user in whole}
        return without.union(whole)

    def _store_all(self, wanted: Sequence[tuple[str, int]], photos: Sequence[Result]) -> set[tuple[str, int]]:
        return {
            (user, size)
            for (user, size), answer in zip(wanted, photos, strict=True)
            if isinstance(answer, Answer) and answer.is_well and self._store(user, size, answer.content)
        }

    def _store(self, user: str, size: int, content: bytes) -> bool:
        if len(content) > LARGEST or not content.startswith(_BEGINNINGS):
            return False
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file(user, size).write_bytes(content)
        except OSError as error:
            _log.warning("a photo cannot be kept: %s", error)
            return False
        return True

    def _forget(self, user: str) -> None:
        self._marks.pop(user, None)
        for size in SIZES:
            self._file(user, size).unlink(missing_ok=True)

    def _file(self, user: str, size: int) -> Path:
        return self._folder / f"{user}-{size}"

    def _read_marks(self) -> dict[str, str]:
        try:
            return msgspec.json.decode((self._folder / _INDEX).read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}  # then every photo is sent once more

    def _keep_marks(self) -> None:
        try:
            write_private(self._folder / _INDEX, msgspec.json.encode(self._marks).decode())
        except OSError as error:
            _log.warning("the marks of photos cannot be kept: %s", error)


def _request(user: str, what: str) -> Request:
    return Request(
        "GET", f"/users/{quote(user)}/{what}", Scope(Kind.MAILBOX, user), PERMISSION, expected=_NONE
    )


def _mark(answer: Answer | ServiceError) -> str | None:
    """Return the mark of a photo, empty for somebody without one, None when it is not known."""
    if isinstance(answer, ServiceError):
        return None
    if answer.status == 404:
        return ""
    try:
        found = answer.json("photo")
    except ServiceError:
        return None
    if found.get("id") == "1x1":
        return ""
    return str(found.get("@odata.mediaEtag") or "") or None
