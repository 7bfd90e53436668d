"""The Exchange backend on a real server, when the environment names one; nothing is changed there."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Any

import pytest

from reception.model.changes import SourceState
from reception.model.findings import Finding
from reception.model.people import Person
from reception.presence.port import CalendarSet, PresenceEvent, SourceSet
from services.exchange import create, examine

NAMES = ("URL", "USER", "PASSWORD", "MAILBOX")
GIVEN = {
    name: os.environ.get(f"RECEPTION_EWS_{name}", "") for name in (*NAMES, "AUTH", "CA", "TOKEN_URL", "SCOPE")
}

pytestmark = pytest.mark.skipif(
    not all(GIVEN[name] for name in NAMES), reason="no Exchange server: set RECEPTION_EWS_URL and the like"
)


def settings() -> dict[str, Any]:
    return {
        "url": GIVEN["URL"],
        "user": GIVEN["USER"],
        "password": GIVEN["PASSWORD"],
        "sample": GIVEN["MAILBOX"],
        "auth": GIVEN["AUTH"] or "ntlm",
        "token_url": GIVEN["TOKEN_URL"],
        "scope": GIVEN["SCOPE"],
        "ca_file": GIVEN["CA"],
    }


async def test_the_examination_finds_nothing_wrong() -> None:
    found: list[Finding] = []
    await examine("presence", settings(), found.append)
    assert [one for one in found if one.fault is not None] == []


async def test_a_mailbox_is_told() -> None:
    heard: list[PresenceEvent] = []
    more = asyncio.Event()

    def hear(event: PresenceEvent) -> None:
        heard.append(event)
        more.set()

    source = create(settings())
    source.follow([Person(id="p", name="P", email=GIVEN["MAILBOX"])])
    await source.start(hear)
    try:
        async with asyncio.timeout(90):
            while not any(isinstance(event, CalendarSet) for event in heard):
                more.clear()
                await more.wait()
    finally:
        await source.stop()
    assert next(e.state for e in heard if isinstance(e, SourceSet)) is SourceState.UP
    for event in heard:
        for appointment in event.appointments if isinstance(event, CalendarSet) else ():
            assert appointment.end > time.time() - 86_400.0
            assert not (appointment.is_private and appointment.subject)
