"""What becomes of an appointment, and which step decided."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.model.calendar import Appointment, ShowAs
from reception.model.office import Activity, CalendarPolicy, CalendarRule, Match, Office, Profile
from reception.model.presence import CALENDAR, CallHandling, Entry
from reception.presence.calendar_rules import Calendar, Verdict, Why
from reception.presence.common_rules import COMMON_RULES

OFFICE = Office(
    activities=(
        Activity(id="meeting"),
        Activity(id="holiday"),
        Activity(id="sick"),
        Activity(id="child_sick"),
        Activity(id="training"),
        Activity(id="home", is_busy=False),
        Activity(id="elsewhere", is_busy=False),
    ),
    profiles=(
        Profile(
            id="Nicht stören",
            labels={"da": "Forstyr ikke"},
            activity="meeting",
            handling=CallHandling.DIVERTED,
            divert_to="2006",
            info="Bitte eine Nachricht schreiben",
        ),
        Profile(id="Voicemail", handling=CallHandling.VOICEMAIL),
    ),
)


def verdict(policy: CalendarPolicy | None = None, **appointment: Any) -> Verdict:
    calendar = Calendar(policy or CalendarPolicy(), OFFICE, COMMON_RULES)
    return calendar.verdict(Appointment(**({"id": "1", "start": 10.0, "end": 20.0} | appointment)))


def entry(policy: CalendarPolicy | None = None, **appointment: Any) -> Entry:
    found = verdict(policy, **appointment).entry
    assert found is not None
    return found


def rules(*given: CalendarRule, **more: Any) -> CalendarPolicy:
    return CalendarPolicy(rules=given, **more)


# ------------------------------------------------------------------ the four states


@pytest.mark.requirement("001-26", "001-27", "001-28", "001-29", "001-30", "001-20")
@pytest.mark.parametrize(
    ("show_as", "handling"),
    [
        (ShowAs.FREE, None),
        (ShowAs.TENTATIVE, None),
        (ShowAs.BUSY, CallHandling.VOICEMAIL),
        (ShowAs.OOF, CallHandling.VOICEMAIL),
        (ShowAs.UNKNOWN, None),
    ],
)
def test_the_four_states(show_as: ShowAs, handling: CallHandling | None) -> None:
    found = verdict(subject="Budget", show_as=show_as)
    assert (found.entry and found.entry.handling) is handling
    assert found.why is (Why.SHOWN if handling else Why.NOT_SHOWN)


def test_an_entry_has_what_the_appointment_says() -> None:
    found = entry(subject="Budget 2027", location="Lokale 2")
    assert found == Entry(
        id="1", reason="Budget 2027", start=10.0, end=20.0, origin=CALENDAR, place="Lokale 2"
    )


@pytest.mark.requirement("003-41")
@pytest.mark.parametrize("show_as", [ShowAs.FREE, ShowAs.WORKING_ELSEWHERE])
def test_free_and_working_elsewhere_never_make_busy_unless_a_category_says_so(show_as: ShowAs) -> None:
    found = verdict(subject="MØT: kundemøde", show_as=show_as)
    assert found.entry is None or not found.entry.makes_busy
    named = entry(subject="Konzept", show_as=show_as, categories=("Rot", "@Nicht stören"))
    assert named.makes_busy


def test_working_elsewhere_is_shown_as_such_with_the_phone_open() -> None:
    found = verdict(subject="Odense", show_as=ShowAs.WORKING_ELSEWHERE)
    assert found.why is Why.ELSEWHERE
    assert found.entry is not None
    assert (found.entry.is_busy, found.entry.handling) == (False, CallHandling.OPEN)
    assert (found.entry.activity, found.entry.reason) == ("elsewhere", "Odense")


@pytest.mark.requirement("003-40")
def test_tentative_counts_where_the_organisation_says_so() -> None:
    found = verdict(CalendarPolicy(with_tentative=True), subject="Messe", show_as=ShowAs.TENTATIVE)
    assert found.why is Why.SHOWN
    assert found.entry is not None
    assert found.entry.makes_busy


# ------------------------------------------------------------------ rules


@pytest.mark.requirement("002-129", "002-137", "002-135")
def test_the_first_rule_from_the_top_decides() -> None:
    policy = rules(
        CalendarRule(match=Match.SUBJECT, text="kunde", activity="holiday"),
        CalendarRule(match=Match.SUBJECT, text="møde", activity="meeting"),
    )
    assert entry(policy, subject="KUNDEMØDE").activity == "holiday"
    assert entry(policy, subject="Statusmøde").activity == "meeting"


@pytest.mark.requirement("002-138", "002-139")
def test_exclusions_come_before_all_rules_wherever_they_stand() -> None:
    policy = rules(
        CalendarRule(match=Match.SUBJECT, text="møde", activity="meeting"),
        CalendarRule(match=Match.PRIVATE, is_exclusion=True),
        CalendarRule(match=Match.LOCATION, text="hjemme", is_exclusion=True),
    )
    assert verdict(policy, is_private=True).why is Why.EXCLUDED
    assert verdict(policy, subject="møde", location="Hjemme hos mig").entry is None
    assert entry(policy, subject="møde").activity == "meeting"


@pytest.mark.requirement("002-130", "002-134", "002-127")
@pytest.mark.parametrize("text", ["Out Of Office", "oof", "OOF", "Ikke til stede"])
def test_availability_is_compared_whole_and_in_any_case(text: str) -> None:
    policy = rules(CalendarRule(match=Match.AVAILABILITY, text=text, activity="holiday"))
    assert entry(policy, show_as=ShowAs.OOF).activity == "holiday"
    assert entry(policy, show_as=ShowAs.BUSY).activity == ""


def test_a_rule_about_availability_holds_also_for_what_is_else_not_shown() -> None:
    policy = rules(
        CalendarRule(match=Match.AVAILABILITY, text="tentative", activity="meeting"),
        CalendarRule(match=Match.SUBJECT, text="messe", activity="holiday"),
    )
    assert entry(policy, subject="x", show_as=ShowAs.TENTATIVE).activity == "meeting"
    assert verdict(policy, subject="Messe", show_as=ShowAs.FREE).why is Why.NOT_SHOWN


@pytest.mark.requirement("002-131", "002-132", "002-133")
def test_subject_and_location_are_contained_and_private_needs_no_text() -> None:
    subject = rules(CalendarRule(match=Match.SUBJECT, text="bestyrelse", activity="meeting"))
    place = rules(CalendarRule(match=Match.LOCATION, text="lokale", activity="training"))
    private = rules(CalendarRule(match=Match.PRIVATE, activity="holiday"))
    assert entry(subject, subject="Ny BESTYRELSESSAG").activity == "meeting"
    assert entry(place, location="Mødelokale 2").activity == "training"
    assert entry(private, is_private=True).activity == "holiday"
    assert entry(private).activity == ""


@pytest.mark.requirement("002-136")
def test_a_rule_gives_a_role_or_leaves_it_as_it_is() -> None:
    policy = rules(CalendarRule(match=Match.SUBJECT, text="vagt", activity="home", role="duty"))
    found = entry(policy, subject="Vagt")
    assert (found.role, found.is_busy, found.handling) == ("duty", False, CallHandling.OPEN)
    assert entry(policy, subject="x").role == ""


@pytest.mark.parametrize(
    ("subject", "activity"),
    [
        ("MØT: kundemøde", "meeting"),
        ("Leverandørmøde", "meeting"),
        ("Besprechung Vertrieb", "meeting"),
        ("KURSUS: Excel", "training"),
        ("Schulung", "training"),
        ("FERIE", "holiday"),
        ("Urlaub", "holiday"),
        ("Møde om ferie", "meeting"),
        ("krank", "sick"),
        ("Krankenkasse", ""),
        ("Ferieplan", ""),
        ("Barns sygedag", "child_sick"),
        ("Sygehusbesøg", ""),
        ("Hjemmearbejde", "home"),
        ("Budget", ""),
    ],
)
def test_usual_words_in_subjects_give_activities(subject: str, activity: str) -> None:
    assert entry(subject=subject).activity == activity


# ------------------------------------------------------------------ profiles, categories, invitations


@pytest.mark.requirement("003-26", "003-33", "003-35")
@pytest.mark.parametrize("category", ["@Nicht stören", "nicht stören", "@ forstyr ikke"])
def test_a_category_activates_the_profile_with_its_diversion(category: str) -> None:
    found = verdict(subject="Konzept", categories=("Blau", category))
    assert found.why is Why.CATEGORY
    assert found.entry is not None
    assert (found.entry.handling, found.entry.divert_to) == (CallHandling.DIVERTED, "2006")
    assert (found.entry.activity, found.entry.info) == ("meeting", "Bitte eine Nachricht schreiben")
    assert (found.entry.reason, found.entry.profile) == ("Konzept", "Nicht stören")


@pytest.mark.requirement("003-39")
def test_only_categories_that_name_a_profile_count_where_that_is_chosen() -> None:
    policy = CalendarPolicy(only_categories=True)
    assert verdict(policy, subject="MØT: x").why is Why.ONLY_CATEGORIES
    assert verdict(policy, categories=("@Nicht stören",)).entry is not None
    assert verdict(policy, categories=("@Unbekannt",)).entry is None


@pytest.mark.requirement("003-42")
def test_the_default_profile_holds_for_what_nothing_else_names() -> None:
    policy = CalendarPolicy(default_profile="nicht stören")
    found = verdict(policy, subject="Budget")
    assert found.why is Why.DEFAULT_PROFILE
    assert found.entry is not None
    assert found.entry.divert_to == "2006"
    assert verdict(policy, subject="Budget", show_as=ShowAs.FREE).entry is None


@pytest.mark.requirement("003-43")
def test_invitations_of_others_count_as_the_organisation_says() -> None:
    assert verdict(subject="Budget", is_invitation=True).entry is not None
    policy = CalendarPolicy(with_invitations=False)
    assert verdict(policy, subject="Budget", is_invitation=True).why is Why.INVITATION
    assert verdict(policy, subject="Budget").entry is not None
    assert verdict(policy, is_invitation=True, categories=("@Voicemail",)).entry is not None


# ------------------------------------------------------------------ what is not told


@pytest.mark.requirement("003-44")
def test_subjects_can_be_kept_from_everybody() -> None:
    found = entry(CalendarPolicy(hides_subjects=True), subject="MØT: fyring", location="Lokale 2")
    assert (found.reason, found.place, found.activity) == ("", "", "meeting")


_words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20)
_appointments = st.builds(
    Appointment,
    id=st.just("1"),
    start=st.just(0.0),
    end=st.just(1.0),
    subject=st.one_of(_words, st.sampled_from(["MØT: x", "Ferie", "syg"])),
    location=_words,
    show_as=st.sampled_from(ShowAs),
    is_private=st.booleans(),
    is_invitation=st.booleans(),
    categories=st.lists(st.sampled_from(["@Nicht stören", "Rot"]), max_size=2).map(tuple),
)
_policies = st.builds(
    CalendarPolicy,
    rules=st.lists(
        st.builds(
            CalendarRule,
            match=st.sampled_from(Match),
            text=st.sampled_from(["busy", "x", "møde"]),
            activity=st.sampled_from(["", "meeting", "home"]),
            is_exclusion=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    default_profile=st.sampled_from(["", "Voicemail"]),
    only_categories=st.booleans(),
    with_tentative=st.booleans(),
    with_invitations=st.booleans(),
    hides_subjects=st.booleans(),
)


@pytest.mark.requirement("003-45")
@given(_policies, _appointments)
def test_a_private_appointment_never_has_words_whatever_the_policy(
    policy: CalendarPolicy, appointment: Appointment
) -> None:
    found = Calendar(policy, OFFICE, COMMON_RULES).verdict(appointment).entry
    if found is not None and appointment.is_private:
        assert (found.reason, found.place, found.note) == ("", "", "")
        assert found.is_private


@given(_policies, _appointments)
def test_what_is_asked_again_gets_the_same_answer_and_free_is_never_busy_by_itself(
    policy: CalendarPolicy, appointment: Appointment
) -> None:
    calendar = Calendar(policy, OFFICE, COMMON_RULES)
    first = calendar.verdict(appointment)
    assert calendar.verdict(appointment) == first
    if appointment.show_as is ShowAs.FREE and first.why not in (Why.CATEGORY, Why.RULE):
        assert first.entry is None


def test_ids_of_two_people_in_one_meeting_are_unlike() -> None:
    calendar = Calendar(CalendarPolicy(), OFFICE)
    shared = Appointment(id="same", start=1.0, end=2.0)
    ids = {e.id for who in ("a", "b") for e in calendar.entries_of(who, [shared])}
    assert len(ids) == 2
