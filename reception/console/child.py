"""A hub of our own: found by its runtime file, or started as a child process.

The console asks for it before every connection, so a hub that died is started again with the link's own
back-off. The child says one word on its standard output when it is ready or why it cannot be; then it and we
are connected by nothing but the WebSocket, so neither takes the other along. Threads instead of asyncio's
subprocesses: those depend on the event loop, and the window's is not asyncio's own.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from reception.console.command import own_command
from reception.console.link import Endpoint
from reception.errors import ConfigError, Unavailable
from reception.runtime import ALREADY_RUNNING, FAILED, READY, RuntimeInfo, read_runtime, runtime_file

_log = logging.getLogger(__name__)

READY_TIMEOUT_S: Final = 30.0
_STOP_TIMEOUT_S: Final = 1.5
_CONNECT_TIMEOUT_S: Final = 2.0

# A group of its own: what interrupts the console must not interrupt calls.
if sys.platform == "win32":
    _CREATION_FLAGS: Final = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
else:
    _CREATION_FLAGS: Final = 0


def hub_command(data_dir: Path, arguments: Sequence[str]) -> list[str]:
    """Return the command line of a child hub."""
    return own_command("hub", "--child", "--data", str(data_dir), *arguments)


class ChildHub:
    """The hub of one data folder, started when there is none. `attendant` is who we are, if not the first.

    `on_page` hears the address of its page for colleagues, if there is one.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        arguments: Sequence[str] = (),
        attendant: str | None = None,
        ready_timeout_s: float = READY_TIMEOUT_S,
    ) -> None:
        self._data_dir = data_dir
        self._arguments = arguments
        self._attendant = attendant
        self._ready_timeout_s = ready_timeout_s
        self._process: _Process | None = None
        self._page = ""
        self.on_page: Callable[[str], None] = lambda _: None

    @property
    def pid(self) -> int | None:
        """The process we started, or None."""
        return self._process.pid if self._process else None

    async def locate(self) -> Endpoint:
        """Return where the hub listens, after starting it if need be.

        Raises:
            Unavailable: it is not there yet; try again.
            ConfigError: it cannot start until somebody mends something.
        """
        info = read_runtime(runtime_file(self._data_dir))
        if info is None or not await _answers(info):
            info = await self._start()
        if info.web and info.web != self._page:
            self._page = info.web
            self.on_page(info.web)
        return self._endpoint(info)

    async def on_closed(self, stop_hub: bool) -> None:
        """Wait a moment for the hub we started to end, if it was told to."""
        if stop_hub and self._process is not None:
            await self._process.wait_ended(_STOP_TIMEOUT_S)

    def _endpoint(self, info: RuntimeInfo) -> Endpoint:
        wanted = self._attendant or next(iter(info.tokens), "")
        token = info.tokens.get(wanted)
        if token is None:
            there_are = ", ".join(info.tokens) or "nobody"
            error = f"the hub has no receptionist {wanted}; it has: {there_are}"
            raise ConfigError("misconfigured", setting="attendant", error=error)
        return Endpoint(url=info.url, token=token)

    async def _start(self) -> RuntimeInfo:
        self._process = _Process(
            hub_command(self._data_dir, self._arguments), errors=self._data_dir / "hub-errors.log"
        )
        word = await self._process.first_word(self._ready_timeout_s)
        kind, _, why = word.partition(": ")
        if kind == FAILED:
            raise ConfigError("misconfigured", setting="hub", error=why)
        info = read_runtime(runtime_file(self._data_dir))
        if kind not in (READY, ALREADY_RUNNING) or info is None:
            raise Unavailable("unreachable", address="hub")
        _log.info("our hub is there, process %d", info.pid)
        return info


async def _answers(info: RuntimeInfo) -> bool:
    """Return whether somebody listens where the runtime file says."""
    try:
        async with asyncio.timeout(_CONNECT_TIMEOUT_S):
            _, writer = await asyncio.open_connection(info.host, info.port)
            writer.close()
            await writer.wait_closed()
    except (OSError, TimeoutError):
        return False
    return True


class _Process:
    """A started hub, watched by a thread that ends with it. `errors` takes what Python itself says."""

    def __init__(self, command: Sequence[str], errors: Path) -> None:
        self._loop = asyncio.get_running_loop()
        self._word: asyncio.Future[str] = self._loop.create_future()
        self._ended = asyncio.Event()
        errors.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with errors.open("ab") as stderr:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                start_new_session=sys.platform != "win32",
                creationflags=_CREATION_FLAGS,
            )
        threading.Thread(target=self._watch, name="child hub", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    async def first_word(self, timeout_s: float) -> str:
        """Return the first line it says; empty when it ended without one."""
        try:
            async with asyncio.timeout(timeout_s):
                return await asyncio.shield(self._word)
        except TimeoutError as error:
            raise Unavailable("unreachable", address="hub") from error

    async def wait_ended(self, timeout_s: float) -> None:
        """Wait until it has ended, at most so long."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._ended.wait()
        except TimeoutError:
            _log.info("our hub goes on: it is still ending, or serves another console")

    def _watch(self) -> None:
        """Read the one line, then wait for the end. Runs in the thread."""
        assert self._process.stdout is not None
        with self._process.stdout as out:
            line = out.readline().strip()
        self._tell(self._on_word, line)
        self._process.wait()
        self._tell(self._ended.set)

    def _tell(self, callback: object, *args: str) -> None:
        try:
            self._loop.call_soon_threadsafe(callback, *args)  # type: ignore[arg-type]
        except RuntimeError:  # the console's loop has ended meanwhile: nobody is to be told
            return

    def _on_word(self, line: str) -> None:
        if not self._word.done():
            self._word.set_result(line)
