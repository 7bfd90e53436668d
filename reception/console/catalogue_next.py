"""What will stand in the search field after the next key, as far as that can be guessed from the names."""

from __future__ import annotations

import sqlite3
from typing import Final

from reception.directory.folding import typed_forms, words

_AFTER_ALL: Final = "\U0010ffff"
_FIRST: Final = (
    "SELECT word FROM begins WHERE word BETWEEN 'a' AND 'z' AND length(word) = 1 ORDER BY people DESC LIMIT ?"
)
_NEXT: Final = """
    SELECT substr(word, ?, 1), sum(people) FROM name_words WHERE word >= ? AND word < ?
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?
"""


def likely_next(db: sqlite3.Connection, typed: str, count: int) -> list[str]:
    """Return up to `count` texts of which one is likely to stand in the field next, the likeliest first.

    The letters are those with which the names of most people go on; a blank, where a name may be whole. In a
    number one digit is as likely as another. Raises sqlite3.Error when the file is damaged.
    """
    last = typed.rpartition(" ")[2]
    if last.isdecimal():
        return [typed + digit for digit in "0123456789"[:count]]
    if not last:
        return [typed + letter for (letter,) in db.execute(_FIRST, (count,))]
    known = words(last)
    if not known:
        return []
    begin = typed_forms(known[-1])[0]  # the long spelling, which whoever has a national letter has too
    rows = db.execute(_NEXT, (len(begin) + 1, begin, begin + _AFTER_ALL, count))
    return [typed + (letter or " ") for letter, _ in rows]
