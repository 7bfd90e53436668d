"""Makes the icon of the start programs from the drawing of the window: ``python -m installer.icon``.

The file is kept in the project: another Qt draws other pixels, and the packages are to have the same bytes.
"""

from __future__ import annotations

import os
import struct
from typing import Final

from installer.products import HERE, TOP

DRAWING: Final = TOP / "resources" / "icons" / "app.svg"
ICON: Final = HERE / "launcher" / "reception.ico"
SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels; Windows asks for these at 100 to 250 %."""


def draw(size: int) -> bytes:
    """Return the drawing as PNG."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(DRAWING.read_bytes())).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # bytes, as its types want, it refuses
    return bytes(content.data())


def icon(pictures: dict[int, bytes]) -> bytes:
    """Return an icon file of PNG pictures, by their sizes."""
    at = 6 + 16 * len(pictures)
    entries = []
    for size, picture in pictures.items():
        side = size % 256  # 0 means 256
        entries.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at))
        at += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join(entries) + b"".join(pictures.values())


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    ICON.write_bytes(icon({size: draw(size) for size in SIZES}))
