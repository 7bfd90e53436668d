"""What is told to those who work in another program, and which keys work from there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.console.at_desk import AtDesk, Ringing, at_desk_in, with_at_desk
from reception.console.hot_keys import open_hot_keys
from reception.console.hot_keys_windows import code_of, held_of
from reception.console.strokes import MODIFIERS, NAMED, Stroke, stroke_of
from tests.house.strict import ExpectLogs

CALLS = st.frozensets(st.sampled_from("abcde"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ctrl+Alt+A", "Ctrl+Alt+A"),
        ("alt+ctrl+a", "Ctrl+Alt+A"),
        ("Strg+Umschalt+9", "Ctrl+Shift+9"),
        ("Win+space", "Meta+Space"),
        ("F9", "F9"),
        ("Shift+F12", "Shift+F12"),
        ("Ctrl+PgDown", "Ctrl+PgDown"),
        ("A", None),
        ("Shift+A", None),
        ("Home", None),
        ("Ctrl+", None),
        ("Ctrl+Nonsense", None),
        ("Hyper+A", None),
        ("F25", None),
        ("", None),
    ],
)
def test_a_stroke(text: str, written: str | None) -> None:
    found = stroke_of(text)
    assert (found.text if found is not None else None) == written


@given(st.lists(st.sampled_from(MODIFIERS), unique=True), st.sampled_from([*NAMED, *"AZ09"]))
def test_what_is_written_is_read_and_is_a_key_of_windows(modifiers: list[str], key: str) -> None:
    stroke = stroke_of("+".join([*modifiers, key]))
    if stroke is not None:
        assert stroke_of(stroke.text) == stroke
        assert 0x08 <= code_of(stroke) <= 0xFE
        assert held_of(stroke) & 0x4000


def test_keys_as_windows_has_them() -> None:
    assert (held_of(Stroke(("Ctrl", "Alt"), "A")), code_of(Stroke((), "A"))) == (0x4003, 0x41)
    assert (held_of(Stroke(("Meta",), "F1")), code_of(Stroke((), "F1"))) == (0x4008, 0x70)


@given(st.booleans(), st.sampled_from(["", "F9"]), st.sampled_from(["", "Ctrl+Alt+R"]))
def test_settings_are_kept(notifications: bool, answer: str, front: str) -> None:
    wanted = AtDesk(notifications=notifications, answer_key=answer, front_key=front)
    more = with_at_desk({"panes.left": 3, "desk.answer_key": "old"}, wanted)
    assert at_desk_in(more) == wanted
    assert more["panes.left"] == 3


def test_nonsense_in_the_preferences_is_not_given() -> None:
    assert at_desk_in({"desk.notifications": "?", "desk.answer_key": 7}) == AtDesk()


def test_each_call_is_told_once_and_none_that_was_seen() -> None:
    ringing = Ringing()
    assert ringing.news(["a"], is_in_front=True, is_talking=False) == ()
    assert ringing.news(["a"], is_in_front=False, is_talking=False) == ()
    assert ringing.news(["a", "b", "c"], is_in_front=False, is_talking=False) == ("b", "c")
    assert ringing.news(["a", "b", "c"], is_in_front=False, is_talking=False) == ()


def test_who_talks_is_told_only_of_what_rings_at_their_own_phone() -> None:
    ringing = Ringing()
    assert ringing.news(["a"], is_in_front=False, is_talking=True) == ()
    assert ringing.news(["a"], offered="a", is_in_front=False, is_talking=True) == ("a",)
    assert ringing.news(["a"], offered="a", is_in_front=False, is_talking=False) == ()


@given(st.lists(st.tuples(CALLS, st.booleans(), st.booleans(), st.booleans())))
def test_whatever_happens_nothing_is_told_twice_in_a_row_nor_in_front(
    steps: list[tuple[frozenset[str], bool, bool, bool]],
) -> None:
    ringing, before, offered_before = Ringing(), frozenset[str](), ""
    for waiting, is_in_front, is_talking, is_offered in steps:
        offered = min(waiting, default="") if is_offered else ""
        news = ringing.news(sorted(waiting), offered=offered, is_in_front=is_in_front, is_talking=is_talking)
        assert len(set(news)) == len(news)
        assert set(news) <= waiting
        assert not (is_in_front and news)
        again = set(news) & before
        assert again <= ({offered} if offered != offered_before else set())
        before, offered_before = waiting, offered


def test_where_there_are_none_it_is_told(expected_logs: ExpectLogs) -> None:
    expected_logs("Wayland has none")
    expected_logs("no X11 display")
    strokes = (Stroke(("Ctrl",), "F9"),)
    assert open_hot_keys(strokes, print, {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) is None
    assert open_hot_keys(strokes, print, {}) is None
    assert open_hot_keys((), print, {}) is None
