"""One's own profile follows the program and the desk."""

from __future__ import annotations

import asyncio
import ctypes
import os

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from reception.console.triggers import TriggerProfiles
from reception.console.workplace import open_workplace
from reception.console.workplace_x11 import X11Workplace
from reception.model import intents as ask
from reception.model.changes import TimelineChanged
from reception.model.people import Number, NumberKind
from reception.model.presence import Entry, Timeline
from reception.wire import Result
from tests.gui import office
from tests.gui.desk import Desk
from widgets.auto_profiles import AutoProfiles

WANTED = TriggerProfiles(start="present", end="home", idle="quiet", locked="quiet", minutes=5)


class FakeWorkplace:
    """Somebody sits here, or not."""

    def __init__(self) -> None:
        self.idle: float | None = 0.0
        self.locked = False
        self.is_closed = False

    def idle_s(self) -> float | None:
        return self.idle

    def is_locked(self) -> bool:
        return self.locked

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A console at which Mette works."""
    desk = Desk()
    qtbot.addWidget(desk.window)
    replica = desk.session.replica
    number = Number(kind=NumberKind.DESK, number=replica.attendants["KLJ"].number)
    replica.people["met"] = replace(replica.people["met"], numbers=(number,))
    return desk


def holds(desk: Desk, profile: str) -> None:
    """Say that the hub has a profile on Mette's timeline."""
    entry = Entry(id="e1", reason=profile, start=office.NOW - 1, end=None, origin="KLJ", profile=profile)
    desk.tell(TimelineChanged(timeline=Timeline(person="met", entries=(entry,))))


def chosen(desk: Desk) -> list[tuple[str, str]]:
    return [(one.person, one.draft.profile) for one in desk.asked() if isinstance(one, ask.SetEntry)]


@pytest.mark.requirement("003-09", "003-11", "003-12", "003-15", "003-16", "003-25")
def test_from_the_start_to_a_break_and_back(desk: Desk) -> None:
    place = FakeWorkplace()
    profiles = AutoProfiles(desk.controller, WANTED, place, desk.window)
    desk.tell()
    assert chosen(desk) == [("met", "present")]
    holds(desk, "present")
    profiles.look()
    assert desk.asked() == []
    place.idle = 300.0
    profiles.look()
    assert chosen(desk) == [("met", "quiet")]
    holds(desk, "quiet")
    place.locked = True
    profiles.look()
    assert desk.asked() == [], "the same profile"
    place.idle, place.locked = 1.0, False
    profiles.look()
    assert chosen(desk) == [("met", "present")]


def test_who_had_no_profile_has_none_again(desk: Desk) -> None:
    place = FakeWorkplace()
    profiles = AutoProfiles(desk.controller, TriggerProfiles(locked="quiet"), place, desk.window)
    desk.tell()
    place.locked = True
    profiles.look()
    assert chosen(desk) == [("met", "quiet")]
    holds(desk, "quiet")
    place.locked = False
    profiles.look()
    assert desk.asked() == [ask.DeleteEntry(person="met", entry="e1")]


def test_nothing_is_chosen_for_who_is_no_colleague(desk: Desk) -> None:
    desk.session.replica.people["met"] = replace(desk.session.replica.people["met"], numbers=())
    place = FakeWorkplace()
    profiles = AutoProfiles(desk.controller, WANTED, place, desk.window)
    desk.tell()
    place.idle = 900.0
    profiles.look()
    assert desk.asked() == []


@pytest.mark.requirement("003-10")
def test_the_end_waits_until_the_hub_has_its_profile(desk: Desk) -> None:
    place = FakeWorkplace()
    profiles = AutoProfiles(desk.controller, WANTED, place, desk.window)
    desk.tell()
    desk.asked()

    async def leave() -> None:
        leaving = asyncio.create_task(profiles.take_leave())
        await asyncio.sleep(0)  # it asks at once, in its first step
        assert desk.session.asked
        assert not leaving.done()
        assert not place.is_closed
        desk.session.settle(Result.DONE)
        desk.controller.flush()
        await leaving

    asyncio.run(leave())
    assert [one.draft.profile for one in desk.session.asked if isinstance(one, ask.SetEntry)] == ["home"]
    assert place.is_closed


@pytest.mark.requirement("003-14")
def test_x11_tells_of_idleness_and_of_the_screen_saver(qtbot: QtBot) -> None:
    place = open_workplace()
    assert isinstance(place, X11Workplace)
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
    x11.XForceScreenSaver.argtypes = (ctypes.c_void_p, ctypes.c_int)
    x11.XSync.argtypes = (ctypes.c_void_p, ctypes.c_int)
    x11.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    server = x11.XOpenDisplay(os.environ["DISPLAY"].encode())
    try:
        assert not place.is_locked()
        x11.XForceScreenSaver(server, 1)
        x11.XSync(server, 0)
        qtbot.waitUntil(place.is_locked)
        x11.XForceScreenSaver(server, 0)
        x11.XSync(server, 0)
        qtbot.waitUntil(lambda: not place.is_locked())
        first = place.idle_s()
        assert first is not None
        qtbot.waitUntil(lambda: (place.idle_s() or 0.0) > first)
    finally:
        x11.XCloseDisplay(server)
        place.close()
    assert place.idle_s() is None


def test_where_nothing_tells_the_profiles_of_start_and_end_remain(
    monkeypatch: pytest.MonkeyPatch, expected_logs: object
) -> None:
    expected_logs("presence profiles do not follow mouse and keyboard here")  # type: ignore[operator]
    monkeypatch.delenv("DISPLAY")
    assert open_workplace() is None
