"""Which way direct calls go: diversions that would lead nowhere are none, circles end at a mailbox."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.model.direct import MOST_STEPS, Way
from reception.model.people import Number, NumberKind, Person
from reception.presence.course import Course, course_of, diverted_numbers, past_voicemail
from reception.presence.diversion import Diversion, DiversionKind

UNTIL = 1_000.0
VOICEMAIL = Diversion(kind=DiversionKind.VOICEMAIL, until=UNTIL)
OPEN = Diversion(kind=DiversionKind.OPEN, until=UNTIL)


def to(number: str) -> Diversion:
    return Diversion(kind=DiversionKind.NUMBER, number=number, until=UNTIL)


def person(name: str, number: str, mailbox: str = "box") -> Person:
    desk = Number(kind=NumberKind.DESK, number=number)
    soft = Number(kind=NumberKind.SOFTPHONE, number=f"{number}9")
    mobile = Number(kind=NumberKind.MOBILE, number=f"+45{number}")
    return Person(id=name, name=name, numbers=(desk, soft, mobile), mailbox=mailbox)


PEOPLE = {name: person(name, f"{n}") for n, name in enumerate("abcdef", 201)}
OWNERS = {n.number: p for p in PEOPLE.values() for n in p.numbers}


def course(name: str, diversions: Mapping[str, Diversion], who: Person | None = None) -> Course:
    return course_of(who or PEOPLE[name], lambda p: diversions.get(p, Diversion()), OWNERS.get)


@pytest.mark.requirement("001-19")
def test_an_absence_goes_straight_to_the_mailbox():
    assert course("a", {"a": VOICEMAIL}) == Course(Way.VOICEMAIL, until=UNTIL)


def test_without_a_mailbox_the_phone_rings():
    assert course("a", {"a": VOICEMAIL}, person("a", "201", "")).way is Way.RING


@pytest.mark.requirement("003-32", "001-57")
def test_a_phone_kept_open_rings():
    assert course("a", {"a": OPEN}) == Course(Way.RING, until=UNTIL)


def test_nothing_entered_is_nothing_said():
    assert course("a", {}) == Course()


@pytest.mark.requirement("003-33")
def test_calls_go_to_a_colleague_and_depend_on_where_theirs_go():
    assert course("a", {"a": to("202")}) == Course(Way.NUMBER, "202", UNTIL, frozenset("b"))
    assert course("a", {"a": to("202"), "b": to("203")}).via == frozenset("bc")


@pytest.mark.parametrize("number", ["201", "2019"])
def test_a_diversion_to_an_own_telephone_is_none(number):
    assert course("a", {"a": to(number)}).way is Way.RING


def test_an_own_mobile_is_not_diverted_itself():
    assert course("a", {"a": to("+45201")}) == Course(Way.NUMBER, "+45201", UNTIL)


def test_a_colleagues_mobile_is_the_end_of_the_way():
    assert course("a", {"a": to("+45202"), "b": to("201")}).to == "+45202"


def test_a_circle_ends_at_the_mailbox():
    assert course("a", {"a": to("202"), "b": to("201")}) == Course(
        Way.VOICEMAIL, until=UNTIL, via=frozenset("b")
    )


def test_a_circle_of_others_ends_at_the_mailbox():
    assert course("a", {"a": to("202"), "b": to("203"), "c": to("202")}).way is Way.VOICEMAIL


def test_a_long_way_ends_at_the_mailbox():
    row = {"a": to("202"), "b": to("203"), "c": to("204"), "d": to("205")}
    assert course("b", row).way is Way.NUMBER
    assert course("a", row).way is Way.VOICEMAIL


def past(match: Diversion, diversions: Mapping[str, Diversion]) -> Course:
    """Return where a call to a goes past the voicemail."""
    return past_voicemail(PEOPLE["a"], match, lambda p: diversions.get(p, Diversion()), OWNERS.get)


@pytest.mark.requirement("002-152")
def test_past_the_voicemail_the_next_match_counts():
    assert past(to("202"), {"a": VOICEMAIL}) == Course(Way.NUMBER, "202", UNTIL, frozenset("b"))
    assert past(to("+45202"), {"a": VOICEMAIL}).to == "+45202"
    assert past(OPEN, {"a": VOICEMAIL}) == Course(Way.RING, until=UNTIL)
    assert past(Diversion(), {"a": VOICEMAIL}) == Course(Way.RING)


def test_past_the_voicemail_nothing_leads_to_it_again():
    assert past(to("202"), {"a": VOICEMAIL, "b": to("201")}).way is Way.RING, "a circle"


numbers = st.sampled_from([*OWNERS, "+4577777777"])
anything = st.one_of(st.just(VOICEMAIL), st.just(OPEN), st.just(Diversion()), numbers.map(to))


@given(st.fixed_dictionaries(dict.fromkeys(PEOPLE, anything)))
def test_whatever_people_enter_a_call_arrives_within_the_steps(diversions):
    courses = {name: course(name, diversions) for name in PEOPLE}
    for name, start in PEOPLE.items():
        at, steps = start, 0
        while (way := courses[at.id]).way is Way.NUMBER:
            steps += 1
            following = OWNERS.get(way.to)
            if following is None or way.to not in diverted_numbers(following):
                break
            at = following
            assert at.id != name, "it came back"
        assert steps <= MOST_STEPS
