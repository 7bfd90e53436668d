"""The hub's log: to a file or the screen, with callers' numbers made unreadable."""

from __future__ import annotations

import logging
import logging.handlers
import re
from pathlib import Path
from typing import Final

_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LONG_NUMBER: Final = re.compile(r"\+\d[\d -]{4,}\d|(?<!\w)\d{6,}(?!\w)")
"""Outside numbers, and rather too much than too little. Extensions are shorter, ids have letters."""
_KEPT_DIGITS: Final = 2


def redacted(text: str) -> str:
    """Replace telephone numbers of the outside by dots and their last two digits."""
    return _LONG_NUMBER.sub(lambda found: f"…{found[0][-_KEPT_DIGITS:]}", text)


class RedactingFormatter(logging.Formatter):
    """Formats a record, traceback included, and only then redacts: so nothing slips through."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return redacted(super().format(record))


def set_up_log(file: Path | None, *, level: int = logging.INFO) -> None:
    """Send everything to a file of limited size, or to the standard error. Raises OSError."""
    handler: logging.Handler
    if file is None:
        handler = logging.StreamHandler()
    else:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=2_000_000, backupCount=3, encoding="utf-8"
        )
    handler.setFormatter(RedactingFormatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
