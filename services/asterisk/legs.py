"""The table of our legs: turns ARI's events into the port's, so that its promises hold. Pure.

A leg is in the table from the moment it is introduced (it arrives, or we are about to originate it) until
it ends. What ends it (FACTS 2.2): the last event of a channel that came in is StasisEnd, unless we sent it
on ourselves; one that we originated ends in ChannelDestroyed, also when it never was in Stasis. Whichever
comes first counts, the other finds no leg any more. Events about legs that are not in the table are
somebody else's, repeats, or too late: they are passed over. So events that come twice (overlapping
subscriptions) or again after a resync are told once.

An arrived leg is first *inquired* about (may its number be shown?); what it does meanwhile waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import msgspec

from reception.ports import (
    DigitPressed,
    GoneCause,
    LegAnswered,
    LegArrived,
    LegGone,
    LegHeldByPhone,
    LegInfo,
    LegLeft,
    LegResumedByPhone,
    LegRinging,
    SwitchEvent,
    TransferAsked,
)
from services.asterisk.causes import gone_cause
from services.asterisk.parse import OWN_ARGS, Channel, Frame


class Inquire(msgspec.Struct, frozen=True):
    """Ask Asterisk whether this caller may be shown, then `introduce` or `forget` the leg."""

    channel: Channel
    args: list[str]


class Dismiss(msgspec.Struct, frozen=True):
    """Hang up a channel that nobody waits for."""

    channel: str


class SatisfyPhone(msgspec.Struct, frozen=True):
    """Tell the phone on this leg how its transfer key did; it hangs up when it went well."""

    leg: str
    progress: str


class Replaced(msgspec.Struct, frozen=True):
    """Another program has taken our application; we hear nothing any more."""


Outcome: TypeAlias = SwitchEvent | Inquire | Dismiss | SatisfyPhone | Replaced


@dataclass
class _Leg:
    id: str
    is_ours: bool
    is_answered: bool = False
    is_introduced: bool = True
    is_ringing: bool = False
    is_leaving: bool = False
    is_held: bool = False
    hears_ringing: bool = False
    bridge: str | None = None
    hangup: tuple[int | None, int | None] | None = None
    last_key: tuple[str, str] = ("", "")
    asked_to: str = ""
    later: list[Frame] = field(default_factory=list)


class Legs:
    """All legs in our hands."""

    def __init__(self) -> None:
        self._legs: dict[str, _Leg] = {}

    # ------------------------------------------------------------- what the commands tell

    def expect(self, leg: str) -> None:
        """A leg that is about to be originated; events may overtake the reply."""
        self._legs[leg] = _Leg(leg, is_ours=True)

    def fail(self, leg: str, cause: GoneCause) -> list[Outcome]:
        """An origination did not work out."""
        return [LegGone(leg=leg, cause=cause)] if self._legs.pop(leg, None) else []

    def adopt(self, found: Iterable[LegInfo], whereabouts: Mapping[str, str]) -> None:
        """Begin anew with the legs of a snapshot, and the names in Asterisk of the bridges they are in."""
        self._legs = {
            info.leg: _Leg(
                info.leg,
                is_ours=info.role is not None,
                is_answered=info.is_answered,
                bridge=whereabouts.get(info.leg),
            )
            for info in found
        }

    def knows(self, leg: str) -> bool:
        """True while the leg is in our hands."""
        return leg in self._legs

    def is_answered(self, leg: str) -> bool:
        """True if somebody is on the leg."""
        return leg in self._legs and self._legs[leg].is_answered

    def bridge_of(self, leg: str) -> str | None:
        """Return the bridge the leg is in, the waiting room included."""
        return self._legs[leg].bridge if leg in self._legs else None

    def set_leaving(self, leg: str, is_leaving: bool) -> None:
        """We are about to send the leg on (or could not): its StasisEnd is no hang-up."""
        if leg in self._legs:
            self._legs[leg].is_leaving = is_leaving

    def hears_ringing(self, leg: str) -> bool:
        """True if we let an answered leg hear a ringing tone."""
        return leg in self._legs and self._legs[leg].hears_ringing

    def set_hears_ringing(self, leg: str, hears_ringing: bool) -> None:
        """Note whether an answered leg hears our ringing tone."""
        if leg in self._legs:
            self._legs[leg].hears_ringing = hears_ringing

    def set_joined(self, leg: str) -> None:
        """The leg is put into a talk: its phone may ask again for what it asked in the one before."""
        if leg in self._legs:
            self._legs[leg].asked_to = ""

    # ------------------------------------------------------------- what Asterisk tells

    def introduce(self, arrived: LegArrived) -> list[Outcome]:
        """A leg was inquired about: report it, and what it has done meanwhile."""
        leg = self._legs.get(arrived.leg)
        if leg is None:
            return []
        leg.is_introduced = True
        outcomes: list[Outcome] = [arrived]
        for frame in leg.later:
            outcomes += self.handle(frame)
        return outcomes

    def forget(self, leg: str) -> None:
        """A leg was gone before it could be inquired about: it was never here."""
        self._legs.pop(leg, None)

    def handle(self, frame: Frame) -> list[Outcome]:
        """Take one event of ARI."""
        if frame.type == "ApplicationReplaced":
            return [Replaced()]
        if frame.type == "StasisStart":
            return self._started(frame)
        if frame.type == "ChannelTransfer":
            return self._transfer(frame)
        leg = self._legs.get(frame.channel.id) if frame.channel else None
        if leg is None:
            return []
        if not leg.is_introduced:
            leg.later.append(frame)
            return []
        return _HANDLERS[frame.type](self, leg, frame)

    def _started(self, frame: Frame) -> list[Outcome]:
        channel, replaced = frame.channel, frame.replace_channel
        if channel is None:
            return []
        if replaced is not None and replaced.id in self._legs:
            # The phone's transfer key where it is not left to us (Asterisk before 22.3, calls from a
            # phone): Asterisk puts a Local channel to the target in the leg's place. Ours is the say.
            return [*self._asked(self._legs[replaced.id], channel.dialplan.exten), Dismiss(channel.id)]
        leg = self._legs.get(channel.id)
        if leg is not None:
            return self._answered(leg)
        if frame.args[:1] == [OWN_ARGS] or channel.is_stand_in(frame.args):
            return [Dismiss(channel.id)]  # given up while it was being placed, or in the place of such a leg
        self._legs[channel.id] = _Leg(
            channel.id, is_ours=False, is_answered=channel.is_up, is_introduced=False
        )
        return [Inquire(channel, frame.args)]

    @staticmethod
    def _answered(leg: _Leg) -> list[Outcome]:
        if not leg.is_ours or leg.is_answered:
            return []
        leg.is_answered = True
        return [LegAnswered(leg=leg.id)]

    def _state_changed(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        state = frame.channel.state if frame.channel else ""
        if leg.is_ours:
            # Up comes before it is in Stasis, where it can be used: that is its answer.
            if state == "Ringing" and not leg.is_ringing and not leg.is_answered:
                leg.is_ringing = True
                return [LegRinging(leg=leg.id)]
        elif state == "Up":
            leg.is_answered = True
        return []

    def _hangup_asked(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        leg.hangup = leg.hangup or (frame.cause, frame.tech_cause)
        return []

    def _left_stasis(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        del self._legs[leg.id]
        if leg.is_leaving and leg.hangup is None:
            return [LegLeft(leg=leg.id)]
        cause, tech_cause = leg.hangup or (None, None)
        return [LegGone(leg=leg.id, cause=gone_cause(cause, tech_cause, is_trying=False))]

    def _destroyed(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        del self._legs[leg.id]
        is_trying = leg.is_ours and not leg.is_answered
        cause = gone_cause(frame.cause, frame.tech_cause, is_trying=is_trying)
        return [LegGone(leg=leg.id, cause=cause)]

    def _digit(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        key = (frame.digit, frame.timestamp)
        if key == leg.last_key:
            return []  # told twice; nobody presses a key twice in a millisecond
        leg.last_key = key
        return [DigitPressed(leg=leg.id, digit=frame.digit)]

    def _held(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        if leg.is_held:
            return []
        leg.is_held = True
        return [LegHeldByPhone(leg=leg.id)]

    def _resumed(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        if not leg.is_held:
            return []
        leg.is_held = False
        return [LegResumedByPhone(leg=leg.id)]

    def _entered_bridge(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        leg.bridge = frame.bridge.id if frame.bridge else None
        return []

    def _left_bridge(self, leg: _Leg, frame: Frame) -> list[Outcome]:
        if frame.bridge and leg.bridge == frame.bridge.id:
            leg.bridge = None
        return []

    def _transfer(self, frame: Frame) -> list[Outcome]:
        if frame.state or frame.referred_by is None:
            return []  # an echo of our own transfer_progress
        leg = self._legs.get(frame.referred_by.source_channel.id)
        target = frame.refer_to.requested_destination
        if leg is None:
            return []
        if target.protocol_id or not target.destination:
            # The phone wants to join two of its own calls: here the engine does such things.
            return [SatisfyPhone(leg.id, "channel_declined")]
        asked = self._asked(leg, target.destination)
        return [*asked, SatisfyPhone(leg.id, "channel_answered")] if asked else []

    @staticmethod
    def _asked(leg: _Leg, to: str) -> list[Outcome]:
        """A phone used its transfer key. It has its answer at once and hangs up, so it asks once a talk."""
        if leg.asked_to == to:
            return []
        leg.asked_to = to
        return [TransferAsked(leg=leg.id, to=to)]


_HANDLERS: Final[dict[str, Callable[[Legs, _Leg, Frame], list[Outcome]]]] = {
    "ChannelStateChange": Legs._state_changed,
    "ChannelHangupRequest": Legs._hangup_asked,
    "StasisEnd": Legs._left_stasis,
    "ChannelDestroyed": Legs._destroyed,
    "ChannelDtmfReceived": Legs._digit,
    "ChannelHold": Legs._held,
    "ChannelUnhold": Legs._resumed,
    "ChannelEnteredBridge": Legs._entered_bridge,
    "ChannelLeftBridge": Legs._left_bridge,
}
