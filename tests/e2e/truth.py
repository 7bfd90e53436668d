"""What the hub says and what Asterisk says, held against each other. Pure.

`faults` returns every way in which the two disagree, in words; an empty list is the truth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from reception.model.attendants import Attendant, DeskState
from reception.model.calls import Call, Direction, Focus, LegProgress, Place
from services.asterisk.bridges import is_waiting_room, known_as

_WAITS = {
    Place.QUEUED,
    Place.OFFERED,
    Place.HELD,
    Place.CAMPED,
    Place.PARKED,
    Place.TRANSFERRING,
}


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """One look at the hub (calls, receptionists) and at Asterisk (channels, bridges as ARI lists them)."""

    app: str
    calls: Mapping[str, Call]
    attendants: Mapping[str, Attendant]
    channels: Sequence[Mapping[str, Any]]
    bridges: Sequence[Mapping[str, Any]]

    @property
    def ours(self) -> dict[str, str]:
        """Our channels with their names: in our application, or placed by us and not answered yet."""
        found = {}
        for channel in self.channels:
            app, data = channel["dialplan"]["app_name"], channel["dialplan"]["app_data"]
            if app == "AppDial2" or (app == "Stasis" and data.split(",")[0] == self.app):
                found[channel["id"]] = f"{channel['name']} ({channel['state']}, {app} {data})"
        return found


def faults(picture: Picture) -> list[str]:
    """Return where hub and Asterisk disagree."""
    return [*_unlike_legs(picture), *_unlike_talks(picture), *_unlike_desks(picture)]


def _legs(picture: Picture) -> Iterator[tuple[str, str]]:
    for call in picture.calls.values():
        for what, leg in (("party", call.leg), ("colleague", call.target_leg)):
            if leg is not None:
                yield leg, f"{what} of {call.id} ({call.place})"
    for attendant in picture.attendants.values():
        if attendant.desk_leg is not None:
            yield attendant.desk_leg, f"phone of {attendant.id}"


def _unlike_legs(picture: Picture) -> Iterator[str]:
    """Every channel of ours is exactly one leg of the hub, and every leg is a channel."""
    ours, known = picture.ours, list(_legs(picture))
    for leg, count in Counter(leg for leg, _ in known).items():
        if count > 1:
            yield f"{leg} is {count} things: {[what for i, what in known if i == leg]}"
    for leg, what in known:
        if leg not in ours:
            yield f"the hub has {what}, {leg}, and Asterisk has not"
    for leg, name in ours.items():
        if leg not in dict(known):
            yield f"Asterisk has {name}, {leg}, and the hub has not"


def _should_talk(picture: Picture) -> Iterator[frozenset[str]]:
    for call in picture.calls.values():
        owner = picture.attendants.get(call.owner or "")
        desk = owner.desk_leg if owner else None
        if call.place is Place.TALKING:
            yield _set(call.leg, desk)
        elif call.place is Place.HANDED_ON:
            yield _set(call.leg, call.target_leg)
        elif call.place is Place.CONSULTING and call.progress is LegProgress.TALKING:
            if call.focus is Focus.CONFERENCE:
                yield _set(call.leg, desk, call.target_leg)
            else:
                yield _set(desk, call.target_leg if call.focus is Focus.COLLEAGUE else call.leg)


def _set(*legs: str | None) -> frozenset[str]:
    return frozenset(leg for leg in legs if leg is not None)


def _should_wait(picture: Picture) -> Iterator[str]:
    for call in picture.calls.values():
        is_alone = call.place is Place.CONSULTING and call.focus is not Focus.CONFERENCE
        with_colleague = is_alone and (
            call.progress is not LegProgress.TALKING or call.focus is Focus.COLLEAGUE
        )
        if call.leg is not None and (call.place in _WAITS or with_colleague):
            yield call.leg
        if is_alone and not with_colleague and call.target_leg is not None:
            yield call.target_leg


def _unlike_talks(picture: Picture) -> Iterator[str]:
    """Who hears whom, who waits with music, and that there is no bridge beyond."""
    should = set(_should_talk(picture))
    desks = {a.desk_leg for a in picture.attendants.values()}
    lasting = {f"{kind}-{call}" for call in picture.calls for kind in ("call", "consult")}
    talks: set[frozenset[str]] = set()
    waiting: set[str] = set()
    for bridge in picture.bridges:
        if bridge["bridge_class"] != "stasis":
            continue
        if is_waiting_room(bridge["id"]):
            waiting |= set(bridge["channels"])
        elif known_as(bridge["id"]) not in lasting:
            yield f"a bridge is left over: {bridge['id']} {bridge['channels']}"
        talk = frozenset(bridge["channels"])
        # Whose caller is on hold stays behind in the bridge, in silence.
        if not is_waiting_room(bridge["id"]) and talk and not (len(talk) == 1 and talk <= desks):
            talks.add(talk)
    if should != talks:
        yield f"talk only in the hub: {_names(should - talks)}, only in Asterisk: {_names(talks - should)}"
    should_wait = set(_should_wait(picture))
    if should_wait != waiting:
        only = sorted(should_wait - waiting), sorted(waiting - should_wait)
        yield f"wait only in the hub: {only[0]}, only in Asterisk: {only[1]}"


def _names(talks: Iterable[frozenset[str]]) -> list[list[str]]:
    return [sorted(talk) for talk in talks]


def _unlike_desks(picture: Picture) -> Iterator[str]:
    """A receptionist's phone is on the line only for calls that are there."""
    for me in picture.attendants.values():
        active = picture.calls.get(me.active or "")
        mine = [c for c in picture.calls.values() if c.owner == me.id]
        if me.active is not None and active is None:
            yield f"{me.id} is with {me.active}, which is no call"
        if active is not None and active.owner != me.id:
            yield f"{me.id} is with {active.id}, which belongs to {active.owner}"
        if (me.desk is DeskState.DOWN) != (me.desk_leg is None):
            yield f"the phone of {me.id} is {me.desk} with leg {me.desk_leg}"
        if me.desk is DeskState.UP and active is None and all(c.place is not Place.HELD for c in mine):
            yield f"the phone of {me.id} is on the line for nothing"
        talking = [c.id for c in mine if c.place is Place.TALKING]
        if any(call != me.active for call in talking):
            yield f"{me.id} talks with {talking} but is with {me.active}"


def numbers_of_callers(picture: Picture) -> Counter[str]:
    """Return in how many calls of the hub each caller's number is on the line."""
    return Counter(
        call.party.number
        for call in picture.calls.values()
        if call.leg is not None and call.direction is Direction.IN and call.party.number
    )
