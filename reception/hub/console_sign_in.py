"""From a hub to the sign-in of its consoles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from reception.hub.config_shape import Config
from reception.hub.console_door import ConsoleDoor
from reception.hub.core import Hub
from reception.hub.identifying import receptionist_for
from reception.hub.page_turn import PageTurn
from reception.hub.pairings import Pairings
from reception.hub.web.sessions import Sessions
from reception.model.attendants import Attendant
from reception.model.people import colleagues_of

_HOUR_S: Final = 3600.0


def console_sign_in(
    config: Config, hub: Hub, data_dir: Path, clock: Callable[[], float]
) -> tuple[PageTurn, ConsoleDoor]:
    """Return the page at which consoles sign in, and the door that lets them in; sessions last as long as
    the page's."""
    attendants = [Attendant(id=a.id, name=a.name, number=a.number) for a in config.attendants]

    def receptionist_of(person: str) -> str | None:
        colleagues = colleagues_of(tuple(hub.directory.everybody.values()))
        return receptionist_for(person, attendants, colleagues)

    def is_still(attendant: str, person: str) -> bool:
        is_in = page.lets_in and not hub.accounts.of(person).is_disabled
        return is_in and receptionist_of(person) == attendant

    longest_s = config.web.session_hours * _HOUR_S
    sessions = Sessions(idle_s=longest_s, longest_s=longest_s, file=data_dir / "console-sessions.json")
    sessions.load(clock())
    pairings = Pairings(receptionist_of, clock)
    page = PageTurn(config, hub, data_dir, pairings)
    return page, ConsoleDoor(pairings, sessions, is_still=is_still, clock=clock)
