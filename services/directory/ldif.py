"""An LDIF file as records (RFC 2849): what a directory exports, not changes to one.

No library: python-ldap needs OpenLDAP's headers to be built, and ldif3 had its last release in 2017.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from services.directory.faults import Faults

MOST_BYTES: Final = 256 * 1024 * 1024
_LINE: Final = re.compile(r"([A-Za-z0-9][\w.;=-]*)(::|:<|:)[ ]*(.*)", re.DOTALL)
_BINARY: Final = frozenset(("objectguid", "objectsid", "thumbnailphoto", "jpegphoto", "usercertificate"))


class Record(NamedTuple):
    """One entry of the directory: the line it begins on, its values by attribute in small letters."""

    line: int
    values: dict[str, list[str]]

    def first(self, attribute: str) -> str:
        """Return the first value of an attribute, or an empty text."""
        return next(iter(self.values.get(attribute.lower(), ())), "")

    def all(self, attribute: str) -> list[str]:
        """Return all values of an attribute."""
        return self.values.get(attribute.lower(), [])


def read_records(path: str, faults: Faults) -> list[Record]:
    """Read all records; notes in `faults` what cannot be read."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        faults.add(f"cannot be read: {error.strerror or error}.")
        return []
    if len(content) > MOST_BYTES:
        faults.add(f"is larger than {MOST_BYTES // 1024 // 1024} MB; export it without photographs.")
        return []
    try:
        # "ldifde -u" writes UTF-16; without it all that is not ASCII is base64.
        is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add("is no UTF-8 text.", line=content.count(b"\n", 0, error.start) + 1)
        return []
    return [record for lines in _blocks(text) if (record := _record(lines, faults)) is not None]


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    """Yield the lines of each record with their numbers, folded ones joined, comments left out."""
    block: list[tuple[int, str]] = []
    is_comment = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(" "):
            if block and not is_comment:
                block[-1] = (block[-1][0], block[-1][1] + line[1:])
        elif is_comment := line.startswith("#"):
            continue
        elif line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _record(lines: list[tuple[int, str]], faults: Faults) -> Record | None:
    values: dict[str, list[str]] = {}
    for number, line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            faults.add(f'is no LDIF: "{line[:40]}"; a line is an attribute, a colon, a value.', line=number)
            return None
        attribute = match[1].partition(";")[0].lower()
        value = _value(attribute, match[2], match[3], number, faults)
        if value is not None:
            values.setdefault(attribute, []).append(value)
    return _checked(Record(lines[0][0], values), faults)


def _value(attribute: str, kind: str, written: str, line: int, faults: Faults) -> str | None:
    if kind == ":":
        return written.rstrip()
    if kind == ":<":
        faults.add("names a file in place of a value; export the values.", line=line, column=attribute)
        return None
    try:
        content = base64.b64decode(written.strip(), validate=True)
        return content.hex() if attribute in _BINARY else content.decode("utf-8").strip()
    except (binascii.Error, UnicodeDecodeError):
        faults.add("is neither base64 nor UTF-8 in it.", line=line, column=attribute)
        return None


def _checked(record: Record, faults: Faults) -> Record | None:
    """Return a record of an entry, None for the one line that says the version."""
    if record.values.keys() == {"version"}:
        return None
    if not record.first("dn") and "version" not in record.values:
        faults.add("a record begins here without its dn.", line=record.line)
    if record.first("changetype").lower() not in ("", "add"):
        faults.add(
            f"is a change ({record.first('changetype')}), not an entry; export the directory itself.",
            line=record.line,
        )
    return record
