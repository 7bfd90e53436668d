"""Keeps line state in telephony and in Teams the same: the rules of `reception.presence.sync` at work.

What Teams says comes by here before anybody sees it, so that our own echo is not taken for news. What lines
do is read from the statuses on the board. Writes to Teams go out one at a time for each colleague, after it
was stored what may be there; marks of lines are wishes that the switch keeps.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from reception.errors import AuthNeeded, ConfigError, ServiceError
from reception.hub.absences import Absences
from reception.hub.alarm import Alarm
from reception.hub.board import Board
from reception.hub.session_shelf import SessionShelf
from reception.hub.sync_faults import SyncFaults
from reception.model.changes import Message, Source
from reception.model.lines import LineMark, LineState
from reception.model.office import Profile
from reception.model.people import Person
from reception.model.sync import Direction, OwnSession, SyncPolicy
from reception.ports import MarkLine, SwitchCommand, SwitchError
from reception.presence.course import diverted_numbers
from reception.presence.port import PersonRefused, PresenceWriter, Showing, TeamsSet
from reception.presence.sync import USUAL_TIMING, PersonSync, Step, Timing, Trouble, Write

_log = logging.getLogger(__name__)

_ON_A_CALL: Final = (LineState.TALKING, LineState.HELD)
_OFF: Final = SyncPolicy(direction=Direction.OFF)
_NOTHING: Final[tuple[MarkLine, ...]] = ()


def _usual_policy(_: Person) -> SyncPolicy:
    return SyncPolicy()


class SyncSetup(NamedTuple):
    """What a hub starts with about the synchronisation.

    `policy_of` tells what holds for somebody. `absences` hear who is in a call in Teams, and tell who has a
    number. `sessions` are what an earlier hub may have left in Teams.
    """

    absences: Absences
    policy_of: Callable[[Person], SyncPolicy] = _usual_policy
    sessions: Sequence[OwnSession] = ()
    timing: Timing = USUAL_TIMING

    @classmethod
    def nobodys(cls) -> SyncSetup:
        """Return what a house has where nobody has a number."""
        return cls(Absences(lambda _: None))


class TeamsSync:
    """The synchronisation of everybody.

    Args:
        setup: what holds for whom; None: nobody has a number.
        board: people and their statuses.
        writer: writes to Teams; None where nothing can.
        shelf: keeps what may be there.
        send: takes commands to the switch.
        show: takes Teams' word for somebody, without our own echo.
        on_source: hears how the synchronisation is doing.
        on_calls: hears that others are in a call in Teams than before: who now is, with the profile of it.
        clock: UTC seconds.
    """

    def __init__(
        self,
        setup: SyncSetup | None,
        *,
        board: Board,
        writer: PresenceWriter | None,
        shelf: SessionShelf,
        send: Callable[[Sequence[SwitchCommand]], None],
        show: Callable[[TeamsSet], None],
        on_source: Callable[[Source], None],
        on_calls: Callable[[Mapping[str, Profile | None]], None],
        clock: Callable[[], float],
    ) -> None:
        setup = setup or SyncSetup.nobodys()
        self._absences = setup.absences
        self._policy_of = setup.policy_of
        self._timing = setup.timing
        self._left = {one.person.id: one.until for one in setup.sessions}
        self._board = board
        self._writer = writer
        self._shelf = shelf
        self._send = send
        self._show = show
        self._on_calls = on_calls
        self._clock = clock
        self._faults = SyncFaults(on_source, clock=clock)
        self._owned = {one.person.id: one.person for one in setup.sessions}
        self._people: dict[str, PersonSync] = {}
        self._shown: dict[str, tuple[TeamsSet, str]] = {}
        self._marked: dict[str, tuple[MarkLine, ...]] = {}
        self._on_call: dict[str, Profile | None] = {}
        setup.absences.on_call_in_teams = self._on_call
        self._is_telephony_heard = self._is_teams_heard = False
        self._writing: set[asyncio.Task[None]] = set()
        self._due: list[tuple[float, str]] = []
        self._look_at: dict[str, float] = {}
        self._alarm = Alarm(self._on_timer, clock)
        self._is_on = False

    def start(self) -> None:
        """Begin: what an earlier hub left is taken over, or cleared when telephony has said what lines do."""
        now = self._clock()
        self._is_on = True
        if self._writer is None:
            for person in self._owned:
                self._shelf.forget(person)
            self._owned.clear()
        for person in self._owned:
            self._of(person).restore(self._left[person], now)
        self._look_all(self._owned)

    async def stop(self) -> None:
        """Write nothing any more. What is shown in Teams stays for the next hub, or ends by itself.

        Marks of lines have no end of their own, so they are taken back.
        """
        self._is_on = False
        self._alarm.off()
        marked = [command for commands in self._marked.values() for command in commands]
        if marked:
            self._send([MarkLine(number=command.number, mark=LineMark.NONE) for command in marked])
        for task in self._writing:
            task.cancel()
        await asyncio.gather(*self._writing, return_exceptions=True)

    # -------------------------------------------------------------- what is told

    def on_teams(self, word: TeamsSet) -> None:
        """Take what Teams says of a colleague, before anybody sees it."""
        if word.person in self._board.people:
            self._of(word.person).on_teams(word)
            self._look_all((word.person,))

    def on_teams_source(self, *, is_heard: bool) -> None:
        """Take note that Teams is not heard of any more, or is again."""
        if is_heard is not self._is_teams_heard:
            self._is_teams_heard = is_heard
            now = self._clock()
            for one in self._people.values():
                one.on_teams_source(is_heard=is_heard, now=now)
            self._look_all(self._people)

    def on_telephony(self, *, is_heard: bool) -> None:
        """Take note that telephony is away, or back with fresh words of all lines."""
        self._is_telephony_heard = is_heard
        self._look_all(self._people.keys() | self._owned.keys())

    def note(self, persons: Iterable[str]) -> None:
        """Look at people again whose lines may do something else."""
        self._look_all(p for p in persons if p in self._people or self._is_talking(p))

    def use(self, policy_of: Callable[[Person], SyncPolicy], timing: Timing) -> None:
        """Let other policies hold, from now on and for everybody."""
        self._policy_of, self._timing = policy_of, timing
        self.follow()

    def use_writer(self, writer: PresenceWriter | None) -> None:
        """Write by way of another one from now on, or of none."""
        if writer is not self._writer:
            self._writer = writer
            self.follow()

    def follow(self) -> None:
        """Look at everybody again: there is a new directory. Of who has left it everything is taken back."""
        for person, one in self._people.items():
            one.follow(self._policy(person), self._timing)
        self._look_all(self._people)
        for person in self._people.keys() - self._board.people.keys() - self._owned.keys():
            del self._people[person]
            self._shown.pop(person, None)

    def on_mark_failed(self, command: MarkLine, error: SwitchError) -> None:
        """Take note that a line cannot show what it should. One that is away shows it when it is back."""
        owner = self._absences.owner_of(command.number)
        if error is SwitchError.REFUSED and command.mark is not LineMark.NONE and owner is not None:
            message = Message(key="line_not_marked", params={"person": owner.name, "number": command.number})
            self._faults.on_line(owner.id, message)

    # -------------------------------------------------------------- one colleague

    def _of(self, person: str) -> PersonSync:
        if (known := self._people.get(person)) is None:
            known = self._people[person] = PersonSync(self._policy(person), self._timing)
        return known

    def _policy(self, person: str) -> SyncPolicy:
        known = self._board.people.get(person)
        if known is None:
            return _OFF
        policy = self._policy_of(known)
        if self._writer is None and policy.direction.goes_to_teams:
            is_both = policy.direction is Direction.BOTH
            direction = Direction.TO_TELEPHONY if is_both else Direction.OFF
            return replace(policy, direction=direction)
        return policy

    def _is_talking(self, person: str) -> bool:
        status = self._board.statuses.get(person)
        return status is not None and any(line.state in _ON_A_CALL for line in status.lines)

    def _look_all(self, persons: Iterable[str]) -> None:
        if self._is_on:
            now = self._clock()
            for person in tuple(persons):
                self._look(person, now)
            self._set_timer()

    def _look(self, person: str, now: float) -> None:
        one = self._of(person)
        one.on_lines(is_talking=self._is_talking(person), is_heard=self._is_telephony_heard)
        step = one.look(now)
        self._show_call(person, step)
        self._mark(person, step.mark)
        self._show_word(person, step.word)
        if step.write is not None:
            self._begin(person, step.write, step.owned_until or now)
        elif step.owned_until is None and self._owned.pop(person, None) is not None:
            self._shelf.forget(person)
            self._faults.on_nothing_left(person)
        self._note_deadline(person, one.next_deadline(now))

    def _show_word(self, person: str, word: TeamsSet | None) -> None:
        profile = self._on_call.get(person)
        info = profile.info if profile is not None else ""
        before, before_info = self._shown.get(person, (None, ""))
        if word is not None and (word is not before or info != before_info):
            self._shown[person] = word, info
            self._show(replace(word, info=info) if info else word)

    def _show_call(self, person: str, step: Step) -> None:
        was_on_call, before = person in self._on_call, self._on_call.pop(person, None)
        profile = self._policy(person).profile if step.is_on_call else None
        if step.is_on_call:
            self._on_call[person] = profile
        if (was_on_call, before) == (step.is_on_call, profile):
            return
        asyncio.get_running_loop().call_soon(self._on_calls, self._on_call)  # never in the middle of a step

    def _mark(self, person: str, mark: LineMark) -> None:
        """Let the lines of somebody look like that: those that are theirs alone, and that the switch has."""
        wished = _NOTHING
        if mark is not LineMark.NONE:
            wished = tuple(MarkLine(number=number, mark=mark) for number in self._markable(person))
        before = self._marked.pop(person, _NOTHING)
        if wished:
            self._marked[person] = wished
        numbers = {command.number for command in wished}
        gone = [MarkLine(number=c.number, mark=LineMark.NONE) for c in before if c.number not in numbers]
        fresh = [command for command in wished if command not in before]
        if fresh:
            self._faults.on_line_tried(person)
        if gone or fresh:
            self._send([*gone, *fresh])

    def _markable(self, person: str) -> Iterable[str]:
        known, status = self._board.people.get(person), self._board.statuses.get(person)
        if known is None or status is None:
            return ()
        lines = {line.number for line in status.lines}
        owner_of = self._absences.owner_of
        theirs = (n for n in diverted_numbers(known) if n in lines)
        return [n for n in theirs if (owner := owner_of(n)) is not None and owner.id == person]

    # -------------------------------------------------------------- writing to Teams

    def _begin(self, person: str, write: Write, until: float) -> None:
        known = self._board.people.get(person) or self._owned[person]
        if write is Write.SET:
            self._owned[person] = known
        work = self._write(known, write, until)
        task = asyncio.get_running_loop().create_task(work, name=f"Teams of {person}")
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _write(self, person: Person, write: Write, until: float) -> None:
        trouble, error = await self._written(person, write, until)
        now, one = self._clock(), self._people[person.id]
        if trouble is None:
            one.done(now)
            self._faults.on_done(person.id)
        else:
            one.failed(trouble, now)
            self._faults.on_failed(person, trouble, error)
        self._look_all((person.id,))

    async def _written(
        self, person: Person, write: Write, until: float
    ) -> tuple[Trouble | None, ServiceError | None]:
        """Write, and return what went wrong."""
        if self._writer is None:  # it went between the decision and its turn
            return Trouble.AWAY, None
        try:
            if write is Write.SET:
                await self._shelf.keep(OwnSession(person=person, until=until))
                lasts_s = self._timing.session_s
                await self._writer.set_session(person, Showing.IN_A_CALL, lasts_s=lasts_s)
            else:
                await self._writer.clear_session(person)
        except PersonRefused as error:
            return Trouble.REFUSED, error
        except (AuthNeeded, ConfigError) as error:
            return Trouble.NOT_ALLOWED, error
        except ServiceError as error:
            return Trouble.AWAY, error
        except Exception:  # noqa: BLE001 - a fault in one colleague's presence must not stop the others'
            _log.exception("a fault in writing to Teams; the hub goes on")
            return Trouble.AWAY, None
        return None, None

    # -------------------------------------------------------------- time

    def _note_deadline(self, person: str, deadline: float | None) -> None:
        if deadline is None:
            self._look_at.pop(person, None)
        elif self._look_at.get(person) != deadline:
            self._look_at[person] = deadline
            heapq.heappush(self._due, (deadline, person))

    def _set_timer(self) -> None:
        while self._due and self._look_at.get(self._due[0][1]) != self._due[0][0]:
            heapq.heappop(self._due)
        if self._due and self._is_on:
            self._alarm.set(self._due[0][0])

    def _on_timer(self) -> None:
        now = self._clock()
        due = {person for at, person in self._due if at <= now and self._look_at.get(person) == at}
        due |= self._owned.keys()  # a clock that was set back
        for person in due:
            self._look_at.pop(person, None)
        self._look_all(due)


def writer_of(backends: Iterable[object]) -> PresenceWriter | None:
    """Return the first of the sources of presence that also writes, or None."""
    return next((backend for backend in backends if isinstance(backend, PresenceWriter)), None)
