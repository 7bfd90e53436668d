"""The organisation: its mailboxes, what stands in their calendars, and the accounts that may read them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from dateutil import rrule  # type: ignore[import-untyped]  # its types are a package of their own

Occurrence = tuple[int | None, datetime, datetime]
"""Number in its series, if it is of one, start and end."""

_STEPS: Final = {"daily": rrule.DAILY, "weekly": rrule.WEEKLY}


class Right(StrEnum):
    """What an account may see of a mailbox that is not its own, from little to much (FreeBusyViewType)."""

    NOTHING = "None"
    MERGED = "MergedOnly"
    TIMES = "FreeBusy"
    DETAILS = "Detailed"


class Item(msgspec.Struct, kw_only=True):
    """An appointment, or a series of them: `repeats` is ``daily`` or ``weekly``, `times` how often.

    Words are those of EWS. `zone` is where a series is planned: its hours stay when the clocks change.
    `moved` are occurrences of a series at another time, by their number from 0; `cancelled` those that do not
    take place. An all-day one begins and ends at midnight of the mailbox's owner.
    """

    subject: str
    start: datetime
    end: datetime
    id: str = msgspec.field(default_factory=lambda: f"AAMk{uuid.uuid4().hex}")
    show_as: str = "Busy"
    sensitivity: str = "Normal"
    is_all_day: bool = False
    is_cancelled: bool = False
    location: str = ""
    body: str = ""
    categories: tuple[str, ...] = ()
    response: str = "Accept"
    organizer: str = ""
    zone: str = "UTC"
    repeats: str = ""
    times: int = 1
    moved: dict[int, tuple[datetime, datetime]] = {}
    cancelled: frozenset[int] = frozenset()
    version: int = 0

    @property
    def is_private(self) -> bool:
        """True for what only its owner reads."""
        return self.sensitivity in ("Private", "Confidential")

    def occurrences(self, begin: datetime, end: datetime) -> Iterator[Occurrence]:
        """Yield what overlaps a time."""
        if not self.repeats:
            if self.start < end and self.end > begin:
                yield None, self.start, self.end
            return
        zone = ZoneInfo(self.zone)
        length = self.end - self.start
        first = self.start.astimezone(zone).replace(tzinfo=None)
        for number, local in enumerate(rrule.rrule(_STEPS[self.repeats], dtstart=first, count=self.times)):
            if number in self.cancelled:
                continue
            start = local.replace(tzinfo=zone).astimezone(UTC)
            starts, ends = self.moved.get(number, (start, start + length))
            if starts < end and ends > begin:
                yield number, starts, ends


class Away(msgspec.Struct, frozen=True, kw_only=True):
    """Automatic replies: `state` is ``Disabled``, ``Enabled`` or ``Scheduled``, from `start` to `end`."""

    state: str = "Disabled"
    audience: str = "All"
    start: datetime | None = None
    end: datetime | None = None
    inside: str = ""
    outside: str = ""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """When somebody works, in minutes of the day; `days` are Exchange's words, `zone` is Windows' name."""

    days: str = "Monday Tuesday Wednesday Thursday Friday"
    start: int = 480
    end: int = 960
    zone: str = "Romance Standard Time"


class Mailbox(msgspec.Struct, kw_only=True):
    """A mailbox. `readers` are accounts that may see its calendar without impersonation, and how much."""

    address: str
    name: str = ""
    items: dict[str, Item] = {}
    away: Away = Away()
    work: Work = Work()
    readers: dict[str, Right] = {}
    free_busy_error: str = ""
    """What free and busy times of this mailbox are refused with, always."""
    error: str = ""
    """What everything else of this mailbox is refused with, always."""
    version: int = 0


class Caller(msgspec.Struct, kw_only=True):
    """An account that signs in. `may_impersonate`: it has the role ApplicationImpersonation."""

    name: str
    password: str
    may_impersonate: bool = False
    sees: Right = Right.TIMES
    """What it may see of everybody, where a mailbox says nothing else."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a calendar is different; `kind` is the EWS word, such as ``ModifiedEvent``."""

    address: str
    item: str
    kind: str


class Organisation:
    """All of it. `clock` gives the time in UTC. What is told of a change comes from whoever changes it.

    To be used from any thread.
    """

    def __init__(
        self, mailboxes: Iterable[Mailbox], callers: Iterable[Caller], clock: Callable[[], datetime]
    ):
        self.mailboxes = {box.address.lower(): box for box in mailboxes}
        self.callers = {caller.name.lower(): caller for caller in callers}
        self.clock = clock
        self.lock = threading.RLock()
        self.listeners: list[Callable[[Change], None]] = []

    def mailbox(self, address: str) -> Mailbox | None:
        """Return a mailbox by its address."""
        return self.mailboxes.get(address.lower())

    def put(self, address: str, item: Item) -> Item:
        """Write an appointment, or another form of one that is there. Raises KeyError."""
        with self.lock:
            box = self.mailboxes[address.lower()]
            box.version += 1
            item.version = box.version
            kind = "ModifiedEvent" if item.id in box.items else "CreatedEvent"
            box.items = box.items | {item.id: item}
        self._tell(Change(address=box.address, item=item.id, kind=kind))
        return item

    def remove(self, address: str, item: str) -> None:
        """Delete an appointment. Raises KeyError."""
        with self.lock:
            box = self.mailboxes[address.lower()]
            box.items = {id_: one for id_, one in box.items.items() if id_ != item}
        self._tell(Change(address=box.address, item=item, kind="DeletedEvent"))

    def right(self, caller: Caller, box: Mailbox) -> Right:
        """Return what an account may see of a mailbox."""
        if caller.may_impersonate:
            return Right.DETAILS
        return box.readers.get(caller.name, caller.sees)

    def _tell(self, change: Change) -> None:
        for listener in tuple(self.listeners):
            listener(change)


def day_of(box_zone: str, year: int, month: int, day: int, days: int = 1) -> tuple[datetime, datetime]:
    """Return the bounds of all-day appointments in a zone."""
    zone = ZoneInfo(box_zone)
    start = datetime(year, month, day, tzinfo=zone)
    return start, (start.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone)
