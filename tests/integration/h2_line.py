"""HTTP/2 in front of the emulated Graph, as far as a client of it goes: what it was spoken to in is kept."""

from __future__ import annotations

import asyncio
import ssl
from typing import Self

import h2.config
import h2.connection
import h2.events
import h2.exceptions

from services.emulators.graph.asked import Reply, asked_of
from services.emulators.graph.serving import VERSION, GraphEmulator


class Line:
    """One connection; answers come as they are ready, in any order."""

    def __init__(self, emulator: GraphEmulator, root: str, writer: asyncio.StreamWriter) -> None:
        self._emulator = emulator
        self._root = root
        self._writer = writer
        self._h2 = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        self._asked: dict[int, tuple[dict[str, str], bytearray]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._has_room = asyncio.Event()
        self.streams = 0
        self.most_at_once = 0

    def begin(self) -> None:
        self._h2.initiate_connection()
        self._flush()

    def take(self, content: bytes) -> None:
        """Take what came over the line."""
        for event in self._h2.receive_data(content):
            match event:
                case h2.events.RequestReceived(stream_id=stream, headers=headers):
                    names = {name.decode(): value.decode() for name, value in headers}
                    self._asked[stream] = (names, bytearray())
                case h2.events.DataReceived(stream_id=stream, data=data):
                    self._asked[stream][1].extend(data)
                    self._h2.acknowledge_received_data(event.flow_controlled_length, stream)
                case h2.events.StreamEnded(stream_id=stream):
                    self._begin_answer(stream)
                case h2.events.WindowUpdated():
                    self._has_room.set()
        self._flush()

    def go_away(self) -> None:
        """Say that no more is taken here, and hang up."""
        self._h2.close_connection()
        self._flush()
        self._writer.close()

    def _begin_answer(self, stream: int) -> None:
        task = asyncio.create_task(self._answer(stream))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.streams += 1
        self.most_at_once = max(self.most_at_once, len(self._tasks))

    async def _answer(self, stream: int) -> None:
        names, content = self._asked.pop(stream)
        headers = {name: value for name, value in names.items() if not name.startswith(":")}
        target = names[":path"].removeprefix(VERSION)
        asked = asked_of(names[":method"], target, headers, bytes(content), self._root)
        await asyncio.sleep(0.02)  # others come meanwhile
        reply = await self._emulator.graph.answer(asked)
        try:
            await self._tell(stream, reply)
        except h2.exceptions.ProtocolError:
            return  # the line is closed, or who asked has lost patience

    async def _tell(self, stream: int, reply: Reply) -> None:
        headers = [(name.lower(), value) for name, value in reply.headers.items()]
        self._h2.send_headers(stream, [(":status", str(reply.status)), *headers])
        rest = reply.content
        while rest:
            room = min(self._h2.local_flow_control_window(stream), self._h2.max_outbound_frame_size)
            if not room:
                self._has_room.clear()
                await self._has_room.wait()
                continue
            self._h2.send_data(stream, rest[:room])
            rest = rest[room:]
            self._flush()
        self._h2.end_stream(stream)
        self._flush()

    def _flush(self) -> None:
        if (content := self._h2.data_to_send()) and not self._writer.is_closing():
            self._writer.write(content)

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writer.close()


class H2Graph:
    """A server that speaks HTTP/2 and nothing else; `async with` it. `lines` are all that ever were."""

    def __init__(self, emulator: GraphEmulator, tls: ssl.SSLContext) -> None:
        self._emulator = emulator
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._busy: set[asyncio.Task[None]] = set()
        self.protocols: list[str | None] = []
        self.lines: list[Line] = []

    async def __aenter__(self) -> Self:
        self._tls.set_alpn_protocols(["h2"])
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for line in self.lines:
            await line.end()
        await asyncio.gather(*self._busy, return_exceptions=True)

    @property
    def root(self) -> str:
        """The address of Graph."""
        assert self._server is not None
        return f"https://localhost:{self._server.sockets[0].getsockname()[1]}{VERSION}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        self.protocols.append(writer.get_extra_info("ssl_object").selected_alpn_protocol())
        line = Line(self._emulator, self.root, writer)
        self.lines.append(line)
        line.begin()
        try:
            while content := await reader.read(65_536):
                line.take(content)
        except (OSError, h2.exceptions.ProtocolError):
            pass
        await line.end()
