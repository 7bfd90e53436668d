"""How a request to the call engine ended, for whoever asked."""

from __future__ import annotations

from reception.calls.effects import Effects
from reception.model.changes import Message
from reception.wire import Outcome, Result


def outcome_of(request: str, effects: Effects | None) -> Outcome:
    """Return the outcome of what was not refused; without effects it failed by a fault of ours."""
    if effects is None:
        return Outcome(id=request, result=Result.FAILED, message=Message(key="internal_error"))
    return Outcome(id=request, result=Result.DONE, call=effects.call)
