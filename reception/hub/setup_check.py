"""The examination of settings that do not hold yet, line by line: `reception.hub.doctor` from the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from reception.errors import ServiceError
from reception.hub.backends import find_backend, installed
from reception.hub.config_shape import Config
from reception.hub.identity_desk import BACK
from reception.hub.office_file import parse_office
from reception.hub.office_shape import OfficeSettings
from reception.model.changes import Message
from reception.model.findings import Finding
from reception.model.setup import Description, Place
from reception.model.sync import Direction


async def examined(
    config: Config, description: Description, office_text: str | None
) -> AsyncIterator[Finding]:
    """Yield what is found of a service, each as soon as it is; whoever stops listening ends it.

    What is well for one part of it is not said again for the next, such as the sign-in of the app.
    """
    office = config.office
    if office_text is not None:
        office = parse_office(office_text, "", numbers=config.numbers, zone=config.hub.zone)
    service = description.service
    told: set[str] = set()
    for kind, settings in _parts(config, description, office):
        queue: asyncio.Queue[Finding | None] = asyncio.Queue()
        task = asyncio.create_task(_examine(kind, service, settings, queue), name=f"examine {service}")
        try:
            while (finding := await queue.get()) is not None:
                if finding.fault is not None or finding.what not in told:
                    yield finding
                told |= {finding.what} if finding.fault is None else set()
            await task
        finally:
            task.cancel()
        if kind == "identity":
            yield await asyncio.to_thread(_way_back, config)


def _parts(
    config: Config, description: Description, office: OfficeSettings | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    service, can_write = description.service, any(f.place is Place.OFFICE for f in description.fields)
    for name, settings in config.presence:
        if name == service:
            yield "presence", settings
            if can_write and writes(office) and settings.get("teams", True):
                yield "writing", settings
    if config.directory is not None and config.directory[0] == service:
        yield "directory", config.directory[1]
    for kind, chosen in (("mail", config.mail), ("identity", config.identity)):
        if chosen is not None and chosen[0] == service:
            yield kind, chosen[1]


def writes(office: OfficeSettings | None) -> bool:
    """Return whether the organisation shows telephone calls in Teams."""
    direction = office.teams.organisation.direction if office is not None else None
    return (direction or Direction.BOTH).goes_to_teams


def way_back(config: Config) -> str:
    """Return the redirect URI to register where people sign in; without a page what comes after its host."""
    from reception.hub.web.opening import redirect_of  # a hub without a page starts without loading it

    return redirect_of(config) if config.web.listen else BACK


def _way_back(config: Config) -> Finding:
    address = way_back(config)
    try:
        is_nowhere = ip_address(urlsplit(address).hostname or "").is_unspecified
    except ValueError:
        is_nowhere = False
    if is_nowhere:
        return Finding(what="redirect URI", fault=Message(key="page_without_name"))
    return Finding(what="redirect URI", copy=address)


async def _examine(
    kind: str, service: str, settings: dict[str, Any], found: asyncio.Queue[Finding | None]
) -> None:
    try:
        if service in installed("doctor"):
            doctor = await asyncio.to_thread(find_backend, "doctor", service)  # HTTP is heavy to load
            await doctor(kind, settings, found.put_nowait)
        elif kind != "writing":
            await asyncio.to_thread(find_backend(kind, service), settings)
            found.put_nowait(Finding(what="settings"))
    except ServiceError as error:
        found.put_nowait(Finding(what="settings", fault=error.message))
    finally:
        found.put_nowait(None)
