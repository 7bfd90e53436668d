"""People from a CSV file.

The first line names the columns; which are known, in English, Danish and German, stands in `columns`. Any
other column is a free field of the organisation. Either the whole file is right, or nothing of it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reception.directory.numbers import NumberPlan
from reception.model.people import Person
from services.directory.faults import Faults
from services.directory.people import people_of
from services.directory.table import read_table


def create(path: str, plan: NumberPlan | None = None) -> Sequence[Person]:
    """Read all people of a file; `plan` says how numbers are dialled in the house.

    Raises:
        BadInput: names line and column of the first faults; nothing is to be used then.
    """
    faults = Faults(Path(path).name)
    rows = read_table(path, faults)
    faults.raise_if_any()
    people = people_of(rows, plan or NumberPlan(), faults)
    faults.raise_if_any()
    return people
