"""Makes the demonstration's 2,300 people; the same every time: ``python -m resources.demo.generate``."""

from __future__ import annotations

from collections import defaultdict
from itertools import count, islice, permutations, product
from pathlib import Path
from random import Random
from string import ascii_uppercase
from typing import Final

import msgspec

from reception.directory.folding import typed_forms, words
from reception.model.people import Number, NumberKind, Person
from resources.demo.names import DEPARTMENTS, ORIGINS, PLACES, SKILLS
from services.directory.writing import to_csv

FILE: Final = Path(__file__).with_name("people.csv")
HOW_MANY: Final = 2300
SEED: Final = 20261121
DOMAIN: Final = "firma.example"

_WELL_KNOWN: Final = (
    (
        "Alice Holm",
        "ALH",
        "Indkøbschef",
        "Indkøb",
        "+4540112233",
        "Aarhus",
        "italiensk, Ferrari",
        ("CAD", "BKR"),
    ),
    ("Holger Brandt", "HOB", "Salgschef", "Salg", "+4540112234", "København", "tysk", ("BKR",)),
    ("Mette Holst", "MEH", "Konsulent", "Rådgivning", "", "Odense", "", ()),
    ("Jonas Holmgaard", "JOH", "Montør", "Service", "+4540112236", "Aarhus, Værkstedet", "hydraulik", ()),
    ("Pernille Holde", "PEH", "HR-partner", "HR", "", "Aarhus", "arbejdsmiljø", ()),
    ("Carol Dam", "CAD", "Indkøber", "Indkøb", "+4540112238", "Aarhus", "engelsk", ("ALH",)),
    (
        "Bob Krogh",
        "BKR",
        "Key account manager",
        "Salg",
        "+4540112239",
        "København",
        "engelsk, tysk",
        ("HOB",),
    ),
)
"""Those who are in the pictures of the documentation."""

_NOTES: Final = {
    "alh": "Leverandører stilles til Carol Dam.",
    "hob": "Tager ikke opkald under salgsmødet mandag kl. 9–10.",
    "meh": "Ring først, stil ikke direkte om.",
    "joh": "På vej i bil det meste af dagen; send hellere en besked.",
    "peh": "Ansøgere henvises til jobportalen.",
    "bkr": "Nordsø Entreprise stilles altid igennem.",
}
"""What only receptionists are to see, by person; in the column "Kun reception"."""


class _Maker:
    """Draws people one after the other; knows what is taken."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._initials = {row[1] for row in _WELL_KNOWN}
        self._emails: set[str] = set()
        self._mobiles: set[str] = {row[4] for row in _WELL_KNOWN}
        self._extensions = count(2001)
        self._softphones = count(8001)

    def well_known(self) -> list[Person]:
        """Return those who come first."""
        return [
            Person(
                id=initials.lower(),
                name=name,
                initials=initials,
                title=title,
                department=department,
                email=self._email(name),
                numbers=(
                    Number(kind=NumberKind.DESK, number=(desk := str(next(self._extensions)))),
                    *((Number(kind=NumberKind.MOBILE, number=mobile),) if mobile else ()),
                ),
                mailbox=desk,
                fields={"Sted": place} | ({"Kompetencer": skills} if skills else {}),
                alternates=tuple(a.lower() for a in alternates),
            )
            for name, initials, title, department, mobile, place, skills, alternates in _WELL_KNOWN
        ]

    def somebody(self) -> Person:
        """Return the next person."""
        rng = self._rng
        origin = rng.choices(ORIGINS, [o.share for o in ORIGINS])[0]
        name = f"{rng.choice(origin.first)} {rng.choice(origin.last)}".replace("_", " ")
        if rng.random() < 0.12:
            name = name.replace(" ", f" {rng.choice(ORIGINS[0].last)} ", 1)
        _, department, titles = rng.choices(DEPARTMENTS, [d[0] for d in DEPARTMENTS])[0]
        initials = self._unused_initials(name)
        numbers = self._numbers(origin.mobile)
        inside = next((n.number for n in numbers if n.kind is not NumberKind.MOBILE), "")
        skills = rng.sample(SKILLS, rng.choice((0, 0, 1, 1, 2, 3)))
        return Person(
            id=initials.lower(),
            name=name,
            initials=initials,
            title=rng.choice(titles),
            department=department,
            email=self._email(name),
            numbers=numbers,
            mailbox=inside if rng.random() < 0.95 else "",
            fields={"Sted": rng.choice(PLACES)} | ({"Kompetencer": ", ".join(skills)} if skills else {}),
        )

    def _numbers(self, country: str) -> tuple[Number, ...]:
        rng = self._rng
        numbers = []
        if rng.random() < 0.9:
            numbers.append(Number(kind=NumberKind.DESK, number=str(next(self._extensions))))
        if rng.random() < 0.7:
            numbers.append(Number(kind=NumberKind.MOBILE, number=self._unused_mobile(country)))
        if not numbers or rng.random() < 0.12:
            numbers.append(Number(kind=NumberKind.SOFTPHONE, number=str(next(self._softphones))))
        return tuple(numbers)

    def _unused_mobile(self, country: str) -> str:
        start = {
            "+45": (20_000_000, 61_999_999),
            "+49": (1_510_000_000, 1_799_999_999),
            "+298": (210_000, 299_999),
        }
        while True:
            mobile = f"{country}{self._rng.randint(*start[country])}"
            if mobile not in self._mobiles:
                self._mobiles.add(mobile)
                return mobile

    def _unused_initials(self, name: str) -> str:
        """Return two letters of the first name and one of the last, or the next best that is free."""
        first, *_, last = [_ascii(word) for word in name.split()]
        whole = (first + last).upper()
        best = (f"{first[0]}{a}{last[0]}" for a in first[1:])
        next_best = ("".join(letters) for letters in islice(permutations(whole, 3), 400))
        any_three = (first[0] + a + b for a, b in product(ascii_uppercase, repeat=2))
        for candidate in (*best, *next_best, *any_three):
            initials = candidate.upper()
            if initials not in self._initials:
                self._initials.add(initials)
                return initials
        raise ValueError(f"no initials left for {name}")

    def _email(self, name: str) -> str:
        local = ".".join(_ascii(word) for word in name.split())
        for suffix in ("", *map(str, range(2, 100))):
            if (email := f"{local}{suffix}@{DOMAIN}") not in self._emails:
                self._emails.add(email)
                return email
        raise ValueError(f"no e-mail address left for {name}")


def _ascii(text: str) -> str:
    """Return a name in plain letters, national ones in their long spelling."""
    return "".join(typed_forms(word)[0] for word in words(text))


def people() -> list[Person]:
    """Return all people of the demonstration."""
    rng = Random(SEED)
    maker = _Maker(rng)
    everybody = maker.well_known()
    everybody += [maker.somebody() for _ in range(HOW_MANY - len(everybody))]
    colleagues: dict[str, list[str]] = defaultdict(list)
    for person in everybody:
        colleagues[person.department].append(person.id)
    return [
        _with_note(
            person if person.alternates else _with_alternates(person, colleagues[person.department], rng)
        )
        for person in everybody
    ]


def _with_note(person: Person) -> Person:
    note = _NOTES.get(person.id)
    return msgspec.structs.replace(person, fields=person.fields | {"Kun reception": note}) if note else person


def _with_alternates(person: Person, colleagues: list[str], rng: Random) -> Person:
    chosen = rng.sample(colleagues, min(rng.choice((0, 1, 1, 2)), len(colleagues)))
    return msgspec.structs.replace(person, alternates=tuple(a for a in chosen if a != person.id))


if __name__ == "__main__":
    FILE.write_bytes(to_csv(people()).encode())
