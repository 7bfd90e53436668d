"""Statuses, entries and strips as the web page shows them, and what its forms make of what was typed."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from reception.directory.numbers import NumberPlan
from reception.hub.web.clock import Clock
from reception.hub.web.entries import EntryView, EntryViews
from reception.hub.web.finder import MOST, Finder
from reception.hub.web.forms import (
    EntryForm,
    TooLarge,
    draft_of,
    empty_form,
    form_of,
    number_in,
    read_form,
)
from reception.hub.web.statuses import initials_of, view_of
from reception.hub.web.strips import bars, day_scale, days_scale
from reception.hub.web.words import words_in
from reception.model.lines import Cause, Line, LineState, PersonStatus, StatusKind
from reception.model.office import Office
from reception.model.presence import CallHandling, Entry
from tests.integration.web_rig import OFFICE, PEOPLE, person

ZONE = ZoneInfo("Europe/Copenhagen")
WORDS = words_in("da")
CLOCK = Clock("Europe/Copenhagen", WORDS)


def at(hour: float, day: int = 18) -> float:
    return datetime(2026, 11, day, int(hour), round(hour % 1 * 60), tzinfo=ZONE).timestamp()


NOW = at(13.7)


def entry(reason: str = "Møde", start: float = 13.0, end: float | None = 14.0, **more: object) -> Entry:
    stop = None if end is None else at(end)
    values = {"id": "e", "origin": "OL"} | more
    return Entry(reason=reason, start=at(start), end=stop, **values)  # type: ignore[arg-type]


def view(one: Entry, language: str = "da", office: Office = OFFICE) -> EntryView:
    words = words_in(language)
    clock = Clock("Europe/Copenhagen", words)
    return EntryViews(office, words, clock, NOW, str).view(one)


def status(kind: StatusKind, **more: object) -> PersonStatus:
    return PersonStatus(person="p", kind=kind, since=0.0, **more)  # type: ignore[arg-type]


class TestStatus:
    @pytest.mark.requirement("001-03")
    @pytest.mark.parametrize(
        ("kind", "shape", "word"),
        [
            (StatusKind.FREE, "free", "Ledig"),
            (StatusKind.BUSY, "busy", "Optaget"),
            (StatusKind.AWAY, "away", "Fraværende"),
        ],
    )
    def test_everybody_is_available_busy_or_absent_by_shape_and_word(
        self, kind: StatusKind, shape: str, word: str
    ) -> None:
        shown = view_of(status(kind, is_entered=kind is StatusKind.AWAY), WORDS, CLOCK, NOW)
        assert (shown.shape, shown.word) == (shape, word)

    def test_who_talks_and_has_a_meeting_shows_both(self) -> None:
        talking = Line(number="1", state=LineState.TALKING, since=0.0)
        busy = status(
            StatusKind.BUSY, lines=(talking,), is_entered=True, reason="Møde", until=at(14.5), origin="OL"
        )
        assert view_of(busy, WORDS, CLOCK, NOW).sentence == "Taler i telefon · Møde til 14.30"

    @pytest.mark.parametrize(
        ("kind", "cause", "sentence"),
        [
            (StatusKind.BUSY, Cause.DO_NOT_DISTURB, "Forstyr ikke"),
            (StatusKind.BUSY, Cause.TEAMS, "Optaget ifølge Teams"),
            (StatusKind.AWAY, Cause.TEAMS, "Fraværende ifølge Teams"),
            (StatusKind.BUSY, Cause.CALL, "Taler i telefon"),
            (StatusKind.OFF, Cause.LINES, "Telefonen er ikke tilsluttet"),
        ],
    )
    def test_what_a_status_rests_on_is_said(self, kind: StatusKind, cause: Cause, sentence: str) -> None:
        assert view_of(status(kind, cause=cause), WORDS, CLOCK, NOW).sentence == sentence

    def test_when_somebody_is_back_is_told_where_it_is_later_than_the_end(self) -> None:
        away = status(
            StatusKind.AWAY,
            cause=Cause.ENTRY,
            is_entered=True,
            reason="Frokost",
            until=at(14),
            back_at=at(15),
        )
        shown = view_of(away, WORDS, CLOCK, NOW)
        assert (shown.sentence, shown.more) == ("Frokost til 14.00", "tilbage 15.00")

    @pytest.mark.requirement("001-33")
    def test_in_a_list_what_comes_next_is_not_told(self) -> None:
        free = status(StatusKind.FREE, next_at=at(15), next_reason="Møde")
        assert view_of(free, WORDS, CLOCK, NOW).more == ""
        assert view_of(free, WORDS, CLOCK, NOW, with_next=True).more == "15.00 Møde"

    def test_absent_with_the_phone_open(self) -> None:
        home = status(StatusKind.FREE, reason="Hjemmearbejde", origin="OL", until=at(16))
        shown = view_of(home, WORDS, CLOCK, NOW)
        assert shown.is_open
        assert shown.more == "Hjemmearbejde til 16.00"

    def test_nothing_known_does_not_look_like_free(self) -> None:
        assert view_of(None, WORDS, CLOCK, NOW).shape == "unknown"
        assert view_of(status(StatusKind.UNKNOWN), WORDS, CLOCK, NOW).tone == "quiet"

    @pytest.mark.parametrize(
        ("name", "initials"), [("Mette Holst", "MH"), ("Anne Marie af Holm", "AH"), ("Bo", "B"), ("...", "?")]
    )
    def test_initials(self, name: str, initials: str) -> None:
        assert initials_of(person("x", name, "1")) == initials


class TestEntries:
    def test_current_future_and_past(self) -> None:
        assert [view(entry(start=h, end=h + 1)).tone for h in (13, 15, 9)] == ["now", "future", "past"]

    @pytest.mark.requirement("001-56")
    def test_one_with_the_phone_open_is_marked(self) -> None:
        assert view(entry(handling=CallHandling.OPEN)).is_open
        assert not view(entry()).is_open

    def test_a_private_one_has_no_subject(self) -> None:
        assert view(entry("", is_private=True)).title == "Privat"

    def test_an_activity_is_named_in_the_readers_language(self) -> None:
        lunch = entry("Frokost", activity="lunch")
        assert view(lunch, "de").title == "Mittagessen"
        assert view(entry("Med Nordsø", activity="lunch"), "de").detail == "Mittagessen"

    def test_a_diversion_names_whom_it_goes_to(self) -> None:
        words = EntryViews(OFFICE, WORDS, CLOCK, NOW, lambda n: "Carol Dam" if n == "207" else "")
        diverted = CallHandling.DIVERTED
        assert words.calls(entry(handling=diverted, divert_to="207")) == "Viderestillet til Carol Dam"
        assert words.calls(entry(handling=diverted, divert_to="999")) == "Viderestillet til 999"
        assert words.calls(entry(handling=diverted)) == "Viderestillet"  # a number that is not told

    def test_ended_ones_are_gone_from_the_list(self) -> None:
        views = EntryViews(OFFICE, WORDS, CLOCK, NOW, str)
        entries = [entry("a", 9, 10), entry("b", 13, 14), entry("c", 15, 16), entry("d", 12, None)]
        assert [v.title for v in views.ahead(entries)] == ["b", "c", "d"]


class TestStrips:
    def test_a_day_goes_over_working_hours_and_the_hour_it_is(self) -> None:
        day = day_scale(CLOCK, WORDS, NOW, NOW)
        assert [m.text for m in day.marks] == [f"{h:02}" for h in range(8, 19)]
        assert day.now == 57.0
        evening = day_scale(CLOCK, WORDS, NOW, at(21))
        assert evening.marks[-1].text == "22"

    def test_bars_lie_where_they_belong(self) -> None:
        day = day_scale(CLOCK, WORDS, NOW, NOW)
        [bar] = bars([view(entry(start=13, end=14))], day)
        assert (bar.x, bar.width) == (50.0, 10.0)

    def test_overlapping_ones_lie_beneath_each_other(self) -> None:
        day = day_scale(CLOCK, WORDS, NOW, NOW)
        shown = bars(
            [view(entry(start=9, end=12)), view(entry(start=10, end=11)), view(entry(start=12))], day
        )
        assert [(b.row, b.rows) for b in shown] == [(0, 2), (1, 2), (0, 2)]

    def test_a_week_has_seven_days(self) -> None:
        week = days_scale(CLOCK, WORDS, NOW, NOW)
        assert [m.text for m in week.marks][:2] == ["ons. 18.", "tor. 19."]
        assert len(week.marks) == 7

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.floats(0, 20), st.floats(0.01, 30)), max_size=12))
    def test_no_bar_leaves_the_strip_and_none_lies_on_another(self, spans: list[tuple[float, float]]) -> None:
        midnight = at(0)
        entries = sorted(
            (
                Entry(
                    id=str(n),
                    reason="x",
                    start=midnight + start * 3600,
                    end=midnight + (start + length) * 3600,
                    origin="OL",
                )
                for n, (start, length) in enumerate(spans)
            ),
            key=lambda e: e.start,
        )
        shown = bars([view(e) for e in entries], day_scale(CLOCK, WORDS, NOW, NOW))
        assert all(b.x >= 0 and b.x + b.width <= 100.001 for b in shown)
        assert all(0 <= b.row < b.rows for b in shown)


class TestForms:
    FORM = EntryForm(
        activity="meeting",
        start_date="2026-11-18",
        start_time="15.15",
        end_date="2026-11-18",
        end_time="16:30",
        calls="diverted",
        number="+45 40 11 22 38",
        subject="Workshop",
        note="Ring kun hvis det haster",
    )

    def test_a_form_makes_a_draft(self) -> None:
        draft, faults = draft_of(self.FORM, OFFICE, CLOCK)
        assert not faults
        assert draft is not None
        assert (draft.start, draft.end) == (at(15.25), at(16.5))
        assert (draft.handling, draft.divert_to) == (CallHandling.DIVERTED, "+4540112238")
        assert (draft.activity, draft.reason, draft.note) == ("meeting", "Workshop", self.FORM.note)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"start_time": "25"}, "start"),
            ({"start_date": ""}, "start"),
            ({"end_time": "14.00"}, "end"),
            ({"end_date": "x"}, "end"),
            ({"number": "12a"}, "number"),
            ({"calls": "nowhere"}, "calls"),
            ({"activity": "nothing"}, "activity"),
        ],
    )
    def test_what_is_wrong_is_told_by_field(self, change: dict[str, str], field: str) -> None:
        draft, faults = draft_of(self.FORM._replace(**change), OFFICE, CLOCK)
        assert draft is None
        assert field in faults
        assert all(key in WORDS for key in faults.values())

    def test_no_end_is_open_ended_and_no_day_of_the_end_is_the_first_day(self) -> None:
        draft, _ = draft_of(self.FORM._replace(end_date="", end_time=""), OFFICE, CLOCK)
        assert draft is not None
        assert draft.end is None
        draft, _ = draft_of(self.FORM._replace(end_date=""), OFFICE, CLOCK)
        assert draft is not None
        assert draft.end == at(16.5)

    def test_an_activity_that_is_free_makes_free(self) -> None:
        draft, _ = draft_of(self.FORM._replace(activity="home"), OFFICE, CLOCK)
        assert draft is not None
        assert not draft.is_busy

    def test_an_entry_comes_back_as_it_was(self) -> None:
        one = entry("Workshop", 15.25, 16.5, place="Lokale 2", handling=CallHandling.OPEN, is_busy=False)
        draft, _ = draft_of(form_of(one, CLOCK), OFFICE, CLOCK, before=one)
        assert draft is not None
        assert (draft.start, draft.end, draft.reason) == (one.start, one.end, one.reason)
        assert (draft.place, draft.is_busy, draft.handling) == ("Lokale 2", False, CallHandling.OPEN)

    def test_an_empty_form_is_for_the_next_hour(self) -> None:
        draft, _ = draft_of(empty_form(CLOCK, NOW), OFFICE, CLOCK)
        assert draft is not None
        assert (draft.start, draft.end) == (at(14), at(15))

    @pytest.mark.parametrize(
        ("typed", "number"), [("40 11 22 38", "40112238"), ("(+45) 40-11", "+454011"), ("x", ""), ("", "")]
    )
    def test_numbers_as_typed(self, typed: str, number: str) -> None:
        assert number_in(typed) == number

    async def test_fields_are_read_with_a_limit(self) -> None:
        fields = await read_form(_request(urlencode({"subject": " Møde ", "password": " a "}).encode()))
        assert fields == {"subject": "Møde", "password": " a "}
        for body in (b"a=" + b"x" * 70_000, "&".join(f"f{n}=1" for n in range(99)).encode(), "é".encode()):
            with pytest.raises(TooLarge):
                await read_form(_request(body))


class TestFinder:
    async def test_nothing_typed_finds_all_in_the_order_of_the_language(self) -> None:
        people = {p.id: p for p in PEOPLE}
        found = await Finder(NumberPlan()).find("", people, "da")
        assert [p.name for p in found.people][:2] == ["Alice Holm", "Carol Dam"]
        assert found.total == len(PEOPLE)

    @pytest.mark.parametrize(
        "typed", ["jorgensen", "Jørg", "joergensen soren", "206", "service jør", "JØRGENSEN  SØREN"]
    )
    async def test_the_same_folding_as_in_the_console(self, typed: str) -> None:
        found = await Finder(NumberPlan()).find(typed, {p.id: p for p in PEOPLE}, "da")
        assert [p.name for p in found.people] == ["Søren Jørgensen"]

    async def test_names_stand_before_departments(self) -> None:
        people = [person("a", "Anna Bo", "1", "Holm"), person("b", "Bo Holm", "2", "Salg")]
        found = await Finder(NumberPlan()).find("holm", {p.id: p for p in people}, "da")
        assert [p.id for p in found.people] == ["b", "a"]

    async def test_many_are_counted_and_so_many_shown(self) -> None:
        people = [person(f"p{n}", f"Hans {n}", str(1000 + n)) for n in range(700)]
        found = await Finder(NumberPlan()).find("hans", {p.id: p for p in people}, "da")
        assert (len(found.people), found.total) == (MOST, 700)

    async def test_somebody_who_has_another_name_now_is_found_by_it(self) -> None:
        finder = Finder(NumberPlan())
        await finder.find("x", {"a": person("a", "Anna Bo", "1")}, "da")
        assert (await finder.find("holm", {"a": person("a", "Anna Holm", "1")}, "da")).total == 1
        assert (await finder.find("bo", {"a": person("a", "Anna Holm", "1")}, "da")).total == 0


def _request(body: bytes) -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)  # type: ignore[arg-type]
