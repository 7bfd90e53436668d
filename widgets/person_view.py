"""What a row and the card show of a colleague, as values: sentence, signs, strip, entries. No painting.

All of it follows from the person, their status and timeline, and what all share at a moment (`Moment`). A
status that is not sure says so in its word (``Ledig?``) and why; it is never said to be free or busy then.
"""

from __future__ import annotations

from typing import Final

import msgspec

from reception.console.api import LinkState, ReplicaView
from reception.directory.numbers import display, is_extension
from reception.model.lines import Cause, LineState, PersonStatus, StatusKind
from reception.model.office import title_of
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CallHandling, Entry, Timeline
from widgets import day_words, presence_words, source_words
from widgets.day_words import Scale
from widgets.presence_words import DO_NOT_DISTURB, KINDS, MATTERS, ON_CALL, unknown
from widgets.texts import current, translate

_INSIDE: Final = (NumberKind.DESK, NumberKind.SOFTPHONE)
_ENDED: Final = "ended"
_CURRENT: Final = "now"
_FUTURE: Final = "future"


class Moment(msgspec.Struct, frozen=True):
    """What all rows share: the time (UTC seconds), the strip's scale, the line to the hub, aged sources.

    `doubt` says which sources are old; `are_lines_old`: the telephone system is among them.
    """

    now: float
    scale: Scale
    is_lost: bool = False
    doubt: str = ""
    are_lines_old: bool = False


class Sentence(msgspec.Struct, frozen=True):
    """A status in words: the word in its colour, the rest, the origin's tag, the card's second line.

    `joint` stands between word and rest; `short` is the rest where there is little room. `is_strong`: the
    rest tells of the present (dark), not of what comes or why (muted).
    """

    word: str
    tone: str
    rest: str = ""
    origin: str = ""
    second: str = ""
    joint: str = " · "
    short: str = ""
    is_strong: bool = False

    @property
    def text(self) -> str:
        """All of one line, for those who listen."""
        tag = f" ({self.origin})" if self.origin else ""
        return f"{self.words}{tag}"

    @property
    def words(self) -> str:
        """Word and rest."""
        return f"{self.word}{self.joint}{self.rest}" if self.rest else self.word


class Sign(msgspec.Struct, frozen=True):
    """One line's sign; without a state there is no such line."""

    kind: NumberKind
    state: LineState | None
    is_outside: bool = False


class Span(msgspec.Struct, frozen=True):
    """A bar of a strip, from 0 to 1: ``ended``, ``now`` or ``future``; `is_busy` or reachable meanwhile."""

    begin: float
    end: float
    tone: str
    is_busy: bool = True
    words: str = ""


class RowView(msgspec.Struct, frozen=True):
    """All that a row shows, but for the marked letters.

    `initials` are the avatar's, `letters` the person's own; contacts have no `kind`; `now` places the mark.
    """

    id: str
    name: str
    initials: str
    letters: str
    role: str
    kind: StatusKind | None
    is_stale: bool
    are_lines_stale: bool
    signs: tuple[Sign, Sign]
    sentence: Sentence
    strip: tuple[Span, ...]
    now: float | None
    is_alike: bool = False

    @property
    def spoken(self) -> str:
        """The row as a sentence for those who listen."""
        alike = translate("People", "sounds alike") if self.is_alike else ""
        return ", ".join(part for part in (self.name, self.role, self.sentence.text, alike) if part)


class EntryView(msgspec.Struct, frozen=True):
    """A line of the card's list: when, what, where and what happens to calls, whose entry."""

    when: str
    reason: str
    detail: str
    origin: str
    tone: str
    is_phone_open: bool
    note: str = ""
    id: str = ""

    @property
    def spoken(self) -> str:
        """The entry for those who listen; the present one says so, as its colour does."""
        now = translate("Card", "now") if self.tone == _CURRENT else ""
        return ", ".join(p for p in (now, self.when, self.reason, self.detail, self.note, self.origin) if p)


# ---------------------------------------------------------------------- a moment


def moment_of(replica: ReplicaView, now: float) -> Moment:
    """Return what all rows share now."""
    is_lost = replica.link is not LinkState.UP
    doubt = "" if is_lost else source_words.doubt(replica.sources, now)
    are_lines_old = is_lost or source_words.is_phone_old(replica.sources)
    return Moment(now, day_words.scale(day_words.local(now).date()), is_lost, doubt, are_lines_old)


# ---------------------------------------------------------------------- a row


def row_view(
    person: Person,
    status: PersonStatus | None,
    timeline: Timeline | None,
    at: Moment,
    *,
    is_alike: bool = False,
) -> RowView:
    """Return what the row of a person shows."""
    if person.contact is not None:
        from widgets import contact_words  # few houses have them, and the start does not wait for it

        return contact_words.row(person, is_alike=is_alike)
    status = status or unknown(person.id)
    is_stale = at.is_lost or status.is_stale
    return RowView(
        id=person.id,
        name=name_of(person),
        initials=initials_of(person),
        letters=person.initials,
        role=" · ".join(part for part in (person.title, person.department) if part),
        kind=status.kind,
        is_stale=is_stale,
        are_lines_stale=is_stale and at.are_lines_old,
        signs=(_sign(person, status, _INSIDE), _sign(person, status, (NumberKind.MOBILE,))),
        sentence=sentence(status, at),
        strip=strip(timeline, at),
        now=now_mark(at),
        is_alike=is_alike,
    )


def name_of(person: Person) -> str:
    """Return the name; of one without a name what else there is."""
    return person.name.strip() or person.email or translate("People", "Without a name")


def initials_of(person: Person) -> str:
    """Return two letters for an avatar: the person's own, else of the first and the last word."""
    if len(person.initials) == 2:
        return person.initials
    words = [w for w in person.name.split() if w[:1].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def _sign(person: Person, status: PersonStatus, kinds: tuple[NumberKind, ...]) -> Sign:
    """Return the sign of the line that matters most among some kinds."""
    found: tuple[LineState, Number] | None = None
    for number in person.numbers:
        if number.kind in kinds:
            state = presence_words.line_of(status, number.number)
            if found is None or MATTERS.index(state) < MATTERS.index(found[0]):
                found = state, number
    if found is None:
        return Sign(kinds[0], None)
    state, number = found
    return Sign(number.kind, state, not is_extension(number.number))


# ---------------------------------------------------------------------- the sentence


def sentence(status: PersonStatus, at: Moment) -> Sentence:
    """Return a status in words (domain: on the phone, then what is entered, then Teams, then free)."""
    if status.kind is StatusKind.UNKNOWN:
        word = translate("Status", "Unknown")
        return Sentence(word, "unknown", translate("Status", "no word from the phone"))
    word = _word(status)
    if at.is_lost or status.is_stale:
        return Sentence(f"{word}?", "unknown", _why_unsure(status, at))
    if status.kind is StatusKind.FREE:
        return _free(status, word, at)
    if status.is_entered:
        return _entered(status, word, at)
    rest = ""
    if status.kind in (StatusKind.BUSY, StatusKind.AWAY, StatusKind.OFF) and status.since:
        rest = translate("Status", "since {time}").format(time=day_words.moment(status.since, at.now))
    return Sentence(word, status.kind.value, rest)


def is_on_the_phone(status: PersonStatus) -> bool:
    """True while a line of a busy colleague talks."""
    return status.kind is StatusKind.BUSY and any(x.state is LineState.TALKING for x in status.lines)


def _word(status: PersonStatus) -> str:
    if is_on_the_phone(status):
        return translate("Status", ON_CALL)
    if status.cause is Cause.DO_NOT_DISTURB:
        return translate("Status", DO_NOT_DISTURB)
    if status.is_entered and status.kind is not StatusKind.RINGING:
        return _reason(status)
    return translate("Status", KINDS[status.kind])


def _reason(status: PersonStatus) -> str:
    """Return why somebody is away; a private appointment has no subject, and then none is made up."""
    if status.reason:
        return status.reason
    return translate("Status", KINDS[StatusKind.BUSY if status.kind is StatusKind.BUSY else StatusKind.AWAY])


def _why_unsure(status: PersonStatus, at: Moment) -> str:
    if not at.is_lost and at.doubt:
        return at.doubt
    seen = day_words.moment(status.since, at.now)
    return translate("Status", "last known since {time}").format(time=seen)


def _free(status: PersonStatus, word: str, at: Moment) -> Sentence:
    """Free, and what comes next today."""
    if status.next_at is None:
        return Sentence(word, "free")
    reason = status.next_reason or translate("Status", "appointment")
    time = day_words.clock(status.next_at)
    second = translate("Card", "Free until {time}").format(time=time)
    return Sentence(word, "free", f"{reason} {time}", second=second)


def _entered(status: PersonStatus, word: str, at: Moment) -> Sentence:
    """What is entered: the word is its reason, unless the phone has the word."""
    until = day_words.until(status.until, at.now) if status.until is not None else ""
    second = _back(status, at)
    if not is_on_the_phone(status) and status.kind is not StatusKind.RINGING:
        return Sentence(word, "busy", until, status.origin, second, " ", is_strong=True)
    rest = " ".join(part for part in (_reason(status), until) if part)
    tone = status.kind.value
    return Sentence(word, tone, rest, status.origin, second, short=until, is_strong=True)


def _back(status: PersonStatus, at: Moment) -> str:
    """Return when somebody is back, and how long they are free then: what a caller wants to hear."""
    if status.back_at is None:
        return translate("Card", "No end is known")
    words = translate("Card", "Back {time}").format(time=_back_time(status.back_at, at.now))
    if status.next_at is not None and status.next_at > status.back_at:
        free = day_words.clock(status.next_at)
        return translate("Card", "{back} — then free until {time}").format(back=words, time=free)
    return words


def _back_time(back: float, now: float) -> str:
    today = day_words.local(now).date()
    day = day_words.local(back).date()
    at = translate("Card", "at {time}").format(time=day_words.clock(back))
    if day == today:
        return at
    words = day_words.day_words(day, today)
    return words if day_words.is_midnight(back) else f"{words} {at}"


# ---------------------------------------------------------------------- the strip


def strip(timeline: Timeline | None, at: Moment) -> tuple[Span, ...]:
    """Return the bars of today, in the order in which they are painted: what came later lies on top."""
    return bars(timeline, at.scale, at.now) if timeline is not None else ()


def bars(timeline: Timeline, scale: Scale, now: float) -> tuple[Span, ...]:
    """Return the bars of any day."""
    found = []
    begin, end = scale.begin, scale.end
    for entry in timeline.entries:
        last = end if entry.end is None else entry.end
        if entry.start >= end or last <= begin:
            continue
        words = entry.reason or translate("Card", "Private")
        tone = tone_of(entry, now)
        found.append(Span(scale.place(entry.start), scale.place(last), tone, entry.is_busy, words))
    return tuple(found)


def tone_of(entry: Entry, now: float) -> str:
    """Return whether an entry has ended, lasts or comes."""
    if entry.start > now:
        return _FUTURE
    return _CURRENT if entry.is_current(now) else _ENDED


def now_mark(at: Moment) -> float | None:
    """Return where the now-mark stands, None outside the strip's hours."""
    return at.scale.place(at.now) if at.scale.begin <= at.now <= at.scale.end else None


# ---------------------------------------------------------------------- the card


def ahead(timeline: Timeline | None, now: float) -> list[Entry]:
    """Return the entries that are current or come, the first first; what has ended is gone."""
    return [] if timeline is None else [e for e in timeline.entries if e.end is None or e.end > now]


def spoken_entries(timeline: Timeline, scale: Scale, now: float) -> tuple[str, ...]:
    """Return the entries on a scale for those who listen: when and what."""
    seen = (e for e in timeline.entries if e.start < scale.end and (e.end is None or e.end > scale.begin))
    return tuple(f"{day_words.period(e, now)} {e.reason or translate('Card', 'Private')}" for e in seen)


def entries(timeline: Timeline | None, replica: ReplicaView, now: float) -> list[EntryView]:
    """Return what is current or comes, as the card shows it."""
    if timeline is None:
        return []
    from reception.presence.diversion import suspended  # the first picture has no card

    off = suspended(timeline.entries, now)
    return [_entry_view(e, replica, now, is_off=e.id in off) for e in ahead(timeline, now)]


def _entry_view(entry: Entry, replica: ReplicaView, now: float, *, is_off: bool) -> EntryView:
    private = translate("Card", "Private")
    title = title_of(entry, replica.office, current())
    reason = title or (private if entry.is_private else translate("Card", "Absent"))
    place = entry.place or (private if entry.is_private and reason != private else "")
    calls = _handling(entry, replica)
    off = translate("Card", "off now") if is_off and calls else ""
    detail = " · ".join(part for part in (place, entry.info, calls, off) if part)
    is_open, when = entry.handling is CallHandling.OPEN, day_words.period(entry, now)
    return EntryView(when, reason, detail, entry.origin, tone_of(entry, now), is_open, entry.note, entry.id)


def _handling(entry: Entry, replica: ReplicaView) -> str:
    """Return what happens to calls meanwhile. A private entry hides its subject, not where calls go."""
    if entry.handling is CallHandling.OPEN:
        return translate("Card", "the phone is kept open")
    if entry.handling is CallHandling.VOICEMAIL:
        return "" if entry.is_private else translate("Card", "to voicemail")
    if entry.handling is CallHandling.UNCHANGED:
        return ""
    if not entry.divert_to:
        return translate("Card", "diverted")
    person = _person_at(entry.divert_to, replica)
    return translate("Card", "diverted to {who}").format(who=person)


def _person_at(number: str, replica: ReplicaView) -> str:
    """Return who answers at a number, if the search finds somebody who has exactly this one."""
    for person_id in replica.find(number, 8).ids if number else ():
        person = replica.people.get(person_id)
        if person is not None and any(n.number == number for n in person.numbers):
            return name_of(person)
    return display(number)


def teams_words(status: PersonStatus | None) -> str:
    """Return Teams' own word about a colleague, empty when Teams is not asked."""
    word = presence_words.teams_word(status.teams) if status is not None else ""
    return translate("Card", "Teams: {word}").format(word=word) if word else ""
