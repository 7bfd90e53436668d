"""A hub whose unexpected errors are written into a report of its data folder (`reception.crashes`)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reception.crashes import CrashReport
from reception.errors import BadInput, ServiceError
from reception.hub.config_shape import Config
from reception.hub.process import AlreadyRunning, run_hub
from reception.runtime import RuntimeInfo


async def run_reported(
    config: Config, data_dir: Path, *, is_child: bool, announce: Callable[[RuntimeInfo], None]
) -> bool:
    """Run a hub as `run_hub` does, whose answer this returns. Raises what that raises."""
    report = CrashReport(data_dir, "hub")

    def on_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        report.note(context.get("exception"), "task")
        loop.default_exception_handler(context)

    report.begin()
    asyncio.get_running_loop().set_exception_handler(on_error)
    try:
        return await run_hub(config, data_dir, is_child=is_child, announce=announce)
    except (AlreadyRunning, BadInput, ServiceError):
        raise
    except Exception as error:
        report.note(error, "hub")
        raise
    finally:
        report.end()
