"""What the switch says of lines and of itself, on its way to the board and from there to all consoles."""

from __future__ import annotations

import logging
from collections.abc import Callable

from reception.hub.board import Board
from reception.hub.broadcast import Broadcast
from reception.hub.teams_sync import TeamsSync
from reception.model.changes import Source, SourceState
from reception.ports import CommandFailed, LineChanged, MarkLine, SwitchConnected, SwitchEvent, SwitchLost
from reception.presence.port import TELEPHONY

_log = logging.getLogger(__name__)


class Lines:
    """Notes what concerns no call. `on_source` hears how telephony is doing."""

    def __init__(
        self, board: Board, broadcast: Broadcast, sync: TeamsSync, on_source: Callable[[Source], None]
    ) -> None:
        self._board = board
        self._broadcast = broadcast
        self._sync = sync
        self._on_source = on_source

    def note(self, event: SwitchEvent, now: float) -> None:
        """Take an event."""
        match event:
            case LineChanged(number=number, state=state):
                self._broadcast.tell_statuses(self._board.on_line(number, state, now=now))
            case SwitchConnected(lines=lines):
                _log.info("telephony is up")
                self._on_source(Source(id=TELEPHONY, state=SourceState.UP, since=now))
                self._broadcast.tell_statuses(self._board.on_connected(lines, now=now))
                self._sync.on_telephony(is_heard=True)
            case SwitchLost(state=state, message=message):
                _log.warning("telephony is %s: %s", state.value, message.key)
                self._on_source(Source(id=TELEPHONY, state=state, since=now, message=message))
                self._broadcast.tell_statuses(self._board.on_lost(now=now))
                self._sync.on_telephony(is_heard=False)
            case CommandFailed(command=MarkLine() as command, error=error):
                self._sync.on_mark_failed(command, error)
