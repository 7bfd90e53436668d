"""The house's number plan reaches the console as the hub has it."""

from __future__ import annotations

from reception.console.replica import Replica
from reception.directory.numbers import NumberPlan
from reception.wire import Welcome, decode_to_console, encode

PLAN = NumberPlan(country="49", international="000", longest_short=4)


def welcome(**more: object) -> Welcome:
    values = {
        "protocol": 1,
        "epoch": "e",
        "attendant": "KLJ",
        "hub_version": "0",
        "now": 0.0,
        "resumed": False,
    }
    return Welcome(**(values | more))  # type: ignore[arg-type]


def test_the_plan_travels_with_the_welcome() -> None:
    frame = welcome(numbers=PLAN)
    assert decode_to_console(encode(frame)) == frame
    replica = Replica()
    assert replica.plan == NumberPlan()
    replica.on_welcome(frame, now=0.0)
    assert replica.plan == PLAN


def test_a_hub_that_does_not_tell_has_the_usual_plan() -> None:
    silent = encode(welcome()).replace(b',"numbers":' + encode(NumberPlan()), b"")
    assert b"numbers" not in silent
    replica = Replica()
    replica.on_welcome(decode_to_console(silent), now=0.0)  # type: ignore[arg-type]
    assert replica.plan == NumberPlan()
