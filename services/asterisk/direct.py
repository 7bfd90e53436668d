"""What becomes of direct calls: notes in Asterisk's own database, which the dial plan reads.

So a call to a colleague never waits for the hub, and none is lost when the hub is away. Each note has its own
end in it; besides, all of them count only while the hub is heard of: a lease that is renewed as long as we
live. The instants are Asterisk's: its clock may differ from ours. The dial plan is in docs/asterisk.md.

The database survives restarts of Asterisk and of the hub, so after each connect it is made what is wished.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from reception.model.direct import Keys, Way
from reception.ports import SetDirect
from services.asterisk.ami import ActionRefused, Ami
from services.asterisk.lines import LineTable
from services.asterisk.numbers import dial_string
from services.asterisk.settings import Settings

FAMILY: Final = "reception-direct"
LEASE: Final = "lease"
FOR_EVER: Final = 9999999999
"""An instant that no caller will see; a lease ends before."""
BETWEEN: Final = "~"
"""Between the parts of a note: until, way, to, sound, mailbox; with keys to press also their announcement,
where 1 leads, where 2 leads, and until when that. None of them has it."""
PAST_RINGS: Final = "ring"
"""Where 2 leads when it lets the telephone ring."""


class DirectCalls:
    """What was last wished for each number. Lives as long as the backend."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._wished: dict[str, SetDirect] = {}
        self._skew_s = 0.0

    def wish(self, command: SetDirect) -> None:
        """Remember what should become of calls, to be noted when Asterisk is there."""
        if command.way is Way.USUAL:
            self._wished.pop(command.number, None)
        else:
            self._wished[command.number] = command

    async def write(self, ami: Ami, lines: LineTable, command: SetDirect) -> None:
        """Note what should become of calls."""
        await self._put(ami, command.number, self._note(command, lines))

    async def begin(self, ami: Ami) -> None:
        """Take the lease: from now on we are heard of."""
        await self._look_at_clock(ami)
        await self._renew(ami)

    async def hold(self, ami: Ami, lines: LineTable) -> None:
        """Make Asterisk's notes what is wished, and renew the lease, for ever.

        What an earlier hub noted mostly still holds: it is cleared when those who know of absences have had
        some time to say so.
        """
        await self._restore(ami, lines)
        await asyncio.sleep(self._settings.lease_s / 3)
        await self._clear_others(ami)
        while True:
            await self._renew(ami)
            await asyncio.sleep(self._settings.lease_s / 3)

    async def _look_at_clock(self, ami: Ami) -> None:
        answer = await ami.ask("Getvar", Variable="EPOCH")
        self._skew_s = float(answer[0].get("Value") or self._clock()) - self._clock()

    async def _renew(self, ami: Ami) -> None:
        until = math.ceil(self._clock() + self._skew_s + self._settings.lease_s)
        await ami.ask("DBPut", Family=FAMILY, Key=LEASE, Val=str(until))

    async def _restore(self, ami: Ami, lines: LineTable) -> None:
        noted = await self._noted(ami)
        for number, command in list(self._wished.items()):
            note = self._note(command, lines)
            # Asked for again: it may have been changed meanwhile.
            if self._wished.get(number) is command and noted.get(number, "") != note:
                await self._put(ami, number, note)

    async def _clear_others(self, ami: Ami) -> None:
        for number in sorted(await self._noted(ami)):
            if number not in self._wished:
                await self._put(ami, number, "")

    @staticmethod
    async def _noted(ami: Ami) -> dict[str, str]:
        tree = await ami.ask("DBGetTree", Family=FAMILY)
        notes = {
            block["Key"].rpartition("/")[2]: block.get("Val", "")
            for block in tree
            if block.get("Event") == "DBGetTreeResponse"
        }
        notes.pop(LEASE, None)
        return notes

    def _note(self, command: SetDirect, lines: LineTable) -> str:
        """Return the text for the database, empty for none.

        A number outside the house is noted as what Asterisk dials for it; one that cannot be dialled is not
        noted: then the telephone rings.
        """
        if command.way is Way.USUAL:
            return ""
        way, to = str(command.way), command.to
        if command.way is Way.NUMBER and lines.device_of(to) is None:
            way, to = "outside", dial_string(to, None, self._settings) or ""
            if not to:
                return ""
        parts = (self._end(command.until), way, to, command.sound, command.mailbox)
        return BETWEEN.join((*parts, *self._keys(command.keys, lines)))

    def _keys(self, keys: Keys, lines: LineTable) -> tuple[str, ...]:
        """Return what a note says of keys. A number outside the house is noted as what is dialled for it."""
        if not keys.sound:
            return ()
        past = PAST_RINGS if keys.past is Way.RING else self._target(keys.past_to, lines)
        if keys.past is Way.NUMBER and not past:
            past = PAST_RINGS
        return keys.sound, self._target(keys.assistant, lines), past, self._end(keys.past_until)

    def _target(self, number: str, lines: LineTable) -> str:
        """Return what a note has for a number; short ones may be groups, which the dial plan knows."""
        if not number or lines.device_of(number) is not None:
            return number
        return dial_string(number, None, self._settings) or ("" if number.startswith("+") else number)

    def _end(self, until: float | None) -> str:
        return str(FOR_EVER if until is None else math.ceil(until + self._skew_s))

    @staticmethod
    async def _put(ami: Ami, number: str, note: str) -> None:
        if note:
            await ami.ask("DBPut", Family=FAMILY, Key=number, Val=note)
            return
        with suppress(ActionRefused):  # there was none
            await ami.ask("DBDel", Family=FAMILY, Key=number)
