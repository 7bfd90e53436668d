"""The office file is read again when it is different: by itself where the system tells of changed files
(Linux), when the hub is told so by ``reception hub reload``, or by the signal HUP.

A file with faults changes nothing: what held before holds, the log names the faults, and the window has a
light for it until the file is in order.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from reception.errors import BadInput
from reception.hub.office_shape import OfficeSettings
from reception.model.changes import Message, Source, SourceState

_log = logging.getLogger(__name__)

OFFICE_SOURCE: Final = "office"
SETTLED_S: Final = 0.3
"""How long a file must be left alone before it is read: editors write in several steps."""


class OfficeReload:
    """Reads the file again. `load` raises BadInput; `use` puts settings in the place of those before."""

    def __init__(
        self,
        file: Path | None,
        current: OfficeSettings,
        *,
        load: Callable[[Path], OfficeSettings],
        use: Callable[[OfficeSettings, OfficeSettings], Awaitable[None]],
        on_source: Callable[[Source], None],
        clock: Callable[[], float],
    ) -> None:
        self._file = file
        self._current = current
        self._load = load
        self._use = use
        self._on_source = on_source
        self._clock = clock
        self._fault = ""
        self._turn = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.Task[None] | None = None

    async def reload(self) -> bool:
        """Read the file and let it hold; returns whether it is different. Raises BadInput with its faults."""
        async with self._turn:
            if self._file is None:
                raise BadInput("misconfigured", "This hub has no office file.")
            try:
                settings = await asyncio.to_thread(self._load, self._file)
            except BadInput as fault:
                self._tell_fault(self._file, fault)
                raise
            self._tell_in_order()
            before, self._current = self._current, settings
            if settings == before:
                return False
            await self._use(settings, before)
            _log.info("%s is different, and holds now", self._file.name)
            return True

    def on_file(self) -> None:
        """Hear that the file may be different; it is read when it has been left alone for a moment."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(SETTLED_S, self._begin)

    async def stop(self) -> None:
        """Read nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    def _begin(self) -> None:
        self._timer = None
        if self._reading is not None and not self._reading.done():
            self.on_file()
            return
        self._reading = asyncio.create_task(self._read(), name="office file")

    async def _read(self) -> None:
        try:
            await self.reload()
        except BadInput:
            return  # told already
        except Exception:  # noqa: BLE001 - a fault here must not take the calls of a house along
            _log.exception("a fault in reading the office file; the hub goes on")

    def _tell_fault(self, file: Path, fault: BadInput) -> None:
        if fault.text == self._fault:
            return
        self._fault = fault.text
        _log.error("the office file has faults, what it said before holds:\n%s", fault.text)
        first, _, rest = fault.text.partition("\n")
        error = first.removeprefix(f"{file}:").strip()
        message = Message(
            key="office_file_faulty",
            params={"file": file.name, "error": error, "count": 1 + len(rest.splitlines())},
        )
        state = SourceState.NEEDS_SETTINGS
        self._on_source(Source(id=OFFICE_SOURCE, state=state, since=self._clock(), message=message))

    def _tell_in_order(self) -> None:
        if self._fault:
            self._fault = ""
            _log.info("the office file is in order again")
            self._on_source(Source(id=OFFICE_SOURCE, state=SourceState.UP, since=self._clock()))
