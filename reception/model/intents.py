"""What a receptionist may ask for. One intent ends in exactly one outcome.

`call` is a call's id. Who asks is not in the intent: the hub knows it from the console's token.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from reception.model.attendants import Readiness
from reception.model.calls import Target
from reception.model.presence import EntryDraft


class _Intent(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all intents; the class name is the tag on the wire."""


class _CallIntent(_Intent, frozen=True, kw_only=True):
    call: str


class AnswerNext(_Intent, frozen=True, kw_only=True):
    """Answer the call that has waited longest in my groups (callbacks included)."""


class Answer(_CallIntent, frozen=True, kw_only=True):
    """Answer this queued or offered call, or ring back this callback entry."""


class Hold(_CallIntent, frozen=True, kw_only=True):
    """Put my talking call on hold."""


class Resume(_CallIntent, frozen=True, kw_only=True):
    """Talk again with a held call of mine."""


class Transfer(_CallIntent, frozen=True, kw_only=True):
    """Blind transfer. Refused when the line is occupied or the colleague absent, unless `even_if_busy`."""

    to: Target
    even_if_busy: bool = False


class Consult(_CallIntent, frozen=True, kw_only=True):
    """Hold the caller and call a colleague about them. `even_if_busy` as for `Transfer`."""

    to: Target
    even_if_busy: bool = False


class Swap(_CallIntent, frozen=True, kw_only=True):
    """In a consultation, speak with the other one (makle)."""


class Complete(_CallIntent, frozen=True, kw_only=True):
    """In a consultation, put caller and colleague together; also while the colleague still rings."""


class Conference(_CallIntent, frozen=True, kw_only=True):
    """In a consultation, let all three talk."""


class GiveUp(_CallIntent, frozen=True, kw_only=True):
    """End the consultation and go back to the caller. Never hangs the caller up."""


class ToVoicemail(_CallIntent, frozen=True, kw_only=True):
    """Send the caller to a colleague's mailbox."""

    to: Target


class Park(_CallIntent, frozen=True, kw_only=True):
    """Park my call in a free slot, where anyone can fetch it."""


class CampOn(_CallIntent, frozen=True, kw_only=True):
    """Let the caller wait at a busy colleague, who is rung as soon as they are free."""

    to: Target


class TakeBack(_CallIntent, frozen=True, kw_only=True):
    """Fetch a camped, parked, held or still ringing transferred call to my phone."""


class HangUp(_CallIntent, frozen=True, kw_only=True):
    """End my call. In a consultation this only ends the talk with the colleague (see GiveUp)."""


class SendDigits(_CallIntent, frozen=True, kw_only=True):
    """Send DTMF (0-9 * # A-D) to whom I speak with."""

    digits: str


class Dial(_Intent, frozen=True, kw_only=True):
    """Call somebody from my phone."""

    to: Target


class RemoveCallback(_CallIntent, frozen=True, kw_only=True):
    """Take a callback entry out of the queue (the caller was reached otherwise)."""


class SetReadiness(_Intent, frozen=True, kw_only=True):
    """Go ready, pause or log out."""

    readiness: Readiness


class SetGroups(_Intent, frozen=True, kw_only=True):
    """Log in to exactly these groups."""

    groups: tuple[str, ...]


class SetEntry(_Intent, frozen=True, kw_only=True):
    """Set an absence (or a presence) on a colleague's timeline; my initials stand behind it.

    With `entry` the entry of that id is changed: an imported one keeps its link to the calendar, which
    itself is never touched (requirements 001-42, 001-46, 001-55).
    """

    person: str
    draft: EntryDraft
    entry: str = ""


class DeleteEntry(_Intent, frozen=True, kw_only=True):
    """Take an entry away; an imported one does not return (requirement 001-47)."""

    person: str
    entry: str


class UndoEntry(_Intent, frozen=True, kw_only=True):
    """Take back what a request of mine did to an entry; possible for a minute. `request` is its id."""

    request: str


class SendMail(_Intent, frozen=True, kw_only=True):
    """Send an e-mail to a colleague, in the name of the house. It is never sent twice by itself."""

    person: str
    subject: str
    text: str


class SendChat(_Intent, frozen=True, kw_only=True):
    """Write to a colleague in Teams, in the name of the receptionist who asks. It is never sent twice."""

    person: str
    text: str


CallIntent: TypeAlias = (
    AnswerNext
    | Answer
    | Hold
    | Resume
    | Transfer
    | Consult
    | Swap
    | Complete
    | Conference
    | GiveUp
    | ToVoicemail
    | Park
    | CampOn
    | TakeBack
    | HangUp
    | SendDigits
    | Dial
    | RemoveCallback
    | SetReadiness
    | SetGroups
)
"""What the call engine carries out."""

PresenceIntent: TypeAlias = SetEntry | DeleteEntry | UndoEntry
"""What is done to timelines."""

DeskIntent: TypeAlias = PresenceIntent | SendMail | SendChat
"""What the hub does without the call engine."""

Intent: TypeAlias = CallIntent | DeskIntent
