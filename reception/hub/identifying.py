"""Which colleague an identity is, and which receptionist a colleague is. Pure.

Somebody is known by the id that the provider gives them, where the directory has it; else by an address that
nobody else can have there. More than one who fits is as good as none.
"""

from __future__ import annotations

from collections.abc import Iterable

from reception.errors import SignInRefused
from reception.identity import Identity
from reception.model.attendants import Attendant, colleague_of
from reception.model.people import Person


def colleague_for(identity: Identity, colleagues: Iterable[Person], match: str = "") -> Person:
    """Return whose identity this is; `match` is the column with their ids or addresses at the provider.

    Raises SignInRefused with what is to be mended in the directory.
    """
    everybody = tuple(colleagues)
    shown = identity.address or identity.name or identity.subject
    found = [p for p in everybody if _has_subject(p, identity, match)]
    if not found and identity.address:
        wanted = identity.address.strip().casefold()
        found = [p for p in everybody if _name_of(p, match) == wanted and not _is_another(p, identity)]
    if len(found) > 1:
        raise SignInRefused("sign_in_double", address=shown)
    if not found:
        raise SignInRefused("sign_in_unknown", address=shown)
    return found[0]


def receptionist_for(
    person: str, attendants: Iterable[Attendant], colleagues: Iterable[Person]
) -> str | None:
    """Return the id of the receptionist that a colleague is; None for none, or for more than one."""
    everybody = tuple(colleagues)
    found = [a.id for a in attendants if colleague_of(a, everybody) == person]
    return found[0] if len(found) == 1 else None


def _has_subject(person: Person, identity: Identity, match: str) -> bool:
    subject = identity.subject.casefold()
    is_from_there = bool(identity.directory) and person.id.casefold() == f"{identity.directory}{subject}"
    return is_from_there or (bool(match) and _name_of(person, match) == subject)


def _name_of(person: Person, match: str) -> str:
    given = (person.fields.get(match, "") or person.notes.get(match, "")) if match else ""
    return (given or person.email).strip().casefold()


def _is_another(person: Person, identity: Identity) -> bool:
    """A person whom the provider's own directory has told of under another id is somebody else."""
    return bool(identity.directory) and person.id.startswith(identity.directory)
