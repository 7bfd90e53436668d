"""The room with music where waiting legs are: a holding bridge that all of them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from services.asterisk.ari import Ari, Refusal
from services.asterisk.parse import Bridge
from services.asterisk.settings import Settings

_NAME: Final = "reception-waiting"
_NAMES_TRIED: Final = 100


def is_waiting_room(bridge: str) -> bool:
    """True for the name of a waiting room: the usual one, or one made in its stead."""
    return bridge == _NAME or bridge.startswith(f"{_NAME}-")


def bridge_of(leg: str, bridges: Iterable[Bridge]) -> str | None:
    """Return the bridge a leg is in; a waiting room is not one."""
    return next((b.id for b in bridges if leg in b.channels and not is_waiting_room(b.id)), None)


class WaitingRoom:
    """One holding bridge serves 50 callers (FACTS 3.2).

    When somebody removes the bridge, Asterisk may keep its name to itself, sometimes for good: nothing is
    there, yet it cannot be made again (FACTS 6). So another is made under another name.
    """

    def __init__(self, settings: Settings, ari: Ari) -> None:
        self._settings = settings
        self._ari = ari
        self._bridge = _NAME

    async def take_in(self, leg: str) -> None:
        """Let a leg wait here, with music; raises `Refusal` if Asterisk does not let it."""
        try:
            await self._add(leg)
        except Refusal as refusal:
            if not refusal.lacks_bridge:
                raise
            await self._add(leg)  # it was removed under our hands
        await self._ari.post(f"bridges/{self._bridge}/moh", mohClass=self._settings.moh_class)

    async def _add(self, leg: str) -> None:
        there = await self._members(self._bridge)
        if there is None:
            there = await self._open()
        if leg not in there:
            await self._ari.post(f"bridges/{self._bridge}/addChannel", channel=leg)

    async def _open(self) -> list[str]:
        """Make a room, or find one; return who is in it."""
        for name in self._names():
            try:
                await self._ari.post(f"bridges/{name}", type="holding", name=self._settings.app)
            except Refusal as refusal:
                if refusal.status != 409:
                    raise
                there = await self._members(name)
                if there is None:
                    continue
            else:
                there = []
            self._bridge = name
            return there
        raise Refusal(409, f"no name is left for the bridge {_NAME}")

    @staticmethod
    def _names() -> Iterator[str]:
        yield _NAME
        yield from (f"{_NAME}-{number}" for number in range(2, _NAMES_TRIED + 1))

    async def _members(self, name: str) -> list[str] | None:
        try:
            return (await self._ari.get(f"bridges/{name}", Bridge)).channels
        except Refusal as refusal:
            if refusal.status != 404:
                raise
            return None
