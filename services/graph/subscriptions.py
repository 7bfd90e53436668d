"""What Microsoft is to tell us of by itself, kept alive (contract 1.10, 1.11).

Each is renewed at half time. One that has vanished is made anew; where another of ours is in its way (409,
after a crash), that one is removed first. What was missed meanwhile is for polling, which goes on anyway.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from reception.errors import ProtocolError, ServiceError
from reception.light import retry_s
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient
from services.graph.notices import Lifecycle
from services.graph.sealed import Seal
from services.graph.zones import instant_of, utc_text

_log = logging.getLogger(__name__)

PRESENCE_S: Final = 60 * 60.0
EVENTS_S: Final = 10_080 * 60.0
"""How long they may last."""
PEOPLE_AT_MOST: Final = 650
_MARGIN_S: Final = 120.0
"""Clocks differ, and what would last too long is refused."""
_SCOPE: Final = Scope(Kind.SUBSCRIPTIONS)
_AT_ONCE: Final = 4
_IDLE_S: Final = 3_600.0
_TIDYING_S: Final = 5.0


class Wanted(NamedTuple):
    """What is to be told. `is_sealed`: with what it is, encrypted."""

    resource: str
    change_type: str
    lasts_s: float
    permission: str
    is_sealed: bool = False


class Door(NamedTuple):
    """Where deliveries come in, and what they must know."""

    address: str
    secret: str
    seal: Seal


class _Kept:
    """One subscription: its id at Microsoft, and when something is to be done about it."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.id = ""
        self.due_at = 0.0
        self.failures = 0


class Subscriptions:
    """Keeps them alive. `on_missed` hears of a resource of which something was not told."""

    def __init__(
        self,
        client: GraphClient,
        door: Door,
        *,
        clock: Callable[[], float],
        on_missed: Callable[[str], None],
    ) -> None:
        self._client = client
        self._door = door
        self._clock = clock
        self._on_missed = on_missed
        self._kept: dict[Wanted, _Kept] = {}
        self._gone: list[_Kept] = []
        self._wake = asyncio.Event()
        self._one_by_one = asyncio.Lock()  # making room must not take away what is just being made
        self.trouble: ServiceError | None = None

    @property
    def count(self) -> int:
        """How many there are at Microsoft."""
        return sum(bool(kept.id) for kept in self._kept.values())

    def want(self, wanted: Iterable[Wanted]) -> None:
        """Keep exactly these from now on."""
        before, self._kept = self._kept, {}
        for one in wanted:
            self._kept[one] = before.pop(one) if one in before else _Kept(one)
        self._gone += [kept for kept in before.values() if kept.id]
        self._wake.set()

    def note(self, told: Lifecycle) -> None:
        """Take what Microsoft says of a subscription."""
        for kept in self._kept.values():
            if kept.id != told.subscription:
                continue
            match told.event:
                case "reauthorizationRequired":
                    kept.due_at = 0.0
                case "subscriptionRemoved":
                    kept.id, kept.due_at = "", 0.0
                    self._on_missed(kept.wanted.resource)
                case "missed":
                    self._on_missed(kept.wanted.resource)
            self._wake.set()

    async def run(self) -> None:
        """Keep them alive for ever."""
        while True:
            self._wake.clear()
            await self._round()
            due = min((kept.due_at for kept in self._kept.values()), default=self._clock() + _IDLE_S)
            try:
                async with asyncio.timeout(max(due - self._clock(), 0.05)):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def end(self) -> None:
        """Tell Microsoft that nobody listens any more, as far as that goes quickly."""
        alive = [*self._gone, *(kept for kept in self._kept.values() if kept.id)]
        try:
            async with asyncio.timeout(_TIDYING_S):
                for kept in alive:
                    await self._remove(kept.id)
        except (TimeoutError, ServiceError) as error:
            _log.info("subscriptions at Microsoft are left to end by themselves: %s", type(error).__name__)

    # ------------------------------------------------------------- rounds

    async def _round(self) -> None:
        gone, self._gone = self._gone, []
        for kept in gone:
            try:
                await self._remove(kept.id)
            except ServiceError as error:
                _log.info("a subscription ends by itself: %s", error.message.key)
        due = [kept for kept in self._kept.values() if kept.due_at <= self._clock()]
        if not due:
            return
        before, self.trouble = self.trouble, None
        for n in range(0, len(due), _AT_ONCE):
            async with asyncio.TaskGroup() as group:
                for kept in due[n : n + _AT_ONCE]:
                    group.create_task(self._keep(kept))
        self._log_difference(before, self.trouble)

    def _log_difference(self, before: ServiceError | None, after: ServiceError | None) -> None:
        if after is not None and before is None:
            _log.warning("Microsoft does not tell us of changes: %s", after.message)
        elif after is None and before is not None:
            _log.info("Microsoft tells us of changes again")

    async def _keep(self, kept: _Kept) -> None:
        try:
            expires_at = await self._renew(kept) if kept.id else None
            if expires_at is None:
                async with self._one_by_one:
                    expires_at = await self._create(kept)
        except ServiceError as error:
            kept.failures += 1
            kept.due_at = self._clock() + retry_s(error, kept.failures)
            self.trouble = error
            return
        kept.failures = 0
        now = self._clock()
        kept.due_at = now + max((expires_at - now) / 2, 1.0)

    async def _create(self, kept: _Kept) -> float:
        for is_last_try in (False, True):
            expected = frozenset() if is_last_try else frozenset({409})
            answer = await self._client.ask(
                self._request("POST", "", kept, self._body(kept.wanted), expected)
            )
            if answer.is_well:
                found = answer.json("subscriptions")
                kept.id = str(found.get("id") or "")
                return self._end_of(found)
            await self._make_room()
        raise AssertionError("the last try returns or raises")

    async def _make_room(self) -> None:
        """Remove what an earlier life of this hub has left there: it is told to the same address."""
        mine = {kept.id for kept in self._kept.values()}
        request = Request("GET", "/subscriptions", _SCOPE, "")
        async for page in self._client.pages(request):
            for one in page.get("value") or ():
                key = str(one.get("id") or "")
                if one.get("notificationUrl") == self._door.address and key and key not in mine:
                    await self._remove(key)

    async def _renew(self, kept: _Kept) -> float | None:
        """Renew one; None when it has vanished."""
        body = {"expirationDateTime": self._expiry(kept.wanted)}
        path = f"/{quote(kept.id)}"
        answer = await self._client.ask(self._request("PATCH", path, kept, body, frozenset({404})))
        if answer.is_well:
            return self._end_of(answer.json("subscriptions"))
        kept.id = ""
        self._on_missed(kept.wanted.resource)
        return None

    async def _remove(self, key: str) -> None:
        request = Request("DELETE", f"/subscriptions/{quote(key)}", _SCOPE, "", expected=frozenset({404}))
        await self._client.ask(request)

    # ------------------------------------------------------------- what is said

    def _request(
        self, method: str, path: str, kept: _Kept, body: dict[str, Any], expected: frozenset[int]
    ) -> Request:
        return Request(
            method,
            f"/subscriptions{path}",
            _SCOPE,
            kept.wanted.permission,
            body=body,
            is_repeatable=method != "POST",
            expected=expected,
        )

    def _body(self, wanted: Wanted) -> dict[str, Any]:
        body: dict[str, Any] = {
            "changeType": wanted.change_type,
            "notificationUrl": self._door.address,
            "lifecycleNotificationUrl": self._door.address,
            "resource": wanted.resource,
            "expirationDateTime": self._expiry(wanted),
            "clientState": self._door.secret,
            "latestSupportedTlsVersion": "v1_2",
        }
        if wanted.is_sealed:
            body |= {
                "includeResourceData": True,
                "encryptionCertificate": self._door.seal.certificate,
                "encryptionCertificateId": self._door.seal.id,
            }
        return body

    def _expiry(self, wanted: Wanted) -> str:
        return utc_text(self._clock() + wanted.lasts_s - _MARGIN_S)

    def _end_of(self, found: dict[str, Any]) -> float:
        try:
            return instant_of(str(found.get("expirationDateTime")))
        except ValueError as error:
            raise ProtocolError("graph_malformed", what="subscriptions") from error


def presence_of_all(users: Iterable[str], permission: str) -> list[Wanted]:
    """Return the one subscription for presence that a signed-in user may have: of 650 people at most."""
    ids = ",".join(f"'{user}'" for user in sorted(users)[:PEOPLE_AT_MOST])
    resource = f"communications/presences?$filter=id in ({ids})"
    return [Wanted(resource, "updated", PRESENCE_S, permission, is_sealed=True)] if ids else []


def events_of(users: Iterable[str], permission: str) -> list[Wanted]:
    """Return a subscription for each mailbox."""
    return [Wanted(f"users/{u}/events", "created,updated,deleted", EVENTS_S, permission) for u in users]
