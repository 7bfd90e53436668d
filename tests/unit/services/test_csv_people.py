"""People from a CSV file: what is understood, and what is said when it is not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reception.directory.numbers import NumberPlan
from reception.errors import BadInput
from reception.model.people import Number, NumberKind, Person
from services.directory import create
from services.directory.writing import to_csv

Read = Callable[..., list[Person]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str | bytes, plan: NumberPlan | None = None) -> list[Person]:
        file = tmp_path / "people.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(create(str(file), plan))

    return read_text


@pytest.fixture
def faults(read: Read) -> Callable[[str | bytes], list[str]]:
    def faults_of(text: str | bytes) -> list[str]:
        with pytest.raises(BadInput) as caught:
            read(text)
        *lines, last = str(caught.value).splitlines()
        assert last == "Nothing was imported."
        assert caught.value.message.params["file"] == "people.csv"
        return lines

    return faults_of


ALICE = Person(
    id="p-17",
    name="Alice Holm",
    initials="ALH",
    title="Indkøbschef",
    department="Indkøb",
    email="alice.holm@firma.example",
    numbers=(
        Number(kind=NumberKind.DESK, number="2001"),
        Number(kind=NumberKind.MOBILE, number="+4540112233"),
        Number(kind=NumberKind.SOFTPHONE, number="2801"),
        Number(kind=NumberKind.OTHER, number="+494055501"),
        Number(kind=NumberKind.OTHER, number="2099"),
    ),
    mailbox="2001",
    fields={"Sprog": "dansk, italiensk", "Bil": "Ferrari"},
    alternates=("cad", "bob@firma.example"),
)
WHOLE = """\
id;name;initials;title;department;email;desk;mobile;softphone;other;mailbox;alternates;Sprog;Bil
p-17;Alice Holm;ALH;Indkøbschef;Indkøb;alice.holm@firma.example;2001;40 11 22 33;2801;\
"+49 (0)40 555-01;2099";2001;"CAD; Bob@firma.example";dansk, italiensk;Ferrari
;Carol Dam;CAD;;;;;;;;;;;
;Bob Krogh;;;;bob@firma.example;;;;;;;;
"""


@pytest.mark.requirement("000-23")
def test_a_person_is_read_whole_with_the_kinds_of_their_devices(read: Read) -> None:
    assert read(WHOLE) == [
        ALICE,
        Person(id="cad", name="Carol Dam", initials="CAD"),
        Person(id="bob@firma.example", name="Bob Krogh", email="bob@firma.example"),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "Navn;Initialer;Titel;Afdeling;E-mail;Lokalnummer;Mobil;Indbakke;Stedfortræder;Sted",
        "NAME;Kürzel;Position;Abteilung;Mail;Durchwahl;Handy;Anrufbeantworter;Vertretung;Sted",
        "Full Name;initials;job_title;Department;email address;Extension;Mobile phone;voicemail;Deputy;Sted",
    ],
)
def test_headings_may_be_danish_german_or_english(read: Read, headings: str) -> None:
    (person,) = read(f"{headings}\nÅse;ÅSE;Chef;Salg;a@b.dk;2001;+4540112233;2001;;Vejle\n")
    assert person == Person(
        id="åse",
        name="Åse",
        initials="ÅSE",
        title="Chef",
        department="Salg",
        email="a@b.dk",
        numbers=(
            Number(kind=NumberKind.DESK, number="2001"),
            Number(kind=NumberKind.MOBILE, number="+4540112233"),
        ),
        mailbox="2001",
        fields={"Sted": "Vejle"},
    )


@pytest.mark.parametrize(
    ("heading", "written", "manager"),
    [
        ("Manager", "alh", "p-17"),
        ("Leder", "p-17", "p-17"),
        ("NÆRMESTE LEDER", "Alice@firma.example", "p-17"),
        ("Vorgesetzte", "alice  HOLM", "p-17"),
        ("Manager", "Somebody Else", ""),
        ("Manager", "Bo Krogh", ""),  # may be either of the two
        ("Manager", "eva", ""),  # nobody is their own
        ("Mentor", "alh", ""),
    ],
)
def test_a_free_field_tells_who_the_manager_is(read: Read, heading: str, written: str, manager: str) -> None:
    text = f"id;name;initials;email;{heading}\np-17;Alice Holm;ALH;alice@firma.example;\n"
    found = read(f"{text}b1;Bo Krogh;;;\nb2;Bo Krogh;;;\neva;Eva Lund;;;{written}\n")
    assert found[-1].manager == manager
    assert found[-1].fields == {heading: written}
    assert [p.manager for p in found[:-1]] == ["", "", ""]


def test_first_and_last_name_may_stand_apart(read: Read) -> None:
    people = read("Fornavn,Efternavn,Telefon\nÅse,Nygård,2001\n,Cher,2002\n")
    assert [p.name for p in people] == ["Åse Nygård", "Cher"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found_out(read: Read, delimiter: str, newline: str) -> None:
    rows = [["name", "desk", "Note"], ["Åse", "2001", '"one, two; three"'], ["Bo", "2002", ""]]
    text = newline.join(delimiter.join(row) for row in rows)
    assert [(p.name, p.main_number) for p in read(text)] == [("Åse", "2001"), ("Bo", "2002")]
    assert read(text)[0].fields == {"Note": "one, two; three"}


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_does_not_matter(read: Read, bom: bytes) -> None:
    assert read(bom + "name\nÅse\n".encode())[0].name == "Åse"


def test_windows_1252_is_read_and_said(read: Read, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="services.directory"):
        people = read("name;title\nBo;x\nÅse Müller;Sælger\n".encode("cp1252"))
    assert (people[1].name, people[1].title) == ("Åse Müller", "Sælger")
    (record,) = caplog.records
    assert "read as Windows-1252" in record.message
    assert "line 3" in record.message


def test_letters_typed_as_two_characters_are_one(read: Read) -> None:
    assert read("name\nA\u030ase\n")[0].name == "Åse"


def test_empty_lines_and_empty_columns_at_the_end_do_not_matter(read: Read) -> None:
    people = read("\n\nname;desk;;\n;;;\n\nÅse;2001;;\n   ;;\nBo\n")
    assert [p.name for p in people] == ["Åse", "Bo"]


def test_numbers_follow_the_plan_of_the_house(read: Read) -> None:
    (person,) = read("name;mobile\nBo;0171 1234567\n", NumberPlan(country="49"))
    assert person.main_number == "+491711234567"


def test_one_person_may_have_one_number_on_two_devices_and_share_other_ones(read: Read) -> None:
    people = read("name;desk;softphone;other\nÅse;2001;2001;2099\nBo;2002;;2099\n")
    assert [p.main_number for p in people] == ["2001", "2002"]


# ------------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "people.csv: there is nothing in it."),
        ("name;desk\n", "people.csv: there are no people in it, only the columns' names."),
        ("name;desk\n;2001\n", "people.csv, line 2, column name: is empty."),
        ("Fornavn;Efternavn;desk\n;;2001\n", "people.csv, line 2: the name is empty."),
        (
            "name;Lokalnummer\nÅse;20-one\n",
            'people.csv, line 2, column Lokalnummer: "20-one" is not a telephone number.',
        ),
        (
            "name;mobile\nÅse;40112233\nBo;4011\nIb;+45 4011 22334455667788\n",
            'people.csv, line 4, column mobile: "+45 4011 22334455667788" is not a telephone number.',
        ),
        (
            "name;email\nÅse;åse at firma\n",
            'people.csv, line 2, column email: "åse at firma" is not an e-mail address.',
        ),
        (
            "name;initials\nÅse;Å S\n",
            'people.csv, line 2, column initials: "Å S" must be one word of at most 10 letters.',
        ),
        (
            "name;mailbox\nÅse;box\n",
            'people.csv, line 2, column mailbox: "box" is not the number of a mailbox.',
        ),
        (
            "name;desk\nÅse;2001;7\n",
            "people.csv, line 2: has 3 cells, but there are 2 columns; "
            "a cell with the delimiter in it must stand in quotation marks.",
        ),
        ("name;;desk\nÅse;x;2001\n", "people.csv, line 1: the 2. column has no heading."),
        (
            "name;desk;Telefon\nÅse;1;2\n",
            'people.csv, line 1, column Telefon: means the same as the column "desk"; keep one.',
        ),
        (
            "name;Sted;sted\nÅse;1;2\n",
            'people.csv, line 1, column sted: means the same as the column "Sted"; keep one.',
        ),
        ("id;name\n7;Åse\n8;Bo\n7;Ib\n", 'people.csv, line 4, column id: "7" is also in line 2.'),
        (
            "name;Initialer\nÅse;ÅS\n\nBo;ås\n",
            'people.csv, line 4, column Initialer: "ås" is also in line 2.',
        ),
        (
            "name;desk;mobile\nÅse;2001;\nBo;;2001\n",
            'people.csv, line 3, column mobile: "2001" is also in line 2.',
        ),
        (
            "name\nHans Hansen\nHans Hansen\n",
            'people.csv, line 3: nothing tells this person from the one in line 2: both are "hans hansen".',
        ),
        (
            "name;alternates\nÅse;bob\n",
            'people.csv, line 2, column alternates: "bob" is nobody\'s id, initials or e-mail address '
            "in this file.",
        ),
        (
            "name;initials;Stedfortræder\nÅse;ÅS;ås\n",
            'people.csv, line 2, column Stedfortræder: "ås" is the person themselves.',
        ),
        (
            "id;name;email;alternates\n1;Åse;x@y.z;\n2;Bo;x@y.z;\n3;Ib;;x@y.z\n",
            'people.csv, line 4, column alternates: "x@y.z" may be several people; use their ids.',
        ),
        (
            'name;desk\nÅse;2001\n"Bo;2002\nIb;2003\n',
            "people.csv, line 3: a row that begins here cannot be read (unexpected end of data); "
            "look for a lone quotation mark.",
        ),
        (
            f"name;title\nÅse;{'x' * 501}\n",
            "people.csv, line 2, column title: has 501 characters; at most 500 are possible.",
        ),
        ("name;title\nÅse;a\x07b\n", "people.csv, line 2, column title: holds control characters."),
        ("name\nÅ\0se\n", "people.csv, line 2: holds zero bytes; that is no text file."),
        ("name\nÅse\n".encode("utf-16"), 'people.csv: is UTF-16 ("Unicode text"). Save it as "CSV UTF-8".'),
        (
            b"name\nBo\n\xc5se \x81\n",
            'people.csv, line 3: is neither UTF-8 nor Windows-1252. Save it as "CSV UTF-8".',
        ),
    ],
)
def test_a_fault_is_named_by_line_and_column(
    faults: Callable[[str | bytes], list[str]], text: str | bytes, fault: str
) -> None:
    assert faults(text) == [fault]


def test_a_file_without_names_says_what_was_found(faults: Callable[[str], list[str]]) -> None:
    (fault,) = faults("\nwho;desk\nÅse;2001\n")
    assert fault.startswith("people.csv, line 2: there is no column with the names.")
    assert fault.endswith("Found: who, desk.")
    faults_of_half = faults("last name;desk\nÅse;2001\n")
    assert "there is no column with the names" in faults_of_half[0]


def test_a_fault_in_a_row_after_a_cell_of_several_lines_has_the_right_line(
    faults: Callable[[str], list[str]],
) -> None:
    assert faults('name;Note;desk\nÅse;"one\ntwo\nthree";2001\nBo;;x\n') == [
        'people.csv, line 5, column desk: "x" is not a telephone number.'
    ]


def test_all_faults_are_told_at_once_in_order_up_to_twenty(faults: Callable[[str], list[str]]) -> None:
    rows = [f"P{i};{'x' if i != 3 else 2003};y" for i in range(15)]
    lines = faults("name;desk;mobile\n" + "\n".join(rows) + "\n")
    assert lines[0] == 'people.csv, line 2, column desk: "x" is not a telephone number.'
    assert lines[1] == 'people.csv, line 2, column mobile: "y" is not a telephone number.'
    assert len(lines) == 21
    assert lines[20] == "… and 9 more."


def test_a_long_wrong_text_is_cut_in_the_message(faults: Callable[[str], list[str]]) -> None:
    (line,) = faults(f"name;email\nÅse;{'x' * 200}\n")
    assert len(line) < 120
    assert "…" in line


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        create(str(tmp_path / "none.csv"))
    assert str(caught.value).startswith("none.csv: cannot be read: No such file or directory.")


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "disk.csv"
    with file.open("wb") as out:
        out.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(BadInput, match="larger than 64 MB"):
        create(str(file))


# ------------------------------------------------------------------ there and back

TEXT = st.text(
    st.characters(
        blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Mn", "Mc", "Me", "Lo", "Lm", "So", "No")
    ),
    max_size=12,
)
EXTENSIONS = st.integers(100, 99_999).map(str)


@st.composite
def staff(draw: st.DrawFn) -> list[Person]:
    ids = draw(st.lists(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True), unique=True, min_size=1, max_size=5))
    numbers = draw(st.lists(EXTENSIONS, unique=True, min_size=2 * len(ids), max_size=2 * len(ids)))
    return [
        Person(
            id=id_,
            name=draw(TEXT.filter(bool)),
            title=draw(TEXT),
            department=draw(TEXT),
            numbers=(
                Number(kind=NumberKind.DESK, number=numbers.pop()),
                Number(kind=NumberKind.MOBILE, number=numbers.pop()),
            ),
            fields={k: v for k in ("Sted", 'An;læg "x"') if (v := draw(TEXT))},
            alternates=tuple(other for other in ids if other != id_ and draw(st.booleans())),
        )
        for id_ in ids
    ]


@pytest.mark.requirement("002-199")
@given(people=staff())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_people_that_are_written_are_read_back_the_same(read: Read, people: list[Person]) -> None:
    back = read(to_csv(people))
    by_field = [{field: p.fields[field] for field in sorted(p.fields)} for p in people]
    assert [{field: p.fields[field] for field in sorted(p.fields)} for p in back] == by_field
    assert [(p.id, p.title, p.department, p.numbers, p.alternates) for p in back] == [
        (p.id, p.title, p.department, p.numbers, p.alternates) for p in people
    ]


def test_a_whole_person_is_written_and_read_back_the_same(read: Read) -> None:
    people = read(WHOLE)
    assert read(to_csv(people)) == people


# ------------------------------------------------------------------ hidden


def test_who_is_unlisted_and_whose_mobile_is_hidden(read: Read) -> None:
    people = read(
        "name;mobil;lokal;skjult;skjul mobil\n"
        "Alice;20102010;201;ja;\nBob;20102011;202;Nej;X\nClara;20102012;203;;0\n"
    )
    assert [p.is_unlisted for p in people] == [True, False, False]
    hidden = [[n.number for n in p.numbers if n.is_hidden] for p in people]
    assert hidden == [[], ["+4520102011"], []]
    assert read(to_csv(people)) == people


def test_neither_yes_nor_no_is_a_fault(faults: Callable[[str | bytes], list[str]]) -> None:
    assert faults("name;unlisted\nAlice;perhaps\n") == [
        'people.csv, line 2, column unlisted: "perhaps" is neither yes nor no.'
    ]
