"""An Exchange server for tests; all that is said to it and by it is held against Microsoft's schema."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from services.emulators.exchange.mailboxes import Caller, Mailbox, Organisation
from services.emulators.exchange.serving import ExchangeEmulator
from services.emulators.exchange.sign_in import BY_DEFAULT, MakeSignIn
from tests.unit.services.ews_schema import faults

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday."""
SERVICE = Caller(name="FIRMA\\reception", password="kun til prøve", may_impersonate=True)
PLAIN = Caller(name="FIRMA\\plain", password="kun til prøve")
ANNA, BO, CARL = "anna@firma.example", "bo@firma.example", "carl@firma.example"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def organisation(clock: Callable[[], datetime] = lambda: NOW) -> Organisation:
    boxes = [Mailbox(address=address, name=address.partition("@")[0].title()) for address in (ANNA, BO, CARL)]
    return Organisation(boxes, [SERVICE, PLAIN], clock)


@contextmanager
def exchange(
    house: Organisation, *, tls: ssl.SSLContext | None = None, make_sign_in: MakeSignIn = BY_DEFAULT
) -> Iterator[ExchangeEmulator]:
    """Serve an organisation; at the end everything that was said must have been as the schema wants it.

    ``with exchange(organisation()) as server:`` and `server.url` is where a client goes.
    """
    wrong: list[str] = []
    with ExchangeEmulator(house, tls=tls, make_sign_in=make_sign_in) as emulator:
        emulator.service.told = lambda operation, content: wrong.extend(faults(operation, content))
        yield emulator
    wrong += [fault for asked in emulator.service.asked for fault in faults(asked.operation, asked.content)]
    assert not emulator.failures, emulator.failures
    assert not wrong, "\n".join(wrong)
