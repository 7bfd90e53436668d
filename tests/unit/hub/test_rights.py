"""What is hidden by right never leaves the hub: not in people, statuses, timelines or changes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reception.directory.fingerprint import fingerprint_of
from reception.hub.audience import Circle
from reception.hub.office_file import parse_office
from reception.hub.rights import Rights
from reception.model.changes import PersonChanged, PersonRemoved, StatusChanged, TimelineChanged
from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import ContactKind, Number, NumberKind, Person
from reception.model.presence import Entry, Timeline

DESK = Number(kind=NumberKind.DESK, number="201")
MOBILE = Number(kind=NumberKind.MOBILE, number="+4520102010")
ALICE = Person(
    id="a",
    name="Alice",
    numbers=(DESK, MOBILE),
    fields={"Room": "1", "Only us": "ask first"},
    alternates=("b", "c"),
)
BOB = Person(id="b", name="Bob", numbers=(Number(kind=NumberKind.DESK, number="202"),))
CLARA = Person(id="c", name="Clara", is_unlisted=True)
EVERYBODY = {p.id: p for p in (ALICE, BOB, CLARA)}


def rights(**settings: object) -> Rights:
    found = Rights(may_see_hidden={"CHIEF"}, **settings)  # type: ignore[arg-type]
    found.follow({}, EVERYBODY)
    return found


def lines_of(*numbers: str) -> tuple[Line, ...]:
    return tuple(Line(number=n, state=LineState.TALKING, since=0.0) for n in numbers)


STATUS = PersonStatus(person="a", kind=StatusKind.BUSY, since=0.0, lines=lines_of("201", "+4520102010"))
DIVERTED = Timeline(
    person="a",
    entries=(Entry(id="e", reason="", start=0.0, end=None, origin="KLJ", divert_to="+4520102010"),),
)


def test_who_is_unlisted_is_told_to_nobody() -> None:
    for attendant in ("KLJ", "CHIEF"):
        view = rights().view_of(attendant)
        told = view.people(EVERYBODY.values())
        assert [p.id for p in told] == ["a", "b"]
        assert told[0].alternates == ("b",)
        assert view.change(PersonChanged(person=CLARA)) == PersonRemoved(person="c")
        assert view.change(StatusChanged(status=replace(STATUS, person="c"))) is None
        assert view.change(TimelineChanged(timeline=replace(DIVERTED, person="c"))) is None


def test_a_manager_who_is_unlisted_is_told_to_nobody() -> None:
    dora, emil = Person(id="d", name="Dora", manager="c"), Person(id="e", name="Emil", manager="b")
    house = rights()
    house.follow(EVERYBODY, {**EVERYBODY, "d": dora, "e": emil})
    view = house.view_of("KLJ")
    assert [told.manager for one in (dora, emil) if (told := view.person(one))] == ["", "b"]


def test_mobiles_are_told_to_those_only_who_may_see_what_is_hidden() -> None:
    house = rights(hide_mobiles=True)
    told = house.view_of("KLJ").person(ALICE)
    assert told is not None
    assert told.numbers == (DESK,)
    full = house.view_of("CHIEF").person(ALICE)
    assert full is not None
    assert full.numbers == (DESK, MOBILE)


def test_a_hidden_number_is_in_no_status_and_no_diversion_either() -> None:
    house = rights(hide_mobiles=True)
    seen = house.view_of("KLJ")
    assert seen.change(StatusChanged(status=STATUS)) == StatusChanged(
        status=replace(STATUS, lines=lines_of("201"))
    )
    timeline = seen.timeline(DIVERTED)
    assert timeline is not None
    assert timeline.entries[0].divert_to == ""
    assert house.view_of("CHIEF").status(STATUS) == STATUS
    assert house.view_of("CHIEF").timeline(DIVERTED) == DIVERTED


def test_a_single_number_can_be_hidden() -> None:
    hidden = replace(ALICE, numbers=(DESK, replace(MOBILE, is_hidden=True)))
    house = rights()
    house.follow(EVERYBODY, EVERYBODY | {"a": hidden})
    told = house.view_of("KLJ").person(hidden)
    assert told is not None
    assert told.numbers == (DESK,)
    assert house.view_of("KLJ").status(STATUS) == replace(STATUS, lines=lines_of("201"))


def test_fields_that_are_notes_are_told_as_notes() -> None:
    told = rights(notes={"Only us"}).view_of("KLJ").person(ALICE)
    assert told is not None
    assert (told.fields, told.notes) == ({"Room": "1"}, {"Only us": "ask first"})


def test_who_has_nothing_hidden_is_told_as_they_are() -> None:
    view = rights(notes={"Only us"}).view_of("KLJ")
    assert view.person(BOB) is BOB
    status = replace(STATUS, person="b")
    assert view.status(status) is status


@pytest.mark.parametrize(
    "after",
    [
        EVERYBODY,
        {"a": ALICE},
        EVERYBODY | {"b": replace(BOB, name="Bib")},
        EVERYBODY | {"d": Person(id="d", name="Dora", alternates=("c",))},
        EVERYBODY | {"c": replace(CLARA, is_unlisted=False)},
        EVERYBODY | {"b": replace(BOB, is_unlisted=True)},
        {},
    ],
)
def test_the_fingerprint_is_that_of_the_people_as_they_are_told(after: dict[str, Person]) -> None:
    house = rights(hide_mobiles=True, notes={"Only us"})
    house.follow(EVERYBODY, after)
    for attendant in ("KLJ", "CHIEF"):
        view = house.view_of(attendant)
        assert view.fingerprint == fingerprint_of(view.people(after.values()))


# ------------------------------------------------------------------ contacts, and who may change entries

OFFICE = """
[[groups]]
id = "salg"
members = ["KLJ"]
departments = ["Salg"]
[[rights.edit_future]]
who = ["salg"]
whom = ["salg"]
"""


def with_groups() -> Rights:
    contacts = [
        Person(id="contact:1", name="Nordsø", numbers=(MOBILE,), contact=ContactKind.VIP),
        Person(id="contact:2", name="Lind", department="Salg", contact=ContactKind.VIP, areas=("salg",)),
    ]
    found = Rights(circle=Circle(parse_office(OFFICE, "office.toml")), hide_mobiles=True)
    found.follow({}, EVERYBODY | {p.id: p for p in contacts})
    return found


@pytest.mark.requirement("002-011", "002-076")
def test_contacts_are_the_organisations_or_those_of_ones_groups() -> None:
    house = with_groups()
    own = Person(id="contact:3", name="Ven", contact=ContactKind.CONTACT, areas=("MBH", "lager"))
    house.follow(house._people, {**house._people, own.id: own})
    everybody = house._people.values()
    contacts = [
        [p.id for p in house.view_of(a).people(everybody) if p.contact is not None] for a in ("KLJ", "MBH")
    ]
    assert contacts == [["contact:1", "contact:2"], ["contact:1", "contact:3"]]
    told = house.view_of("MBH").person(house._people["contact:1"])
    assert told is not None
    assert told.numbers == (MOBILE,), "hidden are the mobiles of colleagues"
    mine = house.view_of("KLJ").people(everybody)
    assert house.view_of("KLJ").fingerprint == fingerprint_of(mine)
    assert house.view_of("KLJ").fingerprint != house.view_of("MBH").fingerprint


def test_other_rights_hold_at_once() -> None:
    house = with_groups()
    assert house.locks_some
    assert house.view_of("MBH").timeline(Timeline(person="b")) == Timeline(person="b", is_locked=True)
    house.use(Circle())
    assert not house.locks_some
    assert house.view_of("MBH").timeline(Timeline(person="b")) == Timeline(person="b")
    assert "contact:2" not in {p.id for p in house.view_of("KLJ").people(house._people.values())}
