"""What this console has asked about the hub's settings, and who hears the answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from reception.model.changes import Message
from reception.model.setup import (
    SetupAnswer,
    SetupAsked,
    SetupRefused,
    SetupSaid,
    SetupTask,
    is_last,
)


class SetupCalls:
    """Tasks without a last answer yet. They hold no secret: the frame is sent and forgotten."""

    def __init__(self) -> None:
        self._listeners: dict[str, Callable[[SetupAnswer], None]] = {}

    def ask(self, task: SetupTask, on_said: Callable[[SetupAnswer], None]) -> SetupAsked:
        """Return the frame that asks."""
        asked = SetupAsked(id=str(uuid.uuid4()), task=task)
        self._listeners[asked.id] = on_said
        return asked

    def hear(self, frame: SetupSaid) -> None:
        """Hand an answer on; one that nobody waits for is passed over."""
        listener = self._listeners.get(frame.id)
        if listener is None:
            return
        if is_last(frame.said):
            del self._listeners[frame.id]
        listener(frame.said)

    def end_all(self) -> None:
        """Refuse what is under way: the line is down, and what became of it is seen by looking."""
        listeners, self._listeners = self._listeners, {}
        for listener in listeners.values():
            listener(SetupRefused(message=Message(key="hub_away")))
