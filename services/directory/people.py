"""From rows to people: every cell checked, every fault noted with its line and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from reception.directory.numbers import NumberPlan
from reception.model.people import Number, NumberKind, Person
from services.directory.columns import Columns, read_columns
from services.directory.faults import Faults
from services.directory.table import Row

LONGEST_TEXT: Final = 500
SEVERAL: Final = re.compile(r"\s*[;|\n]\s*")
"""What separates several numbers or alternates in one cell."""
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_INITIALS: Final = re.compile(r"\S{1,10}")
_MAILBOX: Final = re.compile(r"[0-9*#]{1,20}")
_YES_OR_NO: Final = {
    **dict.fromkeys(("yes", "ja", "y", "j", "x", "1", "true"), True),
    **dict.fromkeys(("", "no", "nej", "nein", "n", "0", "false"), False),
}


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
    drafts = [_RowReader(row, columns, plan, faults).draft() for row in rows[1:]]
    if not drafts:
        faults.add("there are no people in it, only the columns' names.")
    _check_unique(drafts, columns, faults)
    return _with_alternates(drafts, columns, faults)


class _RowReader:
    """One row on its way to a person."""

    def __init__(self, row: Row, columns: Columns, plan: NumberPlan, faults: Faults) -> None:
        self._line = row.line
        self._columns = columns
        self._plan = plan
        self._faults = faults
        self._cells = [unicodedata.normalize("NFC", cell.strip()) for cell in row.cells]
        if any(self._cells[len(columns.headings) :]):
            faults.add(
                f"has {len(row.cells)} cells, but there are {len(columns.headings)} columns; "
                "a cell with the delimiter in it must stand in quotation marks.",
                line=row.line,
            )

    def draft(self) -> _Draft:
        """Return the person, as far as the row is right."""
        name = self._cell("name") or f"{self._cell('first_name')} {self._cell('last_name')}".strip()
        if not name:
            self._fault("name", "is empty.")
        initials = self._checked("initials", _INITIALS, "must be one word of at most 10 letters")
        email = self._checked("email", _EMAIL, "is not an e-mail address")
        numbers = tuple(number for kind in NumberKind for number in self._numbers(kind))
        first_number = numbers[0].number if numbers else ""
        person = Person(
            id=self._cell("id") or initials.casefold() or email.casefold() or first_number or name.casefold(),
            name=name,
            initials=initials,
            title=self._cell("title"),
            department=self._cell("department"),
            email=email,
            numbers=numbers,
            mailbox=self._mailbox(),
            fields=self._free_fields(),
            is_unlisted=self._is("unlisted"),
        )
        return _Draft(self._line, person, [a for a in SEVERAL.split(self._cell("alternates")) if a])

    def _cell(self, field: str) -> str:
        position = self._columns.fields.get(field)
        return "" if position is None else self._text(position)

    def _text(self, position: int) -> str:
        text = self._cells[position] if position < len(self._cells) else ""
        if len(text) > LONGEST_TEXT:
            self._fault_at(position, f"has {len(text)} characters; at most {LONGEST_TEXT} are possible.")
        elif any(unicodedata.category(c) == "Cc" and c not in "\r\n\t" for c in text):
            self._fault_at(position, "holds control characters.")
        return text

    def _fault(self, field: str, text: str) -> None:
        position = self._columns.fields.get(field)
        if position is None:
            self._faults.add(f"the {field} {text}", line=self._line)
        else:
            self._fault_at(position, text)

    def _fault_at(self, position: int, text: str) -> None:
        self._faults.add(text, line=self._line, column=self._columns.headings[position])

    def _checked(self, field: str, pattern: re.Pattern[str], rule: str) -> str:
        text = self._cell(field)
        if text and not pattern.fullmatch(text):
            self._fault(field, f'"{_short(text)}" {rule}.')
        return text

    def _is(self, field: str) -> bool:
        text = self._cell(field)
        is_so = _YES_OR_NO.get(text.casefold())
        if is_so is None:
            self._fault(field, f'"{_short(text)}" is neither yes nor no.')
        return bool(is_so)

    def _numbers(self, kind: NumberKind) -> Iterable[Number]:
        is_hidden = kind is NumberKind.MOBILE and self._is("hide_mobile")
        for written in SEVERAL.split(self._cell(kind.value)):
            if not written:
                continue
            number = self._plan.normalise(written)
            if number is None:
                self._fault(kind.value, f'"{_short(written)}" is not a telephone number.')
            else:
                yield Number(kind=kind, number=number, is_hidden=is_hidden)

    def _mailbox(self) -> str:
        written = self._cell("mailbox")
        mailbox = re.sub(r"[\s-]", "", written)
        if mailbox and not _MAILBOX.fullmatch(mailbox):
            self._fault("mailbox", f'"{_short(written)}" is not the number of a mailbox.')
        return mailbox

    def _free_fields(self) -> dict[str, str]:
        texts = ((self._columns.headings[position], self._text(position)) for position in self._columns.free)
        return {heading: text for heading, text in texts if text}


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


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
                    f'"{_short(alternate)}" {problem}', line=draft.line, column=columns.heading("alternates")
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
