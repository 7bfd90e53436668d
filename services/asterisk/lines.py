"""Line states from hints and device states: pure.

A hint joins the devices of one number: ``PJSIP/alice&Custom:alice-dnd&Stasis:alice``. The first device
that is a telephone is where the number rings. `Custom:` and `Stasis:` states are written by software
(other programs, the dial plan): they can make a line busy but say nothing about a telephone being there.
What we wrote ourselves (`services.asterisk.states`) is left out: it would come back as news.

A custom state whose name begins with ``DND`` (as FreePBX writes: ``Custom:DND201``) or ends with ``-dnd``
tells of do not disturb: while it is busy nobody is in a call there, and nobody is let through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Final

from reception.model.lines import LineMark, LineState

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
    LineState.DO_NOT_DISTURB,
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
_SHOWS_BUSY: Final = "Stasis:"
WATCHED: Final = "Custom:"
"""Devices that the dial plan can write as well."""
_NOTHING: Final[frozenset[str]] = frozenset()


def split_hint(hint: str) -> tuple[str, ...]:
    """Return the devices of a hint; what follows a comma is presence, not ours."""
    return tuple(part for part in hint.split(",")[0].split("&") if part)


def telephone_of(devices: Iterable[str]) -> str | None:
    """Return the first device that can be rung, such as ``PJSIP/alice``."""
    return next((d for d in devices if "/" in d and not d.startswith(_SOFTWARE)), None)


def is_do_not_disturb(device: str) -> bool:
    """True for a state that says whether calls are let through at all."""
    kind, _, name = device.lower().partition(":")
    return kind == "custom" and (name.startswith("dnd") or name.endswith("-dnd"))


def _is_for_teams(device: str) -> bool:
    return device.startswith(WATCHED) and device.lower().endswith("-teams")


def _by_watching(device: str) -> bool:
    """Have devices that the dial plan can take back come first."""
    return not device.startswith(WATCHED)


def mark_devices(devices: Iterable[str]) -> Mapping[LineMark, str]:
    """Return the devices of a hint that show marks of ours; without one of its own DND looks busy."""
    found: dict[LineMark, str] = {}
    for device in sorted(devices, key=_by_watching):
        if device.startswith(_SHOWS_BUSY) or _is_for_teams(device):
            found.setdefault(LineMark.BUSY, device)
        elif is_do_not_disturb(device):
            found.setdefault(LineMark.DO_NOT_DISTURB, device)
    if LineMark.BUSY in found:
        found.setdefault(LineMark.DO_NOT_DISTURB, found[LineMark.BUSY])
    return found


def joined(devices: Iterable[str], states: Mapping[str, str], *, marked: Set[str] = _NOTHING) -> LineState:
    """Return the state of a line from the states of its devices, without those that we marked."""
    phones: list[LineState] = []
    software: list[LineState] = []
    wishes: list[LineState] = []
    for device in devices:
        if device in marked:
            continue
        state = _PHONE.get(states.get(device, ""), LineState.UNKNOWN)
        if is_do_not_disturb(device):
            wishes += [LineState.DO_NOT_DISTURB] if state.is_occupied else []
        else:
            (software if device.startswith(_SOFTWARE) else phones).append(state)
    occupied = [s for s in software if s.is_occupied]
    known = wishes + (phones + occupied if phones else software)
    return min(known, key=_RANK.index, default=LineState.UNKNOWN)


class LineTable:
    """All lines of the house: numbers with their devices, and what each device does now."""

    def __init__(self) -> None:
        self._devices: dict[str, tuple[str, ...]] = {}
        self._states: dict[str, str] = {}
        self._lines: dict[str, LineState] = {}
        self._marked: set[str] = set()
        self._unmarked: set[str] = set()

    def load(self, hints: Mapping[str, tuple[str, ...]], states: Mapping[str, str]) -> None:
        """Begin with these numbers, their devices and the devices' states."""
        self._devices = dict(hints)
        self._states = dict(states)
        self._lines = {number: self._joined(devices) for number, devices in hints.items()}

    def device_of(self, number: str) -> str | None:
        """Return where a number rings, or None for a number that is not of the house."""
        return telephone_of(self._devices.get(number, ()))

    def has_telephone(self, device: str) -> bool:
        """True for a device that belongs to a number of the house."""
        return any(device in devices for devices in self._devices.values())

    def marks_of(self, number: str) -> Mapping[LineMark, str]:
        """Return the devices that show marks of a number."""
        return mark_devices(self._devices.get(number, ()))

    @property
    def marked(self) -> Set[str]:
        """The devices that are busy by us, and say nothing of telephones."""
        return self._marked - self._unmarked

    def is_taken(self, device: str) -> bool:
        """True for a device that somebody else has made busy: it shows what it should, and is theirs."""
        state = _PHONE.get(self._states.get(device, ""), LineState.UNKNOWN)
        return state.is_occupied and device not in self._marked

    def mark(self, device: str) -> None:
        """Leave out a device from now on: we make it busy."""
        self._unmarked.discard(device)
        self._marked.add(device)

    def unmark(self, device: str) -> None:
        """Count a device again, as soon as it is told to be idle: what we wrote may be told later."""
        self._unmarked.add(device)

    def _joined(self, devices: Iterable[str]) -> LineState:
        return joined(devices, self._states, marked=self._marked)

    def lines(self) -> tuple[tuple[str, LineState], ...]:
        """Return every line with its state."""
        return tuple(self._lines.items())

    def change(self, device: str, state: str) -> list[tuple[str, LineState]]:
        """Take a device's new state; return the lines that are different now."""
        self._states[device] = state
        if device in self._unmarked and not _PHONE.get(state, LineState.UNKNOWN).is_occupied:
            self._unmarked.discard(device)
            self._marked.discard(device)
        changed = []
        for number, devices in self._devices.items():
            if device in devices:
                line = self._joined(devices)
                if line is not self._lines[number]:
                    self._lines[number] = line
                    changed.append((number, line))
        return changed
