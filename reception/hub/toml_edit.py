"""Changes single settings in a TOML text and leaves all the rest as it is: comments, order, blank lines.

What comes out is read again: it must say exactly what was there before, with the changes in it. A text that
is written in a way that this does not know (inline tables) is refused, never damaged.
"""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from reception.errors import BadInput
from reception.hub.toml_lines import Path, headers_of, values_of

Value: TypeAlias = str | bool | None


class Edit(NamedTuple):
    """Set the setting at a path; None takes it away. A table or element that is not there is made.

    The number of an element of ``[[table]]`` counts from 0.
    """

    path: Path
    value: Value


def edited(text: str, edits: Iterable[Edit], name: str) -> str:
    """Return the text with the edits; `name` is for messages. Raises BadInput when it cannot be done."""
    wanted = list(edits)
    newline = "\r\n" if "\r\n" in text else "\n"
    now = text.replace("\r\n", "\n")
    expected = copy.deepcopy(_read(now, name))
    for edit in wanted:
        now = _edited(now, edit)
        _apply(expected, edit)
    if _read(now, name) != expected:
        raise _unknown(name, wanted)
    now = now if now.endswith("\n") else f"{now}\n"
    return now.replace("\n", newline)


def without_tables(text: str, table: Path, name: str) -> str:
    """Return the text with a table, or one element of ``[[table]]``, and all in it as comments.

    Raises BadInput when it cannot be done.
    """
    lines = text.split("\n")
    expected = _read(text, name)
    _take_away(expected, table)
    is_ours = False
    starts = dict(headers_of(text))
    for number, line in enumerate(lines, start=1):
        if number in starts:
            is_ours = starts[number][: len(table)] == table
        if is_ours and line.strip() and not line.lstrip().startswith("#"):
            lines[number - 1] = f"# {line}"
    made = "\n".join(lines)
    if _read(made, name) != expected:
        raise _unknown(name, [Edit(table, None)])
    return made


def _read(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("misconfigured", f"{name}: is not valid TOML: {error}") from error


def _unknown(name: str, edits: Sequence[Edit]) -> BadInput:
    places = ", ".join(".".join(str(part) for part in edit.path) for edit in edits)
    return BadInput("misconfigured", f"{name}: is written in a way that cannot be changed here: {places}.")


# ------------------------------------------------------------------ in the text


def _edited(text: str, edit: Edit) -> str:
    lines = text.split("\n")
    if (place := values_of(text).get(edit.path)) is not None:
        first, last = place
        old = lines[first - 1 : last]
        lines[first - 1 : last] = [] if edit.value is None else [_with_value(old, edit.value)]
    elif edit.value is not None:
        _insert(lines, text, edit)
    return "\n".join(lines)


def _with_value(old: Sequence[str], value: Value) -> str:
    """Return the line of a key with another value, its indentation and its comment kept."""
    start = _value_start(old[0])
    comment = _comment_in(old[-1], start if len(old) == 1 else 0)
    return f"{old[0][:start].rstrip()} {_toml(value)}" + (f"  {comment}" if comment else "")


def _value_start(line: str) -> int:
    """Return where the value begins, behind the first = that is not in a quoted key."""
    quote = ""
    for at, char in enumerate(line):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "=":
            return at + 1
    return len(line)


def _comment_in(line: str, start: int) -> str:
    quote = ""
    at = start
    while at < len(line):
        char = line[at]
        if quote:
            at += 1 if char == "\\" and quote == '"' else 0
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "#":
            return line[at:]
        at += 1
    return ""


def _insert(lines: list[str], text: str, edit: Edit) -> None:
    """Put a new key into its table, made where it belongs if there is none."""
    table, key = edit.path[:-1], edit.path[-1]
    line = f"{key} = {_toml(edit.value)}"
    headers = headers_of(text)
    number = next((n for n, path in headers if path == table), None)
    if number is not None:
        lines.insert(_end_of_keys(text, number, table), line)
        return
    made = [f"[[{table[0]}]]" if _is_element(table) else f"[{_named(table)}]", line]
    at = _end_of_element(lines, headers, table)
    lines[at:at] = ["", *made] if at and lines[at - 1].strip() else made


def _end_of_keys(text: str, header: int, table: Path) -> int:
    """Return behind which line a table's last key ends, its header's where it has none."""
    ends = [
        last
        for path, (first, last) in values_of(text).items()
        if path[: len(table)] == table and first > header and not _is_behind(text, header, first)
    ]
    return max(ends, default=header)


def _is_behind(text: str, header: int, line: int) -> bool:
    """Return whether another header stands between a header and a line."""
    return any(header < n < line for n, _ in headers_of(text))


def _end_of_element(lines: Sequence[str], headers: Sequence[tuple[int, Path]], table: Path) -> int:
    """Return behind which line a new table stands: at the end of its element, else of the text."""
    end = len(lines)
    if len(table) > 2 and isinstance(table[1], int):
        inside = [n for n, path in headers if path[:2] == table[:2]]
        if inside:
            end = next((n - 1 for n, _ in headers if n > inside[-1]), len(lines))
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _is_element(table: Path) -> bool:
    return len(table) == 2 and isinstance(table[1], int)


def _named(table: Path) -> str:
    return ".".join(str(part) for part in table if not isinstance(part, int))


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


# ------------------------------------------------------------------ in what it says


def _apply(tables: dict[str, Any], edit: Edit) -> None:
    """Change what the text says, as the edit is meant."""
    inner: Any = tables
    *way, key = edit.path
    for n, part in enumerate(way):
        following = edit.path[n + 1]
        if isinstance(part, int):
            if part == len(inner):
                inner.append({})
            inner = inner[part]
        elif edit.value is None and part not in inner:
            return
        else:
            inner = inner.setdefault(part, [] if isinstance(following, int) else {})
        if not isinstance(inner, Mapping | list):
            return
    if edit.value is None:
        inner.pop(key, None)
    elif isinstance(inner, dict):
        inner[key] = edit.value


def _take_away(tables: dict[str, Any], table: Path) -> None:
    """Take a table, or an element of one, out of what the text says; of an empty list nothing stays."""
    name, *element = table
    if element:
        tables[str(name)].pop(element[0])
    if not element or not tables[str(name)]:
        tables.pop(str(name), None)
