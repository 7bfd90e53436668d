"""What mailboxes offer callers, by the office file: the user's settings, their groups', the organisation's.

What a level does not say is as in the next one (readings 19, 21), as with calendars.
"""

from __future__ import annotations

from reception.hub.office_shape import Membership, OfficeSettings, levels_of
from reception.model.people import Person
from reception.presence.course import diverted_numbers
from reception.presence.offers import Offer

_NOTHING = Offer()


class Offers:
    """The offers of an office."""

    def __init__(self, settings: OfficeSettings) -> None:
        self._levels = settings.voicemail
        self._membership = Membership(settings.groups)
        levels = (*self._levels.users.values(), *self._levels.groups.values(), self._levels.organisation)
        self.has_assistants = any(level.assistant for level in levels)
        self._has_any = self.has_assistants or any(level.goes_past for level in levels)

    def of(self, person: Person) -> Offer:
        """Return what a person's mailbox offers, if they have one. Nobody is their own assistant."""
        if not self._has_any or not person.mailbox:
            return _NOTHING
        levels = tuple(levels_of(person, self._membership, self._levels))
        assistant = next((t.assistant for t in levels if t.assistant is not None), "")
        if assistant in diverted_numbers(person):
            assistant = ""
        goes_past = next((t.goes_past for t in levels if t.goes_past is not None), False)
        return Offer(assistant, goes_past)
