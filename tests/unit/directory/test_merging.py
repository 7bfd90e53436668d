"""Two directories as one: nobody twice, nothing lost, differences told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.directory.merging import Arrival, Conflict, MergeRules, merged
from reception.model.people import Number, NumberKind, Person

FILE_WINS, ONLINE_WINS = MergeRules(), MergeRules(wins="online")


def number(digits: str, kind: NumberKind = NumberKind.DESK) -> Number:
    return Number(kind=kind, number=digits)


ANNA = Person(
    id="AF",
    name="Anna Friis",
    initials="AF",
    email="anna@firma.example",
    numbers=(number("201"),),
    fields={"Bygning": "Nord"},
)
ANNA_ONLINE = Arrival(
    person=Person(
        id="ms-1",
        name="Anna Friis",
        title="Indkøber",
        department="Indkøb",
        email="Anna@Firma.example",
        numbers=(number("+4520102010", NumberKind.MOBILE),),
        fields={"Office": "2.14", "Bygning": "Syd"},
    ),
    keys=("anna.friis@firma.example",),
)


def test_what_one_side_leaves_out_the_other_says() -> None:
    found = merged([ANNA], [ANNA_ONLINE], FILE_WINS)
    (anna,) = found.people
    assert (anna.id, anna.initials, anna.title, anna.department) == ("AF", "AF", "Indkøber", "Indkøb")
    assert [n.number for n in anna.numbers] == ["201", "+4520102010"]
    assert anna.fields == {"Office": "2.14", "Bygning": "Nord"}
    assert found.online_ids == {"AF": "ms-1"}
    assert found.conflicts == ()  # an e-mail in other capitals is the same


@pytest.mark.parametrize(("rules", "kept"), [(FILE_WINS, "Chef"), (ONLINE_WINS, "Indkøber")])
def test_where_both_say_something_one_wins_and_it_is_told(rules: MergeRules, kept: str) -> None:
    ours = Person(id="AF", name="Anna Friis", title="Chef", email="anna@firma.example")
    found = merged([ours], [ANNA_ONLINE], rules)
    assert found.people[0].title == kept
    other = {"Chef": "Indkøber", "Indkøber": "Chef"}[kept]
    assert found.conflicts == (Conflict(person="Anna Friis", field="title", kept=kept, other=other),)


@pytest.mark.parametrize(("rules", "kept"), [(FILE_WINS, "201"), (ONLINE_WINS, "299")])
def test_numbers_of_one_kind_are_those_of_one_side(rules: MergeRules, kept: str) -> None:
    theirs = Arrival(person=Person(id="ms-1", name="Anna Friis", email=ANNA.email, numbers=(number("299"),)))
    found = merged([ANNA], [theirs], rules)
    assert [n.number for n in found.people[0].numbers] == [kept]
    assert [c.field for c in found.conflicts] == ["desk"]


def test_the_same_number_is_no_conflict() -> None:
    theirs = Arrival(person=Person(id="ms-1", name="Anna Friis", email=ANNA.email, numbers=ANNA.numbers))
    found = merged([ANNA], [theirs], FILE_WINS)
    assert found.people[0].numbers == ANNA.numbers
    assert found.conflicts == ()


def test_who_is_on_one_side_only_is_there_too() -> None:
    bo = Person(id="BB", name="Bo", email="bo@firma.example")
    carl = Arrival(person=Person(id="ms-3", name="Carl", numbers=(number("203"),)))
    assert [p.id for p in merged([bo, ANNA], [carl, ANNA_ONLINE], FILE_WINS).people] == ["BB", "AF", "ms-3"]


def test_a_column_of_the_file_may_tell_who_is_who() -> None:
    ours = Person(id="AF", name="Anna", fields={"UPN": "Anna.Friis@firma.example"})
    found = merged([ours], [ANNA_ONLINE], MergeRules(match="UPN"))
    assert [(p.id, p.title) for p in found.people] == [("AF", "Indkøber")]
    noted = Person(id="AF", name="Anna", notes={"UPN": "anna.friis@firma.example"})
    assert len(merged([noted], [ANNA_ONLINE], MergeRules(match="UPN")).people) == 1
    assert len(merged([ANNA], [ANNA_ONLINE], MergeRules(match="UPN")).people) == 2


def test_a_number_is_one_persons_own() -> None:
    carl = Arrival(person=Person(id="ms-3", name="Carl", numbers=(number("201"),)))
    found = merged([ANNA], [carl], FILE_WINS)
    assert found.people[1].numbers == (number("201", NumberKind.OTHER),)
    assert found.conflicts == (Conflict(person="Carl", field="number", kept="201", other="AF"),)


def test_stand_ins_are_known_by_the_ids_that_count() -> None:
    boss = Arrival(person=Person(id="ms-2", name="Bo", alternates=("ms-1",)))
    found = merged([ANNA], [boss, ANNA_ONLINE], FILE_WINS)
    assert found.people[1].alternates == ("AF",)


def test_a_manager_is_known_by_the_id_that_counts() -> None:
    below = Arrival(person=Person(id="ms-2", name="Bo", manager="ms-1"))
    found = merged([ANNA], [below, ANNA_ONLINE], FILE_WINS)
    assert found.people[1].manager == "AF"


def test_the_file_says_who_the_manager_is_and_the_other_side_where_it_does_not() -> None:
    online = Arrival(person=replace(ANNA_ONLINE.person, manager="ms-9"), keys=ANNA_ONLINE.keys)
    assert merged([ANNA], [online], FILE_WINS).people[0].manager == "ms-9"
    assert merged([replace(ANNA, manager="bo")], [online], FILE_WINS).people[0].manager == "bo"


def test_two_in_the_file_with_one_address_do_not_both_become_the_same() -> None:
    twin = Person(id="XX", name="Reception", email="anna@firma.example")
    found = merged([ANNA, twin], [ANNA_ONLINE], FILE_WINS)
    assert [p.title for p in found.people] == ["Indkøber", ""]


def test_who_is_unlisted_on_one_side_is_unlisted() -> None:
    hidden = Arrival(person=Person(id="ms-1", name="Anna Friis", email=ANNA.email, is_unlisted=True))
    assert merged([ANNA], [hidden], FILE_WINS).people[0].is_unlisted


NUMBERS = st.lists(
    st.builds(Number, kind=st.sampled_from(NumberKind), number=st.sampled_from(["201", "202", "203"])),
    max_size=3,
).map(tuple)
EMAILS = st.sampled_from(["", "a@x", "b@x", "c@x"])


@given(
    st.lists(st.tuples(EMAILS, NUMBERS), max_size=5),
    st.lists(st.tuples(EMAILS, NUMBERS), max_size=5),
    st.sampled_from([FILE_WINS, ONLINE_WINS]),
)
def test_ids_are_unique_nobody_is_lost_and_arrivals_take_no_number_away(
    file: list[tuple[str, tuple[Number, ...]]],
    online: list[tuple[str, tuple[Number, ...]]],
    rules: MergeRules,
) -> None:
    ours = [Person(id=f"f{n}", name=f"F{n}", email=e, numbers=d) for n, (e, d) in enumerate(file)]
    theirs = [
        Arrival(person=Person(id=f"o{n}", name=f"O{n}", email=e, numbers=d))
        for n, (e, d) in enumerate(online)
    ]
    found = merged(ours, theirs, rules)
    ids = [p.id for p in found.people]
    assert len(set(ids)) == len(ids)
    assert set(ids) >= {p.id for p in ours}
    assert len(ids) >= max(len(ours), len(theirs))
    first_owner: dict[str, str] = {}
    for person in ours:
        for n in person.numbers:
            if n.kind is not NumberKind.OTHER:
                first_owner.setdefault(n.number, person.id)
    for person in found.people:
        for n in person.numbers:
            if n.kind is not NumberKind.OTHER and n not in {m for p in ours for m in p.numbers}:
                assert first_owner.get(n.number, person.id) == person.id
    assert merged(ours, theirs, rules) == found
