"""The hub at work: what happens outside goes into the call engine, what it decides goes out again.

Every event takes the same four steps, in this order:

1. the engine decides, at once;
2. what changed is written to the store, so that nothing is done that a dead hub would forget;
3. the commands go to the switch;
4. the changes go to all consoles.

Events are taken one at a time. The last three steps of several may be taken together (`reception.hub.steps`),
and the next event may be decided upon meanwhile.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, TypeVar

from reception.calls.effects import Effects
from reception.calls.engine import CallEngine
from reception.errors import CommandRefused, ServiceError
from reception.hub.accounts import Accounts
from reception.hub.alarm import Alarm
from reception.hub.board import Board
from reception.hub.broadcast import Broadcast
from reception.hub.call_profiles import CallProfiles
from reception.hub.changelog import DEFAULT_CAPACITY, ChangeLog
from reception.hub.day import DayTally
from reception.hub.days import Days
from reception.hub.directory import Directory
from reception.hub.diversions import DirectSetup, Diversions
from reception.hub.entry_shelf import EntryShelf
from reception.hub.keeper import Keeper
from reception.hub.lines import Lines
from reception.hub.office_turn import OfficeTurn
from reception.hub.outbox import Budget
from reception.hub.outcomes import outcome_of
from reception.hub.presence import Presence, PresenceSetup
from reception.hub.presence_desk import PresenceDesk
from reception.hub.presence_requests import PresenceRequests
from reception.hub.presence_turn import PresenceTurn, Sources
from reception.hub.queue_status import QueueStatus
from reception.hub.rights import Rights, View
from reception.hub.session_shelf import SessionShelf
from reception.hub.shown import Shown
from reception.hub.snapshot import slices_of
from reception.hub.spoken import SpokenMemory
from reception.hub.steps import Steps
from reception.hub.teams_sync import TeamsSync, writer_of
from reception.model.changes import Change, DayCounts, Source, SourceState
from reception.model.intents import DeskIntent
from reception.model.people import Person, colleagues_of
from reception.model.stored import DayRecord, StoredOutcome
from reception.ports import Store, Switch, SwitchEvent, SwitchLost
from reception.presence.port import TEAMS, PresenceSource
from reception.wire import Outcome, Request, Result, Slice

_log = logging.getLogger(__name__)

_AFTER_FAULT_S: Final = 1.0
_RETRY_STORE_S: Final = 2.0

T = TypeVar("T")


class Hub:
    """The one place where events, intents and time meet the engine.

    Args:
        engine: decides; already holds what was stored.
        store: what must last.
        switch: the PBX.
        people: the directory as stored, colleagues and contacts.
        clock: UTC seconds.
        epoch: names this life of the hub.
        on_people: hears of a new directory (the engine's book).
        rights: who sees what of the directory.
        presence: what tells of appointments, absences and Teams.
        setup: the office's words and rules about presence, and what was entered before.
        direct: what is needed to divert calls to colleagues' own numbers; None: nobody's are.
        days: where midnight is.
        day: the day's counts as stored.
        outcomes: of requests, as stored.
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
        setup: PresenceSetup | None = None,
        direct: DirectSetup | None = None,
        days: Days | None = None,
        day: DayRecord | None = None,
        outcomes: Sequence[StoredOutcome] = (),
        spoken: SpokenMemory | None = None,
        budget: Budget | None = None,
        log_capacity: int = DEFAULT_CAPACITY,
    ) -> None:
        self._engine = engine
        self._switch = switch
        self._clock = clock
        day_of = (days or Days()).day_of
        setup = setup or PresenceSetup()
        known = colleagues_of(people)
        self._board = Board(known, now=clock(), day_of=day_of, rules=setup.rules, kept=setup.kept)
        self._day = DayTally(day_of, now=clock(), stored=day, calls=engine.calls.values())
        self._spoken = spoken
        self._rights = rights or Rights()
        self._rights.follow({}, {p.id: p for p in people})
        self._sources = Sources(clock)
        self._shown = Shown(engine, self._day.counts)
        self._keeper = Keeper(store, self.on_source, clock=clock, outcomes=outcomes)
        self._diversions = Diversions(direct, self._board, send=switch.send, day_of=day_of, clock=clock)
        self._steps = Steps(self._keeper, send=self._diversions.send_on, guard=self._guarded)
        log = ChangeLog(capacity=log_capacity)
        self.broadcast = Broadcast(
            epoch=epoch, snapshot=self._snapshot, rights=self._rights, log=log, budget=budget
        )
        self._presence = Presence(
            presence,
            board=self._board,
            broadcast=self.broadcast,
            on_teams=lambda word: self._sync.on_teams(word),
            on_source=self.on_source,
            on_deadline=self._arm_timer,
            clock=clock,
            hides_the_future=lambda: self._rights.hides_the_future,
            on_gone=lambda source: self.presence_turn.forget(source),
        )
        queue = QueueStatus(engine, self._step)
        self._sync = TeamsSync(
            setup.sync,
            board=self._board,
            writer=writer_of(presence),
            shelf=SessionShelf(self._keeper, self._steps),
            send=switch.send,
            show=self._presence.show_teams,
            on_source=self.on_source,
            on_calls=CallProfiles(self._board.people, queue, self._diversions).follow,
            clock=clock,
        )
        self._lines = Lines(self._board, self.broadcast, self._sync, self.on_source)
        self.directory = Directory(
            people,
            board=self._board,
            rights=self._rights,
            keeper=self._keeper,
            broadcast=self.broadcast,
            presence=self._presence,
            diversions=self._diversions,
            sync=self._sync,
            on_people=on_people,
            clock=clock,
        )
        shelf = EntryShelf(self._keeper, self._steps)
        self.accounts = Accounts(setup.accounts, shelf)
        self.desk = PresenceDesk(
            board=self._board,
            presence=self._presence,
            rights=self._rights,
            office=setup.office,
            shelf=shelf,
            accounts=self.accounts,
            clock=clock,
            listen=self.broadcast.listen,
            day_of=day_of,
            numbers=setup.numbers,
            queue=queue,
        )
        self._office_turn = OfficeTurn(
            setup.office,
            rights=self._rights,
            broadcast=self.broadcast,
            presence=self._presence,
            desk=self.desk,
            diversions=self._diversions,
            sync=self._sync,
        )
        self.use_office = self._office_turn.use
        self.presence_turn = PresenceTurn(self._presence, self._sync, self._sources, self.broadcast)
        self.presence_requests = PresenceRequests(self.desk, setup.mailer, self._keeper, self._steps)
        self.broadcast.listen(self._on_presence)
        self._inbox: deque[SwitchEvent] = deque()
        self._is_in_turn = self._is_stopped = False
        self._alarm = Alarm(self._on_timer, clock)

    # -------------------------------------------------------------- life

    async def start(self) -> None:
        """Begin to listen to the outside. Settings that cannot work show at the source, the hub goes on."""
        self._sync.start()
        try:
            await self._switch.start(self.on_switch)
        except ServiceError as error:
            _log.error("telephony cannot start: %s", error.message)
            self.on_switch(SwitchLost(state=SourceState.NEEDS_SETTINGS, message=error.message))
        self._diversions.start()
        await self._presence.start(tuple(self._board.people.values()))
        self._arm_timer()

    async def stop(self) -> None:
        """Let go of the switch, where calls go on, and write out; the store stays open."""
        self._is_stopped = True
        self._alarm.off()
        await self._sync.stop()
        await self._presence.stop()
        await self.presence_requests.done()
        await self._diversions.stop()
        await self._steps.done()
        await self._switch.stop()
        self.broadcast.flush()
        await self._keeper.write_out()

    def give_back_waiting(self) -> None:
        """No console will come: hand waiting callers to the switch's own dial plan."""
        self._step(self._engine.give_back_waiting)

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

    async def on_request(self, attendant: str, request: Request) -> Outcome:
        """Carry out an intent once; a repeat of its id gets the same outcome again.

        It is decided upon at once; the outcome is returned when it is stored, and the changes that the intent
        caused are on their way.
        """
        now = self._clock()
        key = f"{attendant}/{request.id}"
        intent = request.intent
        if isinstance(intent, DeskIntent):
            return await self.presence_requests.on_request(key, attendant, request.id, intent)
        if (known := self._keeper.outcome_of(key)) is not None:
            await self._steps.done()
            return known
        try:
            effects = self._guarded(partial(self._engine.on_intent, attendant, intent, now))
        except CommandRefused as refusal:
            effects = Effects()
            outcome = Outcome(id=request.id, result=Result.REFUSED, message=refusal.message)
        else:
            outcome = outcome_of(request.id, effects)
        self._keeper.note_outcome(key, outcome)
        self._carry_out(effects or Effects(), now)
        await self._steps.done()
        return outcome

    def on_console(self, attendant: str, is_connected: bool) -> None:
        """Take note that a receptionist's first console came, or the last one went."""
        self._step(partial(self._engine.on_console, attendant, is_connected))

    # -------------------------------------------------------------- one step

    def _take_turns(self) -> None:
        while self._inbox:
            event = self._inbox.popleft()
            now = self._clock()
            effects = self._guarded(partial(self._engine.on_switch, event, now))
            self._is_in_turn = True
            try:
                self._lines.note(event, now)
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

    def _step(self, step: Callable[[float], Effects]) -> None:
        """Take a step of the engine now, and carry out what it decides."""
        now = self._clock()
        self._carry_out(self._guarded(partial(step, now)) or Effects(), now)

    def _carry_out(self, effects: Effects, now: float) -> None:
        self._is_in_turn = True
        try:
            self._settle(effects, now)
        finally:
            self._is_in_turn = False
        self._take_turns()

    def _settle(self, effects: Effects, now: float) -> None:
        day = self._count(effects.changes, now)
        self._keeper.note(effects.changes)
        if effects.changes or effects.commands or day is not None:
            self._steps.add(commands=effects.commands, publish=partial(self._publish, effects.changes, day))

    def _count(self, changes: Sequence[Change], now: float) -> DayCounts | None:
        """Let those count along who remember more of a call than where it is; returns new counts."""
        if self._spoken is not None:
            self._keeper.note_spoken(*self._spoken.observe(changes))
        if not self._day.observe(changes, now=now):
            return None
        self._keeper.note_day(self._day.record)
        return self._day.counts

    def _publish(self, changes: Sequence[Change], day: DayCounts | None) -> None:
        for take in (self._shown.apply, self._presence.note_calls, self.broadcast.tell):
            take(changes)
        if day is not None:
            self._shown.day = day
            self.broadcast.tell_day(day)

    # -------------------------------------------------------------- sources

    def on_source(self, source: Source) -> None:
        """Show to everybody how a source is doing."""
        self.broadcast.tell((self._sources.take(source),))
        if source.id == TEAMS:
            self._sync.on_teams_source(is_heard=source.state is SourceState.UP)

    def _on_presence(self, persons: frozenset[str]) -> None:
        """Take note of who is away, or back: of their direct calls, and of those who wait for them."""
        self._diversions.note(persons)
        self._sync.note(persons)
        self._step(self._engine.on_presence)

    # -------------------------------------------------------------- time

    def _arm_timer(self) -> None:
        """Set the timer for the next deadline."""
        if not self._is_stopped:
            self._alarm.set(min(self._deadlines()))

    def _deadlines(self) -> Iterator[float]:
        yield self._day.ends_at
        for deadline in (self._engine.next_deadline(), self._presence.next_deadline()):
            if deadline is not None:
                yield deadline
        if self._keeper.needs_retry:
            yield self._clock() + _RETRY_STORE_S

    def _on_timer(self) -> None:
        now = self._clock()
        self._look_at_presence(now)
        self._settle(Effects(), now)
        self._keeper.retry()
        deadline = self._engine.next_deadline()
        if deadline is None or deadline > now:
            self._arm_timer()
        elif (effects := self._guarded(partial(self._engine.on_time, now))) is not None:
            self._carry_out(effects, now)
        else:  # do not fall into the same hole at once
            self._alarm.set(now + _AFTER_FAULT_S)

    def _look_at_presence(self, now: float) -> None:
        self.desk.tidy(now)
        if (deadline := self._presence.next_deadline()) is not None and deadline <= now:
            self._guarded(partial(self._presence.on_time, now))

    # -------------------------------------------------------------- snapshot

    def _snapshot(self, upto: int, view: View, with_people: bool) -> Iterator[Slice]:
        """Return the slices of the state as it is now; what changes later is not in them."""
        head = self._shown.head(upto, sources=self._sources.by_id.values(), office=self._office_turn.office)
        return slices_of(
            head,
            view=view,
            mails=self.presence_requests.sends_mails,
            people=tuple(self.directory.everybody.values()) if with_people else None,
            statuses=tuple(self._board.statuses.values()),
            timelines=self.directory.timelines(),
        )
