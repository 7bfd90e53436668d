"""``reception hub doctor``: looks at each service that the configuration names, and tells what to mend.

A backend that can be examined has an entry point ``doctor.NAME``; of any other its settings are tried.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from reception.errors import ServiceError
from reception.hub.backends import find_backend, installed
from reception.hub.config_shape import Config
from reception.model.findings import Finding

Tell = Callable[[str, Finding], object]


def examine(config: Config, tell: Tell) -> bool:
    """Examine everything; `tell` hears of each finding and of where. Returns whether all is well."""
    found: list[Finding] = []

    def note(where: str, finding: Finding) -> None:
        found.append(finding)
        tell(where, finding)

    for kind, name, settings in _backends(config):
        where = f"{kind}.{name}"
        try:
            _examine(config, (kind, name), settings, partial(note, where))
        except ServiceError as error:
            note(where, Finding(what="settings", fault=error.message))
    return all(finding.fault is None for finding in found)


def _backends(config: Config) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "switch", config.switch_backend, config.switch
    for name, settings in config.presence:
        yield "presence", name, settings
    if config.directory is not None:
        yield "directory", *config.directory
    if config.identity is not None:
        yield "identity", *config.identity
    if config.mail is not None:
        yield "mail", *config.mail


def _examine(
    config: Config, backend: tuple[str, str], settings: dict[str, Any], tell: Callable[[Finding], object]
) -> None:
    kind, name = backend
    if name in installed("doctor"):
        asyncio.run(find_backend("doctor", name)(kind, settings, tell))
        return
    factory = find_backend(kind, name)
    _ = factory(settings, config.numbers) if kind == "directory" else factory(settings)
    tell(Finding(what="settings"))
