"""Colleagues' accounts in the hub: one owner, so that two who change different things lose nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from msgspec.structs import replace

from reception.hub.entry_shelf import EntryShelf
from reception.model.stored import Account


class Accounts:
    """Everybody's account, by person; whoever has none yet has an empty one.

    `on_disabled` hears whose account was taken away.
    """

    def __init__(self, stored: Iterable[Account], shelf: EntryShelf) -> None:
        self._accounts = {a.person: a for a in stored}
        self._shelf = shelf
        self.on_disabled: Callable[[Collection[str]], object] = lambda _: None

    def of(self, person: str) -> Account:
        """Return a colleague's account."""
        return self._accounts.get(person) or Account(person=person, user="")

    def named(self, user: str) -> Account | None:
        """Return the account of a user name, whatever the case, or None."""
        wanted = user.casefold()
        found = (a for a in self._accounts.values() if a.user and a.user.casefold() == wanted)
        return next(found, None)

    def disabled(self) -> list[str]:
        """Return whose accounts were taken away."""
        return [person for person, account in self._accounts.items() if account.is_disabled]

    async def change(self, person: str, **fields: Any) -> Account:
        """Change fields of a colleague's account and keep it; returns it as it is then."""
        account = self._accounts[person] = replace(self.of(person), **fields)
        await self._shelf.keep_account(account)
        if account.is_disabled:
            self.on_disabled((person,))
        return account
