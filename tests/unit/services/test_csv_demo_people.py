"""The demonstration's office: shipped as it is generated, and as large and mixed as a real one."""

from __future__ import annotations

import pytest

from reception.console.catalogue import Catalogue
from reception.directory.numbers import NumberPlan
from reception.model.people import NumberKind, Person
from resources.demo.generate import FILE, HOW_MANY, people
from services.directory import create
from services.directory.writing import to_csv


@pytest.fixture(scope="module")
def office() -> list[Person]:
    return list(create(str(FILE)))


def test_the_file_is_what_the_generator_makes() -> None:
    assert FILE.read_bytes() == to_csv(people()).encode()


def test_it_has_2300_people_with_unique_ids_initials_and_own_numbers(office: list[Person]) -> None:
    assert len(office) == HOW_MANY == 2300
    assert len({p.id for p in office}) == len({p.initials for p in office}) == 2300
    own = [n.number for p in office for n in p.numbers]
    assert len(set(own)) == len(own)
    inside = [n for n in own if not n.startswith("+")]
    assert all(len(n) == 4 for n in inside)
    assert not [n for n in inside if n.startswith("7")], "70xx are the groups' numbers"
    assert all(p.main_number for p in office)


def test_about_seven_in_ten_have_a_mobile(office: list[Person]) -> None:
    mobiles = sum(p.number_of(NumberKind.MOBILE) is not None for p in office)
    assert 0.66 < mobiles / len(office) < 0.74


def test_those_of_the_pictures_come_first_and_are_found_together(office: list[Person]) -> None:
    assert (office[0].name, office[0].initials, office[0].title) == ("Alice Holm", "ALH", "Indkøbschef")
    catalogue = Catalogue.open(None, plan=NumberPlan(), language="da")
    catalogue.put(office)
    names = {p.id: p.name for p in office}
    assert [names[id_] for id_ in catalogue.search("hol", 200).ids] == [
        "Alice Holm",
        "Holger Brandt",
        "Jonas Holmgaard",
        "Mette Holst",
        "Pernille Holde",
    ]
    assert names[catalogue.search("alic", 200).ids[0]] == "Alice Holm"


@pytest.mark.parametrize(
    "part",
    ["Jørgensen", "Müller", "Åse", "Nygård", "Størmer", "Öztürk", "Wiśniewski", "O'Brien", "Anne-Marie"],
)
def test_names_of_many_spellings_are_there(office: list[Person], part: str) -> None:
    assert any(part in person.name for person in office)
