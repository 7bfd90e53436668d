"""Photos of colleagues in rows, on the wall and on the card; nobody's is waited for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.console.api import Delta
from reception.console.photos import Key
from tests.gui.desk import CTRL, Desk
from tests.gui.desk import Key as Press
from widgets.faces import LARGE, SMALL, Faces, decoded

RED, BLUE = QColor("#c01020"), QColor("#1040c0")


def photo(colour: QColor, size: int = SMALL, kind: str = "PNG") -> bytes:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


@pytest.fixture
def faces(desk: Desk) -> Faces:
    """A window that shows photos."""
    desk.session.replica.photos = True
    made = Faces(desk.controller, desk.window)
    desk.window.people.use_faces(made)
    desk.window.card.use_faces(made)
    return made


def has(widget: QWidget, colour: QColor) -> bool:
    picture = widget.grab().toImage()
    wanted = colour.rgb()
    return any(
        picture.pixel(x, y) == wanted
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )


def come(desk: Desk, person: str, content: bytes, size: int = SMALL) -> None:
    desk.session.on_photo(Key(person, size), content)


def test_a_photo_takes_the_place_of_the_initials(desk: Desk, faces: Faces, qtbot: QtBot) -> None:
    viewport = desk.window.people.viewport()
    qtbot.waitUntil(lambda: ("ali", SMALL) in desk.session.wanted_photos)
    assert not has(viewport, RED)
    come(desk, "ali", photo(RED))
    qtbot.waitUntil(lambda: has(viewport, RED))
    come(desk, "ali", photo(BLUE))
    qtbot.waitUntil(lambda: has(viewport, BLUE))
    assert not has(viewport, RED)
    come(desk, "ali", b"")
    qtbot.waitUntil(lambda: not has(viewport, BLUE))


def test_the_card_has_the_large_one(desk: Desk, faces: Faces, qtbot: QtBot) -> None:
    desk.type("ali")
    qtbot.waitUntil(lambda: ("ali", LARGE) in desk.session.wanted_photos)
    come(desk, "ali", photo(BLUE, LARGE, "JPG"), LARGE)
    qtbot.waitUntil(lambda: desk.window.card.avatar._face is not None)
    assert desk.window.card.avatar._face is not None
    centre = desk.window.card.avatar.grab().toImage().pixelColor(29, 29)
    assert centre.blue() > centre.red() + 80


def test_the_wall_has_them_too(desk: Desk, faces: Faces, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ("ali", SMALL) in desk.session.wanted_photos)
    come(desk, "ali", photo(RED))
    desk.press(Press.Key_T, CTRL)
    qtbot.waitUntil(lambda: has(desk.window.people.viewport(), RED))


def test_each_is_asked_for_once_and_again_with_another_line(desk: Desk, faces: Faces, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ("ali", SMALL) in desk.session.wanted_photos)
    desk.window.people.viewport().repaint()
    desk.window.people.viewport().repaint()
    assert desk.session.wanted_photos.count(("ali", SMALL)) == 1
    desk.controller.updated.emit(Delta(link=True))
    desk.window.people.viewport().repaint()
    qtbot.waitUntil(lambda: desk.session.wanted_photos.count(("ali", SMALL)) == 2)


@pytest.mark.qt_log_ignore("JPEG")
@pytest.mark.parametrize("content", [b"", b"no photo", b"\xff\xd8\xff\xe0 broken", photo(RED)[:40]])
def test_what_is_no_photo_is_not_shown(content: bytes) -> None:
    assert decoded(content) is None


def test_a_photo_that_is_far_too_large_is_not_decoded() -> None:
    huge = QImage(3000, 1, QImage.Format.Format_RGB32)
    huge.fill(RED)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert huge.save(buffer, "PNG")
    assert decoded(bytes(buffer.data().data())) is None
