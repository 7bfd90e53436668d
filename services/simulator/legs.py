"""A leg, who is at its far end, and how somebody reacts to a ringing telephone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from reception.model.calls import CallerId
from reception.ports import GoneCause, Prompt, Role
from services.simulator.direct import Route
from services.simulator.timeline import Timer


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does when it rings: answer after a while, refuse, or (neither) let it ring.

    `talk_s`: they hang up after talking that long; None means never.
    """

    answer_after_s: float | None = None
    refuse: GoneCause | None = None
    refuse_after_s: float = 0.0
    talk_s: float | None = None


class Party(Protocol):
    """Whoever is at the far end of a leg."""

    @property
    def is_attendant(self) -> bool:
        """True for a receptionist's own telephone."""

    def refuses(self) -> GoneCause | None:
        """Return why a call cannot even ring here now, or None."""

    def on_invited(self, leg: Leg) -> None:
        """It rings here."""

    def on_answered(self, leg: Leg) -> None:
        """The leg is up, whoever of the two answered."""

    def on_company(self, leg: Leg) -> None:
        """Who is heard on the leg is different."""

    def on_left(self, leg: Leg) -> None:
        """The leg went to a mailbox."""

    def on_digits(self, leg: Leg, digits: str) -> None:
        """Keys are heard on the leg."""

    def on_prompt(self, leg: Leg, prompt: Prompt) -> None:
        """A prompt is heard on the leg."""

    def on_ended(self, leg: Leg) -> None:
        """The leg is gone."""

    def take_back(self, leg: Leg) -> None:
        """They are on this leg already: the office stood still meanwhile."""


@dataclass(slots=True, eq=False, kw_only=True)
class Leg:
    """One connection between the exchange and a party.

    `is_ours`: in the hub's hands; else the exchange's own dial plan has it and `peer` is the other end.
    `bridge` and `is_waiting` (music) exclude each other. `timers` end with the leg. The mailbox of `route`
    takes the peer of an unanswered leg of the dial plan. `offered` is at whose mailbox keys are offered now.
    `rings_until` is when an invitation ends that nobody has answered (UTC seconds).
    """

    id: str
    party: Party
    caller: CallerId
    created_at: float
    dialled: str = ""
    is_inside: bool = False
    is_ours: bool = True
    is_answered: bool = False
    is_ringing: bool = False
    is_outgoing: bool = False
    auto_answer: bool = False
    diverted_by: str | None = None
    call: str | None = None
    role: Role | None = None
    bridge: str | None = None
    is_waiting: bool = False
    is_held_by_phone: bool = False
    peer: Leg | None = None
    route: Route | None = None
    offered: Route | None = None
    rings_until: float = 0.0
    is_over: bool = False
    timers: list[Timer] = field(default_factory=list)
