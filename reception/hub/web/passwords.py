"""Who may sign in, with what password, and invitations to choose one.

Passwords are kept as argon2id hashes (RFC 9106), made and checked in a thread, as each takes a good part of a
second on purpose. An invitation is a link with a signature over the account as it is now, so it holds once:
choosing a password makes it another account. Whoever has no account costs the same time as a wrong password.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Any, Final, Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reception.errors import BadInput
from reception.model.people import Person
from reception.model.stored import Account

SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 200
INVITATION_S: Final = 7 * 24 * 3600.0
_AT_ONCE: Final = 2
"""Hashes at a time: each takes 64 MiB and a core."""
_USER: Final = re.compile(r"[\w.@+-]{1,64}")


class AccountBook(Protocol):
    """Where accounts are kept (`reception.hub.accounts`); a change is stored when `change` returns."""

    def of(self, person: str) -> Account: ...

    def named(self, user: str) -> Account | None: ...

    async def change(self, person: str, **fields: Any) -> Account: ...


class Passwords:
    """Who gets in. `key` signs invitations."""

    def __init__(self, book: AccountBook, key: bytes, hasher: PasswordHasher | None = None) -> None:
        self._book = book
        self._key = key
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._of_nobody: str = ""

    def account(self, user: str) -> Account | None:
        """Return the account of a name, whatever its case."""
        return self._book.named(user.strip()) if user.strip() else None

    async def sign_in(self, user: str, password: str) -> Account | None:
        """Return the account that this name and this password open, or None."""
        account = self.account(user)
        known = account.password if account is not None else ""
        if not known:  # nobody is to tell by the time which names there are
            self._of_nobody = self._of_nobody or await self._hash("nobody has this password")
        is_right = await self._verify(known or self._of_nobody, password[:LONGEST_PASSWORD])
        if account is None or not known or not is_right:
            return None
        if self._hasher.check_needs_rehash(known):
            account = await self._book.change(account.person, password=await self._hash(password))
        return account

    async def set_password(self, user: str, password: str) -> None:
        """Give an account another password; whoever asks has made sure of `fault_of`."""
        account = self._known(user)
        await self._book.change(account.person, password=await self._hash(password))

    async def set_language(self, user: str, language: str) -> None:
        """Remember the language a colleague reads."""
        await self._book.change(self._known(user).person, language=language)

    def _known(self, user: str) -> Account:
        account = self.account(user)
        if account is None:
            raise BadInput("unknown_account", f'there is no account "{user}".')
        return account

    async def _hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def _verify(self, known: str, password: str) -> bool:
        async with self._turns:
            return await asyncio.to_thread(self._is_right, known, password)

    def _is_right(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    # -------------------------------------------------------------- invitations

    def invite(self, user: str, now: float) -> str:
        """Return a token with which its holder may choose the account's password, once, within a week."""
        account = self._known(user)
        until = int(now + INVITATION_S)
        return f"{_packed(account.user.encode())}.{until}.{self._signature(account, until)}"

    def invited(self, token: str, now: float) -> Account | None:
        """Return whose password may be chosen with a token, or None."""
        name, _, rest = token.partition(".")
        until, _, signature = rest.partition(".")
        if not until.isdecimal() or len(until) > 12 or int(until) <= now:
            return None
        account = self.account(_unpacked(name))
        if account is None or not hmac.compare_digest(
            self._signature(account, int(until)).encode(), signature.encode("utf-8", "surrogatepass")
        ):
            return None
        return account

    def _signature(self, account: Account, until: int) -> str:
        said = "\n".join((account.user, account.person, account.password, str(until)))
        return _packed(hmac.new(self._key, said.encode(), hashlib.sha256).digest())


def owner_of(user: str, person: str, people: Iterable[Person]) -> Person:
    """Return whose account this is to be.

    `person` is their id, initials, e-mail or number; empty for the same as `user`. Raises BadInput.
    """
    if not _USER.fullmatch(user):
        text = f'account "{user}": a name has 1 to 64 letters, digits, dots or dashes, or is an address.'
        raise BadInput("misconfigured", text)
    wanted = (person or user).casefold()
    found = [p for p in people if wanted in _names_of(p)]
    if len(found) != 1:
        many = "nobody" if not found else f"{len(found)} colleagues"
        text = (
            f'account "{user}": {many} in the directory with the id, initials, e-mail or number '
            f'"{person or user}". Name one with --person.'
        )
        raise BadInput("misconfigured", text)
    return found[0]


def fault_of(password: str, user: str) -> str:
    """Return the key of what is wrong with a password somebody chose, or nothing."""
    if len(password) < SHORTEST_PASSWORD:
        return "password_short"
    if len(password) > LONGEST_PASSWORD:
        return "password_long"
    if user.casefold() in password.casefold() or len(set(password)) < 4:
        return "password_simple"
    return ""


def _names_of(person: Person) -> set[str]:
    numbers = (n.number for n in person.numbers)
    return {n.casefold() for n in (person.id, person.initials, person.email, *numbers) if n}


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unpacked(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""
