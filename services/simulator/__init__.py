"""An office in software: callers, colleagues and their telephones, behind the `Switch` port; and where the
colleagues are, behind the `PresenceSource` port.

The demo's telephone system and calendars, and the tests' double. It keeps every promise of the ports: the
contract suites hold it to that, beside the real thing. Settings: `services.simulator.settings.OfficeSettings`
and `services.simulator.presence.PresenceSettings`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from random import Random
from typing import Any

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
    return RealTimeSwitch(Office(parsed, Random(parsed.seed), time.time()), parsed.speed)
