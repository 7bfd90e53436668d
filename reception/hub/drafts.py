"""What somebody asks for on a timeline, checked against the office and made an entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from reception.directory.numbers import NumberPlan
from reception.errors import CommandRefused
from reception.model.office import Office, Profile, Shortcut, label
from reception.model.presence import CallHandling, Entry, EntryDraft
from reception.presence.outlook import Day

_LONGEST_REASON: Final = 200
_LONGEST_NOTE: Final = 1_000
"""Characters; what is longer is cut, so that no timeline outgrows a frame."""


class Drafts:
    """Makes entries of drafts. `day_of` tells where midnight is."""

    def __init__(self, office: Office, numbers: NumberPlan, day_of: Callable[[float], Day]) -> None:
        self._office = office
        self._day_of = day_of
        self._numbers = numbers
        self._activities = {a.id for a in office.activities}
        self._roles = {r.id for r in office.roles}

    def entry(
        self, draft: EntryDraft, own: Sequence[Shortcut], profile: Profile | None = None, *, now: float
    ) -> Entry:
        """Return the entry, without id and origin; `profile` is the one it names. Raises CommandRefused."""
        if profile is not None:
            draft = self._by_profile(draft, profile)
        elif draft.shortcut:
            draft = self._by_shortcut(draft, own)
        self._require_known(draft.activity, draft.role)
        if draft.end is not None and draft.end <= draft.start:
            raise CommandRefused("ends_before_start")
        if draft.end is not None and draft.end <= now:
            raise CommandRefused("already_over")
        return Entry(
            id="",
            origin="",
            reason=draft.reason.strip()[:_LONGEST_REASON],
            start=draft.start,
            end=draft.end,
            is_busy=draft.is_busy,
            handling=draft.handling,
            divert_to=self._number(draft.handling, draft.divert_to),
            place=draft.place.strip()[:_LONGEST_REASON],
            note=draft.note.strip()[:_LONGEST_NOTE],
            activity=draft.activity,
            role=draft.role,
            info="" if profile is None else profile.info,
            profile=draft.profile,
        )

    def shortcut(self, shortcut: Shortcut, person: str) -> Shortcut:
        """Return a colleague's own shortcut, checked. Raises CommandRefused."""
        if not shortcut.id or not any(shortcut.labels.values()):
            raise CommandRefused("unknown_shortcut", shortcut=shortcut.id)
        self._require_known(shortcut.activity, "")
        number = self._number(shortcut.handling, shortcut.divert_to)
        return replace(shortcut, person=person, divert_to=number, key="")

    def profile_named(self, name: str, own: Sequence[Profile]) -> Profile:
        """Return a profile that is offered to somebody with these of their own. Raises CommandRefused."""
        offered = (p for p in (*self._office.profiles, *own) if p.id == name and p.is_enabled)
        if (found := next(offered, None)) is None:
            raise CommandRefused("unknown_profile", profile=name)
        return found

    def profile(self, profile: Profile, person: str) -> Profile:
        """Return a colleague's own profile, checked. Raises CommandRefused."""
        if not profile.id or not any(profile.labels.values()):
            raise CommandRefused("unknown_profile", profile=profile.id)
        self._require_known(profile.activity, profile.role)
        number = self._number(profile.handling, profile.divert_to)
        info = profile.info.strip()[:_LONGEST_REASON]
        return replace(profile, person=person, divert_to=number, info=info)

    def _by_profile(self, draft: EntryDraft, profile: Profile) -> EntryDraft:
        """Return what a profile says, for the time that is given (requirements 003-06, 003-07)."""
        return EntryDraft(
            reason=label(profile.labels, self._office.language, profile.id),
            start=draft.start,
            end=draft.end,
            is_busy=profile.is_busy,
            handling=profile.handling,
            divert_to=profile.divert_to,
            note=draft.note,
            activity=profile.activity,
            role=profile.role,
            profile=profile.id,
        )

    def _by_shortcut(self, draft: EntryDraft, own: Sequence[Shortcut]) -> EntryDraft:
        """Fill in what a shortcut says; what is given beside the times goes before it."""
        found = next((s for s in (*self._office.shortcuts, *own) if s.id == draft.shortcut), None)
        if found is None:
            raise CommandRefused("unknown_shortcut", shortcut=draft.shortcut)
        end = draft.end
        if end is None and found.minutes is not None:
            end = draft.start + found.minutes * 60.0
        elif end is None and found.is_for_day:
            end = self._day_of(draft.start).end
        has_number = draft.handling is CallHandling.DIVERTED and draft.divert_to
        return replace(
            draft,
            reason=draft.reason or label(found.labels, self._office.language, found.id),
            end=end,
            is_busy=found.is_busy,
            handling=draft.handling if has_number else found.handling,
            divert_to=draft.divert_to if has_number else found.divert_to,
            activity=draft.activity or found.activity,
        )

    def _require_known(self, activity: str, role: str) -> None:
        if activity and activity not in self._activities:
            raise CommandRefused("unknown_activity", activity=activity)
        if role and role not in self._roles:
            raise CommandRefused("unknown_activity", activity=role)

    def _number(self, handling: CallHandling, number: str) -> str:
        if handling is not CallHandling.DIVERTED:
            return ""
        found = self._numbers.normalise(number)
        if found is None:
            raise CommandRefused("invalid_number", number=number)
        return found
