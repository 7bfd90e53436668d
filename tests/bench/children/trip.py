"""The floor of an order, as a process: one round trip over a WebSocket and one over HTTP, at each line."""

from __future__ import annotations

import asyncio
import sys
import time

import httpx
from websockets.asyncio.client import connect

FRAME = b'{"type":"Request","id":"7f4c1f3e-8f4b-4a7a-9f0e-0d5b1a3b2c4d","intent":{"type":"AnswerNext"}}'


async def main(echo: str, http: str) -> None:
    """Measure at each line of the standard input; milliseconds go to the standard output."""
    loop = asyncio.get_running_loop()
    async with (
        connect(f"ws://127.0.0.1:{echo}", compression=None) as socket,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{http}", trust_env=False) as client,
    ):
        while await loop.run_in_executor(None, sys.stdin.readline):
            began = time.perf_counter()
            await socket.send(FRAME, text=True)
            await socket.recv(decode=False)
            await client.post("/ari/channels/floor", json={"endpoint": "PJSIP/100", "timeout": 20})
            sys.stdout.write(f"{(time.perf_counter() - began) * 1000}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
