"""What changed, said once, to everyone; and what is said to one receptionist."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

from reception.model.attendants import Attendant
from reception.model.calls import Call, EndReason
from reception.model.groups import AttendantGroup
from reception.model.lines import PersonStatus
from reception.model.office import Office
from reception.model.people import Person
from reception.model.presence import Timeline


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence for people, as data: a key and its parameters; the view words it.

    The keys with their parameters are listed in `reception.model.messages`.
    """

    key: str
    params: dict[str, str | float] = {}


class SourceState(StrEnum):
    """How a source of facts (telephony, Teams, calendar) is doing."""

    UP = "up"
    CONNECTING = "connecting"
    DOWN = "down"
    NEEDS_SETTINGS = "needs_settings"
    NEEDS_SIGN_IN = "needs_sign_in"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A source with its state since when, and what a person should know about it.

    `message` says what is wrong, `note` what is good to know of one that is well. Of one that is not well,
    `good_at` is when it brought good data last (UTC seconds, None for never), `doing` what is done about it.
    """

    id: str
    state: SourceState
    since: float
    message: Message | None = None
    note: Message | None = None
    good_at: float | None = None
    doing: Message | None = None


class _Change(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all changes; the class name is the tag on the wire."""


class CallChanged(_Change, frozen=True, kw_only=True):
    """A call is new or different; this is all of it."""

    call: Call


class CallEnded(_Change, frozen=True, kw_only=True):
    """A call has left."""

    call: str
    reason: EndReason


class GroupChanged(_Change, frozen=True, kw_only=True):
    """An attendant group is new or different."""

    group: AttendantGroup


class GroupRemoved(_Change, frozen=True, kw_only=True):
    """An attendant group is gone."""

    group: str


class AttendantChanged(_Change, frozen=True, kw_only=True):
    """A receptionist is new or different."""

    attendant: Attendant


class PersonChanged(_Change, frozen=True, kw_only=True, gc=False):
    """A colleague is new or different."""

    person: Person


class PersonRemoved(_Change, frozen=True, kw_only=True):
    """A colleague has left the directory."""

    person: str


class StatusChanged(_Change, frozen=True, kw_only=True, gc=False):
    """The status of a colleague is different."""

    status: PersonStatus


class TimelineChanged(_Change, frozen=True, kw_only=True, gc=False):
    """The entries of a colleague are different; these are all of them."""

    timeline: Timeline


class DayCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What the switchboard did since midnight: calls answered and lost, and how long the answered ones
    waited in the mean (seconds)."""

    answered: int = 0
    lost: int = 0
    mean_wait_s: float = 0.0


class DayChanged(_Change, frozen=True, kw_only=True):
    """The day's counts are different."""

    day: DayCounts


class OfficeChanged(_Change, frozen=True, kw_only=True):
    """The organisation's activities, shortcuts and profiles are different."""

    office: Office


class SourceChanged(_Change, frozen=True, kw_only=True):
    """A source came up, went down or needs somebody."""

    source: Source


class MailsChanged(_Change, frozen=True, kw_only=True):
    """The hub can send e-mails to colleagues from now on, or cannot any more."""

    mails: bool


class Notice(_Change, frozen=True, kw_only=True):
    """Something a receptionist should see now: a returned transfer, a camp-on that waits long.

    `to` names the receptionists; empty means all. `call` is the call it is about. `id` lets a
    console show it once.
    """

    id: str
    to: tuple[str, ...]
    at: float
    message: Message
    call: str | None = None


Change: TypeAlias = (
    CallChanged
    | CallEnded
    | GroupChanged
    | GroupRemoved
    | AttendantChanged
    | PersonChanged
    | PersonRemoved
    | StatusChanged
    | TimelineChanged
    | DayChanged
    | OfficeChanged
    | SourceChanged
    | MailsChanged
    | Notice
)
