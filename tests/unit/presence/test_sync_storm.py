"""Both sides of the synchronisation at once, over a bad line: hypothesis looks for echoes and quarrels.

A world of one colleague in virtual time: a telephone, a Teams service with sessions that end by themselves,
reads that lag, writes that are slow, lost, or whose answer is lost, repetitions, hubs that are killed and
clocks that are set. After things go quiet both sides must agree, nothing may swing, and a real change costs
one write.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from reception.model.lines import LineMark
from reception.model.sync import SyncPolicy
from reception.presence.port import TeamsSet
from reception.presence.sync import PersonSync, Timing, Trouble, Write

TIMING = Timing()
POLL_S = 5.0
LAG_S = TIMING.holdoff_s - 1
FREE = TeamsSet(person="anna", availability="Available", activity="Available")
CALLS = {
    "call": TeamsSet(person="anna", availability="Busy", activity="InACall"),
    "conference": TeamsSet(person="anna", availability="Busy", activity="InAConferenceCall"),
}


class World:
    """A telephone, a Teams service, and the hub between them."""

    def __init__(self, seed: int, *, is_bad: bool) -> None:
        self.rng, self.is_bad = Random(seed), is_bad
        self.now, self.skew = 1_000_000.0, 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._ids = count()
        self.is_talking = False
        self.teams = ""  # a call of their own: none, "call" or "conference"
        self.session_until = 0.0  # ours, as the service has it
        self.mark = LineMark.NONE
        self.owned: float | None = None  # what the hub's store has
        self.sets = self.clears = self.marks = 0
        self._life = 0
        self._read_at = self._told_at = 0.0
        self._last_line_at = 0.0
        self._told: TeamsSet | None = None
        self._set_at: float | None = None
        self._alarm = 0
        self.begin()
        self._poll()

    # ---------------------------------------------------------- time

    def after(self, delay: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self.now + delay, next(self._ids), action))

    def run(self, seconds: float) -> None:
        end = self.now + seconds
        while self._events and self._events[0][0] <= end:
            self.now, _, action = heapq.heappop(self._events)
            action()
        self.now = end

    @property
    def clock(self) -> float:
        """The hub's."""
        return self.now + self.skew

    # ---------------------------------------------------------- the hub

    def begin(self) -> None:
        """A hub starts: the first, or after the one before was killed."""
        self._life += 1
        self._is_dead = False
        self.sync = PersonSync(SyncPolicy(), TIMING)
        self.mark = LineMark.NONE  # the switch clears what nobody wishes
        self._told = None
        self._set_at = None
        if self.owned is not None:
            self.sync.restore(self.owned, self.clock)
        self.tell_line()

    def kill(self) -> None:
        """The hub is no more: what it planned is not done, and nobody hears what is told."""
        self._life += 1
        self._alarm += 1
        self._is_dead = True

    def look(self) -> None:
        step = self.sync.look(self.clock)
        self.owned = step.owned_until
        if step.mark is not self.mark:
            self.marks += 1
            self.mark = step.mark
        if step.write is not None:
            self._write(step.write)
        deadline = self.sync.next_deadline(self.clock)
        self._alarm += 1
        if deadline is not None:
            wait = max(
                0.01, min(deadline - self.clock, 20.0)
            )  # as the hub's timer: it never sleeps for longer
            self.after(wait, lambda alarm=self._alarm: self._ring(alarm))

    def _ring(self, alarm: int) -> None:
        if alarm == self._alarm:
            self.look()

    # ---------------------------------------------------------- the telephone

    def tell_line(self) -> None:
        """The switch tells in order, and never twice at the wrong time."""
        self._last_line_at = max(self._last_line_at, self.now + self.rng.uniform(0, 1))
        life, state = self._life, self.is_talking
        self.after(self._last_line_at - self.now, lambda: self._hear_line(life, state))

    def _hear_line(self, life: int, is_talking: bool) -> None:
        if life == self._life:
            for _ in range(self.rng.randint(1, 3)):
                self.sync.on_lines(is_talking=is_talking, is_heard=True)
                self.look()

    # ---------------------------------------------------------- Teams

    @property
    def has_session(self) -> bool:
        return self.now < self.session_until

    def word(self) -> TeamsSet:
        """What the service says: of two calls that of their own with a name of its own."""
        if self.teams == "conference":
            return CALLS["conference"]
        return CALLS["call"] if self.teams or self.has_session else FREE

    def _poll(self) -> None:
        word, at, life = self.word(), self.now, self._life
        if not (self.is_bad and self.rng.random() < 0.2):
            lag = self.rng.uniform(0, LAG_S) if self.rng.random() < 0.3 else self.rng.uniform(0, 1)
            self.after(lag, lambda: self._hear_teams(life, at, word))
        self.after(POLL_S, self._poll)

    def _hear_teams(self, life: int, at: float, word: TeamsSet) -> None:
        """The backend drops what is older than what it told, and mostly tells what is different only."""
        if life != self._life or self._is_dead or at <= self._told_at:
            return
        self._told_at = at
        if word != self._told or self.rng.random() < 0.1:
            self._told = word
            self.sync.on_teams(word)
            self.look()

    def _write(self, write: Write) -> None:
        renews = self._set_at is not None and self.clock - self._set_at >= TIMING.session_s / 2 - 1
        if write is Write.CLEAR:
            self.clears += 1
            self._set_at = None
        elif not renews:
            self.sets += 1
        if write is Write.SET:
            self._set_at = self.clock
        life, luck = self._life, self.rng.random() if self.is_bad else 1.0
        there, back = self.rng.uniform(0, 2), self.rng.uniform(0, 2)
        if luck >= 0.15:
            self.after(there, lambda: self._arrive(write))
        if luck < 0.1:  # sent twice on the way: the second comes late
            self.after(there + self.rng.uniform(0, 10), lambda: self._arrive(write))
        self.after(there + back, lambda: self._answer(life, is_lost=luck < 0.3))

    def _arrive(self, write: Write) -> None:
        self.session_until = self.now + TIMING.session_s if write is Write.SET else 0.0

    def _answer(self, life: int, *, is_lost: bool) -> None:
        if life != self._life:
            return
        if is_lost:
            self.sync.failed(Trouble.AWAY, self.clock)
        else:
            self.sync.done(self.clock)
        self.look()


def act(world: World, what: str) -> None:
    """Let something happen."""
    match what:
        case "phone":
            world.is_talking = not world.is_talking
            world.tell_line()
        case "call" | "conference":
            world.teams = "" if world.teams else what
        case "kill":
            world.kill()
            world.begin()
        case "skew":
            world.skew = world.rng.choice([-4000.0, -50.0, 0.0, 50.0, 4000.0])


DELAYS = st.sampled_from([0.1, 1.0, 3.0, 7.0, 20.0, 60.0, 400.0, 1000.0])
REAL = st.sampled_from(["phone", "call", "conference"])
ALL = st.sampled_from(["phone", "phone", "call", "conference", "kill", "skew"])


def is_settled(world: World) -> None:
    """Both sides say the same. Their own call beside one on the telephone looks busy anyway."""
    assert world.has_session is world.is_talking
    if not world.is_talking:
        assert (world.mark is LineMark.BUSY) is bool(world.teams)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.tuples(DELAYS, ALL), max_size=14))
def test_after_a_storm_both_sides_agree_and_nothing_swings(
    seed: int, script: list[tuple[float, str]]
) -> None:
    world = World(seed, is_bad=True)
    for delay, what in script:
        world.run(delay)
        act(world, what)
    world.is_bad = False
    world.run(2 * TIMING.session_s + TIMING.longest_retry_s)
    is_settled(world)
    sets, clears, marks = world.sets, world.clears, world.marks
    for _ in range(60):
        world.run(60.0)
        is_settled(world)
    assert (world.sets, world.clears, world.marks) == (sets, clears, marks), "only renewals"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.tuples(DELAYS, REAL), max_size=14))
def test_a_real_change_costs_at_most_one_write_on_the_other_side(
    seed: int, script: list[tuple[float, str]]
) -> None:
    world = World(seed, is_bad=False)
    world.run(LAG_S + POLL_S)
    phone = teams = 0
    for delay, what in script:
        world.run(delay)
        act(world, what)
        phone += what == "phone"
        teams += what != "phone"
        assert world.sets + world.clears <= phone
        assert world.marks <= teams
    world.run(600.0)
    is_settled(world)
    assert world.sets + world.clears <= phone
    assert world.marks <= teams


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.floats(0, 2000))
def test_a_killed_hub_leaves_nobody_busy_for_long(seed: int, talks_s: float) -> None:
    world = World(seed, is_bad=True)
    world.run(60.0)
    act(world, "phone")
    world.run(talks_s)
    world.kill()
    world.is_talking = False
    world.run(TIMING.session_s + 15)
    assert not world.has_session


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.floats(0, 2000))
def test_the_next_hub_clears_what_nobody_owns(seed: int, talks_s: float) -> None:
    world = World(seed, is_bad=False)
    world.run(60.0)
    act(world, "phone")
    world.run(talks_s)
    world.kill()
    world.is_talking = False
    world.run(5.0)
    world.begin()
    world.run(10.0)
    assert not world.has_session
    assert world.owned is None
