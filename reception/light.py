"""How a source is doing, told once for each difference; and the pauses after what went wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from reception.errors import AskedToWait, AuthNeeded, ConfigError, PasswordRefused, ServiceError
from reception.model.changes import Message, SourceState
from reception.presence.port import PresenceEvent, SourceSet

FIRST_RETRY_S: Final = 5.0
LONGEST_RETRY_S: Final = 60.0
MENDED_BY_HAND_S: Final = 60.0
"""Pause before a sign-in, a setting or a permission is tried again that somebody must mend."""
LONGEST_BY_HAND_S: Final = 900.0
"""A refused password is tried less and less often: each try counts towards locking the account."""


class Light:
    """The light of one source. `clock` gives UTC seconds."""

    def __init__(
        self, source: str, emit: Callable[[PresenceEvent], None], clock: Callable[[], float] = time.time
    ) -> None:
        self._source = source
        self._emit = emit
        self._clock = clock
        self._said: SourceSet | None = None
        self._failures = 0
        self.good_at: float | None = None

    def well(self, message: Message | None = None, note: Message | None = None) -> None:
        """It is well; with a message, but for a part."""
        self._failures = 0
        self.good_at = self._clock()
        self._say(SourceSet(source=self._source, state=SourceState.UP, message=message, note=note))

    def failed(self, error: ServiceError) -> float:
        """It is not well; returns the seconds until it is worth another try."""
        self._failures += 1
        pause = retry_s(error, self._failures)
        self._say(
            SourceSet(
                source=self._source,
                state=state_for(error),
                message=error.message,
                good_at=self.good_at,
                doing=doing_about(error, self._clock() + pause),
            )
        )
        return pause

    @property
    def is_well(self) -> bool:
        """True when what was told last is that it is up."""
        return self._said is not None and self._said.state is SourceState.UP

    def _say(self, what: SourceSet) -> None:
        if what != self._said:
            self._said = what
            self._emit(what)


def doing_about(error: ServiceError, again_at: float) -> Message:
    """Return what is done about a failure: when it is tried again (UTC seconds), and who lets us wait."""
    key = "tries_again"
    if isinstance(error, AskedToWait):
        key = "waits_as_asked"
    elif isinstance(error, AuthNeeded | ConfigError):
        key = "waits_for_somebody"
    return Message(key=key, params={"at": round(again_at)})


def retry_s(error: ServiceError, failures: int) -> float:
    """Return the pause after a failure, the n-th in a row from 1."""
    if isinstance(error, AskedToWait):
        return max(error.wait_s, 1.0)
    if isinstance(error, PasswordRefused):
        return float(min(MENDED_BY_HAND_S * 2 ** min(failures - 1, 10), LONGEST_BY_HAND_S))
    if isinstance(error, AuthNeeded | ConfigError):
        return MENDED_BY_HAND_S
    return float(min(FIRST_RETRY_S * 2 ** min(failures - 1, 10), LONGEST_RETRY_S))


def state_for(error: ServiceError) -> SourceState:
    """Return how a source is that failed so."""
    if isinstance(error, AuthNeeded):
        return SourceState.NEEDS_SIGN_IN
    return SourceState.NEEDS_SETTINGS if isinstance(error, ConfigError) else SourceState.DOWN
