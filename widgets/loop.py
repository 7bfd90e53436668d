"""Qt and asyncio on one loop: the only place that knows qasync.

See the notes on `asyncio.Runner` (3.11 has no `asyncio.run(loop_factory=)`): we own quitting, so the last
window's closing does not stop the loop under our own farewell.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtWidgets import QApplication

os.environ["QT_API"] = "pyside6"  # qasync would take PyQt6 where both are installed
import qasync  # type: ignore[import-untyped]  # it has no stubs

T = TypeVar("T")
OnError = Callable[[BaseException | None, str], None]

_tasks: set[asyncio.Task[Any]] = set()


def run(app: QApplication, main: Coroutine[Any, Any, T], on_error: OnError) -> T:
    """Run `main` to its end on the window's loop; errors nobody awaits go to `on_error`."""
    app.setQuitOnLastWindowClosed(False)

    def handle(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        on_error(context.get("exception"), str(context.get("message", "")))

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        runner.get_loop().set_exception_handler(handle)
        return runner.run(main)


def spawn(coro: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
    """Start a task that is kept until it ends and whose error is reported at once."""
    task = asyncio.get_running_loop().create_task(coro, name=name)
    _tasks.add(task)
    task.add_done_callback(_ended)
    return task


def _ended(task: asyncio.Task[Any]) -> None:
    _tasks.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        task.get_loop().call_exception_handler(
            {"message": f"task {task.get_name()} failed", "exception": error, "task": task}
        )
