"""What colleagues do on the web page, without a script: every form works by itself."""

from __future__ import annotations

import re
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from reception.model.attendants import Readiness
from reception.model.lines import LineState
from reception.model.office import OwnSetting
from reception.model.presence import CALENDAR, CallHandling, Entry
from reception.model.stored import Comparison
from tests.integration.web_rig import ZONE, FakeDesk, Visitor, running


def entry(key: str, reason: str, start_s: float, end_s: float | None, **more: Any) -> Entry:
    """Return an entry that begins and ends so many seconds from now."""
    now = time.time()
    values = {"origin": CALENDAR} | more
    return Entry(
        id=key, reason=reason, start=now + start_s, end=None if end_s is None else now + end_s, **values
    )


def local(instant: float) -> datetime:
    return datetime.fromtimestamp(instant, ZoneInfo(ZONE))


def fields_of(one: Entry, **changed: str) -> dict[str, str]:
    """Return an entry as the form has it."""
    start, end = local(one.start), local(one.end or one.start)
    fields = {
        "activity": one.activity,
        "start_date": start.date().isoformat(),
        "start_time": f"{start:%H.%M}",
        "end_date": end.date().isoformat(),
        "end_time": f"{end:%H.%M}",
        "calls": one.handling.value,
        "number": one.divert_to,
        "subject": one.reason,
        "note": "",
    }
    return fields | changed


def only(desk: FakeDesk, who: str = "meh") -> Entry:
    [found] = desk.entries[who].values()
    return found


MEETING = entry("ol-1", "Statusmøde", -600, 3000)
LATER = entry("ol-2", "Workshop", 86_400, 90_000)


class TestOwnStatus:
    @pytest.mark.requirement("001-24", "001-23", "002-164")
    async def test_frokost_and_pause_by_one_tap(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/shortcut/lunch")
            assert "Frokost er sat." in page.text
            lunch = only(rig.desk)
            assert (lunch.reason, lunch.origin, lunch.activity) == ("Frokost", "WEB", "lunch")
            assert lunch.end == pytest.approx(lunch.start + 1800)
            assert lunch.handling is CallHandling.VOICEMAIL
            assert re.search(r"Frokost til (?:i morgen )?\d\d\.\d\d", page.text)
            assert "indringende hører" in page.text
            await visitor.post("/shortcut/break")
            assert {e.reason for e in rig.desk.entries["meh"].values()} == {"Frokost", "Pause"}

    async def test_a_second_tap_ends_it(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/shortcut/lunch")
            assert 'aria-pressed="true"' in page.text
            page = await visitor.post(f"/end/{only(rig.desk).id}")
            assert rig.desk.entries["meh"] == {}
            assert 'aria-pressed="true"' not in page.text

    async def test_and_it_can_be_taken_back(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/shortcut/lunch")
            request = re.search(r'name="request" value="(\w+)"', page.text)
            assert request
            page = await visitor.post("/undo", request=request[1])
            assert rig.desk.entries["meh"] == {}
            assert "fortrudt" in page.text
            page = await visitor.post("/undo", request=request[1])
            assert "kan ikke fortrydes" in page.text

    async def test_what_is_refused_is_told(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            for refusal, words in (
                ("not_allowed", "ikke ret til"),
                ("unknown_activity", "kendes ikke"),
                ("something_new", "kunne ikke lade sig gøre"),
            ):
                rig.desk.refuses = refusal
                assert words in (await visitor.post("/shortcut/lunch")).text
            assert "findes ikke længere" in (await visitor.post("/shortcut/none")).text
            rig.desk.refuses = ""
            assert "findes ikke længere" in (await visitor.post("/end/none")).text

    @pytest.mark.requirement("001-08", "001-43")
    async def test_entries_today_and_ahead_in_list_and_picture(self) -> None:
        desk = FakeDesk()
        desk.put("meh", MEETING, LATER, entry("kl", "Ferie", 3 * 86_400, 5 * 86_400, origin="KLJ"))
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            text = (await visitor.get("/")).text
            now, future = re.findall(r'<li class="entry (\w+)">', text)[:2]
            assert (now, future) == ("now", "future")
            assert '<strong class="nu">nu</strong>' in text
            for origin in ("OL", "KLJ"):
                assert f'<span class="vh">(</span>{origin}<span class="vh">)</span>' in text
            strip = re.findall(r'aria-label="(Dag|Uge): ([^"]+)"', text)
            assert "Statusmøde" in dict(strip)["Dag"]
            assert "Workshop" in dict(strip)["Uge"]

    @pytest.mark.requirement("001-56")
    async def test_the_sign_of_a_telephone_stands_in_front_of_what_keeps_it_open(self) -> None:
        desk = FakeDesk()
        desk.put("meh", entry("o", "Kursus", -60, 3600, handling=CallHandling.OPEN))
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            assert re.search(r"☏</span> Kursus", (await visitor.get("/")).text)
            await visitor.post("/sign-out")
            await visitor.sign_in("alh")
            assert "☏" in (await visitor.get("/colleague/meh")).text


class TestDiversion:
    @pytest.mark.requirement("001-25")
    async def test_ones_own_number_without_an_absence(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/divert", page="/divert", calls="diverted", number="207")
            made = only(rig.desk)
            assert (made.is_busy, made.handling, made.divert_to) == (False, CallHandling.DIVERTED, "207")
            assert made.end is None
            assert "Carol Dam" in page.text
            assert "Ledig" in page.text
            page = await visitor.post("/divert", page="/divert", calls="open")
            assert rig.desk.entries["meh"] == {}
            assert "slået fra" in page.text

    @pytest.mark.requirement("003-27")
    async def test_what_another_entry_turns_off_is_shown_as_off(self) -> None:
        desk = FakeDesk()
        follow_me = {"handling": CallHandling.DIVERTED, "divert_to": "207", "is_busy": False}
        desk.put("meh", entry("f", "Viderestillet", -7200, None, origin="WEB", **follow_me), MEETING)
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            text = (await visitor.get("/")).text
            assert "Viderestillet til Carol Dam · slået fra nu" in text
            desk.put("meh", replace(MEETING, end=time.time() - 1))
            text = (await visitor.get("/")).text
            assert "Viderestillet til Carol Dam" in text
            assert "slået fra nu" not in text

    @pytest.mark.requirement("001-25")
    async def test_or_as_long_as_the_absence_lasts(self) -> None:
        desk = FakeDesk()
        desk.put("meh", MEETING)
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            assert "Statusmøde" in (await visitor.get("/divert")).text
            await visitor.post("/divert", page="/divert", calls="diverted", number="207")
            made = only(desk)
            assert (made.id, made.reason, made.end) == ("ol-1", "Statusmøde", MEETING.end)
            assert (made.divert_to, made.is_busy) == ("207", True)

    async def test_a_number_that_is_none_is_told(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            for fields in ({"calls": "diverted", "number": "abc"}, {"calls": "nowhere"}):
                page = await visitor.post("/divert", page="/divert", **fields)
                assert page.status_code == 422
            assert rig.desk.asked == []
            rig.desk.refuses = "invalid_number"
            page = await visitor.post("/divert", page="/divert", calls="diverted", number="1")
            assert "kan ikke bruges" in page.text


class TestEditing:
    @pytest.mark.requirement("001-44", "001-48", "001-49", "001-50", "001-51", "001-52")
    async def test_all_five_fields_of_an_imported_one(self) -> None:
        desk = FakeDesk()
        desk.put("meh", LATER)
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.get("/entry/ol-2")
            assert "ændrer ikke din Outlook-kalender" in page.text
            assert '<button class="primary">Viderestil</button>' in page.text
            changed = fields_of(
                LATER,
                activity="meeting",
                end_time="23.50",
                calls="open",
                subject="Workshop hos Nordsø",
                note="Ring kun hvis det haster",
            )
            changed["end_date"] = changed["start_date"]
            page = await visitor.post("/entry/ol-2", page="/entry/ol-2", **changed)
            assert page.url.path == "/"
            made = only(desk)
            assert (made.id, made.is_linked, made.origin) == ("ol-2", True, "WEB")
            assert made.activity == "meeting"  # 1: the reason
            assert local(made.end or 0).strftime("%H.%M") == "23.50"  # 2: the period
            assert made.handling is CallHandling.OPEN  # 3: what happens to calls
            assert made.reason == "Workshop hos Nordsø"  # 4: the subject
            assert made.note == "Ring kun hvis det haster"  # 5: for receptionists only

    @pytest.mark.requirement("001-50")
    @pytest.mark.parametrize(
        ("calls", "number", "handling"),
        [
            ("voicemail", "", CallHandling.VOICEMAIL),
            ("open", "", CallHandling.OPEN),
            ("diverted", "207", CallHandling.DIVERTED),
            ("unchanged", "", CallHandling.UNCHANGED),
        ],
    )
    async def test_where_calls_go(self, calls: str, number: str, handling: CallHandling) -> None:
        desk = FakeDesk()
        desk.put("meh", LATER)
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            fields = fields_of(LATER, calls=calls, number=number)
            await visitor.post("/entry/ol-2", page="/entry/ol-2", **fields)
            assert (only(desk).handling, only(desk).divert_to) == (handling, number)

    @pytest.mark.requirement("001-54")
    @pytest.mark.parametrize(
        ("language", "button"),
        [("da", "Viderestil"), ("de", "Umleitung speichern"), ("en", "Save diversion")],
    )
    async def test_nothing_is_kept_before_the_button_is_pressed(self, language: str, button: str) -> None:
        desk = FakeDesk()
        desk.put("meh", LATER)
        async with running(desk=desk, language=language) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.get("/entry/ol-2")
            form = re.search(r'<form[^>]*id="entry-form".*?</form>', page.text, re.DOTALL)
            assert form
            # one button sends the form; the other one deletes by a form of its own, the way out is a link
            sending = [b for b in re.findall(r"<button[^>]*>[^<]*", form[0]) if "form=" not in b]
            assert sending == [f'<button class="primary">{button}']
            await visitor.get("/")
            await visitor.get("/entry/ol-2")
            assert desk.asked == []
            assert only(desk) == LATER

    @pytest.mark.requirement("001-45")
    async def test_an_imported_one_is_deleted_here(self) -> None:
        desk = FakeDesk()
        desk.put("meh", LATER)
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            row = re.search(r'<li class="entry future">.*?</li>', (await visitor.get("/")).text, re.DOTALL)
            assert row
            assert row[0].index("/delete/ol-2") > row[0].index("Workshop")  # at its right
            assert "Slet her (bliver i Outlook)" in row[0]
            page = await visitor.post("/delete/ol-2")
            assert desk.entries["meh"] == {}
            assert "Workshop er slettet her." in page.text
            assert "Fortryd" in page.text

    @pytest.mark.requirement("001-53")
    async def test_what_is_for_receptionists_appears_nowhere(self) -> None:
        desk = FakeDesk()
        secret = "Ring kun hvis det haster"
        desk.put("meh", entry("n", "Møde", -60, 3600, note=secret))
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            for who in ("alh", "meh"):
                await visitor.sign_in(who)
                for path in ("/", "/colleagues", "/colleagues?look=day", "/colleague/meh", "/part/row/meh"):
                    assert secret not in (await visitor.get(path)).text
                await visitor.post("/sign-out")

    async def test_an_earlier_note_stays_when_the_field_is_left_empty(self) -> None:
        desk = FakeDesk()
        desk.put("meh", entry("n", "Møde", 86_400, 90_000, note="Kun haster"))
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            await visitor.post("/entry/n", page="/entry/n", **fields_of(only(desk), note="", subject="X"))
            assert (only(desk).reason, only(desk).note) == ("X", "Kun haster")

    async def test_planned_ahead(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            fields = fields_of(LATER, subject="Tandlæge", calls="diverted", number="+45 40 11 22 38")
            page = await visitor.post("/plan", page="/plan", **fields)
            assert "Tandlæge er gemt." in page.text
            made = only(rig.desk)
            assert (made.reason, made.divert_to) == ("Tandlæge", "+4540112238")
            assert local(made.start) == local(LATER.start).replace(second=0, microsecond=0)

    async def test_what_was_typed_stays_when_something_is_wrong(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            fields = fields_of(LATER, subject="Tandlæge", end_time="99.99")
            page = await visitor.post("/plan", page="/plan", **fields)
            assert page.status_code == 422
            assert 'value="99.99" aria-invalid="true" aria-describedby="fault-end"' in page.text
            assert 'value="Tandlæge"' in page.text
            rig.desk.refuses = "not_allowed"
            page = await visitor.post("/plan", page="/plan", **fields_of(LATER, subject="Tandlæge"))
            assert page.status_code == 422
            assert "ikke ret til" in page.text
            assert rig.desk.entries == {}

    async def test_one_that_is_gone(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            assert (await visitor.get("/entry/none")).status_code == 404
            page = await visitor.post("/entry/none", **fields_of(LATER))
            assert "findes ikke længere" in page.text


class TestColleagues:
    @pytest.mark.requirement("001-03", "001-33", "000-12")
    async def test_the_search_shows_what_is_now_and_nothing_else(self) -> None:
        desk = FakeDesk()
        desk.put("alh", entry("a", "Leverandørmøde", -60, 3600), entry("b", "Skovtur", 4000, 5000))
        desk.lines["203"] = LineState.TALKING
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            text = (await visitor.get("/colleagues")).text
            assert "Leverandørmøde til" in text
            assert "Skovtur" not in text
            assert "Taler i telefon" in text
            for word in ("Fraværende:", "Optaget:", "Ledig:"):
                assert f'<span class="vh">{word}</span>' in text

    async def test_search_as_one_types(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            text = (await visitor.get("/colleagues", params={"q": "jorgensen"})).text
            assert "Søren Jørgensen" in text
            assert "Alice Holm" not in text
            assert "1 fundet" in text
            assert "Ingen kolleger fundet" in (await visitor.get("/colleagues?q=zzz")).text

    async def test_beside_ones_own_status_stand_those_of_ones_department(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in("joh")
            rows = re.findall(r'<li id="p-(\w+)"', (await visitor.get("/")).text)
            assert rows == ["soj"]  # the other one of Service
            await visitor.post("/sign-out")
            await visitor.sign_in("meh")  # alone in hers: everybody
            assert len(re.findall(r'<li id="p-', (await visitor.get("/")).text)) == 6

    @pytest.mark.requirement("001-43")
    async def test_the_graphic_view_of_many(self) -> None:
        desk = FakeDesk()
        desk.put("alh", entry("a", "Leverandørmøde", -60, 3600), entry("b", "Skovtur", 86_400, 90_000))
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            day = (await visitor.get("/colleagues?look=day")).text
            assert re.search(r'class="span now">\s*<title>Leverandørmøde, [^<]+ \(OL\)</title>', day)
            week = (await visitor.get("/colleagues?look=week")).text
            assert re.search(r'class="span future">\s*<title>Skovtur', week)
            tomorrow = local(time.time() + 86_400).date().isoformat()
            other = (await visitor.get("/colleagues", params={"look": "day", "day": tomorrow})).text
            assert "Leverandørmøde," not in other
            for odd in ("x", "0001-01-01", "9999-12-31"):
                page = await visitor.get("/colleagues", params={"look": "week", "day": odd})
                assert page.status_code == 200

    @pytest.mark.requirement("001-43")
    async def test_one_in_detail_with_the_days_ahead(self) -> None:
        desk = FakeDesk()
        desk.put("alh", entry("a", "Møde", -60, 3600), entry("b", "Messe", 86_400, 180_000, origin="WEB"))
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            text = (await visitor.get("/colleague/alh")).text
            assert re.findall(r'<li class="entry (\w+)">', text) == ["now", "future"]
            assert 'role="img" focusable="false" aria-label="Dag: Møde' in text
            assert "WEB" in text
            assert "/entry/" not in text  # of others nothing can be changed here

    async def test_a_row_and_a_detail_alone(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            for look in ("list", "day", "week"):
                row = await visitor.get(f"/part/row/alh?look={look}")
                assert row.text.lstrip().startswith('<li id="p-alh"')
            assert 'id="colleague"' in (await visitor.get("/part/colleague/alh")).text
            assert (await visitor.get("/colleague/nobody")).status_code == 404


FIELDS = {
    "name": "Fysioterapi",
    "activity": "meeting",
    "minutes": "45",
    "availability": "busy",
    "icon": "leave",
    "calls": "diverted",
    "number": "207",
}


class TestShortcuts:
    @pytest.mark.requirement(
        "002-164", "002-166", "002-167", "002-168", "002-169", "002-170", "002-171", "002-172"
    )
    async def test_ones_own_are_offered_to_oneself_only(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/shortcuts", page="/shortcuts", **FIELDS)
            assert "Genvejen er gemt." in page.text
            [mine] = rig.desk.shortcuts["meh"]
            assert (mine.labels["da"], mine.activity, mine.minutes) == ("Fysioterapi", "meeting", 45)
            assert (mine.is_busy, mine.icon, mine.divert_to, mine.person) == (True, "leave", "207", "meh")
            assert "Fysioterapi" in (await visitor.get("/")).text
            await visitor.post(f"/shortcut/{mine.id}")
            made = only(rig.desk)
            assert made.end == pytest.approx(made.start + 45 * 60)
            assert (made.activity, made.divert_to) == ("meeting", "207")
            await visitor.post("/sign-out")
            await visitor.sign_in("alh")
            assert "Fysioterapi" not in (await visitor.get("/")).text.split('class="group"')[0]

    async def test_changed_and_deleted(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            await visitor.post("/shortcuts", page="/shortcuts", **FIELDS)
            [mine] = rig.desk.shortcuts["meh"]
            form = await visitor.get(f"/shortcuts/{mine.id}")
            assert 'value="Fysioterapi"' in form.text
            changed = FIELDS | {"name": "Læge", "minutes": "", "calls": "open", "availability": "free"}
            await visitor.post(f"/shortcuts/{mine.id}", page="/shortcuts", **changed)
            [mine] = rig.desk.shortcuts["meh"]
            assert (mine.labels["da"], mine.minutes, mine.is_busy) == ("Læge", None, False)
            await visitor.post(f"/shortcuts/{mine.id}/delete", page="/shortcuts")
            assert rig.desk.shortcuts["meh"] == ()

    async def test_the_organisations_cannot_be_changed_here(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            assert (await visitor.get("/shortcuts/lunch")).status_code == 404
            assert (await visitor.post("/shortcuts/lunch", **FIELDS)).status_code == 404
            await visitor.post("/shortcuts/lunch/delete", page="/shortcuts")
            assert "Frokost" in (await visitor.get("/")).text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"minutes": "0"},
            {"minutes": "x"},
            {"number": "x"},
            {"calls": ""},
            {"activity": "none"},
        ],
    )
    async def test_what_is_wrong_is_told(self, wrong: dict[str, str]) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/shortcuts", page="/shortcuts", **(FIELDS | wrong))
            assert page.status_code == 422
            assert "meh" not in rig.desk.shortcuts


PROFILE = {
    "name": "Koncentration",
    "activity": "meeting",
    "availability": "busy",
    "calls": "diverted",
    "number": "207",
    "info": "Skriver rapport",
    "enabled": "on",
}


class TestProfiles:
    @pytest.mark.requirement("003-05", "003-07")
    async def test_those_activated_are_offered_with_status_and_diversion(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            text = (await visitor.get("/profiles")).text
            assert "Forstyr ikke" in text
            assert "Arbejder koncentreret" in text
            assert "Hidden" not in text
            await visitor.post("/profiles/Quiet/choose", page="/profiles")
            made = only(rig.desk)
            assert (made.handling, made.is_busy, made.end) == (CallHandling.VOICEMAIL, True, None)
            assert "Gælder nu" in (await visitor.get("/profiles")).text
            assert (await visitor.post("/profiles/Hidden/choose", page="/profiles")).status_code == 404
            rig.desk.refuses = "not_allowed"
            assert "ikke ret til" in (await visitor.post("/profiles/Quiet/choose", page="/profiles")).text

    @pytest.mark.requirement("003-01", "003-02", "003-03", "003-06", "003-34", "003-36")
    async def test_ones_own_are_made_changed_and_deleted_and_keep_their_name(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/profiles", page="/profiles", **PROFILE)
            assert "Profilen er gemt." in page.text
            [mine] = rig.desk.profiles["meh"]
            assert (mine.labels["da"], mine.activity, mine.divert_to) == ("Koncentration", "meeting", "207")
            assert (mine.info, mine.is_enabled, mine.person) == ("Skriver rapport", True, "meh")
            form = (await visitor.get(f"/profiles/{mine.id}")).text
            assert 'name="name"' not in form
            assert 'value="Skriver rapport"' in form
            changed = PROFILE | {"name": "Andet", "calls": "open", "info": "", "availability": "free"}
            await visitor.post(f"/profiles/{mine.id}", page="/profiles", **changed)
            [mine] = rig.desk.profiles["meh"]
            assert mine.labels["da"] == "Koncentration"
            assert (mine.handling, mine.divert_to) == (CallHandling.OPEN, "")
            assert (mine.info, mine.is_busy) == ("", False)
            await visitor.post(f"/profiles/{mine.id}/delete", page="/profiles")
            assert rig.desk.profiles["meh"] == ()

    @pytest.mark.requirement("003-05", "003-07", "003-34")
    async def test_one_of_ones_own_is_chosen_with_its_text_unless_it_is_switched_off(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            await visitor.post("/profiles", page="/profiles", **PROFILE)
            [mine] = rig.desk.profiles["meh"]
            await visitor.post(f"/profiles/{mine.id}/choose", page="/profiles")
            made = only(rig.desk)
            assert (made.reason, made.divert_to, made.profile) == ("Koncentration", "207", mine.id)
            assert "Skriver rapport" in (await visitor.get("/")).text
            off = {name: value for name, value in PROFILE.items() if name != "enabled"}
            await visitor.post(f"/profiles/{mine.id}", page="/profiles", **off)
            page = await visitor.get("/profiles")
            assert "Tilbydes ikke" in page.text
            assert f"/profiles/{mine.id}/choose" not in page.text
            gone = await visitor.post(f"/profiles/{mine.id}/choose", page="/profiles")
            assert gone.status_code == 404

    @pytest.mark.requirement("003-08")
    async def test_a_queue_status_is_offered_to_receptionists_only(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            assert 'name="queue"' not in (await visitor.get("/profiles")).text
            rig.desk.receptionists.add("meh")
            assert 'name="queue"' in (await visitor.get("/profiles")).text
            await visitor.post("/profiles", page="/profiles", **PROFILE, queue="paused")
            [mine] = rig.desk.profiles["meh"]
            assert mine.queue is Readiness.PAUSED
            assert "Pause fra køen" in (await visitor.get("/profiles")).text

    @pytest.mark.requirement("003-20")
    async def test_what_is_locked_is_not_offered_and_says_why(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            rig.desk.office = replace(rig.desk.office, locked=tuple(OwnSetting))
            page = (await visitor.get("/profiles")).text
            assert "/choose" not in page
            assert 'name="info"' not in page
            assert "administrator har låst valg af profil" in page
            assert 'name="minutes"' not in (await visitor.get("/shortcuts")).text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "Forstyr ikke"},
            {"number": "x"},
            {"calls": ""},
            {"activity": "none"},
            {"queue": "x"},
        ],
    )
    async def test_what_is_wrong_with_a_profile_is_told(self, wrong: dict[str, str]) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = await visitor.post("/profiles", page="/profiles", **(PROFILE | wrong))
            assert page.status_code == 422
            assert "meh" not in rig.desk.profiles

    @pytest.mark.requirement("003-50")
    @pytest.mark.parametrize(
        ("outcome", "told"),
        [
            ({"appointments": 3}, "3 aftaler i kalenderen"),
            ({"appointments": None}, "ingen kalender for dig"),
            ({"appointments": 3, "failed": ("calendar",)}, "kunne ikke læses"),
        ],
    )
    async def test_a_comparison_is_started_and_says_how_it_went_and_when(
        self, outcome: dict[str, Any], told: str
    ) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            rig.desk.comparison = Comparison(at=0.0, **outcome)
            assert told not in (await visitor.get("/appointments")).text
            page = await visitor.post("/appointments/compare", page="/appointments")
            assert "Sammenligningen er færdig." in page.text
            assert told in page.text
            assert f"{local(rig.desk.comparison.at):%H.%M}" in page.text
            rig.desk.office = replace(rig.desk.office, locked=(OwnSetting.COMPARISON,))
            assert "/appointments/compare" not in (await visitor.get("/appointments")).text
            rig.desk.refuses = "not_allowed"
            assert "ikke ret til" in (await visitor.post("/appointments/compare")).text

    @pytest.mark.requirement("003-47", "003-48", "003-49")
    async def test_the_list_of_appointments(self) -> None:
        desk = FakeDesk()
        desk.put(
            "meh",
            entry("a", "Statusmøde", 4000, 5000, activity="meeting"),
            entry("d", "Koncept", 5000, 6000, activity="meeting", profile="Quiet"),
            entry("b", "Ferie", 86_400, 180_000, origin="KLJ"),
            entry("c", "Tandlæge", 6000, 7000, origin="WEB"),
        )
        async with running(desk=desk) as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            page = (await visitor.get("/appointments")).text
            assert "30 dage frem" in page
            rows = re.findall(r"<tr class=.*?</tr>", page, re.DOTALL)
            cells = [re.sub(r"<[^>]+>", "", row[row.rindex("</a>") :]) for row in rows]
            assert [c for c in cells if "Outlook" in c and "Møde" in c]
            assert [c for c in cells if "Outlook" in c and "Forstyr ikke" in c]
            assert [c for c in cells if c.endswith("ManueltKLJ")]
            assert [c for c in cells if c.endswith("Manuelt")]  # set by oneself: no creator
