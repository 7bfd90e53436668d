"""What may go wrong on purpose."""

from __future__ import annotations

import threading
from typing import Final

import msgspec

from services.emulators.exchange.soap import Fault

FOREVER: Final = -1


class Trouble(msgspec.Struct, kw_only=True):
    """Requests of an operation (empty: of all) fail so, `times` or for ever.

    `code` with `back_off_ms` is a SOAP fault such as ErrorServerBusy; `status` is HTTP's alone, such as 503
    with `retry_after_s`, or 401; `is_malformed`: the answer breaks off in the middle. `gate` is waited for
    before anything is answered.
    """

    operation: str = ""
    code: str = ""
    back_off_ms: int | None = None
    status: int = 0
    retry_after_s: int | None = None
    is_malformed: bool = False
    gate: threading.Event | None = None
    times: int = FOREVER
    seen: int = 0


class Unwilling(Exception):
    """The server answers with a status of HTTP and nothing else."""

    def __init__(self, status: int, retry_after_s: int | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.retry_after_s = retry_after_s


class Troubles:
    """All that goes wrong now. From any thread."""

    def __init__(self) -> None:
        self._all: list[Trouble] = []
        self._lock = threading.Lock()

    def add(self, trouble: Trouble) -> Trouble:
        """Let something go wrong from now on; returns it, to be counted and removed."""
        with self._lock:
            self._all.append(trouble)
        return trouble

    def clear(self) -> None:
        """Let everything be well again."""
        with self._lock:
            gates = [one.gate for one in self._all if one.gate is not None]
            self._all.clear()
        for gate in gates:
            gate.set()

    def before(self, operation: str) -> None:
        """Wait, or raise Fault or Unwilling, where that was arranged."""
        trouble = self._meets(operation, is_after=False)
        if trouble is None:
            return
        if trouble.gate is not None:
            trouble.gate.wait()
        if trouble.status:
            raise Unwilling(trouble.status, trouble.retry_after_s)
        if trouble.code:
            values = {} if trouble.back_off_ms is None else {"BackOffMilliseconds": str(trouble.back_off_ms)}
            raise Fault(trouble.code, "This was arranged.", values=values)

    def after(self, operation: str, answer: bytes) -> bytes:
        """Return the answer, broken where it is to be."""
        return answer if self._meets(operation, is_after=True) is None else answer[: len(answer) // 2]

    def _meets(self, operation: str, *, is_after: bool) -> Trouble | None:
        with self._lock:
            for one in self._all:
                if one.is_malformed is is_after and one.operation in ("", operation):
                    one.seen += 1
                    if one.times > 0:
                        one.times -= 1
                        if not one.times:
                            self._all.remove(one)
                    return one
        return None
