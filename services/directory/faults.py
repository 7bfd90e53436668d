"""What is wrong with a file, collected, so that somebody mends it in one go."""

from __future__ import annotations

from typing import Final

from reception.errors import BadInput

MOST_SHOWN: Final = 20


class Faults:
    """Faults of one file, in the order of their lines."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, str]] = []

    def add(self, text: str, *, line: int = 0, column: str = "") -> None:
        """Note a fault; `line` counts from 1 as an editor does, 0 means the whole file."""
        where = [self._file]
        if line:
            where.append(f"line {line}")
        if column:
            where.append(f"column {column}")
        self._found.append((line, f"{', '.join(where)}: {text}"))

    def raise_if_any(self) -> None:
        """Raise BadInput with the first faults and their count, if there are any."""
        if not self._found:
            return
        ordered = [text for _, text in sorted(self._found, key=lambda fault: fault[0])]
        lines = ordered[:MOST_SHOWN]
        if more := len(ordered) - len(lines):
            lines.append(f"… and {more} more.")
        lines.append("Nothing was imported.")
        raise BadInput("bad_people_file", "\n".join(lines), file=self._file, faults=len(ordered))
