"""From Active Directory's entries to the rows of a table of people.

Who is left out: what is no person (computers, groups, units), and accounts that are disabled. Numbers that
several have are numbers that may be shared: a department's in everybody's entry is no fault of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from reception.directory.numbers import NumberPlan
from services.directory.faults import Faults
from services.directory.ldif import Record
from services.directory.rows import LONGEST_TEXT
from services.directory.table import Row

ACCOUNT_DISABLED: Final = 0x2
"""In userAccountControl (Microsoft, "User-Account-Control attribute")."""
_LONGEST_INITIALS: Final = 5
_COMMON_NAME: Final = re.compile(r"CN=((?:\\.|[^,\\])*)", re.IGNORECASE)
_OWN: Final = {"telephoneNumber": "telephonenumber", "ipPhone": "ipphone", "mobile": "mobile"}
_MORE: Final = {"telephoneNumber": (), "ipPhone": ("otheripphone",), "mobile": ("othermobile",)}


def table_of(records: Sequence[Record], plan: NumberPlan, faults: Faults) -> list[Row]:
    """Return a table of the people in a directory, the first row its headings; notes what is wrong."""
    people = [record for record in records if _is_person(record) and not _is_disabled(record, faults)]
    if not people:
        faults.add("there are no people in it; export entries with objectClass user.")
        return []
    counts = Counter(
        number for record in people for number in {n for _, n in _own_numbers(record, plan) if n is not None}
    )
    shared = {number for number, count in counts.items() if count > 1}
    columns = {**_PLAIN, **_numbers(plan, shared)}
    rows = [Row(record.line, [cell(record) for cell in columns.values()]) for record in people]
    return [Row(rows[0].line, list(columns)), *rows]


def _is_person(record: Record) -> bool:
    kinds = {kind.lower() for kind in record.all("objectClass")}
    return bool(kinds & {"user", "person", "inetorgperson", "contact"}) and "computer" not in kinds


def _is_disabled(record: Record, faults: Faults) -> bool:
    written = record.first("userAccountControl")
    if written and not written.removeprefix("-").isdecimal():
        faults.add(f'"{written}" is no number.', line=record.line, column="userAccountControl")
        return False
    return bool(int(written or 0) & ACCOUNT_DISABLED)


def _name(record: Record) -> str:
    parts = f"{record.first('givenName')} {record.first('sn')}".strip()
    return record.first("displayName") or parts or record.first("cn")


def _initials(record: Record) -> str:
    """Return a short user name: it is what a house calls initials.

    Active Directory's attribute `initials` holds those of middle names, which many share.
    """
    user = record.first("sAMAccountName")
    return user if len(user) <= _LONGEST_INITIALS and not re.search(r"\s", user) else ""


def _groups(record: Record) -> str:
    """Return the names of the groups somebody is a member of."""
    found = (_COMMON_NAME.match(group) for group in record.all("memberOf"))
    names = ", ".join(sorted(_plain(name[1]) for name in found if name))
    return names if len(names) <= LONGEST_TEXT else names[: LONGEST_TEXT - 1] + "…"


def _manager(record: Record) -> str:
    """Return the name of somebody's manager, as far as what the entry is called says it."""
    found = _COMMON_NAME.match(record.first("manager"))
    return _plain(found[1])[:LONGEST_TEXT] if found else ""


def _plain(name: str) -> str:
    """Return a name without the marks that it has in a distinguished name (RFC 4514, 2.4)."""
    return re.sub(r"\\(.)", r"\1", name)


_PLAIN: Final[dict[str, Callable[[Record], str]]] = {
    "sAMAccountName": lambda r: r.first("sAMAccountName") or r.first("objectGUID"),
    "displayName": _name,
    "initials": _initials,
    "title": lambda r: r.first("title"),
    "department": lambda r: r.first("department"),
    "mail": lambda r: r.first("mail"),
    "msExchHideFromAddressLists": lambda r: r.first("msExchHideFromAddressLists"),
    "Company": lambda r: r.first("company"),
    "Office": lambda r: r.first("physicalDeliveryOfficeName"),
    "City": lambda r: r.first("l"),
    "Manager": _manager,
    "Description": lambda r: r.first("description")[:LONGEST_TEXT],
    "Groups": _groups,
}
"""What stands in each column. The headings of what we know are Active Directory's own, for messages."""


def _own_numbers(record: Record, plan: NumberPlan) -> list[tuple[str, str | None]]:
    """Return the numbers of somebody's own telephones as written and in the one form."""
    names = [name for own, attribute in _OWN.items() for name in (attribute, *_MORE[own])]
    return [(written, plan.normalise(written)) for name in names for written in record.all(name) if written]


def _numbers(plan: NumberPlan, shared: set[str]) -> dict[str, Callable[[Record], str]]:
    """Return the columns of numbers: what several have stands under the others."""

    def own(record: Record, heading: str) -> str:
        written = [w for name in (_OWN[heading], *_MORE[heading]) for w in record.all(name) if w]
        return "|".join(w for w in written if plan.normalise(w) not in shared)

    def other(record: Record) -> str:
        common = [written for written, number in _own_numbers(record, plan) if number in shared]
        return "|".join(dict.fromkeys([*record.all("otherTelephone"), *common]))

    return {
        **{heading: (lambda record, heading=heading: own(record, heading)) for heading in _OWN},  # type: ignore[misc]
        "otherTelephone": other,
    }
