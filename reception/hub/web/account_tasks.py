"""What an administrator does to accounts: add, invite, set a password, remove."""

from __future__ import annotations

import time
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from reception.errors import BadInput
from reception.hub.web.opening import passwords_of
from reception.hub.web.passwords import SHORTEST_PASSWORD, AccountBook, fault_of, owner_of
from reception.model.people import Person
from reception.model.stored import Account, Batch
from reception.ports import Store


class Deed(StrEnum):
    """What is to be done."""

    ADD = "add"
    INVITE = "invite"
    PASSWORD = "password"
    REMOVE = "remove"


class AccountTask(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One task. `person` names whose account a new one is; `password` is given for PASSWORD only."""

    deed: Deed
    user: str
    person: str = ""
    password: str = ""


class StoredBook:
    """Accounts without a hub, straight in its store; `disabled` are those whose was taken away here."""

    def __init__(self, store: Store, accounts: Iterable[Account]) -> None:
        self.disabled: list[str] = []
        self._store = store
        self._accounts = {a.person: a for a in accounts}

    def of(self, person: str) -> Account:
        """Return a colleague's account, an empty one if there is none."""
        return self._accounts.get(person) or Account(person=person, user="")

    def named(self, user: str) -> Account | None:
        """Return the account of a user name, whatever its case."""
        wanted = user.casefold()
        return next((a for a in self._accounts.values() if a.user and a.user.casefold() == wanted), None)

    async def change(self, person: str, **fields: Any) -> Account:
        """Change fields of an account and store it."""
        account = self._accounts[person] = msgspec.structs.replace(self.of(person), **fields)
        await self._store.save(Batch(accounts=(account,)))
        if account.is_disabled:
            self.disabled.append(person)
        return account


async def carry_out(task: AccountTask, book: AccountBook, people: Iterable[Person], data_dir: Path) -> str:
    """Do it; returns the path of an invitation, if it is one. Raises BadInput or ServiceError."""
    passwords = passwords_of(book, data_dir)
    known = book.named(task.user)
    if task.deed is Deed.ADD:
        if known is not None:
            raise BadInput("misconfigured", f'account "{task.user}": there is one already.')
        owner = owner_of(task.user, task.person, people)
        if user := book.of(owner.id).user:
            raise BadInput("misconfigured", f'{owner.name} has the account "{user}" already.')
        await book.change(owner.id, user=task.user.casefold(), password="", is_disabled=False)
        return _invitation(passwords.invite(task.user, time.time()))
    if known is None:
        raise BadInput("misconfigured", f'account "{task.user}": there is none.')
    if task.deed is Deed.INVITE:
        return _invitation(passwords.invite(task.user, time.time()))
    if task.deed is Deed.REMOVE:  # what is not the sign-in's, such as own shortcuts, stays
        await book.change(known.person, user="", password="", is_disabled=True)
        return ""
    if fault_of(task.password, task.user):
        text = f"the password needs at least {SHORTEST_PASSWORD} letters and must not be easy to guess."
        raise BadInput("misconfigured", f'account "{task.user}": {text}')
    await passwords.set_password(task.user, task.password)
    return ""


def _invitation(token: str) -> str:
    return f"/invitation/{token}"
