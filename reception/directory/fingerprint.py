"""The fingerprint of a directory: two sides that have the same one hold the same people.

A sum of one mark for each person, so the order in which they were put in does not matter, and one person who
comes, goes or changes costs one mark, not a walk over everybody. A mark is the BLAKE2b digest of everything
that is known of the person. The sum of digests protects against accidents, not against an enemy; the hub and
the console have each other's trust already.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from reception.model.people import Person

_BYTES: Final = 16
_MODULUS: Final = 1 << (8 * _BYTES)
_LONG_MAP: Final = 0xDE
_SHORT_MAP: Final = 0x80
_LONG_FROM: Final = 16
"""MessagePack: a map of up to 15 has its length in its first byte, a longer one in the two that follow."""
_encode: Final = msgspec.msgpack.Encoder().encode


def mark_of(person: Person) -> int:
    """Return the mark of one person."""
    from hashlib import blake2b  # loads OpenSSL, which the console's start does not wait for

    return int.from_bytes(blake2b(_shortest(_encode(person)), digest_size=_BYTES).digest(), "big")


def _shortest(encoded: bytes) -> bytes:
    """Return a map as MessagePack writes it shortest, whatever room was kept for its length.

    msgspec 0.22 keeps three bytes for that in a struct of 16 fields or more, also where few of them are
    written; with one field more than before nobody's mark must be another one.
    """
    if encoded[0] == _LONG_MAP and encoded[1] == 0 and encoded[2] < _LONG_FROM:
        return bytes((_SHORT_MAP | encoded[2],)) + encoded[3:]
    return encoded


class Fingerprint:
    """A fingerprint that follows a directory. Take out exactly what was put in before."""

    def __init__(self, text: str = "") -> None:
        """Begin with an empty directory, or go on from the text of an earlier fingerprint.

        Raises ValueError when the text is none.
        """
        self._sum = int(text, 16) if text else 0

    def add(self, person: Person) -> None:
        """Take note of a person who is there now."""
        self._sum = (self._sum + mark_of(person)) % _MODULUS

    def remove(self, person: Person) -> None:
        """Take note of a person who is gone, as they were known."""
        self._sum = (self._sum - mark_of(person)) % _MODULUS

    def __str__(self) -> str:
        """Return it as 32 hexadecimal digits."""
        return f"{self._sum:0{2 * _BYTES}x}"


def fingerprint_of(people: Iterable[Person]) -> str:
    """Return the fingerprint of these people."""
    fingerprint = Fingerprint()
    for person in people:
        fingerprint.add(person)
    return str(fingerprint)
