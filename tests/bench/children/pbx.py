"""A telephone system on loopback, as a process: Asterisk's two interfaces, an echo, and a clock for both.

An order on each line of the standard input, an answer on each line of the standard output, all JSON. Times
are `time.monotonic`, which is one clock for all processes of a computer.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import suppress
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosedError

from tests.integration.asterisk_double import FakeAmi, FakeAri

CALLER = {"name": "", "number": "+4533112233"}


class Answers(dict[str, Any]):
    """Says yes to whatever is asked, and notes when it was."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__(known)
        self.heard: list[tuple[float, str]] = []

    def get(self, asked: str, default: Any = None) -> Any:
        """Return the answer to a request."""
        self.heard.append((time.monotonic(), asked))
        if asked.startswith("GET /ari/bridges/"):
            return 404, {"message": "Bridge not found"}
        if asked.endswith("/variable"):
            return 200, {"value": "allowed"}
        return super().get(asked, (200, {}))


class Pbx:
    """What can be ordered."""

    def __init__(self, ari: FakeAri, ami: FakeAmi) -> None:
        self.ari, self.ami = ari, ami
        self.answers = Answers(dict(ari.answers))
        ari.answers = self.answers

    def arrive(self, leg: str) -> float:
        """A caller comes in."""
        return self._say("StasisStart", leg, args=["inbound", "7000"])

    def gone(self, leg: str) -> float:
        """A leg ends."""
        return self._say("ChannelDestroyed", leg, state="Down", cause=16)

    def state(self, device: str, state: str) -> float:
        """A telephone does something else."""
        at = time.monotonic()
        self.ami.say(Event="DeviceStateChange", Device=device, State=state)
        return at

    def heard(self, since: float) -> list[tuple[float, str]]:
        """Return the requests since a time."""
        return [entry for entry in self.answers.heard if entry[0] >= since]

    def _say(self, kind: str, leg: str, *, state: str = "Up", **more: Any) -> float:
        channel = {"id": leg, "name": f"PJSIP/trunk-{leg}", "state": state, "caller": CALLER}
        at = time.monotonic()
        self.ari.say({"type": kind, "timestamp": "t", "channel": channel, **more})
        return at


async def echo(connection: ServerConnection) -> None:
    """Say again what is said."""
    with suppress(ConnectionClosedError):  # the other process ends without a word
        async for text in connection:
            await connection.send(text)


async def main() -> None:
    """Serve until the orders end."""
    ari, ami = FakeAri(), FakeAmi()
    people = json.loads(sys.argv[1])
    ami.hints = {number: f"PJSIP/{number}" for number in people}
    async with ari.open(), ami.open(), serve(echo, "127.0.0.1", 0, compression=None) as sockets:
        pbx = Pbx(ari, ami)
        echo_port = sockets.sockets[0].getsockname()[1]
        say({"ari": ari.port, "ami": ami.port, "echo": echo_port})
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            order, *given = json.loads(line)
            say(getattr(pbx, order)(*given))


def say(answer: Any) -> None:
    """Answer an order."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
