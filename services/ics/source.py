"""Calendars in iCalendar files and at addresses, behind the `PresenceSource` port. They are only read.

Files are looked at every few seconds, addresses every few minutes, each only read when it is different. At
midnight the window moves on, and everything is read again. A calendar that cannot be read keeps what it said
before, and the source tells which; only when all of them fail the source counts as silent.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from reception.errors import AuthNeeded, ConfigError, ProtocolError, ServiceError, Unavailable
from reception.model.changes import Message, SourceState
from reception.model.people import Person
from reception.presence.port import CalendarSet, PresenceEvent, SourceSet
from services.ics.fetching import Fetcher
from services.ics.places import Mark, mark_of, places_of
from services.ics.process import PATIENCE_S, ReadingProcess
from services.ics.reading import Fault, Reading, window_at
from services.ics.series import Window
from services.ics.settings import Settings
from services.ics.watching import Watched

_log = logging.getLogger(__name__)

_AT_ONCE: Final = 4
"""Servers' answers waited for at a time."""
_RETRY_S: Final = 60.0
"""Pause before a server that failed is asked again."""
_LEAST_S: Final = 1.0
"""Pause between two rounds, unless the settings say less."""


class _Hands(NamedTuple):
    """What does the work of a round."""

    fetcher: Fetcher
    executor: ThreadPoolExecutor
    process: ReadingProcess


class CalendarFiles:
    """A `PresenceSource`. `clock` gives UTC seconds."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._home = settings.home
        self._watched: dict[str, Watched] = {}
        self._on_event: Callable[[PresenceEvent], None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._asked: list[tuple[str, asyncio.Future[int | None]]] = []
        self._window = Window(0.0, 0.0)
        self._said: tuple[SourceState, Message | None] | None = None
        self._logged: dict[str, str] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The one source it speaks for."""
        return (self._settings.name,)

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of these colleagues from now on."""
        before, self._watched = self._watched, {}
        for person in people:
            places = places_of(person, self._settings)
            known = before.get(person.id)
            if known is None or known.person.email != person.email or known.places != places:
                told = known.told if known is not None else None
                known = Watched(person, places)
                known.told = told
            self._watched[person.id] = known
        self._wake.set()

    def watch(self, people: Set[str]) -> None:
        """Everybody is told of as soon as something is different: nobody can be sooner."""

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        """Begin to look at calendars. Raises ConfigError."""
        fetcher = Fetcher(self._settings)
        self._on_event = on_event
        self._said = None
        for one in self._watched.values():
            one.told = None
            one.forget()
        self._task = asyncio.create_task(self._run(fetcher), name=f"calendars {self._settings.name}")
        self._task.add_done_callback(_report)

    async def read_now(self, person: str) -> int | None:
        """Read a colleague's calendars in a round of their own; see `CalendarReader`."""
        if self._task is None or self._task.done():
            raise Unavailable("unreachable", address=self._settings.name)
        answer: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._asked.append((person, answer))
        self._wake.set()
        return await answer

    async def stop(self) -> None:
        """Let go of files and servers. Harmless when stopped."""
        self._on_event = None
        self._give_up(self._asked)
        self._asked.clear()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    # ------------------------------------------------------------- the rounds

    async def _run(self, fetcher: Fetcher) -> None:
        # One thread, which waits for files and for the one process: there is no hurry.
        process = ReadingProcess(self._settings.zone, PATIENCE_S)
        executor = ThreadPoolExecutor(1, thread_name_prefix="calendars")
        try:
            while True:
                self._wake.clear()
                asked, self._asked = self._asked, []
                try:
                    for person, _ in asked:
                        if person in self._watched:
                            self._watched[person].forget()
                    await self._round(_Hands(fetcher, executor, process))
                    for person, answer in asked:
                        self._answer(person, answer)
                finally:
                    self._give_up(asked)
                await asyncio.get_running_loop().run_in_executor(executor, process.close)
                try:
                    async with asyncio.timeout(self._pause()):
                        await self._wake.wait()
                except TimeoutError:
                    pass
        finally:
            process.halt()
            executor.submit(process.close)
            executor.shutdown(wait=False)
            await fetcher.close()

    def _pause(self) -> float:
        """Return the seconds until the next round: a file may be different, a server's turn, midnight."""
        now = self._clock()
        turns = [w.look_again_at for w in self._watched.values() if w.has_addresses]
        soonest = min([window_at(now, self._home, 0).end, *turns]) - now
        has_files = any(not place.is_address for w in self._watched.values() for place in w.places)
        longest = self._settings.watch_s if has_files else self._settings.refresh_s
        return min(max(soonest, _LEAST_S), longest)

    async def _round(self, hands: _Hands) -> None:
        now = self._clock()
        window = window_at(now, self._home, self._settings.days_ahead)
        watched = list(self._watched.values())
        if window != self._window:
            self._window = window
            for one in watched:
                one.forget()
        loop = asyncio.get_running_loop()
        try:
            marks = await loop.run_in_executor(hands.executor, _marks, self._settings.folder, watched)
        except ServiceError as error:
            self._say(_state_for(error), error.message)
            return
        turns = asyncio.Semaphore(_AT_ONCE)
        due = [one for one in watched if one.is_different(marks, now)]
        async with asyncio.TaskGroup() as group:
            for one in due:
                await turns.acquire()
                task = group.create_task(self._check(one, marks, hands))
                task.add_done_callback(lambda _: turns.release())
        self._conclude()

    async def _check(self, one: Watched, marks: dict[str, Mark | None], hands: _Hands) -> None:
        """Look at one colleague's calendars and tell what is different."""
        now = self._clock()
        one.look_again_at = now + self._settings.refresh_s
        try:
            documents = await one.look(marks, hands.fetcher, hands.executor, now)
            if documents is None:
                return
            reading = await one.read(documents, self._window, hands.process, hands.executor)
        except ServiceError as error:
            if not isinstance(error, ProtocolError):  # what is broken stays so until it is different
                one.forget()
                one.look_again_at = now + min(self._settings.refresh_s, _RETRY_S)
            one.trouble = error
            self._note(one, error.message)
            return
        self._take(one, reading)

    def _take(self, one: Watched, reading: Reading) -> None:
        one.trouble = None
        one.faults = reading.faults
        self._note(one, _skipped(reading.faults))
        if self._watched.get(one.person.id) is not one or reading.appointments == one.told:
            return
        if self._said is None or self._said[0] is not SourceState.UP:
            self._say(SourceState.UP, None)
        one.told = reading.appointments
        self._emit(
            CalendarSet(source=self._settings.name, person=one.person.id, appointments=reading.appointments)
        )

    def _answer(self, person: str, answer: asyncio.Future[int | None]) -> None:
        """Tell who asked for a calendar how it went in the round that has ended."""
        one = self._watched.get(person)
        if answer.done():
            return
        if one is None or not one.places:
            answer.set_result(None)
        elif one.trouble is not None:
            answer.set_exception(one.trouble)
        elif self._said is not None and self._said[0] is SourceState.UP:
            answer.set_result(len(one.told or ()))

    def _give_up(self, asked: Sequence[tuple[str, asyncio.Future[int | None]]]) -> None:
        """Tell those who were not answered that the calendars cannot be reached."""
        for _, answer in asked:
            if not answer.done():
                answer.set_exception(Unavailable("unreachable", address=self._settings.name))

    # ------------------------------------------------------------- how it is doing

    def _conclude(self) -> None:
        """Tell how the source is doing after a round."""
        watched = [one for one in self._watched.values() if one.places]
        troubles = [one.trouble for one in watched if one.trouble is not None]
        if troubles and len(troubles) == len(watched):
            self._say(_state_for(troubles[0]), troubles[0].message)
        elif troubles:
            self._say(SourceState.UP, troubles[0].message)
        else:
            self._say(SourceState.UP, _skipped([fault for one in watched for fault in one.faults]))

    def _say(self, state: SourceState, message: Message | None) -> None:
        if self._said != (state, message):
            self._said = state, message
            self._emit(SourceSet(source=self._settings.name, state=state, message=message))

    def _note(self, one: Watched, message: Message | None) -> None:
        """Log what is wrong with a calendar, once, and that it is well; a server that is away only once."""
        before = self._logged.pop(one.person.id, "")
        text = _words(message) if message is not None else ""
        others = self._logged.values()
        if text and text != before and text not in others:
            _log.warning("%s: %s", self._settings.name, text)
        elif before and not text and before not in others:
            _log.info("%s: well again after: %s", self._settings.name, before)
        if text:
            self._logged[one.person.id] = text

    def _emit(self, event: PresenceEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)


def _marks(folder: str, watched: Sequence[Watched]) -> dict[str, Mark | None]:
    """Return the marks of all files there may be. Raises Unavailable when the whole folder is away."""
    paths = [place.where for one in watched for place in one.places if not place.is_address]
    if folder and paths and not Path(folder).is_dir():
        raise Unavailable("calendar_gone", file=folder)
    found: dict[str, Mark | None] = {}
    for path in paths:
        try:
            found[path] = mark_of(path)
        except OSError:
            found[path] = None  # reading it tells why
    return found


def _skipped(faults: Sequence[Fault]) -> Message | None:
    """Return the message about appointments that could not be read, the first of them by its line."""
    if not faults:
        return None
    first = faults[0]
    params: dict[str, str | float] = {"file": first.file, "line": first.line, "error": first.error}
    return Message(key="appointments_skipped", params={**params, "count": len(faults)})


def _state_for(error: ServiceError) -> SourceState:
    if isinstance(error, AuthNeeded):
        return SourceState.NEEDS_SIGN_IN
    return SourceState.NEEDS_SETTINGS if isinstance(error, ConfigError) else SourceState.DOWN


def _words(message: Message) -> str:
    return f"{message.key} ({', '.join(f'{k}: {v}' for k, v in message.params.items())})"


def _report(task: asyncio.Task[None]) -> None:
    """Tell the loop of a bug that ended the backend; nobody awaits its task."""
    if not task.cancelled() and (error := task.exception()):
        asyncio.get_running_loop().call_exception_handler(
            {"message": "the calendars' backend has ended", "exception": error, "task": task}
        )
