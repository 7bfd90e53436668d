"""Other sources of presence take the place of those that are listened to, while calls go on.

Also how each source is doing, with the age of what it said last: one that is not well any more was until now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from reception.hub.broadcast import Broadcast
from reception.hub.presence import Presence
from reception.hub.teams_sync import TeamsSync, writer_of
from reception.model.changes import Source, SourceChanged, SourceState
from reception.presence.port import TEAMS, TELEPHONY, Freshness, PresenceSource


class Sources:
    """How all sources are doing, by their ids. `clock` gives UTC seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.by_id = {TELEPHONY: Source(id=TELEPHONY, state=SourceState.CONNECTING, since=clock())}
        self._clock = clock

    def take(self, source: Source) -> SourceChanged:
        """Take in how one is doing; returns what to tell of it."""
        source = self.by_id[source.id] = self._with_age(source)
        return SourceChanged(source=source)

    def _with_age(self, source: Source) -> Source:
        if source.state is SourceState.UP or source.good_at is not None:
            return source
        before = self.by_id.get(source.id)
        if before is None:
            return source
        was_up = before.state is SourceState.UP
        return replace(source, good_at=self._clock() if was_up else before.good_at)


class PresenceTurn:
    """Puts other sources in the place of those that hold."""

    def __init__(self, presence: Presence, sync: TeamsSync, sources: Sources, broadcast: Broadcast) -> None:
        self._presence = presence
        self._sync = sync
        self._sources = sources
        self._broadcast = broadcast

    @property
    def backends(self) -> tuple[PresenceSource, ...]:
        """What is listened to."""
        return self._presence.backends

    async def use(self, backends: Sequence[PresenceSource]) -> None:
        """Listen to these from now on; those that were there already go on."""
        self._sync.use_writer(writer_of(backends))
        await self._presence.use(backends)

    def forget(self, source: str) -> None:
        """Show a source no more: it is not set up any longer."""
        if self._sources.by_id.pop(source, None) is not None:
            self._broadcast.renew_views()
            if source == TEAMS:
                self._sync.on_teams_source(is_heard=False)

    def good_at(self) -> Mapping[str, float]:
        """Return when each source brought good data last, of those that can tell."""
        found: dict[str, float] = {}
        for backend in self.backends:
            if isinstance(backend, Freshness):
                found |= backend.good_at()
        return found
