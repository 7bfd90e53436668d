"""The lines of iCalendar files, put together again and sorted into calendars, zones and appointments.

Each appointment is cut out with the number of its line, so that a bad one hides no other and can be named.
Folding (RFC 5545, 3.1) is undone on octets, since some programs fold in the middle of a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_NAME: Final = re.compile(r"[A-Za-z0-9-]+")


class BrokenCalendar(Exception):
    """A file that is no whole calendar. Its text says what is wrong, nothing of what stands in the file."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(fault)
        self.line = line
        self.fault = fault


class Line(NamedTuple):
    """An unfolded line and the number its first part has in the file, counted from 1."""

    number: int
    text: str

    @property
    def name(self) -> str:
        """The property's name in capitals; empty when the line has none."""
        found = _NAME.match(self.text)
        return found[0].upper() if found else ""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment or a zone, from BEGIN to END, without what is nested in an appointment (alarms)."""

    line: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The block as iCalendar text again."""
        return "\r\n".join(line.text for line in self.lines) + "\r\n"


class RawCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """One VCALENDAR. `method` and `zone` (X-WR-TIMEZONE) are empty when it has none."""

    method: str = ""
    zone: str = ""
    zones: tuple[Block, ...] = ()
    events: tuple[Block, ...] = ()


def read_calendars(content: bytes) -> list[RawCalendar]:
    """Return the calendars of a file; often one, some programs write one for each appointment.

    Raises BrokenCalendar when it is no calendar, or ends too early (half written, half loaded).
    """
    lines = iter(_unfolded(content))
    found: list[RawCalendar] = []
    for line in lines:
        if not line.text.strip():
            continue
        if line.text.strip().upper() != "BEGIN:VCALENDAR":
            raise BrokenCalendar(line.number, "not a calendar" if not found else "text outside the calendar")
        found.append(_calendar(line, lines))
    if not found:
        raise BrokenCalendar(1, "empty")
    return found


def _calendar(begin: Line, lines: Iterator[Line]) -> RawCalendar:
    method = zone = ""
    zones: list[Block] = []
    events: list[Block] = []
    for line in lines:
        match line.text.strip().upper():
            case "END:VCALENDAR":
                return RawCalendar(method=method, zone=zone, zones=tuple(zones), events=tuple(events))
            case "BEGIN:VEVENT":
                events.append(_event(line, lines))
            case "BEGIN:VTIMEZONE":
                zones.append(Block(line=line.number, lines=tuple(_until_end(line, lines))))
            case text if text.startswith("BEGIN:"):
                for _ in _until_end(line, lines):
                    pass
        if line.name == "METHOD":
            method = value_of(line).upper()
        elif line.name == "X-WR-TIMEZONE":
            zone = value_of(line)
    raise BrokenCalendar(begin.number, "the end is missing")


def value_of(line: Line) -> str:
    """Return what stands behind the first colon; for properties without quoted parameters."""
    return line.text.partition(":")[2].strip()


def _event(begin: Line, lines: Iterator[Line]) -> Block:
    kept: list[Line] = []
    depth = 0
    for line in _until_end(begin, lines):
        is_begin, is_end = line.name == "BEGIN", line.name == "END"
        depth += is_begin
        if depth == 1:
            kept.append(line)
        depth -= is_end
    return Block(line=begin.number, lines=tuple(kept))


def _until_end(begin: Line, lines: Iterator[Line]) -> Iterator[Line]:
    """Yield a component's lines, BEGIN and END too. Raises BrokenCalendar when it does not end."""
    yield begin
    depth = 1
    for line in lines:
        if line.name == "BEGIN":
            depth += 1
        elif line.name == "END":
            depth -= 1
            if value_of(line).upper() == "VCALENDAR":
                break
        yield line
        if depth == 0:
            return
    raise BrokenCalendar(begin.number, "the end is missing")


def _unfolded(content: bytes) -> Iterator[Line]:
    number, parts = 0, b""
    for n, raw in enumerate(_LINE_END.split(content.removeprefix(b"\xef\xbb\xbf")), start=1):
        if raw[:1] in (b" ", b"\t") and number:
            parts += raw[1:]
            continue
        if number:
            yield Line(number, _decoded(parts))
        number, parts = n, raw
    if number:
        yield Line(number, _decoded(parts))


def _decoded(raw: bytes) -> str:
    """Return a line as text: UTF-8 as the standard wants it, or what older programs of Windows wrote."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return text.rstrip()
