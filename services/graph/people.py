"""From accounts to people. Pure.

Numbers are free text at Microsoft: they are read by the plan of the house, and what is none is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reception.directory.merging import Arrival
from reception.directory.numbers import NumberPlan
from reception.model.people import Number, NumberKind, Person
from services.graph.settings import DirectorySettings

SELECT: Final = (
    "id",
    "displayName",
    "givenName",
    "surname",
    "mail",
    "userPrincipalName",
    "jobTitle",
    "department",
    "companyName",
    "officeLocation",
    "businessPhones",
    "mobilePhone",
    "accountEnabled",
    "userType",
    "onPremisesExtensionAttributes",
)
PREFIX: Final = "ms-"
"""Stands before the object id, so that no other directory has the same ids."""
MANAGER: Final = "manager"
"""What is asked of an account; the manager comes as a change of its own."""
_LONGEST: Final = 500
_FIELDS: Final = {"companyName": "Company", "officeLocation": "Office"}
_MANAGER_FIELD: Final = "Manager"


def is_person(user: Mapping[str, Any], settings: DirectorySettings) -> bool:
    """Return whether an account is a colleague's: enabled, with a name, and no guest's."""
    is_guest = str(user.get("userType") or "").casefold() == "guest"
    return user.get("accountEnabled") is not False and (settings.guests or not is_guest) and bool(_name(user))


def arrival_of(
    user: Mapping[str, Any],
    users: Mapping[str, Mapping[str, Any]],
    settings: DirectorySettings,
    plan: NumberPlan,
) -> Arrival:
    """Return a person; `users` are all accounts by their id, for the manager."""
    fields = {heading: text for key, heading in _FIELDS.items() if (text := _text(user, key))}
    manager, manager_name = _manager(user, users) if settings.managers else ("", "")
    if manager_name:
        fields[_MANAGER_FIELD] = manager_name
    upn = _text(user, "userPrincipalName")
    person = Person(
        id=f"{PREFIX}{user['id']}",
        name=_name(user),
        title=_text(user, "jobTitle"),
        department=_text(user, "department"),
        email=_text(user, "mail") or upn,
        numbers=_numbers(user, settings.extension_attribute, plan),
        fields=fields,
        manager=manager,
    )
    return Arrival(person=person, keys=(upn, str(user["id"])))


def _manager(user: Mapping[str, Any], users: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """Return who somebody's manager is, as a person's id, and their name; both empty without one."""
    key = str(user.get(MANAGER) or "")
    name = _name(users[key]) if key in users else ""
    return (f"{PREFIX}{key}", name) if name else ("", "")


def _numbers(user: Mapping[str, Any], attribute: int, plan: NumberPlan) -> tuple[Number, ...]:
    attributes = user.get("onPremisesExtensionAttributes")
    extension = attributes.get(f"extensionAttribute{attribute}") if isinstance(attributes, dict) else None
    phones = user.get("businessPhones")
    written = [
        (NumberKind.DESK, extension),
        *((NumberKind.DESK, phone) for phone in (phones if isinstance(phones, list) else ())),
        (NumberKind.MOBILE, user.get("mobilePhone")),
    ]
    found: dict[str, Number] = {}
    for kind, text in written:
        number = plan.normalise(text) if isinstance(text, str) else None
        if number:
            found.setdefault(number, Number(kind=kind, number=number))
    return tuple(found.values())


def _name(user: Mapping[str, Any]) -> str:
    parts = f"{_text(user, 'givenName')} {_text(user, 'surname')}".strip()
    return _text(user, "displayName") or parts


def _text(user: Mapping[str, Any], key: str) -> str:
    value = user.get(key)
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""
