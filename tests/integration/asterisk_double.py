"""A double of Asterisk's two interfaces on loopback, for what the real one cannot be made to do.

`FakeAri` answers requests from a table and sends events when told, also before its answers; `FakeAmi` logs
anybody in and has one phone. Both count what they were asked.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

from services.asterisk.ari import REQUIRED_MODULES

WEBSOCKET_KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
Answer: TypeAlias = tuple[int, Any]
Handler: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[Answer | None]]


class _Server:
    """A TCP server whose connections end with it."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self.port = 0

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._talk(reader, writer)
        finally:
            writer.transport.abort()

    @asynccontextmanager
    async def open(self, tls: ssl.SSLContext | None = None) -> AsyncIterator[Any]:
        """Serve until the block ends."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in list(self._tasks):
                task.cancel()
            if self._tasks:
                await asyncio.wait(self._tasks)


class FakeAri(_Server):
    """ARI. Put answers into `answers` (method and path), or a coroutine that makes one; None: no answer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.started_at = "2026-01-01T00:00:00.000+0000"
        modules = [{"name": f"{name}.so", "status": "Running"} for name in REQUIRED_MODULES]
        self.answers: dict[str, Answer | Handler | None] = {
            "GET /ari/asterisk/info": (200, {"status": {"startup_time": self.started_at}}),
            "GET /ari/asterisk/ping": (200, {"ping": "pong"}),
            "GET /ari/asterisk/modules": (200, modules),
            "GET /ari/api-docs/resources.json": (200, {}),
            "GET /ari/applications/reception": (200, {"channel_ids": []}),
            "PUT /ari/applications/reception/eventFilter": (200, {}),
            "POST /ari/applications/reception/subscription": (200, {}),
            "GET /ari/channels": (200, []),
            "GET /ari/bridges": (200, []),
        }
        self.accepts_websockets = True
        self._sockets: list[asyncio.StreamWriter] = []
        self._heard = asyncio.Event()

    def say(self, event: dict[str, Any]) -> None:
        """Send an event to whoever listens."""
        self.say_raw(json.dumps(event).encode())

    def say_raw(self, data: bytes) -> None:
        """Send a text frame."""
        size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + len(data).to_bytes(2, "big")
        for writer in self._sockets:
            writer.write(b"\x81" + size + data)

    async def wait_asked(self, method: str, path: str) -> dict[str, Any]:
        """Return what the first such request carried."""
        async with asyncio.timeout(30.0):
            while True:
                for asked in self.asked:
                    if asked[:2] == (method, path):
                        return asked[2]
                self._heard.clear()
                await self._heard.wait()

    async def wait_left(self) -> None:
        """Return when nobody has a WebSocket open any more."""
        async with asyncio.timeout(30.0):
            while self._sockets:
                self._heard.clear()
                await self._heard.wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            method, target, _ = first.split()
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
            raw = await reader.readexactly(int(headers.get("content-length", 0)))
            body = json.loads(raw) if raw else {}
            path = target.split("?")[0]
            if "upgrade" in headers.get("connection", "").lower():
                await self._websocket(reader, writer, headers)
                return
            self.asked.append((method, path, body))
            self._heard.set()
            answer = self.answers.get(f"{method} {path}", (404, {"message": "Resource not found"}))
            if callable(answer):
                answer = await answer(path, body)
            if answer is None:
                await asyncio.Event().wait()
            else:
                await self._reply(writer, *answer)

    @staticmethod
    async def _reply(writer: asyncio.StreamWriter, status: int, content: Any) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)
        await writer.drain()

    async def _websocket(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, headers: dict[str, str]
    ) -> None:
        if not self.accepts_websockets:
            await asyncio.Event().wait()
        key = hashlib.sha1((headers["sec-websocket-key"] + WEBSOCKET_KEY).encode()).digest()
        accept = base64.b64encode(key).decode()
        writer.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept.encode() + b"\r\n\r\n"
        )
        self._sockets.append(writer)
        try:
            while (frame := await _short_frame(reader))[0] != 0x88:  # they close
                if frame[0] == 0x89:  # a ping: who does not answer is taken for dead
                    writer.write(bytes([0x8A, len(frame[1])]) + frame[1])
            writer.write(b"\x88\x00")
        finally:
            self._sockets.remove(writer)
            self._heard.set()


async def _short_frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Return the first byte and the content of a client's frame, which says nothing longer than a ping."""
    first, size = await reader.readexactly(2)
    mask = await reader.readexactly(4)
    data = await reader.readexactly(size & 0x7F)
    return first, bytes(byte ^ mask[n % 4] for n, byte in enumerate(data))


class FakeAmi(_Server):
    """AMI, with the hint of one phone."""

    def __init__(self) -> None:
        super().__init__()
        self.greeting = b"Asterisk Call Manager/11.0.0\r\n"
        self.refused: dict[str, str] = {}
        self.boots = True
        self.hints = {"201": "PJSIP/alice"}
        self.asked: list[dict[str, str]] = []
        self._writers: list[asyncio.StreamWriter] = []

    def say(self, **fields: str) -> None:
        """Send an event."""
        for writer in self._writers:
            self._write(writer, fields)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self.greeting)
        self._writers.append(writer)
        try:
            while True:
                raw = (await reader.readuntil(b"\r\n\r\n")).decode()
                asked = {k: v.strip() for k, _, v in (line.partition(":") for line in raw.splitlines()) if k}
                self.asked.append(asked)
                self._answer(writer, asked)
        finally:
            self._writers.remove(writer)

    def _answer(self, writer: asyncio.StreamWriter, asked: dict[str, str]) -> None:
        action, mark = asked["Action"], {"ActionID": asked.get("ActionID", "")}
        if action in self.refused:
            self._write(writer, {"Response": "Error", **mark, "Message": self.refused[action]})
            return
        rows: list[dict[str, str]] | None = None
        if action == "ExtensionStateList":
            rows = [{"Exten": e, "Context": "internal", "Hint": h} for e, h in self.hints.items()]
        elif action == "DeviceStateList":
            rows = [{"Device": "PJSIP/alice", "State": "NOT_INUSE"}]
        elif action == "DBGetTree":
            rows = []
        if rows is None:
            self._write(writer, {"Response": "Success", **mark})
        else:
            self._write(writer, {"Response": "Success", **mark, "EventList": "start"})
            for row in rows:
                self._write(writer, {"Event": "Row", **mark, **row})
            self._write(writer, {"Event": "Complete", **mark, "EventList": "Complete"})
        if action == "Login" and self.boots:
            self._write(writer, {"Event": "FullyBooted"})

    @staticmethod
    def _write(writer: asyncio.StreamWriter, fields: dict[str, str]) -> None:
        writer.write(("".join(f"{k}: {v}\r\n" for k, v in fields.items()) + "\r\n").encode())
