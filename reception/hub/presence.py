"""What the outside says about colleagues, on its way to the board and from there to all consoles."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final

from reception.errors import ServiceError
from reception.hub.board import Board, Differences
from reception.hub.broadcast import Broadcast
from reception.model.changes import Message, Source, SourceState
from reception.model.people import Person
from reception.presence.port import PresenceEvent, PresenceSource, SourceSet, TeamsSet, TimelineSet

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 500
"""People looked at in one go when the time has come for many: some milliseconds, and calls have a turn."""


class Presence:
    """The sources of entries and of Teams' words.

    `on_source` hears how each is doing; `on_deadline` when `next_deadline` has come nearer.
    """

    def __init__(
        self,
        backends: Sequence[PresenceSource],
        *,
        board: Board,
        broadcast: Broadcast,
        on_source: Callable[[Source], None],
        on_deadline: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._backends = tuple(backends)
        self._board = board
        self._broadcast = broadcast
        self._on_source = on_source
        self._on_deadline = on_deadline
        self._clock = clock
        self._states: dict[str, tuple[SourceState, Message | None]] = {}

    async def start(self, people: Sequence[Person]) -> None:
        """Begin to listen. Settings that cannot work show at their sources, the hub goes on."""
        for backend in self._backends:
            for source in backend.sources:
                self._show(source, SourceState.CONNECTING, None)
            backend.follow(people)
            try:
                await backend.start(self.on_event)
            except ServiceError as error:
                _log.error("presence cannot start: %s", error.message)
                for source in backend.sources:
                    self._show(source, SourceState.NEEDS_SETTINGS, error.message)

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
                before = self._board.next_deadline()
                self._tell(self._board.on_entries(source, person, entries, now=now))
                after = self._board.next_deadline()
                if after is not None and (before is None or after < before):
                    self._on_deadline()
            case TeamsSet(person=person, availability=availability):
                self._broadcast.tell_statuses(self._board.on_teams(person, availability, now=now))
            case SourceSet(source=source, state=state, message=message):
                self._set_source(source, state, message)

    def next_deadline(self) -> float | None:
        """Return when `on_time` has something to do (UTC seconds), or None."""
        return self._board.next_deadline()

    def on_time(self, now: float) -> None:
        """Look again at those whose entries begin or end."""
        self._tell(self._board.on_time(now=now, limit=_AT_ONCE))

    def _tell(self, different: Differences) -> None:
        self._broadcast.tell_timelines(different.timelines)
        self._broadcast.tell_statuses(different.statuses)

    def _set_source(self, source: str, state: SourceState, message: Message | None) -> None:
        if (state, message) == self._states.get(source):
            return
        level = logging.INFO if state is SourceState.UP else logging.WARNING
        _log.log(level, "%s is %s%s", source, state.value, f": {message.key}" if message else "")
        self._show(source, state, message)

    def _show(self, source: str, state: SourceState, message: Message | None) -> None:
        now = self._clock()
        self._states[source] = state, message
        self._on_source(Source(id=source, state=state, since=now, message=message))
        is_silent = state is not SourceState.UP
        self._broadcast.tell_statuses(self._board.on_source(source, is_silent=is_silent, now=now))
