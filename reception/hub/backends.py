"""Finding backends: entry points of the group ``reception.backends``, named ``KIND.NAME``.

A third party adds one in a package of its own; nothing else in the program knows which there are.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from reception.errors import ConfigError

GROUP: Final = "reception.backends"


def installed(kind: str) -> list[str]:
    """Return the names of all installed backends of a kind (``switch``, ``store``, ``presence``)."""
    return sorted(p.name.partition(".")[2] for p in _points() if p.name.startswith(f"{kind}."))


def find_backend(kind: str, name: str) -> Any:
    """Return the factory of a backend. Raises ConfigError naming what was asked for and what there is."""
    for point in _points():
        if point.name == f"{kind}.{name}":
            return _loaded(point)
    there_are = ", ".join(installed(kind)) or "none; is Reception itself installed (pip install)?"
    raise ConfigError("misconfigured", setting=kind, error=f"no backend {name}. Installed: {there_are}")


def _loaded(point: EntryPoint) -> Any:
    try:
        return point.load()
    except ImportError as error:
        # Such as httpx, which only the hub's extra brings along.
        what = f"{point.name} cannot be loaded: {error}. Is reception[hub] installed?"
        raise ConfigError("misconfigured", setting=point.name, error=what) from error
    except AttributeError as error:
        raise ConfigError("misconfigured", setting=point.name, error=str(error)) from error


def _points() -> list[EntryPoint]:
    return list(entry_points(group=GROUP))
