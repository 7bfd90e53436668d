"""Where what people enter on timelines is kept, as the presence desk uses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reception.hub.keeper import Keeper
from reception.hub.steps import Steps
from reception.model.stored import Account, KeptEntry


class EntryShelf:
    """The store's part in timelines: one change is kept whole before anybody sees it.

    A store that is broken stops nothing: the keeper writes with the next change that works.
    """

    def __init__(self, keeper: Keeper, steps: Steps) -> None:
        self._keeper = keeper
        self._steps = steps

    async def keep(self, changed: Sequence[KeptEntry] = (), removed: Sequence[str] = ()) -> None:
        """Keep these and forget those ids, in one transaction."""
        self._keeper.note_entries(changed, removed)
        await self._steps.done()

    def forget(self, removed: Iterable[str]) -> None:
        """Forget these ids with the next change."""
        self._keeper.note_entries((), removed)

    async def keep_account(self, account: Account) -> None:
        """Keep a colleague's account."""
        self._keeper.note_account(account)
        await self._steps.done()
