"""What becomes of an appointment on a timeline, and why.

In this order, the first that says something decides:

1. an exclusion that fits: neither shown nor anything else (requirements 002-138, 139; reading 64);
2. a category that names a profile, ``@Nicht stören``: that profile, whatever the appointment shows (003-39,
   41);
3. what is not to be taken: with `only_categories` all others (003-39); those without a say, which are free
   and working elsewhere (003-41), tentative without the option (001-28; reading 58), and invitations of
   others where they do not count (003-43); rules about availability are asked before, since they name these;
4. the rules from the top (002-137; reading 54), the office's before the common ones;
5. the default profile (003-42);
6. the four states (001-26 to 30): busy and away are shown and send calls to the voicemail, free and tentative
   leave the phone open and are not shown. Working elsewhere is shown as such, with the phone open.

A private appointment has no subject, place or category here, and nothing makes one up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from reception.model.calendar import Appointment, ShowAs
from reception.model.office import Activity, CalendarPolicy, CalendarRule, Match, Office, Profile
from reception.model.presence import CALENDAR, CallHandling, Entry

ELSEWHERE: Final = "elsewhere"
"""Id of the activity of who works elsewhere, if the office has it."""


_REMEMBERED: Final = 4_096
"""Decisions that are remembered."""


class Why(StrEnum):
    """Which of the steps decided."""

    EXCLUDED = "excluded"
    CATEGORY = "category"
    ONLY_CATEGORIES = "only_categories"
    NOT_SHOWN = "not_shown"
    INVITATION = "invitation"
    RULE = "rule"
    DEFAULT_PROFILE = "default_profile"
    SHOWN = "shown"
    ELSEWHERE = "elsewhere"


class Verdict(NamedTuple):
    """What an appointment becomes: an entry or nothing; `rule` and `profile` are those that decided."""

    entry: Entry | None
    why: Why
    rule: CalendarRule | None = None
    profile: Profile | None = None


class _Decision(NamedTuple):
    """What was decided of an appointment, whenever it is and whoever has it."""

    why: Why
    rule: CalendarRule | None = None
    profile: Profile | None = None


class Calendar:
    """The rules of one policy, ready to be asked often. `common` are the rules after the office's own."""

    def __init__(self, policy: CalendarPolicy, office: Office, common: Iterable[CalendarRule] = ()) -> None:
        self._policy = policy
        self._exclusions = tuple(_Ready(r) for r in policy.rules if r.is_exclusion)
        rules = (*(r for r in policy.rules if not r.is_exclusion), *common)
        self._rules = tuple(_Ready(r) for r in rules)
        self._of_availability = tuple(r for r in self._rules if r.rule.match is Match.AVAILABILITY)
        self._activities: Mapping[str, Activity] = {a.id: a for a in office.activities}
        self._profiles: Mapping[str, Profile] = _by_name(office.profiles)
        self._known: dict[tuple[object, ...], _Decision] = {}

    @property
    def policy(self) -> CalendarPolicy:
        """What it was made of."""
        return self._policy

    def entries_of(self, person: str, appointments: Iterable[Appointment]) -> tuple[Entry, ...]:
        """Return the entries that a person's appointments become; ids are unlike those of other people."""
        verdicts = (self.verdict(a, person=person) for a in appointments)
        return tuple(v.entry for v in verdicts if v.entry is not None)

    def verdict(self, appointment: Appointment, *, person: str = "") -> Verdict:
        """Return what an appointment becomes and which step decided."""
        why, rule, profile = self._decision(appointment)
        return Verdict(self._made(appointment, person, why, rule, profile), why, rule, profile)

    def _decision(self, appointment: Appointment) -> _Decision:
        """Decide; what was asked before is remembered, since the same subjects come again and again."""
        key = (
            appointment.show_as,
            appointment.is_private,
            appointment.is_invitation,
            appointment.subject,
            appointment.location,
            appointment.categories,
        )
        if (known := self._known.get(key)) is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._decide(appointment)
        return known

    # -------------------------------------------------------------- steps

    def _decide(self, appointment: Appointment) -> _Decision:
        facts = _Facts(appointment)
        if (rule := _first(self._exclusions, facts)) is not None:
            return _Decision(Why.EXCLUDED, rule)
        if (profile := self._named_by_category(appointment)) is not None:
            return _Decision(Why.CATEGORY, profile=profile)
        if self._policy.only_categories:
            return _Decision(Why.ONLY_CATEGORIES)
        counts = self._counts(appointment)
        rules = self._rules if counts is None else self._of_availability
        if (rule := _first(rules, facts)) is not None:
            return _Decision(Why.RULE, rule, self._profiles.get(rule.profile.casefold()))
        if counts is not None:
            return _Decision(counts)
        if (profile := self._profiles.get(self._policy.default_profile.casefold())) is not None:
            return _Decision(Why.DEFAULT_PROFILE, profile=profile)
        return _Decision(Why.SHOWN)

    def _named_by_category(self, appointment: Appointment) -> Profile | None:
        for category in appointment.categories:
            name = category.strip().removeprefix("@").strip().casefold()
            if (profile := self._profiles.get(name)) is not None:
                return profile
        return None

    def _counts(self, appointment: Appointment) -> Why | None:
        """Return None for an appointment that says something about its owner, else why it does not."""
        shows = appointment.show_as
        if shows is ShowAs.WORKING_ELSEWHERE:
            return Why.ELSEWHERE
        is_shown = shows in self._policy.shown or (shows is ShowAs.TENTATIVE and self._policy.with_tentative)
        if not is_shown or shows is ShowAs.FREE:
            return Why.NOT_SHOWN
        if appointment.is_invitation and not self._policy.with_invitations:
            return Why.INVITATION
        return None

    def _made(
        self,
        appointment: Appointment,
        person: str,
        why: Why,
        rule: CalendarRule | None,
        profile: Profile | None,
    ) -> Entry | None:
        if profile is not None:
            return self._by_profile(appointment, person, profile)
        if rule is not None and not rule.is_exclusion:
            activity = self._activities.get(rule.activity)
            is_busy = activity.is_busy if activity is not None else True
            return self._entry(appointment, person, is_busy=is_busy, activity=rule.activity, role=rule.role)
        if why is Why.ELSEWHERE:
            return self._elsewhere(appointment, person)
        return self._entry(appointment, person) if why is Why.SHOWN else None

    def _by_profile(self, appointment: Appointment, person: str, profile: Profile) -> Entry:
        return self._entry(
            appointment,
            person,
            is_busy=profile.is_busy,
            handling=profile.handling,
            divert_to=profile.divert_to if profile.handling is CallHandling.DIVERTED else "",
            activity=profile.activity,
            role=profile.role,
            info=profile.info,
            profile=profile.id,
        )

    def _elsewhere(self, appointment: Appointment, person: str) -> Entry:
        activity = ELSEWHERE if ELSEWHERE in self._activities else ""
        return self._entry(appointment, person, is_busy=False, activity=activity)

    def _entry(
        self,
        appointment: Appointment,
        person: str,
        *,
        is_busy: bool = True,
        handling: CallHandling | None = None,
        divert_to: str = "",
        activity: str = "",
        role: str = "",
        info: str = "",
        profile: str = "",
    ) -> Entry:
        has_words = not (appointment.is_private or self._policy.hides_subjects)
        if handling is None:
            handling = CallHandling.VOICEMAIL if is_busy else CallHandling.OPEN
        return Entry(
            id=f"{person} {appointment.id}" if person else appointment.id,
            reason=appointment.subject if has_words else "",
            start=appointment.start,
            end=appointment.end,
            origin=CALENDAR,
            is_busy=is_busy,
            is_private=appointment.is_private,
            handling=handling,
            divert_to=divert_to,
            place=appointment.location if has_words else "",
            activity=activity,
            role=role,
            info=info,
            profile=profile,
        )


class _Facts:
    """What rules look at, in lower case."""

    def __init__(self, appointment: Appointment) -> None:
        self.availability = appointment.show_as.value.casefold()
        self.is_private = appointment.is_private
        self.subject = appointment.subject.casefold()
        self.location = appointment.location.casefold()
        self.categories = [category.casefold() for category in appointment.categories]


class _Ready:
    """A rule, ready to be asked often: availability is compared whole, the others by what they contain, all
    whatever the case (reading 55)."""

    def __init__(self, rule: CalendarRule) -> None:
        self.rule = rule
        self._match = rule.match
        self._text = _availability(rule.text) if rule.match is Match.AVAILABILITY else rule.text.casefold()
        self._word = re.compile(rf"(?<!\w){re.escape(self._text)}(?!\w)") if rule.is_word else None

    def fits(self, facts: _Facts) -> bool:
        match self._match:
            case Match.SUBJECT:
                return self._is_in(facts.subject)
            case Match.AVAILABILITY:
                return self._text == facts.availability
            case Match.PRIVATE:
                return facts.is_private
            case Match.LOCATION:
                return self._is_in(facts.location)
            case Match.CATEGORY:
                return any(self._is_in(category) for category in facts.categories)

    def _is_in(self, text: str) -> bool:
        if not self._text or self._text not in text:
            return False
        return self._word is None or self._word.search(text) is not None


def _by_name(profiles: Iterable[Profile]) -> dict[str, Profile]:
    """Return profiles by all their names, ids before labels, in lower case."""
    profiles = tuple(profiles)
    by_label = {name.casefold(): p for p in reversed(profiles) for name in p.labels.values()}
    return by_label | {p.id.casefold(): p for p in profiles}


def _first(rules: Iterable[_Ready], facts: _Facts) -> CalendarRule | None:
    return next((ready.rule for ready in rules if ready.fits(facts)), None)


_AVAILABILITIES: Final = {
    "out of office": "oof",
    "outofoffice": "oof",
    "away": "oof",
    "working elsewhere": "workingelsewhere",
    "ledig": "free",
    "frei": "free",
    "foreløbig": "tentative",
    "mit vorbehalt": "tentative",
    "optaget": "busy",
    "gebucht": "busy",
    "ikke til stede": "oof",
    "abwesend": "oof",
    "arbejder et andet sted": "workingelsewhere",
    "an anderem ort tätig": "workingelsewhere",
}
"""Outlook's own names of availabilities, in the languages of the house."""


def _availability(text: str) -> str:
    name = text.strip().casefold()
    return _AVAILABILITIES.get(name, name)


def is_availability(text: str) -> bool:
    """Return whether a rule about availability names one that there is."""
    return _availability(text) in {shows.value.casefold() for shows in ShowAs}
