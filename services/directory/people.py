"""From rows to people: every cell checked, every fault noted with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from reception.directory.numbers import NumberPlan
from reception.model.people import NumberKind, Person
from services.directory.columns import Columns, read_columns
from services.directory.faults import Faults
from services.directory.managers import with_managers
from services.directory.rows import EMAIL, INITIALS, SEVERAL, RowReader, short
from services.directory.table import Row

_MAILBOX: Final = re.compile(r"[0-9*#]{1,20}")


class _Draft(NamedTuple):
    """A person before the alternates are found."""

    line: int
    person: Person
    alternates: list[str]


def people_of(rows: Sequence[Row], plan: NumberPlan, faults: Faults) -> list[Person]:
    """Return the people of a table whose first row names the columns; notes all faults."""
    if not rows:
        faults.add("there is nothing in it.")
        return []
    columns = read_columns(rows[0].cells, rows[0].line, faults)
    if "name" not in columns.fields and "last_name" not in columns.fields:
        return []
    drafts = [_PersonReader(row, columns, plan, faults).draft() for row in rows[1:]]
    if not drafts:
        faults.add("there are no people in it, only the columns' names.")
    _check_unique(drafts, columns, faults)
    return with_managers(_with_alternates(drafts, columns, faults))


class _PersonReader(RowReader):
    """One row on its way to a person."""

    def draft(self) -> _Draft:
        """Return the person, as far as the row is right."""
        name = self.cell("name") or f"{self.cell('first_name')} {self.cell('last_name')}".strip()
        if not name:
            self.fault("name", "is empty.")
        initials = self.checked("initials", INITIALS, "must be one word of at most 10 letters")
        email = self.checked("email", EMAIL, "is not an e-mail address")
        numbers = tuple(number for kind in NumberKind for number in self.numbers_of(kind))
        first_number = numbers[0].number if numbers else ""
        person = Person(
            id=self.cell("id") or initials.casefold() or email.casefold() or first_number or name.casefold(),
            name=name,
            initials=initials,
            title=self.cell("title"),
            department=self.cell("department"),
            email=email,
            numbers=numbers,
            mailbox=self._mailbox(),
            fields=self.free_fields(),
            is_unlisted=self.is_yes("unlisted"),
        )
        return _Draft(self.line, person, [a for a in SEVERAL.split(self.cell("alternates")) if a])

    def _mailbox(self) -> str:
        written = self.cell("mailbox")
        mailbox = re.sub(r"[\s-]", "", written)
        if mailbox and not _MAILBOX.fullmatch(mailbox):
            self.fault("mailbox", f'"{short(written)}" is not the number of a mailbox.')
        return mailbox


def _check_unique(drafts: Sequence[_Draft], columns: Columns, faults: Faults) -> None:
    """Note each id, initials or own number that two people have; only OTHER numbers may be shared."""
    lines: dict[tuple[str, str], int] = {}
    for draft in drafts:
        for what, value, field in _marks(draft.person):
            earlier = lines.setdefault((what, value), draft.line)
            if earlier == draft.line:
                continue
            if field in columns.fields:
                text = f'"{value}" is also in line {earlier}.'
                faults.add(text, line=draft.line, column=columns.heading(field))
            else:
                text = f'nothing tells this person from the one in line {earlier}: both are "{value}".'
                faults.add(text, line=draft.line)


def _marks(person: Person) -> Iterable[tuple[str, str, str]]:
    """Return what only this person may have: what it is, its value, the field it stands in."""
    initials = person.initials.casefold()
    if initials:
        yield "initials", initials, "initials"
    own = {n.number: n.kind.value for n in reversed(person.numbers) if n.kind is not NumberKind.OTHER}
    yield from (("number", number, kind) for number, kind in own.items())
    # One and the same mistake is told once: an id may be made of the initials or a number.
    if person.id != initials and person.id not in own:
        yield "id", person.id, "id"


def _with_alternates(drafts: Sequence[_Draft], columns: Columns, faults: Faults) -> list[Person]:
    """Return the people with the alternates' ids in place of what the file calls them by."""
    known: dict[str, set[str]] = {}
    for draft in drafts:
        for mark in (draft.person.id, draft.person.initials, draft.person.email):
            if mark:
                known.setdefault(mark.casefold(), set()).add(draft.person.id)
    people: list[Person] = []
    for draft in drafts:
        found: dict[str, None] = {}
        for alternate in draft.alternates:
            ids = known.get(alternate.casefold(), set())
            if problem := _problem(ids, draft.person.id):
                faults.add(
                    f'"{short(alternate)}" {problem}', line=draft.line, column=columns.heading("alternates")
                )
            found.update(dict.fromkeys(ids))
        people.append(msgspec.structs.replace(draft.person, alternates=tuple(found)))
    return people


def _problem(ids: set[str], own: str) -> str:
    if not ids:
        return "is nobody's id, initials or e-mail address in this file."
    if len(ids) > 1:
        return "may be several people; use their ids."
    return "is the person themselves." if ids == {own} else ""
