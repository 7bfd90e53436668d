"""What the outside says about colleagues, on its way to the board and from there to all consoles."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from reception.directory.numbers import NumberPlan
from reception.errors import ServiceError
from reception.hub.board import Board, CalendarRules, Differences
from reception.hub.broadcast import Broadcast
from reception.hub.teams_sync import SyncSetup
from reception.mail import Mailer
from reception.model.calls import Place
from reception.model.changes import CallChanged, CallEnded, Change, Source, SourceState
from reception.model.office import Office
from reception.model.people import Person
from reception.model.stored import Account, Comparison, KeptEntry
from reception.presence.port import (
    TEAMS,
    CalendarReader,
    CalendarSet,
    HoursSet,
    PresenceEvent,
    PresenceSource,
    SourceSet,
    TeamsSet,
    TimelineSet,
)

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 500
"""People looked at in one go when the time has come for many: some milliseconds, and calls have a turn."""


_LONGEST_COMPARISON_S: Final = 30.0
"""The longest that somebody waits for a calendar that they want compared at once."""


class PresenceSetup(NamedTuple):
    """What a hub starts with about presence: the office's words and rules, and what was entered before.

    `rules` make entries of appointments, None the common ones; `numbers` is how the house dials. `mailer`
    sends what receptionists write to colleagues.
    """

    office: Office = Office()
    rules: CalendarRules | None = None
    kept: Sequence[KeptEntry] = ()
    accounts: Sequence[Account] = ()
    numbers: NumberPlan = NumberPlan()
    sync: SyncSetup | None = None
    mailer: Mailer | None = None


class Presence:
    """The sources of entries and of Teams' words.

    `on_teams` hears what Teams says, before it is shown (`show_teams`); `on_source` how each is doing;
    `on_deadline` when `next_deadline` has come nearer. `hides_the_future` tells whether some consoles are
    told of entries when they begin only, so that timelines are told then.
    """

    def __init__(
        self,
        backends: Sequence[PresenceSource],
        *,
        board: Board,
        broadcast: Broadcast,
        on_teams: Callable[[TeamsSet], None],
        on_source: Callable[[Source], None],
        on_deadline: Callable[[], None],
        clock: Callable[[], float],
        hides_the_future: Callable[[], bool] = lambda: False,
        on_gone: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._backends = tuple(backends)
        self._on_gone = on_gone
        self._board = board
        self._broadcast = broadcast
        self._on_teams = on_teams
        self._on_source = on_source
        self._on_deadline = on_deadline
        self._clock = clock
        self._hides_the_future = hides_the_future
        self._states: dict[str, SourceSet] = {}
        self._since: dict[str, float] = {}
        self._awaited: dict[str, str] = {}

    @property
    def backends(self) -> tuple[PresenceSource, ...]:
        """The sources that are listened to."""
        return self._backends

    async def start(self, people: Sequence[Person]) -> None:
        """Begin to listen. Settings that cannot work show at their sources, the hub goes on."""
        for backend in self._backends:
            await self._begin(backend, people)

    async def use(self, backends: Sequence[PresenceSource]) -> None:
        """Listen to these from now on. What was known from others is forgotten; those that stay go on."""
        gone = [one for one in self._backends if one not in backends]
        fresh = [one for one in backends if one not in self._backends]
        self._backends = tuple(backends)
        for backend in gone:
            await backend.stop()
            for source in backend.sources:
                await self._forget(source)
        for backend in fresh:
            await self._begin(backend, tuple(self._board.people.values()))
            backend.watch(frozenset(self._awaited.values()))

    async def _begin(self, backend: PresenceSource, people: Sequence[Person]) -> None:
        for source in backend.sources:
            self._show(SourceSet(source=source, state=SourceState.CONNECTING))
        backend.follow(people)
        try:
            await backend.start(self.on_event)
        except ServiceError as error:
            _log.error("presence cannot start: %s", error.message)
            for source in backend.sources:
                state = SourceState.NEEDS_SETTINGS
                self._show(SourceSet(source=source, state=state, message=error.message))

    async def _forget(self, source: str) -> None:
        """Take back what a source said of everybody, a few at a time, so that calls have a turn."""
        people = tuple(self._board.people)
        for n in range(0, len(people), _AT_ONCE):
            for person in people[n : n + _AT_ONCE]:
                is_teams = source == TEAMS
                self.on_event(
                    TeamsSet(person=person) if is_teams else CalendarSet(source=source, person=person)
                )
                self.on_event(HoursSet(source=source, person=person))
            await asyncio.sleep(0)
        self._broadcast.tell_statuses(self._board.on_source(source, is_silent=False, now=self._clock()))
        self._states.pop(source, None)
        self._since.pop(source, None)
        self._on_gone(source)

    async def stop(self) -> None:
        """Let go of all sources."""
        for backend in self._backends:
            await backend.stop()

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of a new directory from now on."""
        for backend in self._backends:
            backend.follow(people)

    def on_event(self, event: PresenceEvent) -> None:
        """Take what a source says."""
        now = self._clock()
        match event:
            case TimelineSet(source=source, person=person, entries=entries):
                self._change(lambda: self._board.on_entries(source, person, entries, now=now))
            case CalendarSet(source=source, person=person, appointments=found, is_old=is_old):
                self._change(lambda: self._board.on_calendar(source, person, found, now=now, is_old=is_old))
            case TeamsSet():
                self._on_teams(event)
            case HoursSet():
                self._broadcast.tell_statuses(self._board.on_hours(event, now=now))
            case SourceSet():
                self._set_source(event)

    def note_calls(self, changes: Sequence[Change]) -> None:
        """Take in for whom calls wait: those colleagues' presence is asked for more often."""
        before = set(self._awaited.values())
        for change in changes:
            match change:
                case CallChanged(call=call):
                    target = call.target if call.place is not Place.HANDED_ON else None
                    if target is not None and target.person is not None:
                        self._awaited[call.id] = target.person
                    else:
                        self._awaited.pop(call.id, None)
                case CallEnded(call=call_id):
                    self._awaited.pop(call_id, None)
        awaited = frozenset(self._awaited.values())
        if awaited != before:
            for backend in self._backends:
                backend.watch(awaited)

    async def compare(self, person: str) -> Comparison:
        """Have all calendars of a colleague read now (requirement 003-50); returns how that went."""
        found: list[int] = []
        failed: list[str] = []
        for backend in self._backends:
            if not isinstance(backend, CalendarReader):
                continue
            try:
                async with asyncio.timeout(_LONGEST_COMPARISON_S):
                    count = await backend.read_now(person)
            except (ServiceError, TimeoutError) as error:
                _log.info("a calendar could not be read at once: %s", error)
                failed.append(backend.sources[0])
            else:
                found += [] if count is None else [count]
        appointments = sum(found) if found else None
        return Comparison(at=self._clock(), appointments=appointments, failed=tuple(failed))

    def show_teams(self, word: TeamsSet) -> None:
        """Take Teams' word for somebody as it is to be shown."""
        self._broadcast.tell_statuses(self._board.on_teams(word, now=self._clock()))

    def keep(self, person: str, entry: str, kept: KeptEntry | None) -> None:
        """Take what was done to an entry here, and tell it."""
        now = self._clock()
        self._change(lambda: self._board.keep(person, entry, kept, now=now))

    async def use_rules(self, rules: CalendarRules) -> None:
        """Make entries of everybody's appointments anew, a few at a time, so that calls have a turn."""
        waiting = self._board.use_rules(rules)
        while waiting:
            some, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
            self._change(partial(self._board.read_again, some, now=self._clock()))
            await asyncio.sleep(0)

    def next_deadline(self) -> float | None:
        """Return when `on_time` has something to do (UTC seconds), or None."""
        return self._board.next_deadline()

    def on_time(self, now: float) -> None:
        """Look again at those whose entries begin or end."""
        self._tell(self._board.on_time(now=now, limit=_AT_ONCE, tells_all=self._hides_the_future()))

    def _change(self, change: Callable[[], Differences]) -> None:
        before = self._board.next_deadline()
        self._tell(change())
        after = self._board.next_deadline()
        if after is not None and (before is None or after < before):
            self._on_deadline()

    def _tell(self, different: Differences) -> None:
        self._broadcast.tell_timelines(different.timelines)
        self._broadcast.tell_statuses(different.statuses)

    def _set_source(self, said: SourceSet) -> None:
        before = self._states.get(said.source)
        if said == before:
            return
        if before is None or (before.state, before.message) != (said.state, said.message):
            level = logging.INFO if said.state is SourceState.UP else logging.WARNING
            message = f": {said.message.key}" if said.message else ""
            _log.log(level, "%s is %s%s", said.source, said.state.value, message)
        self._show(said)

    def _show(self, said: SourceSet) -> None:
        now = self._clock()
        before, self._states[said.source] = self._states.get(said.source), said
        is_same = before is not None and before.state is said.state
        if said.state is SourceState.UP:
            # Another part of it may be incomplete now; one that is away stays away, whatever the reason.
            is_same = is_same and before is not None and before.message == said.message
        since = self._since.get(said.source, now) if is_same else now
        self._since[said.source] = since
        self._on_source(
            Source(
                id=said.source,
                state=said.state,
                since=since,
                message=said.message,
                note=said.note,
                good_at=said.good_at,
                doing=said.doing,
            )
        )
        if before is None or before.state is not said.state:
            is_silent = said.state is not SourceState.UP
            self._broadcast.tell_statuses(self._board.on_source(said.source, is_silent=is_silent, now=now))
