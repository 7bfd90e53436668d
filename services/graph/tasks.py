"""Tasks that run as long as their backend does."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


def begin(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    """Run something in the background; a bug that ends it is told to the loop, since nobody awaits it."""
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_report)
    return task


async def end(*tasks: asyncio.Task[None]) -> None:
    """Stop tasks and wait until they have."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        asyncio.get_running_loop().call_exception_handler(
            {"message": f"{task.get_name()}: the backend has ended", "exception": error, "task": task}
        )
