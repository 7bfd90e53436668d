"""People and contacts from a CSV file and into one, and people from what Active Directory exports as LDIF.

The first line of a CSV file names the columns; which are known, in English, Danish and German, stands in
`columns`. Any other column is a free field of the organisation. Either the whole file is right, or nothing of
it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reception.directory.numbers import NumberPlan
from reception.model.people import Person
from services.directory.active_directory import table_of
from services.directory.contacts import create_contacts
from services.directory.faults import Faults
from services.directory.ldif import read_records
from services.directory.people import people_of
from services.directory.table import read_table
from services.directory.writing import contacts_to_csv, to_csv

__all__ = ["contacts_to_csv", "create", "create_contacts", "create_ldif", "to_csv"]


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


def create_ldif(path: str, plan: NumberPlan | None = None) -> Sequence[Person]:
    """Read all people of an LDIF file (requirement 002-186); `plan` says how numbers are dialled.

    Raises:
        BadInput: names line and attribute of the first faults; nothing is to be used then.
    """
    plan = plan or NumberPlan()
    faults = Faults(Path(path).name)
    records = read_records(path, faults)
    faults.raise_if_any()
    rows = table_of(records, plan, faults)
    faults.raise_if_any()
    people = people_of(rows, plan, faults)
    faults.raise_if_any()
    return people
