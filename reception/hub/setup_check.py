"""The examination of settings that do not hold yet, line by line: `reception.hub.doctor` from the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

from reception.errors import ServiceError
from reception.hub.backends import find_backend, installed
from reception.hub.config_shape import Config
from reception.hub.office_file import parse_office
from reception.hub.office_shape import OfficeSettings
from reception.model.findings import Finding
from reception.model.setup import Description, Place
from reception.model.sync import Direction


async def examined(
    config: Config, description: Description, office_text: str | None
) -> AsyncIterator[Finding]:
    """Yield what is found of a service, each as soon as it is; whoever stops listening ends it."""
    office = config.office
    if office_text is not None:
        office = parse_office(office_text, "", numbers=config.numbers, zone=config.hub.zone)
    service = description.service
    for kind, settings in _parts(config, description, office):
        queue: asyncio.Queue[Finding | None] = asyncio.Queue()
        task = asyncio.create_task(_examine(kind, service, settings, queue), name=f"examine {service}")
        try:
            while (finding := await queue.get()) is not None:
                yield finding
            await task
        finally:
            task.cancel()


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


def writes(office: OfficeSettings | None) -> bool:
    """Return whether the organisation shows telephone calls in Teams."""
    direction = office.teams.organisation.direction if office is not None else None
    return (direction or Direction.BOTH).goes_to_teams


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
