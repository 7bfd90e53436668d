"""Whether 2,000 people are found the way receptionists say, hear and type their names.

The names are the common ones of Denmark, Germany and the British Isles (`names/common.csv`); how they are
misspelt is a table of its own that knows nothing of the search (`names/confused.csv`). Slips of the keys are
made with a fixed seed. Wanted is that the person meant stands on the first screen.
"""

from __future__ import annotations

import csv
import random
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from reception.console.catalogue import Catalogue
from reception.directory.numbers import NumberPlan
from reception.model.people import Person

FOLDER: Final = Path(__file__).with_name("names")
PEOPLE: Final = 2000
SHOWN: Final = 13
"""Rows of the list in the smallest window."""
LIMIT: Final = 200

KEYS: Final = """
aqwsz bvghn cxdfv desfxcr ersdw fdgrcvt gfthbv hgyjbn iuojk jhuknm kjilm lkop mnjk nbhjm oiplk polå ßü qwa
rtedf sawedxz trfgy uyihj vcbfg wqeas xzsdc ytghu zasx åpæ æøl øæl äöp öäl üp
"""
NEIGHBOURS: Final = {keys[0]: keys[1:] for keys in KEYS.split()}
"""Keys beside each other on the keyboards of these countries."""


class Query(NamedTuple):
    """What is typed, and who is meant."""

    typed: str
    person: str


def rows_of(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def confused() -> dict[str, list[str]]:
    table = defaultdict(list)
    for row in rows_of("confused.csv"):
        table[row["name"]].append(row["typed"])
    return table


def crowd() -> list[Person]:
    """Return the same 2,000 people each time, no two of one name."""
    rng = random.Random(2026)
    names = rows_of("common.csv")
    made: dict[str, Person] = {}
    taken: set[str] = set()
    while len(made) < PEOPLE:
        language = ("da", "de", "en")[len(made) % 3]
        first, last = (
            rng.choice([r["name"] for r in names if r["language"] == language and r["part"] == part])
            for part in ("first", "last")
        )
        name = f"{first} {last}"
        if name not in made:
            made[name] = Person(id=name, name=name, initials=initials(name, taken))
    return list(made.values())


def initials(name: str, taken: set[str]) -> str:
    """Return three letters or more of a name that nobody else has."""
    letters = [c for c in name.upper() if c.isalpha()]
    size, last = 3, name.upper().rsplit(" ", maxsplit=1)[-1]
    short = (letters[0] + last)[:size]
    while short in taken:
        size += 1
        short = (letters[0] + letters[1] + last + name.upper()[::-1].replace(" ", ""))[:size]
    taken.add(short)
    return short


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return crowd()


@pytest.fixture(scope="module")
def catalogue(people: list[Person]) -> Iterator[Catalogue]:
    catalogue = Catalogue.open(None, plan=NumberPlan(), language="da")
    catalogue.put(people)
    yield catalogue
    catalogue.close()


# ---------------------------------------------------------------------- what is typed


def exact(people: list[Person]) -> Iterator[Query]:
    surnames = Counter(last_of(person) for person in people)
    for person in people:
        first, last = first_of(person), last_of(person)
        yield Query(person.name, person.id)
        yield Query(f"{last} {first}", person.id)
        yield Query(f"{last.lower()} {first[:3].lower()}", person.id)
        yield Query(person.initials.lower(), person.id)
        if surnames[last] <= SHOWN:
            yield Query(last.upper(), person.id)


LONG: Final = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
SHORT: Final = {"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ß": "ss"}
FOREIGN: Final = {"ø": "ö", "æ": "ä", "ö": "ø", "ä": "æ"}


def folded(people: list[Person]) -> Iterator[Query]:
    for person in people:
        name = person.name.lower()
        spelled = {replaced(name, letters) for letters in (LONG, SHORT, FOREIGN)}
        spelled.add("".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)))
        spelled.add(name.replace("-", " "))
        spelled.add(name.replace("'", ""))
        spelled.add(name.replace("'", "’"))
        yield from (Query(typed, person.id) for typed in sorted(spelled - {name}))


def misheard(people: list[Person]) -> Iterator[Query]:
    """Alone where the screen has room for all who may be meant."""
    table = confused()
    meant: Counter[str] = Counter()
    for person in people:
        last = last_of(person)
        meant.update({last, *table.get(last, ())})
    for person in people:
        first, last = first_of(person), last_of(person)
        for typed in table.get(last, ()):
            yield Query(f"{first} {typed}".lower(), person.id)
            yield Query(f"{typed} {first[:3]}", person.id)
            if meant[typed] <= SHOWN:
                yield Query(typed, person.id)
        for typed in table.get(first, ()):
            yield Query(f"{typed} {last}".lower(), person.id)


def mistyped(people: list[Person]) -> Iterator[Query]:
    rng = random.Random(4)
    surnames = Counter(last_of(person) for person in people)
    slips: tuple[Callable[[str, int, random.Random], str], ...] = (neighbour, dropped, doubled, swapped)
    for person in people:
        first, last = first_of(person).lower(), last_of(person).lower()
        slip = rng.choice(slips)
        if len(last) > 3:
            wrong = slip(last, rng.randrange(len(last)), rng)
            yield Query(f"{first} {wrong}", person.id)
            if surnames[last_of(person)] <= SHOWN:
                yield Query(wrong, person.id)
        if len(first) > 3:
            yield Query(f"{slip(first, rng.randrange(len(first)), rng)} {last}", person.id)


def first_of(person: Person) -> str:
    return person.name.split(" ", maxsplit=1)[0]


def last_of(person: Person) -> str:
    return person.name.split(" ", maxsplit=1)[1]


def replaced(text: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(c, c) for c in text)


def neighbour(word: str, at: int, rng: random.Random) -> str:
    return word[:at] + rng.choice(NEIGHBOURS.get(word[at], "e")) + word[at + 1 :]


def dropped(word: str, at: int, rng: random.Random) -> str:
    return word[:at] + word[at + 1 :]


def doubled(word: str, at: int, rng: random.Random) -> str:
    return word[:at] + word[at] + word[at:]


def swapped(word: str, at: int, rng: random.Random) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


# ---------------------------------------------------------------------- whether they are found


@pytest.mark.parametrize(
    ("queries", "least"), [(exact, 0.99), (folded, 0.99), (misheard, 0.95), (mistyped, 0.95)]
)
def test_the_person_meant_is_on_the_first_screen(
    queries: Callable[[list[Person]], Iterator[Query]],
    least: float,
    people: list[Person],
    catalogue: Catalogue,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = list(dict.fromkeys(queries(people)))
    missed = [q for q in asked if q.person not in catalogue.search(q.typed, LIMIT).ids[:SHOWN]]
    share = 1 - len(missed) / len(asked)
    with capsys.disabled():
        sys.stdout.write(f"\n{queries.__name__}: {share:.2%} of {len(asked)} on the first screen\n")
    samples = [f"{q.typed} -> {q.person}" for q in missed[:: max(1, len(missed) // 40)]]
    assert share >= least, samples
    assert len(asked) > 800
