"""What receptionists type, a key at a time: beginnings of names in any order, numbers, misspellings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from reception.model.people import Person

WORST: Final = ("a e i o", "s m h k", "m a j p", "k l m n", "a s d f", "e r t n", "b h j l", "a a a a")
"""Single letters that begin something of nearly everybody."""


def typed_texts(people: Sequence[Person], count: int) -> list[str]:
    """Return `count` texts for people picked evenly from these; the same ones each time."""
    pick = random.Random(5)
    return [_typed(pick.choice(people), pick) for _ in range(count)]


def keystrokes(texts: Sequence[str]) -> list[str]:
    """Return what stands in the field after each key."""
    return [text[:end] for text in texts for end in range(1, len(text) + 1)]


def press(field: QLineEdit, letter: str) -> None:
    """Press the key of a letter, of any alphabet (`QTest` knows those of ASCII)."""
    if letter.isascii():
        QTest.keyClick(field, letter)
    else:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, event)


def _typed(person: Person, pick: random.Random) -> str:
    words = person.name.lower().replace("-", " ").split()
    first, last = words[0], words[-1]
    match pick.randrange(20):
        case 0 | 1 | 2 | 3 | 4:
            return first[: pick.randrange(3, 7)]
        case 5 | 6 | 7:
            return last[: pick.randrange(3, 8)]
        case 8 | 9 | 10 | 11 | 12:
            return f"{first[: pick.randrange(2, 6)]} {last[: pick.randrange(2, 6)]}"
        case 13:
            return f"{last[:4]} {first[:3]}"
        case 14 | 15:
            return person.numbers[0].number
        case 16:
            return person.initials.lower()
        case 17:
            return f"{first[:4]} {person.department.lower()[:5]}"
        case 18:
            return f"{first} {last}"
        case _:
            return _misspelt(f"{first} {last}", pick)


def _misspelt(text: str, pick: random.Random) -> str:
    at = pick.randrange(1, len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
