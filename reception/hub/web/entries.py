"""Entries of a timeline as the page shows them: current ones red with *nu*, future ones blue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from reception.hub.web.clock import Clock
from reception.hub.web.words import Words
from reception.model.office import Office, label, title_of
from reception.model.presence import CALENDAR, CallHandling, Entry
from reception.presence.diversion import suspended


class EntryView(NamedTuple):
    """One entry in words. `tone` is now, future or past; `origin` stands in brackets behind it.

    `is_open`: marked with the sign of a telephone, reachable although absent (requirement 001-56).
    """

    id: str
    title: str
    detail: str
    when: str
    until: str
    tone: str
    origin: str
    origin_words: str
    is_open: bool
    is_imported: bool
    is_outdated: bool
    calls: str
    start: float
    end: float | None

    @property
    def is_current(self) -> bool:
        """True while it lasts."""
        return self.tone == "now"


class EntryViews:
    """Makes views of entries for one reader. `name_at` gives the name of whom a number belongs to."""

    def __init__(
        self, office: Office, words: Words, clock: Clock, now: float, name_at: Callable[[str], str]
    ) -> None:
        self._activities = {a.id: a for a in office.activities}
        self._profiles = {p.id: p for p in office.profiles}
        self._office = office
        self._words = words
        self._clock = clock
        self._now = now
        self._name_at = name_at

    def current(self, entries: Iterable[Entry]) -> list[EntryView]:
        """Return those that last now."""
        return [self.view(e) for e in entries if e.is_current(self._now)]

    def ahead(self, entries: Iterable[Entry]) -> list[EntryView]:
        """Return those that have not ended, as the list shows them."""
        known = tuple(entries)
        off = suspended(known, self._now)
        return [self.view(e, is_off=e.id in off) for e in known if e.end is None or e.end > self._now]

    def view(self, entry: Entry, *, is_off: bool = False) -> EntryView:
        """Return an entry in words; `is_off`: another one turns its diversion off now (003-27)."""
        now = self._now
        activity, title = self.activity(entry), self._title(entry)
        tone = "future" if entry.start > now else "now" if entry.is_current(now) else "past"
        is_imported = entry.origin == CALENDAR
        return EntryView(
            id=entry.id,
            title=title,
            detail=" · ".join(self._details(entry, activity if activity != title else "", is_off)),
            when=self._clock.span(entry.start, entry.end, now),
            until="" if entry.end is None else self._clock.until_words(entry.end, now),
            tone=tone,
            origin=entry.origin,
            origin_words=self._origin_words(entry.origin),
            is_open=entry.handling is CallHandling.OPEN,
            is_imported=is_imported,
            is_outdated=entry.is_outdated,
            calls=self.calls(entry),
            start=entry.start,
            end=entry.end,
        )

    def activity(self, entry: Entry) -> str:
        """Return the words of an entry's activity, if it has one."""
        activity = self._activities.get(entry.activity)
        return "" if activity is None else label(activity.labels, self._words.language, activity.id)

    def profile(self, entry: Entry) -> str:
        """Return the words of an entry's presence profile, if it has one."""
        profile = self._profiles.get(entry.profile)
        return "" if profile is None else label(profile.labels, self._words.language, profile.id)

    def _title(self, entry: Entry) -> str:
        title = title_of(entry, self._office, self._words.language)
        return title or self._words["private" if entry.is_private else "busy_reason"]

    def calls(self, entry: Entry) -> str:
        """Return what happens to calls, in a few words."""
        if entry.handling is CallHandling.DIVERTED:
            target = entry.divert_to and (self._name_at(entry.divert_to) or entry.divert_to)
            if not target:
                return self._words["calls_diverted_somewhere"]
            return self._words.text("calls_diverted", target=target)
        return self._words[f"calls_{entry.handling.value}"]

    def _details(self, entry: Entry, activity: str, is_off: bool) -> Iterable[str]:
        if activity:
            yield activity
        if entry.is_private and (entry.reason or activity or entry.profile):
            yield self._words["private"]
        if entry.place:
            yield entry.place
        if entry.info:
            yield entry.info
        if entry.handling in (CallHandling.DIVERTED, CallHandling.OPEN):
            yield self.calls(entry)
            if is_off:
                yield self._words["diversion_off_now"]

    def _origin_words(self, origin: str) -> str:
        known = {CALENDAR: "origin_calendar", "WEB": "origin_web"}
        if key := known.get(origin):
            return self._words[key]
        return self._words.text("origin_receptionist", initials=origin)
