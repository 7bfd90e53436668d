"""Sees to it that the switch knows what becomes of everybody's direct calls, and what callers hear.

Each person's entries say it (`reception.presence.diversion`, `course`); what is different from what was said
before is said to the switch. What callers hear is spoken beforehand, so that no call waits for a voice: a
diversion whose sentence is not there yet holds at once, and is said again with it. People are looked at again
when something of theirs is different, when an entry begins or ends, and at midnight, when "tomorrow" is
another day. Where mailboxes have an assistant to offer, something is said of everybody: a mailbox also takes
calls that nobody answers.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from reception.hub.absences import Absences
from reception.hub.alarm import Alarm
from reception.hub.board import Board
from reception.hub.offers import Offers
from reception.hub.office_shape import OfficeSettings
from reception.hub.sounds import Sounds, Texts
from reception.hub.stand_ins import StandIns
from reception.model.direct import Keys, Way
from reception.model.lines import Cause, PersonStatus, StatusKind
from reception.model.office import Office, Profile
from reception.model.people import Person
from reception.model.presence import CallHandling, Entry
from reception.ports import SendToVoicemail, SetDirect, SwitchCommand
from reception.presence.course import Course, course_of, diverted_numbers, past_voicemail, stand_in_of
from reception.presence.diversion import (
    Diversion,
    DiversionKind,
    diversion_by,
    diversion_of,
    next_match,
)
from reception.presence.offers import Offer, announcement
from reception.presence.outlook import Day
from reception.presence.sentences import Sentences
from reception.presence.status import status_of

_log = logging.getLogger(__name__)

TALKING: Final = "talking"
UNANSWERED: Final = "unanswered"
"""The sounds that the dial plan plays by itself: of who is in a call, and of who does not answer."""
_AT_ONCE: Final = 500
"""People looked at in one go: some ten milliseconds."""
_NO_COURSE: Final = Course()
_NOTHING: Final[tuple[SetDirect, ...]] = ()
_RINGING: Final = (DiversionKind.NONE, DiversionKind.OPEN)
_FIXED: Final = {
    TALKING: PersonStatus(person="", kind=StatusKind.BUSY, since=0.0, cause=Cause.CALL),
    UNANSWERED: PersonStatus(person="", kind=StatusKind.AWAY, since=0.0),
}


_NO_OFFICE: Final = OfficeSettings(office=Office())


class DirectSetup(NamedTuple):
    """What a hub starts with about direct calls: who has a number, what callers hear and are offered, voice,
    and for whom others stand in.

    `owner_of` tells of people who are unlisted too: their calls go astray no less.
    """

    owner_of: Callable[[str], Person | None]
    absences: Absences
    sentences: Sentences
    sounds: Sounds | None = None
    offers: Offers = Offers(_NO_OFFICE)
    stand_ins: StandIns = StandIns(_NO_OFFICE)

    @classmethod
    def nobodys(cls) -> DirectSetup:
        """Return what a house has where nobody's calls are diverted."""
        return cls(_nobody, Absences(_nobody), Sentences(Office()))


class Diversions:
    """What was said to the switch of each person, kept in step with what holds.

    Args:
        setup: who has a number, what callers are told, where it is spoken; None: nobody's calls are diverted.
        board: people and their timelines.
        send: takes commands to the switch.
        day_of: where midnight is.
        clock: UTC seconds.
    """

    def __init__(
        self,
        setup: DirectSetup | None,
        board: Board,
        *,
        send: Callable[[Sequence[SwitchCommand]], None],
        day_of: Callable[[float], Day],
        clock: Callable[[], float],
    ) -> None:
        setup = setup or DirectSetup.nobodys()
        self._board = board
        setup.absences.statuses = board.statuses
        self._owner_of = setup.owner_of
        self._send = send
        self._day_of = day_of
        self._clock = clock
        self._sentences = setup.sentences
        self._sounds = setup.sounds
        self._offers = setup.offers
        self._stand_ins = setup.stand_ins
        self._said: dict[str, tuple[SetDirect, ...]] = {}
        self._courses: dict[str, Course] = {}
        setup.absences.courses = self._courses
        self._via: dict[str, frozenset[str]] = {}
        self._followers: dict[str, set[str]] = {}
        self._due: list[tuple[float, str]] = []
        self._look_at: dict[str, float] = {}
        self._unspoken: dict[str, tuple[Texts, set[str]]] = {}
        self._has_work = asyncio.Event()
        self._speaking: asyncio.Task[None] | None = None
        self._alarm = Alarm(self._on_timer, clock)
        self._midnight = 0.0
        self._is_on = False
        self._by_call: dict[str, Diversion] = {}

    # -------------------------------------------------------------- life

    def start(self) -> None:
        """Begin: say what holds for everybody, and speak what is needed."""
        self._is_on = True
        self._midnight = self._day_of(self._clock()).end
        if self._sounds is not None:
            self._speaking = asyncio.create_task(self._speak(self._sounds), name="sentences for callers")
        self.note(self._board.timelines)
        if self._concerns_everybody:
            self._look_at_all(self._clock())

    async def stop(self) -> None:
        """End. What was said to the switch holds until the next hub, or runs out."""
        self._is_on = False
        self._alarm.off()
        await self._stop_speaking()

    async def _stop_speaking(self) -> None:
        if self._speaking is not None:
            self._speaking.cancel()
            await asyncio.gather(self._speaking, return_exceptions=True)

    async def use_office(self, settings: OfficeSettings) -> None:
        """Say what callers hear, and are offered, as another office has it: of everybody, a few at a time."""
        self._sentences = self._sentences.of(settings.office)
        self._offers, self._stand_ins = Offers(settings), StandIns(settings)
        if not self._is_on:
            return
        if self._sounds is not None:
            await self._stop_speaking()
            self._speaking = asyncio.create_task(self._speak(self._sounds), name="sentences for callers")
        self._look_at_all(self._clock())

    # -------------------------------------------------------------- what is different

    def note(self, persons: Iterable[str]) -> None:
        """Look at these people again, and at those whose calls go to them."""
        if not self._is_on:
            return
        now = self._clock()
        asked = dict.fromkeys(persons)
        for person in tuple(asked):
            asked |= dict.fromkeys(self._followers.get(person, ()))
        commands = [command for person in asked for command in self._different(person, now)]
        if commands:
            self._send(commands)
        self._set_timer()

    def use_calls(self, profiles: Mapping[str, Profile]) -> None:
        """Let calls in Teams that last now put in force what the profiles of them say."""
        before = self._by_call
        by_call = ((person, diversion_by(profile)) for person, profile in profiles.items())
        self._by_call = {person: diversion for person, diversion in by_call if diversion is not None}
        persons = before.keys() | self._by_call.keys()
        self.note([p for p in persons if before.get(p) != self._by_call.get(p)])

    def send_on(self, commands: Sequence[SwitchCommand]) -> None:
        """Send commands of the engine, those to a mailbox with what the caller hears before it."""
        if self._sounds is not None and any(isinstance(c, SendToVoicemail) for c in commands):
            commands = [self._with_sound(c) if isinstance(c, SendToVoicemail) else c for c in commands]
        self._send(commands)

    def _with_sound(self, command: SendToVoicemail) -> SendToVoicemail:
        of_mailbox = (c for said in self._said.values() for c in said if c.mailbox == command.mailbox)
        sound = next((c.sound for c in of_mailbox if c.sound), "")
        sound = sound or (TALKING if command.is_busy else UNANSWERED)
        is_ready = self._sounds is not None and self._sounds.is_ready(sound)
        return replace(command, sound=sound) if is_ready else command

    def _different(self, person: str, now: float) -> Sequence[SetDirect]:
        """Return what must be said to the switch of a person now."""
        known = self._board.people.get(person)
        course, past, commands = _NO_COURSE, _NO_COURSE, _NOTHING
        if known is not None:
            offer = self._offers.of(known)
            is_told = person in self._board.timelines or person in self._by_call or self._is_stood_in(known)
            if offer.assistant or is_told or person in self._courses:
                course = course_of(known, lambda one: self._diversion(one, now), self._owner_of)
                past = self._past_voicemail(known, course, offer, now)
                commands = self._commands(known, course, self._keys(person, offer, past), now)
        self._follow(person, course, past, self._who_stands_in(person))
        before = {c.number: c for c in self._said.pop(person, _NOTHING)}
        if commands:
            self._said[person] = commands
        gone = before.keys() - {c.number for c in commands}
        usual = [SetDirect(number=number) for number in gone]
        return [*usual, *(c for c in commands if before.get(c.number) != c)]

    def _past_voicemail(self, person: Person, course: Course, offer: Offer, now: float) -> Course:
        """Return where a caller goes who presses 2; nowhere where that is not offered."""
        if course.way is not Way.VOICEMAIL or not offer.goes_past:
            return _NO_COURSE
        match = next_match(self._entries(person.id), now, is_above=person.id in self._by_call)
        return past_voicemail(person, match, lambda one: self._diversion(one, now), self._owner_of)

    def _commands(self, person: Person, course: Course, keys: Keys, now: float) -> tuple[SetDirect, ...]:
        way = course.way
        if way is Way.USUAL and keys.sound:
            way = Way.RING  # as usual: but the mailbox that takes it unanswered has something to offer
        if way is Way.USUAL:
            return ()
        sound = self._sound(person.id, now)
        return tuple(
            SetDirect(
                number=number,
                way=way,
                to=course.to,
                mailbox=person.mailbox,
                sound=sound,
                until=course.until,
                keys=keys,
            )
            for number in diverted_numbers(person)
            if (owner := self._owner_of(number)) is not None and owner.id == person.id
        )

    def _diversion(self, person: str, now: float) -> Diversion:
        found = self._by_call.get(person) or diversion_of(self._entries(person), now)
        if found.kind in _RINGING and self._who_stands_in(person):
            people = self._board.people
            if number := stand_in_of(people[person], people, self._board.statuses):
                return Diversion(DiversionKind.NUMBER, number, found.until)
        return found

    def _is_stood_in(self, person: Person) -> bool:
        """Return whether somebody is in a call whose callers are to go to one who stands in."""
        status = self._board.statuses.get(person.id)
        is_on_call = status is not None and status.cause is Cause.CALL and not status.is_stale
        return is_on_call and self._stand_ins.are_wanted_for(person)

    def _who_stands_in(self, person: str) -> frozenset[str]:
        known = self._board.people.get(person)
        return frozenset(known.alternates if known is not None and self._is_stood_in(known) else ())

    def _entries(self, person: str) -> Sequence[Entry]:
        timeline = self._board.timelines.get(person)
        return timeline.entries if timeline is not None else ()

    def _follow(self, person: str, course: Course, past: Course, others: frozenset[str]) -> None:
        """Remember whose diversions this one, and the way past it, depend on, and when either ends."""
        self._courses.pop(person, None)
        if course != _NO_COURSE:
            self._courses[person] = course
        via, before = course.via | past.via | others, self._via.pop(person, frozenset())
        if via:
            self._via[person] = via
        for other in before - via:
            self._followers[other].discard(person)
        for other in via - before:
            self._followers.setdefault(other, set()).add(person)
        until = min((c.until for c in (course, past) if c.until is not None), default=None)
        if until is None:
            self._look_at.pop(person, None)
        elif self._look_at.get(person) != until:
            self._look_at[person] = until
            heapq.heappush(self._due, (until, person))

    # -------------------------------------------------------------- what callers hear

    def _sound(self, person: str, now: float) -> str:
        """Return the sound that says where somebody is; empty when there is none, or not yet."""
        if self._sounds is None:
            return ""
        on_call = person in self._by_call
        return self._spoken(
            self._worded(_FIXED[TALKING], now) if on_call else self._texts(person, now), person
        )

    def _keys(self, person: str, offer: Offer, past: Course) -> Keys:
        """Return what callers may press at a mailbox: nothing before the announcement has been spoken."""
        languages = self._sounds.languages if self._sounds is not None else ()
        offered = Offer(offer.assistant, past.way is not Way.USUAL)
        texts = {language: announcement(offered, language) for language in languages}
        sound = self._spoken(texts if any(texts.values()) else {}, person)
        if not sound:
            return Keys()
        return Keys(
            sound=sound, assistant=offer.assistant, past=past.way, past_to=past.to, past_until=past.until
        )

    def _spoken(self, texts: Texts, person: str) -> str:
        """Return the sound that says this, empty until there is one; the person is looked at again then."""
        if self._sounds is None or not texts:
            return ""
        name = self._sounds.name_of(texts)
        if self._sounds.is_ready(name):
            return name
        self._unspoken.setdefault(name, (texts, set()))[1].add(person)
        self._has_work.set()
        return ""

    def _texts(self, person: str, now: float) -> Texts:
        """Return what a caller hears of somebody away; of who is reachable there is nothing to say.

        What telephones do is left out: that is told at the moment of the call. An absence with the phone kept
        open is told to whom nobody has answered.
        """
        away = [replace(e, handling=CallHandling.VOICEMAIL) for e in self._entries(person) if e.is_busy]
        status = status_of(self._board.people[person], {}, None, now=now, entries=away)
        if not status.is_entered or self._sounds is None:
            return {}
        return self._worded(status, now)

    def _worded(self, status: PersonStatus, now: float) -> Texts:
        languages = self._sounds.languages if self._sounds is not None else ()
        return {
            language: self._sentences.greeting(status, language=language, now=now) for language in languages
        }

    async def _speak(self, sounds: Sounds) -> None:
        await sounds.clear()
        for name, status in _FIXED.items():
            await sounds.make(self._worded(status, self._clock()), name)
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            while self._unspoken:
                name, (texts, persons) = next(iter(self._unspoken.items()))
                is_made = await sounds.make(texts)
                del self._unspoken[name]
                if is_made:
                    self._look_soon(persons, self._clock())

    # -------------------------------------------------------------- time

    def _set_timer(self) -> None:
        while self._due and self._look_at.get(self._due[0][1]) != self._due[0][0]:
            heapq.heappop(self._due)
        first = min(self._midnight, self._due[0][0] if self._due else self._midnight)
        self._alarm.set(first)

    @property
    def _concerns_everybody(self) -> bool:
        return self._offers.has_assistants or self._stand_ins.has_any

    def _look_at_all(self, now: float) -> None:
        """Let everybody be looked at next of whom something is said, or may have to be."""
        everybody = self._board.people if self._concerns_everybody else ()
        self._look_soon({*self._said, *everybody}, now)

    def _look_soon(self, persons: Collection[str], now: float) -> None:
        """Let these be looked at next, a few at a time: it may be everybody."""
        self._look_at |= dict.fromkeys(persons, now)
        self._due.extend((now, person) for person in persons)
        heapq.heapify(self._due)
        self._set_timer()

    def _on_timer(self) -> None:
        now = self._clock()
        if now >= self._midnight:
            self._midnight = self._day_of(now).end
            self._look_at_all(now)
        due: list[str] = []
        while len(due) < _AT_ONCE and self._due and self._due[0][0] <= now:
            at, person = heapq.heappop(self._due)
            if self._look_at.get(person) == at:
                del self._look_at[person]
                due.append(person)
        self.note(due)


def _nobody(_: str) -> Person | None:
    """Who has a number where nobody's calls are diverted."""
    return None
