"""What is entered on a colleague's timeline: appointments, absences, and who entered them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

CALENDAR: Final = "OL"
"""Origin of an entry imported from Exchange or Outlook (requirement 001-02)."""
WEB: Final = "WEB"
"""Origin of an entry that a colleague set on the web page."""


class CallHandling(StrEnum):
    """What happens to a colleague's calls while an entry lasts."""

    OPEN = "open"  # the phone is kept open: absent in the calendar, yet reachable; ends other diversions
    UNCHANGED = "unchanged"  # whatever diversion there is stays (requirement 003-31)
    VOICEMAIL = "voicemail"
    DIVERTED = "diverted"  # to `Entry.divert_to`


# gc=False below: values without cycles, and many; the collector's walk over them would stop the window.


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One entry on a colleague's timeline.

    `start` and `end` are UTC seconds; `end` is exclusive, None is open-ended. `origin` is ``OL``, ``WEB``
    or a receptionist's initials. `reason` is the public subject; a private appointment has none, since
    its subject never leaves the service that read it. `note` is for receptionists only. An entry that is
    not `is_busy` makes reachable while it lasts. `is_linked`: it belongs to an appointment of the calendar,
    although it was edited here and so has another origin (requirement 001-55); `is_outdated` then: the
    calendar has moved it since (reading 12: told, not applied). `activity` and `role` are ids of the
    office's (`reception.model.office`), empty for none. `info` is what colleagues read while a profile is
    active (requirement 003-35); `profile` is the id of the one that somebody chose, or that a category or
    rule gave an appointment (003-26, 003-47), empty for none.
    """

    id: str
    reason: str
    start: float
    end: float | None
    origin: str
    is_busy: bool = True
    is_private: bool = False
    handling: CallHandling = CallHandling.VOICEMAIL
    divert_to: str = ""
    place: str = ""
    note: str = ""
    is_linked: bool = False
    is_outdated: bool = False
    activity: str = ""
    role: str = ""
    info: str = ""
    profile: str = ""

    @property
    def is_by_hand(self) -> bool:
        """True for what somebody set; an imported entry that was only edited still counts as imported."""
        return self.origin != CALENDAR and not self.is_linked

    @property
    def is_mere_diversion(self) -> bool:
        """True for what somebody set for nothing but where calls go: it says nothing of where they are.

        Such as one's own number diverted (requirement 001-25), or follow-me (003-27).
        """
        is_diverted = self.handling in (CallHandling.VOICEMAIL, CallHandling.DIVERTED)
        return is_diverted and not (self.is_busy or self.activity or self.profile) and self.is_by_hand

    @property
    def is_here_until_changed(self) -> bool:
        """True for "present" without an end: it speaks of the moment, not of every meeting to come."""
        return self.end is None and not self.is_busy and self.is_by_hand and not self.is_mere_diversion

    @property
    def makes_busy(self) -> bool:
        """True when the colleague is not to be called while it lasts: busy, and the phone not kept open."""
        return self.is_busy and self.handling is not CallHandling.OPEN

    def is_current(self, now: float) -> bool:
        """True while the entry lasts; `now` in UTC seconds."""
        return self.start <= now and (self.end is None or now < self.end)


class Timeline(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A colleague's entries from today's beginning on, ordered by their start; those of today that have
    ended stay until midnight, for the strip of the day. `is_locked`: whoever is told may not change them
    (requirement 002-059)."""

    person: str
    entries: tuple[Entry, ...] = ()
    is_locked: bool = False


class EntryDraft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody sets on a colleague's timeline, or makes of an entry that is there.

    Times are UTC seconds, `end` is exclusive, None is open-ended. `divert_to` is a number, for DIVERTED.
    `shortcut` is the id of the shortcut it comes from, if any; then nothing but the times needs to be given.
    `profile` is likewise the id of a profile, which then says all but the times and the note.
    """

    reason: str = ""
    start: float
    end: float | None = None
    is_busy: bool = True
    handling: CallHandling = CallHandling.VOICEMAIL
    divert_to: str = ""
    place: str = ""
    note: str = ""
    activity: str = ""
    role: str = ""
    shortcut: str = ""
    profile: str = ""
