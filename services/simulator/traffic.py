"""The day's telephone traffic: outside callers, and colleagues' own calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from services.simulator.names import CALLERS
from services.simulator.outsiders import Outsider
from services.simulator.phones import Phone
from services.simulator.settings import OfficeSettings
from services.simulator.temper import Temper

if TYPE_CHECKING:
    from services.simulator.office import Office

MEAN_CALL_S: Final = 95.0
"""What a colleague's own call occupies in the mean; measured, as nobody answers some of them."""
_LONG_TALK_S: Final = 420.0
UNREACHABLE_SHARE: Final = 0.04
"""Of telephones: switched off, at home, in a drawer."""


class Traffic:
    """Makes calls happen by themselves, as settings say."""

    def __init__(self, office: Office, settings: OfficeSettings, rng: Random) -> None:
        self._office = office
        self._settings = settings
        self._rng = rng
        self._temper = Temper(rng)
        self._colleagues = [phone for phone in office.phones.values() if not phone.is_attendant]
        self._busy = settings.busy_share * len(self._colleagues)

    def begin(self, *, is_new: bool) -> None:
        """Set the office going. In a new one some talk already, and some telephones are away."""
        for group, per_hour in self._settings.rates().items():
            if per_hour > 0:
                self._repeat(3600.0 / per_hour, partial(self._outside_call, group))
        if self._settings.lively and self._colleagues:
            if is_new:
                self._begin_talks()
            self._begin_life()

    def _begin_talks(self) -> None:
        for phone in self._colleagues:
            if self._rng.random() < UNREACHABLE_SHARE:
                phone.unregister()
        for number in self._settings.unplugged:
            self._office.phones[number].unregister()
        for number in self._settings.talking:
            self._office.phones[number].register()
            self._talk_already(self._office.phones[number], _LONG_TALK_S)
        for _ in range(round(self._busy)):
            if (talker := self._somebody_idle()) is not None:
                self._talk_already(talker, self._temper.talk_s() * self._rng.random())

    def _begin_life(self) -> None:
        if self._busy > 0:
            self._repeat(MEAN_CALL_S / self._busy, self._own_call)
        self._repeat(20_000.0 / len(self._colleagues), self._come_or_go)

    def _repeat(self, mean_s: float, action: Callable[[], None]) -> None:
        """Do something again and again, at random, this often in the mean."""

        def once() -> None:
            action()
            self._repeat(mean_s, action)

        self._office.timeline.after(self._rng.expovariate(1.0 / mean_s), once)

    # -------------------------------------------------------------- calls to the reception

    def _outside_call(self, group: str) -> None:
        name, number = self._rng.choice(CALLERS)
        if number in self._office.outsiders and self._office.outsiders[number].leg is not None:
            return
        self._office.place_call(
            group,
            number=number,
            name=name,
            plan=self._temper.caller(),
            is_withheld=self._rng.random() < 0.07,
            diverted_by=self._who_diverted(),
        )

    def _who_diverted(self) -> str | None:
        if self._colleagues and self._rng.random() < 0.08:
            return self._rng.choice(self._colleagues).number
        return None

    # -------------------------------------------------------------- colleagues' own calls

    def _somebody_idle(self) -> Phone | None:
        tries = (self._rng.choice(self._colleagues) for _ in range(20))
        return next((phone for phone in tries if phone.is_idle), None)

    def _talk_already(self, phone: Phone, rest_s: float) -> None:
        """Be in a call that began before the hub looked and lasts a while yet."""
        outside = self._stranger()
        leg = phone.dial(outside.number, outside, talk_s=rest_s)
        if leg is not None and leg.peer is not None:
            self._office.exchange.pick_up(leg.peer)

    def _own_call(self) -> None:
        phone = self._somebody_idle()
        if phone is None:
            return
        draw = self._rng.random()
        if draw < 0.4:
            self._stranger().call_directly(phone.number, phone)
        elif draw < 0.8:
            outside = self._stranger()
            phone.dial(outside.number, outside, talk_s=self._temper.talk_s())
        elif (other := self._somebody_idle()) is not None and other is not phone:
            phone.dial(other.number, other, talk_s=self._temper.talk_s())

    def _stranger(self) -> Outsider:
        return self._office.stranger(f"+45{self._rng.randrange(20_000_000, 99_999_999)}")

    def _come_or_go(self) -> None:
        phone = self._rng.choice(self._colleagues)
        if not phone.is_registered:
            phone.register()
        elif phone.is_idle and self._rng.random() < UNREACHABLE_SHARE:
            phone.unregister()
