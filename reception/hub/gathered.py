"""What waits to be stored: of everything only the latest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reception.model.attendants import Attendant
from reception.model.calls import Call, Spoken
from reception.model.changes import AttendantChanged, CallChanged, CallEnded, Change
from reception.model.stored import Account, Batch, DayRecord, KeptEntry, StoredOutcome
from reception.model.sync import OwnSession


class Gathered:
    """Changes by what they are kept under; None is to be forgotten."""

    def __init__(self) -> None:
        self.calls: dict[str, Call | None] = {}
        self.attendants: dict[str, Attendant] = {}
        self.spoken: dict[str, Spoken | None] = {}
        self.entries: dict[str, KeptEntry | None] = {}
        self.accounts: dict[str, Account] = {}
        self.sessions: dict[str, OwnSession | None] = {}
        self.outcomes: dict[str, StoredOutcome] = {}
        self.day: DayRecord | None = None

    def __bool__(self) -> bool:
        of_calls = (self.calls, self.attendants, self.spoken, self.outcomes)
        return self.day is not None or any((*of_calls, self.entries, self.accounts, self.sessions))

    def note_changes(self, changes: Iterable[Change]) -> None:
        """Take in changed calls and log-ins."""
        for change in changes:
            match change:
                case CallChanged(call=call):
                    self.calls[call.id] = call
                case CallEnded(call=call_id):
                    self.calls[call_id] = None
                case AttendantChanged(attendant=attendant):
                    self.attendants[attendant.id] = attendant

    def note_spoken(self, latest: Mapping[str, Spoken], forgotten: Iterable[str]) -> None:
        """Take in whom numbers were put through to, and which are forgotten."""
        self.spoken |= dict.fromkeys(forgotten)
        self.spoken |= latest

    def note_entries(self, kept: Iterable[KeptEntry], removed: Iterable[str]) -> None:
        """Take in what was done to timelines."""
        self.entries |= dict.fromkeys(removed)
        self.entries |= {entry.key: entry for entry in kept}

    def on_top_of(self, earlier: Gathered) -> Gathered:
        """Return both together; what is newer holds."""
        both = Gathered()
        both.calls = earlier.calls | self.calls
        both.attendants = earlier.attendants | self.attendants
        both.spoken = earlier.spoken | self.spoken
        both.entries = earlier.entries | self.entries
        both.accounts = earlier.accounts | self.accounts
        both.sessions = earlier.sessions | self.sessions
        both.outcomes = self.outcomes | earlier.outcomes
        both.day = self.day or earlier.day
        return both

    def batch(self) -> Batch:
        """Return it as a store takes it."""
        return Batch(
            calls=tuple(call for call in self.calls.values() if call is not None),
            ended=tuple(key for key, call in self.calls.items() if call is None),
            attendants=tuple(self.attendants.values()),
            day=self.day,
            spoken=tuple((key, one) for key, one in self.spoken.items() if one is not None),
            forgotten=tuple(key for key, one in self.spoken.items() if one is None),
            outcomes=tuple(self.outcomes.values()),
            entries=tuple(entry for entry in self.entries.values() if entry is not None),
            removed=tuple(key for key, entry in self.entries.items() if entry is None),
            accounts=tuple(self.accounts.values()),
            sessions=tuple(one for one in self.sessions.values() if one is not None),
            cleared=tuple(key for key, one in self.sessions.items() if one is None),
        )
