"""Text that was typed and not sent, kept over an end that the receptionist did not ask for.

Kept in a file of their own that only they can read, and used once.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import msgspec

from reception.runtime import write_private

_log = logging.getLogger(__name__)

LASTS_S: Final = 900.0
"""Seconds after which nobody knows any more what it was for."""
_NAME: Final = "unsaved.json"


class Unsaved(msgspec.Struct, frozen=True, kw_only=True):
    """What stood in the window at `at` (UTC seconds).

    `search` in the search field, with `selected` beside it; `fields` in the panel of an absence of
    `person`, where it was open: for a new one, or the change of `entry`.
    """

    at: float
    search: str = ""
    selected: str = ""
    person: str = ""
    entry: str = ""
    fields: dict[str, str] = {}

    @property
    def is_any(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.search or self.person)


def keep(folder: Path, unsaved: Unsaved) -> bool:
    """Keep it for the next start; False when it cannot be written."""
    try:
        write_private(folder / _NAME, msgspec.json.encode(unsaved))
    except OSError as error:
        _log.warning("what was typed cannot be kept: %s", error)
        return False
    return True


def forget(folder: Path) -> None:
    """Keep nothing: whoever works here has closed the window themselves."""
    try:
        (folder / _NAME).unlink(missing_ok=True)
    except OSError as error:
        _log.info("what was kept stays: %s", error)


def take(folder: Path, now: float) -> Unsaved | None:
    """Return what was kept, once; None when there is nothing, or it is too old."""
    file = folder / _NAME
    try:
        content = file.read_bytes()
        file.unlink()
        unsaved = msgspec.json.decode(content, type=Unsaved)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return unsaved if 0 <= now - unsaved.at <= LASTS_S else None
