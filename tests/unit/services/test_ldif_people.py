"""People from Active Directory's LDIF."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.numbers import NumberPlan
from reception.errors import BadInput
from reception.model.people import Number, NumberKind, Person
from services.directory import create_ldif
from services.directory.faults import Faults
from services.directory.ldif import read_records

Write = Callable[..., Path]


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


ALICE = f"""\
dn: CN=Alice Holm,OU=Salg,DC=example,DC=com
changetype: add
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
cn: Alice Holm
sn: Holm
givenName: Alice
displayName: Alice Holm
sAMAccountName: ALH
initials: M
title:: {b64("Sælger")}
department: Salg
company: Eksempel A/S
physicalDeliveryOfficeName: Bygning 2
description: A long description that the export folds over more than one line of th
 e file
memberOf: CN=Salg\\, Nord,OU=Grupper,DC=example,DC=com
memberOf: CN=Alle,OU=Grupper,DC=example,DC=com
telephoneNumber: +45 33 11 20 14
mobile: 20 12 34 56
otherTelephone: 70 10 10 10
mail: alh@example.com
userAccountControl: 512
objectGUID:: {base64.b64encode(bytes(range(16))).decode()}
thumbnailPhoto:: /9j/
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(*records: str, encoding: str = "utf-8") -> Path:
        file = tmp_path / "people.ldif"
        file.write_bytes("\n".join(records).encode(encoding))
        return file

    return to_file


def people(file: Path) -> list[Person]:
    return list(create_ldif(str(file), NumberPlan()))


def user(name: str, *lines: str) -> str:
    return "\n".join((f"dn: CN={name},DC=x", "objectClass: user", f"cn: {name}", *lines, ""))


def complaints(file: Path) -> str:
    with pytest.raises(BadInput) as caught:
        people(file)
    assert "Nothing was imported." in caught.value.text
    return caught.value.text


@pytest.mark.requirement("002-186")
def test_a_person_of_active_directory_is_read_whole(write: Write) -> None:
    (alice,) = people(write("version: 1", "", "# exported", ALICE))
    assert alice == Person(
        id="ALH",
        name="Alice Holm",
        initials="ALH",
        title="Sælger",
        department="Salg",
        email="alh@example.com",
        numbers=(
            Number(kind=NumberKind.DESK, number="+4533112014"),
            Number(kind=NumberKind.MOBILE, number="+4520123456"),
            Number(kind=NumberKind.OTHER, number="+4570101010"),
        ),
        fields={
            "Company": "Eksempel A/S",
            "Office": "Bygning 2",
            "Description": "A long description that the export folds over more than one line of the file",
            "Groups": "Alle, Salg, Nord",
        },
    )


def test_the_manager_is_whoever_has_that_name(write: Write) -> None:
    bo = user("Bo Krogh", "sAMAccountName: bkr", "manager: CN=Alice Holm,OU=Salg,DC=example,DC=com")
    eva = user("Eva Lund", "sAMAccountName: elu", "manager: CN=Lund\\, Ole,DC=example,DC=com")
    found = {p.name: p for p in people(write(ALICE, bo, eva))}
    assert {name: p.manager for name, p in found.items()} == {
        "Alice Holm": "",
        "Bo Krogh": "ALH",
        "Eva Lund": "",
    }
    assert found["Eva Lund"].fields["Manager"] == "Lund, Ole", "who is no person of the file stays a text"


def test_the_version_may_stand_right_above_the_first_entry(write: Write) -> None:
    assert [p.name for p in people(write("version: 1", ALICE))] == ["Alice Holm"]


def test_disabled_accounts_computers_and_groups_are_left_out(write: Write) -> None:
    gone = user("Gone", "sAMAccountName: GON", "userAccountControl: 514")
    computer = user("PC1$", "objectClass: computer", "sAMAccountName: PC1$")
    group = "dn: CN=Alle,DC=x\nobjectClass: group\ncn: Alle\n"
    unit = "dn: OU=Salg,DC=x\nobjectClass: organizationalUnit\nou: Salg\n"
    outside = "dn: CN=Ole,DC=x\nobjectClass: contact\ncn: Ole\ntelephoneNumber: 44444444\n"
    names = [p.name for p in people(write(gone, computer, group, unit, ALICE, outside))]
    assert names == ["Alice Holm", "Ole"]


def test_who_is_hidden_from_address_lists_is_unlisted(write: Write) -> None:
    hidden = user("Hidden", "sAMAccountName: hidden1", "msExchHideFromAddressLists: TRUE")
    assert [p.is_unlisted for p in people(write(ALICE, hidden))] == [False, True]


def test_a_number_that_several_have_is_one_that_may_be_shared(write: Write) -> None:
    one = user("One", "sAMAccountName: one", "telephoneNumber: 33112233", "mobile: 20000001")
    two = user("Two", "sAMAccountName: two", "telephoneNumber: +45 3311 2233", "otherMobile: 20000002")
    kinds = [[(n.kind, n.number) for n in p.numbers] for p in people(write(one, two))]
    assert kinds == [
        [(NumberKind.MOBILE, "+4520000001"), (NumberKind.OTHER, "+4533112233")],
        [(NumberKind.MOBILE, "+4520000002"), (NumberKind.OTHER, "+4533112233")],
    ]


def test_what_stays_the_same_is_the_user_name_else_active_directorys_own_id(write: Write) -> None:
    guid = f"objectGUID:: {base64.b64encode(bytes(16)).decode()}"
    long = user("Long", "sAMAccountName: longname", guid)
    outside = user("Out", guid)
    assert [p.id for p in people(write(long, outside))] == ["longname", "00" * 16]
    assert [p.initials for p in people(write(long, outside))] == ["", ""]


def test_unicode_exports_are_read(write: Write) -> None:
    wide = user("Søren Bækgård", "sAMAccountName: SBG")
    assert [p.name for p in people(write(wide, encoding="utf-16"))] == ["Søren Bækgård"]


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        (("dn: CN=A,DC=x", "no colon here"), "people.ldif, line 2: is no LDIF"),
        (("dn: CN=A,DC=x", "changetype: modify", "replace: sn"), "is a change (modify)"),
        (("dn: CN=A,DC=x", "objectClass: user", "title:: %%%"), "line 3, column title: is neither base64"),
        (("dn: CN=A,DC=x", "objectClass: user", "photo:< file:///x"), "names a file in place of a value"),
        (("objectClass: user", "cn: A"), "line 1: a record begins here without its dn"),
        (("dn: CN=A,DC=x", "objectClass: group"), "there are no people in it"),
        (
            ("dn: CN=A,DC=x", "objectClass: user", "cn: A", "telephoneNumber: none"),
            'line 1, column telephoneNumber: "none" is not a telephone number',
        ),
        (
            ("dn: CN=A,DC=x", "objectClass: user", "cn: A", "userAccountControl: x"),
            "column userAccountControl",
        ),
    ],
)
def test_faults_are_named_with_line_and_attribute(write: Write, records: tuple[str], complaint: str) -> None:
    assert complaint in complaints(write(*records))


def test_a_file_that_is_not_there_or_no_text_is_told(write: Write, tmp_path: Path) -> None:
    assert "cannot be read" in complaints(tmp_path / "nowhere.ldif")
    assert "is no UTF-8 text" in complaints(write("dn: CN=Æ,DC=x", encoding="latin-1"))


@given(
    value=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1),
    width=st.integers(2, 80),
)
def test_any_value_survives_base64_and_folding(
    tmp_path_factory: pytest.TempPathFactory, value: str, width: int
) -> None:
    line = f"displayName:: {b64(value)}"
    folded = "\n ".join(line[i : i + width] for i in range(0, len(line), width))
    file = tmp_path_factory.mktemp("ldif") / "one.ldif"
    file.write_text(f"dn: CN=A\n{folded}\n", encoding="utf-8")
    faults = Faults(file.name)
    (record,) = read_records(str(file), faults)
    faults.raise_if_any()
    assert record.first("displayName") == value.strip()
