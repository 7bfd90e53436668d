"""The simulated office: what its people do, and that the same seed gives the same day."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.errors import ConfigError
from reception.model.calls import CallerId
from reception.model.lines import LineState
from reception.ports import (
    AnswerLeg,
    BringIn,
    CommandFailed,
    DigitPressed,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegLeft,
    LegRinging,
    LineChanged,
    Originate,
    PlayPrompt,
    Prompt,
    Role,
    SendToVoicemail,
    SwitchCommand,
    SwitchConnected,
    SwitchError,
    SwitchEvent,
    SwitchLost,
)
from services.simulator.legs import Reaction
from services.simulator.office import Office
from services.simulator.outsiders import Plan
from services.simulator.settings import OfficeSettings, parse

BEGINNING = 1_800_000_000.0
EXTENSIONS = tuple(str(number) for number in range(2001, 2301))


class Hub:
    """Somebody at the other end of the office's line: sends commands, keeps events."""

    def __init__(self, settings: OfficeSettings, seed: int | None = None) -> None:
        self.office = Office(settings, Random(settings.seed if seed is None else seed), BEGINNING)
        self.office.link.connect()
        self.events: list[SwitchEvent] = []
        self.now = BEGINNING
        self.pass_time(0)

    def send(self, *commands: SwitchCommand) -> None:
        for command in commands:
            self.office.handle(command, self.now)

    def pass_time(self, seconds: float) -> list[SwitchEvent]:
        """Let time pass; returns what was heard meanwhile."""
        self.now += seconds
        heard = self.office.advance(self.now)
        self.events += heard
        return heard

    def heard(self, kind: type, **fields: object) -> list[SwitchEvent]:
        return [
            e
            for e in self.events
            if isinstance(e, kind) and all(getattr(e, k) == v for k, v in fields.items())
        ]

    def leg_of(self, number: str) -> str:
        """Return the leg of the last call that came from a number."""
        self.pass_time(0.2)
        return next(
            e.leg for e in reversed(self.events) if isinstance(e, LegArrived) and e.caller.number == number
        )


def originate(leg: str, to: str, timeout_s: float = 20.0, *, auto_answer: bool = False) -> Originate:
    return Originate(
        leg=leg,
        to=to,
        timeout_s=timeout_s,
        caller=CallerId(number="+4533112233"),
        call="c1",
        role=Role.TARGET,
        auto_answer=auto_answer,
    )


@pytest.fixture
def hub() -> Hub:
    return Hub(OfficeSettings(numbers=("201", "202", "203"), attendant_numbers=("100",)))


LIVELY = OfficeSettings(
    seed=7,
    groups=("7000", "7001", "7002"),
    numbers=EXTENSIONS,
    attendant_numbers=("100",),
    call_rate=130,
    lively=True,
)

# ------------------------------------------------------------------ a day at the office


def a_morning(seed: int) -> list[SwitchEvent]:
    hub = Hub(LIVELY, seed)
    for _ in range(1200):
        for event in hub.pass_time(1.0):
            if isinstance(event, LegArrived):
                hub.send(AnswerLeg(leg=event.leg), HoldLeg(leg=event.leg))
            elif isinstance(event, DigitPressed):
                hub.send(PlayPrompt(leg=event.leg, prompt=Prompt.CALLBACK_ACCEPTED))
    return hub.events


def test_the_same_seed_gives_the_same_day_and_another_one_another() -> None:
    assert a_morning(3) == a_morning(3)
    assert a_morning(3) != a_morning(4)


def test_callers_come_at_the_rate_asked_for_with_names_and_some_withheld() -> None:
    arrivals = [e for seed in (1, 2, 3) for e in a_morning(seed) if isinstance(e, LegArrived)]
    assert 100 < len(arrivals) < 165, "one hour in all at 130 an hour"
    assert {e.dialled for e in arrivals} == {"7000", "7001", "7002"}
    assert any(e.caller.is_withheld and e.caller.number is None and not e.caller.name for e in arrivals)
    assert any(e.diverted_by for e in arrivals)
    numbers = [e.caller.number or "" for e in arrivals]
    assert {"+45", "+49", "+44"} <= {number[:3] for number in numbers}
    assert sum(bool(e.caller.name) for e in arrivals) > len(arrivals) / 2


def test_some_ask_for_a_callback_and_hang_up_when_it_is_promised() -> None:
    events = [e for seed in (1, 2, 3) for e in a_morning(seed)]
    asked = {e.leg for e in events if isinstance(e, DigitPressed) and e.digit == "5"}
    assert asked
    assert asked <= {e.leg for e in events if isinstance(e, LegGone)}


def test_colleagues_talk_as_much_as_people_do() -> None:
    hub = Hub(LIVELY)
    shares = []
    for _ in range(12):
        hub.pass_time(300.0)
        states = Counter(phone.line_state() for phone in hub.office.phones.values())
        shares.append(states[LineState.TALKING] / len(EXTENSIONS))
    assert 0.08 < sum(shares) / len(shares) < 0.15
    assert states[LineState.UNREACHABLE] > 0
    changed = {e.state for e in hub.events if isinstance(e, LineChanged)}
    assert changed == {LineState.IDLE, LineState.RINGING, LineState.TALKING, LineState.UNREACHABLE}


def test_some_already_talk_when_the_hub_connects() -> None:
    hub = Hub(LIVELY)
    (connected,) = hub.events
    assert isinstance(connected, SwitchConnected)
    talking = [number for number, state in connected.lines if state is LineState.TALKING]
    assert 0.07 < len(talking) / len(EXTENSIONS) < 0.15
    assert connected.legs == ()


def test_an_office_left_alone_for_a_day_keeps_no_dead_calls() -> None:
    hub = Hub(LIVELY)
    hub.pass_time(24 * 3600.0)
    assert len(hub.office.exchange.legs) < 250
    assert len(hub.office.outsiders) < 100


def test_an_office_that_is_not_lively_does_nothing_by_itself(hub: Hub) -> None:
    hub.pass_time(24 * 3600.0)
    assert len(hub.events) == 1
    assert hub.office.next_deadline() is None


# ------------------------------------------------------------------ what people do


@pytest.mark.parametrize(("mode", "cause"), [("reject", GoneCause.BUSY), ("decline", GoneCause.REJECTED)])
def test_a_colleague_may_refuse(hub: Hub, mode: str, cause: GoneCause) -> None:
    hub.office.phone("201").set_mode(mode)
    hub.send(originate("leg", "201"))
    hub.pass_time(2.0)
    assert hub.heard(LegGone) == [LegGone(leg="leg", cause=cause)]


def test_a_colleague_who_talks_is_busy(hub: Hub) -> None:
    hub.office.dial(hub.office.phone("201"), "202")
    hub.pass_time(1.0)
    hub.send(originate("leg", "201"))
    hub.pass_time(1.0)
    assert hub.heard(LegGone) == [LegGone(leg="leg", cause=GoneCause.BUSY)]
    assert not hub.heard(LegRinging)


def test_a_colleague_hangs_up_after_the_talk_only(hub: Hub) -> None:
    hub.office.phone("201").set_mode(Reaction(answer_after_s=1.0, talk_s=30.0))
    hub.office.place_call("7000", number="+4533112233")
    caller = hub.leg_of("+4533112233")
    hub.send(AnswerLeg(leg=caller), originate("leg", "201"))
    hub.pass_time(60.0 - 20)
    assert not hub.heard(LegGone), "alone on the line nobody talks"
    hub.send(Join(bridge="b", legs=(caller, "leg")))
    hub.pass_time(29.0)
    assert not hub.heard(LegGone)
    hub.pass_time(2.0)
    assert hub.heard(LegGone) == [LegGone(leg="leg", cause=GoneCause.NORMAL)]


def test_a_receptionists_phone_answers_only_by_itself_or_when_told(hub: Hub) -> None:
    hub.send(originate("leg", "100", timeout_s=600))
    hub.pass_time(300.0)
    assert hub.heard(LegRinging)
    assert not hub.heard(LegAnswered)
    hub.office.phone("100").answer()
    hub.pass_time(1.0)
    assert hub.heard(LegAnswered)
    hub.send(HangUpLeg(leg="leg"))
    hub.pass_time(1.0)
    hub.send(originate("second", "100", auto_answer=True))
    hub.pass_time(1.0)
    assert hub.heard(LegAnswered, leg="second")


def test_patience_is_lost_while_waiting_and_not_while_talking(hub: Hub) -> None:
    hub.office.place_call("7000", number="+4533112233", plan=Plan(patience_s=30.0))
    leg = hub.leg_of("+4533112233")
    hub.send(AnswerLeg(leg=leg), HoldLeg(leg=leg), originate("desk", "100", auto_answer=True))
    hub.pass_time(20.0)
    hub.send(Join(bridge="b", legs=(leg, "desk")))
    hub.pass_time(600.0)
    assert not hub.heard(LegGone)
    hub.send(HoldLeg(leg=leg))
    hub.pass_time(29.0)
    assert not hub.heard(LegGone)
    hub.pass_time(2.0)
    assert hub.heard(LegGone, leg=leg)


def test_a_callback_reaches_the_one_who_asked(hub: Hub) -> None:
    caller = hub.office.place_call("7000", number="+4533112233", plan=Plan(press_5_after_s=10.0))
    leg = hub.leg_of("+4533112233")
    hub.send(AnswerLeg(leg=leg), HoldLeg(leg=leg))
    hub.pass_time(12.0)
    assert hub.heard(DigitPressed) == [DigitPressed(leg=leg, digit="5")]
    hub.pass_time(5.0)
    assert not hub.heard(LegGone), "without a promise they go on waiting"
    hub.send(PlayPrompt(leg=leg, prompt=Prompt.CALLBACK_ACCEPTED))
    hub.pass_time(5.0)
    assert hub.heard(LegGone, leg=leg)
    hub.send(originate("back", "+4533112233"))
    hub.pass_time(5.0)
    assert hub.heard(LegAnswered, leg="back")
    assert caller.is_answered


def test_a_number_outside_answers_is_busy_or_lets_it_ring(hub: Hub) -> None:
    hub.office.outsider("+4520000001").set_reaction(Reaction())
    hub.office.outsider("+4520000002").set_reaction(Reaction(refuse=GoneCause.BUSY))
    for i in range(3):
        hub.send(originate(f"leg{i}", f"+452000000{i}", timeout_s=10.0))
    hub.pass_time(15.0)
    assert hub.heard(LegAnswered) == [LegAnswered(leg="leg0")]
    assert {(e.leg, e.cause) for e in hub.events if isinstance(e, LegGone)} == {
        ("leg1", GoneCause.NO_ANSWER),
        ("leg2", GoneCause.BUSY),
    }


def test_one_who_calls_is_busy_for_a_callback(hub: Hub) -> None:
    hub.office.place_call("7000", number="+4533112233")
    hub.send(originate("back", "+4533112233"))
    hub.pass_time(1.0)
    assert hub.heard(LegGone, leg="back", cause=GoneCause.BUSY)


def test_a_message_left_in_a_mailbox_ends_the_call_without_us(hub: Hub) -> None:
    caller = hub.office.place_call("7000", number="+4533112233", plan=Plan(message_s=10.0))
    leg = hub.leg_of("+4533112233")
    hub.send(SendToVoicemail(leg=leg, mailbox="201"))
    hub.pass_time(1.0)
    assert hub.heard(LegLeft, leg=leg)
    hub.pass_time(10.0)
    assert caller.has_ended
    assert hub.office.exchange.mailboxes["201"] == 1
    assert not hub.heard(LegGone)


def test_a_phone_that_leaves_the_network_breaks_its_call_off(hub: Hub) -> None:
    hub.send(originate("leg", "201"))
    hub.pass_time(1.0)
    hub.office.phone("201").unregister()
    hub.pass_time(1.0)
    assert hub.heard(LegGone) == [LegGone(leg="leg", cause=GoneCause.FAILED)]
    assert hub.heard(LineChanged)[-1] == LineChanged(number="201", state=LineState.UNREACHABLE)


# ------------------------------------------------------------------ the dial plan's own calls


def test_a_call_of_the_dial_plan_nobody_answers_ends_by_itself(hub: Hub) -> None:
    hub.office.phone("202").set_mode("ring")
    hub.office.dial(hub.office.phone("201"), "202")
    hub.pass_time(20.0)
    assert hub.office.phone("202").line_state() is LineState.RINGING
    hub.pass_time(10.0)
    assert hub.office.phone("201").line_state() is LineState.IDLE
    assert hub.office.phone("202").line_state() is LineState.IDLE


def test_dialling_nobody_does_nothing(hub: Hub) -> None:
    hub.office.dial(hub.office.phone("201"), "299")
    assert hub.office.phone("201").is_idle


def test_a_call_of_the_dial_plan_can_be_brought_into_our_hands(hub: Hub) -> None:
    hub.office.dial(hub.office.phone("201"), "202")
    hub.pass_time(1.0)
    first, second = list(hub.office.exchange.legs)
    hub.send(BringIn(leg=first, peer=second))
    hub.pass_time(1.0)
    arrived = [e for e in hub.events if isinstance(e, LegArrived)]
    assert [(e.leg, e.is_answered) for e in arrived] == [(first, True), (second, True)]
    hub.send(Join(bridge="b", legs=(first, second)), HangUpLeg(leg=first))
    hub.pass_time(1.0)
    assert hub.heard(LegGone) == [LegGone(leg=first, cause=GoneCause.NORMAL)]
    assert hub.office.phone("202").line_state() is LineState.TALKING, "the engine ends the other one"


def test_the_other_end_that_is_not_brought_along_is_hung_up(hub: Hub) -> None:
    hub.office.dial(hub.office.phone("201"), "202")
    hub.pass_time(1.0)
    first, _ = list(hub.office.exchange.legs)
    hub.send(BringIn(leg=first))
    hub.pass_time(1.0)
    assert list(hub.office.exchange.legs) == [first]
    assert not hub.heard(LegGone)


# ------------------------------------------------------------------ refusals


def test_what_cannot_be_done_yet_is_refused(hub: Hub) -> None:
    hub.office.phone("201").set_mode("ring")
    hub.send(originate("leg", "201"))
    hub.pass_time(1.0)
    for command in (
        HoldLeg(leg="leg"),
        Join(bridge="b", legs=("leg",)),
        AnswerLeg(leg="leg"),
        originate("leg", "202"),
    ):
        hub.send(command)
        hub.pass_time(1.0)
        failed = hub.events[-1]
        assert isinstance(failed, CommandFailed)
        assert (failed.command, failed.error) == (command, SwitchError.REFUSED)
    assert not hub.heard(LegGone)


def test_without_a_connection_commands_are_unavailable_and_originated_legs_gone(hub: Hub) -> None:
    hub.office.lose_connection(back_after_s=None)
    hub.office.lose_connection(back_after_s=None)
    hub.send(AnswerLeg(leg="x"), originate("leg", "201"))
    hub.pass_time(60.0)
    kinds = [type(e) for e in hub.events]
    assert kinds == [SwitchConnected, SwitchLost, CommandFailed, LegGone]
    hub.office.link.connect()
    hub.pass_time(0.0)
    assert isinstance(hub.events[-1], SwitchConnected)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_under_way_to_the_hub_when_the_line_breaks_is_lost(seed: int) -> None:
    hub = Hub(OfficeSettings(numbers=("201",)), seed)
    caller = hub.office.place_call("7000", number="+4533112233")
    hub.office.lose_connection(back_after_s=1.0)
    hub.pass_time(0.5)
    caller.hang_up()
    hub.pass_time(5.0)
    assert [type(e) for e in hub.events] == [SwitchConnected, SwitchLost, SwitchConnected]
    assert isinstance(hub.events[-1], SwitchConnected)
    assert hub.events[-1].legs == ()


def test_a_connection_that_came_back_earlier_is_not_made_again(hub: Hub) -> None:
    hub.office.lose_connection(back_after_s=5.0)
    hub.pass_time(1.0)
    hub.office.link.connect()
    hub.pass_time(60.0)
    assert len(hub.heard(SwitchConnected)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"call_rate": -1},
        {"speed": 0},
        {"numbers": "2001"},
        {"seed": "x"},
        {"colour": "red"},
        {"groups": ["7000"], "call_rate": {"7001": 5}},
    ],
)
def test_wrong_settings_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(wrong)
    assert str(caught.value.message.params["setting"]).startswith("simulator")


def test_the_rate_may_be_given_for_all_groups_or_for_each() -> None:
    assert parse({"groups": ["1", "2"], "call_rate": 60}).rates() == {"1": 30.0, "2": 30.0}
    assert parse({"groups": ["1", "2"], "call_rate": {"1": 60}}).rates() == {"1": 60.0}
    assert parse({"groups": [], "call_rate": 60}).rates() == {}


# ------------------------------------------------------------------ whatever happens

COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["answer", "hold", "join", "hang up", "originate", "voicemail", "call", "give up", "lose"]
        ),
        st.integers(0, 3),
        st.floats(0.0, 0.3),
    ),
    max_size=40,
)


@given(seed=st.integers(0, 10_000), steps=COMMANDS)
@settings(max_examples=150, deadline=None)
def test_every_leg_is_introduced_first_and_ends_once_whatever_is_done(
    seed: int, steps: list[tuple[str, int, float]]
) -> None:
    hub = Hub(OfficeSettings(numbers=("201", "202", "203"), attendant_numbers=("100",)), seed)
    callers = [f"+453311000{i}" for i in range(4)]
    known: list[str] = []
    sent: list[SwitchCommand] = []
    placed = 0

    def send(command: SwitchCommand) -> None:
        sent.append(command)
        hub.send(command)

    for what, which, pause in steps:
        leg = known[which % len(known)] if known else "nothing"
        other = known[-1] if known else "nothing"
        if what == "call" and hub.office.outsider(callers[which]).leg is None:
            hub.office.place_call("7000", number=callers[which], plan=Plan(patience_s=1.0))
        elif what == "give up":
            hub.office.outsider(callers[which]).hang_up()
        elif what == "originate":
            placed += 1
            send(originate(f"ours-{placed}", ("100", "201", "202", "299")[which], 0.5))
            known.append(f"ours-{placed}")
        elif what == "lose":
            hub.office.lose_connection(0.3)
        elif what == "answer":
            send(AnswerLeg(leg=leg))
        elif what == "hold":
            send(HoldLeg(leg=leg))
        elif what == "join":
            send(Join(bridge=f"b{which}", legs=tuple({leg, other})))
        elif what == "hang up":
            send(HangUpLeg(leg=leg))
        elif what == "voicemail":
            send(SendToVoicemail(leg=leg, mailbox="201"))
        known += [e.leg for e in hub.pass_time(pause) if isinstance(e, LegArrived)]
    hub.pass_time(30.0)

    introduced = {command.leg for command in sent if isinstance(command, Originate)}
    alive: set[str] = set()
    for event in hub.events:
        if isinstance(event, SwitchConnected):
            alive = {info.leg for info in event.legs}
            introduced |= alive
        elif isinstance(event, LegArrived):
            assert event.leg not in introduced
            introduced.add(event.leg)
            alive.add(event.leg)
        elif isinstance(event, LegGone | LegLeft | LegRinging | LegAnswered):
            assert event.leg in introduced
            if isinstance(event, LegGone | LegLeft):
                introduced.discard(event.leg)
                alive.discard(event.leg)
    assert alive <= {info.leg for info in hub.office.exchange.legs_in_hand()}
    failures = Counter(id(e.command) for e in hub.events if isinstance(e, CommandFailed))
    assert all(times == 1 for times in failures.values())
    in_bridges = [leg for members in hub.office.exchange.bridges.values() for leg in members]
    assert len(in_bridges) == len(set(in_bridges))
    assert not [leg for leg in in_bridges if hub.office.exchange.legs[leg].is_waiting]


@pytest.mark.parametrize("seed", range(20))
def test_commands_for_one_leg_stay_in_order_whatever_the_delays(seed: int) -> None:
    hub = Hub(OfficeSettings(numbers=("201",)), seed)
    hub.office.place_call("7000", number="+4533112233")
    caller = hub.leg_of("+4533112233")
    hub.send(AnswerLeg(leg=caller), originate("leg", "201"))
    hub.pass_time(2.0)
    join = Join(bridge="b", legs=(caller, "leg"))
    hub.send(*(command for _ in range(30) for command in (join, HoldLeg(leg=caller))))
    hub.pass_time(1.0)
    assert hub.office.exchange.legs[caller].is_waiting
    assert not hub.heard(CommandFailed)
