"""What is in our hands now, asked of Asterisk: legs with their bridges, lines with their states.

Nothing is replayed after a lost connection (FACTS 3.13): who is in Stasis under our application's name, or
carries a call's name while it is being dialled, is ours; whoever is not listed has ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

import msgspec

from reception.model.calls import CallerId
from reception.ports import LegArrived, LegInfo
from services.asterisk.ami import Ami
from services.asterisk.ari import Ari, Refusal
from services.asterisk.bridges import is_waiting_room, known_as
from services.asterisk.lines import LineTable, split_hint, telephone_of
from services.asterisk.parse import (
    BROUGHT,
    OWN_ARGS,
    Bridge,
    Channel,
    caller_id,
    number_if_allowed,
    role_of,
)
from services.asterisk.settings import Settings

NUMBER_PRESENTATION: Final = "CALLERID(num-pres)"
FORWARDER_PRESENTATION: Final = "REDIRECTING(from-num-pres)"
DIALLED: Final = "CALLERID(dnid)"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What is in our hands, bridges by the names that the hub gave them."""

    legs: tuple[LegInfo, ...]
    bridges: tuple[str, ...]
    whereabouts: Mapping[str, str]
    """The bridge each leg is in, by its name in Asterisk, waiting rooms included."""
    stand_ins: tuple[str, ...]
    """Channels of transfers by phones of which we were not told: nobody's legs."""


async def load_lines(settings: Settings, ari: Ari, ami: Ami, lines: LineTable) -> None:
    """Fill the table with the numbers that have a hint (and those of the settings) and their states."""
    hints = {
        block["Exten"]: split_hint(block.get("Hint", ""))
        for block in await ami.ask("ExtensionStateList")
        if block.get("Context") == settings.hint_context and not block.get("Exten", "_").startswith("_")
    }
    for number, device in settings.devices.items():
        others = (d for d in hints.get(number, ()) if d != device and telephone_of((d,)) is None)
        hints[number] = (device, *others)
    states = {
        block["Device"]: block.get("State", "")
        for block in await ami.ask("DeviceStateList")
        if "Device" in block
    }
    # Software's states that are not listed were never set.
    unlisted = {phone for devices in hints.values() if (phone := telephone_of(devices))} - states.keys()
    for device in sorted(unlisted):
        answer = await ari.get(f"deviceStates/{quote(device, safe='')}", dict[str, str])
        states[device] = answer.get("state", "")
    lines.load(hints, states)


async def find_legs(settings: Settings, ari: Ari, lines: LineTable) -> Found:
    """Return every leg that is in our hands, and every bridge that we made for talks."""
    channels = await ari.get("channels", list[Channel])
    bridges = await ari.get("bridges", list[Bridge])
    whereabouts = {leg: bridge.id for bridge in bridges for leg in bridge.channels}
    found = await asyncio.gather(
        *(_leg_info(settings, ari, lines, channel, whereabouts) for channel in channels)
    )
    ours = (bridge.id for bridge in bridges if bridge.name == settings.app and not is_waiting_room(bridge.id))
    return Found(
        legs=tuple(sorted((info for info in found if info), key=lambda info: info.created_at)),
        bridges=tuple(dict.fromkeys(known_as(bridge) for bridge in ours)),
        whereabouts=whereabouts,
        stand_ins=tuple(c.id for c in channels if c.is_stand_in(c.stasis_args(settings.app))),
    )


async def subscribe_again(settings: Settings, ari: Ari, legs: tuple[LegInfo, ...]) -> None:
    """Hear of all our legs. Only what is not subscribed yet: overlapping ones tell everything twice."""
    known = (await ari.get(f"applications/{settings.app}", dict[str, object])).get("channel_ids")
    missing = [leg.leg for leg in legs if not isinstance(known, list) or leg.leg not in known]
    if missing:
        sources = [f"channel:{leg}" for leg in missing]
        await ari.post(f"applications/{settings.app}/subscription", eventSource=sources)


async def arrival(ari: Ari, channel: Channel, args: list[str], lines: LineTable) -> LegArrived | None:
    """Complete what StasisStart says of an arrived leg; None if it is gone already.

    `channel.caller` holds a withheld number too (FACTS 2.5): its presentation is always asked for.
    """
    try:
        caller = caller_id(channel.caller, await ari.variable(channel.id, NUMBER_PRESENTATION))
        diverted_by = None
        if channel.caller_rdnis:
            allowed = await ari.variable(channel.id, FORWARDER_PRESENTATION)
            diverted_by = number_if_allowed(channel.caller_rdnis, allowed)
        dialled = await _dialled(ari, channel, args)
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        return None
    return LegArrived(
        leg=channel.id,
        dialled=dialled,
        caller=caller,
        is_inside=_is_inside(channel, args, lines),
        diverted_by=diverted_by,
        is_answered=channel.is_up,
    )


async def _dialled(ari: Ari, channel: Channel, args: list[str]) -> str:
    if args[:1] == [BROUGHT]:  # it was somewhere in the dial plan
        return await ari.variable(channel.id, DIALLED)
    return args[1] if len(args) > 1 else channel.dialplan.exten


def _is_inside(channel: Channel, args: list[str], lines: LineTable) -> bool:
    return args[:1] == ["internal"] or (args[:1] == [BROUGHT] and lines.has_telephone(channel.device))


async def _leg_info(
    settings: Settings, ari: Ari, lines: LineTable, channel: Channel, whereabouts: Mapping[str, str]
) -> LegInfo | None:
    args = channel.stasis_args(settings.app)
    if channel.is_stand_in(args) or (args is None and not channel.is_being_dialled):
        return None
    try:
        if args is None or args[:1] == [OWN_ARGS]:
            return await _own_leg(ari, channel, whereabouts)
        arrived = await arrival(ari, channel, args, lines)
        return None if arrived is None else _waiting_leg(arrived, channel, whereabouts)
    except Refusal as refusal:
        if refusal.status != 404:
            raise
        return None  # it ended while we asked


async def _own_leg(ari: Ari, channel: Channel, whereabouts: Mapping[str, str]) -> LegInfo | None:
    call = await _written(ari, channel, "CALL_REF")
    role = role_of(await _written(ari, channel, "CALL_ROLE"))
    if not call or role is None:
        return None  # somebody else's origination
    presentation = "" if channel.caller.number == "anonymous" else "allowed"
    return LegInfo(
        leg=channel.id,
        is_answered=channel.is_up,
        caller=caller_id(channel.caller, presentation),
        call=call,
        role=role,
        bridge=_talk(whereabouts.get(channel.id)),
        created_at=channel.created_at,
    )


async def _written(ari: Ari, channel: Channel, name: str) -> str:
    """Read a variable that ari.conf should let ride along in every channel."""
    found = channel.channelvars.get(name)
    return await ari.variable(channel.id, name) if found is None else found


def _waiting_leg(arrived: LegArrived, channel: Channel, whereabouts: Mapping[str, str]) -> LegInfo:
    return LegInfo(
        leg=channel.id,
        is_answered=channel.is_up,
        caller=arrived.caller,
        dialled=arrived.dialled,
        is_inside=arrived.is_inside,
        bridge=_talk(whereabouts.get(channel.id)),
        created_at=channel.created_at,
    )


def _talk(bridge: str | None) -> str | None:
    """Return the hub's name of a talk's bridge; the waiting room is not one."""
    return None if bridge is None or is_waiting_room(bridge) else known_as(bridge)


NOBODY: Final = CallerId(is_withheld=True)
"""Whom to show when it cannot be found out whether the number may be shown."""
