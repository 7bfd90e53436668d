"""The colleagues' page, and another one in its place while calls go on: with another sign-in, or address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from reception.hub.config_shape import Config
from reception.hub.core import Hub
from reception.hub.pairings import Pairings


class PageTurn:
    """Has the page open, if there is to be one. `on_address` hears where it is, empty for nowhere."""

    def __init__(self, config: Config, hub: Hub, data_dir: Path, pairings: Pairings) -> None:
        self.on_address: Callable[[str], None] = lambda _: None
        self._config = config
        self._hub = hub
        self._data_dir = data_dir
        self._pairings = pairings
        self._pages = AsyncExitStack()

    @property
    def lets_in(self) -> bool:
        """True where people sign in with somebody who vouches for them."""
        return self._config.identity is not None

    async def open(self) -> str:
        """Open the page; returns its address. Raises BadInput, or ConfigError."""
        if not self._config.web.listen:
            return ""
        # a hub without a page starts without loading it, and one with calls does not wait for that
        await asyncio.to_thread(import_module, "reception.hub.web.opening")
        from reception.hub.web.opening import opened_page

        page = opened_page(self._config, self._hub, self._data_dir, self._pairings)
        return await self._pages.enter_async_context(page)

    async def use(self, config: Config) -> None:
        """Open the page as another configuration has it; whoever is signed in stays so.

        Raises BadInput or ConfigError when that cannot be; then it is as it was.
        """
        before = self._config
        wanted = replace(
            before, web=config.web, identity=config.identity, identity_rules=config.identity_rules
        )
        if wanted == before:
            return
        try:
            await self._turn(wanted)
        except BaseException:
            await self._turn(before)
            raise

    async def close(self) -> None:
        """Close the page."""
        await self._pages.aclose()

    async def _turn(self, config: Config) -> None:
        await self._pages.aclose()
        self._config = config
        self.on_address(await self.open())
