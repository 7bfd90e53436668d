"""One colleague's calendar as Graph tells it in changes (`calendarView/delta`, contract 2.4). No I/O.

A round begins with the window and goes from link to link until it has a delta link, from which the next one
goes on. What came is told only when the round is whole. A token that Graph has lost, and another day, begin
a new round.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from reception.errors import ProtocolError, ServiceError
from reception.model.calendar import Appointment
from services.graph.answers import Answer, Request
from services.graph.budgets import Kind, Scope
from services.graph.events import Item, appointment_of, item_of
from services.graph.zones import utc_text

CALENDAR_PERMISSION: Final = "Calendars.Read"
_LOST: Final = frozenset({"syncstatenotfound", "syncstateinvalid", "resyncrequired"})
EXPECTED: Final = frozenset({400, 404, 410})
"""What is looked at here: a lost token, and nobody's mailbox."""


class Window(NamedTuple):
    """From when to when appointments are wanted (UTC seconds)."""

    start: float
    end: float


class Reading(NamedTuple):
    """How calendars are read: the organisation's zone, and how Graph is to write them."""

    home: tzinfo
    headers: Mapping[str, str]


class Mailbox:
    """What is known of a calendar. `trouble` is why it could not be read the last time, `asked` who waits for
    the next reading."""

    def __init__(self, person: str, user: str, address: str) -> None:
        self.person = person
        self.user = user
        self.address = address
        self.told: tuple[Appointment, ...] | None = None
        self.is_told_old = False
        self.trouble: ServiceError | None = None
        self.is_absent = False
        self.skipped = 0
        self.look_again_at = 0.0
        self.asked: list[asyncio.Future[int | None]] = []
        self._window: Window | None = None
        self._link = ""
        self._items: dict[str, Item] = {}
        self._coming: dict[str, Item] | None = None
        self._has_begun_anew = False
        self._schedule: tuple[Appointment, ...] | None = None

    def scope(self) -> Scope:
        """What its requests count for."""
        return Scope(Kind.MAILBOX, self.user)

    def begin(self, window: Window) -> None:
        """Begin to read what is new since the last time; all of it in another window."""
        self._has_begun_anew = False
        if window != self._window:
            self._window = window
            self.look_again_at = 0.0
            self._start_over()
        elif self._coming is not None:
            self._start_over()  # the last round was not finished

    def request(self, reading: Reading) -> Request:
        """Return the next request of the round."""
        if not self._link:
            self._start_over()
        path = self._link or self._first()
        return Request(
            "GET", path, self.scope(), CALENDAR_PERMISSION, headers=reading.headers, expected=EXPECTED
        )

    def take(self, answer: Answer, reading: Reading) -> str | None:
        """Take in an answer; returns the link to be checked and set for the next request, None at the end.

        Raises ProtocolError for what has no sense.
        """
        if answer.status == 404 and answer.code.casefold() not in _LOST:
            self.is_absent, self._items, self._coming, self._link = True, {}, None, ""
            return None
        if not answer.is_well:
            self._lose(answer)
            return ""
        page = answer.json("calendarView/delta")
        self.is_absent = False
        into = self._items if self._coming is None else self._coming
        for event in answer.values("calendarView/delta"):
            self._note(event, into, reading.home)
        if following := page.get("@odata.nextLink"):
            return str(following)
        delta = page.get("@odata.deltaLink")
        if not isinstance(delta, str):
            raise ProtocolError("graph_malformed", what="calendarView/delta")
        self._link = delta
        if self._coming is not None:
            self._items, self._coming = self._coming, None
        self._schedule = None
        return None

    def follow(self, link: str) -> None:
        """Go on at a link of Graph's; empty: with the first request of a new round."""
        self._link = link

    def take_schedule(self, appointments: tuple[Appointment, ...], skipped: int) -> None:
        """Take in free and busy times in place of details."""
        self.is_absent, self.skipped = False, skipped
        self._schedule, self._link = appointments, ""

    def appointments(self) -> tuple[Appointment, ...]:
        """Return what stands in the calendar within the window, by its start."""
        if self._schedule is not None:
            return self._schedule
        window = self._window
        found = [
            appointment
            for item in self._items.values()
            if (appointment := appointment_of(item, self._items.get(item.series), self.person)) is not None
            and window is not None
            and appointment.end > max(window.start, appointment.start)
            and appointment.start < window.end
        ]
        return tuple(sorted(found, key=lambda a: (a.start, a.end, a.id)))

    def _note(self, event: Mapping[str, Any], into: dict[str, Item], home: tzinfo) -> None:
        key = str(event.get("id") or "")
        if not key:
            raise ProtocolError("graph_malformed", what="calendarView/delta")
        if "@removed" in event:
            into.pop(key, None)
            return
        try:
            into[key] = item_of(event, home)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            into.pop(key, None)
            self.skipped += 1

    def _lose(self, answer: Answer) -> None:
        is_lost = answer.status == 410 or answer.code.casefold() in _LOST
        if not is_lost or self._has_begun_anew:
            what = answer.code or str(answer.status)
            raise ProtocolError("graph_rejected", status=answer.status, error=what, request=answer.request_id)
        self._has_begun_anew = True
        self._start_over()

    def _start_over(self) -> None:
        self._link, self._coming, self.skipped = "", {}, 0

    def _first(self) -> str:
        assert self._window is not None
        bounds = {"startDateTime": utc_text(self._window.start), "endDateTime": utc_text(self._window.end)}
        return f"/users/{quote(self.user)}/calendarView/delta?{urlencode(bounds)}"
