"""Photos of colleagues, as circles: asked for when they are about to be seen, painted when they are there.

Nothing is read, decoded or waited for while a row is painted. Loaded only where the hub may have photos.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

from reception.console.api import Delta
from reception.console.photos import Key
from widgets.controller import Controller

SMALL: Final = 48
LARGE: Final = 120
"""Pixels of the photos that there are."""
_MOST: Final = 400
"""People whose photos are kept in memory."""
_AT_ONCE: Final = 4
"""Photos decoded before painting and keys have their turn again."""
_LARGEST: Final = 2_000
"""Pixels; a photo that says to be larger is none."""


class Faces(QObject):
    """The photos of those who are or were in sight.

    Signals:
        changed: (str) the photo of a colleague is there, is another one, or is gone.
    """

    changed = Signal(str)

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._images: OrderedDict[Key, QImage | None] = OrderedDict()
        self._circles: dict[tuple[Key, int], QPixmap] = {}
        self._wanted: dict[int, dict[str, None]] = {SMALL: {}, LARGE: {}}
        self._come: dict[Key, bytes] = {}
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._on_ask)
        self._decode = QTimer(self, singleShot=True, interval=0)
        self._decode.timeout.connect(self._on_decode)
        controller.updated.connect(self._on_updated)

    def circle(self, person: str, pixels: int) -> QPixmap | None:
        """Return a colleague's photo as a circle so many pixels wide, None while or where there is none."""
        key = Key(person, SMALL if pixels <= SMALL else LARGE)
        if key not in self._images:
            self._images[key] = None
            self._wanted[key.size][person] = None
            self._ask.start()
            while len(self._images) > _MOST:
                self._forget(next(iter(self._images)))
            return None
        self._images.move_to_end(key)
        image = self._images[key]
        if image is None:
            return None
        drawn = self._circles.get((key, pixels))
        if drawn is None:
            drawn = self._circles[key, pixels] = _circle(image, pixels)
        return drawn

    @Slot()
    def _on_ask(self) -> None:
        session = self._controller.session
        for size, people in self._wanted.items():
            if people and session is not None:
                session.want_photos(size, tuple(people), self._on_photo)
            people.clear()

    def _on_photo(self, key: Key, content: bytes) -> None:
        self._come[key] = content
        self._decode.start()

    @Slot()
    def _on_decode(self) -> None:
        for key in list(self._come)[:_AT_ONCE]:
            image = decoded(self._come.pop(key))
            if image is None and self._images.get(key) is None:
                continue
            self._forget(key)
            self._images[key] = image
            self.changed.emit(key.person)
        if self._come:
            self._decode.start()

    def _forget(self, key: Key) -> None:
        self._images.pop(key, None)
        for drawn in [drawn for drawn in self._circles if drawn[0] == key]:
            del self._circles[drawn]

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        """With another line to the hub, those without a photo are asked for again when they are seen."""
        if delta.link or delta.is_reset:
            for key in [key for key, image in self._images.items() if image is None]:
                del self._images[key]


def decoded(content: bytes) -> QImage | None:
    """Return a photo; None for none, and for what is none or too large to be one."""
    if not content:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _LARGEST:
        return None
    image = reader.read()
    return None if image.isNull() else image


def _circle(image: QImage, pixels: int) -> QPixmap:
    """Return the middle of a photo as a circle."""
    scaled = image.scaled(
        QSize(pixels, pixels),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    middle = scaled.copy((scaled.width() - pixels) // 2, (scaled.height() - pixels) // 2, pixels, pixels)
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(middle))
    painter.drawEllipse(drawn.rect())
    painter.end()
    return drawn
