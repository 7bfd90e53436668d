"""What a mailbox says of its owner: automatic replies and working hours (contract 2.7). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec

from reception.errors import ProtocolError
from reception.model.calendar import Appointment, ShowAs
from reception.model.hours import DAY_MINUTES
from reception.model.lines import Shift, WorkingHours
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.events import appointment_id
from services.graph.zones import moment_of, zone_name

PERMISSION: Final = "MailboxSettings.Read"
NOBODY: Final = frozenset({404})
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME: Final = re.compile(r"([0-2][0-9]):([0-5][0-9])(:[0-9.]*)?")


class Replies(msgspec.Struct, frozen=True, kw_only=True):
    """Automatic replies: from when to when (UTC seconds), both None while they are on for good."""

    is_on: bool = False
    start: float | None = None
    end: float | None = None

    def are_on(self, now: float) -> bool:
        """Return whether callers' mails are answered automatically now (UTC seconds)."""
        is_after = self.start is None or self.start <= now
        return self.is_on and is_after and (self.end is None or now < self.end)

    def appointment(self, person: str) -> Appointment | None:
        """Return the absence they are; None for those without an end: nobody knows when they are back."""
        if not self.is_on or self.start is None or self.end is None or self.end <= self.start:
            return None
        return Appointment(
            id=appointment_id(person, "automatic replies"),
            start=self.start,
            end=self.end,
            show_as=ShowAs.OOF,
        )


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What is used of the settings of a mailbox."""

    replies: Replies = Replies()
    hours: WorkingHours | None = None


def settings_request(user: str, *, headers: Mapping[str, str] = {}) -> Request:
    """Return the question for somebody's mailbox settings; 404 when they have no mailbox."""
    path = f"/users/{quote(user)}/mailboxSettings"
    scope = Scope(Kind.MAILBOX, user)
    return Request("GET", path, scope, PERMISSION, headers=headers, expected=NOBODY)


def settings_of(given: Mapping[str, Any]) -> MailSettings:
    """Read `mailboxSettings`. Raises ProtocolError."""
    try:
        return MailSettings(
            replies=_replies(given.get("automaticRepliesSetting") or {}),
            hours=hours_of(given.get("workingHours") or {}, str(given.get("timeZone") or "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ProtocolError("graph_malformed", what="mailboxSettings") from error


def _replies(given: Mapping[str, Any]) -> Replies:
    status = str(given.get("status") or "disabled").casefold()
    if status == "scheduled":
        start, end = given["scheduledStartDateTime"], given["scheduledEndDateTime"]
        return Replies(is_on=True, start=moment_of(start), end=moment_of(end))
    return Replies(is_on=status == "alwaysenabled")


def hours_of(given: Mapping[str, Any], own_zone: str) -> WorkingHours | None:
    """Return `workingHours`, None where they say nothing or make no sense.

    A zone that somebody has made themselves (`customTimeZone`) has no name that means anything elsewhere;
    then the mailbox's own is meant.
    """
    written = [str(day).casefold() for day in given.get("daysOfWeek") or ()]
    days = tuple(n for n, day in enumerate(_DAYS) if day in written)
    start, end = (_minutes(given.get(key)) for key in ("startTime", "endTime"))
    zone = zone_name(str((given.get("timeZone") or {}).get("name") or "")) or zone_name(own_zone)
    if not days or not zone or start is None or end is None or start == DAY_MINUTES:
        return None
    return WorkingHours(zone=zone, shifts=(Shift(days=days, start=start, end=end),))


def _minutes(text: object) -> int | None:
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    minutes = int(found[1]) * 60 + int(found[2]) if found is not None else DAY_MINUTES + 1
    return minutes if minutes <= DAY_MINUTES else None
