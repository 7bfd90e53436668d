"""The calendars of all who are followed: read in changes, each told when it is different.

Each mailbox fails by itself and keeps what it said before. Only when all of them fail the source counts as
silent. At midnight the window moves on and everything is read anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from reception.errors import ServiceError, Unavailable
from reception.light import Light, retry_s
from reception.model.calendar import Appointment
from reception.model.changes import Message
from reception.presence.port import CalendarSet, PresenceEvent
from services.graph.accounts import Account
from services.graph.answers import Answer, Refused
from services.graph.batch import AT_MOST, ask_together
from services.graph.client import GraphClient
from services.graph.mail_settings import Replies
from services.graph.mailbox import Mailbox, Reading, Window
from services.graph.schedules import AT_ONCE, read_schedules
from services.graph.settings import PresenceSettings
from services.graph.zones import midnight_before

_WORKERS: Final = 4
"""Envelopes under way at a time; Graph itself sends Outlook four at a time of what is in one."""
_IDLE_S: Final = 60.0


class Calendars:
    """Reads calendars. `clock` gives UTC seconds."""

    def __init__(
        self,
        client: GraphClient,
        settings: PresenceSettings,
        emit: Callable[[PresenceEvent], None],
        clock: Callable[[], float],
    ) -> None:
        self._client = client
        self._settings = settings
        self._emit = emit
        self._clock = clock
        self.light = Light(settings.calendar_name, emit, clock)
        self._boxes: dict[str, Mailbox] = {}
        self._replies: Mapping[str, Replies] = {}
        self._wake = asyncio.Event()
        self._failures: dict[str, int] = {}
        zone = settings.zone or "UTC"
        prefer = [
            f'outlook.timezone="{zone}"',
            *(('IdType="ImmutableId"',) if settings.immutable_ids else ()),
        ]
        self._reading = Reading(settings.home, {"Prefer": ", ".join(prefer)})

    def follow(self, accounts: Mapping[str, Account], people: Iterable[str]) -> None:
        """Read these people's calendars, whoever has an account; who has lost theirs has nothing in it."""
        before, self._boxes = self._boxes, {}
        for person in people:
            account, known = accounts.get(person), before.get(person)
            if account is None:
                if known is not None and known.told:
                    self._tell(known, ())
            elif known is not None and known.user == account.user:
                self._boxes[person] = known
            else:
                fresh = self._boxes[person] = Mailbox(person, account.user, account.address)
                if known is not None:
                    fresh.told, fresh.is_told_old = known.told, known.is_told_old
        self._wake.set()

    def take_replies(self, replies: Mapping[str, Replies]) -> None:
        """Automatic replies, by person, are as told here from now on."""
        changed = {p for p in self._boxes if self._replies.get(p) != replies.get(p)}
        self._replies = replies
        for person in changed:
            box = self._boxes[person]
            if box.told is not None:
                self._show(box)

    def look_now(self, user: str) -> None:
        """Something is different in somebody's calendar: a notification says so."""
        for box in self._boxes.values():
            if box.user == user:
                box.look_again_at = 0.0
                self._wake.set()

    async def read_now(self, person: str) -> int | None:
        """Read somebody's calendar at once; returns how many appointments there are, None for no calendar.

        Raises ServiceError when it cannot be read.
        """
        box = self._boxes.get(person)
        if box is None:
            return None
        answer: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        box.asked.append(answer)
        box.look_again_at = 0.0
        self._wake.set()
        return await answer

    def stop(self) -> None:
        """Nobody need wait for a reading any more."""
        away = Unavailable("unreachable", address=self._settings.calendar_name)
        for box in self._boxes.values():
            _answer(box.asked, away)

    async def run(self) -> None:
        """Read for ever."""
        while True:
            self._wake.clear()
            await self._round()
            try:
                async with asyncio.timeout(self._pause()):
                    await self._wake.wait()
            except TimeoutError:
                pass

    def fail(self, error: ServiceError) -> None:
        """Nothing can be read at all."""
        self.light.failed(error)

    # ------------------------------------------------------------- rounds

    def _pause(self) -> float:
        now = self._clock()
        midnight = midnight_before(now, self._settings.home, 1)
        return max(
            min([midnight, now + _IDLE_S, *(b.look_again_at for b in self._boxes.values())]) - now, 0.05
        )

    async def _round(self) -> None:
        now = self._clock()
        home = self._settings.home
        window = Window(midnight_before(now, home), midnight_before(now, home, self._settings.days_ahead + 1))
        for box in self._boxes.values():
            box.begin(window)
        due = [box for box in self._boxes.values() if box.look_again_at <= now]
        asked = {box: box.asked for box in due}
        for box in due:
            box.asked = []  # whoever asks from now on waits for the next reading
        waiting = [due[n : n + AT_MOST] for n in range(0, len(due), AT_MOST)]
        async with asyncio.TaskGroup() as group:
            for _ in range(min(_WORKERS, len(waiting))):
                group.create_task(self._work(waiting, window))
        for box, answers in asked.items():
            _answer(answers, box.trouble or (None if box.is_absent else len(box.told or ())))
        self._conclude()

    async def _work(self, waiting: list[list[Mailbox]], window: Window) -> None:
        while waiting:
            boxes = waiting.pop(0)
            if self._settings.calendars == "details":
                await self._read_details(boxes)
                boxes = [box for box in boxes if isinstance(box.trouble, Refused)]
            if boxes and self._settings.schedules_through:
                await self._read_schedules(boxes, window)

    async def _read_details(self, boxes: Sequence[Mailbox]) -> None:
        under_way = list(boxes)
        while under_way:
            requests = [box.request(self._reading) for box in under_way]
            try:
                results = await ask_together(self._client, requests)
            except ServiceError as error:
                for box in under_way:
                    self._failed(box, error)
                return
            going_on = []
            for box, result in zip(under_way, results, strict=True):
                if self._take(box, result):
                    going_on.append(box)
            under_way = going_on

    def _take(self, box: Mailbox, result: Answer | ServiceError) -> bool:
        """Take in what came for a mailbox; returns whether there is more of it to ask for."""
        try:
            if isinstance(result, ServiceError):
                raise result
            following = box.take(result, self._reading)
            if following is None:
                self._well(box)
                return False
            box.follow(self._client.own_link(following) if following else "")
            return True
        except ServiceError as error:
            self._failed(box, error)
            return False

    async def _read_schedules(self, boxes: Sequence[Mailbox], window: Window) -> None:
        through, home = self._settings.schedules_through, self._settings.home
        times_only = self._settings.calendars == "free_busy"
        for n in range(0, len(boxes), AT_ONCE):
            part = boxes[n : n + AT_ONCE]
            try:
                found = await read_schedules(self._client, through, part, window, home, times_only=times_only)
            except ServiceError as error:
                for box in part:
                    self._failed(box, error)
                continue
            for box, schedule in zip(part, found, strict=True):
                if schedule.trouble is not None:
                    self._failed(box, schedule.trouble)
                    continue
                box.take_schedule(schedule.appointments, schedule.skipped)
                self._well(box)

    # ------------------------------------------------------------- telling

    def _well(self, box: Mailbox) -> None:
        box.trouble = None
        self._failures.pop(box.person, None)
        box.look_again_at = self._clock() + self._settings.calendar_s
        if self._boxes.get(box.person) is not box:
            return
        if not self.light.is_well:
            self.light.well()
        self._show(box)

    def _failed(self, box: Mailbox, error: ServiceError) -> None:
        box.trouble = error
        failures = self._failures[box.person] = self._failures.get(box.person, 0) + 1
        box.look_again_at = self._clock() + retry_s(error, failures)

    def _show(self, box: Mailbox) -> None:
        if box.is_absent and not box.told:
            return  # not known is not the same as nothing in it
        found = list(box.appointments())
        if (away := self._replies.get(box.person, Replies()).appointment(box.person)) is not None:
            found.append(away)
        self._tell(box, tuple(sorted(found, key=lambda a: (a.start, a.end, a.id))))

    def _tell(self, box: Mailbox, appointments: tuple[Appointment, ...]) -> None:
        is_old = box.is_told_old and box.trouble is not None
        if (appointments, is_old) != (box.told, box.is_told_old):
            box.told, box.is_told_old = appointments, is_old
            self._emit(self._said(box))

    def _tell_old(self, box: Mailbox) -> None:
        """Tell that what was said before is old, once; where nothing was said nothing is."""
        if box.told and not box.is_told_old:
            box.is_told_old = True
            self._emit(self._said(box))

    def _said(self, box: Mailbox) -> CalendarSet:
        return CalendarSet(
            source=self._settings.calendar_name,
            person=box.person,
            appointments=box.told or (),
            is_old=box.is_told_old,
        )

    def _conclude(self) -> None:
        boxes = list(self._boxes.values())
        failed = [box for box in boxes if box.trouble is not None]
        if failed and len(failed) == len(boxes):
            assert failed[0].trouble is not None
            self.light.failed(failed[0].trouble)
        elif failed:
            for box in failed:
                self._tell_old(box)
            self.light.well(_failed_message(failed, len(boxes)))
        else:
            skipped = [box for box in boxes if box.skipped]
            self.light.well(_skipped_message(skipped) if skipped else None)


def _answer(waiting: Sequence[asyncio.Future[int | None]], what: int | ServiceError | None) -> None:
    for one in waiting:
        if one.done():
            continue
        if isinstance(what, ServiceError):
            one.set_exception(what)
        else:
            one.set_result(what)


def _failed_message(failed: Sequence[Mailbox], count: int) -> Message:
    first = failed[0]
    error = str(first.trouble.message.params.get("error", "")) if first.trouble is not None else ""
    return Message(
        key="mailboxes_failed",
        params={"count": len(failed), "of": count, "address": first.address, "error": error or "?"},
    )


def _skipped_message(boxes: Sequence[Mailbox]) -> Message:
    count = sum(box.skipped for box in boxes)
    return Message(key="appointments_unreadable", params={"count": count, "address": boxes[0].address})
