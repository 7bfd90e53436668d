"""What is true after the switch, the line to it, or the hub itself was away.

The calls we remember are compared with the legs the switch has. A remembered leg that is not there is gone;
a leg we do not know is taken in: a caller into the queue, a talking pair as it is, a lonely leg of ours is
hung up. Then the switch is told once more where everyone belongs, which changes nothing where it is so.
Nothing is dropped that is still up.
"""

from __future__ import annotations

from typing import Final

from reception.calls import desk, legs, offers, passing, queue, waiting
from reception.calls.floor import BRIDGE_NAMES, Floor, Use, bridges_of, caller_label
from reception.model.attendants import DeskState
from reception.model.calls import Call, Direction, EndReason, Focus, LegProgress, Place, Target, WhyBack
from reception.model.lines import LineState
from reception.ports import (
    AnswerLeg,
    CloseBridge,
    GiveBack,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    LegAnswered,
    LegArrived,
    LegGone,
    LegInfo,
    Role,
    SwitchConnected,
)

_WAITING: Final = (
    Place.QUEUED,
    Place.OFFERED,
    Place.HELD,
    Place.CAMPED,
    Place.PARKED,
    Place.TRANSFERRING,
)


def reconcile(floor: Floor, event: SwitchConnected) -> None:
    """Make our picture and the switch agree again."""
    floor.is_up = True
    _take_lines(floor, event)
    present = {info.leg: info for info in event.legs}
    _make_up_for_arrivals(floor, present)
    _drop_absent(floor, present, restarted=event.restarted)
    _catch_up(floor, present)
    _adopt_unknown(floor, [info for info in event.legs if info.leg not in floor.legs])
    for call in tuple(floor.calls.values()):
        _assert_media(floor, call)
    _close_forgotten_bridges(floor, event)
    for number in tuple(floor.camped):
        waiting.line_changed(floor, number)


def _make_up_for_arrivals(floor: Floor, present: dict[str, LegInfo]) -> None:
    """Do what was cut off at a caller's arrival, before anything else: the answer, and whom to show.

    A switch that cannot be asked whether a number may be shown lets the caller arrive without one.
    """
    for call in tuple(floor.calls.values()):
        info = present.get(call.leg or "")
        if info is None or info.role is not None:
            continue
        if not info.is_answered:
            floor.do(AnswerLeg(leg=info.leg))
        if call.party.is_withheld and not info.caller.is_withheld:
            floor.change(call, party=floor.introduced(info.caller), spoken=floor.last_spoken(info.caller))


def _close_forgotten_bridges(floor: Floor, event: SwitchConnected) -> None:
    """A hub that died between storing a call's end and telling the switch left its bridges, and legs in them.

    By now each leg has been told where it belongs, and that is nowhere there. The empty bridge of a live
    call stays: a switch may keep a removed name to itself for a while (FACTS 6).
    """
    lasting = {bridge for call in floor.calls.values() for bridge in bridges_of(call)}
    ours = {bridge for bridge in event.bridges if bridge.startswith(BRIDGE_NAMES)}
    for bridge in sorted(ours - lasting):
        floor.do(CloseBridge(bridge=bridge))


def _take_lines(floor: Floor, event: SwitchConnected) -> None:
    told = dict(event.lines)
    for number in floor.lines:
        floor.lines[number] = LineState.UNKNOWN
    floor.lines.update(told)


def _drop_absent(floor: Floor, present: dict[str, LegInfo], *, restarted: bool) -> None:
    """Handle what ended while nobody looked; callers' own legs first, for they decide the rest."""
    absent = [leg for leg in floor.legs if leg not in present]
    absent.sort(key=lambda leg: list(Use).index(floor.legs[leg][0]))
    for leg in absent:
        use, key = floor.legs.get(leg, (None, ""))
        if use is Use.PARTY:
            _party_absent(floor, floor.calls[key], restarted=restarted)
        elif use is Use.DESK and floor.attendants[key].desk is DeskState.UP:
            legs.gone(floor, LegGone(leg=leg, cause=GoneCause.FAILED))
        elif use is not None:
            legs.gone(floor, LegGone(leg=leg, cause=GoneCause.NO_ANSWER))


def _party_absent(floor: Floor, call: Call, *, restarted: bool) -> None:
    if call.place is Place.VOICEMAIL:
        floor.end(call, EndReason.VOICEMAIL)
        return
    if restarted and call.callback is None and call.owner is not None:
        floor.tell("caller_lost", [call.owner], call, caller=caller_label(call.party))
    legs.party_gone(floor, call, GoneCause.NORMAL)


def _catch_up(floor: Floor, present: dict[str, LegInfo]) -> None:
    """Handle what was answered while nobody looked."""
    for leg, (use, key) in tuple(floor.legs.items()):
        if leg not in present or not present[leg].is_answered or floor.legs.get(leg) != (use, key):
            continue
        if use is Use.DESK:
            is_news = floor.attendants[key].desk is DeskState.RINGING
        elif use is Use.TARGET:
            is_news = floor.calls[key].progress is not LegProgress.TALKING
        else:
            is_news = floor.calls[key].place is Place.DIALLING
        if is_news:
            legs.answered(floor, LegAnswered(leg=leg))


def _adopt_unknown(floor: Floor, unknown: list[LegInfo]) -> None:
    parties = [info for info in unknown if info.role in (None, Role.PARTY)]
    others = {info.leg: info for info in unknown if info.role not in (None, Role.PARTY)}
    for info in sorted(parties, key=lambda i: i.created_at):
        partner = next((o for o in others.values() if o.bridge and o.bridge == info.bridge), None)
        if partner is not None:
            del others[partner.leg]
            _adopt_pair(floor, info, partner)
        elif info.role is None or info.is_answered:
            event = LegArrived(
                leg=info.leg,
                dialled=info.dialled,
                caller=info.caller,
                is_inside=info.is_inside,
                is_answered=info.is_answered,
            )
            legs.arrived(floor, event)
            use, key = floor.legs.get(info.leg, (None, ""))
            if use is Use.PARTY:
                floor.change(floor.calls[key], arrived_at=info.created_at or floor.now)
        else:
            floor.do(HangUpLeg(leg=info.leg))
    for leg in others:
        floor.do(HangUpLeg(leg=leg))


def _adopt_pair(floor: Floor, party: LegInfo, partner: LegInfo) -> None:
    """Two legs we know nothing of talk with each other: let them."""
    call_id = floor.new_id()
    floor.put(
        Call(
            id=call_id,
            direction=Direction.IN,
            party=floor.introduced(party.caller),
            leg=party.leg,
            place=Place.HANDED_ON,
            arrived_at=party.created_at or floor.now,
            since=floor.now,
            dialled=party.dialled,
            target=Target(number=partner.caller.number or "", name=partner.caller.name),
            target_leg=partner.leg,
            progress=LegProgress.TALKING,
        )
    )


def _assert_media(floor: Floor, call: Call) -> None:
    """Tell the switch once more who should hear whom."""
    if call.leg is None:
        return
    me = floor.attendants.get(call.owner or "")
    desk_leg = me.desk_leg if me is not None and me.desk is DeskState.UP else None
    if call.place is Place.TALKING:
        if desk_leg is None and me is not None:
            legs.phone_lost(floor, me, call)
        else:
            floor.join(call, call.leg, desk_leg)
    elif call.place is Place.HANDED_ON:
        floor.join(call, call.leg, call.target_leg)
    elif call.place is Place.CONSULTING:
        _assert_consultation(floor, call, desk_leg)
    elif call.place is Place.VOICEMAIL:
        waiting.ask_mailbox(floor, call)
    elif call.place is not Place.DIALLING:
        floor.do(HoldLeg(leg=call.leg))


def _assert_consultation(floor: Floor, call: Call, desk_leg: str | None) -> None:
    if call.progress is not LegProgress.TALKING:
        floor.do(HoldLeg(leg=call.leg or ""))
    elif call.focus is Focus.COLLEAGUE:
        floor.do(HoldLeg(leg=call.leg or ""))
        floor.join(call, desk_leg, call.target_leg, consult=True)
    elif call.focus is Focus.CALLER:
        floor.do(HoldLeg(leg=call.target_leg or ""))
        floor.join(call, call.leg, desk_leg)
    else:
        floor.join(call, call.leg, desk_leg, call.target_leg)


def lost(floor: Floor) -> None:
    """The switch is out of sight: calls go on in it, nothing can be asked of it."""
    floor.is_up = False


def give_back_waiting(floor: Floor) -> None:
    """Nobody is there to answer: hand every waiting caller to the switch's own dial plan.

    Talks go on, and callback entries wait for the next receptionist.
    """
    for call in tuple(floor.calls.values()):
        owner = floor.attendants.get(call.owner or "")
        is_waiting = call.place in _WAITING and (call.place is not Place.HELD or call.pending is None)
        if call.leg is None or not is_waiting or (call.place is Place.OFFERED and owner is not None):
            continue
        offers.withdraw(floor, call)
        if call.target_leg is not None:
            floor.do(HangUpLeg(leg=call.target_leg))
        floor.do(GiveBack(leg=call.leg))
        floor.end(call, EndReason.GIVEN_BACK)
        desk.let_go(floor, call)


def look_again(floor: Floor, call: Call) -> None:
    """A call's deadline has passed: what that means in its place."""
    if call.place is Place.QUEUED:
        queue.queued_deadline(floor, call)
    elif call.place is Place.OFFERED and call.owner is None:
        offers.timed_out(floor, call)
    elif call.place is Place.HELD:
        _held_long(floor, call)
    elif call.place is Place.CAMPED:
        waiting.camped_long(floor, call)
    elif call.place is Place.PARKED:
        passing.come_back(floor, call, WhyBack.PARKED_TOO_LONG)
    elif call.place is Place.TRANSFERRING:
        passing.come_back(floor, call, WhyBack.NO_ANSWER)
    else:
        waiting.voicemail_failed(floor, call)


def _held_long(floor: Floor, call: Call) -> None:
    """Remind of a held caller; one who came back and is not fetched, or has nobody, goes to the group."""
    me = floor.attendants.get(call.owner or "")
    is_attended = me is not None and (me.is_connected or me.desk is DeskState.UP)
    if call.pending is None and (call.returned is not None or not is_attended):
        passing.to_group(floor, call)
        return
    floor.tell(
        "held_long",
        [call.owner],
        call,
        caller=caller_label(call.party),
        seconds=round(floor.now - call.since),
    )
    floor.change(call, notice_stage=call.notice_stage + 1, deadline=floor.now + 60.0)
