"""An office in software: callers, colleagues and their telephones, behind the `Switch` port.

The demo's telephone system and the tests' double. It keeps every promise of the port: the contract suite
holds it to that, beside the real thing. Settings: `services.simulator.settings.OfficeSettings`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from random import Random
from typing import Any

from services.simulator.office import Office
from services.simulator.settings import parse
from services.simulator.switch import RealTimeSwitch


def create(settings: Mapping[str, Any]) -> RealTimeSwitch:
    """Build an office from its section of the configuration.

    Raises:
        ConfigError: a setting is unknown or out of range.
    """
    parsed = parse(settings)
    return RealTimeSwitch(Office(parsed, Random(parsed.seed), time.time()), parsed.speed)
