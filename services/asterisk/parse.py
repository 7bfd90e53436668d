"""ARI's JSON into our types: pure.

Only what the backend needs is read; unknown types and fields are passed over, because every Asterisk adds
some. Shapes as recorded in tests/lab/traces.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from reception.errors import ProtocolError
from reception.model.calls import CallerId
from reception.ports import Role

OWN_ARGS: Final = "leg"
"""The Stasis argument of legs we placed; a call that came in carries ``inbound`` or ``internal``."""
BROUGHT: Final = "brought"
"""The Stasis argument of a dial plan call that we had redirected to us."""


class Party(msgspec.Struct, frozen=True):
    """Name and number as Asterisk knows them, presentation not heeded."""

    name: str = ""
    number: str = ""


class Dialplan(msgspec.Struct, frozen=True):
    """Where a channel is: `app_data` of one in Stasis is ``app,arg,arg``."""

    exten: str = ""
    app_name: str = ""
    app_data: str = ""


class Channel(msgspec.Struct, frozen=True):
    """One channel object of ARI."""

    id: str
    name: str = ""
    state: str = ""
    caller: Party = Party()
    dialplan: Dialplan = Dialplan()
    creationtime: str = ""
    channelvars: dict[str, str] = {}
    caller_rdnis: str = ""

    @property
    def is_up(self) -> bool:
        """True once it was answered."""
        return self.state == "Up"

    @property
    def device(self) -> str:
        """The device of the channel ``PJSIP/alice-0000002f``: ``PJSIP/alice``."""
        return self.name.rpartition("-")[0]

    @property
    def created_at(self) -> float:
        """UTC seconds; 0 if Asterisk does not say."""
        return datetime.fromisoformat(self.creationtime).timestamp() if self.creationtime else 0.0

    def stasis_args(self, app: str) -> list[str] | None:
        """Return the arguments with which it entered our application, or None if it is elsewhere."""
        if self.dialplan.app_name != "Stasis":
            return None
        found, *args = self.dialplan.app_data.split(",")
        return args if found == app else None

    def is_stand_in(self, args: list[str] | None) -> bool:
        """True for what Asterisk puts in a leg's place when it carries out a phone's transfer (FACTS 3.5).

        It is the near end of a Local channel and has no arguments: nobody sent it to us.
        """
        return args == [] and self.name.startswith("Local/") and self.name.endswith(";1")

    @property
    def is_being_dialled(self) -> bool:
        """True for a channel that ARI originated and nobody has answered yet."""
        return self.dialplan.app_name == "AppDial2" and not self.is_up


class Bridge(msgspec.Struct, frozen=True):
    """One bridge object of ARI. Ours have our application's name."""

    id: str
    bridge_type: str = ""
    channels: list[str] = []
    name: str = ""


class Destination(msgspec.Struct, frozen=True):
    """Whom a phone's transfer names. With a protocol id it means one of its other calls."""

    destination: str = ""
    protocol_id: str = ""


class ReferTo(msgspec.Struct, frozen=True):
    """The target half of a ChannelTransfer."""

    requested_destination: Destination = Destination()


class ReferredBy(msgspec.Struct, frozen=True):
    """The asking half of a ChannelTransfer."""

    source_channel: Channel


class Frame(msgspec.Struct, frozen=True):
    """One event of ARI, with the fields that we use of any."""

    type: str
    timestamp: str = ""
    channel: Channel | None = None
    args: list[str] = []
    cause: int | None = None
    tech_cause: int | None = None
    digit: str = ""
    bridge: Bridge | None = None
    replace_channel: Channel | None = None
    refer_to: ReferTo = ReferTo()
    referred_by: ReferredBy | None = None
    state: str = ""


class _Kind(msgspec.Struct, frozen=True):
    type: str


USED: Final = frozenset(
    {
        "StasisStart",
        "StasisEnd",
        "ChannelStateChange",
        "ChannelHangupRequest",
        "ChannelDestroyed",
        "ChannelDtmfReceived",
        "ChannelHold",
        "ChannelUnhold",
        "ChannelTransfer",
        "ChannelEnteredBridge",
        "ChannelLeftBridge",
        "ApplicationReplaced",
    }
)


def decode_frame(raw: str | bytes) -> Frame | None:
    """Read one event; None for a type we do not use.

    Raises:
        ProtocolError: it is not an event of ARI. What it says is not repeated: it may hold numbers.
    """
    try:
        if msgspec.json.decode(raw, type=_Kind).type not in USED:
            return None
        return msgspec.json.decode(raw, type=Frame)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProtocolError("misconfigured", setting="url", error=f"not an ARI event: {error}") from error


def caller_id(party: Party, presentation: str) -> CallerId:
    """Return whom we may show.

    A withheld number stays in `channel.caller` (FACTS 2.5): only the presentation tells. With ``prohib_*``
    number and name are dropped here; they go no further. Some trunks send the word instead.
    """
    if not presentation.startswith(("allowed", "unavailable")) or party.number.lower() == "anonymous":
        return CallerId(is_withheld=True)
    return CallerId(number=party.number or None, name=party.name)


def number_if_allowed(number: str, presentation: str) -> str | None:
    """Return a number that may be shown, or None."""
    return caller_id(Party(number=number), presentation).number


def role_of(text: str) -> Role | None:
    """Return the role that was written on a leg."""
    return Role(text) if text in set(Role) else None
