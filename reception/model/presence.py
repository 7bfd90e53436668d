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

    OPEN = "open"  # the phone is kept open: absent in the calendar, yet reachable
    VOICEMAIL = "voicemail"
    DIVERTED = "diverted"  # to `Entry.divert_to`


# gc=False below: values without cycles, and many; the collector's walk over them would stop the window.


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One entry on a colleague's timeline.

    `start` and `end` are UTC seconds; `end` is exclusive, None is open-ended. `origin` is ``OL``, ``WEB``
    or a receptionist's initials. `reason` is the public subject; a private appointment has none, since
    its subject never leaves the service that read it. `note` is for receptionists only. An entry that is
    not `is_busy` makes reachable while it lasts. `is_linked`: it belongs to an appointment of the calendar,
    although it was edited here and so has another origin (requirement 001-55).
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

    @property
    def is_by_hand(self) -> bool:
        """True for what somebody set; an imported entry that was only edited still counts as imported."""
        return self.origin != CALENDAR and not self.is_linked

    @property
    def makes_busy(self) -> bool:
        """True when the colleague is not to be called while it lasts: busy, and the phone not kept open."""
        return self.is_busy and self.handling is not CallHandling.OPEN

    def is_current(self, now: float) -> bool:
        """True while the entry lasts; `now` in UTC seconds."""
        return self.start <= now and (self.end is None or now < self.end)


class Timeline(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A colleague's entries from today's beginning on, ordered by their start; those of today that have
    ended stay until midnight, for the strip of the day."""

    person: str
    entries: tuple[Entry, ...] = ()
