"""Every message between hub and console: JSON frames over WebSocket.

A console says `Hello` first. The hub answers `Welcome` or `Refused` (and closes). Then the hub sends either
the changes the console missed, or a snapshot in slices: `Slice`s, the last one with `is_last`. From then on
`Changes` with rising numbers; an `Outcome` for each `Request`, after the change numbers it caused. A console
that was away says in `Hello` which numbers of which hub `epoch` it has. Numbers may have gaps (what was said
to others); `upto` is the number the console has after applying.

A console without a token says `SignIn` instead, on a line for that alone: `SignInAt` tells where its
receptionist signs in, `Redeem` brings the ticket that the browser got there, or `Vouch` what the computer
itself knows of who sits there; `SignedIn` has the token; `Refused` says why nothing comes of it
(`reception.hub.pairings`). `SignOut` ends that again.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from reception.directory.numbers import NumberPlan
from reception.model.attendants import Attendant
from reception.model.calls import Call
from reception.model.changes import Change, DayCounts, Message, Source
from reception.model.groups import AttendantGroup
from reception.model.intents import Intent
from reception.model.lines import PersonStatus
from reception.model.office import Office
from reception.model.people import Person
from reception.model.presence import Timeline

if TYPE_CHECKING:
    from reception.model.setup import SetupAsked, SetupSaid

PROTOCOL: Final = 2
MAX_FRAME_TO_HUB: Final = 64 * 1024
"""Bytes; a console's frames are small, a larger one is refused."""
MAX_FRAME_TO_CONSOLE: Final = 4 * 1024 * 1024
MOST_PHOTOS: Final = 40
SLICE_PEOPLE: Final = 200
"""People, or statuses, in one slice of a snapshot: a console takes it in within a small part of a frame."""


class _Frame(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all frames; the class name is the tag."""


# ------------------------------------------------------------------ console -> hub


class Hello(_Frame, frozen=True, kw_only=True):
    """The first frame: who speaks which protocol, and what it has already.

    `people` is the fingerprint of the colleagues that the console keeps on its disk
    (`reception.directory.fingerprint`), empty when it keeps none.
    """

    protocol: int
    token: str
    console: str = ""
    epoch: str = ""
    have: int = 0
    people: str = ""


class Request(_Frame, frozen=True, kw_only=True):
    """An intent under an id made by the console (a UUID); carried out once, however often it comes."""

    id: str
    intent: Intent


class Goodbye(_Frame, frozen=True, kw_only=True):
    """The console closes on purpose. `stop_hub`: it started this hub for itself and ends it."""

    stop_hub: bool = False


class SignOut(_Frame, frozen=True, kw_only=True):
    """The receptionist signs out: what a sign-in has given them ends. `Refused` (signed_out) answers it."""


class SignIn(_Frame, frozen=True, kw_only=True):
    """The first frame of a console without a token, on a line of its own: its receptionist will sign in.

    `port` is where it listens for the browser, on the loopback address of its computer.
    """

    protocol: int
    port: int
    console: str = ""


class Redeem(_Frame, frozen=True, kw_only=True):
    """The ticket that the browser brought; a wrong one is not answered."""

    ticket: str


class Vouch(_Frame, frozen=True, kw_only=True):
    """Who sits there, as the computer's own sign-in proves it: the ID token for `SignInAt.broker`."""

    token: str


class PhotoWanted(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague whose photo is wanted, and the mark of the one that the console has."""

    person: str
    have: str = ""


class PhotosAsked(_Frame, frozen=True, kw_only=True):
    """Photos that are about to be seen, `size` pixels wide (48 or 120): at most `MOST_PHOTOS`.

    `PhotosSaid` tells of as many of them as fit into a frame; whoever is not told of is asked for again.
    """

    size: int
    wanted: tuple[PhotoWanted, ...]


ToHub: TypeAlias = "Hello | Request | Goodbye | SetupAsked | SignIn | SignOut | Redeem | Vouch | PhotosAsked"

# ------------------------------------------------------------------ hub -> console


class Welcome(_Frame, frozen=True, kw_only=True):
    """You are this receptionist. `resumed`: the missed changes follow instead of a snapshot.

    `numbers` is how the house dials: what is typed in the console means what it means to the hub.
    `people_kept`: the console has the same colleagues already; the snapshot is without them. `administers`:
    this receptionist may change the hub's settings. `lacks_presence`: no source of presence is set up.
    `mails`: the hub can send e-mails to colleagues; `chats`: messages in Teams, in this receptionist's name;
    `photos`: it may have photos of colleagues.
    """

    protocol: int
    epoch: str
    attendant: str
    hub_version: str
    now: float
    resumed: bool
    clock_zone: str = ""
    numbers: NumberPlan = NumberPlan()
    people_kept: bool = False
    administers: bool = False
    lacks_presence: bool = False
    mails: bool = False
    chats: bool = False
    photos: bool = False


class Refused(_Frame, frozen=True, kw_only=True):
    """The hub will not go on with this connection, and why (`CONNECTION_REFUSALS`)."""

    message: Message


class Slice(_Frame, frozen=True, kw_only=True):
    """A part of the snapshot. The first (`is_first`) makes the console forget what it had.

    `people_kept` in the first one: all but the colleagues, whom the console has already; `mails` in it: as in
    `Welcome`. A person whom no part mentions has no status and no entries.
    """

    upto: int
    is_first: bool
    is_last: bool
    groups: tuple[AttendantGroup, ...] = ()
    attendants: tuple[Attendant, ...] = ()
    calls: tuple[Call, ...] = ()
    sources: tuple[Source, ...] = ()
    people: tuple[Person, ...] = ()
    statuses: tuple[PersonStatus, ...] = ()
    timelines: tuple[Timeline, ...] = ()
    day: DayCounts | None = None
    office: Office | None = None
    people_kept: bool = False
    mails: bool | None = None


class Changes(_Frame, frozen=True, kw_only=True):
    """What changed, in order."""

    upto: int
    items: tuple[Change, ...]


class Result(StrEnum):
    """How an intent ended, from the hub's side. TIMED_OUT is made by the console itself."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    TIMED_OUT = "timed_out"


class Outcome(_Frame, frozen=True, kw_only=True):
    """The one end of an intent. `call` is the call it was about or made."""

    id: str
    result: Result
    message: Message | None = None
    call: str | None = None


class Broker(msgspec.Struct, frozen=True, kw_only=True):
    """What a computer with a sign-in of its own is asked for: an ID token for this app, of this authority.

    `nonce` is for this one sign-in.
    """

    app: str
    authority: str
    nonce: str


class SignInAt(_Frame, frozen=True, kw_only=True):
    """Open `address` in a browser; it must show the same `code`. Holds for `lasts_s` seconds.

    With `broker` a computer that can may vouch for its user instead.
    """

    address: str
    code: str
    lasts_s: float
    broker: Broker | None = None


class SignedIn(_Frame, frozen=True, kw_only=True):
    """The sign-in is done: `token` is for `Hello`, and you are this receptionist. The line ends."""

    token: str
    attendant: str


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague's photo and its mark, which another one would not have.

    Without a mark there is none. Without `content` (JPEG, PNG or GIF) it is the one that the console has.
    """

    person: str
    mark: str = ""
    content: bytes = b""


class PhotosSaid(_Frame, frozen=True, kw_only=True):
    """What there is of the photos that were asked for, `size` pixels wide."""

    size: int
    photos: tuple[Photo, ...]


ToConsole: TypeAlias = (
    "Welcome | Refused | Slice | Changes | Outcome | SetupSaid | SignInAt | SignedIn | PhotosSaid"
)


@cache
def _to_hub() -> msgspec.json.Decoder[ToHub]:
    from reception.model.setup import SetupAsked  # few consoles need it, and none at its first paint

    return msgspec.json.Decoder(
        Hello | Request | Goodbye | SetupAsked | SignIn | SignOut | Redeem | Vouch | PhotosAsked
    )


@cache
def _to_console() -> msgspec.json.Decoder[ToConsole]:
    from reception.model.setup import SetupSaid  # as above

    return msgspec.json.Decoder(
        Welcome | Refused | Slice | Changes | Outcome | SetupSaid | SignInAt | SignedIn | PhotosSaid
    )


def decode_to_hub(data: bytes | str) -> ToHub:
    """Return the frame of a console. A decoder is made when it is needed: it knows every type there is."""
    return _to_hub().decode(data)


def decode_to_console(data: bytes | str) -> ToConsole:
    """Return the frame of a hub."""
    return _to_console().decode(data)


def photo_mark(content: bytes) -> str:
    """Return the mark of a photo, the beginning of its SHA-256; empty for none."""
    import hashlib  # loads OpenSSL: no console needs it before its first paint

    return hashlib.sha256(content).hexdigest()[:24] if content else ""


encode = msgspec.json.Encoder().encode
