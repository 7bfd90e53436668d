"""One connection to Asterisk, from login to loss.

The order matters: the WebSocket first, whose events wait; then filter, states, snapshot; then the events,
of which some are in the snapshot already (the table of legs does not tell them again). So nothing falls
into a gap.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from reception.errors import ReceptionError, ServiceError, Unavailable
from reception.ports import (
    CommandFailed,
    GoneCause,
    LegArrived,
    LegGone,
    LegInfo,
    LineChanged,
    Originate,
    SwitchCommand,
    SwitchConnected,
    SwitchError,
    SwitchEvent,
)
from services.asterisk import snapshot
from services.asterisk.ami import ActionRefused, Ami, Block
from services.asterisk.ari import Ari, Refusal
from services.asterisk.commands import Commands, NotReachable, keys_of
from services.asterisk.direct import DirectCalls
from services.asterisk.lanes import Lanes
from services.asterisk.legs import Dismiss, Inquire, Legs, Outcome, Replaced, SatisfyPhone
from services.asterisk.lines import LineTable
from services.asterisk.parse import Frame, decode_frame
from services.asterisk.settings import Settings
from services.asterisk.states import DeviceWriter, Marks

log = logging.getLogger(__name__)

FILTER: Final = {"disallowed": [{"type": "ChannelVarset"}, {"type": "ChannelDialplan"}, {"type": "Dial"}]}
"""What we do not want to hear; the first is the bulk of all traffic (FACTS 2.2)."""
ARRIVALS: Final = "arrivals"
DRAIN_S: Final = 6.0
"""Longer than any request takes to fail."""


class ReplacedByAnother(ServiceError):
    """A second program took our application's name; it now gets the calls."""


class Session:
    """A login to ARI and AMI with the state that hangs on it."""

    def __init__(
        self,
        settings: Settings,
        marks: Marks,
        direct: DirectCalls,
        given_up: set[str],
        emit: Callable[[SwitchEvent], None],
        watch_every_s: float,
    ) -> None:
        self._settings = settings
        self._marks = marks
        self._direct = direct
        self._given_up = given_up
        self._emit = emit
        self._watch_every_s = watch_every_s
        self._ari = Ari(settings)
        self._legs = Legs()
        self._lines = LineTable()
        self._lanes = Lanes()
        self._frames: list[Frame] | None = []
        self._is_up = False
        self._is_stopping = False
        self._is_in_doubt = asyncio.Event()
        self._commands: Commands | None = None
        self._ami: Ami | None = None
        self.started_at = ""

    async def run(self, on_up: Callable[[str], bool]) -> None:
        """Connect and serve until the connection is lost.

        `on_up` is told when Asterisk started and says whether that is news.

        Raises:
            ServiceError: why it could not be reached, or is lost.
        """
        try:
            ami = self._ami = await Ami.open(self._settings, self._on_ami_event)
            await _first_to_end(ami.run(), self._with_ami(ami, on_up))
        except (Refusal, ActionRefused) as refusal:
            # A no where there should be none: a module just went, or the start is not complete.
            raise Unavailable("unreachable", address=self._settings.address) from refusal
        except asyncio.CancelledError:
            self._is_stopping = True
            raise
        finally:
            self._is_up = False

    async def close(self, *, at_once: bool) -> None:
        """Let go; calls go on. What was sent is carried out, or with `at_once` fails now, and says so."""
        if at_once:
            await self._ari.close()
        await self._lanes.drain(DRAIN_S)
        await self._ari.close()
        if self._ami:
            await self._ami.close()

    # ------------------------------------------------------------- connecting

    async def _with_ami(self, ami: Ami, on_up: Callable[[str], bool]) -> None:
        await ami.login()
        started_at = await self._ari.check()
        async with self._ari.events() as socket:
            await _first_to_end(self._read(socket), self._serve(ami, started_at, on_up))

    async def _serve(self, ami: Ami, started_at: str, on_up: Callable[[str], bool]) -> None:
        await self._ari.put(f"applications/{self._settings.app}/eventFilter", FILTER)
        writer = DeviceWriter(self._ari, ami, self._lines, self._settings.marks_context)
        await writer.load_notes()
        await snapshot.load_lines(self._settings, self._ari, ami, self._lines)
        found = await snapshot.find_legs(self._settings, self._ari, self._lines)
        legs = self._dismiss(found.legs)
        self._perform([Dismiss(channel) for channel in found.stand_ins])
        await snapshot.subscribe_again(self._settings, self._ari, legs)
        self._commands = Commands(
            self._settings, self._ari, ami, self._legs, self._lines, self._marks, self._direct
        )
        self._legs.adopt(legs, found.whereabouts)
        await self._direct.begin(ami)  # before the first mark: what watches over them looks at the lease
        self._is_up = True
        self._emit(
            SwitchConnected(
                legs=legs, bridges=found.bridges, lines=self._lines.lines(), restarted=on_up(started_at)
            )
        )
        waiting, self._frames = self._frames or [], None
        for frame in waiting:
            self._perform(self._legs.handle(frame))
        await _first_to_end(
            self._watch(ami),
            self._direct.hold(ami, self._lines),
            self._marks.hold(writer, self._settings.lease_s / 3),
        )

    def _dismiss(self, legs: tuple[LegInfo, ...]) -> tuple[LegInfo, ...]:
        """Hang up those of which we have said already that they are gone; return the others."""
        for leg in legs:
            if leg.leg in self._given_up:
                self._in_lane(leg.leg, self._ari.delete(f"channels/{leg.leg}"))
        kept = tuple(leg for leg in legs if leg.leg not in self._given_up)
        self._given_up.clear()
        return kept

    async def _watch(self, ami: Ami) -> None:
        """Look now and then whether Asterisk is still with us, not only its sockets (FACTS 2.1)."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._watch_every_s):
                    await self._is_in_doubt.wait()
            if self._is_in_doubt.is_set():
                # Nobody knows whether a command had its effect: only a new snapshot tells.
                raise Unavailable("unreachable", address=self._settings.address)
            try:
                await self._ari.request("GET", f"applications/{self._settings.app}")
            except Unavailable as error:
                raise await self._ari.stuck_or_away() from error
            await ami.ask("Ping")

    # ------------------------------------------------------------- what we hear

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for raw in socket:
                frame = decode_frame(raw)
                if frame is None:
                    continue
                if self._frames is not None:
                    self._frames.append(frame)
                else:
                    self._perform(self._legs.handle(frame))
        except ConnectionClosed as error:
            raise Unavailable("unreachable", address=self._settings.address) from error
        raise Unavailable("unreachable", address=self._settings.address)

    def _on_ami_event(self, block: Block) -> None:
        if block["Event"] == "DeviceStateChange":
            changed = self._lines.change(block.get("Device", ""), block.get("State", ""))
            if self._is_up:
                for number, state in changed:
                    self._emit(LineChanged(number=number, state=state))
        elif block["Event"] == "Reload" and self._is_up:
            self._lanes.submit({"lines"}, self._load_lines_again)

    async def _load_lines_again(self) -> None:
        """The dial plan may have other hints now."""
        if self._ami is None:
            return
        before = dict(self._lines.lines())
        try:
            await snapshot.load_lines(self._settings, self._ari, self._ami, self._lines)
        except ReceptionError as error:
            log.info("hints could not be read again: %s", error)
            return
        for number, state in self._lines.lines():
            if before.get(number) is not state:
                self._emit(LineChanged(number=number, state=state))

    def _perform(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            match outcome:
                case Inquire():
                    self._lanes.submit({ARRIVALS}, partial(self._inquire, outcome))
                case Dismiss():
                    self._in_lane(outcome.channel, self._ari.delete(f"channels/{outcome.channel}"))
                case SatisfyPhone():
                    path = f"channels/{outcome.leg}/transfer_progress"
                    self._in_lane(outcome.leg, self._ari.post(path, states=outcome.progress))
                case Replaced():
                    raise ReplacedByAnother("replaced_by_another", app=self._settings.app)
                case _:
                    self._emit(outcome)

    def _in_lane(self, leg: str, request: Coroutine[Any, Any, None]) -> None:
        """Do something of our own about a leg, which may be gone before."""

        async def job() -> None:
            try:
                await request
            except ReceptionError as error:
                log.info("no effect on leg %s: %s", leg, error)

        self._lanes.submit({f"leg:{leg}"}, job)

    async def _inquire(self, asked: Inquire) -> None:
        leg = asked.channel.id
        try:
            arrived = await snapshot.arrival(self._ari, asked.channel, asked.args, self._lines)
        except ReceptionError as error:
            # Never lose a call for want of a number; never show one that may be withheld.
            log.info("leg %s arrives without a number: %s", leg, error)
            dialled = asked.args[1] if len(asked.args) > 1 else asked.channel.dialplan.exten
            arrived = LegArrived(leg=leg, dialled=dialled, caller=snapshot.NOBODY)
        if not self._is_up:
            return
        if arrived is None:
            self._legs.forget(leg)
        else:
            self._perform(self._legs.introduce(arrived))

    # ------------------------------------------------------------- what we say

    def send(self, commands: Sequence[SwitchCommand]) -> None:
        """Take commands to be carried out."""
        for command in commands:
            if isinstance(command, Originate):
                self._legs.expect(command.leg)
            self._lanes.submit(keys_of(command), partial(self._carry_out, command))

    async def _carry_out(self, command: SwitchCommand) -> None:
        try:
            if not (self._is_up or self._is_stopping) or self._commands is None:
                raise Unavailable("unreachable", address=self._settings.address)
            await self._commands.carry_out(command)
        except NotReachable as failure:
            self._perform(self._legs.fail(failure.leg, failure.cause))
        except Refusal as refusal:
            self._failed(command, refusal.error, refusal.detail)
        except ActionRefused as refusal:
            error = SwitchError.GONE if refusal.names_a_gone_channel else SwitchError.REFUSED
            self._failed(command, error, refusal.detail)
        except ServiceError as error:
            if not isinstance(command, Originate):  # one that turns up late is hung up
                self._is_in_doubt.set()
            self._failed(command, SwitchError.UNAVAILABLE, str(error.message.key))

    def _failed(self, command: SwitchCommand, error: SwitchError, detail: str) -> None:
        log.info("%s had no effect: %s, %s", type(command).__name__, error.value, detail)
        if isinstance(command, Originate):
            self._not_placed(command.leg)
        else:
            self._emit(CommandFailed(command=command, error=error, detail=detail))

    def _not_placed(self, leg: str) -> None:
        """An origination failed, or its answer never came: then it may ring all the same.

        Once the connection is lost the next snapshot tells what became of it.
        """
        if self._is_up:
            self._given_up.add(leg)
            self._perform(self._legs.fail(leg, GoneCause.FAILED))


def refuse(command: SwitchCommand) -> SwitchEvent:
    """Return what is said of a command that comes while there is no connection."""
    if isinstance(command, Originate):
        return LegGone(leg=command.leg, cause=GoneCause.FAILED)
    return CommandFailed(command=command, error=SwitchError.UNAVAILABLE, detail="not connected")


async def _first_to_end(*works: Coroutine[Any, Any, None]) -> None:
    """Run these side by side until one ends, which is how a connection is lost; end the others.

    Of several errors the last one's counts: it knows more (a refused login than a closed socket).
    """
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in reversed(results):
        if isinstance(result, BaseException) and not isinstance(result, asyncio.CancelledError):
            raise result
