"""The telephones of the house, with the people who sit at them."""

from __future__ import annotations

from collections.abc import Callable

from reception.model.calls import CallerId
from reception.model.lines import LineState
from reception.ports import (
    GoneCause,
    LegHeldByPhone,
    LegResumedByPhone,
    Prompt,
    TransferAsked,
)
from services.simulator.exchange import Exchange
from services.simulator.legs import Leg, Party, Reaction
from services.simulator.timeline import Timer

MODES: dict[str, Reaction] = {
    "answer": Reaction(answer_after_s=0.2),
    "ring": Reaction(),
    "reject": Reaction(refuse=GoneCause.BUSY),
    "decline": Reaction(refuse=GoneCause.REJECTED),
}
"""Reactions by name, for scripts. "reject" is what a telephone says with 486, "decline" with 603."""

Choose = Callable[[], Reaction]


class Phone:
    """A telephone of the house: one call at a time, a second caller hears busy.

    `react` is asked at each call what its owner does. A receptionist's own telephone (`is_attendant`)
    answers only by auto-answer or when told.
    """

    def __init__(self, exchange: Exchange, number: str, react: Choose, *, is_attendant: bool = False) -> None:
        self.number = number
        self.is_attendant = is_attendant
        self.is_registered = True
        self.heard_digits = ""
        self.legs: list[Leg] = []
        self._exchange = exchange
        self._react = react
        self._reaction = Reaction()
        self._talk_timer: Timer | None = None
        exchange.refresh(self)

    # -------------------------------------------------------------- scripts

    def set_mode(self, mode: str | Reaction) -> None:
        """React like this from now on: a name of `MODES` or a reaction."""
        reaction = MODES[mode] if isinstance(mode, str) else mode
        self._react = lambda: reaction

    def register(self) -> None:
        """Be known to the exchange."""
        self.is_registered = True
        self._exchange.refresh(self)

    def unregister(self) -> None:
        """Leave the network; what call there is breaks off."""
        self.is_registered = False
        for leg in list(self.legs):
            self._exchange.end(leg, GoneCause.FAILED)
        self._exchange.refresh(self)

    @property
    def is_ringing(self) -> bool:
        """Somebody calls and nobody has answered yet."""
        return any(leg.is_ringing for leg in self.legs)

    @property
    def is_idle(self) -> bool:
        """A call would ring here."""
        return self.is_registered and not self.legs

    def answer(self) -> None:
        """Pick up what rings."""
        for leg in [leg for leg in self.legs if leg.is_ringing]:
            self._exchange.pick_up(leg)

    def hang_up(self) -> None:
        """End whatever call there is."""
        for leg in list(self.legs):
            self._exchange.end(leg)

    def hold(self) -> None:
        """Press the telephone's own hold key."""
        for leg in self.legs:
            if leg.is_answered and not leg.is_held_by_phone:
                leg.is_held_by_phone = True
                if leg.is_ours:
                    self._exchange.emit(LegHeldByPhone(leg=leg.id))

    def resume(self) -> None:
        """Press it again."""
        for leg in self.legs:
            if leg.is_held_by_phone:
                leg.is_held_by_phone = False
                if leg.is_ours:
                    self._exchange.emit(LegResumedByPhone(leg=leg.id))

    def press(self, digits: str) -> None:
        """Press keys in the call."""
        for leg in self.legs:
            for digit in digits:
                self._exchange.press(leg, digit)

    def transfer(self, number: str) -> None:
        """Press the telephone's own transfer key."""
        for leg in self.legs:
            if leg.is_ours and leg.is_answered:
                self._exchange.emit(TransferAsked(leg=leg.id, to=number))

    def dial(self, number: str, called: Party | None, *, talk_s: float | None = None) -> Leg | None:
        """Call somebody by the dial plan; returns the leg, or None when there is nobody to be reached."""
        if called is None or not self.is_idle:
            return None
        self._reaction = Reaction(talk_s=talk_s)
        leg = self._exchange.connect_directly(self, CallerId(number=self.number), number, called)
        leg.is_inside = True
        self._take(leg)
        return leg

    def call_group(self, number: str) -> None:
        """Call a number that is the hub's to answer."""
        exchange = self._exchange
        leg = Leg(
            id=exchange.new_id(),
            party=self,
            caller=CallerId(number=self.number),
            created_at=exchange.timeline.now,
            dialled=number,
            is_inside=True,
            is_outgoing=True,
        )
        self._reaction = Reaction()
        self._take(leg)
        exchange.arrive(leg)

    # -------------------------------------------------------------- what the exchange tells

    def refuses(self) -> GoneCause | None:
        """A telephone that is away is unreachable, one in a call is busy."""
        if not self.is_registered:
            return GoneCause.UNREACHABLE
        return GoneCause.BUSY if self.legs else None

    def on_invited(self, leg: Leg) -> None:
        """Ring, and let its owner do what they do."""
        self._take(leg)
        self._reaction = reaction = self._react()
        if leg.auto_answer:
            self._exchange.after(leg, 0.05, lambda: self._exchange.pick_up(leg))
        elif reaction.refuse is not None:
            self._exchange.after(leg, reaction.refuse_after_s, lambda: self._refuse(leg))
        elif reaction.answer_after_s is not None:
            self._exchange.after(leg, reaction.answer_after_s, lambda: self._exchange.pick_up(leg))

    def _refuse(self, leg: Leg) -> None:
        if not leg.is_answered:
            self._exchange.end(leg, self._reaction.refuse or GoneCause.BUSY)

    def _take(self, leg: Leg) -> None:
        self.legs.append(leg)
        self._exchange.refresh(self)

    def on_answered(self, leg: Leg) -> None:
        """The lamp goes from ringing to talking."""
        self._exchange.refresh(self)

    def on_company(self, leg: Leg) -> None:
        """Hang up after having talked for long enough."""
        if self._reaction.talk_s is None:
            return
        if not self._exchange.company(leg):
            self._stop_talk_timer()
        elif self._talk_timer is None:
            self._talk_timer = self._exchange.timeline.after(
                self._reaction.talk_s, lambda: self._exchange.end(leg)
            )

    def _stop_talk_timer(self) -> None:
        if self._talk_timer is not None:
            self._talk_timer.cancel()
            self._talk_timer = None

    def on_left(self, leg: Leg) -> None:
        """Speak a short message to the mailbox, then hang up."""
        self._exchange.after(leg, 8.0, lambda: self._exchange.end(leg))

    def on_digits(self, leg: Leg, digits: str) -> None:
        """Hear keys."""
        self.heard_digits += digits

    def on_prompt(self, leg: Leg, prompt: Prompt) -> None:
        """Hear a prompt; nothing to be done."""

    def on_ended(self, leg: Leg) -> None:
        """The call is over."""
        if leg in self.legs:
            self.legs.remove(leg)
            self._stop_talk_timer()
        self._exchange.refresh(self)

    def take_back(self, leg: Leg) -> None:
        """Be on a leg already."""
        self._take(leg)

    @property
    def talk_s(self) -> float | None:
        """How long its owner talks this time; None: never hangs up."""
        return self._reaction.talk_s

    @talk_s.setter
    def talk_s(self, seconds: float | None) -> None:
        self._reaction = Reaction(talk_s=seconds)

    def line_state(self) -> LineState:
        """Return what the lamp of this line shows."""
        if not self.is_registered:
            return LineState.UNREACHABLE
        if any(leg.is_ringing for leg in self.legs):
            return LineState.RINGING
        return LineState.TALKING if self.legs else LineState.IDLE
