"""What the command line tells the window: nothing here touches Qt or the network."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import msgspec

from reception.console.api import Session
from reception.console.policies import Organisation
from reception.console.replica import Replica

if TYPE_CHECKING:
    from reception.console.instance import Instance
    from reception.console.tokens import SignIn

Theme: TypeAlias = Literal["system", "light", "dark"]


def _forget(_error: BaseException, _where: str) -> None:
    """Nobody writes errors down."""


class ConsoleOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How this console is to open.

    `language` is a BCP 47 tag (``da``, ``en``, ``de``) or None for the language of the system;
    `preferences_file` is where `reception.console.preferences` keeps the window's own settings.
    `stops_hub`: the hub was started for this console alone, so an orderly close ends it too. `cache_dir` is
    where the console keeps what the hub told it, for the next start; None: nowhere. `instance` is our place
    among the consoles of this user, `arguments` how to start us again, `link` a number to dial that we were
    opened with. `sign_in` keeps the token for the hub, where no file with it was given. `on_error` hears
    each unexpected error, and where it came up.
    """

    data_dir: Path
    preferences_file: Path
    language: str | None = None
    theme: Theme = "system"
    is_demo: bool = False
    stops_hub: bool = False
    cache_dir: Path | None = None
    instance: Instance | None = None
    arguments: tuple[str, ...] = ()
    link: str = ""
    organisation: Organisation = Organisation()
    sign_in: SignIn | None = None
    on_error: Callable[[BaseException, str], None] = _forget


class RunningSession(Session, Protocol):
    """A `Session` with its beginning and end, which belong to the window's own start and stop."""

    async def start(self) -> None:
        """Begin connecting in the background; returns at once."""

    async def close(self, stop_hub: bool) -> None:
        """Say goodbye and end. Every request still pending ends as FAILED first."""


SessionMaker: TypeAlias = Callable[[Replica], Awaitable[RunningSession]]
"""Called once on the window's loop, after its first paint: imports of the network happen in there. What is
shown by then is what the session goes on with."""
