"""Keys that work from other programs, as people and Qt write them: ``Ctrl+Alt+A``."""

from __future__ import annotations

from typing import Final, NamedTuple

MODIFIERS: Final = ("Ctrl", "Alt", "Shift", "Meta")
"""In the order in which they are written; Meta is the Windows key."""
NAMED: Final = ("Space", "Home", "End", "PgUp", "PgDown", "Ins", "Pause", *(f"F{n}" for n in range(1, 25)))
_ALSO: Final = {"control": "Ctrl", "strg": "Ctrl", "win": "Meta", "umschalt": "Shift"}
_FUNCTION_KEYS: Final = tuple(name for name in NAMED if name.startswith("F"))
_PLAIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Stroke(NamedTuple):
    """A key with its modifiers, each by its name."""

    modifiers: tuple[str, ...]
    key: str

    @property
    def text(self) -> str:
        """As it is written."""
        return "+".join((*self.modifiers, self.key))


def stroke_of(text: str) -> Stroke | None:
    """Return the stroke that a text names; None for none, and for one that would take a key of typing away.

    A letter, a figure or a key that moves needs Ctrl, Alt or Meta; function keys may stand alone.
    """
    *before, last = (part.strip() for part in text.split("+"))
    key = next((name for name in NAMED if name.lower() == last.lower()), last.upper())
    known = {name.lower(): name for name in MODIFIERS} | _ALSO
    held = {known.get(part.lower(), "") for part in before}
    if "" in held or (key not in _PLAIN and key not in NAMED):
        return None
    if key not in _FUNCTION_KEYS and not held & {"Ctrl", "Alt", "Meta"}:
        return None
    return Stroke(tuple(name for name in MODIFIERS if name in held), key)
