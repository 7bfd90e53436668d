"""The rules of two-way synchronisation, one by one."""

from __future__ import annotations

import pytest

from reception.model.lines import LineMark
from reception.model.sync import Direction, Shows, SyncPolicy
from reception.presence.port import TeamsSet
from reception.presence.sync import PersonSync, Timing, Trouble, Write

NOON = 1_700_000_000.0
TIMING = Timing()


def said(availability: str, activity: str = "") -> TeamsSet:
    """What Teams says."""
    return TeamsSet(person="anna", availability=availability, activity=activity or availability)


FREE = said("Available")
IN_A_CALL = said("Busy", "InACall")
CONFERENCE = said("Busy", "InAConferenceCall")
PRESENTING = said("DoNotDisturb", "Presenting")
DND = said("DoNotDisturb")
MEETING = said("Busy", "InAMeeting")
BUSY = said("Busy")


def sync(
    direction: Direction = Direction.BOTH,
    shows: Shows = Shows.DO_NOT_DISTURB,
    *,
    word: TeamsSet | None = FREE,
) -> PersonSync:
    """Somebody whose telephone is idle, and of whom Teams says this."""
    person = PersonSync(SyncPolicy(direction=direction, shows=shows), TIMING)
    person.on_lines(is_talking=False, is_heard=True)
    if word is not None:
        person.on_teams(word)
    person.look(NOON)
    return person


def talk(person: PersonSync, now: float = NOON) -> None:
    """They talk, and it is shown in Teams."""
    person.on_lines(is_talking=True, is_heard=True)
    assert person.look(now).write is Write.SET
    person.done(now)
    assert person.look(now).write is None


def hang_up(person: PersonSync, now: float) -> None:
    """They hang up, and it is cleared in Teams."""
    person.on_lines(is_talking=False, is_heard=True)
    assert person.look(now).write is Write.CLEAR
    person.done(now)


# ------------------------------------------------------------------ telephony to Teams


@pytest.mark.requirement("000-29", "000-36", "003-52")
def test_a_call_on_the_telephone_is_one_write_and_its_end_another() -> None:
    person = sync()
    talk(person)
    person.on_lines(is_talking=True, is_heard=True)
    assert person.look(NOON + 1).write is None, "a repetition is no news"
    hang_up(person, NOON + 60)
    step = person.look(NOON + 61)
    assert (step.write, step.owned_until) == (None, None)
    assert person.next_deadline(NOON + 61) is None


def test_a_session_is_renewed_at_half_its_time_as_long_as_they_talk() -> None:
    person = sync()
    talk(person)
    half = NOON + TIMING.session_s / 2
    assert person.next_deadline(NOON) == half
    assert person.look(half - 1).write is None
    assert person.look(half).write is Write.SET
    person.done(half + 1)
    assert person.next_deadline(half + 1) == half + TIMING.session_s / 2
    hang_up(person, half + 5)


@pytest.mark.parametrize("word", [None, said("", "")])
def test_nothing_is_written_for_who_is_not_known_to_teams(word: TeamsSet | None) -> None:
    person = sync(word=word)
    person.on_lines(is_talking=True, is_heard=True)
    assert person.look(NOON).write is None
    person.on_teams(FREE)
    assert person.look(NOON + 1).write is Write.SET, "they have both now"


def test_who_hangs_up_before_the_answer_came_is_cleared_right_after_it() -> None:
    person = sync()
    person.on_lines(is_talking=True, is_heard=True)
    assert person.look(NOON).write is Write.SET
    person.on_lines(is_talking=False, is_heard=True)
    assert person.look(NOON + 1).write is None, "one thing at a time"
    person.done(NOON + 2)
    assert person.look(NOON + 2).write is Write.CLEAR


def test_a_lost_answer_may_have_been_a_done_deed() -> None:
    person = sync()
    person.on_lines(is_talking=True, is_heard=True)
    assert person.look(NOON).write is Write.SET
    person.failed(Trouble.AWAY, NOON + 1)
    person.on_lines(is_talking=False, is_heard=True)
    due = NOON + 1 + TIMING.first_retry_s
    assert person.look(NOON + 2).write is None
    assert person.next_deadline(NOON + 2) == due
    assert person.look(due).write is Write.CLEAR


def test_what_fails_is_tried_later_and_later_and_at_once_when_teams_is_back() -> None:
    person = sync()
    person.on_lines(is_talking=True, is_heard=True)
    now, pauses = NOON, []
    for _ in range(12):
        assert person.look(now).write is Write.SET
        person.failed(Trouble.AWAY, now)
        due = person.next_deadline(now)
        assert due is not None
        pauses.append(due - now)
        now = due
    assert pauses[:3] == [2.0, 4.0, 8.0]
    assert pauses[-1] == TIMING.longest_retry_s
    assert person.look(now).write is Write.SET
    person.failed(Trouble.AWAY, now)
    person.on_teams_source(is_heard=True, now=now + 1)
    assert person.look(now + 1).write is Write.SET
    person.done(now + 1)


def test_what_is_refused_for_somebody_is_left_for_long() -> None:
    person = sync()
    person.on_lines(is_talking=True, is_heard=True)
    person.look(NOON)
    person.failed(Trouble.REFUSED, NOON)
    assert person.look(NOON).owned_until is None, "nothing is there"
    person.on_teams_source(is_heard=True, now=NOON)
    for is_talking in (False, True):
        person.on_lines(is_talking=is_talking, is_heard=True)
        assert person.look(NOON + 60).write is None
    assert person.look(NOON + TIMING.refused_retry_s).write is Write.SET
    person.done(NOON + TIMING.refused_retry_s)


def test_without_a_permission_it_is_tried_now_and_then() -> None:
    person = sync()
    person.on_lines(is_talking=True, is_heard=True)
    person.look(NOON)
    person.failed(Trouble.NOT_ALLOWED, NOON)
    assert person.next_deadline(NOON) == NOON + TIMING.longest_retry_s


def test_a_session_ends_by_itself_when_telephony_is_silent() -> None:
    person = sync()
    talk(person)
    person.on_lines(is_talking=True, is_heard=False)
    end = NOON + TIMING.session_s
    assert person.look(NOON + TIMING.session_s / 2).write is None
    assert person.next_deadline(NOON + 500) == end
    step = person.look(end)
    assert (step.write, step.owned_until) == (None, None)
    person.on_lines(is_talking=True, is_heard=True)
    assert person.look(end + 1).write is Write.SET


# ------------------------------------------------------------------ Teams to telephony


@pytest.mark.requirement("000-28", "000-33", "003-53")
@pytest.mark.parametrize("word", [IN_A_CALL, CONFERENCE, PRESENTING])
@pytest.mark.parametrize("shows", Shows)
def test_a_call_in_teams_makes_the_line_look_busy(word: TeamsSet, shows: Shows) -> None:
    person = sync(shows=shows)
    person.on_teams(word)
    step = person.look(NOON)
    assert (step.write, step.mark, step.is_on_call, step.word) == (None, LineMark.BUSY, True, word)
    person.on_teams(FREE)
    step = person.look(NOON + 1)
    assert (step.write, step.mark, step.is_on_call) == (None, LineMark.NONE, False)


@pytest.mark.requirement("000-34", "000-35")
@pytest.mark.parametrize(
    ("word", "shows", "mark"),
    [
        (DND, Shows.CALLS, LineMark.NONE),
        (DND, Shows.DO_NOT_DISTURB, LineMark.DO_NOT_DISTURB),
        (DND, Shows.BUSY, LineMark.DO_NOT_DISTURB),
        (MEETING, Shows.DO_NOT_DISTURB, LineMark.NONE),
        (MEETING, Shows.BUSY, LineMark.BUSY),
        (BUSY, Shows.DO_NOT_DISTURB, LineMark.NONE),
        (BUSY, Shows.BUSY, LineMark.BUSY),
        (said("Away"), Shows.BUSY, LineMark.NONE),
        (said("Offline"), Shows.BUSY, LineMark.NONE),
        (said("Focusing"), Shows.BUSY, LineMark.NONE),
    ],
)
def test_other_states_are_shown_as_the_policy_says(word: TeamsSet, shows: Shows, mark: LineMark) -> None:
    person = sync(shows=shows)
    person.on_teams(word)
    step = person.look(NOON)
    assert (step.mark, step.is_on_call) == (mark, False)


def test_a_line_looks_free_again_when_teams_has_long_been_silent() -> None:
    person = sync()
    person.on_teams(CONFERENCE)
    person.look(NOON)
    person.on_teams_source(is_heard=False, now=NOON)
    person.on_teams_source(is_heard=False, now=NOON + 100)
    end = NOON + TIMING.session_s
    assert person.look(end - 1).mark is LineMark.BUSY
    assert person.next_deadline(end - 1) == end
    assert person.look(end).mark is LineMark.NONE
    person.on_teams_source(is_heard=True, now=end + 1)
    assert person.look(end + 1).mark is LineMark.BUSY, "nothing else was told"


@pytest.mark.requirement("000-02", "000-06")
@pytest.mark.parametrize("direction", Direction)
def test_each_direction_is_by_itself(direction: Direction) -> None:
    person = sync(direction)
    person.on_lines(is_talking=True, is_heard=True)
    person.on_teams(CONFERENCE)
    step = person.look(NOON)
    assert (step.write is Write.SET) is (direction in (Direction.TO_TEAMS, Direction.BOTH))
    assert (step.mark is LineMark.BUSY) is (direction in (Direction.TO_TELEPHONY, Direction.BOTH))


@pytest.mark.requirement("000-01")
def test_without_a_word_on_it_both_directions_hold() -> None:
    assert SyncPolicy().direction is Direction.BOTH


def test_a_direction_that_is_switched_off_takes_back_what_was_shown() -> None:
    person = sync()
    person.on_teams(CONFERENCE)
    talk(person)
    person.follow(SyncPolicy(direction=Direction.OFF))
    step = person.look(NOON + 1)
    assert (step.write, step.mark) == (Write.CLEAR, LineMark.NONE)


# ------------------------------------------------------------------ no echo


@pytest.mark.requirement("000-38")
def test_what_we_showed_in_teams_does_not_come_back() -> None:
    person = sync()
    talk(person)
    person.on_teams(IN_A_CALL)
    step = person.look(NOON + 2)
    assert (step.write, step.mark, step.word) == (None, LineMark.NONE, FREE)
    hang_up(person, NOON + 60)
    step = person.look(NOON + 61)
    assert (step.mark, step.word) == (LineMark.NONE, FREE), "what is read lags behind"
    person.on_teams(FREE)
    step = person.look(NOON + 70)
    assert (step.mark, step.word) == (LineMark.NONE, FREE)


@pytest.mark.requirement("000-38")
def test_what_is_still_said_long_after_was_never_ours() -> None:
    person = sync()
    talk(person)
    person.on_teams(IN_A_CALL)
    person.look(NOON + 2)
    hang_up(person, NOON + 60)
    over = NOON + 60 + TIMING.holdoff_s
    assert person.look(NOON + 61).mark is LineMark.NONE
    assert person.next_deadline(NOON + 61) == over
    assert person.look(over).mark is LineMark.BUSY
    assert person.next_deadline(over) is None


@pytest.mark.parametrize("word", [CONFERENCE, PRESENTING, DND])
def test_a_word_that_we_cannot_have_said_counts_at_once(word: TeamsSet) -> None:
    person = sync()
    talk(person)
    person.on_teams(word)
    assert person.look(NOON + 2).mark is not LineMark.NONE


def test_a_call_in_teams_from_before_ends_when_teams_says_so() -> None:
    person = sync()
    person.on_teams(IN_A_CALL)
    assert person.look(NOON).mark is LineMark.BUSY
    talk(person, NOON + 1)
    hang_up(person, NOON + 60)
    assert person.look(NOON + 61).mark is LineMark.BUSY
    person.on_teams(FREE)
    assert person.look(NOON + 62).mark is LineMark.NONE


# ------------------------------------------------------------------ restarts and clocks


def test_after_a_restart_a_call_that_goes_on_is_taken_over() -> None:
    person = PersonSync(SyncPolicy(), TIMING)
    person.restore(NOON + 400, NOON)
    assert person.look(NOON).write is None, "telephony has not said anything yet"
    person.on_lines(is_talking=True, is_heard=True)
    assert person.look(NOON + 1).write is Write.SET
    person.done(NOON + 1)
    person.on_teams(IN_A_CALL)
    assert person.look(NOON + 2).mark is LineMark.NONE, "that is ours"


def test_after_a_restart_what_nobody_owns_is_cleared() -> None:
    person = PersonSync(SyncPolicy(), TIMING)
    person.restore(NOON + 400, NOON)
    person.on_lines(is_talking=False, is_heard=True)
    assert person.look(NOON).write is Write.CLEAR
    person.done(NOON)
    assert person.look(NOON).owned_until is None


def test_a_stored_end_far_away_is_not_believed() -> None:
    person = PersonSync(SyncPolicy(), TIMING)
    person.restore(NOON + 1e6, NOON)
    assert person.look(NOON).owned_until == NOON + TIMING.session_s


def test_a_clock_that_was_set_back_renews_at_once() -> None:
    person = sync()
    talk(person)
    assert person.look(NOON - 3600).write is Write.SET
    person.done(NOON - 3600)
    assert person.next_deadline(NOON - 3600) == NOON - 3600 + TIMING.session_s / 2


def test_a_clock_that_was_set_back_does_not_lengthen_a_pause() -> None:
    person = sync()
    person.on_lines(is_talking=True, is_heard=True)
    person.look(NOON)
    person.failed(Trouble.AWAY, NOON)
    person.look(NOON - 4000)
    assert person.look(NOON - 4000 + TIMING.first_retry_s).write is Write.SET
