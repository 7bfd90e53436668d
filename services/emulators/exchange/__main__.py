"""``python -m services.emulators.exchange``: an emulated Exchange server for trials by hand.

It prints what goes into the hub's configuration. People in it have meetings all day.
"""

from __future__ import annotations

import argparse
import csv
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from services.emulators.exchange.mailboxes import Caller, Item, Mailbox, Organisation
from services.emulators.exchange.ntlm import Ntlm
from services.emulators.exchange.oauth import SCOPE, OAuth
from services.emulators.exchange.serving import ExchangeEmulator
from services.emulators.exchange.sign_in import Basic, MakeSignIn

_USER, _PASSWORD = "reception", "only for trials"
_SIGN_INS: Final[dict[str, MakeSignIn]] = {"basic": Basic, "ntlm": Ntlm, "oauth": OAuth}
_SUBJECTS = ("Kundemøde", "Statusmøde", "Workshop", "Tandlæge")


def main(given: Sequence[str] | None = None) -> int:
    """Run until interrupted; returns the exit code."""
    parser = argparse.ArgumentParser(prog="services.emulators.exchange", description=__doc__)
    parser.add_argument("--people", type=Path, required=True, help="CSV with the columns name and email")
    parser.add_argument("--port", type=int, default=8366)
    parser.add_argument("--auth", choices=_SIGN_INS, default="basic", help="how one signs in")
    arguments = parser.parse_args(given)
    caller = Caller(name=_USER, password=_PASSWORD, may_impersonate=True)
    house = Organisation(_mailboxes(arguments.people), [caller], lambda: datetime.now(UTC))
    _fill(house)
    with ExchangeEmulator(house, port=arguments.port, make_sign_in=_SIGN_INS[arguments.auth]) as emulator:
        sys.stdout.write(
            f'[presence.exchange]\nurl = "{emulator.url}"\nuser = "{_USER}"\n'
            f'password = "{_PASSWORD}"\nauth = "{arguments.auth}"\n'
        )
        if arguments.auth == "oauth":
            sys.stdout.write(f'token_url = "{emulator.token_url}"\nscope = "{SCOPE}"\n')
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


def _mailboxes(file: Path) -> Iterator[Mailbox]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            if row.get("email"):
                yield Mailbox(address=row["email"], name=row["name"])


def _fill(house: Organisation) -> None:
    """Give everybody a meeting about now, some of them a private one."""
    chance = Random(1)
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for box in tuple(house.mailboxes.values()):
        start = now + timedelta(hours=chance.randrange(-2, 6))
        kind = "Private" if chance.random() < 0.1 else "Normal"
        subject = chance.choice(_SUBJECTS)
        item = Item(subject=subject, start=start, end=start + timedelta(hours=1), sensitivity=kind)
        house.put(box.address, item)


if __name__ == "__main__":
    sys.exit(main())
