"""Who of the directory is who at Microsoft: presence and calendars want the object id, not a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from reception.model.people import Person
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient

LIST_PERMISSION: Final = "User.ReadBasic.All"
_LIST: Final = "/users?$select=id,mail,userPrincipalName&$top=999"
AGAIN_S: Final = 6 * 3_600.0
"""Accounts are listed anew after so long in any case."""
AGAIN_FOR_NEW_S: Final = 300.0
"""And after so long when somebody in the directory has none."""


class Account(NamedTuple):
    """Somebody's account. `user` is the object id in small letters, `address` their UPN."""

    user: str
    address: str


class Accounts:
    """All accounts of the tenant, by what a directory may call them."""

    def __init__(self, client: GraphClient, match: str) -> None:
        self._client = client
        self._match = match
        self._by_name: dict[str, Account] = {}
        self._listed_at = float("-inf")
        self._asked_for: frozenset[str] = frozenset()

    async def refresh(self, people: Sequence[Person], now: float) -> bool:
        """List the accounts if it is time; returns whether they were listed. Raises ServiceError."""
        missing = frozenset(p.id for p in people if self.of(p) is None)
        is_new = bool(missing - self._asked_for)
        age = now - self._listed_at
        if not is_new and age < (AGAIN_FOR_NEW_S if missing else AGAIN_S):
            return False
        found: dict[str, Account] = {}
        async for page in self._client.pages(Request("GET", _LIST, Scope(Kind.DIRECTORY), LIST_PERMISSION)):
            for item in page.get("value") or ():
                user, upn, mail = (str(item.get(key) or "") for key in ("id", "userPrincipalName", "mail"))
                if user:
                    account = Account(user.casefold(), upn or user)
                    found |= {name.casefold(): account for name in (upn, user) if name}
                    found.setdefault(mail.casefold(), account)
        found.pop("", None)
        self._by_name, self._listed_at, self._asked_for = found, now, frozenset(p.id for p in people)
        return True

    def of(self, person: Person) -> Account | None:
        """Return somebody's account, None when they have none."""
        names: Iterable[str] = (self._name(person),) if self._match else (person.email,)
        return next((a for name in names if (a := self._by_name.get(name.strip().casefold()))), None)

    def _name(self, person: Person) -> str:
        return person.fields.get(self._match, "") or person.notes.get(self._match, "") or person.email
