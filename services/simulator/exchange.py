"""The telephone exchange: legs, bridges, the waiting room, mailboxes and lines.

It knows nothing of the hub's connection (`link`) nor of what people do (`phones`, `outsiders`): it tells
both through `emit` and the `Party` of each leg. Calls between colleagues run by the exchange's own dial plan,
as two legs that are each other's `peer` and are not in the hub's hands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from random import Random
from typing import Final, Protocol

from reception.model.calls import CallerId
from reception.model.lines import LineMark, LineState
from reception.ports import (
    DigitPressed,
    GoneCause,
    LegAnswered,
    LegArrived,
    LegGone,
    LegInfo,
    LegLeft,
    LegRinging,
    LineChanged,
    SwitchEvent,
)
from services.simulator.direct import DirectTable, Route
from services.simulator.legs import Leg, Party
from services.simulator.timeline import Timeline

DIAL_PLAN_RINGS_S: Final = 25.0
"""How long a call rings that the exchange's own dial plan connects."""
OFFERED_S: Final = 4.0
"""How long the announcement of keys takes, with a moment to press one."""
TALKING: Final = "talking"
"""The sound that says that somebody is on the telephone."""


class Line(Protocol):
    """A telephone of the house, as far as its lamp is concerned."""

    number: str

    def line_state(self) -> LineState:
        """Return what the line does now."""


class Exchange:
    """The exchange itself. `resolve` finds who has a number; `emit` takes what the hub should know.

    `groups` are the numbers that are the hub's to answer.
    """

    def __init__(self, timeline: Timeline, rng: Random) -> None:
        self.timeline = timeline
        self.rng = rng
        self.emit: Callable[[SwitchEvent], None] = _unheard
        self.groups: frozenset[str] = frozenset()
        self.resolve: Callable[[str], Party | None] = _nobody
        self.legs: dict[str, Leg] = {}
        self.bridges: dict[str, dict[str, Leg]] = {}
        self.mailboxes: Counter[str] = Counter()
        self.played: list[str] = []
        self.direct = DirectTable()
        self.marks: dict[str, LineMark] = {}
        self._lamps: dict[str, LineState] = {}
        self.last_id = 0

    # -------------------------------------------------------------- a leg's life

    def new_id(self) -> str:
        """Return an id for a leg that the exchange itself makes."""
        self.last_id += 1
        return f"sim-{self.last_id}"

    def arrive(self, leg: Leg) -> None:
        """Take in a call to one of the hub's numbers."""
        self.legs[leg.id] = leg
        self._tell_arrival(leg)

    def _tell_arrival(self, leg: Leg) -> None:
        self.emit(
            LegArrived(
                leg=leg.id,
                dialled=leg.dialled,
                caller=leg.caller,
                is_inside=leg.is_inside,
                diverted_by=leg.diverted_by,
                is_answered=leg.is_answered,
            )
        )

    def ring(self, leg: Leg, for_s: float) -> None:
        """Send an invitation to the leg's party, which ends after a while; it gets there a little later."""
        self.legs[leg.id] = leg
        leg.rings_until = self.timeline.now + for_s
        self.after(leg, self.rng.uniform(0.003, 0.03), lambda: self._invite(leg))
        self.after(leg, for_s, lambda: self.end_unanswered(leg))

    def _invite(self, leg: Leg) -> None:
        if cause := leg.party.refuses():
            self.end(leg, cause)
            return
        leg.is_ringing = True
        if leg.is_ours:
            self.emit(LegRinging(leg=leg.id))
        leg.party.on_invited(leg)

    def after(self, leg: Leg, delay_s: float, action: Callable[[], None]) -> None:
        """Do something later, unless the leg has ended by then."""
        leg.timers.append(self.timeline.after(delay_s, action))

    def pick_up(self, leg: Leg) -> None:
        """The party answers a leg that rings at them."""
        if leg.is_over or leg.is_answered:
            return
        leg.is_answered, leg.is_ringing = True, False
        if leg.is_ours:
            self.emit(LegAnswered(leg=leg.id))
        leg.party.on_answered(leg)
        if leg.peer is not None:
            if leg.peer.is_answered:
                leg.peer.party.on_company(leg.peer)
            self.answer(leg.peer)
            leg.party.on_company(leg)

    def answer(self, leg: Leg) -> None:
        """The exchange answers a leg that came in."""
        if not leg.is_answered:
            leg.is_answered = True
            leg.party.on_answered(leg)
            leg.party.on_company(leg)

    def end(self, leg: Leg, cause: GoneCause = GoneCause.NORMAL) -> None:
        """End a leg, for whatever reason. Harmless on one that is over."""
        if leg.is_over:
            return
        leg.is_over = True
        for timer in leg.timers:
            timer.cancel()
        self.set_apart(leg)
        del self.legs[leg.id]
        if leg.is_ours:
            self.emit(LegGone(leg=leg.id, cause=cause))
        leg.party.on_ended(leg)
        if (peer := self.unpair(leg)) is None:
            return
        route = leg.route
        if route is not None and route.mailbox and not leg.is_answered and cause is not GoneCause.NORMAL:
            self.at_mailbox(peer, route._replace(sound=TALKING) if cause is GoneCause.BUSY else route)
        else:
            self.end(peer, cause)

    def end_unanswered(self, leg: Leg) -> None:
        """Stop ringing there. Harmless on a leg that is answered."""
        if not leg.is_answered:
            self.end(leg, GoneCause.NO_ANSWER)

    def unpair(self, leg: Leg) -> Leg | None:
        """Part a leg of the dial plan from its other end, which is returned."""
        peer, leg.peer = leg.peer, None
        if peer is not None:
            peer.peer = None
        return peer

    def leave_for_mailbox(self, leg: Leg, mailbox: str, sound: str) -> None:
        """Hand a leg to a mailbox; the hub has it no more."""
        self._take_message(mailbox, sound)
        self.leave(leg)

    def at_mailbox(self, leg: Leg, route: Route) -> None:
        """Let a mailbox of the dial plan take a call that it handles, after it has offered its keys."""
        self.answer(leg)
        if not route.keys.sound:
            self._record(leg, route)
            return
        self.played.append(route.keys.sound)
        leg.offered = route
        self.after(leg, OFFERED_S, lambda: self._end_offer(leg, route))

    def _end_offer(self, leg: Leg, route: Route) -> None:
        if leg.offered is route:
            leg.offered = None
            self._record(leg, route)

    def press(self, leg: Leg, digit: str) -> None:
        """A caller presses a key: the hub's to hear, or the mailbox's that offers keys."""
        if leg.is_ours:
            if leg.is_answered:
                self.emit(DigitPressed(leg=leg.id, digit=digit))
            return
        route, leg.offered = leg.offered, None
        if route is None:
            return
        onward = self.direct.after_key(route, digit, self.timeline.now)
        if onward is None:
            self._record(leg, route)
        elif onward.mailbox:
            self._go_on(leg, onward)
        else:
            self._go_on(leg, onward._replace(mailbox=route.mailbox, sound=route.sound))

    def _go_on(self, leg: Leg, route: Route) -> None:
        """Let a caller who has pressed a key get to where it leads."""
        if route.number in self.groups:
            leg.dialled = route.number
            self.bring_in(leg)
        elif (found := self.resolve(route.number)) is not None:
            self._ring_directly(leg, found, route)
        else:
            self.at_mailbox(leg, route)

    def _record(self, leg: Leg, route: Route) -> None:
        self._take_message(route.mailbox, route.sound)
        leg.party.on_left(leg)

    def _take_message(self, mailbox: str, sound: str) -> None:
        self.mailboxes[mailbox] += 1
        if sound:
            self.played.append(sound)

    def leave(self, leg: Leg) -> None:
        """Hand a leg to the office's own dial plan; the hub has it no more."""
        self.set_apart(leg)
        self.answer(leg)
        leg.is_ours = False
        self.emit(LegLeft(leg=leg.id))
        leg.party.on_left(leg)

    def bring_in(self, leg: Leg) -> None:
        """Take a leg from the dial plan into the hub's hands."""
        leg.is_ours = True
        self._tell_arrival(leg)
        leg.party.on_company(leg)

    # -------------------------------------------------------------- who hears whom

    def join(self, bridge: str, legs: Iterable[Leg]) -> None:
        """Let exactly these talk in a bridge."""
        wanted = list(legs)
        members = self.bridges.setdefault(bridge, {})
        for other in [leg for leg in members.values() if leg not in wanted]:
            self.set_apart(other)
        for leg in wanted:
            if leg.bridge != bridge:
                self.set_apart(leg)
                leg.bridge = bridge
                members[leg.id] = leg
        self._tell_company(wanted)

    def hold(self, leg: Leg) -> None:
        """Put a leg into the waiting room, with music."""
        self.set_apart(leg)
        leg.is_waiting = True

    def set_apart(self, leg: Leg) -> None:
        """Take a leg out of its bridge or the waiting room, into silence."""
        leg.is_waiting = False
        if leg.bridge is not None:
            members = self.bridges[leg.bridge]
            del members[leg.id]
            leg.bridge = None
            self._tell_company([leg, *members.values()])

    def close_bridge(self, bridge: str) -> None:
        """Remove a bridge; who is in it stays up."""
        for leg in list(self.bridges.get(bridge, {}).values()):
            self.set_apart(leg)
        self.bridges.pop(bridge, None)

    def company(self, leg: Leg) -> list[Leg]:
        """Return the legs that this one talks with."""
        if leg.peer is not None:
            return [leg.peer] if leg.is_answered and leg.peer.is_answered else []
        if leg.bridge is None:
            return []
        return [other for other in self.bridges[leg.bridge].values() if other is not leg]

    def _tell_company(self, legs: Iterable[Leg]) -> None:
        for leg in legs:
            if not leg.is_over:
                leg.party.on_company(leg)

    # -------------------------------------------------------------- what can be seen

    def refresh(self, line: Line) -> None:
        """Tell the hub if a line's state is different from what it was."""
        state = line.line_state()
        if self._lamps.get(line.number) is not state:
            self._lamps[line.number] = state
            self.emit(LineChanged(number=line.number, state=state))

    def lines(self) -> tuple[tuple[str, LineState], ...]:
        """Return every line with its state."""
        return tuple(self._lamps.items())

    def legs_in_hand(self) -> tuple[LegInfo, ...]:
        """Return the legs that are the hub's."""
        return tuple(
            LegInfo(
                leg=leg.id,
                is_answered=leg.is_answered,
                caller=leg.caller,
                dialled=leg.dialled,
                is_inside=leg.is_inside,
                call=leg.call,
                role=leg.role,
                bridge=leg.bridge,
                created_at=leg.created_at,
            )
            for leg in self.legs.values()
            if leg.is_ours
        )

    # -------------------------------------------------------------- the dial plan

    def connect_directly(self, caller: Party, who: CallerId, dialled: str, called: Party) -> Leg:
        """Let one party call another by the exchange's own dial plan; returns the caller's leg.

        What the hub has said about the number dialled comes first.
        """
        now = self.timeline.now
        route = self.direct.route(dialled, now)
        first = Leg(
            id=self.new_id(),
            party=caller,
            caller=who,
            created_at=now,
            dialled=dialled,
            is_ours=False,
            is_outgoing=True,
        )
        self.legs[first.id] = first
        found = called if route.number == dialled else self.resolve(route.number)
        if found is not None:
            self._ring_directly(first, found, route)
        elif route.mailbox:
            self.after(first, 0.0, lambda: self.at_mailbox(first, route))
        else:
            self.after(first, 0.0, lambda: self.end(first, GoneCause.UNREACHABLE))
        return first

    def _ring_directly(self, first: Leg, called: Party, route: Route) -> None:
        second = Leg(
            id=self.new_id(),
            party=called,
            caller=CallerId(number=route.number),
            created_at=self.timeline.now,
            is_ours=False,
            peer=first,
            route=route,
        )
        first.peer = second
        self.ring(second, DIAL_PLAN_RINGS_S)


def _unheard(event: SwitchEvent) -> None:
    """Where events go before there is a link."""


def _nobody(number: str) -> Party | None:
    """Who has a number before there are people."""
    return None
