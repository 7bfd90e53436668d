"""Teams' words in the one status, people without one source or another, and each source's own word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.model.lines import Cause, Evidence, Line, LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from reception.presence.port import BY_HAND, EXCHANGE, TEAMS, TELEPHONY, TeamsSet
from reception.presence.status import status_of

K, C, S = StatusKind, Cause, LineState
NOW = 120.0
DESK = Person(id="d", name="D", numbers=(Number(kind=NumberKind.DESK, number="201"),))
MOBILE_ONLY = Person(id="m", name="M", numbers=(Number(kind=NumberKind.MOBILE, number="+4520304050"),))
NOBODYS = Person(id="n", name="N")
MEETING = Entry(id="m", reason="Møde", start=100.0, end=200.0, origin=CALENDAR)
OPEN = Entry(id="o", reason="Status", start=110.0, end=180.0, origin=WEB, handling=CallHandling.OPEN)
ELSEWHERE = Entry(
    id="e", reason="Odense", start=0.0, end=900.0, origin=CALENDAR, is_busy=False, handling=CallHandling.OPEN
)


def teams(availability: str, activity: str = "", **more: Any) -> TeamsSet:
    return TeamsSet(person="", availability=availability, activity=activity, **more)


def look(person: Person = DESK, state: LineState | None = S.IDLE, **more: Any) -> PersonStatus:
    lines = {}
    if state is not None and person.numbers:
        number = person.numbers[0].number
        lines[number] = Line(number=number, state=state, since=5.0)
    return status_of(person, lines, more.pop("previous", None), now=more.pop("now", NOW), **more)


@pytest.mark.requirement("000-27", "000-28")
@pytest.mark.parametrize(
    ("state", "entries", "word", "kind", "cause"),
    [
        # 1: in a call anywhere, also by Teams (reading 1)
        (S.IDLE, (), teams("Busy", "InACall"), K.BUSY, C.CALL),
        (S.IDLE, (MEETING,), teams("Busy", "InAConferenceCall"), K.BUSY, C.CALL),
        (S.RINGING, (), teams("DoNotDisturb", "Presenting"), K.BUSY, C.CALL),
        (S.RINGING, (), teams("DoNotDisturb"), K.RINGING, C.LINES),
        (S.TALKING, (), teams("Available"), K.BUSY, C.CALL),  # reading 4
        # 2: do not disturb
        (S.IDLE, (), teams("DoNotDisturb"), K.BUSY, C.DO_NOT_DISTURB),
        (S.IDLE, (MEETING,), teams("DoNotDisturb"), K.BUSY, C.DO_NOT_DISTURB),
        (S.IDLE, (OPEN,), teams("DoNotDisturb"), K.BUSY, C.DO_NOT_DISTURB),
        (S.DO_NOT_DISTURB, (), teams("Available"), K.BUSY, C.DO_NOT_DISTURB),
        (S.DO_NOT_DISTURB, (MEETING,), teams("Away"), K.BUSY, C.DO_NOT_DISTURB),
        (S.DO_NOT_DISTURB, (), teams("Busy", "InACall"), K.BUSY, C.CALL),
        # 3: entries
        (S.IDLE, (MEETING,), teams("Available"), K.AWAY, C.ENTRY),
        (S.IDLE, (MEETING,), teams("Busy"), K.AWAY, C.ENTRY),
        (S.IDLE, (MEETING, OPEN), teams("Busy", "InAMeeting"), K.FREE, C.ENTRY),
        (S.IDLE, (OPEN,), teams("Away"), K.FREE, C.ENTRY),
        (S.UNREACHABLE, (OPEN,), teams("Offline"), K.OFF, C.LINES),
        (S.IDLE, (ELSEWHERE,), teams("Busy", "InAMeeting"), K.BUSY, C.TEAMS),
        # 4: busy according to Teams
        (S.IDLE, (), teams("Busy"), K.BUSY, C.TEAMS),
        (S.IDLE, (), teams("BusyIdle"), K.BUSY, C.TEAMS),
        (S.UNREACHABLE, (), teams("Busy", "InAMeeting"), K.BUSY, C.TEAMS),
        (S.IDLE, (), teams("Available", "InAMeeting"), K.BUSY, C.TEAMS),
        # 5: away, and off
        (S.IDLE, (), teams("Away"), K.AWAY, C.TEAMS),
        (S.IDLE, (), teams("BeRightBack"), K.AWAY, C.TEAMS),
        (S.IDLE, (), teams("Offline", "OutOfOffice"), K.AWAY, C.TEAMS),
        (S.UNREACHABLE, (), teams("Offline", is_out_of_office=True), K.AWAY, C.TEAMS),
        (S.IDLE, (), teams("Available", is_out_of_office=True), K.FREE, C.LINES),
        (S.UNREACHABLE, (), teams("Offline"), K.OFF, C.LINES),
        # 6: free; offline in Teams with a telephone that is there is free (reading 5)
        (S.IDLE, (), teams("Offline"), K.FREE, C.LINES),
        (S.IDLE, (), teams("PresenceUnknown"), K.FREE, C.LINES),
        (S.UNREACHABLE, (), teams("Available"), K.FREE, C.TEAMS),
        (S.IDLE, (), teams("AvailableIdle"), K.FREE, C.LINES),
    ],
)
def test_teams_takes_its_places_in_the_rule(
    state: LineState, entries: tuple[Entry, ...], word: TeamsSet, kind: StatusKind, cause: Cause
) -> None:
    status = look(state=state, entries=entries, teams=word, calendar=EXCHANGE)
    assert (status.kind, status.cause) == (kind, cause)
    assert status.teams == word.availability


@pytest.mark.requirement("000-35")
def test_a_meeting_that_runs_over_and_is_prolonged_in_teams_stays_busy() -> None:
    in_it = look(entries=(MEETING,), teams=teams("Busy", "InAMeeting"))
    after = look(entries=(MEETING,), teams=teams("Busy", "InAMeeting"), now=200.0, previous=in_it)
    assert (after.kind, after.cause, after.until, after.back_at) == (K.BUSY, C.TEAMS, None, None)
    assert after.since == 200.0
    known = look(teams=teams("Busy", until=300.0))
    assert (known.until, known.back_at) == (300.0, 300.0)


# ------------------------------------------------------------------ without one source or another


@pytest.mark.requirement("000-20", "000-21")
@pytest.mark.parametrize(
    ("state", "entries", "kind"),
    [(S.IDLE, (), K.FREE), (S.TALKING, (), K.BUSY), (S.IDLE, (MEETING,), K.AWAY)],
)
def test_with_telephony_only_nobody_is_unknown(
    state: LineState, entries: tuple[Entry, ...], kind: StatusKind
) -> None:
    assert look(state=state, entries=entries).kind is kind


@pytest.mark.requirement("000-19", "000-22")
@pytest.mark.parametrize(
    ("word", "kind"),
    [
        (teams("Available"), K.FREE),
        (teams("Busy"), K.BUSY),
        (teams("Busy", "InACall"), K.BUSY),
        (teams("Away"), K.AWAY),
        (teams("Offline"), K.OFF),
        (teams("PresenceUnknown"), K.UNKNOWN),
    ],
)
def test_with_teams_only_nobody_is_unknown(word: TeamsSet, kind: StatusKind) -> None:
    assert look(NOBODYS, None, teams=word).kind is kind


@pytest.mark.requirement("001-09")
def test_without_a_calendar_status_is_lines_and_what_was_entered_only() -> None:
    lunch = Entry(id="l", reason="Frokost", start=100.0, end=130.0, origin=WEB)
    assert look().kind is K.FREE
    assert look(entries=(lunch,)).kind is K.AWAY
    assert look(entries=(lunch,), now=130.0).kind is K.FREE


def test_without_a_phone_of_the_house_the_calendar_alone_makes_free() -> None:
    assert look(MOBILE_ONLY, None, calendar=EXCHANGE).kind is K.FREE
    assert look(MOBILE_ONLY, None, calendar=EXCHANGE, entries=(MEETING,)).kind is K.AWAY
    assert look(NOBODYS, None, calendar=EXCHANGE).kind is K.FREE
    assert look(NOBODYS, None).kind is K.UNKNOWN, "nobody has said anything"
    assert look(DESK, None, calendar=EXCHANGE).kind is K.UNKNOWN, "a phone nobody tells us of"


_words = st.sampled_from(["", "Available", "Busy", "DoNotDisturb", "Away", "Offline", "PresenceUnknown"])
_activities = st.sampled_from(["", "InACall", "InAMeeting", "Presenting", "OutOfOffice"])


@given(st.sampled_from([None, *S]), _words, _activities, st.booleans(), st.booleans())
def test_what_is_not_known_never_looks_free_and_a_call_always_shows(
    state: LineState | None, availability: str, activity: str, has_entry: bool, has_calendar: bool
) -> None:
    status = look(
        state=state,
        teams=teams(availability, activity),
        entries=(MEETING,) if has_entry else (),
        calendar=EXCHANGE if has_calendar else "",
    )
    if status.kind is K.FREE:
        assert state is S.IDLE or availability == "Available"
        assert not has_entry
    if state in (S.TALKING, S.HELD):
        assert (status.kind, status.cause) == (K.BUSY, C.CALL)
    assert status.is_entered is has_entry


# ------------------------------------------------------------------ evidence and silence


def test_each_source_has_its_own_word_and_its_age() -> None:
    lunch = Entry(id="l", reason="Frokost", start=110.0, end=150.0, origin=WEB)
    first = look(entries=(MEETING, lunch), teams=teams("Busy", "InAMeeting", since=90.0), calendar=EXCHANGE)
    assert first.evidence == (
        Evidence(TEAMS, "Busy/InAMeeting", 90.0),
        Evidence(BY_HAND, "busy", 110.0),
        Evidence(EXCHANGE, "busy", 100.0),
    )
    later = look(
        entries=(MEETING, lunch), teams=teams("Available"), calendar=EXCHANGE, now=160.0, previous=first
    )
    assert later.evidence == (Evidence(TEAMS, "Available", 160.0), Evidence(EXCHANGE, "busy", 100.0))
    free = look(teams=teams("Available"), calendar=EXCHANGE, now=250.0, previous=later)
    assert free.evidence == (Evidence(TEAMS, "Available", 160.0), Evidence(EXCHANGE, "free", 250.0))
    assert look(teams=teams("Available"), calendar=EXCHANGE, now=300.0, previous=free) is free


def test_with_lines_alone_there_is_no_evidence_beside_them() -> None:
    assert look().evidence == ()


@pytest.mark.parametrize(
    ("more", "silent", "is_stale"),
    [
        ({"teams": teams("DoNotDisturb")}, {TEAMS}, True),
        ({"teams": teams("DoNotDisturb")}, {TELEPHONY}, False),
        ({"teams": teams("Busy")}, {TEAMS}, True),
        ({"teams": teams("Away")}, {EXCHANGE}, False),
        ({"teams": teams("Busy", "InACall")}, {TEAMS}, True),
        ({"entries": (MEETING,)}, {"ics"}, True),
        ({"entries": (OPEN,)}, {EXCHANGE}, True),
    ],
)
def test_stale_is_what_rests_on_a_silent_source(more: Any, silent: set[str], is_stale: bool) -> None:
    assert look(silent=silent, calendar=EXCHANGE, **more).is_stale is is_stale


def test_the_entry_that_holds_gives_activity_role_and_privacy() -> None:
    private = Entry(
        id="p", reason="", start=100.0, end=200.0, origin=CALENDAR, is_private=True, activity="x", role="r"
    )
    status = look(entries=(private,))
    assert (status.activity, status.role, status.is_private) == ("x", "r", True)


DIVERTED = Entry(
    id="f", reason="Diverted", start=0.0, end=None, origin=WEB, is_busy=False,
    handling=CallHandling.DIVERTED, divert_to="202",
)  # fmt: skip


@pytest.mark.requirement("001-01", "001-04")
@pytest.mark.parametrize(
    ("more", "kind", "cause"),
    [
        ({"entries": (DIVERTED, MEETING)}, K.AWAY, C.ENTRY),
        ({"entries": (DIVERTED,), "teams": teams("Busy", "InAMeeting")}, K.BUSY, C.TEAMS),
        ({"entries": (DIVERTED,), "teams": teams("Away")}, K.AWAY, C.TEAMS),
        ({"entries": (DIVERTED,)}, K.FREE, C.LINES),
    ],
    ids=["a meeting", "busy in Teams", "away in Teams", "nothing else"],
)
def test_where_calls_go_says_nothing_of_where_somebody_is(
    more: dict[str, Any], kind: StatusKind, cause: Cause
) -> None:
    shown = look(**more)
    assert (shown.kind, shown.cause) == (kind, cause)
    assert BY_HAND not in {e.source for e in shown.evidence}
