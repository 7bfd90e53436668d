"""An office in software: callers, colleagues and their telephones, behind the `Switch` port; and where the
colleagues are, behind the `PresenceSource` port.

The demo's telephone system and calendars, and the tests' double. It keeps every promise of the ports: the
contract suites hold it to that, beside the real thing. Settings: `services.simulator.settings.OfficeSettings`
and `services.simulator.presence.PresenceSettings`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from services.simulator.keeping import keep_in, take_from
from services.simulator.office import Office
from services.simulator.presence import create as create_presence
from services.simulator.settings import parse
from services.simulator.switch import RealTimeSwitch

__all__ = ["create", "create_presence"]


def create(settings: Mapping[str, Any]) -> RealTimeSwitch:
    """Build an office from its section of the configuration.

    Raises:
        ConfigError: a setting is unknown or out of range.
    """
    parsed = parse(settings)
    now = time.time()
    if not parsed.kept_in:
        return RealTimeSwitch(Office(parsed, Random(parsed.seed), now), parsed.speed)
    file = Path(parsed.kept_in)
    found = take_from(file)
    seed = parsed.seed if found is None else round(now)  # what is to come is not what was
    office = Office(parsed, Random(seed), now, found)
    return RealTimeSwitch(office, parsed.speed, lambda office: keep_in(file, office))
