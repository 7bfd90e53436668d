"""Passing callers on: hold, blind transfer, consultation, dialling out, and those who come back.

A call that cannot go on falls back to where a human is: to the receptionist who sent it, on hold and
marked with the reason, and after the recall time to the group.
"""

from __future__ import annotations

from reception.calls import desk, queue
from reception.calls.floor import Floor, caller_label, target_label
from reception.calls.rules import require_target
from reception.errors import CommandRefused
from reception.model import intents as ask
from reception.model.attendants import Attendant, DeskState, Readiness
from reception.model.calls import (
    Call,
    CallerId,
    Direction,
    EndReason,
    Focus,
    LegProgress,
    Place,
    Returned,
    Target,
    WhyBack,
)
from reception.ports import HangUpLeg, HoldLeg, SendDigits

# ------------------------------------------------------------------ hold


def hold(floor: Floor, call: Call) -> Call:
    """Let the caller wait at the receptionist; their phone stays on the line."""
    floor.do(HoldLeg(leg=call.leg or ""))
    floor.change_attendant(call.owner or "", active=None)
    return floor.move(call, Place.HELD, deadline=desk.held_deadline(floor))


def resume(floor: Floor, me: Attendant, call: Call) -> None:
    """Talk again with a held caller; another talking call is put on hold first."""
    desk.make_room(floor, me)
    desk.connect(floor, me.id, call)


# ------------------------------------------------------------------ blind transfer


def transfer(floor: Floor, me: Attendant, call: Call, intent: ask.Transfer) -> None:
    """Ring the target while the caller waits; the receptionist is free at once."""
    require_target(floor, me, intent.to, even_if_busy=intent.even_if_busy)
    send_on(floor, call, intent.to)


def send_on(floor: Floor, call: Call, to: Target) -> None:
    """Blind transfer without further questions."""
    floor.do(HoldLeg(leg=call.leg or ""))
    ring_s = floor.group_of(call).transfer_s
    call = floor.move(call, Place.TRANSFERRING, target=to, deadline=floor.now + ring_s + 2)
    desk.let_go(floor, call)
    desk.ring_target(floor, call, timeout_s=ring_s)


def hand_on(floor: Floor, call: Call) -> None:
    """The colleague is there: caller and colleague talk, the call is no receptionist's any more."""
    floor.join(call, call.leg, call.target_leg)
    call = floor.move(
        call,
        Place.HANDED_ON,
        target=call.target,
        target_leg=call.target_leg,
        progress=LegProgress.TALKING,
    )
    desk.let_go(floor, call)


def come_back(floor: Floor, call: Call, why: WhyBack) -> None:
    """The call could not go on: back to its receptionist, on hold; without one, to the group."""
    target = call.target or Target(number="")
    if call.target_leg is not None:
        floor.do(HangUpLeg(leg=call.target_leg))
    back = Returned(target=target, why=why, at=floor.now)
    floor.do(HoldLeg(leg=call.leg or ""))
    owner = floor.attendants.get(call.owner or "")
    if owner is None or owner.readiness is Readiness.LOGGED_OUT:
        to_group(floor, floor.change(call, returned=back))
        return
    recall_s = floor.group_of(call).recall_s
    call = floor.move(call, Place.HELD, returned=back, deadline=floor.now + recall_s)
    floor.tell(
        "returned",
        [owner.id],
        call,
        caller=caller_label(call.party),
        target=target_label(target),
        why=why.value,
    )


def to_group(floor: Floor, call: Call) -> None:
    """Nobody took the call back: it waits in the group again, where its arrival puts it."""
    back = call.returned
    owner = call.owner
    call = queue.back_to_queue(floor, call)
    me = floor.attendants.get(owner or "")
    if me is not None and me.active is None:
        desk.release(floor, me)
    floor.tell(
        "returned_to_group",
        floor.members(call.group or ""),
        call,
        caller=caller_label(call.party),
        target=target_label(back.target) if back else "",
        why=back.why.value if back else "",
    )


# ------------------------------------------------------------------ consultation


def consult(floor: Floor, me: Attendant, call: Call, intent: ask.Consult) -> None:
    """Hold the caller and ring a colleague for the receptionist."""
    require_target(floor, me, intent.to, even_if_busy=intent.even_if_busy)
    if me.active != call.id:
        desk.make_room(floor, me)
    floor.do(HoldLeg(leg=call.leg or ""))
    call = floor.move(call, Place.CONSULTING, target=intent.to, focus=Focus.COLLEAGUE)
    desk.connect(floor, me.id, call)


def colleague_answered(floor: Floor, call: Call) -> None:
    """The colleague is there: receptionist and colleague talk, the caller hears music."""
    me = floor.attendants[call.owner or ""]
    floor.join(call, me.desk_leg, call.target_leg, consult=True)
    floor.change(call, progress=LegProgress.TALKING)


def swap(floor: Floor, me: Attendant, call: Call) -> None:
    """Speak with the other one; whoever is left waits with music."""
    _require_colleague(call)
    if call.focus is Focus.CALLER:
        floor.do(HoldLeg(leg=call.leg or ""))
        floor.join(call, me.desk_leg, call.target_leg, consult=True)
        floor.change(call, focus=Focus.COLLEAGUE)
    else:
        floor.do(HoldLeg(leg=call.target_leg or ""))
        floor.join(call, call.leg, me.desk_leg)
        floor.change(call, focus=Focus.CALLER)


def conference(floor: Floor, me: Attendant, call: Call) -> None:
    """Let all three talk."""
    _require_colleague(call)
    floor.join(call, call.leg, me.desk_leg, call.target_leg)
    floor.change(call, focus=Focus.CONFERENCE)


def complete(floor: Floor, call: Call) -> None:
    """Put caller and colleague together; while the colleague still rings it becomes a transfer."""
    if call.progress is LegProgress.TALKING:
        hand_on(floor, call)
        return
    if call.target_leg is None:
        raise CommandRefused("still_connecting")
    ring_s = floor.group_of(call).transfer_s
    call = floor.move(
        call,
        Place.TRANSFERRING,
        target=call.target,
        target_leg=call.target_leg,
        progress=call.progress,
        deadline=floor.now + ring_s,
    )
    desk.let_go(floor, call)


def give_up(floor: Floor, me: Attendant, call: Call) -> None:
    """End the talk with the colleague and go back to the caller."""
    if call.target_leg is not None:
        floor.do(HangUpLeg(leg=call.target_leg))
    back_to_caller(floor, me, call)


def back_to_caller(floor: Floor, me: Attendant, call: Call) -> None:
    """The consultation is over; receptionist and caller talk again."""
    if me.desk is DeskState.UP:
        desk.talk(floor, me, call)
    else:
        call = floor.move(call, Place.HELD, deadline=desk.held_deadline(floor))
        desk.let_go(floor, call)


def _require_colleague(call: Call) -> None:
    if call.progress is not LegProgress.TALKING:
        raise CommandRefused("colleague_not_there_yet")


def keep_colleague(floor: Floor, me: Attendant, call: Call) -> None:
    """The caller hung up in a consultation: who speaks with the colleague goes on doing so."""
    target = call.target or Target(number="")
    leg = call.target_leg
    floor.change(call, target_leg=None)
    talk = Call(
        id=floor.new_id(),
        direction=Direction.OUT,
        party=CallerId(number=target.number, name=target.name),
        leg=leg,
        place=Place.TALKING,
        arrived_at=floor.now,
        since=floor.now,
        owner=me.id,
    )
    desk.talk(floor, me, floor.put(talk))


# ------------------------------------------------------------------ dialling out and hanging up


def dial(floor: Floor, me: Attendant, to: Target) -> None:
    """Call somebody from the receptionist's phone; a talking call is put on hold first."""
    require_target(floor, me, to, even_if_busy=True)
    desk.make_room(floor, me)
    call = floor.put(
        Call(
            id=floor.new_id(),
            direction=Direction.OUT,
            party=floor.introduced(CallerId(number=to.number, name=to.name or floor.book.name_of(to.number))),
            leg=None,
            place=Place.DIALLING,
            arrived_at=floor.now,
            since=floor.now,
            owner=me.id,
            target=to,
        )
    )
    floor.subject = call.id
    desk.connect(floor, me.id, call)


def stop_dialling(floor: Floor, call: Call, reason: EndReason) -> None:
    """Give up ringing the outside party: an outgoing call ends, a callback keeps its place."""
    if call.leg is not None:
        floor.do(HangUpLeg(leg=call.leg))
    call = floor.change(call, leg=None)
    desk.let_go(floor, call)
    if call.callback is not None:
        queue.back_to_queue(floor, call)
    else:
        floor.end(call, reason)


def hang_up(floor: Floor, me: Attendant, call: Call) -> None:
    """End what the receptionist has with this call; never the caller in mid-consultation."""
    if call.place is Place.CONSULTING:
        give_up(floor, me, call)
    elif call.place is Place.DIALLING:
        stop_dialling(floor, call, EndReason.ATTENDANT_HUNG_UP)
    elif call.place is Place.OFFERED:
        desk.let_go(floor, call)
        queue.back_to_queue(floor, call)
    else:
        floor.do(HangUpLeg(leg=call.leg or ""))
        floor.end(call, EndReason.ATTENDANT_HUNG_UP)
        desk.let_go(floor, call)


def send_digits(floor: Floor, call: Call, digits: str) -> None:
    """Send DTMF to whom the receptionist speaks with; raises CommandRefused for other characters."""
    if not digits or any(d not in "0123456789*#ABCD" for d in digits):
        raise CommandRefused("invalid_digits", digits=digits)
    to_colleague = call.place is Place.CONSULTING and call.focus is Focus.COLLEAGUE
    if to_colleague:
        _require_colleague(call)
    leg = call.target_leg if to_colleague else call.leg
    floor.do(SendDigits(leg=leg or "", digits=digits))
