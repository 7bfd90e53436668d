"""Carries out the hub's commands on the exchange, and says why when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from reception.model.calls import CallerId
from reception.ports import (
    AnswerLeg,
    BringIn,
    CloseBridge,
    GiveBack,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    MarkLine,
    Originate,
    PlayPrompt,
    RingLeg,
    SendDigits,
    SendToVoicemail,
    SetDirect,
    SwitchCommand,
    SwitchError,
)
from services.simulator.exchange import Exchange
from services.simulator.legs import Leg


class Failure(NamedTuple):
    """Why a command had no effect."""

    error: SwitchError
    detail: str


GONE: Final = Failure(SwitchError.GONE, "no such leg")
NOT_UP: Final = Failure(SwitchError.REFUSED, "the leg is not answered")
NO_LINE: Final = Failure(SwitchError.REFUSED, "no such line")


class Switchboard:
    """One method for each command; each returns None when it took effect."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._methods: dict[type, Callable[[Any], Failure | None]] = {
            AnswerLeg: self._answer,
            RingLeg: self._ring,
            Originate: self._originate,
            HangUpLeg: self._hang_up,
            Join: self._join,
            HoldLeg: self._hold,
            CloseBridge: self._close_bridge,
            SendToVoicemail: self._send_to_voicemail,
            GiveBack: self._give_back,
            SendDigits: self._send_digits,
            PlayPrompt: self._play_prompt,
            MarkLine: self._mark_line,
            SetDirect: self._set_direct,
            BringIn: self._bring_in,
        }

    def carry_out(self, command: SwitchCommand) -> Failure | None:
        """Do what a command says now."""
        return self._methods[type(command)](command)

    def restore(self, wishes: Iterable[SwitchCommand]) -> None:
        """The hub is there (again): make what it wishes so, and nothing else of direct calls and marks."""
        wishes = tuple(wishes)
        self._exchange.direct.begin(wish for wish in wishes if isinstance(wish, SetDirect))
        self._exchange.marks.clear()
        for wish in wishes:
            self.carry_out(wish)

    def _ours(self, leg: str) -> Leg | None:
        found = self._exchange.legs.get(leg)
        return found if found is not None and found.is_ours else None

    def _answer(self, command: AnswerLeg) -> Failure | None:
        leg = self._ours(command.leg)
        if leg is None:
            return GONE
        if leg.role is not None and not leg.is_answered:
            return Failure(SwitchError.REFUSED, "only its party can answer a leg that we placed")
        self._exchange.answer(leg)
        return None

    def _ring(self, command: RingLeg) -> Failure | None:
        return GONE if self._ours(command.leg) is None else None

    def _originate(self, command: Originate) -> Failure | None:
        exchange = self._exchange
        if command.leg in exchange.legs:
            return Failure(SwitchError.REFUSED, "the id is in use")
        party = exchange.resolve(command.to)
        if party is None:
            party = _NoSuchNumber()
        leg = Leg(
            id=command.leg,
            party=party,
            caller=CallerId(number=command.to),
            created_at=exchange.timeline.now,
            auto_answer=command.auto_answer,
            call=command.call,
            role=command.role,
        )
        exchange.ring(leg, command.timeout_s)
        return None

    def _hang_up(self, command: HangUpLeg) -> Failure | None:
        if (leg := self._ours(command.leg)) is not None:
            self._exchange.end(leg)
        return None

    def _join(self, command: Join) -> Failure | None:
        legs = [self._ours(leg) for leg in command.legs]
        found = [leg for leg in legs if leg is not None]
        if len(found) < len(legs):
            return GONE
        if not all(leg.is_answered for leg in found):
            return NOT_UP
        self._exchange.join(command.bridge, found)
        return None

    def _hold(self, command: HoldLeg) -> Failure | None:
        leg = self._ours(command.leg)
        if leg is None:
            return GONE
        if not leg.is_answered:
            return NOT_UP
        self._exchange.hold(leg)
        return None

    def _close_bridge(self, command: CloseBridge) -> Failure | None:
        self._exchange.close_bridge(command.bridge)
        return None

    def _send_to_voicemail(self, command: SendToVoicemail) -> Failure | None:
        leg = self._ours(command.leg)
        if leg is None:
            return GONE
        self._exchange.leave_for_mailbox(leg, command.mailbox, command.sound)
        return None

    def _give_back(self, command: GiveBack) -> Failure | None:
        leg = self._ours(command.leg)
        if leg is None:
            return GONE
        self._exchange.leave(leg)
        return None

    def _send_digits(self, command: SendDigits) -> Failure | None:
        leg = self._ours(command.leg)
        if leg is None:
            return GONE
        if not leg.is_answered:
            return NOT_UP
        leg.party.on_digits(leg, command.digits)
        return None

    def _play_prompt(self, command: PlayPrompt) -> Failure | None:
        leg = self._ours(command.leg)
        if leg is None:
            return GONE
        leg.party.on_prompt(leg, command.prompt)
        return None

    def _mark_line(self, command: MarkLine) -> Failure | None:
        if command.number not in dict(self._exchange.lines()):
            return NO_LINE
        self._exchange.marks[command.number] = command.mark
        return None

    def _set_direct(self, command: SetDirect) -> None:
        self._exchange.direct.set(command)

    def _bring_in(self, command: BringIn) -> Failure | None:
        exchange = self._exchange
        legs = [exchange.legs.get(leg) for leg in (command.leg, command.peer) if leg is not None]
        found = [leg for leg in legs if leg is not None and not leg.is_ours]
        if len(found) < len(legs):
            return GONE
        left_alone = exchange.unpair(found[0])
        for leg in found:
            exchange.bring_in(leg)
        if left_alone is not None and left_alone not in found:
            exchange.end(left_alone)
        return None


class _NoSuchNumber:
    """Nobody: the far end of a leg to a number that does not exist."""

    is_attendant = False

    def refuses(self) -> GoneCause | None:
        return GoneCause.UNREACHABLE

    def on_ended(self, leg: Leg) -> None:
        """Nobody minds."""

    on_invited = on_answered = on_company = on_left = take_back = on_ended

    def on_digits(self, leg: Leg, digits: str) -> None:
        """Nobody hears."""

    on_prompt = on_digits
