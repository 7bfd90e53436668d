"""Asterisk's manager interface, as little of it as we need: a login, actions, events.

AMI is lines of ``Key: value``, a block ends with an empty line. Answers carry the `ActionID` of their
action; a list is an answer, events with that `ActionID`, and one with ``EventList: Complete``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from itertools import count
from typing import Final, TypeAlias

from reception.errors import AuthNeeded, ConfigError, ProtocolError, ReceptionError, Unavailable
from services.asterisk.settings import Settings

Block: TypeAlias = dict[str, str]
CONNECT_S: Final = 3.0
ACTION_S: Final = 5.0
BOOTED_S: Final = 10.0
GREETING: Final = b"Asterisk Call Manager"
WRONG_PASSWORD: Final = "Authentication failed"
WANTED: Final = "Event: (DeviceStateChange|FullyBooted|Reload)"


class ActionRefused(ReceptionError):
    """AMI's answer to one action is an error."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.detail = message

    @property
    def names_a_gone_channel(self) -> bool:
        """True if a channel is not there, or hung up and only not quite taken down ("channel not up")."""
        return "does not exist" in self.detail or "channel not up" in self.detail


def parse_block(raw: bytes) -> Block:
    """Read one block; of a key that comes several times the last counts."""
    block: Block = {}
    for line in raw.decode("utf-8", "replace").splitlines():
        key, colon, value = line.partition(":")
        if colon:
            block[key.strip()] = value.strip()
    return block


def format_action(fields: Mapping[str, str]) -> bytes:
    """Write one action. Line breaks in a value would begin a field of their own: they become spaces."""
    clean = ((key, " ".join(value.splitlines())) for key, value in fields.items())
    return ("".join(f"{key}: {value}\r\n" for key, value in clean) + "\r\n").encode()


class _Waiting:
    """An action whose answer is under way."""

    def __init__(self) -> None:
        self.done: asyncio.Future[list[Block]] = asyncio.get_running_loop().create_future()
        self.blocks: list[Block] = []

    def take(self, block: Block) -> None:
        """Take a block with our ActionID."""
        self.blocks.append(block)
        more = block.get("Response") == "Success" and block.get("EventList") == "start"
        if self.done.done():
            return
        if block.get("EventList") == "Complete" or ("Response" in block and not more):
            self.done.set_result(self.blocks)


class Ami:
    """One login to AMI. Use `open`, then `run` until it ends, and `close`."""

    def __init__(
        self,
        settings: Settings,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        on_event: Callable[[Block], None],
    ) -> None:
        self._settings = settings
        self._reader = reader
        self._writer = writer
        self._on_event = on_event
        self._ids = count(1)
        self._waiting: dict[str, _Waiting] = {}
        self._booted = asyncio.Event()

    @classmethod
    async def open(cls, settings: Settings, on_event: Callable[[Block], None]) -> Ami:
        """Connect; `run` must be going before `login`.

        Raises:
            ServiceError: nobody there, or it is not AMI.
        """
        away = Unavailable("unreachable", address=settings.ami_address)
        try:
            async with asyncio.timeout(CONNECT_S):
                reader, writer = await asyncio.open_connection(settings.ami_host, settings.ami_port)
        except (OSError, TimeoutError) as error:
            raise away from error
        try:
            async with asyncio.timeout(CONNECT_S):
                greeting = await reader.readline()
            if not greeting.startswith(GREETING):
                raise ConfigError("wrong_address", address=settings.ami_address) if greeting else away
        except BaseException as error:
            writer.close()
            if isinstance(error, ValueError):  # no AMI has a line as long as that
                raise ConfigError("wrong_address", address=settings.ami_address) from error
            if isinstance(error, OSError):  # so is TimeoutError
                raise away from error
            raise
        return cls(settings, reader, writer, on_event)

    async def run(self) -> None:
        """Read until the connection ends.

        Raises:
            Unavailable: it has ended.
        """
        try:
            while True:
                self._take(parse_block(await self._reader.readuntil(b"\r\n\r\n")))
        except (asyncio.IncompleteReadError, OSError) as error:
            raise self._away() from error
        except asyncio.LimitOverrunError as error:
            raise ProtocolError("wrong_address", address=self._settings.ami_address) from error
        finally:
            for waiting in self._waiting.values():
                if not waiting.done.done():
                    waiting.done.set_exception(self._away())

    async def login(self) -> None:
        """Log in, ask for the few events we use, and wait until Asterisk is fully started.

        Raises:
            AuthNeeded: user or password is wrong.
            ConfigError: the user may not do what we need.
        """
        settings = self._settings
        try:
            await self.ask(
                "Login", Username=settings.ami_user, Secret=settings.ami_password, Events="call,system"
            )
        except ActionRefused as error:
            if error.detail != WRONG_PASSWORD:  # such as "Asterisk is shutting down"
                raise self._away() from error
            raise AuthNeeded(
                "wrong_password", address=settings.ami_address, user=settings.ami_user
            ) from error
        try:
            await self.ask("Filter", Operation="Add", Filter=WANTED)
        except ActionRefused as error:
            raise self.lacks_right("write = system", error.detail) from error
        try:
            async with asyncio.timeout(BOOTED_S):
                await self._booted.wait()
        except TimeoutError as error:
            fault = "not told that Asterisk is fully started; perhaps it still is starting"
            raise self.lacks_right("read = system", fault) from error

    async def ask(self, action: str, **fields: str) -> list[Block]:
        """Carry out an action; return its answer, and for lists all that follows.

        Raises:
            ActionRefused: AMI answers with an error.
            Unavailable: the connection is gone, or no answer came.
        """
        action_id = f"reception-{next(self._ids)}"
        waiting = self._waiting[action_id] = _Waiting()
        try:
            if self._writer.is_closing():
                raise self._away()
            self._writer.write(format_action({"Action": action, "ActionID": action_id, **fields}))
            async with asyncio.timeout(ACTION_S):
                blocks = await waiting.done
        except (TimeoutError, OSError) as error:
            raise self._away() from error
        finally:
            del self._waiting[action_id]
        if blocks[0].get("Response") != "Success":
            raise ActionRefused(blocks[0].get("Message", ""))
        return blocks

    async def close(self) -> None:
        """Log off."""
        if not self._writer.is_closing():
            self._writer.write(format_action({"Action": "Logoff"}))
            self._writer.close()
        try:
            async with asyncio.timeout(1.0):
                await self._writer.wait_closed()
        except (OSError, TimeoutError):
            self._writer.transport.abort()  # it is going anyway, without a goodbye then

    def lacks_right(self, right: str, detail: str) -> ConfigError:
        """Say which right the AMI user should have."""
        text = f"needs {right} in manager.conf ({detail})"
        return ConfigError("misconfigured", setting="ami_user", error=text)

    def _take(self, block: Block) -> None:
        waiting = self._waiting.get(block.get("ActionID", ""))
        if waiting:
            waiting.take(block)
        elif block.get("Event") == "FullyBooted":
            self._booted.set()
        elif "Event" in block:
            self._on_event(block)

    def _away(self) -> Unavailable:
        return Unavailable("unreachable", address=self._settings.ami_address)
