"""People outside the house: those who call, and those who are called over the trunk."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from reception.model.calls import CallerId
from reception.ports import GoneCause, Prompt
from services.simulator.exchange import Exchange
from services.simulator.legs import Leg, Party, Reaction
from services.simulator.timeline import Timer


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How an outside caller behaves. None means they never do it by themselves; times in seconds.

    `patience_s` is how long they stay without anybody to talk with, each time. `talk_s` is how long they
    talk with a colleague, `desk_talk_s` with nobody but receptionists. `press_5_after_s`: they ask for a
    callback after waiting so long, and hang up when it is accepted. `message_s` is the length of what they
    say to a mailbox.
    """

    patience_s: float | None = 60.0
    talk_s: float | None = None
    desk_talk_s: float | None = None
    press_5_after_s: float | None = None
    message_s: float | None = None


class Outsider:
    """Somebody outside, with one telephone. Callbacks reach the same person who called."""

    is_attendant = False

    def __init__(
        self, exchange: Exchange, number: str, name: str, plan: Plan, react: Callable[[], Reaction]
    ) -> None:
        self.number = number
        self.name = name
        self.plan = plan
        self.leg: Leg | None = None
        self.has_ended = False
        self.heard_digits = ""
        self.heard_prompts: list[Prompt] = []
        self._exchange = exchange
        self._react = react
        self._timer: Timer | None = None
        self._asks_for_callback: Timer | None = None

    # -------------------------------------------------------------- scripts

    def set_reaction(self, reaction: Reaction) -> None:
        """React like this when called."""
        self._react = lambda: reaction

    def call(self, dialled: str, *, is_withheld: bool = False, diverted_by: str | None = None) -> Leg:
        """Call a number of the house that is the hub's to answer."""
        exchange = self._exchange
        who = CallerId(is_withheld=True) if is_withheld else CallerId(number=self.number, name=self.name)
        self.leg = leg = Leg(
            id=exchange.new_id(),
            party=self,
            caller=who,
            created_at=exchange.timeline.now,
            dialled=dialled,
            is_outgoing=True,
            diverted_by=diverted_by,
        )
        self.has_ended = False
        exchange.arrive(leg)
        self.on_company(leg)
        self._may_ask_for_callback(leg)
        return leg

    def _may_ask_for_callback(self, leg: Leg) -> None:
        if self.plan.press_5_after_s is not None:
            self._asks_for_callback = self._exchange.timeline.after(
                self.plan.press_5_after_s, lambda: self._ask_for_callback(leg)
            )

    def _ask_for_callback(self, leg: Leg) -> None:
        if leg is self.leg and leg.is_waiting:
            self.press("5")

    def call_directly(self, dialled: str, called: Party) -> Leg:
        """Call a colleague's own number, past the reception."""
        who = CallerId(number=self.number, name=self.name)
        self.leg = self._exchange.connect_directly(self, who, dialled, called)
        self.has_ended = False
        return self.leg

    def press(self, digit: str) -> None:
        """Press a key in the call."""
        if self.leg is not None:
            self._exchange.press(self.leg, digit)

    def answer(self) -> None:
        """Pick up what rings."""
        if self.leg is not None and self.leg.is_ringing:
            self._exchange.pick_up(self.leg)

    def hang_up(self) -> None:
        """End the call, answered or not."""
        if self.leg is not None:
            self._exchange.end(self.leg)

    @property
    def is_answered(self) -> bool:
        """The house has answered (or they have)."""
        return self.leg is not None and self.leg.is_answered

    # -------------------------------------------------------------- what the exchange tells

    def refuses(self) -> GoneCause | None:
        """They have one line."""
        return GoneCause.BUSY if self.leg is not None else None

    def on_invited(self, leg: Leg) -> None:
        """It rings: do what they do."""
        self.leg = leg
        self.has_ended = False
        reaction = self._react()
        if reaction.talk_s is not None:
            self.plan = msgspec.structs.replace(self.plan, talk_s=reaction.talk_s)
        if reaction.refuse is not None:
            cause = reaction.refuse
            self._exchange.after(leg, reaction.refuse_after_s, lambda: self._exchange.end(leg, cause))
        elif reaction.answer_after_s is not None:
            self._exchange.after(leg, reaction.answer_after_s, lambda: self._exchange.pick_up(leg))

    def on_answered(self, leg: Leg) -> None:
        """Patience begins or goes on."""
        self.on_company(leg)

    def on_company(self, leg: Leg) -> None:
        """Talk, or lose patience: one alarm at a time, for what is the case now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        limit = self._limit_s(leg)
        if limit is not None:
            self._timer = self._exchange.timeline.after(limit, lambda: self._exchange.end(leg))

    def _limit_s(self, leg: Leg) -> float | None:
        company = self._exchange.company(leg)
        if not company:
            # One who was called waits for the receptionist like one who called.
            return self.plan.patience_s if leg.is_ours else None
        if all(other.party.is_attendant for other in company):
            return self.plan.desk_talk_s
        return self.plan.talk_s

    def on_left(self, leg: Leg) -> None:
        """Leave a message."""
        self._stop_timers()
        if self.plan.message_s is not None:
            self._exchange.after(leg, self.plan.message_s, lambda: self._exchange.end(leg))

    def on_digits(self, leg: Leg, digits: str) -> None:
        """Hear keys."""
        self.heard_digits += digits

    def on_prompt(self, leg: Leg, prompt: Prompt) -> None:
        """Hang up when the callback is accepted."""
        self.heard_prompts.append(prompt)
        if prompt is Prompt.CALLBACK_ACCEPTED and self.plan.press_5_after_s is not None:
            self._exchange.after(leg, 2.5, lambda: self._exchange.end(leg))

    def on_ended(self, leg: Leg) -> None:
        """The call is over."""
        if leg is self.leg:
            self.leg = None
            self.has_ended = True
            self._stop_timers()

    def take_back(self, leg: Leg) -> None:
        """Be on a leg already; who called the house may still ask for a callback."""
        self.leg = leg
        if leg.is_ours and leg.is_outgoing:
            self._may_ask_for_callback(leg)

    def _stop_timers(self) -> None:
        for timer in (self._timer, self._asks_for_callback):
            if timer is not None:
                timer.cancel()
        self._timer = self._asks_for_callback = None
