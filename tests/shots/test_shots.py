"""The window's pictures, made and looked at by the machine: size, light and dark, and no text cut off.

The pictures lie in ``out/shots`` afterwards, for people to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QTranslator
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.shots import make
from tests.shots.make import SHOTS, Shot
from widgets import paint, texts, tokens
from widgets.buttons import KeyButton
from widgets.call_face import CallFace
from widgets.key_bar import KeyHint
from widgets.labels import ElidedLabel
from widgets.search_box import Count
from widgets.top_bar import Light, QueueChip
from widgets.window import Window

pytestmark = pytest.mark.gui

OUT = Path(__file__).parents[2] / "out" / "shots"
PICTURES = [
    name
    for name in SHOTS
    if name.split("-")[0] in ("idle", "busy", "notice", "failure", "stale") and name[-2:] not in ("en", "de")
]
SCENES = {
    scene.__name__: scene
    for scene in (
        make.idle,
        make.ringing,
        make.busy,
        make.consulting,
        make.notice,
        make.failure,
        make.stale,
        make.source_down,
        make.week,
        make.strange,
        make.alike,
        make.helped,
        make.groups,
    )
}


class Stage:
    """Opens windows, and takes each away before the next one and at the end, whatever the test says."""

    def __init__(self, app: QApplication) -> None:
        self.app = app
        self._translators: list[QTranslator] = []
        self._window: Window | None = None

    def open(self, shot: Shot, people: int) -> Window:
        """Return the window in a scene, in the scene's language."""
        self.close()
        self._translators = texts.install(self.app, shot.language)
        self._window = make.open_window(shot, self.app, people=people)
        return self._window

    def close(self) -> None:
        """Take the window away and forget its language."""
        if self._window is not None:
            self._window.let_close()
            self._window.deleteLater()
            self._window = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        texts.remove(self.app, self._translators)
        texts.install(self.app, "en")


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    """Return the stage; the window is gone when the test is over."""
    qapp.setStyle("Fusion")
    made = Stage(qapp)
    yield made
    made.close()


# ---------------------------------------------------------------------- pictures


def colours(picture: QImage) -> Counter[str]:
    """Count the pixels of each colour (``#RRGGBB``)."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = Counter(memoryview(plain.constBits()).cast("I"))
    return Counter({f"#{value & 0xFFFFFF:06X}": count for value, count in pixels.items()})


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_it_should(stage: Stage, name: str) -> None:
    shot = SHOTS[name]
    window = stage.open(shot, 400)
    picture = window.grab().toImage()
    OUT.mkdir(parents=True, exist_ok=True)
    assert picture.save(str(OUT / f"{name}.png"))
    ratio = picture.devicePixelRatio()
    assert (picture.width(), picture.height()) == (shot.width * ratio, shot.height * ratio)
    _check_colours(name, colours(picture))


def _check_colours(name: str, found: Counter[str]) -> None:
    """Surfaces of the theme rule; each scene has its own colours, the others' do not appear."""
    scene, theme = name.split("-")
    t = tokens.DARK if theme == "dark" else tokens.LIGHT
    other = tokens.LIGHT if theme == "dark" else tokens.DARK
    total = found.total()
    assert found[t.panel] > total / 4
    assert found[t.background] > total / 20
    assert found[other.panel] < total / 50
    assert len(found) > 100, "a blank picture"
    light = sum(n * QColor(c).lightness() for c, n in found.items()) / total
    assert light < 70 if t.is_dark else light > 200
    assert (found[t.ringing_background] > total / 50) == (scene == "notice"), "the orange strip"
    assert (found[t.now_background] > total / 40) == (scene == "failure"), "the red strip"
    assert (found[t.accent_background] > total / 50) == (scene != "idle"), "the selected row"
    has_main_key = scene in ("busy", "notice", "failure")
    # The ring of the focused field is about 3,000 pixels, and not there while another window is active.
    assert (found[t.accent] > 3400) == has_main_key, "the key of what Enter does"
    if scene == "stale":
        # A hollow mark keeps a thin ring of its colour; words and filled marks would be hundreds of pixels.
        assert found[t.free_text] < 60, "what is stale is never said to be free"
        assert found[t.now_background] == 0, "nor to be busy"


# ---------------------------------------------------------------------- nothing is cut off


def clipped(window: Window) -> list[str]:
    """Return the texts that have less room than they need; those made to end in … do not count."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
            lacks = (
                widget.heightForWidth(widget.width()) > widget.height() + 1
                if widget.wordWrap()
                else widget.sizeHint().width() > widget.width() + 1
            )
        elif type(widget) is KeyButton:
            lacks = widget.sizeHint().width() - 6 > widget.width()
        elif isinstance(widget, QueueChip | Light | KeyHint):
            lacks = widget.sizeHint().width() > widget.width()
        elif isinstance(widget, CallFace):
            below = [b.y() for b in widget.buttons if not b.isHidden()]
            lacks = widget.state_box().bottom() > min(below, default=widget.height())
        elif isinstance(widget, Count):
            lacks = widget.wanted_width() > widget.width()
        else:
            continue
        if lacks:
            words = widget.text() if isinstance(widget, QLabel | KeyButton) else widget.accessibleName()
            found.append(f"{type(widget).__name__}: {words}")
    return found


def overlapping(window: Window) -> list[str]:
    """Return what stands over the edge of the window or of the bar it is in."""
    whole = window.rect()
    found = []
    for bar in (window.top, window.bottom):
        parts = [c for c in bar.findChildren(QWidget) if c.isVisible() and c.parent() is bar]
        places = [QRect(c.mapTo(window, QPoint()), c.size()) for c in parts]
        found += [f"{bar.objectName()}: outside {p}" for p in places if not whole.contains(p)]
        found += [
            f"{bar.objectName()}: {one} over {other}"
            for n, one in enumerate(places)
            for other in places[n + 1 :]
            if one.intersects(other)
        ]
    return found


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
def test_no_text_is_cut_off(stage: Stage, scene: str, language: str) -> None:
    window = stage.open(Shot(SCENES[scene], language=language, width=1280, height=720), 60)
    for width, height in ((1280, 720), (1440, 900)):
        window.resize(width, height)
        make.settle(stage.app)
        assert clipped(window) == [], (width, height)
        assert overlapping(window) == [], (width, height)


def test_a_text_that_is_cut_off_is_found(stage: Stage) -> None:
    window = stage.open(Shot(make.busy), 10)
    window.call_card.heading.setFixedWidth(20)
    window.call_card.face.buttons[1].setFixedWidth(70)
    make.settle(stage.app)
    found = clipped(window)
    assert "PlainLabel: Aktiv samtale" in found
    assert "KeyButton: Forespørg" in found
    window.top.own.move(window.top.clock.pos())
    assert overlapping(window) != []


def test_most_names_stand_whole_in_the_list(stage: Stage) -> None:
    """Of the people of the demonstration, at the design's size nineteen names in twenty are not shortened."""
    from reception.hub.opening import read_people

    people = read_people(str(Path(make.__file__).parents[2] / "resources" / "demo" / "people.csv"))
    window = stage.open(Shot(make.idle), 10)
    for width, share in ((1440, 0.95), (1280, 0.6)):
        window.resize(width, 900)
        make.settle(stage.app)
        room = window.people.name_room()
        whole = sum(paint.metrics(13, paint.SEMI).horizontalAdvance(p.name) <= room for p in people)
        assert whole / len(people) >= share, (width, room, whole / len(people))


# ---------------------------------------------------------------------- contrast


SURFACES = ("panel", "background", "raised", "accent_background", "key_cap")
WORDS = ("text", "muted")
ON_THEIR_OWN = (
    ("now_text", "now_background"),
    ("ringing", "ringing_background"),
    ("free_text", "panel"),
    ("away_text", "panel"),
    ("off_text", "panel"),
    ("accent", "accent_background"),
    ("on_accent", "accent"),
    ("text", "match"),
    ("text", "avatar"),
    ("text", "now_background"),
    ("text", "ringing_background"),
)


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_all_words_can_be_read_where_they_stand(theme: tokens.Tokens) -> None:
    pairs = [*((words, surface) for words in WORDS for surface in SURFACES), *ON_THEIR_OWN]
    poor = {
        pair: round(tokens.contrast(getattr(theme, pair[0]), getattr(theme, pair[1])), 2)
        for pair in pairs
        if tokens.contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) < 4.5
    }
    assert poor == {}
