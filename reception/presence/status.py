"""The unified status of a person, from their lines, their entries and Teams' word.

The rule, first match wins (requirement 001-01):

1. in a call on any line, or in Teams (in a call, in a conference call, presenting: reading 1): busy;
   ringing on any line: ringing;
2. do not disturb, on any line by the PBX or in Teams: busy;
3. the entry that holds (`reception.presence.outlook`): one that makes busy: away (absent, as against busy on
   the telephone: 001-04); one that keeps the phone open, on an absence or set by hand, makes reachable:
   what Teams would say under it does not count;
4. Teams busy or in a meeting: busy, according to Teams, without an end unless Teams gives one;
5. Teams away, right back or out of office: away. Offline everywhere and no phone connected: off;
6. any line idle, or Teams available, or nothing against it in the calendar of somebody without a phone of the
   house: free;
7. nothing known: unknown, which never looks like free.

Nobody is unknown, or free, for lack of a source they do not have (requirements 000-21, 000-22, 001-09): what
is not known says nothing. What an entry says (reason, origin, until, back, next) is told beside the kind,
whatever the kind is, and so is each source's own word, with its age.

A source that has gone silent leaves what it said last standing, and marks stale what rests on it: what lines
say on telephony, an imported entry on the calendar; free rests on all that could say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from math import inf
from typing import Final, NamedTuple

from reception.model.lines import Cause, Evidence, Line, LineState, PersonStatus, StatusKind, WorkingHours
from reception.model.people import NumberKind, Person
from reception.model.presence import CALENDAR, CallHandling, Entry
from reception.presence.outlook import Outlook, current, innermost_of, outlook_of
from reception.presence.port import BY_HAND, TEAMS, TELEPHONY, TeamsSet

_IN_TEAMS_CALL: Final = frozenset(("InACall", "InAConferenceCall", "Presenting"))
_TEAMS_BUSY: Final = frozenset(("Busy", "BusyIdle"))
_TEAMS_AWAY: Final = frozenset(("Away", "BeRightBack"))
_TEAMS_FREE: Final = frozenset(("Available", "AvailableIdle"))
_DO_NOT_DISTURB: Final = "DoNotDisturb"
_OFFLINE: Final = "Offline"
_IN_A_MEETING: Final = "InAMeeting"
_OUT_OF_OFFICE: Final = "OutOfOffice"
"""Microsoft Graph, presence resource: `availability` and `activity`."""

_NOTHING: Final = Outlook()
_NO_TEAMS: Final = TeamsSet(person="")
_NO_SILENCE: Final[frozenset[str]] = frozenset()
_OF_THE_HOUSE: Final = (NumberKind.DESK, NumberKind.SOFTPHONE)


class _Found(NamedTuple):
    """The kind and what it rests on; `source` is whose silence makes it stale, empty for several."""

    kind: StatusKind
    cause: Cause
    source: str = ""


_TALKING: Final = _Found(StatusKind.BUSY, Cause.CALL, TELEPHONY)
_IN_TEAMS: Final = _Found(StatusKind.BUSY, Cause.CALL, TEAMS)
_RINGING: Final = _Found(StatusKind.RINGING, Cause.LINES, TELEPHONY)
_DND: Final = _Found(StatusKind.BUSY, Cause.DO_NOT_DISTURB, TELEPHONY)
_DND_IN_TEAMS: Final = _Found(StatusKind.BUSY, Cause.DO_NOT_DISTURB, TEAMS)
_ABSENT: Final = _Found(StatusKind.AWAY, Cause.ENTRY, CALENDAR)
_REACHABLE: Final = _Found(StatusKind.FREE, Cause.ENTRY)
_BUSY: Final = _Found(StatusKind.BUSY, Cause.TEAMS, TEAMS)
_AWAY: Final = _Found(StatusKind.AWAY, Cause.TEAMS, TEAMS)
_OFF: Final = _Found(StatusKind.OFF, Cause.LINES, TELEPHONY)
_OFF_IN_TEAMS: Final = _Found(StatusKind.OFF, Cause.TEAMS, TEAMS)
_FREE: Final = _Found(StatusKind.FREE, Cause.LINES)
_FREE_IN_TEAMS: Final = _Found(StatusKind.FREE, Cause.TEAMS)
_UNKNOWN: Final = _Found(StatusKind.UNKNOWN, Cause.LINES)


def is_in_teams_call(teams: TeamsSet) -> bool:
    """True for what counts as a call in Teams: it makes the line busy too (reading 1)."""
    return teams.activity in _IN_TEAMS_CALL


def is_not_to_be_disturbed(teams: TeamsSet) -> bool:
    """True for do not disturb in Teams."""
    return teams.availability == _DO_NOT_DISTURB


def is_busy_in_teams(teams: TeamsSet) -> bool:
    """True for busy and in a meeting, set by hand or by a calendar."""
    return teams.availability in _TEAMS_BUSY or teams.activity == _IN_A_MEETING


def lines_of(person: Person, lines: Mapping[str, Line]) -> tuple[Line, ...]:
    """Return the known lines of a person, in the order of their numbers.

    Numbers of kind OTHER are left out: they may be shared, and a switchboard that is busy makes nobody so.
    """
    found = [
        line
        for n in person.numbers
        if n.kind is not NumberKind.OTHER and (line := lines.get(n.number)) is not None
    ]
    return tuple(found)


def status_of(
    person: Person,
    lines: Mapping[str, Line],
    previous: PersonStatus | None,
    *,
    now: float,
    entries: Sequence[Entry] = (),
    teams: TeamsSet | None = None,
    calendar: str = "",
    day_end: float = inf,
    silent: Set[str] = _NO_SILENCE,
    hours: WorkingHours | None = None,
) -> PersonStatus:
    """Return what everyone sees of a person; `previous` itself when nothing is different.

    `since` is when kind and cause last changed, `day_end` when today ends (UTC seconds). `calendar` is the
    source that has said what is in their calendar, empty when none has. `silent` are the sources that speak
    of this person and are not heard now; `lines`, `entries` and `teams` are the last known. `hours` are only
    told.
    """
    mine = lines_of(person, lines)
    lasting = current(entries, now) if entries else ()
    view = outlook_of(entries, lasting, now, day_end=day_end) if entries else _NOTHING
    entry, following = view.entry, view.next
    word = teams or _NO_TEAMS
    found = _found(person, {line.state for line in mine}, entry, word, has_calendar=bool(calendar))
    kind, cause, _ = found
    is_same = previous is not None and previous.kind is kind and previous.cause is cause
    until = entry.end if entry is not None else word.until if cause is Cause.TEAMS else None
    status = PersonStatus(
        person=person.id,
        kind=kind,
        since=previous.since if previous is not None and is_same else now,
        lines=mine,
        is_stale=bool(silent) and _is_stale(found, entry, silent),
        is_entered=view.is_busy,
        reason=entry.reason if entry is not None else "",
        origin=entry.origin if entry is not None else "",
        until=until,
        back_at=view.back_at if view.is_busy else until if cause is Cause.TEAMS else None,
        next_at=following.start if following is not None else None,
        next_reason=following.reason if following is not None else "",
        teams=word.availability,
        teams_note=word.note,
        info=word.info,
        cause=cause,
        activity=entry.activity if entry is not None else "",
        role=entry.role if entry is not None else "",
        is_private=entry is not None and entry.is_private,
        evidence=_evidence(lasting, word, calendar, previous, now) if entries or teams or calendar else (),
        hours=hours,
    )
    return previous if previous == status else status


def _found(
    person: Person, states: Set[LineState], entry: Entry | None, teams: TeamsSet, *, has_calendar: bool
) -> _Found:
    """Return the kind of status by the rule at the top."""
    availability, activity = teams.availability, teams.activity
    if LineState.TALKING in states or LineState.HELD in states:
        return _TALKING
    if is_in_teams_call(teams):
        return _IN_TEAMS
    if LineState.RINGING in states:
        return _RINGING
    if LineState.DO_NOT_DISTURB in states:
        return _DND
    if is_not_to_be_disturbed(teams):
        return _DND_IN_TEAMS
    if entry is not None and entry.makes_busy:
        return _ABSENT
    if entry is not None and _is_open_on_purpose(entry):
        return _REACHABLE if LineState.IDLE in states or LineState.UNREACHABLE not in states else _OFF
    if is_busy_in_teams(teams):
        return _BUSY
    is_out = activity == _OUT_OF_OFFICE or (teams.is_out_of_office and availability not in _TEAMS_FREE)
    if availability in _TEAMS_AWAY or is_out:
        return _AWAY
    return _without_reasons(person, states, availability, has_calendar)


def _without_reasons(person: Person, states: Set[LineState], availability: str, has_calendar: bool) -> _Found:
    """Return what holds when nothing keeps somebody busy or away."""
    if LineState.IDLE in states:
        return _FREE
    if availability in _TEAMS_FREE:
        return _FREE_IN_TEAMS
    if LineState.UNREACHABLE in states:
        return _OFF
    if availability == _OFFLINE:
        return _OFF_IN_TEAMS
    has_phone = any(n.kind in _OF_THE_HOUSE for n in person.numbers)
    return _FREE if has_calendar and not has_phone and LineState.UNKNOWN not in states else _UNKNOWN


def _is_open_on_purpose(entry: Entry) -> bool:
    """True for an absence with the phone kept open, and for an available entry that somebody set.

    Where calls go says nothing of whether somebody is there.

    Who merely works elsewhere by the calendar may well be in a meeting that only Teams knows of.
    """
    if entry.is_mere_diversion:
        return False
    return entry.is_by_hand or (entry.is_busy and entry.handling is CallHandling.OPEN)


def _is_stale(found: _Found, entry: Entry | None, silent: Set[str]) -> bool:
    """Return whether a kind rests on a source that is silent. What is unknown rests on nothing."""
    if found.kind is StatusKind.UNKNOWN:
        return False
    if found.kind is StatusKind.FREE:
        return True
    if found is _ABSENT:
        is_imported = entry is not None and entry.origin == CALENDAR
        return is_imported and any(source not in (TELEPHONY, TEAMS) for source in silent)
    return found.source in silent


# ------------------------------------------------------------------ each source's own word


def _evidence(
    lasting: Sequence[Entry], teams: TeamsSet, calendar: str, previous: PersonStatus | None, now: float
) -> tuple[Evidence, ...]:
    """Return the words of Teams, of the calendar and of what was entered by hand, and their ages."""
    before = previous.evidence if previous is not None else ()
    said = []
    if teams.availability:
        finer = teams.activity and teams.activity != teams.availability
        word = f"{teams.availability}/{teams.activity}" if finer else teams.availability
        said.append(_aged(TEAMS, word, now if teams.since is None else teams.since, before))
    by_hand = [e for e in lasting if e.is_by_hand and not e.is_mere_diversion]
    if (entry := innermost_of(by_hand)) is not None:
        said.append(_aged(BY_HAND, _word(entry), entry.start, before))
    if calendar:
        entry = innermost_of([e for e in lasting if not e.is_by_hand]) if lasting else None
        word, since = ("free", now) if entry is None else (_word(entry), entry.start)
        said.append(_aged(calendar, word, since, before))
    return tuple(said)


def _word(entry: Entry) -> str:
    return "busy" if entry.makes_busy else "open"


def _aged(source: str, word: str, since: float, before: Sequence[Evidence]) -> Evidence:
    """Return a source's word; one that was said before is as old as it was then."""
    for known in before:
        if known.source == source and known.word == word:
            return known
    return Evidence(source, word, since)
