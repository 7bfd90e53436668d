"""The connection between hub and exchange: delays, order, loss.

Commands that name the same leg, bridge or number stay in order; others may overtake each other. Events keep
their order among themselves, but replies (`CommandFailed`) come on another way: an event may overtake the
reply to the command that caused it, as with a real exchange (FACTS 2.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from random import Random
from typing import Final

from reception.model.changes import Message, SourceState
from reception.ports import (
    BringIn,
    CloseBridge,
    CommandFailed,
    GoneCause,
    Join,
    LegGone,
    MarkLine,
    Originate,
    SetDirect,
    SwitchCommand,
    SwitchConnected,
    SwitchError,
    SwitchEvent,
    SwitchLost,
)
from services.simulator.switchboard import Failure
from services.simulator.timeline import Timeline

SLOWEST_S: Final = 0.08
"""No command or event takes longer; a lost connection lasts longer, so none comes after a snapshot."""


def ordered_by(command: SwitchCommand) -> tuple[tuple[str, str], ...]:
    """Return what a command names: commands that share one of these stay in order."""
    if isinstance(command, Join):
        return (("bridge", command.bridge), *(("leg", leg) for leg in command.legs))
    if isinstance(command, CloseBridge):
        return (("bridge", command.bridge),)
    if isinstance(command, MarkLine):
        return (("mark", command.number),)
    if isinstance(command, SetDirect):
        return (("number", command.number),)
    if isinstance(command, BringIn):
        return tuple(("leg", leg) for leg in (command.leg, command.peer) if leg is not None)
    return (("leg", command.leg),)


class Link:
    """Takes commands in and gives events out, later."""

    def __init__(
        self,
        timeline: Timeline,
        rng: Random,
        carry_out: Callable[[SwitchCommand], Failure | None],
        snapshot: Callable[[], SwitchConnected],
        restore: Callable[[Iterable[SwitchCommand]], None],
        unheard: Callable[[], None],
    ) -> None:
        self.out: list[SwitchEvent] = []
        self.is_up = False
        self._timeline = timeline
        self._rng = rng
        self._carry_out = carry_out
        self._snapshot = snapshot
        self._restore = restore
        self._unheard = unheard
        self._wishes: dict[tuple[str, str], SwitchCommand] = {}
        self._epoch = 0
        self._last_event_at = 0.0
        self._last_command_at: dict[tuple[str, str], float] = {}

    def _delay_s(self) -> float:
        """A few milliseconds; now and then much longer."""
        if self._rng.random() < 0.03:
            return self._rng.uniform(0.01, SLOWEST_S)
        return self._rng.uniform(0.0005, 0.008)

    def connect(self) -> None:
        """Come up: what is wished, a snapshot of everything, then events."""
        self._epoch += 1
        self.is_up = True
        self._restore(self._wishes.values())
        self.out.append(self._snapshot())

    def lose(self, back_after_s: float | None) -> None:
        """Break; come back after a while, or when told. What is under way to the hub is lost."""
        if not self.is_up:
            return
        self.release()
        self.out.append(
            SwitchLost(
                state=SourceState.CONNECTING,
                message=Message(key="unreachable", params={"address": "simulator"}),
            )
        )
        if back_after_s is not None:
            self._timeline.after(max(back_after_s, 2 * SLOWEST_S), partial(self._come_back, self._epoch))

    def _come_back(self, epoch: int) -> None:
        if epoch == self._epoch:
            self.connect()

    def release(self) -> None:
        """Stop telling the hub; calls go on."""
        self._epoch += 1
        self.is_up = False
        self._unheard()

    def forget_wishes(self) -> None:
        """The hub is no more: the next one has wishes of its own."""
        self._wishes.clear()

    def emit(self, event: SwitchEvent) -> None:
        """Let the hub know, after a while, in order."""
        if self.is_up:
            due = max(self._timeline.now + self._delay_s(), self._last_event_at)
            self._last_event_at = due
            self._timeline.at(due, partial(self._deliver, self._epoch, event))

    def _deliver(self, epoch: int, event: SwitchEvent) -> None:
        if epoch == self._epoch:
            self.out.append(event)

    def send(self, command: SwitchCommand) -> None:
        """Take a command on its way."""
        if isinstance(command, MarkLine | SetDirect):
            self._wishes[ordered_by(command)[0]] = command
        if not self.is_up:
            self._report(command, Failure(SwitchError.UNAVAILABLE, "not connected"))
            return
        names = ordered_by(command)
        due = max(self._timeline.now + self._delay_s(), *(self._last_command_at.get(n, 0.0) for n in names))
        if len(self._last_command_at) > 2000:
            now = self._timeline.now
            self._last_command_at = {n: at for n, at in self._last_command_at.items() if at > now}
        self._last_command_at.update(dict.fromkeys(names, due))
        self._timeline.at(due, partial(self._execute, command))

    def _execute(self, command: SwitchCommand) -> None:
        if (failure := self._carry_out(command)) is not None:
            self._timeline.after(self._delay_s(), partial(self._report, command, failure))

    def _report(self, command: SwitchCommand, failure: Failure) -> None:
        if isinstance(command, Originate) and failure.error is SwitchError.UNAVAILABLE:
            self.out.append(LegGone(leg=command.leg, cause=GoneCause.FAILED))
        else:
            self.out.append(CommandFailed(command=command, error=failure.error, detail=failure.detail))
