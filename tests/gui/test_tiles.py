"""Words as small pictures: a text is written in pieces only where its letters stand beside each other."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from widgets import paint, tiles
from widgets.tiles import Ink, pieces_of, tile

INK = Ink(13, True, "#1A1F29", "#FFFFFF", 19, 1.0)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Alice Holm", ["Alice", " ", "Holm"]),
        ("Anne-Marie Bøgh Thom…", ["Anne-", "Marie", " ", "Bøgh", " ", "Thom…"]),
        ("Sælger · Salg", ["Sælger", " ", "· Salg"]),
        ("a  -", ["a", " ", " ", "-"]),
        ("", []),
        ("אורי כהן", ["אורי כהן"]),
        ("e\u0301 b", ["e\u0301 b"]),
        ("a\nb", ["a\nb"]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    assert pieces_of(text) == pieces


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_a_tile_is_as_high_and_wide_as_its_letters_in_the_screens_own_pixels(
    qapp: object, ratio: float
) -> None:
    made = tile("Holm", replace(INK, ratio=ratio))
    tiles.put_away()
    width = paint.text_width("Holm", 13, paint.SEMI) * ratio
    assert made.width == pytest.approx(width)
    assert made.picture.devicePixelRatio() == 1
    assert made.picture.height() == round(19 * ratio)
    assert 0 <= made.picture.width() - 2 * tiles.margin(ratio) - width < 1
    assert not made.picture.hasAlphaChannel()
    image = made.picture.toImage()
    column = [image.pixelColor(0, y).name() for y in range(image.height())]
    assert set(column) == {"#ffffff"}
