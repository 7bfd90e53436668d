"""The list of calls as data, times, found letters, colours."""

from __future__ import annotations

import pytest

from reception.console.api import LinkState
from reception.model.calls import CallbackRequest, Pending, Place
from reception.model.intents import AnswerNext, Hold
from tests.gui import office
from widgets import board, formats, matching, standing, tokens
from widgets.board import CallRow, HeadRow, Section


def test_the_list_has_its_parts_in_order() -> None:
    session = office.office(10)
    office.busy_minute(session)
    rows = board.rows(session.replica, marked="h1", now=office.NOW)
    assert [r.key for r in rows] == [
        "head:queue", "q5", "q1", "q2", "q3", "q4", "head:held", "h1", "head:away", "a1", "a2",
    ]  # fmt: skip
    calls = {r.key: r for r in rows if isinstance(r, CallRow)}
    assert [calls[k].number for k in ("q5", "q1", "a2")] == [1, 2, 8]
    assert [calls[k].position for k in ("q5", "q1", "q4", "h1")] == [1, 2, 1, 0]
    assert [k for k, r in calls.items() if r.is_over] == ["q1", "q2"]
    assert [k for k, r in calls.items() if r.is_marked] == ["h1"]
    assert calls["a2"].owner == "ANB"
    assert calls["a1"].owner == ""


def test_an_empty_queue_still_has_its_heading() -> None:
    rows = board.rows(office.office(1).replica, marked=None, now=office.NOW)
    assert rows == [HeadRow(section=Section.QUEUE, count=0)]


def test_only_nine_calls_have_a_key() -> None:
    session = office.office(1)
    session.replica.calls = {f"c{n:02}": office.call(f"c{n:02}", ago=100 - n) for n in range(12)}
    rows = [r for r in board.rows(session.replica, marked=None, now=office.NOW) if isinstance(r, CallRow)]
    assert [r.number for r in rows] == [*range(1, 10), 0, 0, 0]


def test_calls_of_other_groups_are_not_shown() -> None:
    session = office.office(1)
    session.replica.attendants["KLJ"] = office.me(groups=("sales",))
    session.replica.calls = {
        "a": office.call("a"),
        "b": office.call("b", group="sales"),
        "c": office.call("c", group=None),
    }
    assert {c.id for c in standing.waiting(session.replica)} == {"b", "c"}


def test_pending_and_lost_are_marked() -> None:
    session = office.office(1)
    session.replica.calls = {"a": office.call("a")}
    session.replica.pending = {"r0": AnswerNext(), "r1": Hold(call="a")}
    session.replica.link = LinkState.LOST
    row = board.rows(session.replica, marked=None, now=office.NOW)[1]
    assert isinstance(row, CallRow)
    assert (row.asked, row.is_stale) == ("Hold", True)


def test_queues_in_a_glance() -> None:
    session = office.office(1)
    office.busy_minute(session)
    session.replica.attendants["KLJ"] = office.me(groups=("main",))
    main, sales, support = board.summaries(session.replica)
    assert (main.count, main.callbacks, main.oldest, main.is_mine) == (3, 1, office.NOW - 72, True)
    assert (sales.count, sales.is_mine) == (1, False)
    assert (support.count, support.oldest) == (0, None)


def test_a_callback_never_waits_too_long() -> None:
    entry = office.call("e", ago=999, leg=None, callback=CallbackRequest(number="+45", asked_at=0))
    group = office.office(1).replica.groups["main"]
    assert not board.is_over(entry, group, office.NOW)
    assert board.is_over(office.call("w", ago=999), group, office.NOW)
    assert not board.is_over(office.call("w", ago=999), None, office.NOW)


def test_a_stranger_has_nothing() -> None:
    session = office.office(1)
    session.replica.me = "NEW"
    assert standing.my_attendant(session.replica).groups == ()
    assert standing.read(session.replica).in_hand is None


def test_on_its_way() -> None:
    assert standing.is_on_its_way(office.call("a", Place.OFFERED, pending=Pending.ANSWERING))
    assert not standing.is_on_its_way(office.call("a"))


@pytest.mark.parametrize(
    ("seconds", "text"), [(-3, "0:00"), (9.9, "0:09"), (72, "1:12"), (3599, "59:59"), (3672, "1:01:12")]
)
def test_durations(seconds: float, text: str) -> None:
    assert formats.duration(seconds) == text


def test_times_and_counts() -> None:
    assert formats.time_of_day(office.NOW, "da") == "13.42"
    assert formats.time_of_day(office.NOW, "en") == "13:42"
    assert (formats.count(2318, "da"), formats.count(2318, "en"), formats.count(2318, "xx")) == (
        "2.318",
        "2,318",
        "2,318",
    )
    assert (formats.minutes(-5), formats.minutes(125)) == (0, 2)


@pytest.mark.parametrize(
    ("name", "query", "found"),
    [
        ("Alice Holm", "hol", [(6, 3)]),
        ("Alice Holm", "a h", [(0, 1), (6, 1)]),
        ("Søren Kjær", "soer", [(0, 3)]),
        ("Søren Kjær", "sor kjaer", [(0, 3), (6, 4)]),
        ("Åse Müller", "aa mul", [(0, 1), (4, 3)]),
        ("André", "andre", [(0, 5)]),
        ("Alice Holm", "olm", []),
        ("Alice Holm", "alicex", []),
        ("Alice Holm", "al alice", [(0, 5)]),
        ("Alice", "", []),
    ],
)
def test_found_letters(name: str, query: str, found: list[tuple[int, int]]) -> None:
    assert matching.spans(name, query) == found


_SURFACES = (
    "background",
    "panel",
    "raised",
    "accent_background",
    "now_background",
    "ringing_background",
    "key_cap",
)


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "words", ["text", "muted", "accent", "free_text", "away_text", "off_text", "now_text", "ringing"]
)
def test_words_can_be_read_on_every_surface(theme: tokens.Tokens, words: str) -> None:
    for surface in _SURFACES:
        assert tokens.contrast(getattr(theme, words), getattr(theme, surface)) >= 4.5, surface


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_other_pairs_can_be_read(theme: tokens.Tokens) -> None:
    assert tokens.contrast(theme.on_accent, theme.accent) >= 4.5
    assert tokens.contrast(theme.text, theme.match) >= 4.5
    assert tokens.contrast(theme.text, theme.avatar) >= 4.5
    for mark in ("free", "busy", "off"):
        assert tokens.contrast(getattr(theme, mark), theme.panel) >= 2.4, mark
