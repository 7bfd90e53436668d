"""An office in software, as a discrete-event core: the same seed and commands give the same events.

It never waits, draws no time of its own and does no I/O: whoever runs it says what time it is.
"""

from __future__ import annotations

from random import Random

from reception.ports import SwitchCommand, SwitchConnected, SwitchEvent
from services.simulator.exchange import Exchange
from services.simulator.keeping import KeptOffice, take_up
from services.simulator.legs import Party, Reaction
from services.simulator.link import Link
from services.simulator.outsiders import Outsider, Plan
from services.simulator.phones import MODES, Phone
from services.simulator.settings import OfficeSettings
from services.simulator.switchboard import Switchboard
from services.simulator.temper import Temper
from services.simulator.timeline import Timeline
from services.simulator.traffic import Traffic


class Office:
    """The exchange with everybody who telephones through it. All instants are UTC seconds.

    One that was kept goes on from there.
    """

    def __init__(
        self, settings: OfficeSettings, rng: Random, now: float, found: KeptOffice | None = None
    ) -> None:
        self.timeline = Timeline(now)
        self.exchange = Exchange(self.timeline, rng)
        switchboard = Switchboard(self.exchange)
        self.link = Link(
            self.timeline,
            rng,
            switchboard.carry_out,
            self._snapshot,
            switchboard.restore,
            lambda: self.exchange.direct.unheard(self.timeline.now),
        )
        self.phones: dict[str, Phone] = {}
        self.outsiders: dict[str, Outsider] = {}
        self._groups = frozenset(settings.groups)
        self._temper = Temper(rng)
        self._is_lively = settings.lively
        self.exchange.emit = self.link.emit
        self.exchange.resolve = self._resolve
        self.exchange.groups = self._groups
        for number in dict.fromkeys(settings.numbers):
            self.add_phone(number)
        for number in settings.attendant_numbers:
            self.add_phone(number, is_attendant=True)
        if found is not None:
            take_up(self, found)
        Traffic(self, settings, rng).begin(is_new=found is None)

    # -------------------------------------------------------------- the core's interface

    def handle(self, command: SwitchCommand, now: float) -> None:
        """Take a command of the hub."""
        self.timeline.run(now)
        self.link.send(command)

    def advance(self, now: float) -> list[SwitchEvent]:
        """Let time pass up to an instant; returns what the hub hears by then."""
        self.timeline.run(now)
        events, self.link.out = self.link.out, []
        return events

    def next_deadline(self) -> float | None:
        """Return when `advance` should be called again, or None when nothing will happen by itself."""
        return self.timeline.now if self.link.out else self.timeline.next_at()

    def _snapshot(self) -> SwitchConnected:
        return SwitchConnected(
            legs=self.exchange.legs_in_hand(),
            bridges=tuple(self.exchange.bridges),
            lines=self.exchange.lines(),
        )

    # -------------------------------------------------------------- scripts

    def add_phone(self, number: str, *, is_attendant: bool = False) -> Phone:
        """Put a telephone on a desk."""
        known = self.phones.get(number)
        if known is not None and known.is_attendant >= is_attendant:
            return known
        always = MODES["ring"] if is_attendant else MODES["answer"]
        react = self._temper.colleague if self._is_lively and not is_attendant else lambda: always
        self.phones[number] = phone = Phone(self.exchange, number, react, is_attendant=is_attendant)
        return phone

    def phone(self, number: str) -> Phone:
        """Return the telephone of a number of the house."""
        return self.phones[number]

    def outsider(self, number: str, name: str = "") -> Outsider:
        """Return whoever has this number outside."""
        if number not in self.outsiders:
            self.outsiders[number] = self.stranger(number, name)
        return self.outsiders[number]

    def stranger(self, number: str, name: str = "") -> Outsider:
        """Return somebody outside whom nobody will call by this number."""
        if self._is_lively:
            return Outsider(self.exchange, number, name, self._temper.called(), self._temper.outsider)
        answers = Reaction(answer_after_s=1.0)
        return Outsider(self.exchange, number, name, Plan(patience_s=None), lambda: answers)

    def place_call(
        self,
        dialled: str,
        *,
        number: str = "+4930100200",
        name: str = "",
        plan: Plan | None = None,
        is_withheld: bool = False,
        diverted_by: str | None = None,
    ) -> Outsider:
        """Let somebody outside call a group. One number calls once at a time."""
        caller = self.outsider(number, name)
        caller.name = name
        caller.plan = plan or Plan()
        caller.call(dialled, is_withheld=is_withheld, diverted_by=diverted_by)
        return caller

    def dial(self, phone: Phone, number: str) -> None:
        """Let a telephone of the house dial: a group, a colleague or somebody outside."""
        if number in self._groups:
            phone.call_group(number)
        else:
            phone.dial(number, self._resolve(number))

    def lose_connection(self, back_after_s: float | None = 1.0) -> None:
        """Cut the line between hub and exchange; calls go on."""
        self.link.lose(back_after_s)

    # -------------------------------------------------------------- the number plan

    def _resolve(self, number: str) -> Party | None:
        if number in self.phones:
            return self.phones[number]
        if number.startswith("+") and len(number) > 4:
            return self.outsider(number)
        return None
