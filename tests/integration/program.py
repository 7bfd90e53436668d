"""The real program as a process: its environment, its configuration, and waiting for what it says."""

from __future__ import annotations

import asyncio
import os
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from reception.hub.backends import installed
from reception.runtime import RuntimeInfo, read_runtime, runtime_file

ROOT = Path(__file__).parents[2]

CONFIG = """
[hub]
idle_exit_s = {idle_exit_s}
[switch]
backend = "simulator"
[switch.simulator]
numbers = ["201", "202"]
attendant_numbers = ["100"]
[[groups]]
id = "main"
name = "Main"
number = "7000"
[[attendants]]
id = "KLJ"
name = "Karin"
number = "100"
groups = ["main"]
"""


def write_config(folder: Path, *, idle_exit_s: float = 60.0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "reception.toml"
    file.write_text(CONFIG.format(idle_exit_s=idle_exit_s), encoding="utf-8")
    return file


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which ``python -m reception`` runs from the checkout.

    Where the project is not installed, its entry points are taken from pyproject.toml.
    """
    paths = [str(ROOT)]
    if not installed("switch"):
        paths.append(str(_entry_points(folder)))
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONWARNINGS": "default"}


def _entry_points(folder: Path) -> Path:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = ["[reception.backends]"]
    lines += [f"{k} = {v}" for k, v in project["entry-points"]["reception.backends"].items()]
    info = folder / "site" / "reception_checkout-0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: reception-checkout\nVersion: 0\n")
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return info.parent


class Program:
    """A running ``reception …``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def line(self, timeout_s: float = 30.0) -> str:
        assert self.process.stdout is not None
        async with asyncio.timeout(timeout_s):
            return (await self.process.stdout.readline()).decode().strip()

    async def ended(self, timeout_s: float = 15.0) -> int:
        async with asyncio.timeout(timeout_s):
            return await self.process.wait()


@asynccontextmanager
async def program(folder: Path, *arguments: str) -> AsyncIterator[Program]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "reception",
        *arguments,
        env=environment(folder),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def console(folder: Path, text: str, *arguments: str) -> AsyncIterator[Program]:
    """Run a console by a program of the test's, which tells what it is to see."""
    folder.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        text,
        *arguments,
        env=environment(folder),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


class Finished(msgspec.Struct):
    code: int
    out: str
    err: str


async def run(folder: Path, *arguments: str) -> Finished:
    """Run the program to its end."""
    async with program(folder, *arguments) as one, asyncio.timeout(30.0):
        out, err = await one.process.communicate()
        assert one.process.returncode is not None
        return Finished(one.process.returncode, out.decode(), err.decode())


def word_of(data_dir: Path) -> RuntimeInfo:
    info = read_runtime(runtime_file(data_dir))
    assert info is not None
    return info
