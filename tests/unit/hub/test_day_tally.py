"""What counts as answered and lost, how long callers waited, and when a new day begins."""

from __future__ import annotations

from typing import Any

from reception.hub.day import DayTally
from reception.model import intents as ask
from reception.model.calls import EndReason, Place
from reception.model.changes import CallChanged, CallEnded, DayCounts
from reception.model.stored import DayRecord
from reception.ports import GoneCause
from reception.presence.outlook import Day
from tests.unit.calls.world import ALICE, World

LENGTH = 10_000.0


def day_of(now: float) -> Day:
    start = now // LENGTH * LENGTH
    return Day(start, start + LENGTH)


class Counting(World):
    """A house whose changes are counted."""

    def __init__(self) -> None:
        self.tally = DayTally(day_of, now=1_000.0)
        super().__init__()

    def take(self, effects: Any) -> Any:
        self.tally.observe(effects.changes, now=self.now)
        return super().take(effects)

    @property
    def counts(self) -> tuple[int, int, float]:
        counts = self.tally.counts
        return counts.answered, counts.lost, counts.mean_wait_s


def test_answered_callers_and_their_mean_wait() -> None:
    w = Counting()
    assert w.counts == (0, 0, 0.0)
    for waited in (10.0, 30.0):
        call = w.arrive()
        w.now += waited
        w.do("KLJ", ask.Answer(call=call.id))
        assert w.tally.counts.answered == (0 if waited == 10.0 else 1), "not before they talk"
        w.pick_up(w.desk_leg())
        w.do("KLJ", ask.HangUp(call=call.id))
    assert w.counts == (2, 0, 20.0)


def test_the_wait_ends_when_they_talk_not_when_the_key_was_pressed() -> None:
    w = Counting()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    w.now += 4.0
    w.pick_up(w.desk_leg())
    assert w.counts == (1, 0, 4.0)


def test_a_caller_who_hangs_up_while_waiting_is_lost() -> None:
    w = Counting()
    w.drop(w.arrive().leg)
    ringing = w.arrive()
    w.do("KLJ", ask.Answer(call=ringing.id))
    w.drop(ringing.leg)  # the phone was already on its way
    assert w.counts == (0, 2, 0.0)


def test_a_call_is_counted_once_however_often_it_comes_back() -> None:
    w = Counting()
    call = w.talking()
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE))
    w.drop(w.call(call).target_leg, GoneCause.NO_ANSWER)
    w.wait(300.0)
    assert w.place(call) is Place.QUEUED, "back in the group"
    w.do("MSP", ask.Answer(call=call.id))
    w.pick_up(w.desk_leg("MSP"))
    assert w.counts[0] == 1
    w.do("MSP", ask.Park(call=call.id))
    w.drop(w.call(call).leg)
    assert w.counts[:2] == (1, 0), "who was answered is not lost"


def test_a_caller_who_is_rung_back_waited_until_asking() -> None:
    w = Counting()
    call = w.arrive()
    w.now += 12.0
    w.press(call.leg)
    w.drop(call.leg)
    assert w.counts == (0, 0, 0.0), "who waits to be rung back is neither"
    w.now += 500.0
    w.do("KLJ", ask.Answer(call=call.id))
    w.pick_up(w.desk_leg())
    w.pick_up(w.call(call).leg)
    assert w.counts == (1, 0, 12.0)


def test_a_caller_who_asked_to_be_rung_back_and_stayed_on_the_line_waited_to_the_end() -> None:
    w = Counting()
    call = w.arrive()
    w.now += 12.0
    w.press(call.leg)
    w.now += 8.0
    w.do("KLJ", ask.Answer(call=call.id))
    w.pick_up(w.desk_leg())
    assert w.counts == (1, 0, 20.0)


def test_a_callback_that_never_succeeds_is_lost_one_that_is_taken_out_is_not() -> None:
    w = Counting()
    for reached in (False, True):
        call = w.arrive()
        w.press(call.leg)
        w.drop(call.leg)
        while not reached and w.place(call) is not None:
            w.wait(200.0)
            w.do("KLJ", ask.Answer(call=call.id))
            w.pick_up(w.desk_leg())
            w.drop(w.call(call).leg, GoneCause.NO_ANSWER)
        if reached:
            w.do("KLJ", ask.RemoveCallback(call=call.id))
    assert w.ended[call.id] is EndReason.CALLBACK_REMOVED
    assert w.counts[:2] == (0, 1)


def test_who_called_again_counts_once() -> None:
    w = Counting()
    first = w.arrive("+4530100200")
    w.press(first.leg)
    w.drop(first.leg)
    second = w.arrive("+4530100200")
    w.press(second.leg)
    assert w.ended[first.id] is EndReason.CALLBACK_REPLACED
    assert w.counts[:2] == (0, 0)


def test_calls_that_go_out_are_not_counted() -> None:
    w = Counting()
    w.do("KLJ", ask.Dial(to=ALICE))
    w.pick_up(w.desk_leg())
    (call,) = w.engine.calls.values()
    w.pick_up(call.leg)
    assert w.place(call) is Place.TALKING
    w.do("KLJ", ask.HangUp(call=call.id))
    assert w.counts == (0, 0, 0.0)


def test_callers_given_back_to_the_dial_plan_are_not_lost() -> None:
    w = Counting()
    w.arrive()
    w.take(w.engine.give_back_waiting(w.now))
    assert w.counts == (0, 0, 0.0)


def test_a_new_day_begins_with_nothing_and_counts_what_is_answered_in_it() -> None:
    w = Counting()
    w.drop(w.arrive().leg)
    late = w.arrive()
    assert w.tally.ends_at == 10_000.0
    assert not w.tally.observe((), now=9_999.9)
    assert w.tally.observe((), now=10_000.0)
    assert w.counts == (0, 0, 0.0)
    assert w.tally.ends_at == 20_000.0
    w.now = 10_005.0
    w.do("KLJ", ask.Answer(call=late.id))
    w.pick_up(w.desk_leg())
    assert w.counts == (1, 0, 9_005.0)


def test_a_clock_that_is_set_back_over_midnight_begins_that_day_anew() -> None:
    tally = DayTally(day_of, now=10_001.0)
    assert tally.observe((), now=9_000.0)
    assert tally.record.start == 0.0


def test_the_counts_outlive_the_hub_and_nobody_counts_twice() -> None:
    w = Counting()
    talking = w.talking()
    waiting = w.arrive()
    kept = w.tally.record
    assert kept.taken == (talking.id,)
    w.tally = DayTally(day_of, now=w.now, stored=kept, calls=w.engine.calls.values())
    assert w.tally.counts.answered == 1
    w.restart_hub()
    w.drop(waiting.leg)
    w.drop(talking.leg)
    assert w.counts[:2] == (1, 1)
    assert w.tally.record.taken == ()


def test_the_counts_of_another_day_are_not_taken_over_but_who_was_answered_is() -> None:
    w = Counting()
    talking = w.talking()
    tally = DayTally(day_of, now=12_000.0, stored=w.tally.record, calls=w.engine.calls.values())
    assert tally.counts == DayCounts()
    tally.observe([CallChanged(call=talking)], now=12_000.0)
    tally.observe([CallEnded(call=talking.id, reason=EndReason.CALLER_HUNG_UP)], now=12_000.0)
    assert tally.counts == DayCounts()


def test_ids_of_calls_that_are_gone_are_not_kept() -> None:
    tally = DayTally(day_of, now=5.0, stored=DayRecord(start=0.0, answered=3, taken=("gone",)))
    assert tally.record == DayRecord(start=0.0, answered=3)
