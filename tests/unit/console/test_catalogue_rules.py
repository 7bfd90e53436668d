"""The order of what is found, those who are alike, places in the alphabet; all of it after any changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.console import catalogue_search
from reception.console.catalogue import Catalogue
from reception.console.catalogue_places import Places
from reception.directory.folding import sort_key, typed_forms, words
from reception.directory.numbers import NumberPlan
from reception.directory.query import parts_of
from reception.directory.texts import texts_of
from reception.model.people import Number, NumberKind, Person

PLAN = NumberPlan()


def filled(*people: Person) -> Catalogue:
    catalogue = Catalogue.open(None, plan=PLAN, language="da")
    catalogue.put(people)
    return catalogue


def named(*names: str) -> Catalogue:
    return filled(*(Person(id=name, name=name) for name in names))


# ---------------------------------------------------------------------- order


def test_whole_names_come_before_beginnings_and_these_before_other_texts() -> None:
    catalogue = filled(
        Person(id="title", name="Aage Dam", title="Holm"),
        Person(id="begins", name="Bo Holmgaard"),
        Person(id="whole", name="Carl Holm"),
        Person(id="initials", name="Dorthe Bech", initials="HOLM"),
    )
    assert catalogue.search("holm", 9).ids == ("whole", "initials", "begins", "title")


def test_those_handled_last_come_first_among_equals_even_from_beyond_the_limit() -> None:
    catalogue = named(*(f"Hanne {chr(97 + n)}" for n in range(20)), "Hannelore A")
    recent = ["Hannelore A", "Hanne q", "Hanne t", "gone"]
    assert catalogue.search("hanne", 4, recent).ids == ("Hanne q", "Hanne t", "Hanne a", "Hanne b")
    assert catalogue.search("hann", 3, recent).ids == ("Hannelore A", "Hanne q", "Hanne t")
    catalogue.put([Person(id="Hanne q", name="Berta q")])
    assert catalogue.search("hanne", 2, recent).ids == ("Hanne t", "Hanne a")


def test_recent_people_are_found_by_number_too() -> None:
    people = [
        Person(id=f"{n}", name=f"A{n}", numbers=(Number(kind=NumberKind.DESK, number=f"20{n}"),))
        for n in range(10, 30)
    ]
    assert filled(*people).search("20", 2, ["25"]).ids == ("25", "10")


def test_more_than_anybody_reads_are_not_counted_unless_they_are_counted_already() -> None:
    catalogue = named(*(f"Hanne {n}" for n in range(catalogue_search.COUNTED + 5)))
    few = catalogue.search("h", 5)
    assert (few.total, few.is_more, len(few.ids)) == (catalogue_search.COUNTED + 5, False, 5)
    many = catalogue.search("hanne", 5)
    assert (many.total, many.is_more) == (catalogue_search.COUNTED, True)


@pytest.mark.requirement("002-203")
@pytest.mark.requirement("002-232")
def test_notes_are_known_and_never_found() -> None:
    catalogue = filled(Person(id="1", name="Bo Dam", notes={"Bil": "Ferrari"}))
    assert catalogue.search("ferrari", 9).ids == ()
    person = catalogue.person("1")
    assert person is not None
    assert person.notes == {"Bil": "Ferrari"}


@pytest.mark.parametrize(
    "typed", ['"', '" OR "a', "name:", "a*", "NEAR(a b)", "^a", "a - b", "(", "🙂", "a\0b", "\ud800"]
)
def test_nothing_typed_is_an_error(typed: str) -> None:
    named("Anna Berg", "Bo Dam").search(typed, 9)


# ---------------------------------------------------------------------- alike


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kristensen", "Mette Christensen"),
        ("maier", "Jan Meyer"),
        ("hamsen", "Bo Hansen"),
        ("jorgne", "Per Jørgensen"),
        ("mette kristensen", "Mette Christensen"),
        ("kristensen met", "Mette Christensen"),
        ("mc donald", "Ian McDonald"),
        ("o brien", "Rory O'Brien"),
        ("anne marie", "Annemarie Dam"),
        ("filip vagner", "Philip Wagner"),
    ],
)
def test_who_is_alike_is_found_and_marked(typed: str, name: str) -> None:
    result = named(name, "Tove Ditlevsen", "Xaver Quist").search(typed, 9)
    assert result.ids == (name,)
    assert result.alike == {name}
    assert result.total == 0


def test_who_is_alike_comes_behind_all_others_the_closest_first() -> None:
    catalogue = named("Anna Meier", "Bo Meyer", "Carl Mayer", "Dora Meierhoff", "Eva Maler")
    result = catalogue.search("meier", 9, recent=["Carl Mayer"])
    assert result.ids == ("Anna Meier", "Dora Meierhoff", "Bo Meyer", "Carl Mayer")
    assert result.alike == {"Bo Meyer", "Carl Mayer"}
    assert result.total == 2


def test_among_those_as_close_who_was_handled_last_comes_first() -> None:
    catalogue = named("Anna Meyer", "Bo Meyer", "Carl Meyer")
    assert catalogue.search("meier", 9, ["Carl Meyer"]).ids == ("Carl Meyer", "Anna Meyer", "Bo Meyer")


def test_a_full_screen_needs_nobody_who_is_alike() -> None:
    catalogue = named(*(f"Meier {n}" for n in range(catalogue_search.SCREEN)), "Bo Meyer")
    assert catalogue.search("meier", 50).alike == frozenset()
    catalogue.remove(["Meier 0"])
    assert catalogue.search("meier", 50).alike == {"Bo Meyer"}


# ---------------------------------------------------------------------- places


def test_pages_and_places_agree() -> None:
    names = [f"{chr(97 + n % 26)}{n:04}" for n in range(1300)]
    catalogue = named(*names)
    ordered = sorted(names)
    assert catalogue.page(700, 60) == ordered[700:760]
    assert catalogue.page(1290, 60) == ordered[1290:]
    assert catalogue.page(1300, 5) == []
    assert [catalogue.place_of(name) for name in ordered[::97]] == list(range(1300))[::97]
    assert catalogue.place_of("nobody") is None


def test_a_gap_that_is_used_up_is_made_wider() -> None:
    catalogue = named("a", "z")
    names = [f"m{n:04}" for n in range(700)]
    for name in reversed(names):  # each between a and the one before: the same gap again and again
        catalogue.put([Person(id=name, name=name)])
    assert catalogue.page(0, 1000) == ["a", *names, "z"]
    assert catalogue.place_of("m0350") == 351
    assert catalogue.search("m0350", 1).ids == ("m0350",)
    assert len(Places(catalogue._db)) == 702


# ---------------------------------------------------------------------- against a plain scan

LETTERS = st.text("abcøå1 -", max_size=6)
PEOPLE = st.builds(
    Person,
    id=st.sampled_from("ABCDEFGHIJ"),
    name=LETTERS,
    initials=st.text("abø", max_size=2),
    title=LETTERS,
    numbers=st.lists(
        st.builds(Number, kind=st.just(NumberKind.DESK), number=st.text("12", min_size=1, max_size=4)),
        max_size=1,
    ).map(tuple),
)


def rank(person: Person, typed: str) -> int | None:
    """Return how well a person matches, read from the texts one by one."""
    texts = texts_of(person, PLAN)
    everything = (*texts.name, *texts.other)

    def has(source: tuple[str, ...], word: tuple[str, ...], is_whole: bool) -> bool:
        return any(w == form or (not is_whole and w.startswith(form)) for w in source for form in word)

    best = 1
    for part in parts_of(typed, PLAN):
        words_ = part.words
        if words_ and all(has(texts.name, word, True) for word in words_):
            best = max(best, 1)
        elif words_ and all(has(texts.name, word, False) for word in words_):
            best = max(best, 2)
        elif (words_ and all(has(everything, word, False) for word in words_)) or (
            part.number and any(number.startswith(part.number) for number in texts.numbers)
        ):
            best = 3
        else:
            return None
    return best


CHANGES = st.lists(st.one_of(PEOPLE, st.sampled_from("ABCDEFGHIJ")), max_size=20)


@settings(max_examples=80, deadline=None)
@given(
    CHANGES,
    st.lists(st.text("abcøå1 -", min_size=1, max_size=5), max_size=5),
    st.lists(st.sampled_from("ABCDEFGHIJ"), max_size=4, unique=True),
)
def test_the_first_rank_is_what_a_scan_finds_in_its_order(
    changes: list[Person | str], typed: list[str], recent: list[str]
) -> None:
    people: dict[str, Person] = {}
    catalogue = Catalogue.open(None, plan=PLAN, language="da")
    for change in changes:
        if isinstance(change, Person):
            people[change.id] = change
            catalogue.put([change])
        else:
            people.pop(change, None)
            catalogue.remove([change])
    fresh = filled(*people.values())
    ordered = sorted(people, key=lambda id_: (sort_key(people[id_].name, "da"), id_))
    assert catalogue.page(0, 99) == ordered
    assert [catalogue.place_of(id_) for id_ in ordered] == list(range(len(ordered)))
    assert catalogue.fingerprint == fresh.fingerprint
    for text in typed:
        if not parts_of(text, PLAN):
            continue
        result = catalogue.search(text, 99, recent)
        assert result == fresh.search(text, 99, recent)
        ranks = {id_: found for id_, person in people.items() if (found := rank(person, text))}
        latest = {id_: place for place, id_ in enumerate(recent)}
        expected = sorted(ranks, key=lambda id_: (ranks[id_], latest.get(id_, 99), ordered.index(id_)))
        assert [id_ for id_ in result.ids if id_ not in result.alike] == expected
        assert result.total == len(expected)
        assert catalogue.search(text, 2, recent).ids == result.ids[:2]


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=12).filter(lambda text: bool(words(text))))
def test_everybody_is_found_by_their_own_name(name: str) -> None:
    catalogue = filled(Person(id="1", name=name))
    assert catalogue.search(name, 5).ids == ("1",)
    for form in typed_forms(words(name)[0]):
        assert catalogue.search(form, 5).ids == ("1",)
