"""The hub at work: what happens outside goes into the call engine, what it decides goes out again.

Every event takes the same four steps, in this order:

1. the engine decides;
2. what changed is written to the store, so that nothing is done that a dead hub would forget;
3. the commands go to the switch;
4. the changes go to all consoles.

Events are taken one at a time: one that arrives while another is being carried out waits for its turn.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, TypeVar

from reception.calls.effects import Effects
from reception.calls.engine import CallEngine
from reception.errors import CommandRefused, ServiceError
from reception.hub.board import Board
from reception.hub.broadcast import Broadcast, Subscriber
from reception.hub.changelog import ChangeLog
from reception.hub.day import DayTally
from reception.hub.days import Days
from reception.hub.keeper import Keeper
from reception.hub.outbox import Budget
from reception.hub.people import Difference, people_changes
from reception.hub.presence import Presence
from reception.hub.rights import Rights, View
from reception.hub.snapshot import slices_of
from reception.hub.spoken import SpokenMemory
from reception.model.changes import Change, Message, Source, SourceChanged, SourceState
from reception.model.people import Person
from reception.model.stored import DayRecord
from reception.ports import LineChanged, Store, Switch, SwitchConnected, SwitchEvent, SwitchLost
from reception.presence.port import TELEPHONY, PresenceSource
from reception.wire import Outcome, Request, Result, Slice

_log = logging.getLogger(__name__)

_LOOK_AGAIN_S: Final = 20.0
"""The longest the timer sleeps: so a clock that was set meanwhile is noticed."""
_SHORTEST_S: Final = 0.005
_AFTER_FAULT_S: Final = 1.0
_RETRY_STORE_S: Final = 2.0

T = TypeVar("T")


class Hub:
    """The one place where events, intents and time meet the engine.

    Args:
        engine: decides; already holds what was stored.
        store: what must last.
        switch: the PBX.
        people: the directory as stored.
        clock: UTC seconds.
        epoch: names this life of the hub.
        on_people: hears of a new directory (the engine's book).
        rights: who sees what of the directory.
        presence: what tells of appointments, absences and Teams.
        days: where midnight is.
        day: the day's counts as stored.
        spoken: remembers whom callers were put through to.
    """

    def __init__(
        self,
        *,
        engine: CallEngine,
        store: Store,
        switch: Switch,
        people: Sequence[Person],
        clock: Callable[[], float],
        epoch: str,
        on_people: Callable[[Sequence[Person]], None],
        rights: Rights | None = None,
        presence: Sequence[PresenceSource] = (),
        days: Days | None = None,
        day: DayRecord | None = None,
        spoken: SpokenMemory | None = None,
        budget: Budget | None = None,
        log_capacity: int | None = None,
    ) -> None:
        self._engine = engine
        self._switch = switch
        self._clock = clock
        self._on_people = on_people
        day_of = (days or Days()).day_of
        self._board = Board(people, now=clock(), day_of=day_of)
        self._day = DayTally(day_of, now=clock(), stored=day, calls=engine.calls.values())
        self._spoken = spoken
        self._rights = rights or Rights()
        self._rights.follow({}, self._board.people)
        self._sources = {
            TELEPHONY: Source(id=TELEPHONY, state=SourceState.CONNECTING, since=clock()),
        }
        self._keeper = Keeper(store, self._on_source)
        log = ChangeLog() if log_capacity is None else ChangeLog(capacity=log_capacity)
        self.broadcast = Broadcast(
            epoch=epoch, snapshot=self._snapshot, rights=self._rights, log=log, budget=budget
        )
        self._presence = Presence(
            presence,
            board=self._board,
            broadcast=self.broadcast,
            on_source=self._on_source,
            on_deadline=self._arm_timer,
            clock=clock,
        )
        self._inbox: deque[SwitchEvent] = deque()
        self._is_in_turn = False
        self._timer: asyncio.TimerHandle | None = None
        self._is_stopped = False

    # -------------------------------------------------------------- life

    async def start(self) -> None:
        """Begin to listen to the outside. Settings that cannot work show at the source, the hub goes on."""
        try:
            await self._switch.start(self.on_switch)
        except ServiceError as error:
            _log.error("telephony cannot start: %s", error.message)
            self.on_switch(SwitchLost(state=SourceState.NEEDS_SETTINGS, message=error.message))
        await self._presence.start(tuple(self._board.people.values()))
        self._arm_timer()

    async def stop(self) -> None:
        """Let go of the switch, where calls go on, and write out; the store stays open."""
        self._is_stopped = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        await self._presence.stop()
        await self._switch.stop()
        self.broadcast.flush()
        self._keeper.write_out()

    def give_back_waiting(self) -> None:
        """No console will come: hand waiting callers to the switch's own dial plan."""
        now = self._clock()
        effects = self._guarded(partial(self._engine.give_back_waiting, now))
        self._carry_out(effects or Effects(), now)

    @property
    def has_live_calls(self) -> bool:
        """True while somebody is on a line. Callers who wait to be rung back are none."""
        return any(call.leg is not None for call in self._engine.calls.values())

    def is_connected(self, attendant: str) -> bool:
        """Return whether the engine knows a console of this receptionist."""
        return self._engine.attendants[attendant].is_connected

    # -------------------------------------------------------------- what comes in

    def on_switch(self, event: SwitchEvent) -> None:
        """Take an event of the switch."""
        self._inbox.append(event)
        if not self._is_in_turn:
            self._take_turns()

    def on_request(self, attendant: str, request: Request) -> Outcome:
        """Carry out an intent once; a repeat of its id gets the same outcome again."""
        now = self._clock()
        key = f"{attendant}/{request.id}"
        if (known := self._keeper.outcome_of(key, now=now)) is not None:
            return known
        try:
            effects = self._guarded(partial(self._engine.on_intent, attendant, request.intent, now))
        except CommandRefused as refusal:
            effects = Effects()
            outcome = Outcome(id=request.id, result=Result.REFUSED, message=refusal.message)
        else:
            outcome = _outcome(request.id, effects)
        self._carry_out(effects or Effects(), now, answered=(key, outcome))
        return outcome

    def on_console(self, attendant: str, is_connected: bool) -> None:
        """Take note that a receptionist's first console came, or the last one went."""
        now = self._clock()
        effects = self._guarded(partial(self._engine.on_console, attendant, is_connected, now))
        self._carry_out(effects or Effects(), now)

    def replace_people(self, people: Sequence[Person]) -> Difference:
        """Make this the directory, all or nothing; raises ServiceError from the store."""
        now = self._clock()
        before = self._board.people
        difference = people_changes(before, people)
        self._keeper.replace_people(people)
        statuses = self._board.replace_people(people, now=now)
        self._rights.follow(before, self._board.people)
        self._on_people(people)
        self._presence.follow(people)
        self.broadcast.flush()
        self.broadcast.tell(difference.changes)
        self.broadcast.tell_statuses(statuses)
        return difference

    # -------------------------------------------------------------- one step

    def _take_turns(self) -> None:
        while self._inbox:
            event = self._inbox.popleft()
            now = self._clock()
            effects = self._guarded(partial(self._engine.on_switch, event, now))
            self._is_in_turn = True
            try:
                self._note_lines(event, now)
                self._settle(effects or Effects(), now)
            finally:
                self._is_in_turn = False
        self._arm_timer()

    def _guarded(self, step: Callable[[], T]) -> T | None:
        """Take a step of the engine or the switch; returns None when it failed by a fault.

        The one place where unexpected exceptions are caught: a fault in one event or intent must not take
        the calls of a whole house along. It is logged with its traceback; whoever asked hears FAILED.
        """
        try:
            return step()
        except CommandRefused:
            raise
        except Exception:  # noqa: BLE001 - the reason is above
            _log.exception("a fault in %s; the hub goes on", step)
            return None

    def _carry_out(
        self, effects: Effects, now: float, *, answered: tuple[str, Outcome] | None = None
    ) -> None:
        self._is_in_turn = True
        try:
            self._settle(effects, now, answered)
        finally:
            self._is_in_turn = False
        self._take_turns()

    def _settle(self, effects: Effects, now: float, answered: tuple[str, Outcome] | None = None) -> None:
        self._count(effects.changes, now)
        self._keeper.keep(effects.changes, now=now, answered=answered)
        if effects.commands:
            self._guarded(partial(self._switch.send, effects.commands))
        self.broadcast.tell(effects.changes)

    def _count(self, changes: Sequence[Change], now: float) -> None:
        """Let those count along who remember more of a call than where it is."""
        if self._spoken is not None:
            self._keeper.note_spoken(*self._spoken.observe(changes))
        if self._day.observe(changes, now=now):
            self._keeper.note_day(self._day.record)
            self.broadcast.tell_day(self._day.counts)

    # -------------------------------------------------------------- lines and sources

    def _note_lines(self, event: SwitchEvent, now: float) -> None:
        match event:
            case LineChanged(number=number, state=state):
                self.broadcast.tell_statuses(self._board.on_line(number, state, now=now))
            case SwitchConnected(lines=lines):
                _log.info("telephony is up")
                self._on_source(Source(id=TELEPHONY, state=SourceState.UP, since=now))
                self.broadcast.tell_statuses(self._board.on_connected(lines, now=now))
            case SwitchLost(state=state, message=message):
                _log.warning("telephony is %s: %s", state.value, message.key)
                self._on_source(Source(id=TELEPHONY, state=state, since=now, message=message))
                self.broadcast.tell_statuses(self._board.on_lost(now=now))

    def _on_source(self, source: Source) -> None:
        self._sources[source.id] = source
        self.broadcast.tell((SourceChanged(source=source),))

    # -------------------------------------------------------------- time

    def _arm_timer(self) -> None:
        """Set the timer for the engine's next deadline; timers may be coarse, the clock decides."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._is_stopped:
            return
        delay = min(self._deadlines()) - self._clock()
        if self._keeper.is_behind:
            delay = min(delay, _RETRY_STORE_S)
        delay = min(max(delay, _SHORTEST_S), _LOOK_AGAIN_S)
        self._timer = asyncio.get_running_loop().call_later(delay, self._on_timer)

    def _deadlines(self) -> Iterator[float]:
        yield self._day.ends_at
        for deadline in (self._engine.next_deadline(), self._presence.next_deadline()):
            if deadline is not None:
                yield deadline

    def _on_timer(self) -> None:
        self._timer = None
        now = self._clock()
        self._look_at_presence(now)
        self._count((), now)
        self._keeper.catch_up(now=now)
        deadline = self._engine.next_deadline()
        if deadline is None or deadline > now:
            self._arm_timer()
            return
        effects = self._guarded(partial(self._engine.on_time, now))
        if effects is None:  # do not fall into the same hole at once
            self._timer = asyncio.get_running_loop().call_later(_AFTER_FAULT_S, self._on_timer)
            return
        self._carry_out(effects, now)

    def _look_at_presence(self, now: float) -> None:
        deadline = self._presence.next_deadline()
        if deadline is not None and deadline <= now:
            self._guarded(partial(self._presence.on_time, now))

    # -------------------------------------------------------------- snapshot

    def _snapshot(self, upto: int, view: View, with_people: bool) -> Iterator[Slice]:
        """Return the slices of the state as it is now; what changes later is not in them."""
        head = Slice(
            upto=upto,
            is_first=True,
            is_last=False,
            groups=tuple(self._engine.groups.values()),
            attendants=tuple(self._engine.attendants.values()),
            calls=tuple(self._engine.calls.values()),
            sources=tuple(self._sources.values()),
            day=self._day.counts,
        )
        return slices_of(
            head,
            view=view,
            people=tuple(self._board.people.values()) if with_people else None,
            statuses=tuple(self._board.statuses.values()),
            timelines=tuple(self._board.timelines.values()),
        )

    def subscribers_of(self, attendant: str) -> Sequence[Subscriber]:
        """Return the consoles a receptionist has connected."""
        return [s for s in self.broadcast.subscribers if s.attendant == attendant]


def _outcome(request: str, effects: Effects | None) -> Outcome:
    if effects is None:
        return Outcome(id=request, result=Result.FAILED, message=Message(key="internal_error"))
    return Outcome(id=request, result=Result.DONE, call=effects.call)
