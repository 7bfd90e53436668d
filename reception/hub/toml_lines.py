"""Where the values of a TOML text stand, so that a fault in one can be named by its line.

`tomllib` tells lines of broken syntax only. This goes over a text that it has read without complaint, so
nothing needs to be checked here: tables, keys, and the elements of arrays that go over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_HEADER: Final = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?")
_KEY: Final = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART: Final = re.compile(r"""[\w-]+|"([^"]*)"|'([^']*)'""")
_OPENS, _CLOSES = "[{", "]}"


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line, from 1, of each table, key and array element of a valid TOML text."""
    finder = _Finder()
    for number, line in enumerate(text.splitlines(), start=1):
        finder.take(number, line)
    return finder.lines


def values_of(text: str) -> Mapping[Path, tuple[int, int]]:
    """Return the first and last line, from 1, of each key with its value in a valid TOML text."""
    finder = _Finder()
    for number, line in enumerate(text.splitlines(), start=1):
        finder.take(number, line)
    return finder.values


def headers_of(text: str) -> Sequence[tuple[int, Path]]:
    """Return the lines, from 1, of the headers of tables with what they open, in their order."""
    finder = _Finder()
    for number, line in enumerate(text.splitlines(), start=1):
        finder.take(number, line)
    return finder.headers


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of a path, else of the nearest that stands around it; 1 for what stands nowhere."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Finder:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.headers: list[tuple[int, Path]] = []
        self._table: Path = ()
        self._counts: dict[Path, int] = {}
        self._value: Path = ()
        self._depth = 0
        self._elements = 0
        self._quote = ""

    def take(self, number: int, line: str) -> None:
        start = 0
        if not self._depth and not self._quote:
            if (header := _HEADER.match(line)) and not _KEY.match(line):
                self._open_table(header[2], number, is_array=header[1] == "[[")
                return
            if (key := _KEY.match(line)) is None:
                return
            self._value = self._table + _parts(key[1])
            self._note(self._value, number)
            self._elements, start = 0, key.end()
            self.values[self._value] = number, number
        self._go_over(line, start, number)
        if self._value:
            self.values[self._value] = self.values[self._value][0], number
            if not self._depth and not self._quote:
                self._value = ()

    def _open_table(self, name: str, number: int, *, is_array: bool) -> None:
        path: Path = ()
        parts = _parts(name)
        for n, part in enumerate(parts, start=1):
            path += (part,)
            if is_array and n == len(parts):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path += (self._counts[path],)
        self._table = path
        self.headers.append((number, path))
        self._note(path, number)

    def _note(self, path: Path, number: int) -> None:
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], number)

    def _go_over(self, line: str, at: int, number: int) -> None:
        """Follow brackets and strings through a value, over lines if it has several."""
        while at < len(line):
            if self._quote:
                at = self._leave_string(line, at)
                continue
            char = line[at]
            if char == "#":
                return
            if char in "\"'":
                self._quote = char * 3 if line.startswith(char * 3, at) else char
                at += len(self._quote)
                continue
            if char in _OPENS:
                if char == "{" and self._depth == 1:
                    self._note((*self._value, self._elements), number)
                    self._elements += 1
                self._depth += 1
            elif char in _CLOSES:
                self._depth -= 1
            at += 1

    def _leave_string(self, line: str, at: int) -> int:
        """Return where a string ends on this line, or the line's end."""
        while at < len(line):
            if line[at] == "\\" and self._quote[0] == '"':
                at += 2
            elif line.startswith(self._quote, at):
                at += len(self._quote)
                self._quote = ""
                return at
            else:
                at += 1
        return at


def _parts(name: str) -> tuple[str, ...]:
    return tuple(m[1] or m[2] or m[0] for m in _PART.finditer(name))
