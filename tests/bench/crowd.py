"""Many made-up people with the names of Denmark, Germany and England; the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from reception.model.people import Number, NumberKind, Person
from scripts.requirements import TOP

FEW: Final = 10_000
MANY: Final = 100_000
_SHORT: Final = 10
"""A short run has so many times fewer people."""
CACHE: Final = TOP / "out" / "bench"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST: Final = _words(
    "Anne Mette Kirsten Hanne Åse Lone Susanne Camilla Maria Louise Pia Bente Tina Charlotte Dorthe Gitte "
    "Inge Karen Line Maja Nanna Pernille Rikke Sofie Trine Ulla Vibeke Ida Freja Astrid Signe Karla Ellen "
    "Søren Jens Lars Michael Thomas Peter Henrik Jørgen Niels Hans Ole Bjørn Åge Kåre Torben Morten Anders "
    "Rasmus Mads Mikkel Kasper Frederik Christian Martin Jesper Flemming Erik Carsten Poul Viggo Oscar Emil "
    "Jürgen Günter Käthe Jörg Wolfgang Ute Heike Sabine Dieter Bärbel Matthias Stefan Claudia Björn Uwe "
    "Katharina Felix Greta Moritz Johanna Lukas Hannah Leonie Maximilian Annegret Ingeborg Detlef Volker "
    "Oliver George Harry Noah Jack Olivia Amelia Isla Emily Grace William James Charlotte Victoria Edward "
    "Catherine Stephen Siân Niamh Rhys Geoffrey Philippa Rosalind Hugh Beatrice Malcolm Fiona Duncan Ailsa"
)
_LAST: Final = _words(
    "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen "
    "Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Mikkelsen Frederiksen "
    "Laursen Lund Schmidt Eriksen Kristiansen Simonsen Clausen Svendsen Andreasen Iversen Vestergaard Nygård "
    "Nørgaard Kjærgaard Østergaard Søgård Bækgaard Dahl Juhl Krogh Bach Friis Skov Bjerre Kjær Toft Winther "
    "Ravn Bruun Damgaard Overgaard Ærø Ørum Bisgaard Skriver Thygesen Højgaard Gregersen Aagaard Quist "
    "Müller Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein "
    "Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler "
    "Maier Vogel Jäger Groß Weiß Roth Böhm Großmann Straßer Fuchs Lüdemann Dreßler Mayer Schütz Voß "
    "Smith Jones Taylor Brown Davies Evans Thomas Johnson Roberts Walker Wright Robinson Thompson White "
    "Hughes Edwards Green Lewis Wood Harris Clarke Jackson Turner Hill Cooper Ward Morris MacDonald O'Brien "
    "Fitzgerald Featherstonehaugh Cholmondeley Attenborough Pemberton Ashworth Lockwood Penrose Trelawney"
)
_TITLES: Final = _words(
    "Konsulent Montør Bogholder Sælger Projektleder Udvikler Assistent Chauffør Indkøber Lagerchef "
    "Sygeplejerske Overlæge Sekretær Jurist Ingenieur Sachbearbeiterin Teamleiter Buchhalter Engineer "
    "Accountant Analyst Buyer"
)
_DEPARTMENTS: Final = _words(
    "Salg Service Økonomi IT Lager Indkøb HR Rådgivning Jura Kommunikation Drift Byggeri Børn Ældre Miljø "
    "Vertrieb Einkauf Buchhaltung Personal Forschung Sales Finance Legal Research Facilities Marketing"
)
_HOUSES: Final = ("Hovedhuset", "Nordhavn", "Sydhavnen", "Altona", "Mitte", "Riverside", "Old Mill")


def sizes(*, is_short: bool) -> tuple[int, int]:
    """Return how many people are few, and how many are many."""
    return (FEW // _SHORT, MANY // _SHORT) if is_short else (FEW, MANY)


def people(count: int) -> tuple[Person, ...]:
    """Return the first `count` people; kept in a file, since making 100,000 takes seconds."""
    file = CACHE / f"people-{count}.msgpack"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, msgspec.msgpack.encode(tuple(_made(count))))
    return msgspec.msgpack.decode(file.read_bytes(), type=tuple[Person, ...])


def _write(file: Path, data: bytes) -> None:
    part = file.with_suffix(".part")
    part.write_bytes(data)
    part.replace(file)


def _made(count: int) -> Iterator[Person]:
    pick = random.Random(20_26)
    for n in range(count):
        first, last = pick.choice(_FIRST), pick.choice(_LAST)
        middle = pick.choice(_LAST) if pick.random() < 0.45 else ""
        second = f"-{pick.choice(_FIRST)}" if pick.random() < 0.06 else ""
        numbers = [Number(kind=NumberKind.DESK, number=str(100_000 + n))]
        if n % 3:
            numbers.append(Number(kind=NumberKind.MOBILE, number=f"+45{20_000_000 + 7 * n}"))
        yield Person(
            id=f"p{n:06}",
            name=" ".join(part for part in (first + second, middle, last) if part),
            initials=f"{first[0]}{(middle or last)[0]}{last[0]}".upper(),
            title=pick.choice(_TITLES),
            department=pick.choice(_DEPARTMENTS),
            email=f"{first}.{last}{n}@firma.example".lower(),
            numbers=tuple(numbers),
            mailbox=str(100_000 + n),
            fields={
                "Lokale": f"{pick.randrange(1, 9)}.{pick.randrange(1, 60):02}",
                "Hus": pick.choice(_HOUSES),
            },
        )
