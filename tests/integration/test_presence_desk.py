"""Timelines are changed in one way: with rights, kept before they are shown, to be undone for a minute."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from msgspec.structs import replace

from reception.directory.numbers import NumberPlan
from reception.errors import CommandRefused
from reception.hub.audience import Circle
from reception.hub.calendars import Calendars
from reception.hub.office_file import default_office, parse_office
from reception.hub.office_shape import OfficeSettings
from reception.hub.presence import PresenceSetup
from reception.hub.presence_desk import Actor, PresenceDesk
from reception.hub.rights import Rights
from reception.model.attendants import Readiness
from reception.model.calendar import Appointment
from reception.model.intents import DeleteEntry, SetEntry, UndoEntry
from reception.model.lines import StatusKind
from reception.model.office import OwnSetting, Profile, Shortcut
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry, EntryDraft
from reception.model.stored import Batch
from reception.presence.diversion import DiversionKind, diversion_of
from reception.presence.port import EXCHANGE, CalendarSet, TeamsSet
from reception.wire import Request, Result
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import MemoryStore, Rig, console, person

KLJ, MBH = Actor(attendant="KLJ"), Actor(attendant="MBH")
ALICE, BENT = Actor(person="p201"), Actor(person="p202")
HOUR = 3600.0


class Clock:
    """The hub's time, which a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class House:
    """A hub without its door, its desk, and a calendar that a test fills."""

    def __init__(
        self,
        store: MemoryStore | None = None,
        *,
        office: OfficeSettings | None = None,
        clock: Clock | None = None,
        **rights: Any,
    ) -> None:
        self.clock = clock or Clock()
        office = office or default_office()
        self.rig = Rig(
            store,
            clock=self.clock,
            rights=Rights(circle=Circle(office), clock=self.clock, **rights),
            setup=PresenceSetup(
                office=office.office,
                rules=Calendars(office),
                numbers=NumberPlan(),
            ),
        )

    @property
    def desk(self) -> PresenceDesk:
        return self.rig.hub.desk

    @property
    def store(self) -> MemoryStore:
        return self.rig.store

    def imports(self, who: str, *appointments: Appointment) -> None:
        self.rig.hub._presence.on_event(CalendarSet(source=EXCHANGE, person=who, appointments=appointments))

    def entries(self, who: str, viewer: Actor = KLJ) -> list[Entry]:
        return list(self.desk.timeline_of(viewer, who).entries)

    def draft(self, minutes: float | None = 30, **more: Any) -> EntryDraft:
        start = more.pop("start", self.clock.now)
        end = None if minutes is None else start + minutes * 60
        return EntryDraft(**({"reason": "Frokost", "start": start, "end": end} | more))


@asynccontextmanager
async def at_work(store: MemoryStore | None = None, **options: Any) -> AsyncIterator[House]:
    house = House(store, **options)
    await house.rig.hub.start()
    house.rig.switch.connect()
    try:
        yield house
    finally:
        await house.rig.hub.stop()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with at_work() as house:
        yield house


async def refused(what: Any) -> str:
    with pytest.raises(CommandRefused) as caught:
        await what
    return caught.value.message.key


def meeting(house: House, id_: str = "m1", **more: Any) -> Appointment:
    now = house.clock.now
    return Appointment(**({"id": id_, "start": now, "end": now + HOUR, "subject": "Leverandørmøde"} | more))


# ------------------------------------------------------------------ setting


@pytest.mark.requirement("001-25", "001-01", "003-28")
async def test_who_has_diverted_their_number_is_in_a_meeting_all_the_same(house: House) -> None:
    draft = house.draft(None, reason="", is_busy=False, handling=CallHandling.DIVERTED, divert_to="202")
    await house.desk.set_entry(ALICE, "p201", draft)
    house.clock.now += HOUR
    house.imports("p201", meeting(house))
    status = house.desk.status_of(KLJ, "p201")
    assert status is not None
    assert (status.kind, status.reason) == (StatusKind.AWAY, "Leverandørmøde")
    in_force = [diversion_of(house.entries("p201"), house.clock.now + s)[:2] for s in (0, HOUR)]
    assert in_force == [(DiversionKind.VOICEMAIL, ""), (DiversionKind.NUMBER, "202")]


@pytest.mark.requirement("001-41", "001-42")
async def test_a_receptionist_sets_an_absence_and_her_initials_stand_behind_it(house: House) -> None:
    made = await house.desk.set_entry(KLJ, "p201", house.draft(note="ringer selv"))
    (entry,) = house.entries("p201")
    assert (entry.id, entry.origin, entry.reason, entry.note) == (made, "KLJ", "Frokost", "ringer selv")
    assert entry.is_by_hand
    status = house.desk.status_of(KLJ, "p201")
    assert status is not None
    assert (status.kind, status.origin, status.until) == (StatusKind.AWAY, "KLJ", entry.end)
    assert house.store.entries[made].by == "KLJ"


@pytest.mark.requirement("001-40", "001-24", "003-48")
async def test_what_a_colleague_sets_is_followed_by_web_and_has_no_creator(house: House) -> None:
    made = await house.desk.set_entry(ALICE, "p201", house.draft())
    assert house.entries("p201")[0].origin == WEB
    assert house.store.entries[made].by == ""


@pytest.mark.requirement("001-25")
async def test_a_diversion_of_ones_own_number_is_in_force_and_in_the_one_form(house: House) -> None:
    draft = house.draft(handling=CallHandling.DIVERTED, divert_to="20 30 40 50")
    await house.desk.set_entry(ALICE, "p201", draft)
    found = diversion_of(house.entries("p201"), house.clock.now)
    assert (found.kind, found.number) == (DiversionKind.NUMBER, "+4520304050")


async def test_it_is_kept_before_anybody_sees_it(house: House) -> None:
    seen: list[frozenset[str]] = []
    house.desk.subscribe(lambda people: house.store.log.append("shown") or seen.append(people))
    house.store.log.clear()
    await house.desk.set_entry(KLJ, "p201", house.draft())
    house.rig.hub.broadcast.flush()
    assert house.store.log == ["save", "shown"]
    assert seen == [frozenset({"p201"})]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"minutes": -5.0}, "ends_before_start"),
        ({"minutes": 0.0}, "ends_before_start"),
        ({"minutes": 30, "start": 1_799_990_000.0}, "already_over"),
        ({"handling": CallHandling.DIVERTED, "divert_to": "mig"}, "invalid_number"),
        ({"handling": CallHandling.DIVERTED}, "invalid_number"),
        ({"shortcut": "teleport"}, "unknown_shortcut"),
        ({"activity": "golf"}, "unknown_activity"),
        ({"role": "chef"}, "unknown_activity"),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    house: House, change: dict[str, Any], key: str
) -> None:
    assert await refused(house.desk.set_entry(KLJ, "p201", house.draft(**change))) == key
    assert house.entries("p201") == []
    assert house.store.entries == {}


async def test_who_and_what_there_is_not_is_refused(house: House) -> None:
    desk = house.desk
    assert await refused(desk.set_entry(KLJ, "nobody", house.draft())) == "unknown_person"
    assert await refused(desk.set_entry(KLJ, "p201", house.draft(), entry="x")) == "unknown_entry"
    assert await refused(desk.delete_entry(KLJ, "p201", "x")) == "unknown_entry"
    assert await refused(desk.undo(KLJ, "never")) == "nothing_to_undo"
    with pytest.raises(CommandRefused):
        desk.timeline_of(KLJ, "nobody")
    assert desk.status_of(KLJ, "nobody") is None


async def test_a_colleague_changes_own_entries_only(house: House) -> None:
    assert await refused(house.desk.set_entry(BENT, "p201", house.draft())) == "not_allowed"
    made = await house.desk.set_entry(ALICE, "p201", house.draft())
    assert await refused(house.desk.delete_entry(BENT, "p201", made)) == "not_allowed"
    assert house.desk.timeline_of(BENT, "p201").is_locked
    assert not house.desk.timeline_of(ALICE, "p201").is_locked
    assert not house.desk.timeline_of(KLJ, "p201").is_locked


# ------------------------------------------------------------------ shortcuts


@pytest.mark.requirement("002-163", "002-164", "002-165", "002-168", "002-169", "002-170")
async def test_a_shortcut_sets_activity_availability_and_duration_at_once(house: House) -> None:
    await house.desk.set_entry(ALICE, "p201", EntryDraft(start=house.clock.now, shortcut="lunch"))
    (entry,) = house.entries("p201")
    assert (entry.reason, entry.activity, entry.is_busy) == ("Frokost", "lunch", True)
    assert entry.end == house.clock.now + 30 * 60
    await house.desk.set_entry(BENT, "p202", EntryDraft(start=house.clock.now, shortcut="home"))
    (entry,) = house.entries("p202")
    assert (entry.end, entry.is_busy, entry.handling) == (None, False, CallHandling.OPEN)


async def test_some_shortcuts_last_to_the_end_of_the_day(house: House) -> None:
    await house.desk.set_entry(ALICE, "p201", EntryDraft(start=house.clock.now, shortcut="done"))
    (entry,) = house.entries("p201")
    assert entry.end == house.rig.hub._day.ends_at


async def test_times_that_are_given_go_before_the_shortcuts_own(house: House) -> None:
    draft = EntryDraft(start=house.clock.now, end=house.clock.now + 600, shortcut="lunch", reason="Kantinen")
    await house.desk.set_entry(KLJ, "p201", draft)
    (entry,) = house.entries("p201")
    assert (entry.end, entry.reason, entry.activity) == (house.clock.now + 600, "Kantinen", "lunch")


@pytest.mark.requirement("002-166")
async def test_own_shortcuts_are_offered_to_their_owner_only_and_outlive_the_hub(house: House) -> None:
    gym = Shortcut(id="gym", labels={"da": "Træning"}, activity="break", minutes=45, key="t")
    await house.desk.set_shortcuts(ALICE, (gym,))
    mine = {s.id: s for s in house.desk.office_for(ALICE).shortcuts}
    assert (mine["gym"].person, mine["gym"].key) == ("p201", "")
    for other in (BENT, KLJ):
        assert "gym" not in {s.id for s in house.desk.office_for(other).shortcuts}
    draft = EntryDraft(start=house.clock.now, shortcut="gym")
    assert await refused(house.desk.set_entry(BENT, "p202", draft)) == "unknown_shortcut"
    async with at_work(house.store, clock=house.clock) as later:
        assert "gym" in {s.id for s in later.desk.office_for(ALICE).shortcuts}
        await later.desk.set_entry(ALICE, "p201", draft)
        assert later.entries("p201")[0].reason == "Træning"


async def test_an_own_shortcut_takes_nobody_elses_place(house: House) -> None:
    await house.desk.set_shortcuts(ALICE, (Shortcut(id="lunch", labels={"da": "Min frokost"}, minutes=90),))
    assert [s.person for s in house.desk.office_for(ALICE).shortcuts if s.id == "lunch"] == [""]
    nameless = (Shortcut(id="x"),)
    assert await refused(house.desk.set_shortcuts(ALICE, nameless)) == "unknown_shortcut"
    assert await refused(house.desk.set_shortcuts(KLJ, ())) == "unknown_person"


# ------------------------------------------------------------------ presence profiles

WRITING = Profile(
    id="own-1",
    labels={"da": "Skriver", "en": "Writing"},
    activity="focus",
    handling=CallHandling.DIVERTED,
    divert_to="202",
    info="Til kl. 15",
)


@pytest.mark.requirement("003-01", "003-07", "003-16", "003-34")
async def test_a_chosen_profile_brings_all_of_its_own_and_holds_until_another_is_chosen(house: House) -> None:
    await house.desk.set_profiles(ALICE, (WRITING,))
    now = house.clock.now
    await house.desk.set_entry(ALICE, "p201", EntryDraft(start=now, profile="own-1"))
    (entry,) = house.entries("p201")
    assert (entry.reason, entry.info, entry.profile, entry.origin) == ("Skriver", "Til kl. 15", "own-1", WEB)
    assert (entry.end, entry.activity, entry.is_busy) == (None, "focus", True)
    diversion = diversion_of(house.entries("p201"), now)
    assert (diversion.kind, diversion.number) == (DiversionKind.NUMBER, "202")
    house.clock.now += HOUR
    draft = EntryDraft(start=house.clock.now, profile="Til stede")
    await house.desk.set_entry(ALICE, "p201", draft, request="r1")
    (entry,) = house.entries("p201")
    assert (entry.reason, entry.handling, entry.is_busy, entry.info) == (
        "Til stede",
        CallHandling.OPEN,
        False,
        "",
    )
    await house.desk.undo(ALICE, "r1")
    (entry,) = house.entries("p201")
    assert entry.profile == "own-1"


async def test_a_profile_for_a_while_lies_over_the_one_that_was_chosen(house: House) -> None:
    now = house.clock.now
    await house.desk.set_entry(ALICE, "p201", EntryDraft(start=now, profile="Til stede"))
    house.clock.now += 60
    draft = EntryDraft(start=now + 60, end=now + HOUR, profile="Forstyr ikke")
    await house.desk.set_entry(KLJ, "p201", draft)
    entries = house.entries("p201")
    assert [(e.profile, e.origin) for e in entries] == [("Til stede", WEB), ("Forstyr ikke", "KLJ")]
    assert diversion_of(entries, now + 120).kind is DiversionKind.VOICEMAIL
    assert diversion_of(entries, now + HOUR).kind is DiversionKind.OPEN


@pytest.mark.requirement("003-35")
async def test_a_receptionist_chooses_for_a_colleague_and_every_console_reads_the_text(house: House) -> None:
    await house.desk.set_profiles(ALICE, (WRITING,))
    await house.desk.set_entry(ALICE, "p201", EntryDraft(start=house.clock.now, profile="own-1"))
    for viewer in (KLJ, MBH, BENT):
        (entry,) = house.entries("p201", viewer)
        assert entry.info == "Til kl. 15"
    # what somebody has for themselves is not a receptionist's to choose
    draft = EntryDraft(start=house.clock.now, profile="own-1")
    assert await refused(house.desk.set_entry(KLJ, "p201", draft)) == "unknown_profile"


@pytest.mark.requirement("003-02")
async def test_own_profiles_outlive_the_hub_and_keep_their_name(house: House) -> None:
    await house.desk.set_profiles(ALICE, (WRITING,))
    renamed = replace(WRITING, labels={"da": "Andet"}, info="Nyt")
    await house.desk.set_profiles(ALICE, (renamed,))
    async with at_work(house.store, clock=house.clock) as later:
        mine = {p.id: p for p in later.desk.office_for(ALICE).profiles}["own-1"]
        assert (mine.labels, mine.info, mine.person) == (WRITING.labels, "Nyt", "p201")
        assert "own-1" not in {p.id for p in later.desk.office_for(BENT).profiles}


async def test_an_edited_profile_is_still_that_profile_unless_its_activity_is_another(house: House) -> None:
    await house.desk.set_profiles(ALICE, (WRITING,))
    now = house.clock.now
    key = await house.desk.set_entry(ALICE, "p201", EntryDraft(start=now, profile="own-1"))
    edited = EntryDraft(reason="Skriver", start=now, end=now + HOUR, activity="focus")
    await house.desk.set_entry(KLJ, "p201", edited, entry=key)
    (entry,) = house.entries("p201")
    assert (entry.profile, entry.info, entry.end) == ("own-1", "Til kl. 15", now + HOUR)
    await house.desk.set_entry(KLJ, "p201", replace(edited, activity="lunch"), entry=key)
    (entry,) = house.entries("p201")
    assert (entry.profile, entry.info) == ("", "")


@pytest.mark.requirement("003-08")
@pytest.mark.parametrize("colleague", [person("101"), replace(person("301"), initials="klj")])
async def test_a_profile_sets_the_queue_status_of_who_answers_groups(house: House, colleague: Person) -> None:
    await house.rig.hub.directory.replace_colleagues((colleague, person("201", "Alice")))
    karin = Actor(person=colleague.id)
    assert house.desk.has_queue(karin)
    assert not house.desk.has_queue(ALICE)
    for queue in (Readiness.PAUSED, Readiness.READY):
        made = Profile(id="own-2", labels={"da": "Kontor"}, queue=queue)
        await house.desk.set_profiles(karin, (made,))
        draft = EntryDraft(start=house.clock.now, profile="own-2")
        await house.desk.set_entry(karin, colleague.id, draft)
        assert house.rig.engine.attendants["KLJ"].readiness is queue


@pytest.mark.requirement("003-04", "003-20", "003-22", "003-23")
@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("", set()),
        ("[own_settings]\nenabled = false\n", set(OwnSetting)),
        ("[own_settings]\nchoosing = false\n", {OwnSetting.CHOOSING}),
        ("[own_settings]\nshortcuts = false\n", {OwnSetting.SHORTCUTS}),
        ('[rights]\nedit_profiles = [{ who = ["receptionists"] }]\n', {OwnSetting.PROFILES}),
    ],
)
async def test_what_an_administrator_locks_is_refused(text: str, locked: set[OwnSetting]) -> None:
    async with at_work(office=parse_office(text, "office.toml")) as house:
        desk, draft = house.desk, EntryDraft(start=house.clock.now, profile="Forstyr ikke")
        assert set(desk.office_for(ALICE).locked) == locked
        tries = {
            OwnSetting.PROFILES: lambda: desk.set_profiles(ALICE, (WRITING,)),
            OwnSetting.SHORTCUTS: lambda: desk.set_shortcuts(ALICE, ()),
            OwnSetting.CHOOSING: lambda: desk.set_entry(ALICE, "p201", draft),
        }
        for setting, tried in tries.items():
            if setting in locked:
                assert await refused(tried()) == "not_allowed"
            else:
                await tried()
        await desk.set_entry(KLJ, "p202", draft)  # a receptionist is not kept from it


# ------------------------------------------------------------------ imported entries


@pytest.mark.requirement("001-55", "001-44", "001-48", "001-49", "001-50", "001-51")
async def test_editing_an_imported_entry_turns_its_origin_and_keeps_its_link(house: House) -> None:
    house.imports("p201", meeting(house))
    (before,) = house.entries("p201")
    assert (before.origin, before.reason) == (CALENDAR, "Leverandørmøde")
    draft = house.draft(90, reason="Optaget", handling=CallHandling.OPEN, note="haster")
    assert await house.desk.set_entry(ALICE, "p201", draft, entry=before.id) == before.id
    (after,) = house.entries("p201")
    assert (after.id, after.origin, after.reason) == (before.id, WEB, "Optaget")
    assert (after.is_linked, after.is_by_hand, after.note) == (True, False, "haster")
    assert after.end == house.clock.now + 90 * 60
    await house.desk.set_entry(KLJ, "p201", house.draft(60, reason="Rykket"), entry=before.id)
    assert [e.origin for e in house.entries("p201")] == ["KLJ"]


@pytest.mark.requirement("001-47", "001-45", "001-46", "001-17", "001-21")
async def test_edits_and_deletions_survive_two_more_imports_and_a_restart(house: House) -> None:
    calendar = (
        meeting(house),
        meeting(house, "m2", start=house.clock.now + 2 * HOUR, end=house.clock.now + 9e3),
    )
    house.imports("p201", *calendar)
    first, second = house.entries("p201")
    await house.desk.set_entry(KLJ, "p201", house.draft(60, reason="Ændret"), entry=first.id)
    await house.desk.delete_entry(ALICE, "p201", second.id)
    expected = house.entries("p201")
    assert [e.reason for e in expected] == ["Ændret"]
    for _ in range(2):
        house.imports("p201", *calendar)
        assert house.entries("p201") == expected
    async with at_work(house.store, clock=house.clock) as later:
        assert later.entries("p201") == expected, "also before the calendar has said anything"
        for _ in range(2):
            later.imports("p201", *calendar)
            assert later.entries("p201") == expected


async def test_a_moved_appointment_flags_its_edit_and_changes_nothing_else(house: House) -> None:
    house.imports("p201", meeting(house))
    (entry,) = house.entries("p201")
    await house.desk.set_entry(KLJ, "p201", house.draft(60, reason="Ændret"), entry=entry.id)
    (edited,) = house.entries("p201")
    house.imports("p201", meeting(house, end=house.clock.now + 2 * HOUR))
    assert house.entries("p201") == [replace(edited, is_outdated=True)]


async def test_what_is_over_cannot_be_edited(house: House) -> None:
    house.imports("p201", meeting(house, end=house.clock.now + 60))
    (entry,) = house.entries("p201")
    house.clock.now += 120
    assert await refused(house.desk.set_entry(KLJ, "p201", house.draft(), entry=entry.id)) == "already_over"


@pytest.mark.requirement("003-45")
async def test_a_private_appointment_has_no_words_until_somebody_gives_it_public_ones(house: House) -> None:
    house.imports("p201", meeting(house, subject="", is_private=True))
    (entry,) = house.entries("p201")
    assert (entry.reason, entry.is_private) == ("", True)
    await house.desk.set_entry(ALICE, "p201", house.draft(60, reason=""), entry=entry.id)
    assert house.entries("p201")[0].is_private
    await house.desk.set_entry(ALICE, "p201", house.draft(60, reason="Optaget"), entry=entry.id)
    (told,) = house.entries("p201")
    assert (told.reason, told.is_private) == ("Optaget", False)


# ------------------------------------------------------------------ notes


@pytest.mark.requirement("001-52", "001-53")
async def test_notes_are_for_receptionists_only_and_a_colleague_cannot_wipe_them_out(house: House) -> None:
    made = await house.desk.set_entry(KLJ, "p201", house.draft(note="må forstyrres"))
    assert [e.note for e in house.entries("p201", MBH)] == ["må forstyrres"]
    for colleague in (ALICE, BENT):
        assert [e.note for e in house.entries("p201", colleague)] == [""]
    await house.desk.set_entry(ALICE, "p201", house.draft(60), entry=made)
    assert [e.note for e in house.entries("p201", MBH)] == ["må forstyrres"]
    await house.desk.set_entry(ALICE, "p201", house.draft(60, note="ring på mobilen"), entry=made)
    assert [e.note for e in house.entries("p201", MBH)] == ["ring på mobilen"]


# ------------------------------------------------------------------ undo


async def test_what_was_done_can_be_taken_back_for_a_minute(house: House) -> None:
    house.imports("p201", meeting(house))
    (imported,) = house.entries("p201")
    await house.desk.set_entry(KLJ, "p202", house.draft(), request="r1")
    await house.desk.set_entry(KLJ, "p201", house.draft(60, reason="Ændret"), entry=imported.id, request="r2")
    await house.desk.delete_entry(KLJ, "p201", imported.id, request="r3")
    assert house.entries("p201") == []
    house.clock.now += 59
    await house.desk.undo(KLJ, "r3")
    assert [e.reason for e in house.entries("p201")] == ["Ændret"]
    await house.desk.undo(KLJ, "r2")
    assert house.entries("p201") == [imported]
    await house.desk.undo(KLJ, "r1")
    assert house.entries("p202") == []
    assert house.store.entries == {}


async def test_nobody_undoes_anothers_work_nor_later_nor_twice_nor_over_a_newer_change(house: House) -> None:
    made = await house.desk.set_entry(KLJ, "p201", house.draft(), request="r1")
    assert await refused(house.desk.undo(MBH, "r1")) == "nothing_to_undo"
    await house.desk.set_entry(MBH, "p201", house.draft(45), entry=made, request="r2")
    assert await refused(house.desk.undo(KLJ, "r1")) == "nothing_to_undo"
    await house.desk.undo(MBH, "r2")
    await house.desk.set_entry(KLJ, "p202", house.draft(), request="r3")
    house.clock.now += 61
    assert await refused(house.desk.undo(KLJ, "r3")) == "nothing_to_undo"
    assert await refused(house.desk.undo(MBH, "r2")) == "nothing_to_undo"


# ------------------------------------------------------------------ a broken store, and going away


async def test_a_broken_store_stops_nothing_and_is_caught_up_with(
    house: House, expected_logs: ExpectLogs
) -> None:
    expected_logs("the store does not take changes")
    house.store.fails = True
    made = await house.desk.set_entry(KLJ, "p201", house.draft())
    assert [e.id for e in house.entries("p201")] == [made]
    assert house.store.entries == {}
    house.store.fails = False
    house.clock.now += 10
    house.rig.hub._on_timer()
    await house.store.until(lambda: made in house.store.entries)


async def test_two_who_change_the_same_entry_come_one_after_the_other(house: House) -> None:
    made = await house.desk.set_entry(KLJ, "p201", house.draft())
    await asyncio.gather(
        *(house.desk.set_entry(who, "p201", house.draft(n), entry=made) for who, n in ((KLJ, 40), (MBH, 50)))
    )
    (entry,) = house.entries("p201")
    assert house.store.entries[made].entry == entry


async def test_what_ended_long_ago_is_forgotten_and_deletions_stay_while_they_matter(house: House) -> None:
    house.imports("p201", meeting(house))
    (entry,) = house.entries("p201")
    await house.desk.set_entry(KLJ, "p202", house.draft())
    await house.desk.delete_entry(KLJ, "p201", entry.id)
    for days, left in ((2, {entry.id}), (89, {entry.id}), (91, set())):
        house.clock.now = entry.start + days * 86_400.0
        house.rig.hub._on_timer()
        await house.desk.set_entry(KLJ, "p203", house.draft(), request="r")
        await house.desk.undo(KLJ, "r")
        assert set(house.store.entries) == left


# ------------------------------------------------------------------ planned ahead, and by profiles


@pytest.mark.requirement("002-056")
async def test_what_is_planned_changes_the_status_when_its_time_has_come(house: House) -> None:
    start = house.clock.now + HOUR
    await house.desk.set_entry(ALICE, "p201", house.draft(30, start=start))
    seen = []
    for moment in (start - 1, start, start + 1799, start + 1800):
        house.clock.now = moment
        house.rig.hub._on_timer()
        status = house.desk.status_of(KLJ, "p201")
        assert status is not None
        seen.append((status.is_entered, status.reason))
    assert seen == [(False, ""), (True, "Frokost"), (True, "Frokost"), (False, "")]


HOME_AND_BACK = """
[[profiles]]
id = "Gone"
calls = "voicemail"
[[profiles]]
id = "Present"
calls = "open"
busy = false
"""


@pytest.mark.requirement("003-15", "003-16")
async def test_who_leaves_has_voicemail_till_the_program_starts_next_morning() -> None:
    async with at_work(office=parse_office(HOME_AND_BACK, "office.toml")) as house:

        async def chooses(profile: str) -> tuple[DiversionKind, float | None]:
            await house.desk.set_entry(KLJ, "p201", EntryDraft(start=house.clock.now, profile=profile))
            return in_force()

        def in_force() -> tuple[DiversionKind, float | None]:
            found = diversion_of(house.entries("p201"), house.clock.now)
            return found.kind, found.until

        assert await chooses("Gone") == (DiversionKind.VOICEMAIL, None)
        house.clock.now += 15 * HOUR
        house.rig.hub._on_timer()
        assert in_force() == (DiversionKind.VOICEMAIL, None), "throughout"
        assert await chooses("Present") == (DiversionKind.OPEN, None)
        assert [e.profile for e in house.entries("p201")] == ["Present"]


# ------------------------------------------------------------------ rights


RIGHTS = """
[[groups]]
id = "board"
members = ["p201", "KLJ"]
[[groups]]
id = "yard"
members = ["p202", "p203"]
[rights]
see_status = [{ who = ["receptionists"] }, { who = ["yard"], whom = ["same group"] }]
see_future = [{ who = ["board"] }, { who = ["yard"], whom = ["yard"] }]
see_subjects = [{ who = ["board", "yard"], whom = ["yard"] }]
edit_future = [{ who = ["board"], whom = ["everyone"] }, { who = ["yard"], whom = ["same group"] }]
"""


@pytest.fixture
async def strict() -> AsyncIterator[House]:
    async with at_work(office=parse_office(RIGHTS, "office.toml")) as house:
        for who in ("p201", "p202"):
            later = house.clock.now + 2 * HOUR
            house.imports(who, meeting(house), meeting(house, "m2", start=later, end=later + 60))
        yield house


CLARA = Actor(person="p203")


async def test_what_somebody_wrote_in_teams_is_for_those_who_see_subjects(strict: House) -> None:
    strict.rig.hub._presence.show_teams(TeamsSet(person="p202", availability="Busy", note="Hos lægen"))
    seen = {viewer: strict.desk.status_of(viewer, "p202") for viewer in (KLJ, MBH)}
    assert [status.teams_note if status else None for status in seen.values()] == ["Hos lægen", ""]


@pytest.mark.requirement("002-058", "002-060", "002-057")
async def test_future_entries_are_seen_with_the_right_only(strict: House) -> None:
    assert [len(strict.entries("p201", viewer)) for viewer in (KLJ, MBH, ALICE)] == [2, 1, 2]
    assert [len(strict.entries("p202", viewer)) for viewer in (KLJ, MBH, BENT, CLARA)] == [2, 1, 2, 2]
    status = strict.desk.status_of(MBH, "p201")
    assert status is not None
    assert (status.next_at, status.next_reason) == (None, "")
    strict.clock.now += 2 * HOUR + 1
    strict.rig.hub._on_timer()
    assert [e.id for e in strict.entries("p201", MBH)] == ["p201 m1", "p201 m2"], "it has begun"


@pytest.mark.requirement("002-059", "002-060")
async def test_to_change_is_a_right_of_its_own(strict: House) -> None:
    await strict.desk.set_entry(KLJ, "p202", strict.draft())
    await strict.desk.set_entry(CLARA, "p202", strict.draft())
    await strict.desk.set_entry(ALICE, "p202", strict.draft())
    assert await refused(strict.desk.set_entry(MBH, "p202", strict.draft())) == "not_allowed"
    assert await refused(strict.desk.set_entry(BENT, "p201", strict.draft())) == "not_allowed"
    locked = [strict.desk.timeline_of(viewer, "p202").is_locked for viewer in (KLJ, MBH, ALICE, CLARA)]
    assert locked == [False, True, False, False]


@pytest.mark.requirement("002-121", "002-122")
async def test_a_status_is_told_to_those_only_who_may_see_it(strict: House) -> None:
    assert strict.desk.status_of(KLJ, "p201") is not None
    assert strict.desk.status_of(CLARA, "p202") is not None
    assert strict.desk.status_of(BENT, "p201") is None
    assert strict.entries("p201", BENT) == []
    assert strict.desk.status_of(ALICE, "p201") is not None, "one's own"


async def test_subjects_are_told_with_the_right_only(strict: House) -> None:
    assert {e.reason for e in strict.entries("p201", KLJ)} == {""}
    assert {e.reason for e in strict.entries("p202", KLJ)} == {"Leverandørmøde"}
    assert {e.reason for e in strict.entries("p202", MBH)} == {""}
    status = strict.desk.status_of(MBH, "p202")
    assert status is not None
    assert (status.reason, status.activity) == ("", "meeting")
    assert {e.reason for e in strict.entries("p201", ALICE)} == {"Leverandørmøde"}


async def test_who_is_unlisted_and_what_is_hidden_is_told_to_no_colleague() -> None:
    people = [
        replace(person("201"), notes={"Kun reception": "x"}, fields={"Note": "y"}),
        replace(person("202"), is_unlisted=True),
        Person(
            id="p203",
            name="Clara",
            numbers=(Number(kind=NumberKind.MOBILE, number="+4520304050", is_hidden=True),),
        ),
    ]
    async with at_work(MemoryStore(people), notes=("Note",)) as house:
        told = house.desk.people_for(ALICE)
        assert set(told) == {"p201", "p203"}
        assert (told["p201"].notes, told["p201"].fields, told["p203"].numbers) == ({}, {}, ())
        assert house.desk.people_for(ALICE) is told
        assert house.desk.people_for(KLJ)["p201"].notes == {"Kun reception": "x", "Note": "y"}
        assert await refused(house.desk.set_entry(KLJ, "p202", house.draft())) == "unknown_person"
        await house.rig.hub.directory.replace_colleagues(people[:1])
        assert set(house.desk.people_for(ALICE)) == {"p201"}


# ------------------------------------------------------------------ through the console


async def test_a_receptionists_requests_each_have_one_outcome_and_are_done_once(house: House) -> None:
    hub = house.rig.hub
    intent = SetEntry(person="p201", draft=house.draft())
    for _ in range(2):
        outcome = await hub.on_request("KLJ", Request(id="r1", intent=intent))
        assert outcome.result is Result.DONE
    (entry,) = house.entries("p201")
    refusal = await hub.on_request("KLJ", Request(id="r2", intent=DeleteEntry(person="p201", entry="x")))
    assert (refusal.result, refusal.message and refusal.message.key) == (Result.REFUSED, "unknown_entry")
    await hub.on_request("KLJ", Request(id="r3", intent=DeleteEntry(person="p201", entry=entry.id)))
    assert house.entries("p201") == []
    await hub.on_request("KLJ", Request(id="r4", intent=UndoEntry(request="r3")))
    assert house.entries("p201") == [entry]


class StoppingStore(MemoryStore):
    """Takes some transactions more and hangs at the next, as one whose hub is killed there."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 1_000
        self.stands, self.may_write = asyncio.Event(), asyncio.Event()

    async def save(self, batch: Batch) -> None:
        if self.left == 0:
            self.stands.set()
            await self.may_write.wait()
        else:
            self.left -= 1
        await super().save(batch)

    def as_found(self) -> MemoryStore:
        """Return what the next hub finds."""
        found = MemoryStore()
        found.entries, found.outcomes = dict(self.entries), dict(self.outcomes)
        return found


@pytest.mark.parametrize("written", [0, 1], ids=["killed before", "killed after"])
@pytest.mark.parametrize("deed", ["set", "edit", "delete", "undo"])
async def test_a_change_and_its_outcome_are_kept_in_one_and_a_repeat_does_nothing_twice(
    deed: str, written: int
) -> None:
    store, clock = StoppingStore(), Clock()
    async with at_work(store, clock=clock) as house:
        there = await house.desk.set_entry(KLJ, "p201", house.draft(20), request="r0")
        other = house.draft(40, reason="Møde")
        intent = {
            "set": SetEntry(person="p201", draft=other),
            "edit": SetEntry(person="p201", draft=other, entry=there),
            "delete": DeleteEntry(person="p201", entry=there),
            "undo": UndoEntry(request="r0"),
        }[deed]
        before = dict(store.entries)
        store.left = written
        request = Request(id="r1", intent=intent)
        asked = asyncio.create_task(house.rig.hub.on_request("KLJ", request))
        stands = asyncio.create_task(store.stands.wait())
        await asyncio.wait((asked, stands), return_when=asyncio.FIRST_COMPLETED)
        found = store.as_found()  # here the hub is killed
        store.may_write.set()
        assert (await asked).result is Result.DONE
        stands.cancel()
        after = dict(store.entries)
    assert after != before
    assert found.entries == (after if "KLJ/r1" in found.outcomes else before)

    async with at_work(found, clock=clock) as house:
        for _ in range(2):
            outcome = await house.rig.hub.on_request("KLJ", request)
        if deed != "undo" or written:  # what can be taken back is forgotten with the hub
            assert outcome.result is Result.DONE
            reasons = [(e.entry.reason, e.entry.end) for e in after.values()]
            assert [(e.reason, e.end) for e in house.entries("p201")] == reasons


async def test_who_asks_again_while_it_is_being_stored_hears_when_it_can_be_seen(house: House) -> None:
    house.store.may_go_on.clear()
    request = Request(id="r1", intent=SetEntry(person="p201", draft=house.draft()))
    both = [asyncio.create_task(house.rig.hub.on_request("KLJ", request)) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(one.done() for one in both)
    house.store.may_go_on.set()
    for one in asyncio.as_completed(both):
        assert (await one).result is Result.DONE
        assert len(house.entries("p201")) == 1


async def test_every_console_sees_what_one_has_set_and_hears_the_offices_words() -> None:
    office = default_office()
    rig = Rig(setup=PresenceSetup(office=office.office))
    await rig.start()
    try:
        async with console(rig) as one, console(rig, "MBH") as two:
            assert one.session.replica.office == office.office
            now = rig.hub._clock()
            draft = EntryDraft(start=now, shortcut="lunch")
            request = one.session.request(SetEntry(person="p201", draft=draft))
            assert (await one.outcome(request)).result is Result.DONE
            for c in (one, two):
                await c.until(lambda c=c: "p201" in c.session.replica.timelines)
                (entry,) = c.session.replica.timelines["p201"].entries
                assert (entry.reason, entry.origin) == ("Frokost", "KLJ")
    finally:
        await rig.stop()


async def test_the_hub_looks_again_when_an_entry_that_was_set_ends(house: House) -> None:
    await house.desk.set_entry(KLJ, "p201", house.draft(30))
    deadline: Callable[[], float | None] = house.rig.hub._presence.next_deadline
    assert deadline() == house.clock.now + 30 * 60
    house.clock.now += 30 * 60
    house.rig.hub._on_timer()
    status = house.desk.status_of(KLJ, "p201")
    assert status is not None
    assert not status.is_entered
