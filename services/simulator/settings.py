"""The simulator's section of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from reception.errors import ConfigError


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What sort of office it is.

    `groups` are the numbers of the attendant groups, `numbers` the telephones of the house,
    `attendant_numbers` those of receptionists. `call_rate` is calls per hour: for all groups together, or
    for each group number. In a `lively` office colleagues answer, refuse or miss calls as people do, make
    calls of their own so that a share `busy_share` is talking, and come and go; otherwise nothing happens
    that a script does not ask for, and telephones answer. Those with the numbers `talking` are in a call at
    the beginning, those with the numbers `unplugged` have no telephone connected. `speed` is how much faster
    than real time it all goes. With `kept_in`, a path, the office is kept in that file while no hub runs it,
    and goes on from there.
    """

    seed: int = 1
    groups: tuple[str, ...] = ("7000",)
    numbers: tuple[str, ...] = ()
    attendant_numbers: tuple[str, ...] = ()
    call_rate: Annotated[float, msgspec.Meta(ge=0)] | dict[str, Annotated[float, msgspec.Meta(ge=0)]] = 0.0
    lively: bool = False
    busy_share: Annotated[float, msgspec.Meta(ge=0, lt=0.9)] = 0.11
    talking: tuple[str, ...] = ()
    unplugged: tuple[str, ...] = ()
    speed: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 1.0
    kept_in: str = ""

    def rates(self) -> dict[str, float]:
        """Return calls per hour by group number."""
        if isinstance(self.call_rate, dict):
            return dict(self.call_rate)
        share = self.call_rate / len(self.groups) if self.groups else 0.0
        return dict.fromkeys(self.groups, share)


def parse(settings: Mapping[str, Any]) -> OfficeSettings:
    """Read the settings; raises ConfigError that names what is wrong."""
    try:
        parsed = msgspec.convert(dict(settings), OfficeSettings)
    except msgspec.ValidationError as error:
        raise ConfigError("misconfigured", setting="simulator", error=str(error)) from error
    if unknown := set(parsed.rates()) - set(parsed.groups):
        raise ConfigError(
            "misconfigured",
            setting="simulator.call_rate",
            error=f"not a group's number: {', '.join(sorted(unknown))}",
        )
    if strange := {*parsed.talking, *parsed.unplugged} - set(parsed.numbers):
        raise ConfigError(
            "misconfigured",
            setting="simulator.numbers",
            error=f"not a telephone of the house: {', '.join(sorted(strange))}",
        )
    return parsed
