"""The calendars of an Exchange server, behind the `PresenceSource` port. They are only read.

Free and busy times come for a hundred people at a time, every minute or so; whose times are different, or who
the server says has changed something, has their calendar read. A mailbox that cannot be read keeps what it
said before and leaves the others alone; only when all of them fail the source counts as silent.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence, Set
from functools import partial
from typing import Any, Final

from reception.errors import PasswordRefused, ServiceError, Unavailable
from reception.light import Light, retry_s
from reception.model.calendar import Appointment
from reception.model.people import Person
from reception.presence.port import HoursSet, PresenceEvent
from services.exchange.boxes import Box, mailbox_of, message_of
from services.exchange.hands import Hands
from services.exchange.items import Window, window_at
from services.exchange.server import AT_ONCE, Server
from services.exchange.settings import ExchangeSettings, trusted
from services.exchange.streams import Streams
from services.exchange.trouble import BUSY_S, Busy, MailboxFailed, NoMailbox

_log = logging.getLogger(__name__)

_LEAST_S: Final = 0.02
"""Pause between two rounds at least: what comes together is read together."""


class ExchangeCalendars:
    """A `PresenceSource`. `clock` gives UTC seconds."""

    def __init__(self, settings: ExchangeSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._boxes: dict[str, Box] = {}
        self._watched: Set[str] = frozenset()
        self._on_event: Callable[[PresenceEvent], None] | None = None
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._hands: Hands | None = None
        self._server: Server | None = None
        self._streams: Streams | None = None
        self._light = Light(settings.calendar_name, self._emit, clock)
        self._window = Window(0.0, 0.0)
        self._is_ready = asyncio.Event()
        self._wake_replies = asyncio.Event()
        self._refusal: PasswordRefused | None = None
        self._is_doubted = False
        self._tried: PasswordRefused | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The one source it speaks for."""
        return (self._settings.calendar_name,)

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of these colleagues from now on."""
        before, self._boxes = self._boxes, {}
        for person in people:
            mailbox, known = mailbox_of(person, self._settings.match), before.get(person.id)
            if known is None or known.mailbox.casefold() != mailbox.casefold():
                fresh = Box(person.id, mailbox)
                if known is not None:
                    fresh.take_over(known)
                known = fresh
            self._boxes[person.id] = known
        for box in before.values():
            if box.person not in self._boxes:
                box.answer(None)
        if self._streams is not None:
            self._streams.follow(self._mailboxes())
        self._wake.set()
        self._wake_replies.set()

    def watch(self, people: Set[str]) -> None:
        """Read these first: somebody waits for them now."""
        self._watched = people

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        """Begin to read. Raises ConfigError."""
        trusted(self._settings)
        self._on_event = on_event
        self._refusal = None
        self._light = Light(self._settings.calendar_name, self._emit, self._clock)
        for box in self._boxes.values():
            box.told, box.is_told_old, box.told_hours = None, False, None
            box.read_again()
        self._hands = Hands(self._settings.connections, "Exchange")
        self._begin(self._run(self._hands), "calendars of Exchange")
        if self._settings.automatic_replies:
            self._begin(self._keep_replies(self._hands), "automatic replies of Exchange")

    async def read_now(self, person: str) -> int | None:
        """Read a colleague's calendar at once; see `CalendarReader`."""
        if not self._tasks:
            raise Unavailable("unreachable", address=self._settings.url)
        if self._refusal is not None:
            raise self._refusal
        box = self._boxes.get(person)
        if box is None or not box.mailbox:
            return None
        waiting: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        box.asked.append(waiting)
        box.read_again()
        self._wake.set()
        return await waiting

    async def stop(self) -> None:
        """Let go of the server. Harmless when stopped."""
        self._on_event = None
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for box in self._boxes.values():
            box.answer(Unavailable("unreachable", address=self._settings.url))
        hands, self._hands = self._hands, None
        if hands is not None:
            hands.close()
        self._let_go()

    # ------------------------------------------------------------- the rounds

    async def _run(self, hands: Hands) -> None:
        while True:
            self._wake.clear()
            pause = _LEAST_S
            try:
                server = await self._signed_in(hands)
                if self._is_doubted:
                    self._is_doubted = False
                    await self._try(hands)
                await self._round(hands, server)
                pause = self._pause()
            except ServiceError as caught:
                error = await self._known_well(hands, caught)
                pause = self._light.failed(error)
                for box in self._boxes.values():
                    box.answer(error)
                if isinstance(error, PasswordRefused):  # nobody hurries it: each try may lock the account
                    self._refusal = error
                    await asyncio.sleep(pause)
                    self._refusal = None
                    continue
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
                await asyncio.sleep(_LEAST_S)
            except TimeoutError:
                continue

    def _on_refused(self) -> None:
        """A connection was refused that is none of the rounds': theirs may stay signed in for long (NTLM)."""
        if self._server is not None:
            self._is_doubted = True
            self._wake.set()

    async def _signed_in(self, hands: Hands) -> Server:
        """Return the server, after a try without patience: a wrong password does not get better."""
        if self._server is None:
            await self._try(hands)
            self._server = Server(self._settings)
            self._is_ready.set()
            self._wake_replies.set()
            if self._settings.streaming and self._settings.calendars == "details":
                self._streams = Streams(self._server, hands, self._on_news, self._on_refused)
                self._streams.follow(self._mailboxes())
        return self._server

    async def _try(self, hands: Hands) -> None:
        """Sign in once, without patience. Raises ServiceError."""
        trial = Server(self._settings, is_patient=False)
        try:
            await hands.do(trial.sign_in)
        except PasswordRefused as error:
            self._tried = error
            raise
        finally:
            trial.close()

    async def _known_well(self, hands: Hands, error: ServiceError) -> ServiceError:
        """Return what a failure is, and let go of the server unless it only wants a pause.

        One that was accepted is refused now and then, being too busy (contract 8.3); a trial is believed.
        """
        was_reading = self._server is not None
        if not isinstance(error, Busy):
            self._let_go()
        if isinstance(error, PasswordRefused) and was_reading and error is not self._tried:
            try:
                await self._try(hands)
            except ServiceError as why:
                return why
            return Busy(BUSY_S)
        return error

    def _let_go(self) -> None:
        self._is_ready.clear()
        self._is_doubted = False
        if self._streams is not None:
            self._streams.stop()
            self._streams = None
        server, self._server = self._server, None
        if server is not None:
            server.close()

    async def _round(self, hands: Hands, server: Server) -> None:
        now = self._clock()
        window = window_at(now, self._settings.home, self._settings.days_ahead)
        if window != self._window:
            self._window = window
            for box in self._boxes.values():
                box.read_again()
        boxes = [box for box in self._boxes.values() if box.mailbox]
        boxes.sort(key=lambda box: box.person not in self._watched)
        due = [box for box in boxes if box.times_at <= now]
        parts = [due[n : n + AT_ONCE] for n in range(0, len(due), AT_ONCE)]
        await _all(self._read_times(hands, server, part, window) for part in parts)
        if due and all(
            isinstance(b.trouble, ServiceError) and not isinstance(b.trouble, MailboxFailed) for b in due
        ):
            await self._find_out(hands, due)
        if self._settings.calendars == "details":
            open_ = [box for box in boxes if box.details_at <= self._clock()]
            await _all(self._read_details(hands, server, box, window) for box in open_)
        self._conclude(boxes)

    async def _read_times(self, hands: Hands, server: Server, boxes: Sequence[Box], window: Window) -> None:
        mailboxes = [box.mailbox for box in boxes]
        try:
            found = await hands.do(lambda: server.free_busy(mailboxes, window))
        except PasswordRefused:
            raise
        except ServiceError as error:
            found = [error] * len(boxes)
        for box, times in zip(boxes, found, strict=True):
            box.times_at = self._clock() + self._settings.calendar_s
            box.take_times(times)
            if self._settings.calendars == "free_busy" or isinstance(times, NoMailbox):
                box.details_at = self._clock() + self._settings.details_s
                self._show(box)
            elif box.is_told_old and box.trouble is None and box.details_at > self._clock():
                self._show(box)  # its times are as before, so what was told holds again

    async def _read_details(self, hands: Hands, server: Server, box: Box, window: Window) -> None:
        try:
            found: Any = await hands.do(lambda: server.calendar(box.mailbox, window))
        except PasswordRefused:
            raise
        except ServiceError as error:
            found = error
        box.take_details(found)
        is_soon = box.trouble is not None or box.needs_details_often
        pause = self._settings.calendar_s if is_soon else self._settings.details_s
        box.details_at = self._clock() + pause
        self._show(box)

    async def _find_out(self, hands: Hands, boxes: Sequence[Box]) -> None:
        """Nobody could be read: raises the ServiceError behind it, unless it is each mailbox's own."""
        await self._try(hands)
        for error in (box.trouble for box in boxes):
            if error is not None and not isinstance(error, MailboxFailed):
                raise error

    def _pause(self) -> float:
        """Return the seconds until something is due: somebody's turn, or midnight."""
        now = self._clock()
        turns = [b.times_at for b in self._boxes.values() if b.mailbox]
        if self._settings.calendars == "details":
            turns += [b.details_at for b in self._boxes.values() if b.mailbox]
        tomorrow = window_at(now, self._settings.home, 0).end
        return max(min([tomorrow, *turns]) - now, _LEAST_S)

    def _on_news(self, mailbox: str) -> None:
        """The server says that something is different in a calendar."""
        for box in self._boxes.values():
            if box.mailbox.casefold() == mailbox.casefold():
                box.details_at = float("-inf")
                self._wake.set()

    # ------------------------------------------------------------- telling

    def _show(self, box: Box) -> None:
        if isinstance(box.trouble, NoMailbox):
            if self._boxes.get(box.person) is box:
                if box.told:
                    self._tell(box, ())
                self._tell_hours(box)
            box.answer(None)
            return
        if box.trouble is not None:
            box.answer(box.trouble)
            return
        appointments = box.appointments(self._window)
        if appointments is None or self._boxes.get(box.person) is not box:
            return
        if not self._light.is_well:
            self._light.well()
        self._tell(box, appointments)
        self._tell_hours(box)
        box.answer(len(appointments))

    def _tell(self, box: Box, appointments: tuple[Appointment, ...]) -> None:
        if (appointments, False) != (box.told, box.is_told_old):
            box.told, box.is_told_old = appointments, False
            self._emit(box.said(self._settings.calendar_name))

    def _tell_old(self, box: Box) -> None:
        """Tell that what was said before is old, once; where nothing was said nothing is."""
        if box.told and not box.is_told_old:
            box.is_told_old = True
            self._emit(box.said(self._settings.calendar_name))

    def _tell_hours(self, box: Box) -> None:
        if box.hours != box.told_hours:
            box.told_hours = box.hours
            self._emit(HoursSet(source=self._settings.calendar_name, person=box.person, hours=box.hours))

    def _conclude(self, boxes: Sequence[Box]) -> None:
        failed = [box for box in boxes if box.trouble is not None and not isinstance(box.trouble, NoMailbox)]
        if failed and len(failed) == len(boxes) and failed[0].trouble is not None:
            self._light.failed(failed[0].trouble)
        else:
            for box in failed:
                self._tell_old(box)
            self._light.well(message_of(boxes))

    # ------------------------------------------------------------- automatic replies

    async def _keep_replies(self, hands: Hands) -> None:
        while True:
            await self._is_ready.wait()
            self._wake_replies.clear()
            pause = self._settings.mailbox_s
            try:
                await self._read_replies(hands)
            except PasswordRefused as error:
                pause = retry_s(error, 1)
                self._on_refused()
            except ServiceError as error:
                _log.info("automatic replies cannot be read: %s", error.message.key)
                pause = min(pause, retry_s(error, 1))
            try:
                async with asyncio.timeout(pause):
                    await self._wake_replies.wait()
            except TimeoutError:
                continue

    async def _read_replies(self, hands: Hands) -> None:
        now = self._clock()
        for box in [box for box in self._boxes.values() if box.mailbox and box.replies_at <= now]:
            server = self._server
            if server is None:
                return
            try:
                box.replies = await hands.do(partial(server.replies, box.mailbox))
            except MailboxFailed as error:
                _log.debug("automatic replies: %s", error.message.key)
            box.replies_at = self._clock() + self._settings.mailbox_s
            if box.told is not None:
                self._show(box)

    # ------------------------------------------------------------- tasks

    def _mailboxes(self) -> list[str]:
        return [box.mailbox for box in self._boxes.values() if box.mailbox]

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(_report)
        self._tasks.append(task)

    def _emit(self, event: PresenceEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)


async def _all(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Do all of it; a refused password ends the rest, and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            for one in work:
                group.create_task(one)
    except BaseExceptionGroup as errors:
        refused, others = errors.split(PasswordRefused)
        if refused is None or others is not None:
            raise
        raise refused.exceptions[0] from None


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s ended", task.get_name(), exc_info=error)
