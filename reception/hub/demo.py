"""The configuration of the demonstration: a simulated office with calls coming in."""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

from reception.directory.numbers import NumberPlan
from reception.hub.config_shape import (
    AttendantSettings,
    Config,
    HubSettings,
    ParkingSettings,
    PeopleSettings,
    WebPageSettings,
)
from reception.hub.core import Hub
from reception.hub.office_file import load_office
from reception.hub.opening import read_people
from reception.hub.presence_desk import Actor
from reception.model.groups import AttendantGroup
from reception.model.people import NumberKind, Person
from resources.demo import WEB_PASSWORD, WEB_USER

_KEPT_S: Final = 900.0
"""Longer than any upgrade takes; whoever opens the demonstration later sees a new one."""
CALLS_PER_HOUR: Final = 150.0
NOTE: Final = "Kun reception"
"""The column of the demonstration's people that holds notes."""

_GROUPS: Final = (
    AttendantGroup(id="main", name="Hovednummer", number="7000"),
    AttendantGroup(id="sales", name="Salg", number="7001"),
    AttendantGroup(id="support", name="Support", number="7002"),
)
_TALKING: Final = ("2001", "2007")
_UNPLUGGED: Final = ("2005",)
"""The telephones of those in the documentation's pictures: Alice Holm and Bob Krogh talk, Pernille Holde is
away on holiday."""
_PICTURED: Final = ("alh", "hob", "meh", "joh", "peh", "cad", "bkr")
"""Those people; they take no calls but these."""
_AT_MICROSOFT: Final = 60
"""So many have their accounts at the emulated Microsoft 365: the first of the file, also the pictured."""
_ATTENDANT: Final = AttendantSettings(
    id="KLJ",
    name="Karin Lund Jensen",
    number="100",
    groups=tuple(group.id for group in _GROUPS),
    ready_at_start=True,
)


def demo_config(data_dir: Path, *, speed: float) -> Config:
    """Return the demonstration's configuration; `speed` is how much faster than life it goes.

    Raises BadInput when the demonstration's people cannot be read.
    """
    folder = resources.files("resources") / "demo"
    people_file, contacts_file = str(folder / "people.csv"), str(folder / "contacts.txt")
    people = list(read_people(people_file))
    numbers = [
        number.number
        for person in people
        for number in person.numbers
        if number.kind in (NumberKind.DESK, NumberKind.SOFTPHONE) and not number.number.startswith("+")
    ]
    return Config(
        path=data_dir / "demo",
        hub=HubSettings(name="Reception (demo)", data=str(data_dir)),
        groups=_GROUPS,
        attendants=(_ATTENDANT,),
        parking=ParkingSettings(),
        people=PeopleSettings(first_import=people_file, first_contacts=contacts_file, notes=(NOTE,)),
        numbers=NumberPlan(),
        switch_backend="simulator",
        switch={
            "groups": [group.number for group in _GROUPS],
            "numbers": list(dict.fromkeys(numbers)),
            "attendant_numbers": [_ATTENDANT.number],
            "call_rate": CALLS_PER_HOUR,
            "lively": True,
            "talking": list(_TALKING),
            "unplugged": list(_UNPLUGGED),
            "speed": speed,
            "kept_in": str(_kept_in(data_dir)),
        },
        store_backend="sqlite",
        store={},
        presence=(("demonstration", _whereabouts(people, data_dir, speed)),),
        office=load_office(Path(str(folder / "office.toml"))),
        web=WebPageSettings(listen="127.0.0.1:0"),
        starts_afresh=True,  # see `goes_on`
    )


def _whereabouts(people: Sequence[Person], data_dir: Path, speed: float) -> dict[str, Any]:
    """Return the settings of `reception.hub.demo_presence`."""
    microsoft = [person.id for person in people if person.email][:_AT_MICROSOFT]
    folder = str(data_dir / "microsoft")
    return {"speed": speed, "folder": folder, "microsoft": microsoft, "still": list(_PICTURED)}


def goes_on(data_dir: Path) -> bool:
    """Return whether the demonstration goes on from where it was ended to be opened again.

    Else an earlier one's callers are gone with its simulator.
    """
    try:
        return time.time() - _kept_in(data_dir).stat().st_mtime < _KEPT_S
    except FileNotFoundError:
        return False


def forget_office(data_dir: Path) -> None:
    """Have the next demonstration begin anew."""
    _kept_in(data_dir).unlink(missing_ok=True)


def _kept_in(data_dir: Path) -> Path:
    return data_dir / "office.json"


async def add_account(hub: Hub, data_dir: Path) -> None:
    """Let the demonstration's colleague sign in."""
    if hub.accounts.named(WEB_USER) is not None:
        return
    from reception.hub.web.account_tasks import AccountTask, Deed, carry_out  # loads what only the page needs

    for task in (
        AccountTask(deed=Deed.ADD, user=WEB_USER, person="alice.holm@firma.example"),
        AccountTask(deed=Deed.PASSWORD, user=WEB_USER, password=WEB_PASSWORD),
    ):
        await carry_out(task, hub.accounts, hub.desk.people_for(Actor()).values(), data_dir)
