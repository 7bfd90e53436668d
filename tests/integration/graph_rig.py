"""The emulated Microsoft 365 on a port, and a check of all that went over the line.

`office()` runs a `GraphEmulator` with a few people; at its end every refusal is checked, and every request
and reply is held against Microsoft's own description, where that lies beside the project (else
`test_what_is_not_as_described_is_found` is skipped visibly).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import trustme

from reception.model.microsoft import MicrosoftAccount
from reception.model.people import Number, NumberKind, Person
from services.emulators.graph.serving import GraphEmulator
from services.emulators.graph.tenant import APP_ID, SECRET, TENANT_ID, Tenant, User
from tests.unit.services.graph_schema import faults_of

NAMES: Final = ("Alice Holm", "Bob Krogh", "Carol Dam", "Dorte Lund")
EVERYTHING: Final = frozenset(
    {
        "Presence.Read.All",
        "Presence.ReadWrite.All",
        "Calendars.Read",
        "MailboxSettings.Read",
        "User.Read.All",
        "Mail.Send",
        "Chat.Create",
        "ProfilePhoto.Read.All",
    }
)


def mail_of(name: str) -> str:
    return f"{name.partition(' ')[0].lower()}@firma.example"


def people(names: Sequence[str] = NAMES) -> list[Person]:
    """Return the colleagues that these accounts belong to; numbers from 201."""
    return [
        Person(
            id=name.partition(" ")[0].lower(),
            name=name,
            email=mail_of(name),
            numbers=(Number(kind=NumberKind.DESK, number=str(201 + n)),),
        )
        for n, name in enumerate(names)
    ]


class Office:
    """A running emulator, and how to reach it: it listens with `tls`, of the `authority` in `ca_file`."""

    def __init__(
        self, emulator: GraphEmulator, ca_file: Path, authority: trustme.CA, tls: ssl.SSLContext
    ) -> None:
        self.emulator = emulator
        self.authority, self.tls = authority, tls
        self.tenant = emulator.tenant
        self.graph = emulator.graph
        self.ca_file = ca_file

    def account(self, **more: Any) -> MicrosoftAccount:
        """Return what goes into [microsoft]."""
        values = {"tenant": TENANT_ID, "client_id": APP_ID, "secret": SECRET} | more
        return MicrosoftAccount(
            authority=self.emulator.base, graph=self.emulator.root, ca_file=str(self.ca_file), **values
        )

    def check(self) -> None:
        """Hold all that went over the line against Microsoft's description."""
        assert faults_of(self.graph.exchanges) == []


@asynccontextmanager
async def office(
    tmp_path: Path, clock: Callable[[], float] = time.time, names: Sequence[str] = NAMES
) -> AsyncIterator[Office]:
    """Run the emulator for people of these names, who are in Teams and available."""
    authority = trustme.CA()
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
    trust = ssl.create_default_context(cafile=str(ca_file))
    tenant = Tenant([User(name=name, mail=mail_of(name)) for name in names], clock)
    tenant.app.roles |= EVERYTHING
    for name in names:
        tenant.is_in_teams(mail_of(name))
    async with GraphEmulator(tenant, tls=tls, trust=trust) as emulator:
        running = Office(emulator, ca_file, authority, tls)
        yield running
        running.check()
