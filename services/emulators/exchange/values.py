"""Numbers, times and ids in a request. Whoever writes nonsense there is refused, never the server's fault."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, tzinfo

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.soap import Fault, Refused, text_of

_LONGEST = 9


def whole(text: str, *, least: int, most: int) -> int:
    """Return a whole number. Raises Fault: the schema has its bounds."""
    if len(text) > _LONGEST or not text.isdecimal() or not least <= int(text) <= most:
        raise Fault("ErrorInvalidRequest", f"a number must be {least} to {most}", status=400)
    return int(text)


def number_in(request: etree._Element, path: str, *, least: int, most: int) -> int:
    """Return a whole number of a request. Raises Fault."""
    return whole(text_of(request, path), least=least, most=most)


def moment(text: str, zone: tzinfo = UTC) -> datetime:
    """Return a time, of a zone where it says none. Raises ValueError."""
    found = datetime.fromisoformat(text)
    try:
        return (found if found.tzinfo is not None else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def written(at: datetime) -> str:
    """Return a time as EWS writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def encoded(text: str) -> str:
    """Return an id that tells nobody what is in it."""
    return base64.b64encode(text.encode()).decode()


def decoded(text: str) -> str:
    """Return what is in an id. Raises Refused."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError as error:
        raise Refused("ErrorInvalidIdMalformed", "Id is malformed.") from error
