"""The search field: every key gives the right people, best first."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reception.console.catalogue import Catalogue
from reception.directory.folding import stored_forms, typed_forms, words
from reception.directory.numbers import NumberPlan
from reception.model.people import ContactKind, Number, NumberKind, Person


def empty(plan: NumberPlan | None = None, language: str = "") -> Catalogue:
    return Catalogue.open(None, plan=plan or NumberPlan(), language=language)


def person(name: str, *, desk: str = "", mobile: str = "", **more: object) -> Person:
    numbers = [Number(kind=NumberKind.DESK, number=desk)] if desk else []
    numbers += [Number(kind=NumberKind.MOBILE, number=mobile)] if mobile else []
    return Person(id=name, name=name, numbers=tuple(numbers), **more)  # type: ignore[arg-type]


ALICE = person(
    "Alice Holm",
    initials="ALH",
    title="Indkøbschef",
    department="Indkøb",
    email="alice.holm@firma.example",
    desk="2014",
    mobile="+4540112233",
    fields={"Sprog": "Italiensk, dansk", "Lokale": "3.12", "Bil": "Ferrari"},
)
HOLGER = person("Holger Brandt", initials="HOB", title="Salgschef", department="Salg", desk="2015")
METTE = person("Mette Holst", initials="MEH", department="Rådgivning", mobile="+49405550123")
AASE = person("Åse Nygård", initials="ÅNY", department="Holding", email="aase@firma.example", desk="2045")
EVERYBODY = (ALICE, HOLGER, METTE, AASE)


@pytest.fixture
def index() -> Catalogue:
    index = empty()
    index.put(EVERYBODY)
    return index


def found(index: Catalogue, query: str) -> list[str]:
    result = index.search(query, 200)
    ids = [id_ for id_ in result.ids if id_ not in result.alike]
    assert result.total == len(ids)
    return [id_.split()[0] for id_ in ids]


@pytest.mark.parametrize("query", ["", "  ", "-", ", .", "@"])
def test_nothing_typed_finds_everybody_by_name(index: Catalogue, query: str) -> None:
    assert found(index, query) == ["Alice", "Åse", "Holger", "Mette"]


@pytest.mark.requirement("002-202")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ali", ["Alice"]),
        ("holm alice", ["Alice"]),
        ("alh", ["Alice"]),
        ("Indkøb", ["Alice"]),
        ("indkob chef", []),
        ("alice indk", ["Alice"]),
        ("raadgiv", ["Mette"]),
        ("salgschef", ["Holger"]),
        ("alice.holm", ["Alice"]),
        ("alice.holm@firma.example", ["Alice"]),
        ("firma", []),
        ("ferrari", ["Alice"]),
        ("italiensk", ["Alice"]),
        ("nygaard", ["Åse"]),
        ("ase ny", ["Åse"]),
        ("xyz", []),
        ("alice xyz", []),
    ],
)
def test_people_are_found_by_the_beginning_of_any_word(
    index: Catalogue, query: str, names: list[str]
) -> None:
    assert found(index, query) == names


@pytest.mark.requirement("002-231")
def test_free_fields_find_who_works_with_ferrari_or_speaks_italian(index: Catalogue) -> None:
    assert found(index, "Ferrari") == ["Alice"]
    assert found(index, "italiensk") == ["Alice"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("2014", ["Alice"]),
        ("20", ["Alice", "Åse", "Holger"]),
        ("20 14", ["Alice"]),
        ("40 11 22", ["Alice"]),
        ("401", ["Alice"]),
        ("+45 40", ["Alice"]),
        ("0045 40", ["Alice"]),
        ("4540", ["Alice"]),
        ("+49 (0)40 555", ["Mette"]),
        ("040 555-01", ["Mette"]),
        ("405 550", ["Mette"]),
        ("+", ["Alice", "Mette"]),
        ("00", ["Alice", "Mette"]),
        ("112233", []),
        ("3.12", ["Alice"]),
        ("alice 2014", ["Alice"]),
        ("2014 alice", ["Alice"]),
        ("holger 2014", []),
        ("3 12", ["Alice"]),
    ],
)
def test_people_are_found_by_their_numbers_in_any_notation(
    index: Catalogue, query: str, names: list[str]
) -> None:
    assert sorted(found(index, query)) == sorted(names)


@pytest.mark.parametrize(
    ("language", "names"),
    [("da", ["Alice", "Holger", "Mette", "Åse"]), ("de", ["Alice", "Åse", "Holger", "Mette"])],
)
def test_the_alphabet_is_the_readers_own(language: str, names: list[str]) -> None:
    index = empty(language=language)
    for everyone in EVERYBODY:
        index.put([everyone])
    assert found(index, "") == names
    assert [id_ for id_ in index.search("ho", 200).ids if id_ == AASE.id] == [AASE.id]


def test_names_come_before_other_fields_then_the_alphabet_decides(index: Catalogue) -> None:
    assert found(index, "hol") == ["Alice", "Holger", "Mette", "Åse"]


def test_the_limit_cuts_but_the_total_counts(index: Catalogue) -> None:
    result = index.search("hol", limit=2)
    assert [id_.split()[0] for id_ in result.ids] == ["Alice", "Holger"]
    assert result.total == 4
    assert index.search("", limit=1).total == 4
    assert index.search("hol", limit=0).ids == ()


def test_a_changed_person_is_found_by_the_new_words_only(index: Catalogue) -> None:
    index.put([Person(id="Alice Holm", name="Alice Berg")])
    assert found(index, "berg") == ["Alice"]
    assert found(index, "holm") == []
    assert found(index, "2014") == []
    assert len(index) == 4


def test_a_removed_person_is_gone_and_removing_twice_is_harmless(index: Catalogue) -> None:
    index.remove(["Alice Holm"])
    index.remove(["Alice Holm"])
    assert found(index, "ali") == []
    assert found(index, "") == ["Åse", "Holger", "Mette"]
    assert len(index) == 3


def test_a_number_nobody_can_normalise_is_found_as_it_is() -> None:
    index = empty(NumberPlan(country="49"))
    index.put([person("Kiosk", desk="abc")])
    index.put([person("Berlin", mobile="030 1234567")])
    assert found(index, "0301") == ["Berlin"]
    assert found(index, "301") == ["Berlin"]
    assert found(index, "") == ["Berlin", "Kiosk"]


def test_a_very_long_query_is_cut_not_refused(index: Catalogue) -> None:
    assert found(index, "alice holm " * 500) == ["Alice"]


# ------------------------------------------------------------------ against a plain scan

LETTERS = st.text("abcøåä1 -", max_size=6)
PEOPLE = st.builds(
    Person,
    id=st.sampled_from("ABCDEFGH"),
    name=LETTERS,
    initials=st.text("abø", max_size=2),
    title=LETTERS,
    fields=st.dictionaries(st.just("f"), LETTERS, max_size=1),
)


def scan(people: dict[str, Person], query: str) -> set[str]:
    def has(candidate: Person, word: str) -> bool:
        doubles = ("".join(words(double)) for double in candidate.name.split())  # Anne-Marie: annemarie
        texts = (candidate.name, candidate.initials, candidate.title, *candidate.fields.values(), *doubles)
        stored = [form for text in texts for w in words(text) for form in stored_forms(w)]
        return any(s.startswith(form) for s in stored for form in typed_forms(word))

    typed = [word for piece in query.split()[:8] for word in words(piece)]
    return {id_ for id_, candidate in people.items() if all(has(candidate, word) for word in typed)}


class IndexMachine(RuleBasedStateMachine):
    """Whatever is put and removed, the index finds what a scan over all people finds."""

    def __init__(self) -> None:
        super().__init__()
        self.index = empty()
        self.people: dict[str, Person] = {}

    @rule(someone=PEOPLE)
    def put(self, someone: Person) -> None:
        self.index.put([someone])
        self.people[someone.id] = someone

    @rule(id_=st.sampled_from("ABCDEFGH"))
    def remove(self, id_: str) -> None:
        self.index.remove([id_])
        self.people.pop(id_, None)

    @rule(query=st.text("abcøåä1 -", max_size=5))
    def search(self, query: str) -> None:
        result = self.index.search(query, 200)
        first = [id_ for id_ in result.ids if id_ not in result.alike]
        assert set(first) == scan(self.people, query)
        assert result.total == len(first)
        assert len(result.ids) == len(set(result.ids))

    @invariant()
    def everybody_is_there(self) -> None:
        assert set(self.index.search("", 200).ids) == set(self.people)


TestIndexMachine = IndexMachine.TestCase
TestIndexMachine.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


# ------------------------------------------------------------------ contacts

CONTACTS = (
    person("Ab Aalborg", company="Holm Transport", contact=ContactKind.CONTACT, mobile="+4597123456"),
    person("Holm Transport", contact=ContactKind.VIP),
    person("Zoologisk Have", contact=ContactKind.FAVOURITE),
)


@pytest.fixture(params=["at once", "one by one"])
def with_contacts(request: pytest.FixtureRequest) -> Catalogue:
    index = empty()
    if request.param == "at once":
        index.put((*CONTACTS, *EVERYBODY))
    else:
        for one in (*CONTACTS, *EVERYBODY):
            index.put([one])
    return index


@pytest.mark.requirement("002-077", "002-081")
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("holm", ["Alice", "Holm", "Ab"]),
        ("hol", ["Alice", "Holger", "Mette", "Åse", "Holm", "Ab"]),
        ("transport", ["Holm", "Ab"]),
        ("97 12", ["Ab"]),
    ],
)
def test_contacts_are_found_behind_all_colleagues(
    with_contacts: Catalogue, query: str, ids: list[str]
) -> None:
    assert found(with_contacts, query) == ids


@pytest.mark.requirement("002-080", "002-082")
@pytest.mark.parametrize(
    ("query", "ids"), [("favorit", ["Zoologisk"]), ("foretrukken", ["Zoologisk"]), ("VIP", ["Holm"])]
)
def test_favourites_and_vips_are_listed_by_their_word(
    with_contacts: Catalogue, query: str, ids: list[str]
) -> None:
    assert found(with_contacts, query) == ids


@pytest.mark.requirement("002-080")
def test_contacts_stand_behind_all_colleagues_the_favourite_ones_first(with_contacts: Catalogue) -> None:
    names = [id_.split()[0] for id_ in with_contacts.page(0, 20)]
    assert names == ["Alice", "Åse", "Holger", "Mette", "Zoologisk", "Ab", "Holm"]


def test_a_contact_who_was_called_last_does_not_come_before_colleagues(with_contacts: Catalogue) -> None:
    assert with_contacts.search("hol", 200, ["Holm Transport"]).ids[-2:] == ("Holm Transport", "Ab Aalborg")
    with_contacts.remove(["Holm Transport", "Ab Aalborg", "Zoologisk Have"])
    assert found(with_contacts, "holm") == ["Alice"]
