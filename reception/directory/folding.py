"""Words as the search compares them: lower case, without accents, each national letter in two spellings.

Jørgensen is found by *jorgensen*, *joergensen* and *jørg*; Müller by *muller* and *mueller*; Åse by *ase* and
*aase*. A word that is stored gets every mixture of the two spellings (*Søgård*: sogard, soegaard, sogaard,
soegard), as people mix them; a word that is typed gets the long and the short one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

_TWO_SPELLINGS: Final = {
    "æ": ("ae", "a"),
    "ø": ("oe", "o"),
    "å": ("aa", "a"),
    "ä": ("ae", "a"),
    "ö": ("oe", "o"),
    "ü": ("ue", "u"),
}
_OTHER_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "œ": "oe",
        "'": "",
        "’": "",
        "‘": "",
        "`": "",
    }
)
_SPECIAL: Final = re.compile("[æøåäöü]")
_SPECIAL_OR_AA: Final = re.compile("[æøåäöü]|aa")
_WORD: Final = re.compile(r"[^\W_]+")
_SORTED_AS: Final = {
    # Danish: æ, ø and å behind z, aa as å, foreign letters beside the Danish ones (DS 377; CLDR root "da").
    # The three signs are the ones behind z in ASCII.
    "da": {
        "æ": "{",
        "ä": "{",
        "ø": "|",
        "ö": "|",
        "å": "}",
        "aa": "}",
        "ü": "y",
    },
    # German telephone lists apart, ä is an a (DIN 5007-1); English readers look there as well.
    "": {"æ": "ae", "ä": "a", "ø": "o", "ö": "o", "å": "a", "aa": "aa", "ü": "u"},
}
"""How each national letter is sorted, by language; "" for all that are not named."""
_MOST_MIXED: Final = 4
"""National letters in one word of which mixtures are made; a longer word gets the two pure spellings."""


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, national letters kept, other accents and apostrophes gone."""
    if text.isascii():
        return _WORD.findall(text.lower().replace("'", "").replace("`", ""))
    # First composed, so that an a with a ring typed as two characters is the one letter å.
    lower = unicodedata.normalize("NFKC", text).lower().translate(_OTHER_LETTERS)
    return _WORD.findall("".join(c if c in _TWO_SPELLINGS else _base(c) for c in lower))


def _base(character: str) -> str:
    if character.isascii():
        return character
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def typed_forms(word: str) -> tuple[str, ...]:
    """Return the spellings that are looked up for a typed word (of `words`)."""
    long = _SPECIAL.sub(lambda letter: _TWO_SPELLINGS[letter.group()][0], word)
    short = _SPECIAL.sub(lambda letter: _TWO_SPELLINGS[letter.group()][1], word)
    return (long,) if long == short else (long, short)


@lru_cache(maxsize=20_000)
def stored_forms(word: str) -> tuple[str, ...]:
    """Return the spellings under which a word (of `words`) is found. A written *aa* may mean å."""
    if word.isascii() and "aa" not in word:
        return (word,)
    parts = _SPECIAL_OR_AA.split(word)
    letters = [_TWO_SPELLINGS.get(letter, ("aa", "a")) for letter in _SPECIAL_OR_AA.findall(word)]
    mix = product if len(letters) <= _MOST_MIXED else zip
    choices: Iterable[tuple[str, ...]] = mix(*letters)
    spelled = (
        parts[0] + "".join(letter + part for letter, part in zip(choice, parts[1:], strict=True))
        for choice in choices
    )
    return tuple(dict.fromkeys(spelled))


def sort_key(name: str, language: str = "") -> str:
    """Return what a name is sorted by, for readers of a language (``da``, ``de``, ``en``)."""
    letters = _SORTED_AS.get(language, _SORTED_AS[""])
    return " ".join(_SPECIAL_OR_AA.sub(lambda found: letters[found.group()], word) for word in words(name))
