"""Telephone numbers as people write them, in the one form we keep: an extension or E.164.

A short number stays what it is (extension, emergency or feature number). Anything longer is read as E.164
(``+`` or the international prefix in front) or as a national number of the plan's own country. A ``(0)`` is a
reminder for callers at home and no part of the number. Numbers that cannot be called are None, never guessed.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

_SEPARATORS: Final = re.compile(r"[\s\u00ad\u2010-\u2015\u2060().\-/\u2212\u200b-\u200f\u202a-\u202e]+")
_SHORT: Final = re.compile(r"[0-9*#]+")
_E164: Final = re.compile(r"\+[1-9][0-9]{5,14}")

_COUNTRY: Final = re.compile(
    r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3}",
)
"""Country codes (ITU-T E.164, list of assigned codes): one digit, the two-digit ones, else three."""
_NO_TRUNK_PREFIX: Final = re.compile(r"[17]|30|34|39|4[578]|29[89]|35[124]|37[0127]|42[03]")
"""Countries where no 0 is dialled before a national number."""
_ZERO_BELONGS: Final = frozenset(("39", "378", "379"))
"""Italy and what is in it: a 0 is part of the number."""
_NORTH_AMERICA: Final = "1"
_ALONE: Final = frozenset(("33",))
"""Countries where an odd digit in front stands alone: French numbers begin with one for the region."""


class NumberPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How numbers are dialled in the house.

    `country` is the country code without ``+``; `international` what is dialled for ``+``;
    `longest_short` the digits up to which a number is an extension and never a national number.
    """

    country: str = "45"
    international: str = "00"
    longest_short: int = 6

    def normalise(self, text: str) -> str | None:
        """Return the number as an extension or E.164, or None when it is no telephone number."""
        digits = _without_decoration(text)
        if digits.startswith("+"):
            return digits if _E164.fullmatch(digits) else None
        if len(digits) <= self.longest_short:
            return digits if _SHORT.fullmatch(digits) else None
        if digits.startswith(self.international):
            number = "+" + digits[len(self.international) :]
        elif digits.startswith("0") and self.country not in _ZERO_BELONGS:
            number = "" if _NO_TRUNK_PREFIX.fullmatch(self.country) else f"+{self.country}{digits[1:]}"
        else:
            number = f"+{self.country}{digits}"
        return number if _E164.fullmatch(number) else None

    def typed(self, text: str) -> str:
        """Return the beginning of a number, as somebody types it, with ``+`` for the international prefix."""
        digits = _without_decoration(text)
        if digits.startswith(self.international):
            return "+" + digits[len(self.international) :]
        return digits


def _without_decoration(text: str) -> str:
    """Take away everything that only makes a number easier to read."""
    bare = text.strip().removeprefix("tel:").replace("(0)", "")
    return _SEPARATORS.sub("", bare)


def is_extension(number: str) -> bool:
    """Return whether a normalised number is one of the house's own short ones."""
    return not number.startswith("+")


def split_country(number: str) -> tuple[str, str]:
    """Return country code and national part of an E.164 number, without ``+``; no country for a short one."""
    if is_extension(number):
        return "", number
    country = _COUNTRY.match(number, 1)
    size = country.end() if country is not None else len(number)
    return number[1:size], number[size:]


def beginnings(number: str) -> tuple[str, ...]:
    """Return everything a person may begin to type to mean a normalised number.

    An extension; or the national part, with and without its 0, the digits with the country code, and
    these with ``+``.
    """
    country, national = split_country(number)
    if not country:
        return (number,)
    begin = (national, country + national, number)
    return begin if _NO_TRUNK_PREFIX.fullmatch(country) else (*begin, "0" + national)


def display(number: str) -> str:
    """Return a normalised number for people to read aloud: ``+45 97 12 34 56``, ``+49 151 23 45 67 89``.

    Two digits at a time, as numbers are spoken here, from the end: an odd one makes a first group of three.
    Where an area code ends is nowhere in the number, and pairs pretend nothing. North American numbers
    always go 3-3-4 (North American Numbering Plan).
    """
    country, national = split_country(number)
    if not country:
        return number
    if country == _NORTH_AMERICA and len(national) == 10:
        groups = [national[:3], national[3:6], national[6:]]
    else:
        first = 2 + len(national) % 2 if country not in _ALONE else 2 - len(national) % 2
        groups = [national[:first], *(national[i : i + 2] for i in range(first, len(national), 2))]
    return " ".join((f"+{country}", *groups))
