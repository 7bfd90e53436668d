"""What the organisation lays down about presence: activities, roles, shortcuts, profiles, rules, words."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from reception.model.attendants import Readiness
from reception.model.calendar import ShowAs
from reception.model.presence import CallHandling, Entry

Labels = dict[str, str]
"""Texts by language (``da``, ``de``, ``en``)."""

LANGUAGES: Final = ("da", "de", "en")

ICONS: Final = (
    "lunch", "break", "meeting", "home", "sick", "holiday", "training", "travel", "out", "leave", "done",
    "phone", "focus", "car", "star",
)  # fmt: skip
"""Icons of activities and shortcuts (requirement 002-171)."""


class Activity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody does (requirements 002-045 to 050): a state shown as free or busy.

    `id` is its fixed name; `code` is dialled to set it by a feature code; `labels` are what is shown;
    `icon` one of `ICONS`; `spoken` the words a caller hears, by language, in place of the common ones.
    """

    id: str
    labels: Labels = {}
    is_busy: bool = True
    code: int | None = None
    icon: str = ""
    spoken: Labels = {}


class Role(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """In what part somebody acts (requirement 002-052)."""

    id: str
    labels: Labels = {}
    code: int | None = None


class Shortcut(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An absence at one touch (requirements 002-163 to 172): Frokost, Pause and whatever an office needs.

    `minutes` is how long it lasts, None without an end; `is_for_day` to the end of its day. `key` is the
    letter or digit that sets it in the console after F11. `person` is whose own it is, empty for one of the
    organisation (002-165, 166).
    """

    id: str
    labels: Labels = {}
    activity: str = ""
    is_busy: bool = True
    handling: CallHandling = CallHandling.VOICEMAIL
    divert_to: str = ""
    minutes: int | None = None
    is_for_day: bool = False
    icon: str = ""
    key: str = ""
    person: str = ""


class Profile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A status joined to a diversion (requirements 003-01 to 36).

    `id` is its fixed name, which a calendar's category names after an ``@`` (003-39), as it may its labels.
    `info` is shown to colleagues while it is active (003-34). `is_enabled`: offered to users (003-05).
    `queue` is what a receptionist is for the groups when it is chosen (003-08), None: as they were. `person`
    is whose own it is, empty for one of the organisation (003-21).
    """

    id: str
    labels: Labels = {}
    activity: str = ""
    role: str = ""
    is_busy: bool = True
    handling: CallHandling = CallHandling.UNCHANGED
    divert_to: str = ""
    info: str = ""
    is_enabled: bool = True
    queue: Readiness | None = None
    person: str = ""


class MailTemplate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An e-mail to a colleague about a call, in the languages of the house.

    It has holes (`reception.mail.HOLES`).
    """

    id: str
    labels: Labels = {}
    subject: Labels = {}
    text: Labels = {}


class OwnSetting(StrEnum):
    """What colleagues may settle for themselves, unless an administrator locks it (003-20, 22, 23)."""

    PROFILES = "profiles"  # to make, change and delete profiles of one's own
    CHOOSING = "choosing"  # to choose a profile for oneself
    COMPARISON = "comparison"  # to start the comparison with one's calendar
    SHORTCUTS = "shortcuts"  # to make, change and delete shortcuts of one's own


class Match(StrEnum):
    """What of an appointment a rule looks at (requirements 002-130 to 133)."""

    AVAILABILITY = "availability"
    SUBJECT = "subject"
    LOCATION = "location"
    CATEGORY = "category"
    PRIVATE = "private"


class CalendarRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule about appointments; the first that fits holds, exclusions before the others (reading 54).

    Availability is compared whole, subject, location and category by what they contain, all whatever the
    case (reading 55); with `is_word` the text must stand there as a word of its own. A rule gives an activity
    and a role (empty: as it is), or a profile, or excludes.
    """

    match: Match
    text: str = ""
    activity: str = ""
    role: str = ""
    profile: str = ""
    is_exclusion: bool = False
    is_word: bool = False


class CalendarPolicy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How appointments become entries.

    `days_ahead` is the period that is imported (003-51). `default_profile` holds for those that no rule and
    no category names (003-42). `only_categories`: take those alone whose category names a profile (003-39).
    `shown` are the availabilities that make an entry (001-26 to 30); `with_tentative` adds tentative ones
    (reading 58). `with_invitations`: appointments others made count as well (003-43). `hides_subjects`:
    colleagues see the status alone (003-44).
    """

    rules: tuple[CalendarRule, ...] = ()
    days_ahead: int = 30
    default_profile: str = ""
    only_categories: bool = False
    with_tentative: bool = False
    with_invitations: bool = True
    hides_subjects: bool = False
    shown: tuple[ShowAs, ...] = (ShowAs.BUSY, ShowAs.OOF)


class Office(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What consoles and the web page are told of all this.

    `language` is that of the house: of what shortcuts write on timelines. `sentences` are the organisation's
    own sentences for callers, by key and language (`reception.presence.sentences`). `says_activity`: callers
    hear what somebody does (requirement 002-146); `says_last_end`: of consecutive absences they hear the end
    of the last one, else of the first (002-147). `locked` is what colleagues may not settle for themselves.
    `mails` are the e-mails that may be written to colleagues about a call.
    """

    activities: tuple[Activity, ...] = ()
    roles: tuple[Role, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    profiles: tuple[Profile, ...] = ()
    zone: str = ""
    days_ahead: int = 30
    language: str = "da"
    sentences: dict[str, Labels] = {}
    says_activity: bool = True
    says_last_end: bool = True
    locked: tuple[OwnSetting, ...] = ()
    mails: tuple[MailTemplate, ...] = ()


def label(labels: Labels, language: str, otherwise: str) -> str:
    """Return the text in a language, else the English one, else what else is given."""
    return labels.get(language) or labels.get("en") or otherwise


def title_of(entry: Entry, office: Office, language: str) -> str:
    """Return an entry's subject; where that is the name of its profile or activity, in a language (002-050).

    Empty for one that has none of these.
    """
    known = ((p.id, p.labels) for p in office.profiles if p.id == entry.profile)
    also = ((a.id, a.labels) for a in office.activities if a.id == entry.activity)
    for name, labels in (*known, *also):
        if not entry.reason or entry.reason in (name, *labels.values()):
            return label(labels, language, name)
    return entry.reason
