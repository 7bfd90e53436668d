"""Rows of a table, cell by cell: every cell checked, every fault noted with its line and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from reception.directory.numbers import NumberPlan
from reception.model.people import Number, NumberKind
from services.directory.columns import Columns
from services.directory.faults import Faults
from services.directory.table import Row

LONGEST_TEXT: Final = 500
SEVERAL: Final = re.compile(r"\s*[;|\n]\s*")
"""What separates several numbers or alternates in one cell."""
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
INITIALS: Final = re.compile(r"\S{1,10}")
_YES_OR_NO: Final = {
    **dict.fromkeys(("yes", "ja", "y", "j", "x", "1", "true"), True),
    **dict.fromkeys(("", "no", "nej", "nein", "n", "0", "false"), False),
}


class RowReader:
    """One row of a table, cell by cell; what is wrong with a cell is noted with its line and column."""

    def __init__(self, row: Row, columns: Columns, plan: NumberPlan, faults: Faults) -> None:
        self.line = row.line
        self.columns = columns
        self.plan = plan
        self._faults = faults
        self._cells = [unicodedata.normalize("NFC", cell.strip()) for cell in row.cells]
        if any(self._cells[len(columns.headings) :]):
            faults.add(
                f"has {len(row.cells)} cells, but there are {len(columns.headings)} columns; "
                "a cell with the delimiter in it must stand in quotation marks.",
                line=row.line,
            )

    def cell(self, field: str) -> str:
        """Return the text of a field; empty when there is no such column."""
        position = self.columns.fields.get(field)
        return "" if position is None else self._text(position)

    def _text(self, position: int) -> str:
        text = self._cells[position] if position < len(self._cells) else ""
        if len(text) > LONGEST_TEXT:
            self.fault_at(position, f"has {len(text)} characters; at most {LONGEST_TEXT} are possible.")
        elif any(unicodedata.category(c) == "Cc" and c not in "\r\n\t" for c in text):
            self.fault_at(position, "holds control characters.")
        return text

    def fault(self, field: str, text: str) -> None:
        """Note what is wrong with a field."""
        position = self.columns.fields.get(field)
        if position is None:
            self._faults.add(f"the {field} {text}", line=self.line)
        else:
            self.fault_at(position, text)

    def fault_at(self, position: int, text: str) -> None:
        """Note what is wrong with a cell, by its position from 0."""
        self._faults.add(text, line=self.line, column=self.columns.headings[position])

    def checked(self, field: str, pattern: re.Pattern[str], rule: str) -> str:
        """Return the text of a field, which must be like the pattern if there is any."""
        text = self.cell(field)
        if text and not pattern.fullmatch(text):
            self.fault(field, f'"{short(text)}" {rule}.')
        return text

    def is_yes(self, field: str) -> bool:
        """Return whether a field says yes; nothing means no."""
        text = self.cell(field)
        is_so = _YES_OR_NO.get(text.casefold())
        if is_so is None:
            self.fault(field, f'"{short(text)}" is neither yes nor no.')
        return bool(is_so)

    def numbers_of(self, kind: NumberKind) -> Iterable[Number]:
        """Yield the numbers of a kind."""
        is_hidden = kind is NumberKind.MOBILE and self.is_yes("hide_mobile")
        for written in SEVERAL.split(self.cell(kind.value)):
            if not written:
                continue
            number = self.plan.normalise(written)
            if number is None:
                self.fault(kind.value, f'"{short(written)}" is not a telephone number.')
            else:
                yield Number(kind=kind, number=number, is_hidden=is_hidden)

    def free_fields(self) -> dict[str, str]:
        """Return the texts of the columns that we do not know, by their headings."""
        texts = ((self.columns.headings[position], self._text(position)) for position in self.columns.free)
        return {heading: text for heading, text in texts if text}


def short(text: str) -> str:
    """Return a text as a message can hold it."""
    return text if len(text) <= 40 else f"{text[:39]}…"
