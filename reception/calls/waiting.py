"""Callers who wait away from the receptionist: camped at a busy colleague, parked, sent to a mailbox.

Camp-on is the console's own work, by line states: switches do not offer it (FACTS, CCSS). The first caller
camped at a person is rung through as soon as all lines of the person are free, and not while the person is
absent (reading 38); at somebody absent nobody begins to wait (reading 39).
"""

from __future__ import annotations

from typing import Final

from reception.calls import desk, passing
from reception.calls.floor import Floor, caller_label, target_label
from reception.calls.rules import is_occupied, require_present
from reception.errors import CommandRefused
from reception.model.attendants import Attendant, DeskState
from reception.model.calls import (
    Call,
    EndReason,
    LegProgress,
    Place,
    Returned,
    Target,
    WhyBack,
)
from reception.model.lines import LineState
from reception.ports import AnswerLeg, GoneCause, HangUpLeg, HoldLeg, LegArrived, SendToVoicemail

_VOICEMAIL_S: Final = 15.0
"""Seconds the switch may take to hand a caller to a mailbox."""

# ------------------------------------------------------------------ camp-on


def camp_on(floor: Floor, me: Attendant, call: Call, to: Target) -> None:
    """Let the caller wait at a busy colleague; raises CommandRefused (requirements 002-377, 379)."""
    rules = floor.group_of(call).camp_on
    if not rules.enabled:
        raise CommandRefused("camp_on_disabled")
    if to.number == me.number:
        raise CommandRefused("target_is_self")
    _require_campable(floor, to)
    if len(floor.camped.get(to.number, ())) >= rules.queue_size:
        raise CommandRefused("camp_on_full", target=target_label(to), size=rules.queue_size)
    floor.do(HoldLeg(leg=call.leg or ""))
    deadline = floor.now + rules.notify_owner_s if rules.notify_owner_s else None
    call = floor.move(call, Place.CAMPED, target=to, deadline=deadline)
    desk.let_go(floor, call)


def _require_campable(floor: Floor, to: Target) -> None:
    require_present(floor, to)
    if is_occupied(floor, to):
        return
    state = floor.lines.get(to.number, LineState.UNKNOWN)
    keys = {LineState.IDLE: "target_is_free", LineState.UNREACHABLE: "target_unreachable"}
    raise CommandRefused(keys.get(state, "line_unknown"), target=target_label(to))


def line_changed(floor: Floor, number: str) -> None:
    """A line of somebody changed: ring through whoever waits there, or send them back."""
    for _, call_id in tuple(floor.camped.get(number, ())):
        call = floor.calls[call_id]
        assert call.target is not None, "a camped call has a target"
        if call.target_leg is not None:
            return  # one at a time; this one rings already
        state = floor.lines.get(call.target.number)
        if state is LineState.UNREACHABLE:
            passing.come_back(floor, call, WhyBack.UNREACHABLE)
        elif state is LineState.DO_NOT_DISTURB:
            return  # whoever waits goes on waiting, as at somebody who is away for a while
        elif not is_occupied(floor, call.target) and floor.absence_of(call.target) is None:
            desk.ring_target(floor, call, timeout_s=floor.group_of(call).camp_on.ring_s)
            return


def look_at_camped(floor: Floor) -> None:
    """Ring through who waits at somebody who is back."""
    for number in tuple(floor.camped):
        line_changed(floor, number)


def delivery_failed(floor: Floor, call: Call, why: WhyBack) -> None:
    """The colleague did not take the camped call: wait on if somebody was faster, else come back."""
    state = floor.lines.get(call.target.number) if call.target else None
    if why is WhyBack.BUSY and state in (LineState.TALKING, LineState.HELD):
        floor.change(call, target_leg=None, progress=LegProgress.NONE)
    else:
        passing.come_back(floor, floor.change(call, target_leg=None), why)


def camped_long(floor: Floor, call: Call) -> None:
    """Tell the receptionist, then all of the group, that a caller waits long (002-380, 002-381)."""
    group = floor.group_of(call)
    rules = group.camp_on
    everybody = call.notice_stage > 0
    floor.tell(
        "camped_long",
        floor.members(group.id) if everybody else [call.owner],
        call,
        caller=caller_label(call.party),
        target=target_label(call.target),
        seconds=round(floor.now - call.since),
    )
    deadline = call.since + rules.notify_group_s if rules.notify_group_s and not everybody else None
    if deadline is not None:
        deadline = max(deadline, floor.now)
    floor.change(call, notice_stage=call.notice_stage + 1, deadline=deadline)


# ------------------------------------------------------------------ parking


def park(floor: Floor, call: Call) -> None:
    """Park the caller in the first free slot; raises CommandRefused when all are taken."""
    taken = {c.slot for c in floor.calls.values() if c.slot is not None}
    slot = next((s for s in floor.slots if s not in taken), None)
    if slot is None:
        raise CommandRefused("parking_full")
    floor.do(HoldLeg(leg=call.leg or ""))
    recall = floor.now + floor.group_of(call).park_recall_s
    call = floor.move(call, Place.PARKED, slot=slot, target=Target(number=slot), deadline=recall)
    desk.let_go(floor, call)


def fetched_by_phone(floor: Floor, event: LegArrived) -> None:
    """Somebody dialled a parking slot: they get the caller parked there, or the busy tone."""
    call = next((c for c in floor.calls.values() if c.slot == event.dialled), None)
    if call is None:
        floor.do(HangUpLeg(leg=event.leg, cause=GoneCause.BUSY))
        return
    if not event.is_answered:
        floor.do(AnswerLeg(leg=event.leg))
    number = event.caller.number or ""
    for me in floor.attendants.values():
        if me.number == number and me.desk is DeskState.DOWN:
            floor.change_attendant(me.id, desk=DeskState.UP, desk_leg=event.leg)
            desk.talk(floor, floor.attendants[me.id], call)
            return
    target = Target(number=number, name=event.caller.name or floor.book.name_of(number))
    passing.hand_on(floor, floor.change(call, target=target, target_leg=event.leg))


# ------------------------------------------------------------------ fetching back


def take_back(floor: Floor, me: Attendant, call: Call) -> None:
    """Fetch a waiting caller to my phone; raises CommandRefused.

    Parked and camped callers may be fetched by every receptionist; a ringing transfer only by who sent it,
    a held caller by who holds it, or by anyone while that console is away.
    """
    owner = floor.attendants.get(call.owner or "")
    is_private = call.place in (Place.TRANSFERRING, Place.HELD)
    if is_private and owner is not None and owner.id != me.id and owner.is_connected:
        raise CommandRefused("not_yours", owner=owner.name)
    if call.pending is not None:
        raise CommandRefused("still_connecting")
    desk.make_room(floor, me)
    if call.target_leg is not None:
        floor.do(HangUpLeg(leg=call.target_leg))
    floor.do(HoldLeg(leg=call.leg or ""))
    before = call
    call = floor.move(call, Place.HELD, owner=me.id, deadline=desk.held_deadline(floor))
    if before.owner != me.id:
        desk.let_go(floor, before)
    desk.connect(floor, me.id, call)


# ------------------------------------------------------------------ voicemail


def to_voicemail(floor: Floor, call: Call, to: Target) -> None:
    """Hand the caller to a mailbox; raises CommandRefused when there is none."""
    if floor.book.mailbox_of(to.number, to.person) is None:
        raise CommandRefused("no_mailbox", target=target_label(to))
    call = floor.move(call, Place.VOICEMAIL, target=to, deadline=floor.now + _VOICEMAIL_S)
    ask_mailbox(floor, call)
    desk.let_go(floor, call)


def ask_mailbox(floor: Floor, call: Call) -> None:
    """Ask the switch to take the caller to the mailbox; the greeting tells busy from away."""
    assert call.target is not None, "a call to voicemail has a target"
    mailbox = floor.book.mailbox_of(call.target.number, call.target.person)
    is_busy = is_occupied(floor, call.target)
    floor.do(SendToVoicemail(leg=call.leg or "", mailbox=mailbox or "", is_busy=is_busy))


def left_for_voicemail(floor: Floor, call: Call) -> None:
    """The switch has the caller in the mailbox."""
    floor.end(call, EndReason.VOICEMAIL)


def voicemail_failed(floor: Floor, call: Call) -> None:
    """The mailbox did not take the caller: back to the receptionist, on hold, and told."""
    target = call.target
    floor.tell(
        "voicemail_failed",
        [call.owner],
        call,
        caller=caller_label(call.party),
        target=target_label(target),
    )
    floor.do(HoldLeg(leg=call.leg or ""))
    if floor.attendants.get(call.owner or "") is None:
        passing.to_group(floor, call)
        return
    back = Returned(target=target or Target(number=""), why=WhyBack.FAILED, at=floor.now)
    floor.move(call, Place.HELD, returned=back, deadline=floor.now + floor.group_of(call).recall_s)
