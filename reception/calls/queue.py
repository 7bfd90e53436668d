"""Attendant groups at work: arrival, offering, answering, and callers who wait to be rung back.

The queue is first come, first served over `arrived_at`. A caller who presses 5 may hang up: the call stays
where it is in the queue, without a leg, until a receptionist takes the entry (requirements 002-359 to 366).
A caller who pressed 5 and stays on the line is answered as any other.
"""

from __future__ import annotations

from typing import Final

import msgspec

from reception.calls import desk, offers
from reception.calls.floor import Floor, caller_label, is_waiting
from reception.errors import CommandRefused
from reception.model.attendants import Attendant, DeskState, Readiness
from reception.model.calls import Call, CallbackRequest, Direction, EndReason, Place, Target, WhyBack
from reception.model.groups import AttendantGroup
from reception.model.lines import LineState
from reception.model.people import ContactKind
from reception.ports import AnswerLeg, GoneCause, HangUpLeg, HoldLeg, LegArrived, PlayPrompt, Prompt

CALLBACK_KEY: Final = "5"
_OFFER_PAUSE_S: Final = 5.0
"""Seconds before a call that nobody took is offered round again."""


def arrive(floor: Floor, event: LegArrived) -> None:
    """Take a caller into the queue of the group that was dialled, or of the first: never lose one.

    Only a blocked contact is turned away, with the busy tone (requirement 002-083).
    """
    party = floor.introduced(event.caller)
    if party.contact is ContactKind.BLOCKED:
        floor.do(HangUpLeg(leg=event.leg, cause=GoneCause.BUSY))
        return
    group = floor.group_by_number.get(event.dialled, next(iter(floor.groups)))
    floor.put(
        Call(
            id=floor.new_id(),
            direction=Direction.INTERNAL if event.is_inside else Direction.IN,
            party=party,
            leg=event.leg,
            place=Place.QUEUED,
            arrived_at=floor.now,
            since=floor.now,
            group=group,
            dialled=event.dialled,
            diverted_by=event.diverted_by,
            spoken=floor.last_spoken(event.caller),
        )
    )
    if not event.is_answered:
        floor.do(AnswerLeg(leg=event.leg))
    floor.do(HoldLeg(leg=event.leg))


# ------------------------------------------------------------------ answering


def answer_next(floor: Floor, me: Attendant) -> None:
    """Answer who has waited longest in my groups."""
    waiting = (entry for group in me.groups for entry in floor.queues.get(group, ()))
    for _, call_id in sorted(waiting):
        call = floor.calls[call_id]
        if offers.is_ripe(floor, call):
            floor.subject = call_id
            answer(floor, me, call)
            return
    raise CommandRefused("no_call_waiting")


def answer(floor: Floor, me: Attendant, call: Call) -> None:
    """Claim a waiting call for this receptionist and fetch their phone.

    The first to ask gets it; whoever comes later is told who did.
    """
    if call.owner == me.id:
        raise CommandRefused("still_connecting")
    if call.owner is not None:
        raise CommandRefused("already_answered", by=floor.name_of(call.owner))
    desk.make_room(floor, me)
    offers.withdraw(floor, call)
    call = floor.move(call, Place.OFFERED, owner=me.id)
    desk.connect(floor, me.id, call)


def taken_by_phone(floor: Floor, me: Attendant, call: Call) -> None:
    """A receptionist lifted the handset of an offered call: theirs, and nobody else's."""
    offers.withdraw(floor, call, but=me.id)
    floor.change_attendant(me.id, active=call.id)
    call = floor.move(call, Place.OFFERED, owner=me.id)
    desk.on_desk_ready(floor, floor.attendants[me.id])


# ------------------------------------------------------------------ offering


def distribute(floor: Floor) -> None:
    """Offer waiting calls to the phones of free receptionists, in groups that do so."""
    for group in floor.groups.values():
        if not group.offers_calls:
            continue
        for _, call_id in tuple(floor.queues[group.id]):
            call = floor.calls[call_id]
            if offers.is_due(floor, call):
                free = [a for a in floor.attendants.values() if _can_be_offered(floor, group, a)]
                if not free:
                    break
                _offer(floor, group, call, free)


def _offer(floor: Floor, group: AttendantGroup, call: Call, free: list[Attendant]) -> None:
    """Ring those who were not tried yet, the longest idle first (requirement 002-334)."""
    fresh = sorted((a for a in free if a.id not in call.tried), key=lambda a: a.free_since)
    chosen = fresh[: group.ring_at_once]
    if not chosen:
        call = floor.change(call, tried=(), offer_after=floor.now + _OFFER_PAUSE_S)
        floor.change(call, deadline=offers.next_look(floor, call))
        return
    call = floor.move(
        call,
        Place.OFFERED,
        offered_to=tuple(a.id for a in chosen),
        tried=(*call.tried, *(a.id for a in chosen)),
        deadline=floor.now + group.ring_s,
        since=call.since,
    )
    for attendant in chosen:
        desk.ring_desk(floor, attendant, call, auto_answer=False, timeout_s=group.ring_s)


def _can_be_offered(floor: Floor, group: AttendantGroup, a: Attendant) -> bool:
    return (
        group.id in a.groups
        and group.id not in a.kept_out
        and a.is_connected
        and a.readiness is Readiness.READY
        and a.active is None
        and a.desk is DeskState.DOWN
        and not floor.lines.get(a.number, LineState.UNKNOWN).is_occupied
        and floor.lines.get(a.number) not in (LineState.UNREACHABLE, LineState.DO_NOT_DISTURB)
        and not floor.is_on_call_elsewhere(Target(number=a.number))
    )


# ------------------------------------------------------------------ back to the queue


def back_to_queue(floor: Floor, call: Call, *, not_before: float = 0.0) -> Call:
    """Let a call wait in its group again, at the place its arrival gives it."""
    group = floor.group_of(call)
    wish = call.callback
    if wish is not None:
        wish = msgspec.structs.replace(wish, not_before=not_before)
    call = floor.move(
        call,
        Place.QUEUED,
        group=group.id,
        owner=None,
        callback=wish,
        returned=call.returned,
    )
    return floor.change(call, deadline=offers.next_look(floor, call))


def queued_deadline(floor: Floor, call: Call) -> None:
    """A waiting call's time has come: its callback has expired, or it may be offered again."""
    ends = offers.expiry(floor, call) if call.is_callback_entry else None
    if ends is not None and ends <= floor.now:
        floor.end(call, EndReason.CALLBACK_EXPIRED)
    else:
        floor.change(call, deadline=offers.next_look(floor, call))


# ------------------------------------------------------------------ callback


def key_pressed(floor: Floor, call: Call, digit: str) -> None:
    """A waiting caller pressed a key: 5 asks for a callback, unless the number is withheld."""
    rules = floor.group_of(call).callback
    number = call.party.number
    if digit != CALLBACK_KEY or not is_waiting(call) or not rules.enabled:
        return
    if number is None or call.party.is_withheld or call.callback is not None:
        return
    arrived_at = min(call.arrived_at, _earlier_entry(floor, call, number))
    floor.change(call, arrived_at=arrived_at, callback=CallbackRequest(number=number, asked_at=floor.now))
    floor.do(PlayPrompt(leg=call.leg or "", prompt=Prompt.CALLBACK_ACCEPTED))


def _earlier_entry(floor: Floor, call: Call, number: str) -> float:
    """Take over the place of an older entry of the same number, so that nobody is rung twice."""
    for arrived_at, call_id in tuple(floor.queues[call.group or ""]):
        other = floor.calls[call_id]
        if other.is_callback_entry and other.callback and other.callback.number == number:
            offers.withdraw(floor, other)
            floor.end(other, EndReason.CALLBACK_REPLACED)
            return arrived_at
    return call.arrived_at


def caller_left(floor: Floor, call: Call) -> None:
    """A waiting caller hung up: gone, or from now on a callback entry in the same place."""
    if call.callback is None:
        offers.withdraw(floor, call)
        floor.end(call, EndReason.CALLER_HUNG_UP)
        return
    call = floor.change(call, leg=None)
    if call.place is Place.QUEUED:
        floor.change(call, deadline=offers.next_look(floor, call))


def callback_not_reached(floor: Floor, call: Call, why: WhyBack) -> None:
    """A callback was not answered: back to its place, or given up after the last try (002-365)."""
    wish = call.callback
    assert wish is not None, "only a callback can fail to be reached"
    rules = floor.group_of(call).callback
    owner, caller = call.owner, caller_label(call.party)
    call = floor.change(call, leg=None)
    desk.let_go(floor, call)
    if wish.tries >= rules.max_tries:
        floor.tell("callback_given_up", [owner], call, caller=caller, tries=wish.tries)
        floor.end(call, EndReason.CALLBACK_TRIES_USED)
        return
    floor.tell(
        "callback_not_reached",
        [owner],
        call,
        caller=caller,
        why=why.value,
        tries=wish.tries,
        max_tries=rules.max_tries,
    )
    back_to_queue(floor, call, not_before=floor.now + rules.retry_after_s)


def remove_callback(floor: Floor, call: Call) -> None:
    """Take a callback entry out; raises CommandRefused for a caller on the line."""
    if not call.is_callback_entry:
        raise CommandRefused("not_possible_now", place=call.place.value)
    offers.withdraw(floor, call)
    floor.end(call, EndReason.CALLBACK_REMOVED)
