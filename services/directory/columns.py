"""The columns of a people file: what they may be called, and which of a given file is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from services.directory.faults import Faults

_NAMES: Final[dict[str, str]] = {
    "id": "id person-id personid username brugernavn bruger-id benutzername benutzer-id samaccountname",
    "name": "name navn fulde-navn full-name display-name vollständiger-name",
    "first_name": "first-name given-name fornavn vorname",
    "last_name": "last-name surname family-name efternavn nachname familienname sn",
    "initials": "initials initialer kürzel kuerzel initialen",
    "title": "title job-title titel stilling position",
    "department": "department afdeling abteilung",
    "email": "email e-mail mail email-address e-mail-adresse e-mailadresse mailadresse",
    "desk": "desk desk-phone phone telephone extension number bordtelefon telefon telefonnummer fastnet "
    "lokalnummer lokal tischtelefon durchwahl nebenstelle festnetz "
    "telephone-number",
    "mobile": "mobile mobile-phone mobile-number cell mobil mobiltelefon mobilnummer handy",
    "softphone": "softphone softphone-number ip-phone",
    "other": "other other-number andet andet-nummer andere weitere-nummer other-telephone",
    "mailbox": "mailbox voicemail voicemail-box indbakke telefonsvarer voicemailbox anrufbeantworter",
    "alternates": "alternates alternate substitute substitutes deputy stedfortræder stedfortrædere "
    "alternativer vertretung vertreter stellvertreter",
    "unlisted": "unlisted not-listed exclude-from-search skjult udelad udelad-af-søgning nicht-gelistet "
    "nicht-suchbar ms-exch-hide-from-address-lists",
    "hide_mobile": "hide-mobile hidden-mobile skjul-mobil skjult-mobil mobil-verbergen",
}
"""Accepted headings by field, in three languages; a hyphen may be a space, an underscore or nothing.

The names of Active Directory's attributes are among them."""

_CONTACT_NAMES: Final[dict[str, str]] = {
    **{
        field: _NAMES[field]
        for field in (
            "name",
            "first_name",
            "last_name",
            "title",
            "department",
            "email",
            "mobile",
            "softphone",
            "other",
        )
    },
    "id": "id contact-id kontakt-id",
    "desk": _NAMES["desk"] + " office-phone work-phone",
    "company": "company firma virksomhed organisation organization unternehmen",
    "short_name": "short-name kort-navn kortnavn kurzname initials initialer kürzel kuerzel",
    "street": "street gade vej adresse address straße strasse",
    "postcode": "postcode postal-code zip postnummer postnr plz postleitzahl",
    "city": "city town by stad ort stadt",
    "country": "country land",
    "speed_dial": "speed-dial hurtigopkald kurzwahl",
    "type": "type contact-type kontakttype kontakttyp kontaktart",
    "preferred": "preferred preferred-number foretrukket foretrukket-nummer bevorzugt bevorzugte-nummer",
    "groups": "groups group user-groups grupper gruppe brugergrupper gruppen benutzergruppen",
}
"""The same of contacts (requirement 002-084)."""
_BETWEEN: Final = re.compile(r"[\s_-]+")


class Vocabulary:
    """The headings a kind of file may have. `what` is what a file of it lists."""

    def __init__(self, names: dict[str, str], what: str) -> None:
        self.what = what
        self._field_of = {
            heading.replace("-", ""): field
            for field, headings in names.items()
            for heading in headings.split()
        }

    def field_of(self, heading: str) -> str | None:
        """Return the field a heading means, or None for a free field of the organisation."""
        return self._field_of.get(_BETWEEN.sub("", heading.strip().casefold()))


PEOPLE: Final = Vocabulary(_NAMES, "people")
CONTACTS: Final = Vocabulary(_CONTACT_NAMES, "contacts")


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Where each field stands (from 0), where the free fields stand, and all headings as written."""

    headings: tuple[str, ...]
    fields: dict[str, int]
    free: tuple[int, ...]

    def heading(self, field: str) -> str:
        """Return what the file calls a field; the field's own name if it has no such column."""
        position = self.fields.get(field)
        return field if position is None else self.headings[position]


def read_columns(
    headings: Sequence[str], line: int, faults: Faults, vocabulary: Vocabulary = PEOPLE
) -> Columns:
    """Find out what the columns of a file are; notes what is wrong with them in `faults`."""
    names = [heading.strip() for heading in headings]
    while names and not names[-1]:
        names.pop()
    fields: dict[str, int] = {}
    free: list[int] = []
    seen: dict[str, str] = {}
    for position, heading in enumerate(names):
        field = vocabulary.field_of(heading)
        meaning = field or heading.casefold()
        if not heading:
            faults.add(f"the {position + 1}. column has no heading.", line=line)
        elif meaning in seen:
            faults.add(
                f'means the same as the column "{seen[meaning]}"; keep one.', line=line, column=heading
            )
        elif field is not None:
            fields[field] = position
        else:
            free.append(position)
        seen.setdefault(meaning, heading)
    if not {"name", "company"} & set(fields) and not {"first_name", "last_name"} <= set(fields):
        faults.add(
            "there is no column with the names. The first line must name the columns; one of them must be "
            '"name" (or "navn"), or two of them "first name" and "last name". '
            f"Found: {', '.join(names)}.",
            line=line,
        )
    return Columns(headings=tuple(names), fields=fields, free=tuple(free))
