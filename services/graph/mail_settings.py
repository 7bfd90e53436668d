"""What a mailbox says of its owner: automatic replies and working hours (contract 2.7). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec

from reception.errors import ProtocolError
from reception.model.calendar import Appointment, ShowAs
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.events import appointment_id
from services.graph.zones import moment_of

PERMISSION: Final = "MailboxSettings.Read"
NOBODY: Final = frozenset({404})


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


class WorkingHours(msgspec.Struct, frozen=True, kw_only=True):
    """When somebody works: days by Graph's names, times of the clock on the wall as HH:MM."""

    days: tuple[str, ...]
    start: str
    end: str


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
            hours=_hours(given.get("workingHours") or {}),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ProtocolError("graph_malformed", what="mailboxSettings") from error


def _replies(given: Mapping[str, Any]) -> Replies:
    status = str(given.get("status") or "disabled").casefold()
    if status == "scheduled":
        start, end = given["scheduledStartDateTime"], given["scheduledEndDateTime"]
        return Replies(is_on=True, start=moment_of(start), end=moment_of(end))
    return Replies(is_on=status == "alwaysenabled")


def _hours(given: Mapping[str, Any]) -> WorkingHours | None:
    days = tuple(str(day).casefold() for day in given.get("daysOfWeek") or ())
    start, end = (str(given.get(key) or "")[:5] for key in ("startTime", "endTime"))
    return WorkingHours(days=days, start=start, end=end) if days and start and end else None
