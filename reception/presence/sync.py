"""Two-way synchronisation of line state with Teams, for one colleague: pure (requirements 000-32 to 000-38).

The rules:

1. Who talks on a line of their own, mobile phones included, and is known to Teams, is shown there as in
   a call, by a session of ours. It is renewed at half its time while they talk, and cleared when they do not
   any more. While telephony is not heard of it is left alone: what nobody vouches for ends by itself.
2. Who is in a call in Teams (or presents) has a line that looks busy; do not disturb and busy by policy. It
   does not matter whether Teams knows by hand, by a calendar or by a call (000-34, 35). When Teams has not
   been heard of for as long as a session lasts, lines look free again.
3. No echo. Teams does not say who set a state. While a session of ours may be there, and for a while after it
   was cleared (what is read lags behind), *in a call* may be our own word: it changes nothing. Any other word
   is theirs. What is still said when that while is over was never ours. (What we marked on a line is left out
   of `LineChanged` by the switch.)
4. One thing at a time is asked of Teams, and always the latest wish. What fails is tried again later and
   later; what is refused for somebody, for a long while not.
5. What may be there counts as being there until it has certainly ended: so after a restart, or an answer that
   was lost, it is cleared or taken over.

`look` says what is to be done now, `next_deadline` when to look again. A clock that was set back is noticed.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

from reception.model.lines import LineMark
from reception.model.sync import Shows, SyncPolicy
from reception.presence.port import Showing, TeamsSet
from reception.presence.status import is_busy_in_teams, is_in_teams_call, is_not_to_be_disturbed


class Timing(NamedTuple):
    """How long things take, in seconds."""

    session_s: float = 900.0
    """A session of ours lasts so long: nobody stays busy for longer by a hub that died."""
    holdoff_s: float = 30.0
    """What is read may lag so far behind what was written (contract 1.13)."""
    first_retry_s: float = 2.0
    longest_retry_s: float = 300.0
    refused_retry_s: float = 3600.0


USUAL_TIMING: Final = Timing()


class Write(Enum):
    """What is asked of Teams."""

    SET = "set"
    CLEAR = "clear"


class Trouble(Enum):
    """Why it was not done, so how long to leave it."""

    AWAY = "away"  # it may have been done: an answer can be lost
    NOT_ALLOWED = "not_allowed"  # somebody must mend a permission or a setting; then for all
    REFUSED = "refused"  # for this colleague


class Step(NamedTuple):
    """What is to be done, and what holds now.

    `write` is to be begun now, and to be ended with `done` or `failed`. `mark` is what the line should look
    like. `word` is Teams' own, without what is ours; None before Teams has said anything. `is_on_call`: the
    line looks busy for a call in Teams. `owned_until`: until when something of ours may be in Teams, None for
    nothing; to be kept before the write.
    """

    write: Write | None
    mark: LineMark
    word: TeamsSet | None
    is_on_call: bool
    owned_until: float | None


class PersonSync:
    """One colleague's line and Teams. What is told is only noted; times are UTC seconds."""

    __slots__ = (
        "_before",
        "_echo_until",
        "_failed_at",
        "_failures",
        "_has_lines",
        "_heard",
        "_is_confirmed",
        "_is_talking",
        "_pause_s",
        "_policy",
        "_silent_since",
        "_since",
        "_timing",
        "_under_way",
        "_until",
        "_word",
    )

    def __init__(self, policy: SyncPolicy, timing: Timing = USUAL_TIMING) -> None:
        self._policy = policy
        self._timing = timing
        self._is_talking = False
        self._has_lines = False
        self._heard: TeamsSet | None = None
        self._word: TeamsSet | None = None
        self._silent_since: float | None = None
        self._since = 0.0
        self._until: float | None = None
        self._before: float | None = None
        self._is_confirmed = False
        self._under_way: Write | None = None
        self._failures = 0
        self._failed_at = 0.0
        self._pause_s = 0.0
        self._echo_until = 0.0

    # -------------------------------------------------------------- what is told

    def follow(self, policy: SyncPolicy, timing: Timing = USUAL_TIMING) -> None:
        """Take another policy."""
        self._policy, self._timing = policy, timing

    def on_lines(self, *, is_talking: bool, is_heard: bool) -> None:
        """Take what the lines do; not `is_heard`: telephony is away, and that is the last known."""
        self._is_talking = is_talking
        self._has_lines = is_heard

    def on_teams(self, word: TeamsSet) -> None:
        """Take what Teams says now."""
        self._heard = word

    def on_teams_source(self, *, is_heard: bool, now: float) -> None:
        """Take note that Teams is not heard of any more, or is again: then what failed is tried at once."""
        if is_heard:
            self._silent_since = None
            if self._pause_s <= self._timing.longest_retry_s:
                self._failures, self._pause_s = 0, 0.0
        elif self._silent_since is None:
            self._silent_since = now

    def restore(self, until: float, now: float) -> None:
        """An earlier hub may have left a session there."""
        self._since, self._until = now, min(until, now + self._timing.session_s)

    def done(self, now: float) -> None:
        """What was under way is done."""
        write, self._under_way = self._under_way, None
        self._failures, self._pause_s = 0, 0.0
        if write is Write.SET:
            self._is_confirmed, self._until = True, now + self._timing.session_s
        else:
            self._ended(now)

    def failed(self, trouble: Trouble, now: float) -> None:
        """What was under way is not done, or nobody knows."""
        write, self._under_way = self._under_way, None
        timing = self._timing
        self._failed_at, self._pause_s = now, self._pause_after(trouble)
        self._failures = min(self._failures + 1, 30)
        if write is Write.SET:
            self._until = now + timing.session_s if trouble is Trouble.AWAY else self._before

    def _pause_after(self, trouble: Trouble) -> float:
        timing = self._timing
        if trouble is Trouble.REFUSED:
            return timing.refused_retry_s
        is_away = trouble is Trouble.AWAY
        pause_s = timing.first_retry_s * 2**self._failures if is_away else timing.longest_retry_s
        return min(pause_s, timing.longest_retry_s)

    # -------------------------------------------------------------- what follows

    def look(self, now: float) -> Step:
        """Return what is to be done now; a write is under way from then on."""
        self._notice_the_time(now)
        if self._heard is not None and not (_may_be_ours(self._heard) and self._echoes(now)):
            self._word = self._heard
        write = self._due_write(now)
        if write is not None:
            self._under_way = write
        if write is Write.SET:
            self._before, self._is_confirmed = self._until, False
            self._since, self._until = now, now + self._timing.session_s
        mark = self._mark(now)
        return Step(
            write=write,
            mark=mark,
            word=self._word,
            is_on_call=mark is LineMark.BUSY and self._word is not None and is_in_teams_call(self._word),
            owned_until=self._until,
        )

    def next_deadline(self, now: float) -> float | None:
        """Return when `look` has something new to say though nothing was told, or None."""
        return min(self._deadlines(now), default=None)

    def _deadlines(self, now: float) -> list[float]:
        found = []
        if self._under_way is None:
            if self._wants_session():
                found.append(self._due_at())
            elif self._until is not None:
                found.append(min(self._until, self._retry_at) if self._may_clear() else self._until)
            elif self._heard is not self._word:
                found.append(self._echo_until)
        if self._silent_since is not None and self._mark(now) is not LineMark.NONE:
            found.append(self._silent_since + self._timing.session_s)
        return found

    def _due_write(self, now: float) -> Write | None:
        if self._under_way is not None:
            return None
        if self._wants_session():
            return Write.SET if now >= self._due_at() else None
        if self._until is not None and self._may_clear() and now >= self._retry_at:
            return Write.CLEAR
        return None

    def _wants_session(self) -> bool:
        """True while a session of ours should be there (rule 1)."""
        was_known = self._until is not None  # an earlier hub wrote for them
        is_known = was_known if self._heard is None else bool(self._heard.availability)
        goes = self._policy.direction.goes_to_teams
        return goes and is_known and self._is_talking and self._has_lines

    def _may_clear(self) -> bool:
        return self._has_lines or not self._policy.direction.goes_to_teams

    @property
    def _retry_at(self) -> float:
        return self._failed_at + self._pause_s

    def _due_at(self) -> float:
        """Return when a session is to be set or renewed."""
        if self._until is None or not self._is_confirmed:
            return self._retry_at
        return max(self._retry_at, self._since + self._timing.session_s / 2)

    def _mark(self, now: float) -> LineMark:
        """Return what the line should look like (rule 2)."""
        word, timing = self._word, self._timing
        is_stale = self._silent_since is not None and now >= self._silent_since + timing.session_s
        if word is None or is_stale or not self._policy.direction.goes_to_telephony:
            return LineMark.NONE
        if is_in_teams_call(word):
            return LineMark.BUSY
        shows = self._policy.shows
        if is_not_to_be_disturbed(word):
            return LineMark.NONE if shows is Shows.CALLS else LineMark.DO_NOT_DISTURB
        return LineMark.BUSY if shows is Shows.BUSY and is_busy_in_teams(word) else LineMark.NONE

    # -------------------------------------------------------------- time

    def _echoes(self, now: float) -> bool:
        """True while what we showed may still be read (rule 3)."""
        return self._under_way is not None or self._until is not None or now < self._echo_until

    def _notice_the_time(self, now: float) -> None:
        timing = self._timing
        if self._until is not None and now < self._since:  # the clock was set back
            self._since, self._until, self._is_confirmed = now, now + timing.session_s, False
        self._echo_until = min(self._echo_until, now + timing.holdoff_s)
        self._failed_at = min(self._failed_at, now)
        if self._silent_since is not None:
            self._silent_since = min(self._silent_since, now)
        if self._until is not None and now >= self._until and self._under_way is None:
            self._ended(now)

    def _ended(self, now: float) -> None:
        self._until, self._is_confirmed = None, False
        self._echo_until = now + self._timing.holdoff_s


def _may_be_ours(word: TeamsSet) -> bool:
    """True for what Teams says when it says what we wrote."""
    return f"{word.availability}/{word.activity}" == Showing.IN_A_CALL
