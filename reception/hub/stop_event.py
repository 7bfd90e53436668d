"""What stops a hub that runs as a service of Windows, where there is no SIGTERM.

The contract with the service host, which starts ``reception hub`` as its child:

- The host makes an event (``CreateEventW``, manual reset, not set), in ``Global\\`` or ``Local\\``, and
  names it in the environment of the child as ``RECEPTION_STOP_EVENT``. The child needs the right SYNCHRONIZE.
- When Windows asks the service to stop, the host sets the event and waits for the child: it takes what a
  hub takes that gets SIGTERM elsewhere, a few seconds at most. It ends with exit code 0.
- A hub that ends by itself has another exit code than 0 only when it could not start or failed.

The child of the hub (the reader of calendars) ends with the hub. An event that cannot be opened is told in
the log; the hub goes on without. Elsewhere than on Windows the name is the path of a FIFO: who opens it for
writing stops the hub, so that all but one call of Windows is the same.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Final

_log = logging.getLogger(__name__)

VARIABLE: Final = "RECEPTION_STOP_EVENT"


def watch_stop_event(on_stop: Callable[[str], None], environ: Mapping[str, str] = os.environ) -> None:
    """Have `on_stop` called on the running loop when the event of the environment is set; nothing without
    one.
    """
    if not (name := environ.get(VARIABLE, "")):
        return
    loop = asyncio.get_running_loop()

    def wait() -> None:
        try:
            _wait(name)
        except OSError as error:
            _log.error("the event %s that is to stop this hub cannot be waited for: %s", name, error)
            return
        try:
            loop.call_soon_threadsafe(on_stop, "the service is to stop")
        except RuntimeError:  # it has ended by itself meanwhile
            return

    threading.Thread(target=wait, name="stop event", daemon=True).start()


if sys.platform == "win32":
    from reception.hub.stop_event_windows import wait_for as _wait

else:

    def _wait(name: str) -> None:
        """Wait until somebody opens the FIFO for writing. Raises OSError."""
        with open(name, "rb"):
            return
