"""Pictures of the real window in its states: ``python -m tests.shots.make FOLDER [NAME…]``.

Needs a screen (Xvfb will do). Each picture is made by a process of its own, because theme, language and
scale belong to a process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from reception.console.api import LinkState
from reception.model.calls import CallerId, Focus, LegProgress, Place, Returned, Target, WhyBack
from reception.model.changes import Message, Notice, Source, SourceState
from reception.model.lines import LineState
from reception.wire import Result
from tests.gui import office
from tests.gui.fake_session import FakeSession
from tests.shots import setup_scenes
from widgets.intents_for import Action, View
from widgets.theme import Wanted
from widgets.window import Window

ALICE = Target(number="201", person="ali", name="Alice Holm")


class Shot(NamedTuple):
    """One picture."""

    scene: Callable[[FakeSession, Window], None]
    theme: Wanted = "light"
    language: str = "da"
    width: int = 1440
    height: int = 900
    scale: str = "1"


def idle(session: FakeSession, window: Window) -> None:
    """Nobody calls."""


def ringing(session: FakeSession, window: Window) -> None:
    """A call rings at my phone; I have typed a name."""
    call = office.call(
        "q9", Place.OFFERED, ago=4, offered_to=("KLJ",), party=CallerId(name="Nordsø Entreprise A/S")
    )
    session.tell(_changed(call))
    window.search.field.setText("hol")


def busy(session: FakeSession, window: Window) -> None:
    """In a call, callers wait, a name is typed."""
    office.talking(session)
    office.busy_minute(session)
    session.replica.sources["exchange"] = Source(
        id="exchange", state=SourceState.CONNECTING, since=office.NOW - 130
    )
    session.publish(_all())
    window.search.field.setText("hol")


def consulting(session: FakeSession, window: Window) -> None:
    """In a consultation."""
    office.busy_minute(session)
    call = office.call(
        "c0",
        Place.CONSULTING,
        ago=21,
        owner="KLJ",
        party=CallerId(number="+4597123456", name="Nordsø Entreprise A/S"),
        target=ALICE,
        progress=LegProgress.TALKING,
        focus=Focus.COLLEAGUE,
    )
    session.replica.calls["c0"] = call
    session.replica.attendants["KLJ"] = office.me(active="c0")
    session.publish(_all())
    window.search.field.setText("hol")


def notice(session: FakeSession, window: Window) -> None:
    """A transfer has come back; sources are ill."""
    office.busy_minute(session)
    call = office.call(
        "c0",
        Place.HELD,
        ago=4,
        owner="KLJ",
        party=CallerId(number="+4597123456", name="Nordsø Entreprise A/S"),
        returned=Returned(target=ALICE, why=WhyBack.NO_ANSWER, at=office.NOW - 4),
    )
    session.replica.calls["c0"] = call
    holger = session.replica.statuses["hol"]
    session.replica.statuses["hol"] = replace(holger, is_stale=True)
    session.replica.sources["teams"] = Source(
        id="teams", state=SourceState.CONNECTING, since=office.NOW - 190
    )
    session.replica.sources["exchange"] = Source(
        id="exchange",
        state=SourceState.DOWN,
        since=office.NOW - 840,
        message=Message(key="unreachable", params={"address": "mail.firma.dk"}),
    )
    session.publish(_all())
    window.search.field.setText("hol")
    params = {"caller": "Nordsø Entreprise A/S", "target": "Alice Holm", "why": "no_answer"}
    said = Message(key="returned", params=params)
    session.tell(Notice(id="n1", to=("KLJ",), at=office.NOW, message=said, call="c0"))


def failure(session: FakeSession, window: Window) -> None:
    """A transfer was refused."""
    busy(session, window)
    window.qt_actions[Action.ENTER].trigger()
    session.settle(Result.REFUSED, Message(key="target_busy", params={"target": "Alice Holm"}))


def stale(session: FakeSession, window: Window) -> None:
    """The hub is away: all is the last known."""
    busy(session, window)
    session.set_link(LinkState.LOST)


def source_down(session: FakeSession, window: Window) -> None:
    """The telephone system is silent: statuses are stale, the hub is there."""
    for person, status in session.replica.statuses.items():
        session.replica.statuses[person] = replace(status, is_stale=status.lines != ())
    session.replica.sources["telephony"] = Source(
        id="telephony",
        state=SourceState.DOWN,
        since=office.NOW - 190,
        message=Message(key="unreachable", params={"address": "pbx.firma.dk"}),
    )
    session.publish(_all())


def pending(session: FakeSession, window: Window) -> None:
    """A transfer is under way, a callback is marked."""
    busy(session, window)
    window.people.step(1)
    window.qt_actions[Action.ENTER].trigger()


def week(session: FakeSession, window: Window) -> None:
    """The card shows seven days."""
    busy(session, window)
    window.card.toggle_week()


def strange(session: FakeSession, window: Window) -> None:
    """Names as they come: long, none, from the right, with pictures; a caller with markup for a name."""
    people = office.strangers()
    session.replica.people = {p.id: p for p in people}
    session.replica.statuses = {p.id: office.status(p, LineState.IDLE) for p in people}
    session.replica.timelines = {}
    call = office.talking(session)
    odd = CallerId(number="+4597123456", name="<b>Ærø & Sønner</b> A/S, Nordjyllands Maskinfabrik")
    session.replica.calls[call.id] = replace(call, party=odd)
    hidden = office.call("q1", ago=12, party=CallerId(is_withheld=True))
    right = office.call("q2", ago=8, party=CallerId(name="דוד לוי", number="+97235551234"))
    session.replica.calls |= {"q1": hidden, "q2": right}
    session.publish(_all())
    window.people.step(1)


def alike(session: FakeSession, window: Window) -> None:
    """Nobody is called so, but some sound like it."""
    window.search.field.setText("holdt")


def absence(session: FakeSession, window: Window) -> None:
    """An absence of Mette is being set, in plain words."""
    idle(session, window)
    window.search.field.setText("mette hol")
    window._look(View.ABSENCE)
    panel = window.absences._panel()
    panel.when.setText("til 14.30")
    panel.activity.setCurrentIndex(panel.activity.findData("meeting"))
    panel.subject.setText("Kundemøde hos Nordsø")


def wall(session: FakeSession, window: Window) -> None:
    """Everybody's time today."""
    office.busy_minute(session)
    session.publish(_all())
    window.search.field.setText("hol")
    window.search.field.clear()
    window._look(View.WALL)


def wall_week(session: FakeSession, window: Window) -> None:
    """The week of those found."""
    wall(session, window)
    window.search.field.setText("hol")
    window._look(View.WEEK)


def changing(session: FakeSession, window: Window) -> None:
    """An imported entry is being changed."""
    window.search.field.setText("alice")
    window._look(View.EDIT)


def helped(session: FakeSession, window: Window) -> None:
    """All keys."""
    busy(session, window)
    window.help.toggle()


def groups(session: FakeSession, window: Window) -> None:
    """My groups."""
    session.tell(_me_in("main"))
    window.groups.toggle()


def drawer(session: FakeSession, window: Window) -> None:
    """The card as a drawer."""
    busy(session, window)
    window.drawer.open(True)


def _page(session: FakeSession, window: Window) -> None:
    """The page of a service."""
    setup_scenes.page(session, window)


_SETUP = (
    setup_scenes.offer,
    _page,
    setup_scenes.account,
    setup_scenes.uses,
    setup_scenes.mails,
    setup_scenes.sign_in,
    setup_scenes.sign_in_off,
    setup_scenes.check,
    setup_scenes.check_of_people,
    setup_scenes.saved,
)
_SPOKEN: tuple[tuple[str, Wanted], ...] = (("da", "light"), ("de", "dark"))

SHOTS: dict[str, Shot] = {
    "idle-light": Shot(idle),
    "idle-dark": Shot(idle, "dark"),
    "ringing-light": Shot(ringing),
    "busy-light": Shot(busy),
    "busy-dark": Shot(busy, "dark"),
    "busy-en": Shot(busy, language="en"),
    "busy-de": Shot(busy, language="de"),
    "consulting-light": Shot(consulting),
    "notice-light": Shot(notice),
    "notice-dark": Shot(notice, "dark"),
    "notice-en": Shot(notice, language="en"),
    "failure-light": Shot(failure),
    "failure-dark": Shot(failure, "dark"),
    "stale-light": Shot(stale),
    "stale-dark": Shot(stale, "dark"),
    "source-down-light": Shot(source_down),
    "pending-light": Shot(pending),
    "week-light": Shot(week),
    "week-dark": Shot(week, "dark"),
    "strange-light": Shot(strange),
    "alike-light": Shot(alike),
    "absence-light": Shot(absence),
    "absence-dark": Shot(absence, "dark"),
    "absence-de": Shot(absence, language="de"),
    "changing-light": Shot(changing),
    "wall-light": Shot(wall),
    "wall-dark": Shot(wall, "dark"),
    "wall-week": Shot(wall_week),
    "wall-double": Shot(wall, scale="2"),
    "help-light": Shot(helped),
    "help-de": Shot(helped, language="de"),
    "groups-dark": Shot(groups, "dark"),
    "narrow-light": Shot(busy, width=1180, height=720),
    "narrow-drawer": Shot(drawer, width=1180, height=720),
    "small-light": Shot(busy, width=1280, height=720),
    "small-dark": Shot(notice, "dark", width=1280, height=720),
    "double-light": Shot(busy, scale="2", width=1280, height=720),
    "double-dark": Shot(notice, "dark", scale="2", width=1440, height=900),
    "middle-light": Shot(busy, scale="1.5", width=1280, height=720),
    "wide-light": Shot(busy, width=3840, height=2160),
    "idle-en": Shot(idle, language="en"),
    "idle-de": Shot(idle, language="de"),
    "failure-de": Shot(failure, language="de"),
    **{
        f"setup-{scene.__name__.strip('_')}-{language}": Shot(scene, theme, language, 1280, 720)
        for scene in _SETUP
        for language, theme in _SPOKEN
    },
}


def _changed(call: object) -> object:
    from reception.model.changes import CallChanged

    return CallChanged(call=call)  # type: ignore[arg-type]


def _me_in(group: str) -> object:
    from reception.model.changes import AttendantChanged

    return AttendantChanged(attendant=office.me(groups=(group,)))


def _all() -> object:
    from reception.console.api import Delta

    return Delta(is_reset=True, link=True)


def open_window(shot: Shot, app: QApplication, *, people: int = 2318) -> Window:
    """Open the window in a scene, as it stands when all is painted. Theme and language are the process's."""
    from widgets.controller import Controller
    from widgets.theme import Theme

    theme = Theme(shot.theme)
    theme.apply(app)
    session = office.office(people)
    controller = Controller(clock=lambda: office.NOW)
    window = Window(controller, theme)
    window.complete()
    window.resize(shot.width, shot.height)
    window.show()
    controller.attach(session)
    shot.scene(session, window)
    controller.flush()
    settle(app)
    window.activateWindow()
    window.search.field.setFocus()
    settle(app)
    return window


def _with_dialogs(app: QApplication, window: Window, picture: QPixmap) -> None:
    """Put the dialogues over the window, in the middle, as they stand on a screen."""
    painter = QPainter(picture)
    dialogs = [w for w in app.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    for dialog in sorted(dialogs, key=lambda w: w.parentWidget() is not window):
        middle = window.rect().center() - dialog.rect().center()
        painter.drawPixmap(middle, dialog.grab())
        painter.drawRect(dialog.rect().translated(middle))
    painter.end()


def settle(app: QApplication) -> None:
    """Let layouts and paints that follow each other come to their end."""
    for _ in range(8):
        app.processEvents()


def render(name: str, path: Path) -> None:
    """Make one picture in this process."""
    from widgets import texts
    from widgets.app import make_app

    app = make_app()
    texts.install(app, SHOTS[name].language)
    window = open_window(SHOTS[name], app)
    picture = window.grab()
    _with_dialogs(app, window, picture)
    if not picture.save(str(path)):
        raise SystemExit(f"cannot write {path}")
    window.let_close()


def main() -> None:
    """Make all pictures, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--one", action="store_true", help="make the one picture in this process")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.one:
        render(given.names[0], given.folder / f"{given.names[0]}.png")
        return
    for name in given.names or SHOTS:
        environment = dict(os.environ, QT_SCALE_FACTOR=SHOTS[name].scale, LC_ALL="C.UTF-8")
        command = [sys.executable, "-m", "tests.shots.make", "--one", str(given.folder), name]
        subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    main()
