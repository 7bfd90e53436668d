"""Numbers in an imported file are read as they are dialled in the house. Needs the project installed."""

from __future__ import annotations

from pathlib import Path

from reception.directory.numbers import NumberPlan
from reception.hub.opening import read_people


def test_a_national_number_gets_the_country_of_the_house(tmp_path: Path):
    file = tmp_path / "people.csv"
    file.write_text("name;desk;mobile\nUte Maier;201;0171 2345678\n", encoding="utf-8")
    (person,) = read_people(str(file), NumberPlan(country="49"))
    assert [n.number for n in person.numbers] == ["201", "+491712345678"]
