"""Numbers in an imported file are read as they are dialled in the house. Needs the project installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reception.directory.numbers import NumberPlan
from reception.errors import BadInput
from reception.hub.opening import read_people


def test_a_national_number_gets_the_country_of_the_house(tmp_path: Path):
    file = tmp_path / "people.csv"
    file.write_text("name;desk;mobile\nUte Maier;201;0171 2345678\n", encoding="utf-8")
    (person,) = read_people(str(file), NumberPlan(country="49"))
    assert [n.number for n in person.numbers] == ["201", "+491712345678"]


@pytest.mark.parametrize("name", ["people.csv", "people.txt", "people.rtx", "PEOPLE.TXT"])
def test_a_table_has_one_of_the_names_for_it(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("name;desk\nUte Maier;201\n", encoding="utf-8")
    assert [p.name for p in read_people(str(file))] == ["Ute Maier"]


@pytest.mark.parametrize("name", ["people.ldif", "people.ldf"])
def test_an_export_of_active_directory_has_one_of_the_names_for_it(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("dn: CN=Ute Maier\nobjectClass: user\ncn: Ute Maier\n", encoding="utf-8")
    assert [p.name for p in read_people(str(file))] == ["Ute Maier"]


@pytest.mark.parametrize("name", ["people.xlsx", "people.rtf", "people", "people.csv.bak"])
def test_other_names_are_refused_with_the_rule(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("name;desk\nUte Maier;201\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"ends in .csv, .txt or .rtx"):
        read_people(str(file))
