"""An office that nobody runs is kept as it stands, and goes on from there, as a real one does without a hub.

Kept is who is on which leg and who hears whom. What people were about to do begins anew: who waited has all
their patience again, who talked talks on for as long as they meant to talk.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from reception.model.calls import CallerId
from reception.ports import Role
from reception.runtime import write_private
from services.simulator.direct import Route
from services.simulator.legs import Leg, Party
from services.simulator.outsiders import Outsider, Plan
from services.simulator.phones import Phone

if TYPE_CHECKING:
    from services.simulator.office import Office


class KeptParty(msgspec.Struct, frozen=True, kw_only=True):
    """Who is on a leg: a telephone of the house with how long its owner talks, or somebody outside.

    `is_known`: whoever calls the number outside reaches them.
    """

    number: str
    name: str = ""
    plan: Plan | None = None
    is_known: bool = False
    talk_s: float | None = None


class KeptLeg(msgspec.Struct, frozen=True, kw_only=True):
    """A leg (`legs.Leg`); `peer` is the other's id, `rings_s` how long an invitation would last yet."""

    id: str
    party: KeptParty
    caller: CallerId
    created_at: float
    dialled: str = ""
    is_inside: bool = False
    is_ours: bool = True
    is_answered: bool = False
    is_outgoing: bool = False
    auto_answer: bool = False
    diverted_by: str | None = None
    call: str | None = None
    role: Role | None = None
    bridge: str | None = None
    is_waiting: bool = False
    is_held_by_phone: bool = False
    peer: str | None = None
    route: Route | None = None
    offered: Route | None = None
    rings_s: float = 0.0


class KeptOffice(msgspec.Struct, frozen=True, kw_only=True):
    """All of it; `unplugged` are the telephones that are away."""

    last_id: int
    legs: tuple[KeptLeg, ...]
    bridges: tuple[str, ...]
    mailboxes: dict[str, int]
    unplugged: tuple[str, ...]


_log = logging.getLogger(__name__)

_PLAIN: Final = (
    *("id", "caller", "created_at", "dialled", "is_inside", "is_ours", "is_answered", "is_outgoing"),
    *("auto_answer", "diverted_by", "call", "role", "bridge", "is_waiting", "is_held_by_phone"),
    *("route", "offered"),
)
"""What a leg and a kept one have alike."""


def keep_in(file: Path, office: Office) -> None:
    """Keep an office in a file. Where that cannot be, the log says so and the next is a new one."""
    try:
        write_private(file, msgspec.json.encode(kept(office)))
    except OSError as error:
        _log.warning("the simulated office is not kept in %s: %s", file, error)


def take_from(file: Path) -> KeptOffice | None:
    """Take an office out of its file, once; None where there is none, or none that can be read."""
    try:
        content = file.read_bytes()
        file.unlink()
        return msgspec.json.decode(content, type=KeptOffice)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        _log.warning("the simulated office begins anew, %s cannot be read: %s", file, error)
        return None


def kept(office: Office) -> KeptOffice:
    """Return the office as it stands. Calls to numbers that do not exist are not worth it."""
    exchange = office.exchange
    return KeptOffice(
        last_id=exchange.last_id,
        legs=tuple(
            KeptLeg(
                party=party,
                peer=leg.peer.id if leg.peer is not None else None,
                rings_s=max(0.0, leg.rings_until - office.timeline.now),
                **{name: getattr(leg, name) for name in _PLAIN},
            )
            for leg in exchange.legs.values()
            if (party := _kept_party(office, leg.party)) is not None
        ),
        bridges=tuple(exchange.bridges),
        mailboxes=dict(exchange.mailboxes),
        unplugged=tuple(phone.number for phone in office.phones.values() if not phone.is_registered),
    )


def _kept_party(office: Office, party: Party) -> KeptParty | None:
    match party:
        case Phone():
            return KeptParty(number=party.number, talk_s=party.talk_s)
        case Outsider():
            is_known = office.outsiders.get(party.number) is party
            return KeptParty(number=party.number, name=party.name, plan=party.plan, is_known=is_known)
    return None


def take_up(office: Office, found: KeptOffice) -> None:
    """Let an office that has just been set up go on from there. What no longer exists in it is left out."""
    exchange = office.exchange
    exchange.last_id = found.last_id
    exchange.mailboxes.update(found.mailboxes)
    for number in found.unplugged:
        if number in office.phones:
            office.phones[number].unregister()
    for bridge in found.bridges:
        exchange.bridges[bridge] = {}
    legs: dict[str, tuple[Leg, KeptLeg]] = {}
    for one in found.legs:
        if (party := _party_of(office, one.party)) is not None:
            leg = Leg(party=party, **{name: getattr(one, name) for name in _PLAIN})
            leg.created_at = min(leg.created_at, office.timeline.now)  # an office may run faster than life
            legs[leg.id] = leg, one
    for leg, one in legs.values():
        if one.peer in legs:
            leg.peer = legs[one.peer][0]
        if leg.bridge is not None:
            exchange.bridges.setdefault(leg.bridge, {})[leg.id] = leg
        exchange.legs[leg.id] = leg
    for leg, one in legs.values():
        if leg.is_answered or leg.is_outgoing:
            leg.party.take_back(leg)
        else:
            exchange.ring(leg, one.rings_s)
    for leg, _ in legs.values():
        _go_on(office, leg)


def _party_of(office: Office, kept_party: KeptParty) -> Party | None:
    number = kept_party.number
    if kept_party.plan is None:
        phone = office.phones.get(number)
        if phone is not None:
            phone.talk_s = kept_party.talk_s
        return phone
    outsider = office.outsider(number) if kept_party.is_known else office.stranger(number)
    outsider.name, outsider.plan = kept_party.name, kept_party.plan
    return outsider


def _go_on(office: Office, leg: Leg) -> None:
    """Let whoever is on a leg do what they do next. A leg of the dial plan without an other end is at a
    mailbox.
    """
    if leg.offered is not None:
        office.exchange.at_mailbox(leg, leg.offered)
    elif leg.is_ours or leg.peer is not None:
        leg.party.on_company(leg)
    else:
        leg.party.on_left(leg)
