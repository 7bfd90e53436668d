"""Marks on lines: device states that are ours, written, remembered, put right after a restart.

A hint says which devices show the marks of its number: its ``Custom:`` device whose name ends in ``-teams``,
or its ``Stasis:`` device, shows busy, its ``Custom:`` device whose name ends in ``-dnd`` do not disturb
(without one, that looks busy too). Both kinds live in Asterisk's database and survive its restart, and ours
(FACTS 3.12). So each one that we make busy is noted in that database too; after connecting all are made what
is wished, and a little later those of an earlier hub that nobody has asked for are cleared.

A hub that dies cannot take anything back. So while a ``Custom:`` device is marked, a channel of the dial plan
watches over the lease of `direct`: when that has ended it takes the marks back (docs/asterisk.md).

A ``-dnd`` device may be written by others as well (a key on the telephone): we take back only what we wrote.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Final
from urllib.parse import quote

from reception.model.lines import LineMark
from services.asterisk.ami import ActionRefused, Ami
from services.asterisk.ari import Ari, Refusal
from services.asterisk.lines import WATCHED, LineTable

_log = logging.getLogger(__name__)

FAMILY: Final = "reception"
KEY: Final = "mark"
_BUSY: Final = "BUSY"
_IDLE: Final = "NOT_INUSE"


class Marks:
    """What was last wished for each number. Lives as long as the backend."""

    def __init__(self) -> None:
        self._wished: dict[str, LineMark] = {}
        self._turn = asyncio.Lock()
        self._is_watched = False

    def wish(self, number: str, mark: LineMark) -> None:
        """Remember what a line should look like, to be written when Asterisk is there."""
        self._wished[number] = mark

    async def write(self, writer: DeviceWriter, number: str) -> None:
        """Make a line look as is wished now. Raises Refusal when its hint has no device for that."""
        async with self._turn:
            mark = self._wished.get(number, LineMark.NONE)
            devices = writer.lines.marks_of(number)
            device = devices.get(mark)
            if device is None and mark is not LineMark.NONE:
                raise Refusal(400, f"the hint of {number} has no device for marks")
            for other in set(devices.values()) & writer.lines.marked - {device}:
                await writer.put(other, is_busy=False)
            if device is not None and not writer.lines.is_taken(device):
                await writer.put(device, is_busy=True)
            await self._have_watched(writer)

    async def _have_watched(self, writer: DeviceWriter) -> None:
        """Have somebody watch while there is something to watch over; then they leave by themselves."""
        is_needed = any(device.startswith(WATCHED) for device in writer.lines.marked)
        if is_needed and not self._is_watched:
            await writer.watch()
        self._is_watched = is_needed

    async def hold(self, writer: DeviceWriter, patience_s: float) -> None:
        """Make Asterisk's states what is wished, and be there for ever.

        What an earlier hub marked mostly still holds: it is cleared when those who know have had some time to
        say so.
        """
        self._is_watched = False
        for number in tuple(self._wished):
            with suppress(Refusal):  # told when it was wished
                await self.write(writer, number)
        await asyncio.sleep(patience_s)
        async with self._turn:
            for device in writer.lines.marked - self._wished_devices(writer.lines):
                await writer.put(device, is_busy=False)
            await self._have_watched(writer)
        await asyncio.get_running_loop().create_future()

    def _wished_devices(self, lines: LineTable) -> set[str]:
        devices = (lines.marks_of(number).get(mark) for number, mark in self._wished.items())
        return {device for device in devices if device is not None}


class DeviceWriter:
    """Writes device states over one connection, each with a note that it is ours.

    `watch` is the dial plan's context that takes marks back when we are not heard of any more.
    """

    def __init__(self, ari: Ari, ami: Ami, lines: LineTable, watch: str) -> None:
        self.lines = lines
        self._ari = ari
        self._ami = ami
        self._watch = watch

    async def load_notes(self) -> None:
        """Learn which devices are busy by us: they say nothing of telephones."""
        for block in await self._ami.ask("DBGetTree", Family=FAMILY, Key=KEY):
            if block.get("Event") == "DBGetTreeResponse":
                self.lines.mark(block["Key"].rpartition("/")[2])

    async def put(self, device: str, *, is_busy: bool) -> None:
        """Make a device busy, or not any more."""
        note = {"Family": FAMILY, "Key": f"{KEY}/{device}"}
        if is_busy:  # the note first: a busy state without one would stay for ever
            self.lines.mark(device)
            await self._ami.ask("DBPut", **note, Val="busy")
            await self._set(device, _BUSY)
            return
        await self._set(device, _IDLE)
        self.lines.unmark(device)
        with suppress(ActionRefused):  # there was no note
            await self._ami.ask("DBDel", **note)

    async def watch(self) -> None:
        """Have the dial plan watch over our marks; one that watches already sends another one away."""
        place = {"context": self._watch, "extension": "hold", "priority": 1}
        try:
            await self._ari.post("channels", endpoint=f"Local/s@{self._watch}/n", **place)
        except Refusal as refusal:
            _log.info(
                "nobody takes marks of lines back if the hub dies (context %s): %s", self._watch, refusal
            )

    async def _set(self, device: str, state: str) -> None:
        if device.startswith("Stasis:"):
            await self._ari.put(f"deviceStates/{quote(device, safe='')}", {"deviceState": state})
        else:
            await self._ami.ask("Setvar", Variable=f"DEVICE_STATE({device})", Value=state)
