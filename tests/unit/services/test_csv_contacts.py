"""Contacts from a file: what is understood, what is said when it is not, and back into a file."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.port import ContactFile
from reception.errors import BadInput
from reception.hub.contact_preview import preview
from reception.model.people import ContactKind, Number, NumberKind, Person
from services.directory import contacts_to_csv, create_contacts

Read = Callable[[str], ContactFile]

WHOLE = """\
Firma;Afdeling;Fornavn;Efternavn;Kort navn;Gade;Postnummer;By;Land;E-mail;Hurtigopkald;Kontakttype;\
Telefon;Mobil;Foretrukket nummer;Grupper;Branche
Lind & Co;Salg;Maja;Lind;MAL;Havnegade 1;8000;Aarhus C;Danmark;maja@lind.example;12;VIP;\
+45 88 77 65 01;+4520102010;mobil;;Papir
Nordsø Entreprise A/S;;;;;;;;;;;;+45 97 12 34 56|0045 97123457;;;salg;
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str) -> ContactFile:
        file = tmp_path / "contacts.txt"
        file.write_text(text, encoding="utf-8")
        return create_contacts(str(file))

    return read_text


def number(digits: str, kind: NumberKind = NumberKind.DESK) -> Number:
    return Number(kind=kind, number=digits)


@pytest.mark.requirement("002-079", "002-084", "002-086")
def test_a_contact_has_all_its_fields_and_its_preferred_number_first(read: Read) -> None:
    maja, nordsoe = (contact for _, contact in read(WHOLE).contacts)
    assert maja == Person(
        id="contact:lind & co/maja lind/+4520102010",
        name="Maja Lind",
        initials="MAL",
        department="Salg",
        email="maja@lind.example",
        numbers=(number("+4520102010", NumberKind.MOBILE), number("+4588776501")),
        fields={
            "Gade": "Havnegade 1",
            "Postnummer": "8000",
            "By": "Aarhus C",
            "Land": "Danmark",
            "Hurtigopkald": "12",
            "Branche": "Papir",
        },
        contact=ContactKind.VIP,
        company="Lind & Co",
    )
    assert maja.main_number == "+4520102010"
    assert (nordsoe.name, nordsoe.company) == ("Nordsø Entreprise A/S", "Nordsø Entreprise A/S")
    assert (nordsoe.contact, nordsoe.areas) == (ContactKind.CONTACT, ("salg",))
    assert [n.number for n in nordsoe.numbers] == ["+4597123456", "+4597123457"]


@pytest.mark.requirement("002-079")
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", ContactKind.CONTACT),
        ("Kontakt", ContactKind.CONTACT),
        ("Foretrukken", ContactKind.FAVOURITE),
        ("Favorit", ContactKind.FAVOURITE),
        ("vip", ContactKind.VIP),
        ("Blokeret", ContactKind.BLOCKED),
        ("gesperrt", ContactKind.BLOCKED),
    ],
)
def test_the_four_types_are_known_in_three_languages(read: Read, words: str, kind: ContactKind) -> None:
    ((_, contact),) = read(f"navn;type\nNordsø;{words}\n").contacts
    assert contact.contact is kind


@pytest.mark.requirement("002-087")
def test_the_preview_tells_the_fields_by_position_and_the_contacts_by_line(read: Read) -> None:
    lines = list(preview(read(WHOLE)))
    assert lines[1:3] == ["  1. Firma: company", "  2. Afdeling: department"]
    assert "  11. Hurtigopkald: speed dial" in lines
    assert "  17. Branche: a field of your own" in lines
    assert (
        "  line 2: Maja Lind · Lind & Co · Salg · +4520102010 · +4588776501 · maja@lind.example · vip"
        in lines
    )
    assert lines[-1] == "2 in all: 1 contact, 1 vip"


def test_of_a_long_file_the_preview_shows_the_first_and_counts_the_others(read: Read) -> None:
    lines = list(preview(read("name\n" + "".join(f"Nr {n}\n" for n in range(25)))))
    assert sum(line.startswith("  line ") for line in lines) == 10
    assert "  … and 15 more" in lines


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("navn;mobil\nA;20 10\n", 'line 2, column mobil: "2010" must be a number with its country'),
        ("navn;mobil\nA;hej\n", 'line 2, column mobil: "hej" is not a telephone number.'),
        ("navn;type\nA;ven\n", 'line 2, column type: "ven" is none of: favourite, contact, VIP, blocked.'),
        ("navn;mobil;preferred\nA;+4520102010;fax\n", 'column preferred: "fax" is none of the numbers'),
        ("firma;navn\n;\nX;\n", ""),
        ("id;navn\n1;A\n1;B\n", 'line 3, column id: "1" is also in line 2.'),
        ("navn;firma\nA;B\nA;B\n", "line 3: nothing tells this contact from the one in line 2."),
        ("navn;type;groups\nA;blocked;salg\n", "column groups: must be empty for a blocked contact"),
        ("navn\n", "there are no contacts in it"),
        ("", "there is nothing in it"),
        ("navn;gade\n;Havnegade\n", "is empty, and so is the company."),
        ("navn;e-mail\nA;nobody\n", '"nobody" is not an e-mail address.'),
    ],
)
def test_faults_are_named_with_line_and_column(read: Read, text: str, fault: str) -> None:
    if not fault:
        assert [c.name for _, c in read(text).contacts] == ["X"], "an empty line is passed over"
        return
    with pytest.raises(BadInput) as caught:
        read(text)
    assert fault in caught.value.text
    assert caught.value.text.endswith("Nothing was imported.")


@pytest.mark.requirement("002-086")
@pytest.mark.parametrize("name", ["contacts.csv", "contacts.xlsx", "contacts"])
def test_the_name_of_the_file_must_end_as_it_is_said(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("navn\nNordsø\n")
    with pytest.raises(BadInput, match=r"ends in \.txt or \.rtx"):
        create_contacts(str(file))
    allowed = file.with_name("contacts.RTX")
    file.rename(allowed)
    assert len(create_contacts(str(allowed)).contacts) == 1


TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=12).map(
    lambda text: " ".join(unicodedata.normalize("NFC", text).split())
)
NAME = TEXT.filter(lambda text: text and any(c.isalnum() for c in text))
DIGITS = st.integers(20_000_000, 99_999_999).map(lambda n: f"+45{n}")


@st.composite
def contacts(draw: st.DrawFn) -> list[Person]:
    found = []
    for n in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(ContactKind))
        by_kind = [(k, d) for k in NumberKind for d in draw(st.lists(DIGITS, max_size=2))]
        numbers = list({d: Number(kind=k, number=d) for k, d in by_kind}.values())
        numbers.sort(key=lambda one: list(NumberKind).index(one.kind))
        if numbers:
            first = draw(st.sampled_from(numbers))
            numbers = [first, *(one for one in numbers if one is not first)]
        areas = draw(st.lists(st.sampled_from(("salg", "it")), unique=True, max_size=2))
        found.append(
            Person(
                id=f"contact:{n}",
                name=draw(NAME),
                company=draw(TEXT),
                department=draw(TEXT),
                title=draw(TEXT),
                numbers=tuple(numbers),
                fields={k: v for k in ("Gade", 'An;læg "x"') if (v := draw(TEXT))},
                contact=kind,
                areas=() if kind is ContactKind.BLOCKED else tuple(areas),
            )
        )
    return found


@given(contacts())
def test_contacts_that_are_written_are_read_back_the_same(people: list[Person]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "contacts.txt")
        file.write_text(contacts_to_csv(people), encoding="utf-8")
        back = [contact for _, contact in create_contacts(str(file)).contacts]
    assert back == people
