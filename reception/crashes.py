"""Reports of crashes, written on this computer and sent to nobody.

A process opens a report when it begins: a head with version and time, then whatever goes wrong in it. Where
the interpreter itself dies, `faulthandler` writes the stacks there. Reports hold where it happened (our own
lines) and the kinds of the errors, never their texts: those may hold callers' numbers or what a meeting is
about. A report that stays empty goes when its process ends; what a process left that died is found at the
next start (`found_in`).
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, TextIO

import reception

_log = logging.getLogger(__name__)

KEPT: Final = 10
"""Reports that stay; older ones are taken away."""
_LONGEST: Final = 200_000
"""Bytes of a report; what comes after that adds nothing."""
_HEAD_ENDS: Final = "-" * 40 + "\n"
_OPEN, _FOUND = ".open", ".txt"


def folder_of(data_dir: Path) -> Path:
    """Return where the reports of a data folder are."""
    return data_dir / "crashes"


class CrashReport:
    """The report of this process. Harmless where it cannot be written: the program goes on without."""

    def __init__(self, data_dir: Path, program: str) -> None:
        self.file = folder_of(data_dir) / f"{program}-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}{_OPEN}"
        self._program = program
        self._out: TextIO | None = None
        self._has_any = False
        self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook

    def begin(self) -> None:
        """Open it, and take whatever nobody else catches."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            _log.warning("no report of crashes can be written: %s", error)
            return
        self._out = os.fdopen(handle, "w", encoding="utf-8", newline="\n")
        self._write(_head(self._program))
        faulthandler.enable(self._out)
        self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook, threading.excepthook = self._on_exception, self._on_thread
        sys.unraisablehook = self._on_unraisable

    def end(self) -> None:
        """Close it; one without errors is taken away.

        What `faulthandler` alone has written is no crash of a process that ends in order: on Windows it also
        writes what others catch.
        """
        if self._out is None:
            return
        faulthandler.disable()
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        self._out.close()
        self._out = None
        if not self._has_any:
            self.file.unlink(missing_ok=True)

    def note(self, error: BaseException | None, where: str = "") -> None:
        """Write an error down: when, where and of what kind."""
        if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
            self._has_any = True
            self._write(f"{_now()} {where}\n{described(error)}\n")

    def _write(self, text: str) -> None:
        if self._out is None:
            return
        try:
            if self._out.tell() < _LONGEST:
                self._out.write(text)
                self._out.flush()
        except OSError:  # a full disk: there is nowhere to say it
            return

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.note(error, "uncaught")
        self._hooks[0](kind, error, trace)

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        self.note(args.exc_value, f"thread {args.thread.name if args.thread else ''}")
        self._hooks[1](args)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        self.note(args.exc_value, "unraisable")
        self._hooks[2](args)


def described(error: BaseException) -> str:
    """Return kinds and places of an error and of what it came from, without any text of theirs."""
    import traceback

    lines: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines += [line.rstrip("\n") for line in traceback.format_tb(one.__traceback__)]
        number = f" {one.errno}" if isinstance(one, OSError) and one.errno is not None else ""
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}{number}")
        if isinstance(one, BaseExceptionGroup):
            lines += [f"with:\n{described(part)}" for part in one.exceptions]
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        lines += ["from:"] if one is not None else []
    return "\n".join(lines) + "\n"


def found_in(data_dir: Path, is_alive: Callable[[int], bool]) -> list[Path]:
    """Return the reports of processes that have ended, each once, and take away old ones.

    `is_alive` tells whether a process runs, by its id. Raises nothing: what cannot be read is left.
    """
    found = []
    try:
        for file in sorted(folder_of(data_dir).glob(f"*{_OPEN}")):
            if (pid := _process_of(file)) and is_alive(pid):
                continue
            if _says_something(file):
                found.append(file.replace(file.with_suffix(_FOUND)))
            else:
                file.unlink()
        for old in sorted(folder_of(data_dir).glob(f"*{_FOUND}"), key=lambda f: f.stat().st_mtime)[:-KEPT]:
            old.unlink()
    except OSError as error:
        _log.info("reports of crashes cannot be looked at: %s", error)
    return [file for file in found if file.exists()]


def _says_something(file: Path) -> bool:
    return bool(file.read_text(encoding="utf-8", errors="replace").partition(_HEAD_ENDS)[2].strip())


def _process_of(file: Path) -> int:
    number = file.stem.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _head(program: str) -> str:
    python = sys.version.split()[0]
    system = f"{sys.platform} {'.'.join(map(str, _system_version()))}".strip()
    return (
        f"Reception {reception.__version__} {program}\nPython {python}, {system}\nstarted {_now()}, process "
        f"{os.getpid()}\n{_HEAD_ENDS}"
    )


def _system_version() -> tuple[object, ...]:
    if sys.platform == "win32":
        return tuple(sys.getwindowsversion()[:3])
    return (os.uname().release,)


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
