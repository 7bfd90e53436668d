"""The ports: what the hub needs of the outside, as Protocols that backends implement.

`Switch` is any PBX with call control. It speaks in legs: one leg is one connection between the switch
and one telephone or outside line. Leg ids of calls we place are chosen by us, before the command goes
out, because a switch's events may overtake its replies. Numbers are extensions or E.164; how they map to
the switch's own devices is the backend's knowledge.

Promises every Switch backend keeps (tests/contract runs them on each):

- Commands that name the same leg or bridge are carried out in the order given. Others may overlap.
- Every command either takes effect or is reported by exactly one `CommandFailed`; an `Originate` that fails
  is reported by `LegGone` instead.
- Each leg that was reported or originated ends in exactly one `LegGone` or `LegLeft`, never both.
- An event about a leg comes after the event (or command) that introduced the leg.
- Withheld numbers never leave the backend.
- After a lost connection `SwitchLost` comes once, and `SwitchConnected` with a fresh snapshot when it is
  back; a leg that is not in it is gone, without a `LegGone` of its own.
- Nothing is dropped in the switch because the hub went away.
- What `MarkLine` and `SetDirect` ask for is a wish: the backend keeps it while the switch is away, and
  makes it so whenever it connects; what an earlier hub wished and nobody wishes now is cleared then.
- `LineChanged` and `SwitchConnected.lines` tell what telephones do: marks of ours are left out of them.
- A diversion is in force without the hub being asked about each call, ends by itself at its `until`, and ends
  within a minute when the hub is not heard of any more: nobody stays diverted by a hub that is not there.

(What knows of appointments, absences and Teams has its port in `reception.presence.port`, what speaks in
`reception.presence.voice`, what reads people in `reception.directory.port`.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

import msgspec

from reception.model.calls import CallerId
from reception.model.changes import Message, SourceState
from reception.model.direct import Keys, Way
from reception.model.lines import LineMark, LineState
from reception.model.people import Person
from reception.model.stored import Batch
from reception.model.stored import StoredState as StoredState

# ------------------------------------------------------------------ switch: commands


class GoneCause(StrEnum):
    """Why a leg ended, in the engine's words."""

    NORMAL = "normal"  # somebody hung up, or we did
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"  # not registered, no such number
    FAILED = "failed"  # network, codec, switch trouble


class Role(StrEnum):
    """What an originated leg is for; written on the leg so that a snapshot tells it."""

    PARTY = "party"
    DESK = "desk"
    TARGET = "target"


class Prompt(StrEnum):
    """Sounds the engine can ask for; the backend knows the file."""

    CALLBACK_ACCEPTED = "callback_accepted"


class _Command(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all commands to a switch."""


class AnswerLeg(_Command, frozen=True, kw_only=True):
    """Answer an arrived leg. Harmless on one that is answered."""

    leg: str


class RingLeg(_Command, frozen=True, kw_only=True):
    """Let the party on this leg hear ringing, until the leg is joined, held or gone."""

    leg: str


class Originate(_Command, frozen=True, kw_only=True):
    """Ring a number under a leg id of ours.

    Ends in `LegAnswered` or `LegGone`; NO_ANSWER after `timeout_s`. `auto_answer` asks the phone to
    answer by itself (SIP Call-Info). `call` and `role` are written on the leg. `originator` is the leg on
    whose behalf it rings, if any.
    """

    leg: str
    to: str
    timeout_s: float
    caller: CallerId
    call: str
    role: Role
    auto_answer: bool = False
    originator: str | None = None


class HangUpLeg(_Command, frozen=True, kw_only=True):
    """End a leg. Harmless on one that is gone. BUSY gives an unanswered caller the busy tone."""

    leg: str
    cause: GoneCause = GoneCause.NORMAL


class Join(_Command, frozen=True, kw_only=True):
    """Let these answered legs, and nobody else, talk in this bridge.

    Creates the bridge if needed, takes each leg from wherever it is (music stops), leaves alone those
    that are there already, and takes others out of it (they stay up, in silence).
    """

    bridge: str
    legs: tuple[str, ...]


class HoldLeg(_Command, frozen=True, kw_only=True):
    """Take an answered leg out of its bridge into the waiting room, with music. Idempotent."""

    leg: str


class CloseBridge(_Command, frozen=True, kw_only=True):
    """Remove a bridge of ours; legs in it stay up. Harmless when it is gone."""

    bridge: str


class SendToVoicemail(_Command, frozen=True, kw_only=True):
    """Hand the leg to a mailbox; it leaves our hands with `LegLeft`. `sound` is heard before it, if any."""

    leg: str
    mailbox: str
    is_busy: bool = False
    sound: str = ""


class GiveBack(_Command, frozen=True, kw_only=True):
    """Hand the leg to the switch's own dial plan, which serves callers as if there were no hub; `LegLeft`."""

    leg: str


class SendDigits(_Command, frozen=True, kw_only=True):
    """Send DTMF to the party on this leg."""

    leg: str
    digits: str


class PlayPrompt(_Command, frozen=True, kw_only=True):
    """Play a sound to one leg, also while it waits; music goes on afterwards."""

    leg: str
    prompt: Prompt


class MarkLine(_Command, frozen=True, kw_only=True):
    """Let a line of the house look busy, or not to be disturbed, for what happens elsewhere (in Teams).

    Lamps, queues and whatever else asks the switch for the line's state see it; it is never told back as a
    `LineChanged`. Fails with REFUSED for a line that cannot be marked.
    """

    number: str
    mark: LineMark


class SetDirect(_Command, frozen=True, kw_only=True):
    """Say what becomes of calls to a number that the switch's own dial plan handles.

    `to` is the number for NUMBER; `mailbox` takes what nobody answers, empty for the one the dial plan has;
    `sound` names what a caller hears before the mailbox, empty for nothing; `until` is when it ends by itself
    (UTC seconds), None for no end. A diversion follows another one for at most `MOST_STEPS`; then the last
    mailbox takes the call. `keys` is what a caller may press there; who presses nothing, another key, or one
    that leads nowhere goes on to the greeting.
    """

    number: str
    way: Way = Way.USUAL
    to: str = ""
    mailbox: str = ""
    sound: str = ""
    until: float | None = None
    keys: Keys = Keys()


class BringIn(_Command, frozen=True, kw_only=True):
    """Take a call that the switch's own dial plan handles into our hands; it arrives by `LegArrived`.

    `leg` is the switch's own id; `peer` the other end, to be taken along.
    """

    leg: str
    peer: str | None = None


SwitchCommand: TypeAlias = (
    AnswerLeg | RingLeg | Originate | HangUpLeg | Join | HoldLeg | CloseBridge | SendToVoicemail
    | GiveBack | SendDigits | PlayPrompt | MarkLine | SetDirect | BringIn
)  # fmt: skip

# ------------------------------------------------------------------ switch: events


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all events of a switch."""


class LegArrived(_Event, frozen=True, kw_only=True):
    """Somebody called a number that is ours to answer.

    `is_inside`: from a phone of the house. `diverted_by`: who forwarded the call here.
    """

    leg: str
    dialled: str
    caller: CallerId
    is_inside: bool = False
    diverted_by: str | None = None
    is_answered: bool = False


class LegRinging(_Event, frozen=True, kw_only=True):
    """An originated leg rings at its phone."""

    leg: str


class LegAnswered(_Event, frozen=True, kw_only=True):
    """An originated leg was answered and is in our hands."""

    leg: str


class LegGone(_Event, frozen=True, kw_only=True):
    """A leg has ended, answered or not."""

    leg: str
    cause: GoneCause


class LegLeft(_Event, frozen=True, kw_only=True):
    """A leg left our hands as we asked (voicemail); it lives on in the switch."""

    leg: str


class LegHeldByPhone(_Event, frozen=True, kw_only=True):
    """The telephone on this leg pressed its own hold key; the switch plays music to the others."""

    leg: str


class LegResumedByPhone(_Event, frozen=True, kw_only=True):
    """The telephone on this leg took the call back from its own hold."""

    leg: str


class DigitPressed(_Event, frozen=True, kw_only=True):
    """The party on this leg pressed a key (0-9 * # A-D)."""

    leg: str
    digit: str


class TransferAsked(_Event, frozen=True, kw_only=True):
    """The telephone on this leg used its own transfer key (SIP REFER): please send its partner there."""

    leg: str
    to: str


class LineChanged(_Event, frozen=True, kw_only=True):
    """A line of the house changed state."""

    number: str
    state: LineState


class SwitchError(StrEnum):
    """Why a command failed."""

    GONE = "gone"  # no such leg (any more)
    REFUSED = "refused"  # the switch says no
    UNAVAILABLE = "unavailable"  # it cannot be reached


class CommandFailed(_Event, frozen=True, kw_only=True):
    """A command had no effect."""

    command: SwitchCommand
    error: SwitchError
    detail: str = ""


class LegInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One leg of ours in a snapshot. `call` and `role` are what was written on it at `Originate`."""

    leg: str
    is_answered: bool
    caller: CallerId
    dialled: str = ""
    is_inside: bool = False
    call: str | None = None
    role: Role | None = None
    bridge: str | None = None
    created_at: float = 0.0


class SwitchConnected(_Event, frozen=True, kw_only=True):
    """The switch is reachable (again). `legs` are all that are in our hands; `lines` all known lines.

    `bridges` are all that were made by `Join`, empty ones too. `restarted`: the switch itself began anew
    since we last saw it.
    """

    legs: tuple[LegInfo, ...] = ()
    bridges: tuple[str, ...] = ()
    lines: tuple[tuple[str, LineState], ...] = ()
    restarted: bool = False


class SwitchLost(_Event, frozen=True, kw_only=True):
    """The switch cannot be reached; calls go on in it, unseen."""

    state: SourceState
    message: Message


SwitchEvent: TypeAlias = (
    LegArrived | LegRinging | LegAnswered | LegGone | LegLeft | LegHeldByPhone | LegResumedByPhone
    | DigitPressed | TransferAsked | LineChanged | CommandFailed | SwitchConnected | SwitchLost
)  # fmt: skip


class Switch(Protocol):
    """A PBX with call control. See the promises at the top of this module."""

    async def start(self, on_event: Callable[[SwitchEvent], None]) -> None:
        """Begin; events go to `on_event` on this loop. Connects in the background, for ever.

        Raises ConfigError when the settings cannot work, never for a switch that is merely away.
        """

    def send(self, commands: Sequence[SwitchCommand]) -> None:
        """Take commands to be carried out in order; returns at once."""

    async def stop(self) -> None:
        """Let go of the switch; calls in it go on."""


class SwitchFactory(Protocol):
    """What the entry point ``switch.NAME`` of the group ``reception.backends`` names."""

    def __call__(self, settings: Mapping[str, Any]) -> Switch:
        """Build the backend from its section of the configuration; raises ConfigError."""


# ------------------------------------------------------------------ store


class Store(Protocol):
    """What must last.

    A method that returns has done what it says, and the end of the process does not undo it; one that fails
    raises ServiceError and has changed nothing. They may be called at the same time and are carried out in
    the order of the calls; changes do not wait for a new directory to be whole.
    """

    async def load(self) -> StoredState:
        """Read everything."""

    async def save(self, batch: Batch) -> None:
        """Keep and forget all this: the whole of it or nothing."""

    async def replace_people(self, people: Sequence[Person]) -> None:
        """Make this the directory: all or nothing."""

    async def close(self) -> None:
        """Write out and let go. Harmless when closed."""


class StoreFactory(Protocol):
    """What the entry point ``store.NAME`` names."""

    async def __call__(self, settings: Mapping[str, Any]) -> Store:
        """Open the store; one of an older version is brought up to date.

        Raises ConfigError, AuthNeeded or Unavailable.
        """
