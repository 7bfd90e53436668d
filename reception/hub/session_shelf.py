"""Where it is kept what may be shown of colleagues in Teams, so that the next hub can clear it."""

from __future__ import annotations

from reception.hub.keeper import Keeper
from reception.hub.steps import Steps
from reception.model.sync import OwnSession


class SessionShelf:
    """The store's part in the synchronisation. A store that is broken stops nothing."""

    def __init__(self, keeper: Keeper, steps: Steps) -> None:
        self._keeper = keeper
        self._steps = steps

    async def keep(self, session: OwnSession) -> None:
        """Keep what is about to be shown; returns when it is stored."""
        self._keeper.note_session(session.person.id, session)
        await self._steps.done()

    def forget(self, person: str) -> None:
        """Nothing is shown of somebody any more."""
        self._keeper.note_session(person, None)
        self._steps.add(publish=_nobody_needs_it)


def _nobody_needs_it() -> None:
    """What is forgotten is told to nobody."""
