"""What the hub says to the switch of people's direct calls, and what it has spoken for callers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from reception.directory.book import PhoneBook
from reception.errors import Unavailable
from reception.hub.absences import Absences
from reception.hub.board import Board
from reception.hub.days import Days
from reception.hub.diversions import DirectSetup, Diversions
from reception.hub.offers import Offers
from reception.hub.office_file import parse_office
from reception.hub.office_shape import OfficeSettings
from reception.hub.sounds import Sounds
from reception.hub.stand_ins import StandIns
from reception.model.calls import Target
from reception.model.direct import Keys, Way
from reception.model.lines import LineState
from reception.model.office import Activity, Office, Profile
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CallHandling, Entry
from reception.ports import SendToVoicemail, SetDirect, SwitchCommand
from reception.presence.sentences import Sentences
from tests.house.strict import ExpectLogs

ZONE = "Europe/Copenhagen"
MEETING = Activity(id="meeting", spoken={"da": "er til møde", "de": "ist in einer Besprechung"})


def at(clock: str, day: int = 23) -> float:
    hour, minute = clock.split(".")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZoneInfo(ZONE)).timestamp()


def person(name: str, number: str) -> Person:
    numbers = (
        Number(kind=NumberKind.DESK, number=number),
        Number(kind=NumberKind.MOBILE, number=f"+45{number}"),
    )
    return Person(id=name, name=name.title(), numbers=numbers, mailbox=number)


ALICE = replace(person("alice", "201"), alternates=("bob", "carol"))
BOB, CAROL = person("bob", "202"), person("carol", "203")


def entry(start: float, end: float | None, **fields: object) -> Entry:
    fields = {"id": f"e{start}", "reason": "Frokost", "origin": "WEB", **fields}
    return Entry(start=start, end=end, **fields)  # type: ignore[arg-type]


class Voice:
    """A `Speech` whose sounds are the words themselves."""

    languages = ("da", "de", "en")

    def __init__(self) -> None:
        self.said: list[str] = []
        self.is_broken = False
        self.was_asked_in_vain = asyncio.Event()

    async def say(self, text: str, language: str) -> bytes | None:
        if self.is_broken:
            self.was_asked_in_vain.set()
            raise Unavailable("misconfigured", setting="espeak-ng", error="gone")
        self.said.append(text)
        return f"{language}: {text}".encode()


class House:
    """People, a clock, and what the switch was told last of each number."""

    def __init__(self, folder: Path, *languages: str, office: str = "") -> None:
        self.now = at("11.59")
        self.sent: list[SwitchCommand] = []
        self.told: dict[str, SetDirect] = {}
        self.voice = Voice()
        self.folder = folder
        self.board = Board((ALICE, BOB, CAROL), now=self.now, day_of=Days(ZONE).day_of)
        book = PhoneBook((ALICE, BOB, CAROL))
        self.absences = Absences(book.owner_of)
        setup = DirectSetup(
            book.owner_of,
            self.absences,
            Sentences(Office(activities=(MEETING,)), ZoneInfo(ZONE)),
            Sounds(folder, languages or ("da",), [self.voice]),
            Offers(parse_office(office, "office.toml")),
            StandIns(parse_office(office, "office.toml")),
        )
        self.diversions = Diversions(
            setup, self.board, send=self.send, day_of=Days(ZONE).day_of, clock=lambda: self.now
        )
        self.changed = asyncio.Event()

    def send(self, commands: Sequence[SwitchCommand]) -> None:
        self.sent = list(commands)
        self.told |= {command.number: command for command in commands if isinstance(command, SetDirect)}
        self.changed.set()

    def enter(self, who: str, *entries: Entry) -> None:
        """Say what is on a person's timeline."""
        self.board.on_entries("", who, entries, now=self.now)
        self.diversions.note((who,))

    def line(self, number: str, state: LineState) -> None:
        """Let a line do something."""
        self.diversions.note([s.person for s in self.board.on_line(number, state, now=self.now)])

    def way(self, number: str = "201") -> Way:
        return self.told[number].way if number in self.told else Way.USUAL

    async def hears(self, words: str, number: str = "201", language: str = "") -> None:
        """Wait until a caller would hear a sentence with these words in it."""
        async with asyncio.timeout(10):
            while words not in self.spoken(number, language):
                self.changed.clear()
                await self.changed.wait()

    def spoken(self, number: str, language: str = "") -> str:
        return self.words_of(self.told[number].sound if number in self.told else "", language)

    def words_of(self, sound: str, language: str = "") -> str:
        return (self.folder / language / f"{sound}.txt").read_text(encoding="utf-8") if sound else ""

    async def offers(self, words: str, number: str = "201") -> Keys:
        """Wait until a caller would be told of these keys, and return them."""
        async with asyncio.timeout(10):
            while number not in self.told or self.words_of(self.told[number].keys.sound) != words:
                self.changed.clear()
                await self.changed.wait()
        return self.told[number].keys

    async def until(self, way: Way) -> None:
        async with asyncio.timeout(10):
            while self.way() is not way:
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path, "da", "de")
    house.diversions.start()
    yield house
    await house.diversions.stop()


@pytest.mark.requirement("001-18", "001-19", "001-31")
async def test_an_absence_diverts_at_once_and_says_until_when(house: House):
    house.enter("alice", entry(at("11.30"), at("14.30")))
    assert house.told["201"] == SetDirect(
        number="201", way=Way.VOICEMAIL, mailbox="201", until=at("14.30"), sound=house.told["201"].sound
    )
    assert set(house.told) == {"201"}, "a mobile is not the switch's"
    await house.hears("kan ikke træffes, men kommer tilbage kl. 14.30")
    await house.hears("ist aber um 14:30 Uhr zurück", language="de")


@pytest.mark.requirement("001-14", "001-15")
async def test_a_meeting_is_told_of_in_its_own_words(house: House):
    house.enter("alice", entry(at("11.30"), at("12.15"), activity="meeting"))
    await house.hears("er til møde og kommer tilbage kl. 12.15")


@pytest.mark.requirement("002-147", "002-148")
async def test_the_end_of_the_last_absence_is_told(house: House):
    lunch, meeting = entry(at("11.30"), at("12.30")), entry(at("12.30"), at("14.00"), activity="meeting")
    house.enter("alice", lunch, meeting)
    await house.hears("kommer tilbage kl. 14")


@pytest.mark.requirement("002-172", "003-46")
async def test_an_inner_diversion_holds_while_it_lasts_and_then_the_outer_one(house: House):
    training = entry(at("8.00"), at("16.00"), handling=CallHandling.DIVERTED, divert_to="202")
    house.enter("alice", training, entry(at("12.00"), at("13.00")))
    assert (house.way(), house.told["201"].to) == (Way.NUMBER, "202")
    for clock, way in (("12.00", Way.VOICEMAIL), ("13.00", Way.NUMBER), ("16.00", Way.USUAL)):
        house.now = at(clock)
        house.diversions.note(())  # the timer has slept at real time: let it look at the clock
        await house.until(way)


@pytest.mark.requirement("003-31")
async def test_unchanged_leaves_the_other_diversion(house: House):
    house.enter(
        "alice",
        entry(at("8.00"), at("16.00"), handling=CallHandling.DIVERTED, divert_to="202"),
        entry(at("11.30"), at("13.00"), handling=CallHandling.UNCHANGED),
    )
    assert (house.way(), house.told["201"].to) == (Way.NUMBER, "202")


@pytest.mark.requirement("001-57", "003-32")
async def test_a_phone_kept_open_ends_other_diversions_and_tells_why_nobody_answers(house: House):
    house.enter(
        "alice",
        entry(at("8.00"), at("16.00")),
        entry(at("11.30"), at("13.00"), handling=CallHandling.OPEN, activity="meeting"),
    )
    assert house.way() is Way.RING
    await house.hears("er til møde")


async def test_deleted_it_is_over(house: House):
    house.enter("alice", entry(at("11.30"), None))
    house.enter("alice")
    assert house.told["201"] == SetDirect(number="201")


async def test_a_circle_is_broken_when_the_other_one_closes_it(house: House):
    house.enter("alice", entry(at("11.30"), None, handling=CallHandling.DIVERTED, divert_to="202"))
    assert house.way("201") is Way.NUMBER
    house.enter("bob", entry(at("11.30"), None, handling=CallHandling.DIVERTED, divert_to="201"))
    assert {house.way("201"), house.way("202")} == {Way.VOICEMAIL}, "both look again"
    house.enter("bob")
    assert house.way("201") is Way.NUMBER


async def test_tomorrow_is_another_word_at_midnight(house: House):
    house.enter("alice", entry(at("11.30"), at("8.30", day=24)))
    await house.hears("i morgen kl. 8.30")
    house.now = at("0.01", day=24)
    house.diversions.note(())
    await house.hears("kommer tilbage kl. 8.30")


async def test_the_same_is_said_once_and_spoken_once(house: House):
    house.enter("alice", entry(at("11.30"), at("14.30")))
    house.enter("bob", entry(at("11.45"), at("14.30")))
    await house.hears("14.30", "201")
    await house.hears("14.30", "202")
    assert house.told["201"].sound == house.told["202"].sound
    said = sum("14.30" in text and "Personen" in text for text in house.voice.said)
    assert said == 2, "in its language, and once for callers of any other"
    house.told.clear()
    house.diversions.note(("alice", "bob"))
    assert not house.told


async def test_without_a_voice_calls_go_where_they_should_all_the_same(
    house: House, expected_logs: ExpectLogs
):
    expected_logs("sentences for callers cannot be spoken")
    house.voice.is_broken = True
    house.enter("alice", entry(at("11.30"), at("14.30")))
    async with asyncio.timeout(10):
        await house.voice.was_asked_in_vain.wait()
    assert (house.way(), house.told["201"].sound) == (Way.VOICEMAIL, "")


async def test_who_is_sent_to_a_mailbox_by_a_receptionist_hears_it_too(house: House):
    house.enter("alice", entry(at("11.30"), at("14.30")))
    await house.hears("14.30")
    house.diversions.send_on([SendToVoicemail(leg="l", mailbox="201")])
    assert house.sent == [SendToVoicemail(leg="l", mailbox="201", sound=house.told["201"].sound)]


@pytest.mark.requirement("001-13")
async def test_of_who_talks_the_caller_is_told_so(house: House):
    house.enter("bob", entry(at("11.30"), at("14.30")))
    await house.hears("14.30", "202")  # the fixed sentences come first
    house.diversions.send_on([SendToVoicemail(leg="l", mailbox="201", is_busy=True)])
    assert house.sent == [SendToVoicemail(leg="l", mailbox="201", is_busy=True, sound="talking")]
    assert "taler i telefon" in (house.folder / "talking.txt").read_text(encoding="utf-8")


async def test_languages_that_are_not_spoken_any_more_are_removed(tmp_path: Path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "talking.wav").write_bytes(b"old")
    await Sounds(tmp_path, ["da"], []).clear()
    assert not (tmp_path / "en" / "talking.wav").exists()


async def test_the_engine_is_told_who_is_absent_at_the_desk_and_never_on_a_mobile(house: House):
    desk, mobile = Target(number="201", person="alice"), Target(number="+45201", person="alice")
    assert house.absences.of(desk) is None
    house.enter("alice", entry(at("11.30"), at("14.30")))
    absence = house.absences.of(Target(number="201"))
    assert absence is not None
    assert absence.back_at == at("14.30")
    assert house.absences.of(mobile) is None


async def test_other_words_of_the_office_are_spoken_at_once(house: House):
    house.enter("alice", entry(at("11.30"), at("12.15"), activity="meeting"))
    await house.hears("er til møde")
    words = {"da": "er ved kaffemaskinen", "de": "ist an der Kaffeemaschine"}
    house.changed.clear()
    office = Office(activities=(Activity(id="meeting", spoken=words),))
    await house.diversions.use_office(OfficeSettings(office=office))
    await house.hears("er ved kaffemaskinen og kommer tilbage kl. 12.15")
    await house.hears("ist an der Kaffeemaschine", language="de")
    assert house.way() is Way.VOICEMAIL


ONE, TWO = "For personlig assistance, tryk 1.", "Omgå voicemail, tryk 2."
OFFERS = """
[voicemail]
assistant = "+46 555 12345"
goes_past = true
[[users]]
who = "bob"
voicemail = { assistant = "", goes_past = false }
"""


@pytest.fixture
async def offering(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path, "da", "de", office=OFFERS)
    house.diversions.start()
    yield house
    await house.diversions.stop()


@pytest.mark.requirement("002-150")
async def test_a_mailbox_has_an_assistant_to_offer_also_when_nobody_is_away(offering: House):
    keys = await offering.offers(ONE)
    assert offering.way() is Way.RING
    assert (keys.assistant, keys.past) == ("+4655512345", Way.USUAL)
    assert "drücken Sie die 1" in offering.words_of(keys.sound, "de")
    offering.enter("bob", entry(at("11.30"), None))
    await offering.hears("kan ikke træffes", "202")
    assert offering.told["202"].keys == Keys(), "his own settings say no"


@pytest.mark.requirement("002-152")
async def test_two_follows_the_next_match_and_hears_of_its_end(offering: House):
    training = entry(at("8.00"), at("12.30"), handling=CallHandling.DIVERTED, divert_to="202")
    offering.enter("alice", training, entry(at("11.30"), at("13.00")))
    keys = await offering.offers(f"{ONE} {TWO}")
    assert (keys.past, keys.past_to, keys.past_until) == (Way.NUMBER, "202", at("12.30"))
    assert (offering.way(), offering.told["201"].until) == (Way.VOICEMAIL, at("13.00"))
    offering.told.clear()
    offering.now = at("12.30")
    offering.diversions.note(())
    assert (await offering.offers(f"{ONE} {TWO}")).past is Way.RING
    offering.now = at("13.00")
    offering.diversions.note(())
    assert (await offering.offers(ONE)).past is Way.USUAL


async def test_two_looks_again_when_the_next_match_is_diverted_itself(offering: House):
    training = entry(at("8.00"), at("16.00"), handling=CallHandling.DIVERTED, divert_to="202")
    offering.enter("alice", training, entry(at("11.30"), at("13.00")))
    assert (await offering.offers(f"{ONE} {TWO}")).past is Way.NUMBER
    offering.told.clear()
    offering.enter("bob", entry(at("11.30"), None, handling=CallHandling.DIVERTED, divert_to="201"))
    assert (await offering.offers(f"{ONE} {TWO}")).past is Way.RING, "a circle: back to her"


async def test_offers_come_and_go_with_the_office(house: House):
    await house.diversions.use_office(parse_office(OFFERS, "office.toml"))
    assert (await house.offers(ONE)).assistant == "+4655512345"
    house.told.clear()
    await house.diversions.use_office(parse_office("", "office.toml"))
    async with asyncio.timeout(10):
        while house.told.get("201") != SetDirect(number="201"):
            house.changed.clear()
            await house.changed.wait()


# ------------------------------------------------------------------ calls in Teams


MS_TEAMS = Profile(id="ms_teams", handling=CallHandling.VOICEMAIL)


@pytest.mark.requirement("003-58")
async def test_a_call_in_teams_diverts_as_its_profile_says_and_gives_back_what_was_before(
    house: House,
) -> None:
    house.enter("alice", entry(at("11.00"), at("13.00"), handling=CallHandling.DIVERTED, divert_to="202"))
    assert house.told["201"].to == "202"
    house.diversions.use_calls({"alice": MS_TEAMS})
    assert (house.told["201"].way, house.told["201"].until) == (Way.VOICEMAIL, None)
    await house.hears("taler i telefon")
    house.diversions.use_calls({})
    assert (house.told["201"].way, house.told["201"].to) == (Way.NUMBER, "202")


@pytest.mark.requirement("003-58")
async def test_to_a_number_or_open_and_what_leaves_diversions_alone(house: House) -> None:
    house.diversions.use_calls({"alice": replace(MS_TEAMS, handling=CallHandling.DIVERTED, divert_to="202")})
    assert (house.told["201"].way, house.told["201"].to) == (Way.NUMBER, "202")
    house.diversions.use_calls({"alice": replace(MS_TEAMS, handling=CallHandling.OPEN)})
    assert house.way() is Way.RING
    house.diversions.use_calls({"alice": replace(MS_TEAMS, handling=CallHandling.UNCHANGED)})
    assert house.way() is Way.USUAL


@pytest.mark.requirement("003-58", "003-46")
async def test_a_meeting_that_begins_during_the_call_comes_after_it(house: House) -> None:
    house.diversions.use_calls({"alice": replace(MS_TEAMS, handling=CallHandling.DIVERTED, divert_to="202")})
    house.enter("alice", entry(at("11.30"), at("12.30")))
    assert house.way() is Way.NUMBER
    house.diversions.use_calls({})
    assert house.way() is Way.VOICEMAIL


# ------------------------------------------------------------------ one who stands in


STAND_IN = '[direct]\nwhen_busy = "stand_in"'


@pytest.fixture
async def helpful(tmp_path: Path) -> AsyncIterator[House]:
    """A house where others stand in for who is in a call."""
    house = House(tmp_path, "da", office=STAND_IN)
    house.diversions.start()
    for number in ("201", "202", "203"):
        house.line(number, LineState.IDLE)
    yield house
    await house.diversions.stop()


@pytest.mark.requirement("000-17", "000-16")
async def test_a_call_to_who_talks_goes_to_the_first_free_of_those_who_stand_in(helpful: House) -> None:
    assert helpful.way() is Way.USUAL
    helpful.line("201", LineState.TALKING)
    assert (helpful.told["201"].way, helpful.told["201"].to) == (Way.NUMBER, "202")
    helpful.line("202", LineState.TALKING)
    assert helpful.told["201"].to == "203", "Bob is not free any more"
    helpful.line("203", LineState.RINGING)
    assert helpful.way() is Way.USUAL, "nobody is free: as usual"
    helpful.line("203", LineState.IDLE)
    assert helpful.told["201"].to == "203"
    helpful.line("201", LineState.IDLE)
    assert helpful.way() is Way.USUAL


@pytest.mark.requirement("000-17")
async def test_what_somebody_set_about_their_calls_goes_before(helpful: House) -> None:
    helpful.enter("alice", entry(at("11.00"), at("13.00")))
    helpful.line("201", LineState.TALKING)
    assert helpful.way() is Way.VOICEMAIL
    helpful.enter("alice", entry(at("11.00"), at("13.00"), handling=CallHandling.OPEN))
    assert helpful.told["201"].to == "202", "a phone that is kept open rings, but not while she talks"


@pytest.mark.requirement("000-17")
async def test_who_is_away_stands_in_for_nobody(helpful: House) -> None:
    helpful.enter("bob", entry(at("11.00"), at("13.00")))
    helpful.line("201", LineState.TALKING)
    assert helpful.told["201"].to == "203"
    helpful.enter("bob")
    assert helpful.told["201"].to == "202"


async def test_an_office_that_begins_with_it_or_ends_it_holds_at_once(house: House) -> None:
    for number in ("201", "202", "203"):
        house.line(number, LineState.IDLE)
    house.line("201", LineState.TALKING)
    assert house.way() is Way.USUAL
    await house.diversions.use_office(parse_office(STAND_IN, "office.toml"))
    await house.until(Way.NUMBER)
    await house.diversions.use_office(parse_office("", "office.toml"))
    await house.until(Way.USUAL)
