"""The hub's end of the process that reads calendars. It is there only while there is something to read.

It is asked from a thread, which waits: asyncio's own subprocesses lose track of one whose task is cancelled.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import msgspec

from services.ics.reading import Document, Fault, Owner, Reading, Unreadable
from services.ics.series import Window
from services.ics.worker import LENGTH, Done, Work, framed

COMMAND: tuple[str, ...] = (sys.executable, "-P", "-m", "services.ics.worker")
PATIENCE_S: Final = 60.0
"""Seconds that the calendars of one person may take."""


class ReadingProcess:
    """Reads one person's calendars at a time, for one thread; only `halt` may come from another.

    End it with `close`; it starts again when it is needed, unless it was halted.
    """

    def __init__(self, zone: str, patience_s: float = PATIENCE_S) -> None:
        self._zone = zone
        self._patience_s = patience_s
        self._process: subprocess.Popen[bytes] | None = None
        self._is_halted = False
        self._lock = threading.Lock()
        self._decoder = msgspec.msgpack.Decoder(Done)

    def read(self, documents: Sequence[Document], owner: Owner, window: Window) -> Reading:
        """Return what stands in the calendars. Raises Unreadable."""
        if not documents:
            return Reading((), ())
        work = Work(documents=tuple(documents), owner=owner, zone=self._zone, window=window)
        late = threading.Event()
        timer = threading.Timer(self._patience_s, self._on_late, (late,))
        timer.start()
        try:
            answer = self._ask(framed(work))
        except (OSError, EOFError) as error:
            self.close()
            why = "takes too long" if late.is_set() else "could not be read"
            raise Unreadable(Fault(file=documents[0].name, line=1, error=why)) from error
        finally:
            timer.cancel()
        if answer.reading is None:
            raise Unreadable(answer.fault or Fault(file=documents[0].name, line=1, error="could not be read"))
        return answer.reading

    def close(self) -> None:
        """End it, and wait until it has ended. Harmless when it is not there."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()  # it only reads: nothing is lost
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what it did not take any more
                    if pipe is not None:
                        pipe.close()
            process.wait()

    def halt(self) -> None:
        """End it for good, from any thread and at once: a question that waits is given up."""
        with self._lock:
            self._is_halted = True
            if self._process is not None:
                self._process.kill()

    def _ask(self, question: bytes) -> Done:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(question)
        process.stdin.flush()
        length = process.stdout.read(LENGTH)
        content = process.stdout.read(int.from_bytes(length, "big")) if len(length) == LENGTH else b""
        if not content or len(content) < int.from_bytes(length, "big"):
            raise EOFError
        return self._decoder.decode(content)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()  # it has died
        with self._lock:
            if self._is_halted:
                raise EOFError
            if self._process is None:
                flags = 0
                if sys.platform == "win32":
                    flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
                self._process = subprocess.Popen(
                    COMMAND,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=flags,
                )
            return self._process

    def _on_late(self, late: threading.Event) -> None:
        late.set()
        with self._lock:
            if self._process is not None:
                self._process.kill()
