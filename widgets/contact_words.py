"""How somebody outside the house reads: what they are to us, and of which company. No Qt."""

from __future__ import annotations

from typing import Final

from reception.model.people import ContactKind, NumberKind, Person
from widgets import person_view
from widgets.person_view import RowView, Sentence, Sign
from widgets.texts import QT_TRANSLATE_NOOP, translate

_KINDS: Final[dict[ContactKind, str]] = {
    ContactKind.FAVOURITE: QT_TRANSLATE_NOOP("Contact", "Favourite contact"),
    ContactKind.CONTACT: QT_TRANSLATE_NOOP("Contact", "Contact"),
    ContactKind.VIP: QT_TRANSLATE_NOOP("Contact", "VIP contact"),
    ContactKind.BLOCKED: QT_TRANSLATE_NOOP("Contact", "Blocked contact"),
}
_TONES: Final = {ContactKind.VIP: "away", ContactKind.BLOCKED: "busy"}


def kind_words(kind: ContactKind) -> str:
    """Return what a contact is to the house."""
    return translate("Contact", _KINDS[kind])


def sentence(person: Person) -> Sentence:
    """Return what stands where a colleague's status does."""
    kind = person.contact or ContactKind.CONTACT
    second = translate("Contact", "Cannot call the reception") if kind is ContactKind.BLOCKED else ""
    return Sentence(kind_words(kind), _TONES.get(kind, "contact"), second=second)


def role(person: Person) -> str:
    """Return the second line: title, department and company."""
    company = person.company if person.company != person.name else ""
    return " · ".join(part for part in (person.title, person.department, company) if part)


def row(person: Person, *, is_alike: bool) -> RowView:
    """Return the row of somebody outside: of what they do nothing is known, so no status and no day."""
    return RowView(
        id=person.id,
        name=person_view.name_of(person),
        initials=person_view.initials_of(person),
        letters=person.initials,
        role=role(person),
        kind=None,
        is_stale=False,
        are_lines_stale=False,
        signs=(Sign(NumberKind.DESK, None), Sign(NumberKind.MOBILE, None)),
        sentence=sentence(person),
        strip=(),
        now=None,
        is_alike=is_alike,
    )


def favourites_word() -> str:
    """Return what is typed to list the favourite contacts (requirement 002-080)."""
    return translate("Contact", "favourite")
