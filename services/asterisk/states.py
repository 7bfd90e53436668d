"""The custom device states that are ours: written, remembered, put right after a restart.

``Custom:`` states live in Asterisk's database and survive its restart, and ours (FACTS 3.12). So each one
that we make busy is noted in that database too; after connecting, those that nobody has asked for are
cleared, and all others are written again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from services.asterisk.ami import ActionRefused, Ami

FAMILY: Final = "reception"
KEY: Final = "custom-state"


class CustomStates:
    """What was last wished for each device of ours. Lives as long as the backend."""

    def __init__(self) -> None:
        self._wished: dict[str, bool] = {}

    def wish(self, device: str, is_busy: bool) -> None:
        """Remember what a device should be, to be written when Asterisk is there."""
        self._wished[device] = is_busy

    async def write(self, ami: Ami, device: str, is_busy: bool) -> None:
        """Set a device's state; it is the wish, even if it fails now."""
        self.wish(device, is_busy)
        await self._put(ami, device, is_busy)

    async def restore(self, ami: Ami) -> None:
        """Make Asterisk's states what was wished, and clear those of an earlier life."""
        noted = {
            block["Key"].rpartition("/")[2]
            for block in await ami.ask("DBGetTree", Family=FAMILY, Key=KEY)
            if block.get("Event") == "DBGetTreeResponse"
        }
        for device in sorted(noted - self._wished.keys()):
            await self._put(ami, device, is_busy=False)
        for device, is_busy in list(self._wished.items()):
            await self._put(ami, device, is_busy)

    @staticmethod
    async def _put(ami: Ami, device: str, is_busy: bool) -> None:
        note = {"Family": FAMILY, "Key": f"{KEY}/{device}"}
        variable = f"DEVICE_STATE(Custom:{device})"
        if is_busy:  # the note first: a busy state without one would stay for ever
            await ami.ask("DBPut", **note, Val="busy")
            await ami.ask("Setvar", Variable=variable, Value="BUSY")
            return
        await ami.ask("Setvar", Variable=variable, Value="NOT_INUSE")
        with suppress(ActionRefused):  # there was no note
            await ami.ask("DBDel", **note)
