"""Line states from hints and device states: pure.

A hint joins the devices of one number: ``PJSIP/alice&Custom:alice-dnd&Stasis:alice``. The first device
that is a telephone is where the number rings. `Custom:` and `Stasis:` states are written by software
(Teams, do not disturb): they can make a line busy but say nothing about a telephone being there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from reception.model.lines import LineState

_PHONE: Final[dict[str, LineState]] = {
    "NOT_INUSE": LineState.IDLE,
    "INUSE": LineState.TALKING,
    "BUSY": LineState.TALKING,
    "RINGING": LineState.RINGING,
    "RINGINUSE": LineState.TALKING,
    # It is the party that IS held which shows this, not the one that pressed hold (FACTS 3.10).
    "ONHOLD": LineState.HELD,
    "UNAVAILABLE": LineState.UNREACHABLE,
    "INVALID": LineState.UNREACHABLE,
}
_RANK: Final = (
    LineState.TALKING,
    LineState.HELD,
    LineState.RINGING,
    LineState.IDLE,
    LineState.UNREACHABLE,
    LineState.UNKNOWN,
)
_SOFTWARE: Final = (
    "Custom:",
    "Stasis:",
    "Queue:",
    "MWI:",
    "Meetme:",
    "Confbridge:",
    "Calendar:",
    "Presence:",
)


def split_hint(hint: str) -> tuple[str, ...]:
    """Return the devices of a hint; what follows a comma is presence, not ours."""
    return tuple(part for part in hint.split(",")[0].split("&") if part)


def telephone_of(devices: Iterable[str]) -> str | None:
    """Return the first device that can be rung, such as ``PJSIP/alice``."""
    return next((d for d in devices if "/" in d and not d.startswith(_SOFTWARE)), None)


def joined(devices: Iterable[str], states: Mapping[str, str]) -> LineState:
    """Return the state of a line from the states of its devices."""
    phones: list[LineState] = []
    software: list[LineState] = []
    for device in devices:
        state = _PHONE.get(states.get(device, ""), LineState.UNKNOWN)
        (software if device.startswith(_SOFTWARE) else phones).append(state)
    occupied = [s for s in software if s.is_occupied]
    known = phones + occupied if phones else software
    return min(known, key=_RANK.index, default=LineState.UNKNOWN)


class LineTable:
    """All lines of the house: numbers with their devices, and what each device does now."""

    def __init__(self) -> None:
        self._devices: dict[str, tuple[str, ...]] = {}
        self._states: dict[str, str] = {}
        self._lines: dict[str, LineState] = {}

    def load(self, hints: Mapping[str, tuple[str, ...]], states: Mapping[str, str]) -> None:
        """Begin with these numbers, their devices and the devices' states."""
        self._devices = dict(hints)
        self._states = dict(states)
        self._lines = {number: joined(devices, states) for number, devices in hints.items()}

    def device_of(self, number: str) -> str | None:
        """Return where a number rings, or None for a number that is not of the house."""
        return telephone_of(self._devices.get(number, ()))

    def has_telephone(self, device: str) -> bool:
        """True for a device that belongs to a number of the house."""
        return any(device in devices for devices in self._devices.values())

    def lines(self) -> tuple[tuple[str, LineState], ...]:
        """Return every line with its state."""
        return tuple(self._lines.items())

    def change(self, device: str, state: str) -> list[tuple[str, LineState]]:
        """Take a device's new state; return the lines that are different now."""
        self._states[device] = state
        changed = []
        for number, devices in self._devices.items():
            if device in devices:
                line = joined(devices, self._states)
                if line is not self._lines[number]:
                    self._lines[number] = line
                    changed.append((number, line))
        return changed
