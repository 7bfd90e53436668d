"""What is known of each colleague's mailbox. No I/O."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from reception.errors import ServiceError
from reception.model.calendar import Appointment
from reception.model.changes import Message
from reception.model.lines import WorkingHours
from reception.model.people import Person
from reception.presence.port import CalendarSet
from services.exchange.items import Replies, Times, Window, within
from services.exchange.trouble import MailboxFailed, MailboxRefused, NoMailbox

NEVER = float("-inf")


class Box:
    """One mailbox.

    `told` is what was said of it last, `is_told_old` that it may not hold any more, `told_hours` what was
    said of working hours. `asked` are those who wait for the next reading. `times_at`, `details_at` and
    `replies_at` are when it is to be read again (UTC seconds).
    """

    def __init__(self, person: str, mailbox: str) -> None:
        self.person = person
        self.mailbox = mailbox
        self.told: tuple[Appointment, ...] | None = None
        self.is_told_old = False
        self.asked: list[asyncio.Future[int | None]] = []
        self.replies: Replies | None = None
        self.told_hours: WorkingHours | None = None
        self.skipped = 0
        self.times_at = NEVER
        self.details_at = NEVER
        self.replies_at = NEVER
        self._times: Times | None = None
        self._details: tuple[Appointment, ...] | None = None
        self._times_trouble: ServiceError | None = None
        self._details_trouble: ServiceError | None = None

    def take_over(self, other: Box) -> None:
        """Take the place of another mailbox of the same person: what was told, and who asked."""
        self.told, self.is_told_old, self.told_hours = other.told, other.is_told_old, other.told_hours
        self.asked = other.asked

    def answer(self, what: int | ServiceError | None) -> None:
        """Tell those who wait for a reading how it went."""
        waiting, self.asked = self.asked, []
        for one in waiting:
            if one.done():
                continue
            if isinstance(what, ServiceError):
                one.set_exception(what)
            else:
                one.set_result(what)

    def said(self, source: str) -> CalendarSet:
        """Return what is told of its calendar, in a source's name."""
        appointments = self.told or ()
        return CalendarSet(
            source=source, person=self.person, appointments=appointments, is_old=self.is_told_old
        )

    @property
    def trouble(self) -> ServiceError | None:
        """Why it could not be read the last time.

        Whose details are open needs no times, and whose details are closed is told by times.
        """
        closed = isinstance(self._details_trouble, MailboxRefused | NoMailbox)
        if self._details_trouble is not None and not closed:
            return self._details_trouble
        if self._details is not None and isinstance(self._times_trouble, MailboxRefused):
            return None
        return self._times_trouble

    @property
    def hours(self) -> WorkingHours | None:
        """When its owner works; None while that is not known."""
        return self._times.hours if self._times is not None else None

    @property
    def needs_details_often(self) -> bool:
        """True where no times tell that something is different."""
        return isinstance(self._times_trouble, MailboxFailed)

    def read_again(self) -> None:
        """Read the calendar anew with the next round."""
        self.times_at = self.details_at = NEVER

    def take_times(self, times: Times | ServiceError) -> None:
        """Take in free and busy times; details are read anew when they are different."""
        if isinstance(times, ServiceError):
            self._times_trouble = times
            if isinstance(times, NoMailbox):
                self._times, self._details, self._details_trouble = None, None, None
            return
        self._times_trouble = None
        if self._times is None or self._times.mark != times.mark:
            self.details_at = NEVER
        self._times = times

    def take_details(self, found: tuple[tuple[Appointment, ...], int] | ServiceError) -> None:
        """Take in a calendar; where it is not open to us, free and busy times will do."""
        if isinstance(found, MailboxRefused | NoMailbox) and self._times is not None:
            self._details, self.skipped, self._details_trouble = None, 0, found
        elif isinstance(found, ServiceError):
            self._details_trouble = found
        else:
            (self._details, self.skipped), self._details_trouble = found, None

    def appointments(self, window: Window) -> tuple[Appointment, ...] | None:
        """Return what is in it within a window, by its start; None while nothing is known."""
        known = self._details if self._details is not None else self._times and self._times.appointments
        if known is None:
            return None
        away = () if self.replies is None else (self.replies.appointment(self.mailbox),)
        return within((*known, *away), window)


def mailbox_of(person: Person, match: str) -> str:
    """Return the address of somebody's mailbox, empty when none is known."""
    given = (person.fields.get(match, "") or person.notes.get(match, "")) if match else ""
    return (given or person.email).strip()


def message_of(boxes: Sequence[Box]) -> Message | None:
    """Return what is to be told of mailboxes that could not be read, or not whole; None when all is well."""
    failed = [box for box in boxes if box.trouble is not None and not isinstance(box.trouble, NoMailbox)]
    if failed:
        first = failed[0].trouble
        error = str(first.message.params.get("error", "")) if first is not None else ""
        return Message(
            key="mailboxes_failed",
            params={
                "count": len(failed),
                "of": len(boxes),
                "address": failed[0].mailbox,
                "error": error or "?",
            },
        )
    skipped = [box for box in boxes if box.skipped]
    if not skipped:
        return None
    count = sum(box.skipped for box in skipped)
    return Message(key="appointments_unreadable", params={"count": count, "address": skipped[0].mailbox})
