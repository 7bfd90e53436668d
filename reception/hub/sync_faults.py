"""What keeps somebody's line state from being the same in Teams and in telephony, told as one source.

What is wrong with one colleague (no licence, unknown there, a line that cannot be marked) is told with their
name (requirement 000-25), and the others go on. What is wrong with all is told instead of that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, NamedTuple

from reception.errors import AuthNeeded, ServiceError
from reception.model.changes import Message, Source, SourceState
from reception.model.people import Person
from reception.presence.port import SYNC
from reception.presence.sync import Trouble

_log = logging.getLogger(__name__)

_MOST_NAMES: Final = 5
_INTERNAL: Final = Message(key="internal_error")


class _Fault(NamedTuple):
    trouble: Trouble
    message: Message
    name: str
    needs_sign_in: bool = False


class SyncFaults:
    """Who cannot be synchronised, and why. As long as nothing was ever wrong, nothing is told."""

    def __init__(self, on_source: Callable[[Source], None], *, clock: Callable[[], float]) -> None:
        self._on_source = on_source
        self._clock = clock
        self._faults: dict[str, _Fault] = {}
        self._lines: dict[str, _Fault] = {}
        self._told: tuple[SourceState, Message | None] | None = None

    def on_done(self, person: str) -> None:
        """Somebody was written for: what was wrong with all is not wrong any more."""
        kept = {p: f for p, f in self._faults.items() if p != person and f.trouble is Trouble.REFUSED}
        if len(kept) != len(self._faults):
            _log.info("writing to Teams works again for %s", person)
            self._faults = kept
            self._tell()

    def on_failed(self, person: Person, trouble: Trouble, error: ServiceError | None) -> None:
        """Somebody was not written for."""
        message = _INTERNAL if error is None else error.message
        fault = _Fault(trouble, message, person.name, isinstance(error, AuthNeeded))
        if self._faults.get(person.id) != fault:
            _log.warning("writing to Teams fails for %s: %s", person.id, message.key)
            self._faults[person.id] = fault
            self._tell()

    def on_nothing_left(self, person: str) -> None:
        """Nothing is shown of somebody, nor to be tried: that there was no answer does not matter now."""
        fault = self._faults.get(person)
        if fault is not None and fault.trouble is Trouble.AWAY:
            del self._faults[person]
            self._tell()

    def on_line(self, person: str, message: Message) -> None:
        """A line cannot show what it should."""
        fault = _Fault(Trouble.REFUSED, message, str(message.params["person"]))
        if self._lines.get(person) != fault:
            _log.warning("a line of %s cannot show what Teams says", person)
            self._lines[person] = fault
            self._tell()

    def on_line_tried(self, person: str) -> None:
        """Lines of somebody are marked anew: what was wrong with them may have been mended."""
        if self._lines.pop(person, None) is not None:
            self._tell()

    # -------------------------------------------------------------- telling

    def _tell(self) -> None:
        told = self._state()
        if told != self._told:
            self._told = told
            state, message = told
            self._on_source(Source(id=SYNC, state=state, since=self._clock(), message=message))

    def _state(self) -> tuple[SourceState, Message | None]:
        for trouble, state in (
            (Trouble.NOT_ALLOWED, SourceState.NEEDS_SETTINGS),
            (Trouble.AWAY, SourceState.DOWN),
        ):
            if found := [f for f in self._faults.values() if f.trouble is trouble]:
                needs_sign_in = found[0].needs_sign_in
                return SourceState.NEEDS_SIGN_IN if needs_sign_in else state, found[0].message
        return SourceState.UP, self._of_persons()

    def _of_persons(self) -> Message | None:
        found = [*self._faults.values(), *self._lines.values()]
        if len(found) < 2:
            return found[0].message if found else None
        names = ", ".join(dict.fromkeys(f.name for f in found[:_MOST_NAMES]))
        return Message(key="sync_incomplete", params={"count": len(found), "people": names})
