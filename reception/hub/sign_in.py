"""Signing in somewhere in the hub's name, for what is told to signed-in users only (Teams as it changes)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reception.errors import ConfigError
from reception.hub.backends import find_backend, installed
from reception.hub.config_shape import Config


def sign_in(config: Config, data_dir: Path, tell: Callable[[str], object]) -> str:
    """Let somebody sign in where a backend of the configuration wants it; returns who it was.

    `tell` gets a line that says what to do. Blocks until it is done. Raises ConfigError when no backend
    wants it, AuthNeeded when it is refused, Unavailable.
    """
    ways = installed("sign-in")
    for name, settings in config.presence:
        if name in ways:
            return str(find_backend("sign-in", name)(settings, data_dir, tell))
    error = f"none of its backends signs in; those that do: {', '.join(ways) or 'none is installed'}"
    raise ConfigError("misconfigured", setting="presence", error=error)
