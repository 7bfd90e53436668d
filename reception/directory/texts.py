"""What a person is found by, as the search compares it: three texts of folded words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from reception.directory.folding import stored_forms, words
from reception.directory.numbers import NumberPlan, beginnings
from reception.model.people import ContactKind, Person

NUMBER: Final = "#"
"""Stands before a number among words."""
_KIND_WORDS: Final = {
    ContactKind.FAVOURITE: ("favourite", "favorit", "foretrukken"),
    ContactKind.VIP: ("vip",),
}
"""Typed, they list the favourite contacts (requirement 002-080) or the VIPs."""
_NO_DIGIT: Final = re.compile(r"[^\w+*#]|_")


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """Words in every spelling under which they are found, each once.

    `name` has the initials too; `names` are the words of the name alone, which may be misheard.
    """

    names: tuple[str, ...]
    name: tuple[str, ...]
    other: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def everything(self) -> tuple[str, ...]:
        """All by which the person is found; numbers with a mark, as a word may be digits too."""
        numbers = (NUMBER + number for number in self.numbers)
        return tuple(dict.fromkeys((*self.name, *self.other, *numbers)))


def texts_of(person: Person, plan: NumberPlan) -> Texts:
    """Return what a person is found by. Notes are not among it (requirements 002-203, 002-232)."""
    email = person.email.partition("@")[0]
    other = (person.title, person.department, person.company, email, *person.fields.values(), *_kind(person))
    names = _spellings((*words(person.name), *_joined(person.name)))
    return Texts(
        names=names,
        name=tuple(dict.fromkeys((*names, *_spellings(words(person.initials))))),
        other=_spellings(word for text in other for word in words(text)),
        numbers=tuple(dict.fromkeys(_numbers(person, plan))),
    )


def _kind(person: Person) -> tuple[str, ...]:
    """Return the words that find all contacts of a kind, in the languages of the window."""
    return _KIND_WORDS.get(person.contact, ()) if person.contact is not None else ()


def _joined(name: str) -> Iterable[str]:
    """Yield double names as one word, as many type them: *annemarie*."""
    for double in name.split():
        parts = words(double)
        if len(parts) > 1:
            yield "".join(parts)


def _spellings(source: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for word in source for form in stored_forms(word)))


def _numbers(person: Person, plan: NumberPlan) -> Iterable[str]:
    """Yield all that may be typed for the person's numbers; one that begins with a letter cannot be."""
    for number in person.numbers:
        for begin in beginnings(plan.normalise(number.number) or number.number):
            bare = _NO_DIGIT.sub("", begin)
            if bare and not bare[0].isalpha():
                yield bare
