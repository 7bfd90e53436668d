"""The door to the call engine: events, intents and time in, `Effects` out.

An intent that cannot be carried out raises `CommandRefused` and changes nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from reception.calls import legs, passing, queue, recovery, waiting
from reception.calls.effects import Effects
from reception.calls.floor import Absence, Floor
from reception.calls.rules import NEEDS_NO_SWITCH, require
from reception.directory.port import Book
from reception.errors import CommandRefused
from reception.model import intents as ask
from reception.model.attendants import Attendant, DeskState, Readiness
from reception.model.calls import Call, Place, Spoken, Target
from reception.model.groups import AttendantGroup
from reception.model.lines import LineState
from reception.ports import (
    CommandFailed,
    DigitPressed,
    LegAnswered,
    LegArrived,
    LegGone,
    LegHeldByPhone,
    LegLeft,
    LegResumedByPhone,
    LegRinging,
    LineChanged,
    StoredState,
    SwitchConnected,
    SwitchEvent,
    TransferAsked,
)

PARKING_SLOTS: Final = tuple(str(n) for n in range(701, 721))

_IN_HAND: Final = (Place.TALKING, Place.HELD, Place.CONSULTING, Place.DIALLING, Place.OFFERED)


class CallEngine:
    """Every call of the house and what becomes of it. Pure: no I/O, no clock, no randomness.

    Args:
        groups: the attendant groups, at least one; the first takes calls to unknown numbers.
        attendants: the receptionists as configured.
        book: look-ups in the directory.
        new_id: makes ids that are new over restarts too.
        stored: what an earlier hub knew; compared with the switch at `SwitchConnected`.
        parking_slots: the numbers callers are parked under.
        last_spoken: tells whom a caller's number was put through to the last time.
        absence_of: tells whether whoever is to be called is absent now.
        may_ring: tells whether a receptionist may ring a telephone, which may be diverted.
        is_on_call_elsewhere: tells whether they are in a call that no line of the switch shows (Teams).
        kept_out: tells which groups offer a receptionist no calls now because of their presence.
    """

    def __init__(
        self,
        *,
        groups: Sequence[AttendantGroup],
        attendants: Sequence[Attendant],
        book: Book,
        new_id: Callable[[], str],
        stored: StoredState | None = None,
        parking_slots: Sequence[str] = PARKING_SLOTS,
        last_spoken: Callable[[str], Spoken | None] = lambda _: None,
        absence_of: Callable[[Target], Absence | None] = lambda _: None,
        may_ring: Callable[[str, Target], bool] = lambda _attendant, _target: True,
        is_on_call_elsewhere: Callable[[Target], bool] = lambda _: False,
        kept_out: Callable[[str], tuple[str, ...]] = lambda _: (),
    ) -> None:
        self._kept_out = kept_out
        self._floor = Floor(
            groups=groups,
            book=book,
            new_id=new_id,
            slots=parking_slots,
            last_spoken=last_spoken,
            absence_of=absence_of,
            may_ring=may_ring,
            is_on_call_elsewhere=is_on_call_elsewhere,
        )
        known = {a.id: a for a in stored.attendants} if stored else {}
        for attendant in attendants:
            self._floor.put_attendant(_restored(attendant, known.get(attendant.id), self._floor.groups))
        for call in stored.calls if stored else ():
            self._floor.recall(_placed(call, self._floor))
        self._floor.begin(0.0)

    @property
    def calls(self) -> Mapping[str, Call]:
        """The live calls by id."""
        return self._floor.calls

    @property
    def attendants(self) -> Mapping[str, Attendant]:
        """The receptionists by id."""
        return self._floor.attendants

    @property
    def groups(self) -> Mapping[str, AttendantGroup]:
        """The attendant groups by id."""
        return self._floor.groups

    @property
    def lines(self) -> Mapping[str, LineState]:
        """The last told state of each line, by number."""
        return self._floor.lines

    # ------------------------------------------------------------------ events

    def on_switch(self, event: SwitchEvent, now: float) -> Effects:
        """Take an event of the switch."""
        return self._step(now, lambda: self._hear(event))

    def _hear(self, event: SwitchEvent) -> None:
        floor = self._floor
        match event:
            case LegArrived():
                legs.arrived(floor, event)
            case LegRinging():
                legs.ringing(floor, event)
            case LegAnswered():
                legs.answered(floor, event)
            case LegGone():
                legs.gone(floor, event)
            case LegLeft():
                legs.left(floor, event)
            case LegHeldByPhone() | LegResumedByPhone():
                legs.held_by_phone(floor, event)
            case DigitPressed():
                legs.digit(floor, event)
            case TransferAsked():
                legs.transfer_asked(floor, event)
            case LineChanged():
                floor.set_line(event.number, event.state)
                waiting.line_changed(floor, event.number)
            case CommandFailed():
                legs.command_failed(floor, event)
            case SwitchConnected():
                recovery.reconcile(floor, event)
                self._keep_out()
            case _:
                recovery.lost(floor)

    def on_time(self, now: float) -> Effects:
        """Handle every deadline that has passed."""
        return self._step(now, self._look_again)

    def _look_again(self) -> None:
        if self._floor.is_up:
            while (call := self._floor.pop_due()) is not None:
                recovery.look_again(self._floor, call)

    def next_deadline(self) -> float | None:
        """Return when `on_time` should be called next (UTC seconds); None while the switch is away."""
        return self._floor.next_deadline() if self._floor.is_up else None

    def on_console(self, attendant: str, is_connected: bool, now: float) -> Effects:
        """A receptionist's console came or went. Calls are not touched by it."""
        return self._step(now, lambda: self._floor.change_attendant(attendant, is_connected=is_connected))

    def on_presence(self, now: float) -> Effects:
        """Some are away, or in a call elsewhere, or are back.

        Who waits there may be rung through, and receptionists are offered calls or not (002-333).
        """
        is_same = all(a.kept_out == self._kept_out(a.id) for a in self.attendants.values())
        if is_same and not any(self._floor.camped.values()):
            return Effects()
        return self._step(now, self._look_at_presence)

    def _look_at_presence(self) -> None:
        self._keep_out()
        waiting.look_at_camped(self._floor)

    def _keep_out(self) -> None:
        """Note which groups offer receptionists no calls: as it is now, not as it was stored."""
        for attendant in tuple(self.attendants):
            self._floor.change_attendant(attendant, kept_out=self._kept_out(attendant))

    def give_back_waiting(self, now: float) -> Effects:
        """No receptionist will come: let the switch's own dial plan serve those who wait."""
        return self._step(now, lambda: recovery.give_back_waiting(self._floor))

    # ------------------------------------------------------------------ intents

    def on_intent(self, attendant: str, intent: ask.CallIntent, now: float) -> Effects:
        """Carry out what a receptionist asks; raises CommandRefused, and then nothing has changed."""
        return self._step(now, lambda: self._carry_out(self._floor.attendants[attendant], intent))

    def _carry_out(self, me: Attendant, intent: ask.CallIntent) -> None:
        floor = self._floor
        if not floor.is_up and not isinstance(intent, NEEDS_NO_SWITCH):
            raise CommandRefused("telephony_down")
        match intent:
            case ask.AnswerNext():
                queue.answer_next(floor, me)
            case ask.Dial():
                passing.dial(floor, me, intent.to)
            case ask.SetReadiness():
                self._set_readiness(me, intent.readiness)
            case ask.SetGroups():
                self._set_groups(me, intent.groups)
            case _:
                call = floor.find(intent.call)
                require(floor, me, intent, call)
                self._on_call(me, call, intent)

    def _on_call(self, me: Attendant, call: Call, intent: ask.CallIntent) -> None:
        floor = self._floor
        match intent:
            case ask.Answer():
                queue.answer(floor, me, call)
            case ask.Hold():
                passing.hold(floor, call)
            case ask.Resume():
                passing.resume(floor, me, call)
            case ask.Transfer():
                passing.transfer(floor, me, call, intent)
            case ask.Consult():
                passing.consult(floor, me, call, intent)
            case ask.Swap():
                passing.swap(floor, me, call)
            case ask.Complete():
                passing.complete(floor, call)
            case ask.Conference():
                passing.conference(floor, me, call)
            case ask.GiveUp():
                passing.give_up(floor, me, call)
            case ask.HangUp():
                passing.hang_up(floor, me, call)
            case ask.SendDigits():
                passing.send_digits(floor, call, intent.digits)
            case ask.ToVoicemail():
                waiting.to_voicemail(floor, call, intent.to)
            case ask.Park():
                waiting.park(floor, call)
            case ask.CampOn():
                waiting.camp_on(floor, me, call, intent.to)
            case ask.TakeBack():
                waiting.take_back(floor, me, call)
            case _:
                queue.remove_callback(floor, call)

    def _set_readiness(self, me: Attendant, readiness: Readiness) -> None:
        """Go ready, pause or log out; raises CommandRefused while calls are in hand."""
        mine = [c for c in self._floor.owned_by(me.id) if c.place in _IN_HAND]
        if readiness is Readiness.LOGGED_OUT and mine:
            raise CommandRefused("calls_in_hand", count=len(mine))
        self._floor.change_attendant(me.id, readiness=readiness)

    def _set_groups(self, me: Attendant, groups: Sequence[str]) -> None:
        for group in groups:
            if group not in self._floor.groups:
                raise CommandRefused("unknown_group", group=group)
        self._floor.change_attendant(me.id, groups=tuple(dict.fromkeys(groups)))

    def _step(self, now: float, work: Callable[[], object]) -> Effects:
        """Do one step whole or not at all: whatever stops it half-way, nothing has changed."""
        floor = self._floor
        floor.begin(now)
        try:
            work()
            if floor.is_up:
                queue.distribute(floor)
        except BaseException:
            floor.rollback()
            raise
        return floor.commit()


def _restored(configured: Attendant, known: Attendant | None, groups: Mapping[str, object]) -> Attendant:
    """Join what is configured (name, number) with what was going on (log-in, phone)."""
    if known is None:
        known = msgspec.structs.replace(configured, desk=DeskState.DOWN, desk_leg=None, active=None)
    return msgspec.structs.replace(
        known,
        name=configured.name,
        number=configured.number,
        groups=tuple(g for g in known.groups if g in groups),
        is_connected=False,
    )


def _placed(call: Call, floor: Floor) -> Call:
    """A stored call whose group is no longer configured waits in the first one."""
    if call.group is None or call.group in floor.groups:
        return call
    return msgspec.structs.replace(call, group=next(iter(floor.groups)))
