"""What outlives the hub."""

from __future__ import annotations

import msgspec

from reception.model.attendants import Attendant
from reception.model.calls import Call, Spoken
from reception.model.office import Profile, Shortcut
from reception.model.people import Person
from reception.model.presence import Entry
from reception.model.sync import OwnSession


class DayRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The day's counts as they are kept: `waited_s` is the sum of the waits of who was answered.

    `start` is the day's midnight (UTC seconds); `taken` are the live calls that were answered already.
    """

    start: float
    answered: int = 0
    lost: int = 0
    waited_s: float = 0.0
    taken: tuple[str, ...] = ()


class KeptEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody did to a colleague's timeline, as it is kept.

    An entry of our own has an id of our own. One that was made of an imported entry has that one's id and
    stands in its place; `is_deleted`: nothing stands there, and the imported one does not return. `imported`
    is what the calendar said then. `by` is who did it: a receptionist's initials, or empty for the
    colleague on the web page.
    """

    person: str
    entry: Entry
    is_deleted: bool = False
    imported: Entry | None = None
    by: str = ""
    at: float = 0.0

    @property
    def key(self) -> str:
        """What it is kept under."""
        return self.entry.id


class Comparison(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the comparison with somebody's calendars went that was started by hand (requirement 003-50).

    `at` is when (UTC seconds), `appointments` how many they hold, None where there is no calendar of theirs.
    `failed` are the names of the sources that could not be read.
    """

    at: float
    appointments: int | None = None
    failed: tuple[str, ...] = ()


class Account(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A colleague's sign-in to the web page. `password` is an argon2 hash, empty for none.

    `is_disabled`: an administrator has taken it away; signing in elsewhere makes no new one.
    """

    person: str
    user: str
    password: str = ""
    language: str = ""
    shortcuts: tuple[Shortcut, ...] = ()
    profiles: tuple[Profile, ...] = ()
    compared: Comparison | None = None
    is_disabled: bool = False


class StoredOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a request ended, as it was told (JSON): `key` names who asked and the request, `at` when."""

    key: str
    outcome: bytes
    at: float


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What a store is to keep and to forget, in one transaction.

    `ended` are ids of calls, `forgotten` numbers of callers, `removed` keys of entries, `cleared` ids of
    people of whom nothing of ours is shown in Teams any more. Of two outcomes with one key the first stays.
    """

    calls: tuple[Call, ...] = ()
    ended: tuple[str, ...] = ()
    attendants: tuple[Attendant, ...] = ()
    day: DayRecord | None = None
    spoken: tuple[tuple[str, Spoken], ...] = ()
    forgotten: tuple[str, ...] = ()
    outcomes: tuple[StoredOutcome, ...] = ()
    entries: tuple[KeptEntry, ...] = ()
    removed: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    sessions: tuple[OwnSession, ...] = ()
    cleared: tuple[str, ...] = ()


class StoredState(msgspec.Struct, frozen=True, kw_only=True):
    """Live calls with callbacks, who was logged in, the directory, the day's counts, whom callers were put
    through to the last time (by number, oldest first), what was done to timelines, sign-ins to the web page,
    what may be shown of colleagues in Teams, and the outcomes of the last day's requests (oldest first)."""

    calls: tuple[Call, ...] = ()
    attendants: tuple[Attendant, ...] = ()
    people: tuple[Person, ...] = ()
    day: DayRecord | None = None
    spoken: tuple[tuple[str, Spoken], ...] = ()
    entries: tuple[KeptEntry, ...] = ()
    accounts: tuple[Account, ...] = ()
    sessions: tuple[OwnSession, ...] = ()
    outcomes: tuple[StoredOutcome, ...] = ()
