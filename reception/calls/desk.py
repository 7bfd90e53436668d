"""A receptionist's own phone: one leg at a time, shared by all their calls.

The leg is rung with automatic answer when a call needs it and kept while any call is with the receptionist,
so that resuming from hold is instant. `Attendant.active` is the call it talks with, or is on its way to.
"""

from __future__ import annotations

from typing import Final

import msgspec

from reception.calls import offers
from reception.calls.floor import Floor
from reception.errors import CommandRefused
from reception.model.attendants import Attendant, DeskState
from reception.model.calls import Call, CallbackRequest, CallerId, LegProgress, Pending, Place
from reception.ports import HangUpLeg, HoldLeg, Originate, RingLeg, Role

DESK_RING_S: Final = 15.0
"""Seconds a phone that should answer by itself may ring; then it is taken to be away."""
CONSULT_RING_S: Final = 60.0
DIAL_RING_S: Final = 60.0
_HELD_REMINDER_S: Final = 60.0


def held_deadline(floor: Floor) -> float:
    """Return when somebody should look again at a call that is put on hold now."""
    return floor.now + _HELD_REMINDER_S


def make_room(floor: Floor, me: Attendant) -> None:
    """Put the call that the phone talks with on hold; raises CommandRefused when it cannot be left."""
    call = floor.calls.get(me.active or "")
    if call is None:
        return
    if call.place is Place.CONSULTING:
        raise CommandRefused("finish_consultation_first")
    if call.place is not Place.TALKING:
        raise CommandRefused("still_connecting")
    floor.do(HoldLeg(leg=call.leg or ""))
    floor.move(call, Place.HELD, deadline=held_deadline(floor))
    floor.change_attendant(me.id, active=None)


def connect(floor: Floor, attendant: str, call: Call) -> None:
    """Bring the receptionist's phone to this call: at once if it is on the line, else ring it first.

    The call's place and owner say what happens when the phone is there (`on_desk_ready`).
    """
    offered = offers.offered_to(floor, floor.attendants[attendant])
    if offered is not None:
        offers.declined(floor, attendant, offered)
    me = floor.change_attendant(attendant, active=call.id)
    if me.desk is DeskState.UP:
        on_desk_ready(floor, me)
        return
    pending = {
        Place.OFFERED: Pending.ANSWERING,
        Place.HELD: Pending.RESUMING,
    }.get(call.place, Pending.CALLING_DESK)
    call = floor.change(call, pending=pending)
    ring_desk(floor, me, call, auto_answer=True, timeout_s=DESK_RING_S)


def ring_desk(floor: Floor, me: Attendant, call: Call, *, auto_answer: bool, timeout_s: float) -> None:
    """Ring a receptionist's phone for a call, in place of a leg that may ring already."""
    if me.desk_leg is not None:
        floor.do(HangUpLeg(leg=me.desk_leg))
    leg = floor.new_id()
    floor.change_attendant(me.id, desk=DeskState.RINGING, desk_leg=leg)
    floor.do(
        Originate(
            leg=leg,
            to=me.number,
            timeout_s=timeout_s,
            caller=call.party,
            call=call.id,
            role=Role.DESK,
            auto_answer=auto_answer,
            originator=call.leg,
        )
    )


def on_desk_ready(floor: Floor, me: Attendant) -> None:
    """Do what the phone was fetched for."""
    call = floor.calls.get(me.active or "")
    if call is None:
        release(floor, me)
    elif call.place is Place.OFFERED and call.leg is None:
        _dial_callback(floor, me, call)
    elif call.place in (Place.OFFERED, Place.HELD):
        talk(floor, me, call)
    elif call.place is Place.DIALLING:
        _dial_party(floor, me, call)
    else:
        ring_target(floor, call, timeout_s=CONSULT_RING_S)
        floor.do(RingLeg(leg=me.desk_leg or ""))


def talk(floor: Floor, me: Attendant, call: Call) -> Call:
    """Join party and receptionist: the call is TALKING."""
    floor.change_attendant(me.id, active=call.id)
    floor.join(call, call.leg, me.desk_leg)
    return floor.move(call, Place.TALKING, owner=me.id, callback=None)


def ring_target(floor: Floor, call: Call, *, timeout_s: float) -> Call:
    """Ring the colleague of a call under a new leg; the caller's number is shown to them."""
    target = call.target
    assert target is not None, "a call without a target cannot ring one"
    leg = floor.new_id()
    floor.do(
        Originate(
            leg=leg,
            to=target.number,
            timeout_s=timeout_s,
            caller=call.party,
            call=call.id,
            role=Role.TARGET,
            originator=call.leg,
        )
    )
    return floor.change(call, target_leg=leg, progress=LegProgress.REQUESTED, pending=None)


def let_go(floor: Floor, call: Call) -> None:
    """The call no longer needs its owner's phone: release it unless another call does."""
    me = floor.attendants.get(call.owner or "")
    if me is not None and me.active in (call.id, None):
        release(floor, me)


def release(floor: Floor, me: Attendant) -> None:
    """Nothing is active: let the phone go, unless held calls are to be resumed at once."""
    me = floor.change_attendant(me.id, active=None)
    if me.desk is DeskState.UP and any(c.place is Place.HELD for c in floor.owned_by(me.id)):
        return
    if me.desk_leg is not None and offers.offered_to(floor, me) is None:
        floor.do(HangUpLeg(leg=me.desk_leg))
        floor.change_attendant(me.id, desk=DeskState.DOWN, desk_leg=None, free_since=floor.now)


def _dial_party(floor: Floor, me: Attendant, call: Call) -> None:
    leg = floor.new_id()
    number = call.party.number or ""
    floor.change(call, leg=leg, pending=None, progress=LegProgress.REQUESTED)
    floor.do(
        Originate(
            leg=leg,
            to=number,
            timeout_s=DIAL_RING_S,
            caller=CallerId(number=me.number, name=me.name),
            call=call.id,
            role=Role.PARTY,
        ),
        RingLeg(leg=me.desk_leg or ""),
    )


def _dial_callback(floor: Floor, me: Attendant, call: Call) -> None:
    """Ring the caller back at the number they called from (requirements 002-360, 002-361)."""
    wish = call.callback
    assert wish is not None, "a queued call without a leg is a callback entry"
    group = floor.group_of(call)
    leg = floor.new_id()
    floor.move(
        call,
        Place.DIALLING,
        leg=leg,
        progress=LegProgress.REQUESTED,
        callback=_tried(wish),
    )
    floor.do(
        Originate(
            leg=leg,
            to=wish.number,
            timeout_s=group.callback.ring_s,
            caller=CallerId(number=group.number, name=group.name),
            call=call.id,
            role=Role.PARTY,
        ),
        RingLeg(leg=me.desk_leg or ""),
    )


def _tried(wish: CallbackRequest) -> CallbackRequest:
    return msgspec.structs.replace(wish, tries=wish.tries + 1)
