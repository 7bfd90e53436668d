"""What an event about a leg means: by what the leg is to us, and where its call is.

An event about a leg we no longer keep changes nothing: the call has moved on. Only a leg of ours that is
answered too late is hung up, so that no phantom call stays behind.
"""

from __future__ import annotations

from typing import Final

from reception.calls import desk, offers, passing, queue, waiting
from reception.calls.floor import Floor, Use, caller_label, is_waiting, target_label
from reception.model.attendants import Attendant, DeskState
from reception.model.calls import Call, EndReason, Focus, LegProgress, Place, Returned, Target, WhyBack
from reception.ports import (
    AnswerLeg,
    CommandFailed,
    DigitPressed,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegHeldByPhone,
    LegLeft,
    LegResumedByPhone,
    LegRinging,
    SendDigits,
    SendToVoicemail,
    SwitchError,
    TransferAsked,
)

_GRACE_S: Final = 2.0
"""Whoever is gone so soon after taking a call, colleague or receptionist, has not really taken it."""

WHY: Final[dict[GoneCause, WhyBack]] = {
    GoneCause.NORMAL: WhyBack.HUNG_UP,
    GoneCause.BUSY: WhyBack.BUSY,
    GoneCause.NO_ANSWER: WhyBack.NO_ANSWER,
    GoneCause.REJECTED: WhyBack.REJECTED,
    GoneCause.UNREACHABLE: WhyBack.UNREACHABLE,
    GoneCause.FAILED: WhyBack.FAILED,
}


def arrived(floor: Floor, event: LegArrived) -> None:
    """Somebody called a number of ours. A repeat of a leg we have changes nothing."""
    if event.leg in floor.legs:
        return
    if event.dialled in floor.slots:
        waiting.fetched_by_phone(floor, event)
        return
    queue.arrive(floor, event)


def ringing(floor: Floor, event: LegRinging) -> None:
    """A phone rings: the request has arrived."""
    use, key = floor.legs.get(event.leg, (None, ""))
    call = floor.calls.get(key) if use is not Use.DESK else None
    if call is None or call.progress is not LegProgress.REQUESTED:
        return
    if use is Use.TARGET or call.place is Place.DIALLING:
        floor.change(call, progress=LegProgress.RINGING)


# ------------------------------------------------------------------ answered


def answered(floor: Floor, event: LegAnswered) -> None:
    """An originated leg is there."""
    use, key = floor.legs.get(event.leg, (None, ""))
    if use is Use.DESK:
        _desk_answered(floor, floor.attendants[key])
    elif use is Use.TARGET:
        _target_answered(floor, floor.calls[key])
    elif use is Use.PARTY:
        _party_answered(floor, floor.calls[key])
    else:
        floor.do(HangUpLeg(leg=event.leg))


def _desk_answered(floor: Floor, me: Attendant) -> None:
    if me.desk is DeskState.UP:
        return
    offered = offers.offered_to(floor, me)
    me = floor.change_attendant(me.id, desk=DeskState.UP)
    if offered is not None:
        queue.taken_by_phone(floor, me, offered)
    else:
        desk.on_desk_ready(floor, me)


def _target_answered(floor: Floor, call: Call) -> None:
    if call.place in (Place.TRANSFERRING, Place.CAMPED):
        passing.hand_on(floor, call)
    elif call.place is Place.CONSULTING and call.progress is not LegProgress.TALKING:
        passing.colleague_answered(floor, call)


def _party_answered(floor: Floor, call: Call) -> None:
    me = floor.attendants.get(call.owner or "")
    if call.place is Place.DIALLING and me is not None:
        desk.talk(floor, me, call)


# ------------------------------------------------------------------ gone


def gone(floor: Floor, event: LegGone) -> None:
    """A leg has ended."""
    use, key = floor.legs.get(event.leg, (None, ""))
    if use is Use.PARTY:
        party_gone(floor, floor.calls[key], event.cause)
    elif use is Use.TARGET:
        target_gone(floor, floor.calls[key], event.cause)
    elif use is Use.DESK:
        desk_gone(floor, floor.attendants[key], event.cause)


def party_gone(floor: Floor, call: Call, cause: GoneCause) -> None:
    """The outside party is gone: the call ends, or stays as a callback entry."""
    if call.place is Place.DIALLING:
        _not_reached(floor, call, WHY[cause])
        return
    if is_waiting(call) or (call.place is Place.OFFERED and call.callback is not None):
        queue.caller_left(floor, call)
        return
    me = floor.attendants.get(call.owner or "")
    is_with_colleague = call.progress is LegProgress.TALKING and call.focus is not Focus.CALLER
    if call.place is Place.CONSULTING and is_with_colleague and me is not None:
        passing.keep_colleague(floor, me, call)
        floor.end(floor.calls[call.id], EndReason.CALLER_HUNG_UP)
        return
    if call.target_leg is not None:
        floor.do(HangUpLeg(leg=call.target_leg))
    floor.end(call, EndReason.CALLER_HUNG_UP)
    desk.let_go(floor, call)


def _not_reached(floor: Floor, call: Call, why: WhyBack) -> None:
    if call.callback is not None:
        queue.callback_not_reached(floor, call, why)
        return
    floor.tell(
        "dialled_not_reached",
        [call.owner],
        call,
        target=caller_label(call.party),
        why=why.value,
    )
    floor.end(call, EndReason.NOT_REACHED)
    desk.let_go(floor, call)


def target_gone(floor: Floor, call: Call, cause: GoneCause) -> None:
    """The colleague is gone, or was never reached."""
    why = WHY[cause]
    if call.place is Place.TRANSFERRING:
        passing.come_back(floor, floor.change(call, target_leg=None), why)
    elif call.place is Place.CAMPED:
        waiting.delivery_failed(floor, call, why)
    elif call.place is Place.CONSULTING:
        _consultation_ended(floor, floor.change(call, target_leg=None), why)
    else:
        _colleague_left(floor, call, cause)


def _consultation_ended(floor: Floor, call: Call, why: WhyBack) -> None:
    me = floor.attendants[call.owner or ""]
    floor.tell(
        "consultation_ended",
        [me.id],
        call,
        caller=caller_label(call.party),
        target=target_label(call.target),
        why=why.value,
    )
    passing.back_to_caller(floor, me, call)


def _colleague_left(floor: Floor, call: Call, cause: GoneCause) -> None:
    """End the caller's leg after a talk; after trouble, or at once, bring the caller back."""
    if not _is_meant(floor, call, cause):
        passing.come_back(floor, floor.change(call, target_leg=None), WHY[cause])
        return
    floor.do(HangUpLeg(leg=call.leg or ""))
    floor.end(call, EndReason.COLLEAGUE_HUNG_UP)


def desk_gone(floor: Floor, me: Attendant, cause: GoneCause) -> None:
    """The receptionist's phone hung up, did not answer or was lost."""
    offered = offers.offered_to(floor, me)
    active = floor.calls.get(me.active or "")
    floor.change_attendant(me.id, desk=DeskState.DOWN, desk_leg=None, active=None, free_since=floor.now)
    if offered is not None:
        offers.declined(floor, me.id, offered)
        return
    if active is None:
        return
    if active.pending is not None:
        _phone_did_not_come(floor, me, active, WHY[cause])
    else:
        _handset_down(floor, me, active, cause)


def _phone_did_not_come(floor: Floor, me: Attendant, call: Call, why: WhyBack) -> None:
    """The call goes back to where a human finds it, and the receptionist is told why."""
    caller = caller_label(call.party)
    floor.tell("desk_phone_no_answer", [me.id], call, caller=caller, why=why.value)
    if call.place is Place.OFFERED:
        queue.back_to_queue(floor, call)
    elif call.place is Place.DIALLING:
        floor.end(call, EndReason.NOT_REACHED)
    elif call.place is Place.HELD:
        floor.change(call, pending=None, deadline=desk.held_deadline(floor))
    else:
        floor.move(call, Place.HELD, deadline=desk.held_deadline(floor))


def _handset_down(floor: Floor, me: Attendant, call: Call, cause: GoneCause) -> None:
    """Putting the handset down ends a talk, as on any phone; it never ends a caller who waits."""
    if call.place is Place.DIALLING:
        passing.stop_dialling(floor, call, EndReason.ATTENDANT_HUNG_UP)
    elif call.place is Place.TALKING and _is_meant(floor, call, cause):
        floor.do(HangUpLeg(leg=call.leg or ""))
        floor.end(call, EndReason.ATTENDANT_HUNG_UP)
    else:
        if call.target_leg is not None:
            floor.do(HangUpLeg(leg=call.target_leg))
        phone_lost(floor, me, call)


def _is_meant(floor: Floor, call: Call, cause: GoneCause) -> bool:
    """True when the end of a leg is somebody's goodbye, and no accident."""
    return cause is GoneCause.NORMAL and floor.now - call.since >= _GRACE_S


def phone_lost(floor: Floor, me: Attendant, call: Call) -> None:
    """Keep the caller on hold for a receptionist whose phone went away in mid-call."""
    floor.do(HoldLeg(leg=call.leg or ""))
    back = Returned(target=Target(number=me.number), why=WhyBack.PHONE_LOST, at=floor.now)
    call = floor.move(call, Place.HELD, returned=back, deadline=floor.now + floor.group_of(call).recall_s)
    floor.tell("desk_phone_lost", [me.id], call, caller=caller_label(call.party))


def left(floor: Floor, event: LegLeft) -> None:
    """A leg went to the mailbox, as asked."""
    use, key = floor.legs.get(event.leg, (None, ""))
    if use is Use.PARTY:
        waiting.left_for_voicemail(floor, floor.calls[key])


# ------------------------------------------------------------------ the rest


def held_by_phone(floor: Floor, event: LegHeldByPhone | LegResumedByPhone) -> None:
    """A telephone used its own hold key; shown, for the switch plays the music."""
    use, key = floor.legs.get(event.leg, (None, ""))
    is_held = isinstance(event, LegHeldByPhone)
    call = floor.calls.get((floor.attendants[key].active or "") if use is Use.DESK else key)
    if call is not None and use in (Use.DESK, Use.TARGET) and call.is_held_by_phone != is_held:
        floor.change(call, is_held_by_phone=is_held)


def digit(floor: Floor, event: DigitPressed) -> None:
    """A party pressed a key."""
    use, key = floor.legs.get(event.leg, (None, ""))
    if use is Use.PARTY:
        queue.key_pressed(floor, floor.calls[key], event.digit)


def transfer_asked(floor: Floor, event: TransferAsked) -> None:
    """A telephone used its own transfer key: its partner is passed on, and can come back."""
    use, key = floor.legs.get(event.leg, (None, ""))
    to = Target(number=event.to, name=floor.book.name_of(event.to))
    if use is Use.DESK:
        call = floor.calls.get(floor.attendants[key].active or "")
        if call is not None and call.place is Place.TALKING:
            passing.send_on(floor, call, to)
    elif use is Use.TARGET and floor.calls[key].place is Place.HANDED_ON:
        floor.do(HangUpLeg(leg=event.leg))
        passing.send_on(floor, floor.change(floor.calls[key], target_leg=None), to)


def command_failed(floor: Floor, event: CommandFailed) -> None:
    """A command had no effect. What a gone leg means comes with its own event."""
    command = event.command
    if isinstance(command, SendToVoicemail):
        use, key = floor.legs.get(command.leg, (None, ""))
        if use is Use.PARTY and floor.calls[key].place is Place.VOICEMAIL:
            waiting.voicemail_failed(floor, floor.calls[key])
    elif isinstance(command, SendDigits):
        use, key = floor.legs.get(command.leg, (None, ""))
        call = floor.calls.get(key)
        if call is not None:
            caller = caller_label(call.party)
            floor.tell("digits_failed", [call.owner], call, caller=caller, error=event.error.value)
    elif isinstance(command, Join) and event.error is not SwitchError.UNAVAILABLE:
        _join_failed(floor, command, event)
    elif isinstance(command, (AnswerLeg, HoldLeg)) and event.error is SwitchError.GONE:
        use, key = floor.legs.get(command.leg, (None, ""))
        if use is Use.PARTY:
            party_gone(floor, floor.calls[key], GoneCause.NORMAL)


def _join_failed(floor: Floor, command: Join, event: CommandFailed) -> None:
    """Two legs could not be put together: whoever waits is held where a human sees it."""
    call = floor.calls.get(command.bridge.partition("-")[2])
    if call is None:
        return
    if event.error is SwitchError.GONE and _is_settled_by_gone(floor, command):
        return
    floor.tell("not_connected", [call.owner], call, caller=caller_label(call.party), error=event.error.value)
    if call.place is Place.HANDED_ON:
        passing.come_back(floor, call, WhyBack.FAILED)
    elif call.place is Place.TALKING:
        passing.hold(floor, call)
    elif call.place is Place.CONSULTING and call.owner is not None:
        passing.give_up(floor, floor.attendants[call.owner], call)


def _is_settled_by_gone(floor: Floor, command: Join) -> bool:
    """The leg that made it fail is already known to be gone, and dealt with."""
    return any(leg not in floor.legs for leg in command.legs)
