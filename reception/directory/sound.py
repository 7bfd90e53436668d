"""What a name sounds like to a Danish, German or English ear: names that are confused share a key.

The key is the word's consonants, in classes, and whether a vowel begins it. That is the idea of Soundex
(R. C. Russell, US patents 1,261,167 and 1,435,663) and of the *Kölner Phonetik* (H. J. Postel, "Die Kölner
Phonetik", IBM-Nachrichten 19, 1969), whose classes are used here: b p, d t, f v w, g k q, l, m, n, r, s z.
Unlike these two the key is not cut, so the key of a name's beginning mostly begins the name's key.

Letters in company are read first, as they are spoken:

- *th* t, *sch* s, *ck* k, *dt* t, *x* ks, *c* s before e, i, y and else k (Kölner Phonetik);
- *ts ds tz* s: Knudsen, Knutsen; Schulz, Schultz; *mps* ms, as nobody hears the p: Thompson, Thomson;
- *hj hv* j v, *d* behind l, n, r silent, *ov av* before a consonant as ou, au: Danish letter use (P. Molbæk
  Hansen, "Dansk udtale", 1990): Hjorth, Jorth; Kjeld, Kjell; Lund, Lunn; Povlsen, Poulsen;
- *wr* r, *ow aw ew uw* before a consonant or at the end a vowel, as in English: Wright, Right; Brown, Braun.

Where languages disagree a word has several keys: *ch* is k (Christian) or s (Charlotte), *g* before e and i
is g or j (Geoffrey, Jeffrey), *kn* at the beginning kn or n, *sch* before a vowel s or sk (Schou, Skov), *gh*
silent or k (Hughes; Krogh), *ph* f or p (Stephen; Shepherd), *w* between vowels v or silent (Löwe; Lewis),
*bh* and *mh* Irish v or not (Siobhan).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final

_SPOKEN: Final = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (r"^hv", "v"),
        (r"^h(?=j)", ""),
        (r"^(wr|rh)", "r"),
        (r"^wh", "v"),
        (r"^ps", "s"),
        (r"^pf", "f"),
        (r"^[ijy](?=[aeou])", "j"),
        (r"t?sch|tch", "s"),
        (r"sh", "s"),
        (r"ck|cq|kh|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"(?<=[lnr])d(?=[^aeiouyrjh]|$)", ""),
        (r"[dt]h", "t"),
        (r"[dt]+[sz]+|z", "s"),
        (r"mps", "ms"),
        (r"(?<=[ao])v(?=[^aeiouy]|$)|(?<=[aeou])w(?=[^aeiouy]|$)", ""),
        (r"[aeiouy]+", "a"),
        (r"(?<!^)[hj]", ""),
    )
)
_CLASSES: Final = str.maketrans("bdgvwz", "ptkffs")
_SEVERAL: Final = re.compile(
    r"(^g(?=[ei])|^kn|^sch(?=[aeiou])|(?<!s)ch|(?<!^)gh|ph|(?<=[aeiou])w(?=[aeiouy])|bh|mh)"
)
_READINGS: Final = {
    "g": ("k", "j"),
    "kn": ("kn", "n"),
    "sch": ("s", "sk"),
    "ch": ("k", "s"),
    "gh": ("", "k"),
    "ph": ("f", "p"),
    "w": ("f", ""),
    "bh": ("p", "f"),
    "mh": ("m", "f"),
}
_TWICE: Final = re.compile(r"(.)\1+")
SPOKEN_FROM: Final = 3
"""Letters from which a word of a name is listened to."""
_MOST: Final = 4
"""Keys of one word at most."""


@lru_cache(maxsize=4096)
def sounds_of(word: str) -> tuple[str, ...]:
    """Return the keys of a folded word, the likeliest first; none when nothing can be heard of it."""
    pieces = _SEVERAL.split(word)
    choices = [_READINGS.get(piece, (piece,)) if i % 2 else (piece,) for i, piece in enumerate(pieces)]
    readings = ["".join(choice) for choice, _ in zip(product(*choices), range(_MOST), strict=False)]
    return tuple(dict.fromkeys(key for reading in readings if (key := _key(reading))))


def _key(reading: str) -> str:
    for pattern, spoken in _SPOKEN:
        reading = pattern.sub(spoken, reading)
    classes = _TWICE.sub(r"\1", reading.translate(_CLASSES))
    return classes[:1] + classes[1:].replace("a", "")
