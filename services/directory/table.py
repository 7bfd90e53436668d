"""A file of people as a table of text: its encoding, its delimiter, its rows with their line numbers."""

from __future__ import annotations

import codecs
import csv
import io
import logging
from pathlib import Path
from typing import Final, NamedTuple

from services.directory.columns import PEOPLE, Vocabulary
from services.directory.faults import Faults

MOST_BYTES: Final = 64 * 1024 * 1024
_DELIMITERS: Final = (";", ",", "\t")
_log = logging.getLogger(__name__)


class Row(NamedTuple):
    """A row with the line it begins on, counted from 1."""

    line: int
    cells: list[str]


def read_table(path: str, faults: Faults, vocabulary: Vocabulary = PEOPLE) -> list[Row]:
    """Read all rows that are not empty; notes in `faults` what cannot be read."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        faults.add(f"cannot be read: {error.strerror or error}.")
        return []
    if len(content) > MOST_BYTES:
        faults.add(f"is larger than {MOST_BYTES // 1024 // 1024} MB; that is no list of {vocabulary.what}.")
        return []
    text = _decoded(content, path, faults)
    return _rows(text, faults, vocabulary) if text is not None else []


def _decoded(content: bytes, path: str, faults: Faults) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        faults.add('is UTF-16 ("Unicode text"). Save it as "CSV UTF-8".')
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.add('is neither UTF-8 nor Windows-1252. Save it as "CSV UTF-8".', line=line)
        return None
    _log.warning(
        "%s is not UTF-8 (first seen in line %d); it was read as Windows-1252. "
        'If names look wrong, save it as "CSV UTF-8" and import it again.',
        path,
        line,
    )
    return text


def _rows(text: str, faults: Faults, vocabulary: Vocabulary) -> list[Row]:
    if "\0" in text:
        faults.add("holds zero bytes; that is no text file.", line=text.count("\n", 0, text.index("\0")) + 1)
        return []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, vocabulary), strict=True)
    rows: list[Row] = []
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begin, cells))
            begin = reader.line_num + 1
    except csv.Error as error:
        faults.add(
            f"a row that begins here cannot be read ({error}); look for a lone quotation mark.", line=begin
        )
    return rows


def _delimiter(text: str, vocabulary: Vocabulary) -> str:
    """Return the delimiter under which the first line has most columns that we know."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def worth(delimiter: str) -> tuple[int, int]:
        headings = [heading.strip('" ') for heading in first.split(delimiter)]
        return sum(vocabulary.field_of(heading) is not None for heading in headings), len(headings)

    return max(_DELIMITERS, key=worth)
