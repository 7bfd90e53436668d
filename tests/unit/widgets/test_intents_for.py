"""What each key asks for in each situation."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from reception.model import intents as ask
from reception.model.attendants import Readiness
from reception.model.calls import (
    Call,
    CallbackRequest,
    CallerId,
    Direction,
    LegProgress,
    Place,
    Returned,
    Target,
    WhyBack,
)
from widgets.intents_for import (
    LOCAL_MESSAGES,
    TABLE,
    Action,
    Say,
    decide,
    decide_alternate,
    decide_take,
    take,
)
from widgets.standing import Situation, Stand

ALICE = Target(number="201", person="ali", name="Alice")
MOBILE = Target(number="+4540112233", person="ali", name="Alice")
CAROL = Target(number="203", person="car", name="Carol")
NOWHERE = Target(number="", person="old", name="Ole")


def call(call_id: str, place: Place, **fields: Any) -> Call:
    values = {
        "id": call_id,
        "direction": Direction.IN,
        "party": CallerId(number="+4511223344"),
        "leg": f"leg-{call_id}",
        "place": place,
        "arrived_at": 1.0,
        "since": 1.0,
        **fields,
    }
    return Call(**values)


TALKING = call("t", Place.TALKING, owner="me")
HELD = call("h", Place.HELD, owner="me", since=5.0)
BACK = call(
    "b", Place.HELD, owner="me", since=6.0, returned=Returned(target=CAROL, why=WhyBack.NO_ANSWER, at=6.0)
)
WAITING = call("w", Place.QUEUED)
OFFERED = call("o", Place.OFFERED, offered_to=("me",))
ENTRY = call("cb", Place.QUEUED, leg=None, callback=CallbackRequest(number="+45", asked_at=1.0))
RINGING_THERE = call("x", Place.TRANSFERRING, owner="me", since=9.0)
PARKED = call("p", Place.PARKED, owner="other", slot="1")
MY_PARKED = call("q", Place.PARKED, owner="me", slot="2", since=7.0)
CAMPED = call("c", Place.CAMPED, owner="other")

IN_HAND = {
    Stand.IDLE: None,
    Stand.ANSWERING: call("t", Place.OFFERED, owner="me"),
    Stand.TALKING: TALKING,
    Stand.CALLING: call("t", Place.CONSULTING, owner="me", target=ALICE, progress=LegProgress.RINGING),
    Stand.CONSULTING: call("t", Place.CONSULTING, owner="me", target=ALICE, progress=LegProgress.TALKING),
    Stand.DIALLING: call("t", Place.DIALLING, owner="me"),
}


def at(stand: Stand = Stand.IDLE, **fields: Any) -> Situation:
    values = {
        "me": "me",
        "readiness": Readiness.READY,
        "in_hand": IN_HAND[stand],
        "target": ALICE,
        "mobile": MOBILE,
        "alternates": (CAROL, None),
        **fields,
    }
    return Situation(**values)


def said(key: str, **params: Any) -> Say:
    return Say(key=key, params=params)


CONNECTING = said("still_connecting")
FINISH = said("finish_consultation_first")

EXPECTED: dict[Action, dict[Stand, Any]] = {
    Action.ENTER: {
        Stand.IDLE: said("no_call_waiting"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.Transfer(call="t", to=ALICE),
        Stand.CALLING: ask.Complete(call="t"),
        Stand.CONSULTING: ask.Complete(call="t"),
        Stand.DIALLING: CONNECTING,
    },
    Action.CONSULT: {
        Stand.IDLE: ask.Dial(to=ALICE),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.Consult(call="t", to=ALICE),
        Stand.CALLING: ask.Complete(call="t"),
        Stand.CONSULTING: ask.Complete(call="t"),
        Stand.DIALLING: CONNECTING,
    },
    Action.MOBILE: {
        Stand.IDLE: ask.Dial(to=MOBILE),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.Transfer(call="t", to=MOBILE),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.ANYWAY: {
        Stand.IDLE: said("no_call_in_hand"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.Transfer(call="t", to=ALICE, even_if_busy=True),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.BACK: {
        Stand.IDLE: said("nothing_to_fetch"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.HangUp(call="t"),
        Stand.CALLING: ask.GiveUp(call="t"),
        Stand.CONSULTING: ask.GiveUp(call="t"),
        Stand.DIALLING: ask.HangUp(call="t"),
    },
    Action.ESCAPE: {
        Stand.IDLE: None,
        Stand.ANSWERING: None,
        Stand.TALKING: None,
        Stand.CALLING: ask.GiveUp(call="t"),
        Stand.CONSULTING: said("colleague_is_talking"),
        Stand.DIALLING: None,
    },
    Action.ANSWER_NEXT: {
        Stand.IDLE: said("no_call_waiting"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: said("no_call_waiting"),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.HOLD: {
        Stand.IDLE: said("nothing_to_fetch"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.Hold(call="t"),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.SWAP: {
        Stand.IDLE: said("not_consulting"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: said("not_consulting"),
        Stand.CALLING: said("colleague_not_there_yet"),
        Stand.CONSULTING: ask.Swap(call="t"),
        Stand.DIALLING: CONNECTING,
    },
    Action.CAMP_ON: {
        Stand.IDLE: said("no_call_in_hand"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.CampOn(call="t", to=ALICE),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.VOICEMAIL: {
        Stand.IDLE: said("no_call_in_hand"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.ToVoicemail(call="t", to=ALICE),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.HANG_UP: {
        Stand.IDLE: said("no_call_in_hand"),
        **dict.fromkeys([s for s in Stand if s is not Stand.IDLE], ask.HangUp(call="t")),
    },
    Action.PARK: {
        Stand.IDLE: said("nothing_parked"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: ask.Park(call="t"),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.CONFERENCE: {
        Stand.IDLE: said("not_consulting"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: said("not_consulting"),
        Stand.CALLING: said("colleague_not_there_yet"),
        Stand.CONSULTING: ask.Conference(call="t"),
        Stand.DIALLING: CONNECTING,
    },
    Action.DIGITS: {
        Stand.IDLE: said("no_call_in_hand"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: said("type_digits_first"),
        Stand.CALLING: said("type_digits_first"),
        Stand.CONSULTING: said("type_digits_first"),
        Stand.DIALLING: CONNECTING,
    },
    Action.TAKE: {
        Stand.IDLE: said("nothing_to_fetch"),
        Stand.ANSWERING: CONNECTING,
        Stand.TALKING: said("nothing_to_fetch"),
        Stand.CALLING: FINISH,
        Stand.CONSULTING: FINISH,
        Stand.DIALLING: CONNECTING,
    },
    Action.REMOVE_CALLBACK: dict.fromkeys(Stand, said("mark_callback_first")),
    Action.UNDO: dict.fromkeys(Stand, said("nothing_to_undo")),
    Action.READY: dict.fromkeys(Stand, ask.SetReadiness(readiness=Readiness.PAUSED)),
    Action.LOG_OUT: dict.fromkeys(Stand, ask.SetReadiness(readiness=Readiness.LOGGED_OUT)),
}


@pytest.mark.parametrize("stand", Stand)
def test_what_was_done_to_an_entry_can_be_taken_back_in_every_situation(stand: Stand) -> None:
    assert decide(Action.UNDO, replace(at(stand), undoable="r7")) == ask.UndoEntry(request="r7")


def test_every_key_has_a_meaning_in_every_situation() -> None:
    assert set(TABLE) == set(Action)
    assert all(set(row) == set(Stand) for row in TABLE.values())


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("stand", Stand)
def test_the_table(action: Action, stand: Stand) -> None:
    assert at(stand).stand is stand
    assert decide(action, at(stand)) == EXPECTED[action][stand]


@pytest.mark.parametrize("stand", Stand)
def test_escape_never_hangs_up(stand: Stand) -> None:
    assert not isinstance(decide(Action.ESCAPE, at(stand)), ask.HangUp)


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (at(typed_number="4711", waiting=(WAITING,)), ask.Dial(to=Target(number="4711"))),
        (at(marked=WAITING, offered=OFFERED, waiting=(OFFERED, WAITING)), ask.Answer(call="w")),
        (at(marked=HELD, held=(HELD,), waiting=(WAITING,)), ask.Resume(call="h")),
        (at(marked=PARKED, away=(PARKED,)), ask.TakeBack(call="p")),
        (at(offered=OFFERED, waiting=(WAITING, OFFERED)), ask.Answer(call="o")),
        (at(waiting=(WAITING,), held=(HELD,)), ask.AnswerNext()),
        (at(held=(HELD, BACK)), ask.Resume(call="b")),
        (at(held=(HELD,)), ask.Resume(call="h")),
    ],
)
def test_enter_with_free_hands_takes_the_call_that_is_meant(situation: Situation, expected: Any) -> None:
    assert decide(Action.ENTER, situation) == expected


@pytest.mark.parametrize(
    "action", [Action.ENTER, Action.CONSULT, Action.CAMP_ON, Action.VOICEMAIL, Action.ANYWAY]
)
def test_passing_on_needs_somebody(action: Action) -> None:
    assert decide(action, at(Stand.TALKING, target=None)) == said("nobody_selected")
    assert decide(action, at(Stand.TALKING, target=NOWHERE)) == said("no_number", target="Ole")


def test_mobile_needs_a_mobile() -> None:
    none = Target(number="", person="ali", name="Alice")
    assert decide(Action.MOBILE, at(Stand.TALKING, mobile=none)) == said("no_mobile", target="Alice")
    assert decide(Action.MOBILE, at(mobile=none)) == said("no_mobile", target="Alice")
    assert decide(Action.MOBILE, at(Stand.TALKING, mobile=None)) == said("nobody_selected")
    assert decide(Action.MOBILE, at(mobile=None)) == said("nobody_selected")


def test_a_call_that_came_back_is_passed_on_without_fetching_it() -> None:
    back = at(held=(BACK, HELD))
    assert decide(Action.VOICEMAIL, back) == ask.ToVoicemail(call="b", to=ALICE)
    assert decide(Action.VOICEMAIL, replace(back, target=None)) == ask.ToVoicemail(call="b", to=CAROL)
    assert decide(Action.CAMP_ON, back) == ask.CampOn(call="b", to=ALICE)
    assert decide(Action.CONSULT, back) == ask.Consult(call="b", to=ALICE)
    assert decide(Action.MOBILE, back) == ask.Transfer(call="b", to=MOBILE)
    assert decide(Action.CAMP_ON, replace(back, marked=HELD)) == ask.CampOn(call="h", to=ALICE)
    assert decide(Action.VOICEMAIL, at(Stand.TALKING, target=None)) == said("nobody_selected")


def test_hold_fetches_with_free_hands() -> None:
    assert decide(Action.HOLD, at(marked=CAMPED, away=(CAMPED,))) == ask.TakeBack(call="c")
    assert decide(Action.HOLD, at(marked=HELD, held=(HELD,))) == ask.Resume(call="h")
    assert decide(Action.HOLD, at(held=(HELD, BACK))) == ask.Resume(call="b")
    assert decide(Action.HOLD, at(held=(HELD,), marked=WAITING)) == ask.Resume(call="h")
    assert decide(Action.HOLD, at(away=(PARKED, RINGING_THERE))) == ask.TakeBack(call="x")


def test_minus_grabs_back_a_transfer_that_rings() -> None:
    theirs = replace(RINGING_THERE, owner="other")
    assert decide(Action.BACK, at(away=(RINGING_THERE,))) == ask.TakeBack(call="x")
    assert decide(Action.BACK, at(away=(theirs,))) == said("nothing_to_fetch")


def test_swap_changes_between_two_calls() -> None:
    assert decide(Action.SWAP, at(Stand.TALKING, held=(HELD, BACK))) == ask.Resume(call="b")


def test_a_parked_call_is_fetched_mine_first() -> None:
    assert decide(Action.PARK, at(away=(PARKED,))) == ask.TakeBack(call="p")
    assert decide(Action.PARK, at(away=(PARKED, MY_PARKED))) == ask.TakeBack(call="q")
    assert decide(Action.PARK, at(away=(PARKED, MY_PARKED), marked=PARKED)) == ask.TakeBack(call="p")


def test_digits_are_sent_as_typed() -> None:
    typed = at(Stand.TALKING, typed=" 12 #b ")
    assert decide(Action.DIGITS, typed) == ask.SendDigits(call="t", digits="12#B")
    assert decide(Action.DIGITS, at(Stand.TALKING, typed="hol")) == said("type_digits_first")


def test_only_a_marked_callback_is_removed() -> None:
    assert decide(Action.REMOVE_CALLBACK, at(waiting=(ENTRY,), marked=ENTRY)) == ask.RemoveCallback(call="cb")
    for marked in (None, WAITING):
        situation = at(waiting=(ENTRY, WAITING), marked=marked)
        assert decide(Action.REMOVE_CALLBACK, situation) == said("mark_callback_first")


@pytest.mark.parametrize("readiness", [Readiness.PAUSED, Readiness.LOGGED_OUT])
def test_ready_again(readiness: Readiness) -> None:
    wanted = ask.SetReadiness(readiness=Readiness.READY)
    assert decide(Action.READY, at(readiness=readiness)) == wanted


def test_answer_next_while_talking() -> None:
    assert decide(Action.ANSWER_NEXT, at(Stand.TALKING, waiting=(WAITING,))) == ask.AnswerNext()


def test_take_by_number() -> None:
    assert decide_take(WAITING, 1, at(Stand.TALKING)) == ask.Answer(call="w")
    assert decide_take(HELD, 1, at(held=(HELD,))) == ask.Resume(call="h")
    assert decide_take(HELD, 1, at()) == ask.TakeBack(call="h")
    assert decide_take(CAMPED, 1, at(Stand.CALLING)) == FINISH
    assert decide_take(None, 7, at()) == said("no_such_call", number=7)


def test_what_is_in_hand_cannot_be_taken() -> None:
    assert take(TALKING) == said("already_in_hand")


def test_stand_ins() -> None:
    assert decide_alternate(1, at(Stand.TALKING)) == ask.Transfer(call="t", to=CAROL)
    assert decide_alternate(1, at(held=(BACK,))) == ask.Transfer(call="b", to=CAROL)
    assert decide_alternate(1, at()) is None
    assert decide_alternate(1, at(Stand.CONSULTING)) == FINISH
    assert decide_alternate(2, at(Stand.TALKING)) == said("nobody_selected")
    assert decide_alternate(3, at(Stand.TALKING)) == said("no_such_alternate", number=3)
    assert decide_alternate(0, at(Stand.TALKING)) == said("no_such_alternate", number=0)


def test_what_the_window_says_is_listed() -> None:
    from reception.model.messages import REFUSALS

    said_keys = {
        decision.key for row in EXPECTED.values() for decision in row.values() if isinstance(decision, Say)
    }
    assert said_keys <= set(LOCAL_MESSAGES) | set(REFUSALS)
