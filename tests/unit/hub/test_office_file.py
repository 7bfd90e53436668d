"""The office file: read whole, every fault named at once with its line, and levels that fall to the next."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.errors import BadInput
from reception.hub.audience import Circle
from reception.hub.calendars import Calendars
from reception.hub.config import load_config
from reception.hub.offers import Offers
from reception.hub.office_file import built_in_text, default_office, load_office, parse_office
from reception.hub.stand_ins import StandIns
from reception.hub.toml_lines import line_of, lines_of
from reception.model.calendar import Appointment, ShowAs
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CallHandling, Entry
from reception.presence.offers import Offer


def faults(text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        parse_office(text, "office.toml")
    return str(caught.value).splitlines()


def test_without_a_file_the_built_in_office_works() -> None:
    office = default_office(zone="Europe/Copenhagen").office
    labels = [s.labels["da"] for s in office.shortcuts]
    assert {"Frokost", "Pause", "Møde", "Hjemmearbejde", "Syg", "Barns sygedag", "Ferie"} <= set(labels)
    assert all({"da", "de", "en"} == set(a.labels) for a in office.activities)
    keys = [s.key for s in office.shortcuts]
    assert len(set(keys)) == len(keys)
    assert parse_office(built_in_text(), "office.toml", zone="Europe/Copenhagen").office == office


@pytest.mark.requirement("002-167", "002-171", "002-163")
def test_shortcuts_and_profiles_of_a_house_take_the_place_of_the_built_in_ones() -> None:
    office = parse_office(
        """
[[activities]]
id = "golf"
labels = { da = "Golf" }
icon = "star"
[[activities]]
id = "lunch"
labels = { da = "Spisepause" }
[[shortcuts]]
id = "g"
labels = { da = "Golf" }
activity = "golf"
calls = "diverted"
divert_to = "33 11 22 33"
minutes = 240
icon = "star"
key = "G"
[[profiles]]
id = "Golf"
activity = "golf"
calls = "unchanged"
info = "På banen"
enabled = false
""",
        "office.toml",
    ).office
    (shortcut,) = office.shortcuts
    assert (shortcut.divert_to, shortcut.handling, shortcut.key) == (
        "+4533112233",
        CallHandling.DIVERTED,
        "g",
    )
    (profile,) = office.profiles
    assert (profile.handling, profile.info, profile.is_enabled) == (
        CallHandling.UNCHANGED,
        "På banen",
        False,
    )
    activities = {a.id: a.labels["da"] for a in office.activities}
    assert (activities["golf"], activities["lunch"], activities["meeting"]) == ("Golf", "Spisepause", "Møde")


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("activities = [", ["office.toml: is not valid TOML"]),
        ('lang = "da"', ["office.toml:1: unknown setting lang. Did you mean language?"]),
        (
            '\n[[shortcuts]]\nid = "x"\nlabels = { da = "X" }\nminuts = 3\ncalls = "divert"',
            [
                "office.toml:5: [[shortcuts]] 1: unknown setting minuts. Did you mean minutes?",
                "office.toml:6: [[shortcuts]] 1: calls: ",
            ],
        ),
        ("[[shortcuts]]\nlabels = 3", ["office.toml:1: [[shortcuts]] 1: id is missing", "office.toml:2:"]),
        ("[shortcuts]\nid = 'x'", ["office.toml:1: must be a list of tables."]),
        (
            '[[shortcuts]]\nid = "x"\nlabels = { dk = "X" }\nactivity = "lunhc"\nicon = "lunsj"\nkey = "ab"',
            [
                'office.toml:3: [[shortcuts]] 1: "dk" is no language',
                'office.toml:4: [[shortcuts]] 1: there is no activity "lunhc". Did you mean lunch?',
                'office.toml:5: [[shortcuts]] 1: there is no icon "lunsj". Did you mean lunch?',
                'office.toml:6: [[shortcuts]] 1: key "ab" must be one letter or digit.',
            ],
        ),
        (
            '[[shortcuts]]\nid="x"\nlabels={da="X"}\nminutes=0\n[[shortcuts]]\nid="x"\nlabels={da="Y"}\n'
            'minutes=3\nfor_day=true\ncalls="diverted"\n[[shortcuts]]\nid="z"\nlabels={da="Z"}\ndivert_to="1"',
            [
                "office.toml:4: [[shortcuts]] 1: minutes must be more than 0",
                'office.toml:6: [[shortcuts]] 2: id "x" is there twice',
                "office.toml:9: [[shortcuts]] 2: give minutes or for_day, not both.",
                'office.toml:10: [[shortcuts]] 2: calls = "diverted" needs divert_to',
                'office.toml:14: [[shortcuts]] 3: divert_to needs calls = "diverted".',
            ],
        ),
        (
            '[[profiles]]\nid="P"\nrole="chef"\ncalls="diverted"\ndivert_to="mig"',
            [
                'office.toml:3: [[profiles]] 1: there is no role "chef".',
                'office.toml:5: [[profiles]] 1: divert_to "mig" is not a telephone number.',
            ],
        ),
        (
            "[calendar]\ndays_ahead = 0\ndefault_profile = 'Forstyr ikek'\nshown = ['free']\nrules = [\n"
            "  { subject = 'x', activity = 'meeting' },\n"
            "  { subject = 'x', location = 'y', exclude = true },\n"
            "  { availability = 'bussy', exclude = true, role = 'r' },\n  { private = true },\n]",
            [
                "office.toml:2: [calendar]: days_ahead must be 1 to 366.",
                'office.toml:3: [calendar]: there is no profile "Forstyr ikek". Did you mean Forstyr ikke?',
                "office.toml:4: [calendar]: free appointments are never shown",
                "office.toml:7: [calendar]: a rule looks at exactly one of",
                'office.toml:8: [calendar]: "bussy" is no availability. Did you mean busy?',
                "office.toml:8: [calendar]: a rule that excludes gives no activity",
                'office.toml:8: [calendar]: there is no role "r".',
                "office.toml:9: [calendar]: a rule needs an activity, a role, a profile, or exclude = true.",
            ],
        ),
        (
            '[[groups]]\nid = "everyone"\n[rights]\nsee_future = [{ who = ["sale"] }]',
            [
                'office.toml:2: [[groups]] 1: "everyone" has a meaning of its own',
                'office.toml:4: [rights]: see_future who: there is no group "sale".',
            ],
        ),
        (
            '[voicemail]\nassistant = "Anna"\ngoes_pats = true',
            ["office.toml:3: [voicemail]: unknown setting goes_pats. Did you mean goes_past?"],
        ),
        (
            '[voicemail]\nassistant = "Anna"\n[[groups]]\nid = "g"\nvoicemail = { assistant = "x" }',
            [
                'office.toml:2: [voicemail]: assistant "Anna" is not a telephone number.',
                'office.toml:5: [[groups]] 1: assistant "x" is not a telephone number.',
            ],
        ),
        (
            '[sentences.awy]\nda = "x"\n[sentences.away]\nda = "{nam} er ude"\nde = "{name"',
            [
                'office.toml:1: [sentences]: there is no sentence "awy". Did you mean away?',
                "office.toml:4: [sentences]: there is no {nam} to fill in. Did you mean name?",
                "office.toml:5: [sentences]: a brace has no partner",
            ],
        ),
    ],
)
def test_every_fault_is_named_with_its_line_and_a_guess(text: str, complaints: list[str]) -> None:
    said = faults(text)
    assert len(said) >= len(complaints)
    for complaint in complaints:
        assert any(line.startswith(complaint) for line in said), (complaint, said)


def test_a_configuration_finds_its_office_file_and_names_a_missing_one(tmp_path: Path) -> None:
    config = tmp_path / "reception.toml"
    base = (
        '[switch]\nbackend = "simulator"\n[[groups]]\nid = "m"\nname = "M"\nnumber = "7000"\n'
        '[[attendants]]\nid = "KLJ"\nname = "K"\nnumber = "100"\n'
    )
    config.write_text(base)
    assert load_config(config).office is None
    (tmp_path / "office.toml").write_text('language = "de"')
    found = load_config(config).office
    assert found is not None
    assert found.office.language == "de"
    config.write_text(base + '[office]\nfile = "other.toml"\n')
    with pytest.raises(BadInput, match=r"other\.toml: no such file"):
        load_config(config)
    (tmp_path / "other.toml").write_bytes(b"\xff")
    with pytest.raises(BadInput, match="cannot be read"):
        load_office(tmp_path / "other.toml")


# ------------------------------------------------------------------ levels

LEVELS = """
[calendar]
with_tentative = true
rules = [{ subject = "x", activity = "meeting" }]
[calendar.connectors.ics]
with_tentative = false
hides_subjects = true
[[groups]]
id = "first"
members = ["alh"]
[groups.calendar]
rules = [{ subject = "x", activity = "training" }]
[[groups]]
id = "second"
departments = ["Salg"]
[groups.calendar]
with_tentative = false
days_ahead = 5
rules = [{ subject = "x", activity = "travel" }]
[[users]]
who = "BKR"
[users.calendar]
common_rules = false
rules = [{ private = true, exclude = true }]
"""


def entry_of(person: Person, source: str = "exchange", **appointment: Any) -> Entry | None:
    calendars = Calendars(parse_office(LEVELS, "office.toml"))
    made = Appointment(**({"id": "1", "start": 0.0, "end": 1.0} | appointment))
    return next(iter(calendars.entries_for(source, person, [made])), None)


ALH = Person(id="alh", name="Alice", department="Salg")
BKR = Person(id="7", name="Bob", initials="bkr", department="Salg")
NOBODY = Person(id="n", name="Nobody")


@pytest.mark.requirement("002-128")
def test_rules_are_by_connector() -> None:
    exchange = entry_of(NOBODY, subject="Budget", show_as=ShowAs.TENTATIVE)
    assert exchange is not None
    assert exchange.reason == "Budget"
    assert entry_of(NOBODY, "ics", subject="Budget", show_as=ShowAs.TENTATIVE) is None
    hidden = entry_of(NOBODY, "ics", subject="Budget")
    assert hidden is not None
    assert hidden.reason == ""


def test_a_user_goes_before_the_groups_by_their_priority_and_those_before_the_organisation() -> None:
    activities = []
    for person in (ALH, BKR, NOBODY):
        entry = entry_of(person, subject="x")
        assert entry is not None
        activities.append(entry.activity)
    assert activities == ["training", "travel", "meeting"]
    # the first group says nothing of tentative ones: the second does, before the organisation
    assert entry_of(ALH, subject="x", show_as=ShowAs.TENTATIVE) is None
    assert entry_of(NOBODY, subject="x", show_as=ShowAs.TENTATIVE) is not None
    assert entry_of(BKR, is_private=True) is None
    assert entry_of(ALH, is_private=True) is not None
    plain = entry_of(BKR, subject="Ferie")
    assert plain is not None
    assert plain.activity == "", "no common rules for this user"


@pytest.mark.requirement("003-51")
def test_what_a_mailbox_offers_is_by_user_group_and_organisation() -> None:
    settings = parse_office(
        """
[voicemail]
assistant = "7000"
[[groups]]
id = "sales"
departments = ["Salg"]
voicemail = { assistant = "33 11 22 33", goes_past = true }
[[users]]
who = "KLJ"
voicemail = { assistant = "" }
""",
        "office.toml",
    )
    desk = (Number(kind=NumberKind.DESK, number="7000"),)
    people = [
        Person(id="1", name="A", mailbox="1"),
        Person(id="2", name="B", mailbox="2", department="Salg"),
        Person(id="3", name="C", mailbox="3", department="Salg", initials="KLJ"),
        Person(id="4", name="D", department="Salg"),
        Person(id="5", name="E", mailbox="5", numbers=desk),
    ]
    assert [Offers(settings).of(p) for p in people] == [
        Offer("7000"),
        Offer("+4533112233", goes_past=True),
        Offer("", goes_past=True),
        Offer(),  # has no mailbox
        Offer(),  # would be put through to themselves
    ]


@pytest.mark.requirement("000-17")
def test_whose_callers_go_to_one_who_stands_in_is_a_setting_of_every_level() -> None:
    text = """
[direct]
when_busy = "stand_in"
[[groups]]
id = "sales"
departments = ["Salg"]
direct = { when_busy = "usual" }
[[users]]
who = "KLJ"
direct = { when_busy = "stand_in" }
"""
    stand_ins = StandIns(parse_office(text, "office.toml"))
    anyone = Person(id="1", name="A", alternates=("2",))
    assert stand_ins.are_wanted_for(anyone)
    assert not stand_ins.are_wanted_for(replace(anyone, alternates=()))
    assert not stand_ins.are_wanted_for(replace(anyone, department="Salg"))
    assert stand_ins.are_wanted_for(replace(anyone, department="Salg", initials="KLJ"))


def test_how_far_ahead_appointments_are_shown_is_a_setting() -> None:
    calendars = Calendars(parse_office(LEVELS, "office.toml"))
    assert calendars.ahead_s_for("exchange", NOBODY) == 30 * 86_400.0
    assert calendars.ahead_s_for("exchange", BKR) == 5 * 86_400.0


def test_groups_take_in_members_by_any_name_and_departments() -> None:
    circle = Circle(parse_office(LEVELS, "office.toml"))
    circle.follow({p.id: p for p in (ALH, BKR, NOBODY)})
    assert circle.of_person("alh") == ("first", "second")
    assert circle.of_person("7") == ("second",)
    assert circle.of_person("n") == ()
    assert circle.of_attendant("ALH") == ("first",)


# ------------------------------------------------------------------ lines

_keys = st.sampled_from(["a", "b-c", '"d e"', "f.g"])
_values = st.sampled_from(
    [
        "1",
        '"x # y"',
        "'''\nz = 3\n'''",
        "[1,\n  2]",
        "[\n  {q = 1},\n  # {\n  {q = 2}\n]",
        '"""\\"""\n"""',
        "{r = [1]}",
    ]
)


@given(st.lists(st.tuples(st.sampled_from(["[t]", "[[u]]", "[u.v]", ""]), _keys, _values), max_size=6))
def test_every_key_is_found_on_its_own_line(rows: list[tuple[str, str, str]]) -> None:
    lines: list[str] = []
    for n, (header, key, value) in enumerate(rows):
        lines += [header] * bool(header) + f"k{n}{key.strip(chr(34)).replace(' ', '')} = {value}".split("\n")
    text = "\n".join(lines)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = lines_of(text)
    assert all(1 <= number <= len(lines) for number in found.values())
    keys = {(str(path[-1]), number) for path, number in found.items()}
    for n in range(len(rows)):
        number = next(i for i, line in enumerate(lines, 1) if line.startswith(f"k{n}"))
        begin = re.match(r"[\w-]+", lines[number - 1])
        assert begin is not None
        assert (begin[0], number) in keys or "." in lines[number - 1]


def test_a_path_that_stands_nowhere_is_told_by_what_is_around_it() -> None:
    lines = lines_of("a = 1\n[[t]]\nx = [\n  {y = 1},\n  {y = 2},\n]\n")
    assert line_of(lines, ("t", 0, "x", 1, "y")) == 5
    assert line_of(lines, ("t", 0, "z")) == 2
    assert line_of(lines, ("nowhere",)) == 1
