"""What this user set in the window: kept in a small JSON file, never half written."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

import msgspec

_log = logging.getLogger(__name__)


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """The window's own settings. `geometry` and `layouts` hold what Qt gives, in base64.

    `more` is for small values of single panes, by a dotted name.
    """

    language: str | None = None
    theme: str = "system"
    geometry: str = ""
    layouts: dict[str, str] = {}
    more: dict[str, bool | int | float | str] = {}


def load_preferences(path: Path) -> Preferences:
    """Read the file; what cannot be read is put aside as ``*.unreadable`` and defaults are used.

    A console must open whatever is in its preferences.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Preferences)
    except FileNotFoundError:
        return Preferences()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        _log.warning("preferences %s cannot be read, using defaults: %s", path, error)
        _put_aside(path)
        return Preferences()


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Write the file whole or not at all (written aside, then renamed). Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = msgspec.json.format(msgspec.json.encode(preferences), indent=2)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise


def _put_aside(path: Path) -> None:
    try:
        os.replace(path, path.with_name(path.name + ".unreadable"))
    except OSError as error:
        _log.warning("%s cannot be put aside: %s", path, error)
