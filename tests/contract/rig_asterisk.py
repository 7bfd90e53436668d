"""The real Asterisk of tests/lab as a rig. The backend reaches it through a relay that a test can cut."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from reception.model.direct import Way
from reception.model.lines import LineState
from reception.ports import SwitchConnected, SwitchEvent
from services.asterisk.bridges import is_waiting_room
from services.asterisk.settings import parse_settings
from services.asterisk.switch import AsteriskSwitch, Pace
from services.speech.samples import write_wav
from tests.lab.fixtures import TIMEOUT_S, House, Lab, Phone
from tests.lab.sip import OutsideCaller

E = TypeVar("E", bound=SwitchEvent)
LISTEN_S = 0.1
"""Five packets of sound."""
QUICK = Pace(first_retry_s=0.1, settings_retry_s=0.5, replaced_retry_s=0.5, watch_every_s=0.5)

_LAMPS = {
    "Idle": LineState.IDLE,
    "InUse": LineState.TALKING,
    "Busy": LineState.TALKING,
    "Ringing": LineState.RINGING,
    "InUse&Ringing": LineState.TALKING,
    "Hold": LineState.HELD,
    "InUse&Hold": LineState.TALKING,
    "Unavailable": LineState.UNREACHABLE,
}
"""What a hint shows, as Asterisk writes it."""


class Relay:
    """A TCP relay to a local port, which can be cut: the wire between hub and switch."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.port = 0

    async def open(self) -> Relay:
        """Begin to relay."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def cut(self) -> None:
        """Break every connection; new ones are possible at once."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def close(self) -> None:
        """End."""
        if self._server:
            self._server.close()
        self.cut()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, there_writer}
        await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
        self._writers -= {writer, there_writer}

    @staticmethod
    async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        with suppress(OSError):
            writer.close()
            await writer.wait_closed()


class AsteriskRig:
    """A `SwitchRig` on the real thing."""

    def __init__(self, lab: Lab, house: House, switch: AsteriskSwitch, relays: list[Relay]) -> None:
        self.lab = lab
        self.house = house
        self.switch = switch
        self.events: list[SwitchEvent] = []
        self._relays = relays
        self._changed = asyncio.Event()

    def on_event(self, event: SwitchEvent) -> None:
        """Record what the switch says."""
        self.events.append(event)
        self._changed.set()

    async def caller(
        self,
        *,
        number: str = "+4930100200",
        name: str = "",
        dialled: str = "7000",
        withheld: bool = False,
        patience_s: float = 60.0,
    ) -> OutsideCaller:
        return await self.house.caller(
            number=number, name=name, dialled=dialled, withheld=withheld, patience_s=patience_s
        )

    async def phone(self, number: str, mode: str = "answer") -> Phone:
        return await self.house.phone(number, mode)

    async def wait_for(
        self, kind: type[E], *, after: int = 0, timeout_s: float = TIMEOUT_S, **fields: Any
    ) -> E:
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    for event in self.events[after:]:
                        if isinstance(event, kind) and all(getattr(event, k) == v for k, v in fields.items()):
                            return event
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"no {kind.__name__} {fields} in {self.events[after:]}") from None

    async def bridged(self) -> set[frozenset[str]]:
        bridges = await self.lab.bridges()
        return {frozenset(legs) for name, legs in bridges.items() if not is_waiting_room(name) and legs}

    async def holding(self) -> set[str]:
        waiting = await self.lab.waiting()
        before = await self._packets_to(waiting)
        await asyncio.sleep(LISTEN_S)
        after = await self._packets_to(waiting)
        return {leg for leg in waiting if after.get(leg, 0) > before.get(leg, 0)}

    async def _packets_to(self, legs: set[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for leg in legs:
            statistics = await self.lab.ari_get(f"channels/{leg}/rtp_statistics")
            if statistics:
                found[leg] = statistics["txcount"]
        return found

    async def mailbox_count(self, mailbox: str) -> int:
        return self.lab.messages(mailbox)

    @property
    def now(self) -> float:
        return time.time()

    async def pass_to(self, at: float) -> None:
        await asyncio.sleep(at - time.time())

    async def direct(self, number: str) -> Way:
        note = (await self.lab.noted_directly()).get(number, "~usual")
        way = note.split("~")[1]
        return Way.NUMBER if way == "outside" else Way(way)

    async def looks(self, number: str) -> LineState:
        return _LAMPS[await self.lab.lamp(number)]

    async def sound(self, name: str) -> None:
        self.lab.put_sound(f"{name}.wav", write_wav(array("h", [0, 8000, 0, -8000] * 400)))

    async def lose_connection(self) -> None:
        for relay in self._relays:
            relay.cut()


@asynccontextmanager
async def open_rig(
    lab: Lab, pace: Pace = QUICK, wait: type[SwitchEvent] = SwitchConnected, **more: Any
) -> AsyncIterator[AsteriskRig]:
    """Connect the backend to the lab; everybody leaves at the end.

    `more` are other settings than the lab's; `wait` is what the first word should be.
    """
    ari = await Relay(int(lab.env["PBX_LAB_HTTP_PORT"])).open()
    ami = await Relay(int(lab.env["PBX_LAB_AMI_PORT"])).open()
    relayed = {"url": f"http://127.0.0.1:{ari.port}/ari", "ami_port": ami.port}
    switch = AsteriskSwitch(parse_settings(lab.switch_settings(**{**relayed, **more})), pace)
    async with lab.house() as house:
        rig = AsteriskRig(lab, house, switch, [ari, ami])
        await switch.start(rig.on_event)
        try:
            await rig.wait_for(wait)
            yield rig
        finally:
            await switch.stop()
            for relay in (ari, ami):
                await relay.close()
