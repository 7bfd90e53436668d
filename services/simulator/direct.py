"""What becomes of calls that the exchange's own dial plan handles: the notes of the hub, and their ends."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Final, NamedTuple

from reception.model.direct import MOST_STEPS, Keys, Way
from reception.ports import SetDirect

FORGOTTEN_S: Final = 60.0
"""How long notes count when the hub is not heard of any more."""


class Route(NamedTuple):
    """Where a call goes: rings at `number`, or, without one, straight to the mailbox.

    `mailbox` takes it too when nobody answers, if there is one; `sound` is heard before, and before that
    `keys` are offered. `telephone` is the number whose mailbox it is.
    """

    number: str
    mailbox: str = ""
    sound: str = ""
    keys: Keys = Keys()
    telephone: str = ""


class DirectTable:
    """The notes by number."""

    def __init__(self) -> None:
        self._notes: dict[str, SetDirect] = {}
        self._heard_until = inf

    def begin(self, commands: Iterable[SetDirect]) -> None:
        """The hub is there: these notes count, and no others."""
        self._heard_until = inf
        self._notes.clear()
        for command in commands:
            self.set(command)

    def unheard(self, now: float) -> None:
        """The hub is not heard of from now on (UTC seconds)."""
        self._heard_until = min(self._heard_until, now + FORGOTTEN_S)

    def set(self, command: SetDirect) -> None:
        """Take a note, in place of the one before."""
        self._notes.pop(command.number, None)
        if command.way is not Way.USUAL:
            self._notes[command.number] = command

    def way(self, number: str) -> Way:
        """Return what has been said of a number, whether it counts now or not."""
        note = self._notes.get(number)
        return note.way if note is not None else Way.USUAL

    def route(self, number: str, now: float) -> Route:
        """Return where a call to a number goes at a moment."""
        steps = 0
        while (note := self._note(number, now)) is not None:
            if note.way is Way.RING:
                return Route(number, note.mailbox, note.sound, note.keys, number)
            steps += 1
            if note.way is Way.VOICEMAIL or steps > MOST_STEPS:
                return Route("", note.mailbox, note.sound, note.keys, number)
            number = note.to
        return Route(number)

    def after_key(self, route: Route, digit: str, now: float) -> Route | None:
        """Return where a caller goes on to by a key at a route's mailbox; None when it leads nowhere."""
        keys = route.keys
        if digit == "1" and keys.assistant:
            return self.route(keys.assistant, now)
        if digit != "2" or keys.past is Way.USUAL:
            return None
        if keys.past is Way.NUMBER and (keys.past_until is None or now < keys.past_until):
            return self.route(keys.past_to, now)
        return Route(route.telephone, route.mailbox, route.sound)

    def _note(self, number: str, now: float) -> SetDirect | None:
        note = self._notes.get(number)
        if note is None or now >= self._heard_until or (note.until is not None and now >= note.until):
            return None
        return note
