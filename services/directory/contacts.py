"""From rows to contacts outside the house (requirements 002-084 to 002-087).

A contact is a person, a company, or a person of a company. Unlike colleagues they may share a number: all
of a company have its main number.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reception.directory.numbers import NumberPlan
from reception.directory.port import Column, ContactFile, PlacedContact
from reception.model.people import ContactKind, Number, NumberKind, Person
from services.directory.columns import CONTACTS, Columns, read_columns
from services.directory.faults import Faults
from services.directory.rows import EMAIL, INITIALS, SEVERAL, RowReader, short
from services.directory.table import Row, read_table

PREFIX: Final = "contact:"
"""Begins the id of each contact, so that it is never a colleague's."""
EXTENSIONS: Final = (".txt", ".rtx")
"""What the name of a file of contacts ends in (requirement 002-086, reading 47)."""
_TEXTS: Final = ("street", "postcode", "city", "country", "speed_dial")
"""Fields that are shown under their heading and searched, as those are that only the organisation knows."""
_KINDS: Final = {
    **dict.fromkeys(("", "contact", "kontakt", "almindelig", "ordinary"), ContactKind.CONTACT),
    **dict.fromkeys(("favourite", "favorite", "foretrukken", "favorit", "bevorzugt"), ContactKind.FAVOURITE),
    **dict.fromkeys(("vip", "vip-kontakt", "vip-contact"), ContactKind.VIP),
    **dict.fromkeys(("blocked", "blokeret", "gesperrt", "blockiert"), ContactKind.BLOCKED),
}


def create_contacts(path: str, plan: NumberPlan | None = None) -> ContactFile:
    """Read all contacts of a file; `plan` says how numbers are dialled in the house.

    Raises:
        BadInput: names line and column of the first faults; nothing is to be used then.
    """
    faults = Faults(Path(path).name)
    if Path(path).suffix.lower() not in EXTENSIONS:
        faults.add(
            "the name of a file of contacts ends in .txt or .rtx; what stands in it is CSV. Rename it, "
            "or save it as text."
        )
    faults.raise_if_any()
    rows = read_table(path, faults, CONTACTS)
    faults.raise_if_any()
    read = _read(rows, plan or NumberPlan(), faults)
    faults.raise_if_any()
    return read


def _read(rows: Sequence[Row], plan: NumberPlan, faults: Faults) -> ContactFile:
    if not rows:
        faults.add("there is nothing in it.")
        return ContactFile()
    columns = read_columns(rows[0].cells, rows[0].line, faults, CONTACTS)
    placed = [
        PlacedContact(row.line, _ContactReader(row, columns, plan, faults).contact()) for row in rows[1:]
    ]
    if not placed:
        faults.add("there are no contacts in it, only the columns' names.")
    _check_unique(placed, columns, faults)
    return ContactFile(columns=_overview(columns), contacts=tuple(placed))


def _overview(columns: Columns) -> tuple[Column, ...]:
    field_at = {position: field for field, position in columns.fields.items()}
    return tuple(
        Column(position=position, heading=heading, field=field_at.get(position - 1, "").replace("_", " "))
        for position, heading in enumerate(columns.headings, start=1)
    )


class _ContactReader(RowReader):
    """One row on its way to a contact."""

    def contact(self) -> Person:
        """Return the contact, as far as the row is right."""
        company = self.cell("company")
        name = self.cell("name") or f"{self.cell('first_name')} {self.cell('last_name')}".strip() or company
        if not name:
            self.fault("name", "is empty, and so is the company.")
        numbers = self._numbers()
        number = numbers[0].number if numbers else ""
        own = self.cell("id") or "/".join((company, name, number)).casefold()
        kind = self._kind()
        areas = tuple(dict.fromkeys(group for group in SEVERAL.split(self.cell("groups")) if group))
        if kind is ContactKind.BLOCKED and areas:
            self.fault("groups", "must be empty for a blocked contact: nobody of the house is called by it.")
        return Person(
            id=PREFIX + own,
            name=name,
            initials=self.checked("short_name", INITIALS, "must be one word of at most 10 letters"),
            title=self.cell("title"),
            department=self.cell("department"),
            email=self.checked("email", EMAIL, "is not an e-mail address"),
            numbers=numbers,
            fields={self.columns.heading(f): text for f in _TEXTS if (text := self.cell(f))}
            | self.free_fields(),
            contact=kind,
            company=company,
            areas=areas,
        )

    def _kind(self) -> ContactKind:
        written = self.cell("type")
        kind = _KINDS.get(written.casefold())
        if kind is None:
            self.fault("type", f'"{short(written)}" is none of: favourite, contact, VIP, blocked.')
        return kind or ContactKind.CONTACT

    def _numbers(self) -> tuple[Number, ...]:
        """Return the numbers, the preferred one first (requirement 002-085)."""
        numbers = list({n.number: n for kind in NumberKind for n in self.numbers_of(kind)}.values())
        for number in numbers:
            if not number.number.startswith("+"):
                text = f'"{number.number}" must be a number with its country, such as +45 88 77 65 01.'
                self.fault(number.kind.value, text)
        written = self.cell("preferred")
        if written:
            wanted = self.plan.normalise(written) or CONTACTS.field_of(written)
            first = next((n for n in numbers if wanted in (n.number, n.kind.value)), None)
            if first is None:
                self.fault("preferred", f'"{short(written)}" is none of the numbers of this contact.')
            else:
                numbers = [first, *(n for n in numbers if n is not first)]
        return tuple(numbers)


def _check_unique(placed: Sequence[PlacedContact], columns: Columns, faults: Faults) -> None:
    lines: dict[str, int] = {}
    for line, contact in placed:
        earlier = lines.setdefault(contact.id, line)
        if earlier == line:
            continue
        if "id" in columns.fields:
            text = f'"{contact.id.removeprefix(PREFIX)}" is also in line {earlier}.'
            faults.add(text, line=line, column=columns.heading("id"))
        else:
            faults.add(f"nothing tells this contact from the one in line {earlier}.", line=line)
