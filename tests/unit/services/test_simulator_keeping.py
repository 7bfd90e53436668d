"""An office that nobody ran for a while: everybody is on the line as before, and what was begun ends."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import services.simulator
from reception.model.calls import CallerId
from reception.model.lines import LineState
from reception.ports import (
    AnswerLeg,
    HangUpLeg,
    HoldLeg,
    Join,
    LegArrived,
    LegGone,
    LegLeft,
    Originate,
    Role,
    SwitchConnected,
    SwitchEvent,
)
from services.simulator.keeping import KeptOffice, keep_in, kept, take_from
from services.simulator.office import Office
from services.simulator.settings import OfficeSettings

BEGINNING = 1_800_000_000.0
SETTINGS = OfficeSettings(
    groups=("7000",),
    numbers=tuple(str(number) for number in range(201, 231)),
    attendant_numbers=("100",),
    call_rate=400,
    lively=True,
)


def a_desk(office: Office, seconds: int, seed: int) -> None:
    """Answer, hold, connect and hang up at random for so long."""
    pick = Random(seed)
    office.link.connect()
    now = office.timeline.now
    for second in range(seconds):
        for event in office.advance(now + second):
            if isinstance(event, LegArrived):
                leg, call = event.leg, f"c{event.leg}"
                office.handle(AnswerLeg(leg=leg), now + second)
                office.handle(HoldLeg(leg=leg), now + second)
                whom = pick.choice(("100", *SETTINGS.numbers, "+4520304050"))
                role = Role.DESK if whom == "100" else Role.TARGET
                ring = Originate(
                    leg=f"{call}-t",
                    to=whom,
                    timeout_s=20.0,
                    caller=CallerId(number="+4533112233"),
                    call=call,
                    role=role,
                    auto_answer=whom == "100",
                )
                office.handle(ring, now + second)
        for target in [leg for leg in office.exchange.legs.values() if leg.id.endswith("-t")]:
            first = target.id.removeprefix("c").removesuffix("-t")
            if target.is_answered and first in office.exchange.legs:
                office.handle(Join(bridge=f"b-{first}", legs=(first, target.id)), now + second)
                if pick.random() < 0.05:
                    office.handle(HangUpLeg(leg=target.id), now + second)
    office.advance(now + seconds + 1)


def again(office: Office, *, later_s: float = 60.0) -> Office:
    """Keep an office as a file does, and go on with it."""
    found = msgspec.json.decode(msgspec.json.encode(kept(office)), type=KeptOffice)
    return Office(SETTINGS, Random(5), office.timeline.now + later_s, found)


def seen(office: Office) -> SwitchConnected:
    """Return what a hub is told that comes now."""
    office.link.connect()
    return next(e for e in office.advance(office.timeline.now) if isinstance(e, SwitchConnected))


def listening(office: Office) -> dict[str, set[str]]:
    """Return by leg who it hears."""
    return {
        leg.id: {other.id for other in office.exchange.company(leg)} for leg in office.exchange.legs.values()
    }


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(30, 400))
def test_everybody_is_on_the_line_as_before(seed: int, seconds: int) -> None:
    before = Office(SETTINGS, Random(seed), BEGINNING)
    a_desk(before, seconds, seed)
    after = again(before)
    old, new = seen(before), seen(after)
    assert {leg.leg: leg for leg in new.legs} == {leg.leg: leg for leg in old.legs}
    assert set(new.bridges) == set(old.bridges)
    assert listening(after) == listening(before)
    lamps = {number: state for number, state in old.lines if state is not LineState.RINGING}
    assert {n: s for n, s in new.lines if n in lamps} == lamps
    after.advance(after.timeline.now + 0.05)
    rings_on = {leg.party.number for leg in kept(before).legs if leg.rings_s > 0.2 and not leg.is_answered}
    lit = dict(after.exchange.lines())
    assert all(lit[number] is not LineState.IDLE for number in rings_on if number in lit)
    assert after.exchange.mailboxes == before.exchange.mailboxes


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_nothing_of_it_lasts_for_ever(seed: int) -> None:
    before = Office(SETTINGS, Random(seed), BEGINNING)
    a_desk(before, 240, seed)
    after = again(before)
    old = {leg.leg for leg in seen(after).legs if leg.role is None}  # others are the hub's to end
    all_legs = {leg.id for leg in after.exchange.legs.values() if leg.role is None}
    heard: list[SwitchEvent] = after.advance(after.timeline.now + 4_000)
    assert old <= {event.leg for event in heard if isinstance(event, LegGone | LegLeft)}
    assert not all_legs & set(after.exchange.legs)


def test_new_calls_have_new_ids() -> None:
    before = Office(SETTINGS, Random(1), BEGINNING)
    a_desk(before, 100, 1)
    after = again(before)
    assert after.place_call("7000").leg is not None
    assert f"sim-{before.exchange.last_id + 1}" in after.exchange.legs


def test_an_office_of_fewer_telephones_goes_on_without_them() -> None:
    before = Office(SETTINGS, Random(3), BEGINNING)
    a_desk(before, 200, 3)
    found = kept(before)
    fewer = msgspec.structs.replace(SETTINGS, numbers=("201",))
    after = Office(fewer, Random(5), before.timeline.now, found)
    assert {number for number, _ in seen(after).lines} == {"100", "201"}
    after.advance(after.timeline.now + 4_000)
    assert not {leg.id for leg in found.legs} & set(after.exchange.legs)


async def test_it_is_kept_while_nobody_runs_it_and_taken_up_once(tmp_path: Path) -> None:
    file = tmp_path / "office.json"
    told = {"groups": ["7000"], "numbers": ["201"], "kept_in": str(file)}
    switch = services.simulator.create(told)
    await switch.start(lambda _: None)
    switch.office.place_call("7000", number="+4520304050", name="Vera")
    await switch.stop()
    await switch.stop()
    next_one = services.simulator.create(told)
    assert not file.exists()
    there = asyncio.get_running_loop().create_future()
    await next_one.start(there.set_result)
    snapshot = await asyncio.wait_for(there, 10)
    assert [leg.caller.name for leg in snapshot.legs] == ["Vera"]
    await next_one.stop()


def test_what_cannot_be_kept_or_read_is_told_and_the_office_is_a_new_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "office.json"
    assert take_from(file) is None
    assert not caplog.records
    file.write_text('{"legs": 1}')
    assert take_from(file) is None
    assert "begins anew" in caplog.text
    (tmp_path / "none").write_text("")
    keep_in(tmp_path / "none" / "office.json", Office(SETTINGS, Random(1), BEGINNING))
    assert "is not kept" in caplog.text
