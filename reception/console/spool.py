"""People on their way into a new catalogue: a file that only grows, read by whoever writes the catalogue.

Each entry is a person as they are now, or the id of one who has left; who comes twice is as they came last.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final, TypeAlias

import msgspec

from reception.model.people import Person

Entry: TypeAlias = Person | str

_SIZE: Final = struct.Struct("<I")
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Person | str).decode


class Spool:
    """A spool that is being written. Raises OSError throughout."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = path.open("wb")

    def add(self, entries: Iterable[Entry]) -> None:
        """Append entries."""
        parts: list[bytes] = []
        for entry in entries:
            row = _encode(entry)
            parts += (_SIZE.pack(len(row)), row)
        self._file.write(b"".join(parts))
        self.count += len(parts) // 2

    def flush(self) -> None:
        """Let all entries be read."""
        self._file.flush()

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Yield what was flushed, from the `start`-th entry on, also what is added meanwhile."""
        with self.path.open("rb") as file:
            while (row := _row_of(file)) is not None:
                if start > 0:
                    start -= 1
                    continue
                yield _decode(row)

    def remove(self) -> None:
        """Close and delete it."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def people_in(paths: Iterable[Path]) -> Iterator[Person]:
    """Yield everybody of these spools who is still there, once."""
    everybody: dict[str, bytes] = {}
    for path in paths:
        with path.open("rb") as file:
            while (row := _row_of(file)) is not None:
                entry = _decode(row)
                if isinstance(entry, str):
                    everybody.pop(entry, None)
                else:
                    everybody[entry.id] = row
    for row in everybody.values():
        person = _decode(row)
        assert isinstance(person, Person)
        yield person


def _row_of(file: IO[bytes]) -> bytes | None:
    """Return the next row; None at the end, also before a row that is not there whole."""
    head = file.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    row = file.read(size)
    return row if len(row) == size else None
