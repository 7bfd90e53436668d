"""Appointments as a calendar has them, before the office's rules make entries of them."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class ShowAs(StrEnum):
    """How an appointment shows its owner; Graph's words (`freeBusyStatus`)."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    OOF = "oof"
    WORKING_ELSEWHERE = "workingElsewhere"
    UNKNOWN = "unknown"


class Appointment(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One occurrence of an appointment.

    `id` is stable over imports, and each occurrence of a series has its own (it follows from the series and
    the time the occurrence had at first, so one that is moved keeps it). Times are UTC seconds, `end` is
    exclusive; all-day ones last from midnight to midnight of the organisation. A private one comes without
    subject, location and categories: they never leave the service that read it. Cancelled and declined
    ones do not come at all. `is_invitation`: somebody else made it (requirement 003-43).
    """

    id: str
    start: float
    end: float
    subject: str = ""
    location: str = ""
    show_as: ShowAs = ShowAs.BUSY
    is_private: bool = False
    is_all_day: bool = False
    is_invitation: bool = False
    categories: tuple[str, ...] = ()
