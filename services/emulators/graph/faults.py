"""What may go wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from services.emulators.graph.asked import Asked, Refused, Reply

FOREVER: Final = -1


class Fault(msgspec.Struct, kw_only=True):
    """Requests whose path has `part` in it are answered so, `times` (or for ever).

    `status` with Graph's words for it; `malformed`: a body that breaks off in the middle.
    """

    part: str
    status: int = 0
    code: str = ""
    retry_after_s: int | None = None
    is_malformed: bool = False
    times: int = FOREVER
    only: Callable[[Asked], bool] = lambda asked: True
    seen: int = 0


class Faults:
    """All that goes wrong now."""

    def __init__(self) -> None:
        self._all: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Let something go wrong from now on; returns it, to be counted and removed."""
        self._all.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Let it be well again."""
        if fault in self._all:
            self._all.remove(fault)

    def clear(self) -> None:
        """Let everything be well again."""
        self._all.clear()

    def before(self, asked: Asked) -> None:
        """Raise `Refused` where the answer is to be one."""
        fault = self._meets(asked, lambda one: bool(one.status))
        if fault is not None:
            wait = {} if fault.retry_after_s is None else {"Retry_After": str(fault.retry_after_s)}
            raise Refused(fault.status, fault.code, "This was arranged.", **wait)

    def after(self, asked: Asked, reply: Reply) -> Reply:
        """Return the answer, broken where it is to be."""
        if self._meets(asked, lambda one: one.is_malformed) is None:
            return reply
        return msgspec.structs.replace(reply, content=reply.content[: len(reply.content) // 2] + b'{"')

    def _meets(self, asked: Asked, is_meant: Callable[[Fault], bool]) -> Fault | None:
        for fault in self._all:
            if is_meant(fault) and fault.part in asked.path and fault.only(asked):
                fault.seen += 1
                if fault.times > 0:
                    fault.times -= 1
                    if not fault.times:
                        self._all.remove(fault)
                return fault
        return None
