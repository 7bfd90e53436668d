"""An emulated Graph and a clock without a line between, for the tests of the emulator."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from services.emulators.graph.asked import Caller, Reply, asked_of
from services.emulators.graph.calendars import Event
from services.emulators.graph.keys import Keys
from services.emulators.graph.service import GraphService
from services.emulators.graph.tenant import APP_ID, Tenant, User

ROOT = "https://localhost/v1.0"
ALICE = User(name="Alice Holm", mail="alice@firma.example", id="a1", photo=b"jpeg", department="Salg")
BOB = User(name="Bob Krogh", mail="bob@firma.example", id="b1", manager="a1")
COPENHAGEN = "Romance Standard Time"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
CALL = {"sessionId": APP_ID, "availability": "Busy", "activity": "InACall", "expirationDuration": "PT15M"}


class World:
    """A Graph and a clock, without a line between."""

    def __init__(self) -> None:
        self.now = MONDAY.timestamp()
        self.tenant = Tenant([ALICE, BOB], lambda: self.now)
        self.keys = Keys("issuer", "graph", self.tenant.id)
        self.posted: list[tuple[str, bytes]] = []
        self.graph = GraphService(self.tenant, self.keys, self._post)
        self.rights = {"Presence.ReadWrite.All", "Calendars.Read", "User.Read.All", "MailboxSettings.Read"}
        self.user = ""

    async def _post(self, address: str, kind: str, body: bytes) -> tuple[int, str]:
        self.posted.append((address, body))
        token = parse_qs(urlsplit(address).query).get("validationToken", [""])[0]
        return 200, token

    async def ask(self, method: str, target: str, body: Any = None, **headers: str) -> Reply:
        token = self.keys.access(Caller(app=APP_ID, rights=frozenset(self.rights), user=self.user), self.now)
        given = {"authorization": f"Bearer {token}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        content = b"" if body is None else json.dumps(body).encode()
        return await self.graph.answer(asked_of(method, target, given, content, ROOT))

    async def presences(self, *ids: str) -> dict[str, dict[str, Any]]:
        reply = await self.ask("POST", "/communications/getPresencesByUserId", {"ids": ids})
        return {found["id"]: found for found in reply.json()["value"]}

    async def pair(self, user: str = "a1") -> str:
        found = (await self.ask("GET", f"/users/{user}/presence")).json()
        return f"{found['availability']}/{found['activity']}"


def meeting(**more: Any) -> Event:
    values = {"subject": "Møde", "start": MONDAY, "end": MONDAY + timedelta(hours=1)} | more
    return Event(**values)
