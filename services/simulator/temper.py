"""How people are: drawn at random, so that no two calls are alike and the same seed gives the same day."""

from __future__ import annotations

from random import Random

from reception.ports import GoneCause
from services.simulator.legs import Reaction
from services.simulator.outsiders import Plan


class Temper:
    """Draws reactions and plans."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def talk_s(self) -> float:
        """Return how long a talk lasts: mostly one or two minutes, sometimes many."""
        return min(self._rng.lognormvariate(4.6, 0.7), 1200.0)

    def colleague(self) -> Reaction:
        """Return what a colleague does when it rings."""
        draw = self._rng.random()
        if draw < 0.76:
            return Reaction(answer_after_s=self._rng.uniform(1.5, 11.0), talk_s=self.talk_s())
        if draw < 0.82:
            return Reaction(refuse=GoneCause.BUSY, refuse_after_s=self._rng.uniform(1.0, 6.0))
        if draw < 0.85:
            return Reaction(refuse=GoneCause.REJECTED, refuse_after_s=self._rng.uniform(1.0, 6.0))
        return Reaction()

    def outsider(self) -> Reaction:
        """Return what somebody outside does when called."""
        if self._rng.random() < 0.82:
            return Reaction(answer_after_s=self._rng.uniform(3.0, 12.0), talk_s=self.talk_s())
        return Reaction() if self._rng.random() < 0.7 else Reaction(refuse=GoneCause.BUSY, refuse_after_s=2.0)

    def called(self) -> Plan:
        """Return how somebody behaves whom the house calls."""
        return Plan(
            patience_s=self._rng.uniform(20.0, 60.0),
            desk_talk_s=self._rng.uniform(60.0, 240.0),
            message_s=self._rng.uniform(8.0, 30.0),
        )

    def caller(self) -> Plan:
        """Return how somebody behaves who calls a group."""
        asks = self._rng.random() < 0.15
        return Plan(
            patience_s=25.0 + self._rng.expovariate(1 / 110.0),
            talk_s=self.talk_s(),
            desk_talk_s=self._rng.uniform(120.0, 420.0),
            press_5_after_s=self._rng.uniform(12.0, 35.0) if asks else None,
            message_s=self._rng.uniform(8.0, 35.0),
        )
