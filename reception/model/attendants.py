"""Receptionists at work: who they are, which groups they answer, what their phone does."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from reception.model.people import Person


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
    became free (UTC seconds): the longest idle is offered the next call. `kept_out` are the groups that
    offer them no call now because of their presence.
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
    kept_out: tuple[str, ...] = ()


def works_as(person: Person, attendant: Attendant) -> bool:
    """Return whether a colleague is this receptionist: by the initials, or the number of the phone."""
    return _has_initials(person, attendant) or any(n.number == attendant.number for n in person.numbers)


def colleague_of(attendant: Attendant, people: Iterable[Person]) -> str:
    """Return the id of the colleague that a receptionist is, empty for none; initials say it best.

    A telephone of the reception may stand in the directory by itself.
    """
    mine = [p for p in people if works_as(p, attendant)]
    return next((p.id for p in mine if _has_initials(p, attendant)), mine[0].id if mine else "")


def _has_initials(person: Person, attendant: Attendant) -> bool:
    return person.initials.casefold() == attendant.id.casefold()
