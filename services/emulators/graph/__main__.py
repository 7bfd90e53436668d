"""``python -m services.emulators.graph``: an emulated Microsoft 365 for trials by hand.

It makes a certificate of its own beside the given folder, and prints what goes into the hub's configuration.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import ssl
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from services.emulators.graph.calendars import Event
from services.emulators.graph.certificate import certify
from services.emulators.graph.presence import Pair
from services.emulators.graph.rights import OPERATIONS
from services.emulators.graph.serving import GraphEmulator
from services.emulators.graph.tenant import APP_ID, SECRET, TENANT_ID, Tenant, User

_PAIRS: Sequence[Pair] = (("Available", "Available"), ("Busy", "InACall"), ("DoNotDisturb", "Presenting"))
_SUBJECTS = ("Kundemøde", "Statusmøde", "Workshop", "Tandlæge")


def main(given: Sequence[str] | None = None) -> int:
    """Run until interrupted; returns the exit code."""
    parser = argparse.ArgumentParser(prog="services.emulators.graph", description=__doc__)
    parser.add_argument("--people", type=Path, required=True, help="CSV with the columns name and email")
    parser.add_argument("--folder", type=Path, required=True, help="where certificate and key are kept")
    parser.add_argument("--port", type=int, default=8365)
    parser.add_argument(
        "--redirect", action="append", default=[], help="an address that is registered for people's sign-in"
    )
    arguments = parser.parse_args(given)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    certificate, key = arguments.folder / "graph.pem", arguments.folder / "graph.key"
    if not certificate.exists():
        certify(certificate, key)
    try:
        users, redirects = list(_users(arguments.people)), set(arguments.redirect)
        asyncio.run(_run(users, certificate.absolute(), key, arguments.port, redirects))
    except KeyboardInterrupt:
        return 0
    return 0


async def _run(users: list[User], certificate: Path, key: Path, port: int, redirects: set[str]) -> None:
    tenant = Tenant(users, time.time)
    tenant.app.redirects |= redirects
    tenant.app.roles.update(*(application for _, _, application in OPERATIONS.values()))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    async with GraphEmulator(tenant, tls=tls, port=port) as emulator:
        emulator.sign_in.has_page = True
        sys.stdout.write(
            f'[microsoft]\ntenant = "{TENANT_ID}"\nclient_id = "{APP_ID}"\nsecret = "{SECRET}"\n'
            f'authority = "{emulator.base}"\ngraph = "{emulator.root}"\nca_file = "{certificate}"\n'
        )
        sys.stdout.flush()
        await _live(tenant, Random(1))


async def _live(tenant: Tenant, chance: Random) -> None:
    """Let people do what people do, for ever."""
    mails = [user.mail for user in tenant.users.values()]
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for mail in mails:
        tenant.is_in_teams(mail)
        start = now + timedelta(hours=chance.randrange(-2, 6))
        subject = chance.choice(_SUBJECTS)
        tenant.meets(mail, Event(subject=subject, start=start, end=start + timedelta(hours=1)))
    while True:
        await asyncio.sleep(1.0)
        for mail in chance.sample(mails, max(1, len(mails) // 100)):
            tenant.is_in_teams(mail, chance.choice(_PAIRS))


def _users(file: Path) -> Iterator[User]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            if row.get("email"):
                yield User(name=row["name"], mail=row["email"], department=row.get("department") or "")


if __name__ == "__main__":
    sys.exit(main())
