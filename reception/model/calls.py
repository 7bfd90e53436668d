"""Calls, the place each one is in, and why it leaves.

Every live call is in exactly one `Place`. A callback entry is a call too, one whose `leg` is None while
nobody is on the line: so it keeps its place in the queue by nature.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from reception.model.people import ContactKind


class Place(StrEnum):
    """Where a call is. Exactly one at a time.

    QUEUED waits in its group. OFFERED rings at, or is being connected to, receptionists. TALKING is
    with its owner. HELD waits at its owner. CONSULTING: the owner speaks with a colleague about it.
    CAMPED waits at a busy colleague. PARKED waits in a slot. TRANSFERRING rings at a colleague.
    DIALLING: an outgoing call or a callback that rings the outside party. VOICEMAIL: on the way to a
    mailbox. HANDED_ON: talks with a colleague; no receptionist has it any more, the engine only keeps
    it to end both legs together.
    """

    QUEUED = "queued"
    OFFERED = "offered"
    TALKING = "talking"
    HELD = "held"
    CONSULTING = "consulting"
    CAMPED = "camped"
    PARKED = "parked"
    TRANSFERRING = "transferring"
    DIALLING = "dialling"
    VOICEMAIL = "voicemail"
    HANDED_ON = "handed_on"


class Direction(StrEnum):
    """Who called whom, seen from the house."""

    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class LegProgress(StrEnum):
    """How far the leg to a colleague has come: requested, ringing there, or talking."""

    NONE = "none"
    REQUESTED = "requested"
    RINGING = "ringing"
    TALKING = "talking"


class Focus(StrEnum):
    """Whom the receptionist speaks with during a consultation."""

    CALLER = "caller"
    COLLEAGUE = "colleague"
    CONFERENCE = "conference"


class Pending(StrEnum):
    """What was asked of the switch and is not there yet. Shown, so nobody presses twice."""

    ANSWERING = "answering"
    RESUMING = "resuming"
    CALLING_DESK = "calling_desk"


class CallerId(msgspec.Struct, frozen=True, kw_only=True):
    """The outside (or calling) party. A withheld number is None here, whatever the switch knows.

    `contact` is what the party is to the house, None for somebody who is no contact of it.
    """

    number: str | None = None
    name: str = ""
    is_withheld: bool = False
    contact: ContactKind | None = None


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where a call is to go: a number, and the person behind it when it is a known one."""

    number: str
    person: str | None = None
    name: str = ""


class WhyBack(StrEnum):
    """Why a call came back to a receptionist, or a consultation ended by itself."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    HUNG_UP = "hung_up"
    FAILED = "failed"
    PHONE_LOST = "phone_lost"
    PARKED_TOO_LONG = "parked_too_long"


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """A call that came back: from where, why, when (UTC seconds)."""

    target: Target
    why: WhyBack
    at: float


class CallbackRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A caller's wish to be rung back (requirement 002-359). `not_before` spaces out the tries."""

    number: str
    asked_at: float
    tries: int = 0
    not_before: float = 0.0


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a caller was put through to the last time, and when (UTC seconds)."""

    person: str
    name: str
    at: float


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call, whole. `since` is when it came to `place`; `arrived_at` orders the queue.

    `leg` is the party's leg, `target_leg` the colleague's while there is one; the receptionist's own
    leg belongs to the attendant. `deadline` is when the switch's silence moves the call on (UTC
    seconds), `notice_stage` how many notices about the wait went out; `tried` are the receptionists who
    were offered the call in this round and did not take it; `offer_after` when the next round begins.
    `spoken` is whom this caller was put through to the last time.
    """

    id: str
    direction: Direction
    party: CallerId
    leg: str | None
    place: Place
    arrived_at: float
    since: float
    group: str | None = None
    dialled: str = ""
    diverted_by: str | None = None
    owner: str | None = None
    offered_to: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    offer_after: float = 0.0
    pending: Pending | None = None
    target: Target | None = None
    target_leg: str | None = None
    progress: LegProgress = LegProgress.NONE
    focus: Focus = Focus.CALLER
    slot: str | None = None
    callback: CallbackRequest | None = None
    returned: Returned | None = None
    is_held_by_phone: bool = False
    deadline: float | None = None
    notice_stage: int = 0
    spoken: Spoken | None = None

    @property
    def is_callback_entry(self) -> bool:
        """True while nobody is on the line and the caller waits to be rung back."""
        return self.leg is None and self.callback is not None


class EndReason(StrEnum):
    """Why a call left. Each end has one."""

    CALLER_HUNG_UP = "caller_hung_up"
    ATTENDANT_HUNG_UP = "attendant_hung_up"
    COLLEAGUE_HUNG_UP = "colleague_hung_up"
    VOICEMAIL = "voicemail"
    NOT_REACHED = "not_reached"
    CALLBACK_EXPIRED = "callback_expired"
    CALLBACK_TRIES_USED = "callback_tries_used"
    CALLBACK_REPLACED = "callback_replaced"
    CALLBACK_REMOVED = "callback_removed"
    GIVEN_BACK = "given_back"
