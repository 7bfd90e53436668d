"""`AsteriskSwitch`: the port on a real Asterisk. Connects for ever, and says once when it cannot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Any, Final

import msgspec

from reception.errors import AuthNeeded, ConfigError, ServiceError, Unavailable
from reception.model.changes import SourceState
from reception.ports import MarkLine, SetDirect, SwitchCommand, SwitchEvent, SwitchLost
from services.asterisk.direct import DirectCalls
from services.asterisk.session import ReplacedByAnother, Session, refuse
from services.asterisk.settings import Settings, parse_settings
from services.asterisk.states import Marks

log = logging.getLogger(__name__)


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How often things are tried, in seconds."""

    first_retry_s: float = 0.25
    longest_retry_s: float = 10.0
    settings_retry_s: float = 30.0
    """For a wrong password, address or module: somebody must mend it first."""
    replaced_retry_s: float = 60.0
    """For another program under our name: two that took turns would lose calls."""
    watch_every_s: float = 5.0


USUAL_PACE: Final = Pace()


class AsteriskSwitch:
    """A `Switch`. See `reception.ports` for what it promises."""

    def __init__(self, settings: Settings, pace: Pace = USUAL_PACE) -> None:
        self._settings = settings
        self._pace = pace
        self._marks = Marks()
        self._direct = DirectCalls(settings)
        self._given_up: set[str] = set()
        self._session: Session | None = None
        self._task: asyncio.Task[None] | None = None
        self._on_event: Callable[[SwitchEvent], None] | None = None
        self._started_at = ""
        self._told = ""
        self._retry_s = pace.first_retry_s

    async def start(self, on_event: Callable[[SwitchEvent], None]) -> None:
        """Begin; connects in the background."""
        self._on_event = on_event
        self._task = asyncio.create_task(self._live(), name="asterisk")
        self._task.add_done_callback(_report)

    def send(self, commands: Sequence[SwitchCommand]) -> None:
        """Take commands to be carried out in order; returns at once."""
        for command in commands:  # wishes first: they hold also when the connection is lost before their turn
            if isinstance(command, MarkLine):
                self._marks.wish(command.number, command.mark)
            elif isinstance(command, SetDirect):
                self._direct.wish(command)
        if self._session:
            self._session.send(commands)
            return
        loop = asyncio.get_running_loop()
        for command in commands:
            loop.call_soon(self._emit, refuse(command))

    async def stop(self) -> None:
        """Let go of the switch; calls in it go on."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._on_event = None

    # ------------------------------------------------------------- the connection's life

    async def _live(self) -> None:
        while True:
            session = Session(
                self._settings,
                self._marks,
                self._direct,
                self._given_up,
                self._emit,
                self._pace.watch_every_s,
            )
            try:
                await session.run(partial(self._is_up, session))
            except ServiceError as error:
                self._session = None
                self._tell_lost(error)
                await _finish(session.close(at_once=True))
                pause_s = self._pause_after(error)
            except asyncio.CancelledError:
                self._session = None
                await _finish(session.close(at_once=False))
                raise
            await asyncio.sleep(pause_s)

    def _is_up(self, session: Session, started_at: str) -> bool:
        """Take note of a connection; tell whether Asterisk began anew since the last one."""
        restarted = self._started_at not in ("", started_at)
        self._session = session
        self._started_at = started_at
        self._told = ""
        self._retry_s = self._pace.first_retry_s
        log.info("connected to Asterisk at %s", self._settings.address)
        return restarted

    def _tell_lost(self, error: ServiceError) -> None:
        # ARI and AMI may be away by turns while Asterisk starts: that is one loss.
        what = error.message.key if isinstance(error, Unavailable) else str(error.message)
        if self._told == what:
            return
        self._told = what
        needs_somebody = isinstance(error, AuthNeeded | ConfigError | ReplacedByAnother)
        state = SourceState.NEEDS_SETTINGS if needs_somebody else SourceState.DOWN
        log.info("no connection to Asterisk at %s: %s", self._settings.address, error.message.key)
        self._emit(SwitchLost(state=state, message=error.message))

    def _pause_after(self, error: ServiceError) -> float:
        if isinstance(error, ReplacedByAnother):
            return self._pace.replaced_retry_s
        if isinstance(error, AuthNeeded | ConfigError):
            return self._pace.settings_retry_s
        pause_s = self._retry_s
        self._retry_s = min(2 * pause_s, self._pace.longest_retry_s)
        return pause_s

    def _emit(self, event: SwitchEvent) -> None:
        if self._on_event:
            self._on_event(event)


async def _finish(closing: Coroutine[Any, Any, None]) -> None:
    """Wait for this to the end, even if we are cancelled meanwhile."""
    task = asyncio.create_task(closing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _report(task: asyncio.Task[None]) -> None:
    """Tell the loop of a bug that ended the backend; nobody awaits its task."""
    if not task.cancelled() and (error := task.exception()):
        asyncio.get_running_loop().call_exception_handler(
            {"message": "the Asterisk backend has ended", "exception": error, "task": task}
        )


def create(settings: Mapping[str, Any]) -> AsteriskSwitch:
    """Build the backend from its section of the configuration.

    Raises:
        ConfigError: a setting is missing or cannot work; it is named.
    """
    return AsteriskSwitch(parse_settings(settings))
