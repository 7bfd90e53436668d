"""Bridges of ours in Asterisk: the waiting room and the talks, whichever names they have to have there.

When a bridge is removed, Asterisk may keep its name to itself, sometimes for good (FACTS 6): nothing is
there, yet it cannot be made again. A caller must not stay alone for a name, so the bridge gets the next of
its names: ``call-1``, ``call-1~2``, ``call-1~3``. Outside of this module only the first one is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.asterisk.ari import Ari, Refusal
from services.asterisk.parse import Bridge
from services.asterisk.settings import Settings

WAITING_ROOM: Final = "reception-waiting"
_NAMES_TRIED: Final = 100


def known_as(bridge: str) -> str:
    """Return the first name of a bridge, of which this may be a later one."""
    return bridge.partition("~")[0]


def is_waiting_room(bridge: str) -> bool:
    """True for the waiting room, whichever of its names it has."""
    return known_as(bridge) == WAITING_ROOM


class Bridges:
    """Finds, makes and removes them."""

    def __init__(self, settings: Settings, ari: Ari) -> None:
        self._settings = settings
        self._ari = ari

    async def talk(self, name: str) -> Bridge:
        """Return the bridge of a talk, made if need be; raises `Refusal` if it cannot be."""
        return await self._open(name, "mixing")

    async def take_into_waiting_room(self, leg: str) -> None:
        """Let a leg wait with music; raises `Refusal` if Asterisk does not let it."""
        try:
            await self._take_into_waiting_room(leg)
        except Refusal as refusal:
            if not refusal.lacks_bridge:
                raise
            await self._take_into_waiting_room(leg)  # it was removed under our hands

    async def _take_into_waiting_room(self, leg: str) -> None:
        # Also one that Asterisk lists there: it may just be leaving, or the room be going.
        room = await self._open(WAITING_ROOM, "holding")
        await self._ari.post(f"bridges/{room.id}/addChannel", channel=leg)
        await self._ari.post(f"bridges/{room.id}/moh", mohClass=self._settings.moh_class)

    async def close(self, name: str) -> None:
        """Remove the bridge of a talk under all its names, if it is there."""
        for bridge in await self._ari.get("bridges", list[Bridge]):
            if known_as(bridge.id) == name:
                await self._remove(bridge.id)

    async def _remove(self, name: str) -> None:
        try:
            await self._ari.delete(f"bridges/{name}")
        except Refusal as refusal:
            if refusal.status != 404:
                raise

    async def _open(self, name: str, kind: str) -> Bridge:
        """Find a bridge under one of its names, or make it under the first that is to be had."""
        for candidate in _names(name):
            found = await self._find(candidate) or await self._make(candidate, kind)
            if found is not None:
                return found
        raise Refusal(409, f"no name is left for the bridge {name}")

    async def _find(self, name: str) -> Bridge | None:
        try:
            return await self._ari.get(f"bridges/{name}", Bridge)
        except Refusal as refusal:
            if refusal.status != 404:
                raise
            return None

    async def _make(self, name: str, kind: str) -> Bridge | None:
        """Make a bridge, or find it if somebody was faster; None if the name is not to be had."""
        try:
            await self._ari.post(f"bridges/{name}", type=kind, name=self._settings.app)
        except Refusal as refusal:
            if not refusal.says_name_is_taken:
                raise
            return await self._find(name)
        return Bridge(name, kind)


def _names(first: str) -> Iterator[str]:
    yield first
    yield from (f"{first}~{number}" for number in range(2, _NAMES_TRIED + 1))
