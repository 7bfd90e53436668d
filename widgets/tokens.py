"""Colours and measures of the window, in one place. No Qt.

The values are the design's; the `*_text` colours are theirs darkened (light) until words in them reach a
contrast of 4.5 : 1 on every surface they stand on (WCAG 2.1, 1.4.3), which a test holds.
"""

from __future__ import annotations

from typing import Final

import msgspec


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """One theme. Colours are ``#RRGGBB``."""

    is_dark: bool
    background: str
    panel: str
    raised: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_background: str
    on_accent: str
    avatar: str
    free: str
    busy: str
    away: str
    off: str
    free_text: str
    away_text: str
    off_text: str
    now: str
    now_text: str
    now_background: str
    future: str
    future_text: str
    future_background: str
    ringing: str
    ringing_background: str
    ended: str
    key_cap: str
    match: str


LIGHT: Final = Tokens(
    is_dark=False,
    background="#F4F5F7",
    panel="#FFFFFF",
    raised="#FAFBFC",
    line="#E3E6EB",
    text="#1A1F29",
    muted="#5D6675",
    faint="#98A2B3",
    accent="#2557D6",
    accent_background="#E9EFFD",
    on_accent="#FFFFFF",
    avatar="#D5DCE8",
    free="#1F9D61",
    busy="#D92D3A",
    away="#E8A317",
    off="#98A2B3",
    free_text="#13723F",
    away_text="#8A5A00",
    off_text="#5D6675",
    now="#D92D3A",
    now_text="#B81F2C",
    now_background="#FDE8EA",
    future="#2F6FED",
    future_text="#2358C9",
    future_background="#E4EDFF",
    ringing="#B54708",
    ringing_background="#FFF4E5",
    ended="#CFD5DE",
    key_cap="#EEF0F4",
    match="#FBE3B5",
)

DARK: Final = Tokens(
    is_dark=True,
    background="#12151B",
    panel="#1A1E26",
    raised="#20252F",
    line="#2C323D",
    text="#E8EAEE",
    muted="#9AA4B5",
    faint="#6B7587",
    accent="#7AA2FF",
    accent_background="#1E2A45",
    on_accent="#12151B",
    avatar="#333B49",
    free="#3CCB88",
    busy="#FF6B74",
    away="#F5B83D",
    off="#6B7587",
    free_text="#3CCB88",
    away_text="#F5B83D",
    off_text="#9AA4B5",
    now="#FF6B74",
    now_text="#FF7E86",
    now_background="#3A2024",
    future="#6FA0FF",
    future_text="#7FABFF",
    future_background="#1E2C4A",
    ringing="#FFB266",
    ringing_background="#3A2A17",
    ended="#404855",
    key_cap="#2A303B",
    match="#5C4420",
)

# Space goes in steps of 4; these are the measures that several widgets share.
STEP: Final = 4
LEFT_PANE: Final = 328
RIGHT_PANE: Final = 392
WIDE_ENOUGH: Final = 1280
"""Below this width the card is a drawer over the list."""
ROW: Final = 52
TOP_BAR: Final = 52
KEY_BAR: Final = 36
SCROLL_BAR: Final = 10
"""How wide a scroll bar is; it stands in the margin beside what it scrolls."""
CARD_RADIUS: Final = 10
BUTTON_RADIUS: Final = 7

BODY_PX: Final = 13
SECONDARY_PX: Final = 12
HEADING_PX: Final = 11
NAME_PX: Final = 17


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
