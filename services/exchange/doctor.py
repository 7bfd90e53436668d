"""An examination of an Exchange server: reach, certificate, clock, sign-in, rights, one read of each kind."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from reception.errors import ServiceError
from reception.model.changes import Message
from reception.model.findings import Finding
from services.exchange.hands import Hands
from services.exchange.items import window_at
from services.exchange.server import Server
from services.exchange.settings import ExchangeSettings

T = TypeVar("T")

IMPERSONATION: Final = "permission ApplicationImpersonation"
MOST_SKEW_S: Final = 120.0
"""Kerberos and NTLM refuse clocks that are further apart than five minutes; two are a warning."""


async def examine_server(settings: ExchangeSettings, tell: Callable[[Finding], object]) -> None:
    """Examine what [presence.exchange] needs; `tell` hears of each finding. Raises ConfigError."""
    hands = Hands(1, "examination of Exchange")
    server = Server(settings, is_patient=False)
    try:
        await _examine(settings, server, hands, tell)
    finally:
        hands.close()
        server.close()


async def _examine(
    settings: ExchangeSettings, server: Server, hands: Hands, tell: Callable[[Finding], object]
) -> None:
    async def look(what: str, work: Callable[[], object]) -> bool:
        try:
            await hands.do(work)
        except ServiceError as error:
            tell(Finding(what=what, fault=error.message))
            return False
        tell(Finding(what=what))
        return True

    if not await _reach(settings, server, hands, tell) or not await look("sign-in", server.sign_in):
        return
    sample = settings.sample or (settings.user if "@" in settings.user else "")
    if not sample:
        tell(Finding(what="a mailbox", fault=Message(key="exchange_no_sample")))
        return
    window = window_at(time.time(), settings.home, settings.days_ahead)
    is_open = not settings.impersonation or await look(IMPERSONATION, lambda: server.impersonate(sample))
    await look(f"free and busy times of {sample}", lambda: _or_raise(server.free_busy([sample], window)[0]))
    if not is_open:
        return
    if settings.calendars == "details":
        await look(f"calendar of {sample}", lambda: server.calendar(sample, window))
        if settings.streaming:
            await look(f"notifications of {sample}", lambda: server.subscribe(sample))
    if settings.automatic_replies:
        await look(f"automatic replies of {sample}", lambda: server.replies(sample))


async def _reach(
    settings: ExchangeSettings, server: Server, hands: Hands, tell: Callable[[Finding], object]
) -> bool:
    """Tell whether the server answers, by a certificate that is trusted, and how its clock goes.

    Nobody signs in for that: clocks that differ are a reason why nobody can.
    """
    what = "secure connection" if settings.url.startswith("https:") else "connection"
    try:
        skew = await hands.do(server.skew_s)
    except ServiceError as error:
        tell(Finding(what=what, fault=error.message))
        return False
    tell(Finding(what=what))
    if skew is not None:
        is_off = abs(skew) > MOST_SKEW_S
        fault = Message(key="clock_differs", params={"seconds": round(abs(skew))}) if is_off else None
        tell(Finding(what="clock", fault=fault))
    return True


def _or_raise(found: T | ServiceError) -> T:
    if isinstance(found, ServiceError):
        raise found
    return found
