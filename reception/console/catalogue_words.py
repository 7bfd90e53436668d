"""The words of the catalogue: which there are, and which are like what was typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from reception.directory.slips import FROM_LETTERS, distance, slipped, slips
from reception.directory.sound import SPOKEN_FROM, sounds_of

INDEXED: Final = 7
"""Letters up to which the full-text index itself knows beginnings (`prefix` in the schema)."""
_FEW: Final = 16
"""Words that are named one by one, when their beginning is longer than the index knows."""
_AFTER_ALL: Final = "\U0010ffff"
_MOST_HEARD: Final = 64
"""Words of one sound that are compared with what was typed."""
_KEPT: Final = 32
"""Typed words of which the alike ones are kept."""
_PER_SLIP, _BEGINNING = 2, 1
"""What a slip costs, and that the word goes on behind what was typed."""
_FURTHEST: Final = 4 * _PER_SLIP
"""The cost beyond which words that share a key are not alike to anybody."""
_BEGINNING_HEARD_FROM: Final = 4
"""Consonants from which the beginning of a name is listened to; below, half of all names would sound so."""
_BY_SLIPS: Final = """
    SELECT word, people FROM json_each(?) JOIN spoken ON word >= value AND word < value || char(1114111)
"""
_BY_WORD: Final = "SELECT word, people FROM json_each(?) JOIN spoken ON word = value"
_BY_BEGINNING: Final = "SELECT word, people FROM spoken WHERE word >= ? AND word < ?"
_BY_SOUND: Final = """
    SELECT sound, word, people FROM sounds JOIN spoken USING (word) WHERE sound >= ? AND sound < ? LIMIT ?
"""


class Alike(msgspec.Struct, frozen=True):
    """A word of a name that is like what was typed, or begins like it; the lower the cost, the more alike."""

    cost: int
    people: int
    word: str


class Words:
    """Looks up words."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[tuple[bool, tuple[str, ...]], list[Alike]] = {}

    def beginning_with(self, begin: str, *, in_name: bool) -> list[str] | None:
        """Return the words that begin like this; None when they are too many to be named."""
        table = "name_words" if in_name else "words"
        few = _FEW if len(begin) > INDEXED else 0
        rows = self._db.execute(
            f"SELECT word FROM {table} WHERE word >= ? AND word < ? LIMIT ?",
            (begin, begin + _AFTER_ALL, few + 1),
        ).fetchall()
        return [word for (word,) in rows] if len(rows) <= few else None

    def is_in_name(self, word: str) -> bool:
        """Return whether it is a whole word of somebody's name, or initials."""
        return self._db.execute("SELECT 1 FROM name_words WHERE word=?", (word,)).fetchone() is not None

    def forget(self) -> None:
        """Forget what was found alike: the words have changed."""
        self._known.clear()

    def alike(self, forms: tuple[str, ...], *, is_whole: bool) -> list[Alike]:
        """Return the words of names that are like one of the spellings but do not begin with it, best first.

        `is_whole`: only those that are alike from end to end; else what was typed may be a beginning. The
        answer is kept for the next keys, as the word before the last one stays what it is.
        """
        key = (is_whole, forms)
        if (known := self._known.get(key)) is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[key] = self._alike(forms, is_whole)
        return known

    def _alike(self, forms: Iterable[str], is_whole: bool) -> list[Alike]:
        found: dict[str, Alike] = {}
        for form in forms:
            is_short = len(form) <= FROM_LETTERS  # the beginning of a hundred names, with one letter changed
            slipped = self._slipped_whole(form) if is_whole or is_short else self._slipped(form)
            for candidate in (*slipped, *self._sounding(form, is_whole)):
                known = found.get(candidate.word)
                if known is None or (candidate.cost, candidate.people) < (known.cost, known.people):
                    found[candidate.word] = candidate
        return sorted(found.values(), key=lambda alike: (alike.cost, -alike.people))

    def _slipped_whole(self, typed: str) -> Iterator[Alike]:
        if len(typed) >= FROM_LETTERS:
            meant = msgspec.json.encode(list(slips(typed, len(typed)))).decode()
            for word, people in set(self._db.execute(_BY_WORD, (meant,))):
                if not word.startswith(typed):
                    yield Alike(_PER_SLIP, people, word)

    def _slipped(self, typed: str) -> Iterator[Alike]:
        """A slip is in the first letters: try them all. Or behind them: look at all that begin so."""
        first = 3 if len(typed) > FROM_LETTERS + 1 else 2
        meant = set(slips(typed, first))
        rows = dict(self._db.execute(_BY_SLIPS, (msgspec.json.encode(list(meant)).decode(),)))
        for word, people in rows.items():
            if not word.startswith(typed):
                yield Alike(_PER_SLIP if word in meant else _PER_SLIP + _BEGINNING, people, word)
        begin = typed[:first]
        same = dict(self._db.execute(_BY_BEGINNING, (begin, begin + _AFTER_ALL)))
        for word, is_all in slipped(typed, same, first):
            yield Alike(_PER_SLIP if is_all else _PER_SLIP + _BEGINNING, same[word], word)

    def _sounding(self, typed: str, is_whole: bool) -> Iterator[Alike]:
        for sound in sounds_of(typed) if len(typed) >= SPOKEN_FROM else ():
            is_exact = is_whole or len(sound) < _BEGINNING_HEARD_FROM
            rows = self._db.execute(
                _BY_SOUND, (sound, sound + ("\0" if is_exact else _AFTER_ALL), _MOST_HEARD)
            )
            for key, word, people in rows:
                if word.startswith(typed):
                    continue
                if key == sound:
                    cost = _PER_SLIP * distance(typed, word)
                else:
                    cost = _PER_SLIP * distance(typed, word[: len(typed)]) + _BEGINNING
                if cost <= _FURTHEST:
                    yield Alike(cost, people, word)
