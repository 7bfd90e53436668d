"""Another office file takes the place of the one that holds, while calls go on.

What it says of rights goes out as a fresh snapshot to every console; what it says of appointments makes
everybody's entries anew; words and shortcuts are told as they are.
"""

from __future__ import annotations

from msgspec.structs import replace

from reception.hub.audience import Circle
from reception.hub.broadcast import Broadcast
from reception.hub.calendars import Calendars
from reception.hub.diversions import Diversions
from reception.hub.office_shape import OfficeSettings
from reception.hub.presence import Presence
from reception.hub.presence_desk import PresenceDesk
from reception.hub.rights import Rights
from reception.hub.sync_policies import SyncPolicies, timing_of
from reception.hub.teams_sync import TeamsSync
from reception.model.changes import OfficeChanged
from reception.model.office import Office


class OfficeTurn:
    """Knows the office that holds (`office`), and puts another one in its place."""

    def __init__(
        self,
        office: Office,
        *,
        rights: Rights,
        broadcast: Broadcast,
        presence: Presence,
        desk: PresenceDesk,
        diversions: Diversions,
        sync: TeamsSync,
    ) -> None:
        self.office = office
        self._rights = rights
        self._broadcast = broadcast
        self._presence = presence
        self._desk = desk
        self._diversions = diversions
        self._sync = sync

    async def use(self, settings: OfficeSettings, before: OfficeSettings) -> None:
        """Let these settings hold, instead of those `before`. Everybody has heard of it afterwards."""
        self.office = settings.office
        if (settings.groups, settings.rights) != (before.groups, before.rights):
            self._rights.use(Circle(settings))
            self._broadcast.renew_views()
        self._broadcast.tell((OfficeChanged(office=settings.office),))
        self._desk.use_office(settings.office)
        self._sync.use(SyncPolicies(settings).of, timing_of(settings))
        if settings != replace(before, rights=settings.rights):
            await self._presence.use_rules(Calendars(settings))
        await self._diversions.use_office(settings)
