"""Presence profiles that choose themselves: at program start and end, away from the desk, when it is locked.

Requirements 003-09 to 003-16. Whoever comes back to the desk gets the profile that was there before (003-15),
unless another was chosen meanwhile: what somebody chooses by hand is never undone.

Pure: what the workplace says and which profile holds are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from reception.model.presence import Timeline

_PREFIX: Final = "profile_at."
_MINUTE: Final = 60.0


class TriggerProfiles(msgspec.Struct, frozen=True, kw_only=True):
    """Which profile each trigger chooses, by id; empty: none. `minutes` without any touch are idle."""

    start: str = ""
    end: str = ""
    idle: str = ""
    locked: str = ""
    minutes: float = 10.0

    @property
    def is_any(self) -> bool:
        """True when there is anything to be done."""
        return bool(self.start or self.end or self.idle or self.locked)


def profiles_in(more: Mapping[str, bool | int | float | str]) -> TriggerProfiles:
    """Return what the preferences say (``profile_at.idle`` and so on); nonsense there counts as not given."""
    named = {name: more.get(f"{_PREFIX}{name}") for name in ("start", "end", "idle", "locked")}
    ids = {name: value for name, value in named.items() if isinstance(value, str)}
    wanted = TriggerProfiles(
        start=ids.get("start", ""),
        end=ids.get("end", ""),
        idle=ids.get("idle", ""),
        locked=ids.get("locked", ""),
    )
    minutes = more.get(f"{_PREFIX}minutes")
    is_good = isinstance(minutes, int | float) and not isinstance(minutes, bool) and minutes > 0
    return replace(wanted, minutes=float(minutes)) if minutes is not None and is_good else wanted


def remembered(
    more: Mapping[str, bool | int | float | str], wanted: TriggerProfiles
) -> dict[str, bool | int | float | str]:
    """Return the preferences with these in them; what says nothing does not stand there."""
    kept = {name: value for name, value in more.items() if not name.startswith(_PREFIX)}
    named = {f"{_PREFIX}{name}": getattr(wanted, name) for name in ("start", "end", "idle", "locked")}
    kept |= {name: value for name, value in named.items() if value}
    return kept | ({f"{_PREFIX}minutes": wanted.minutes} if wanted.idle else {})


class Chosen(NamedTuple):
    """The profile that somebody chose and that holds until it is changed; empty for none."""

    entry: str = ""
    profile: str = ""
    since: float | None = None


class Choose(NamedTuple):
    """Choose a profile; `since` (UTC seconds): as one that has held since then, None: from now on."""

    profile: str
    since: float | None = None


class Remove(NamedTuple):
    """Take the entry of a profile away: there was none before."""

    entry: str


Step: TypeAlias = Choose | Remove | None


def chosen_in(timeline: Timeline | None, now: float) -> Chosen:
    """Return the chosen profile of a timeline at a moment (UTC seconds)."""
    for entry in timeline.entries if timeline is not None else ():
        if entry.profile and entry.is_by_hand and entry.end is None and entry.is_current(now):
            return Chosen(entry.id, entry.profile, entry.start)
    return Chosen()


class Triggers:
    """What is to be chosen when. At the desk, or away with a profile that was chosen for that."""

    def __init__(self, wanted: TriggerProfiles) -> None:
        self._wanted = wanted
        self._before = Chosen()
        self._set = ""

    def at_start(self, chosen: Chosen) -> Step:
        """Return what the start of the program chooses (003-09)."""
        return self._unless_there(self._wanted.start, chosen)

    def at_end(self, chosen: Chosen) -> Step:
        """Return what its end chooses (003-10)."""
        return self._unless_there(self._wanted.end, chosen)

    def look(self, chosen: Chosen, *, idle_s: float | None, is_locked: bool) -> Step:
        """Return what being away or back chooses; `idle_s` is how long nobody touched anything."""
        wanted = self._away(idle_s, is_locked)
        if wanted == self._set:
            return None
        if not self._set:
            self._before = chosen
        elif chosen.profile != self._set:  # somebody chose another one meanwhile
            self._before = chosen
            if not wanted:
                self._set = ""
                return None
        self._set, before = wanted, self._before
        if wanted:
            return self._unless_there(wanted, chosen)
        return (
            self._unless_there(before.profile, chosen, before.since)
            if before.profile
            else Remove(chosen.entry)
        )

    def _away(self, idle_s: float | None, is_locked: bool) -> str:
        """Return the profile of who is away, empty at the desk; the lock goes first (003-14)."""
        wanted = self._wanted
        if is_locked and wanted.locked:
            return wanted.locked
        is_idle = idle_s is not None and idle_s >= wanted.minutes * _MINUTE
        return wanted.idle if is_idle else ""

    @staticmethod
    def _unless_there(profile: str, chosen: Chosen, since: float | None = None) -> Step:
        return Choose(profile, since) if profile and chosen.profile != profile else None
