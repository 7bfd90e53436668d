"""A hub that says who is there and what they do, as a process: `hub PEOPLE`; says its port.

Its people are those of `tests.bench.crowd`, which the console has on its disk already.
"""

from __future__ import annotations

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, serve

from reception.wire import encode
from tests.bench.crowd import people
from tests.bench.replicas import kept_people, snapshot


async def main(count: int) -> None:
    """Serve for as long as somebody reads."""
    frames = [encode(frame) for frame in kept_people(snapshot(people(count)))]

    async def talk(connection: ServerConnection) -> None:
        await connection.recv()
        for frame in frames:
            await connection.send(frame, text=True)
        await connection.wait_closed()

    async with serve(talk, "127.0.0.1", 0, compression=None) as server:
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
