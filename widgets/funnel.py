"""Where errors arrive that nobody expected: shown once each, never in a dialog, the window goes on.

Exceptions in slots, in `paintEvent` and in a model's `data()` come by `sys.excepthook`, the last two once for
every cell; so they are grouped by their place and counted.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class ErrorFunnel(QObject):
    """Collects unexpected errors; `on_error` hears the first of each kind, and where it came up.

    Signals:
        first_seen: (str) a one-line summary of an error that was not seen before.
    """

    first_seen = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        on_error: Callable[[BaseException, str], None] = lambda _error, _where: None,
    ) -> None:
        super().__init__(parent)
        self.counts: dict[str, int] = {}
        self._on_error = on_error

    def install(self) -> None:
        """Take over the hooks of the process."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread

    def report(self, error: BaseException | None, where: str = "") -> None:
        """Take an error; the first of its kind is logged with its traceback."""
        if error is None:
            error = RuntimeError(where or "unknown error")
        key = _key(error)
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.counts[key] > 1:
            return
        self._on_error(error, where)
        text = "".join(traceback.format_exception(error))
        _log.error("unexpected error %s%s\n%s", key, f" in {where}" if where else "", text)
        self.first_seen.emit(f"{type(error).__name__} · {key}")

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        self.report(args.exc_value, args.thread.name if args.thread else "")


def _key(error: BaseException) -> str:
    """Return a short name for the place an error comes from."""
    import hashlib  # loads OpenSSL, which the start does not wait for

    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{f.filename.rpartition('/')[2]}:{f.lineno}" for f in frames]
    return hashlib.sha256("|".join([type(error).__name__, *places]).encode()).hexdigest()[:8]
