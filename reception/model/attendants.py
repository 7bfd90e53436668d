"""Receptionists at work: who they are, which groups they answer, what their phone does."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Readiness(StrEnum):
    """Whether a receptionist wants calls."""

    READY = "ready"
    PAUSED = "paused"
    LOGGED_OUT = "logged_out"


class DeskState(StrEnum):
    """The leg between the switch and a receptionist's own phone."""

    DOWN = "down"
    RINGING = "ringing"
    UP = "up"


class Attendant(msgspec.Struct, frozen=True, kw_only=True):
    """A receptionist, as all consoles see them.

    `id` is the initials that stand behind what they do; `number` their own phone; `groups` the groups
    they are logged in to. `active` is the call their phone talks with or is being connected to.
    `desk_leg` is that phone's leg while it is `desk` RINGING or UP. `free_since` is when they last
    became free (UTC seconds): the longest idle is offered the next call.
    """

    id: str
    name: str
    number: str
    groups: tuple[str, ...] = ()
    readiness: Readiness = Readiness.LOGGED_OUT
    desk: DeskState = DeskState.DOWN
    desk_leg: str | None = None
    active: str | None = None
    is_connected: bool = False
    free_since: float = 0.0
