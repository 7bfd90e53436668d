"""Teams' words, in the two vocabularies that are about (contract 1.2). Pure.

Words are compared without regard to capitals, each may stand in either field, and one that nobody knows is
*unknown*. What goes on is the older, finer pair (``Busy``, ``InACall``) that the rules of statuses know.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from reception.errors import ProtocolError

UNKNOWN: Final = "PresenceUnknown"
_AVAILABILITIES: Final = (
    "Available",
    "AvailableIdle",
    "Away",
    "BeRightBack",
    "Busy",
    "BusyIdle",
    "DoNotDisturb",
    "Offline",
    UNKNOWN,
)
_IMPLIED: Final = {
    "AvailableInactive": "Available",
    "Focusing": "DoNotDisturb",
    "InACall": "Busy",
    "InAConferenceCall": "Busy",
    "Inactive": "Away",
    "InAMeeting": "Busy",
    "OffWork": "Offline",
    "OutOfOffice": "Away",
    "Presenting": "DoNotDisturb",
    "UrgentInterruptionsOnly": "DoNotDisturb",
}
"""Words that only the finer field had once, with the availability they come with."""
_LONGEST_NOTE: Final = 280
"""Letters of a status message; no more can be typed in Teams."""
_MARK: Final = re.compile(r"<[^<>]*>")
_WORDS: Final = {word.casefold(): word for word in (*_AVAILABILITIES, *_IMPLIED)}


class Presence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What Teams says of somebody. `stamp` orders what was said of the same person, as text.

    `note` is the message that they have set for their status, as plain text.
    """

    user: str
    availability: str
    activity: str
    is_out_of_office: bool = False
    stamp: str = ""
    note: str = ""

    def is_older_than(self, other: Presence) -> bool:
        """Return whether the other was said later; without stamps nobody can tell."""
        return bool(self.stamp and other.stamp) and self.stamp < other.stamp


def words_of(availability: object, activity: object) -> tuple[str, str]:
    """Return availability and activity in the words of the older vocabulary."""
    coarse, fine = _known(availability), _known(activity)
    if coarse in _IMPLIED:
        if fine in (UNKNOWN, _IMPLIED[coarse]) or fine not in _IMPLIED:
            fine = coarse
        coarse = _IMPLIED[coarse]
    elif coarse == UNKNOWN and fine != UNKNOWN:
        coarse = _IMPLIED.get(fine, fine)
    return coarse, fine


def presence_of(item: Mapping[str, Any]) -> Presence:
    """Read a `presence` of Graph's. Raises ProtocolError when nothing tells whose it is."""
    user = item.get("id")
    if not isinstance(user, str) or not user:
        raise ProtocolError("graph_malformed", what="presence")
    availability, activity = words_of(item.get("availability"), item.get("activity"))
    away = item.get("outOfOfficeSettings")
    return Presence(
        user=user.casefold(),
        availability=availability,
        activity=activity,
        is_out_of_office=isinstance(away, dict) and away.get("isOutOfOffice") is True,
        stamp=str(item.get("sequenceNumber") or ""),
        note=_note_of(item.get("statusMessage")),
    )


def _note_of(given: object) -> str:
    """Return a status message; Teams has marks of its own in it, such as ``<pinnednote>``."""
    message = given.get("message") if isinstance(given, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, str):
        return ""
    return " ".join(html.unescape(_MARK.sub(" ", content)).split())[:_LONGEST_NOTE]


def _known(word: object) -> str:
    return _WORDS.get(word.casefold(), UNKNOWN) if isinstance(word, str) else UNKNOWN
