"""The console as processes: a second start speaks with the first, quit ends it in order, restart opens it
again.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from reception.console.asking import ask
from reception.console.instance import Instance, Word, instances
from reception.runtime import cache_dir, read_runtime, runtime_file
from tests.integration.program import Program, program, run, write_config
from tests.integration.program import console as told_console
from tests.lab.fixtures import eventually

pytestmark = pytest.mark.gui

_TELLING = """
import sys
import widgets.asked as asked
import widgets.living as living

class Telling(asked.Asked):
    def __init__(self, window, controller, options):
        window.search.field.textChanged.connect(lambda text: print("typed", text, flush=True))
        controller.asked.connect(lambda intent: print("asked", type(intent).__name__, flush=True))
        super().__init__(window, controller, options)
        print("open", flush=True)

    def come_to_front(self):
        super().come_to_front()
        print("front", flush=True)

living.Asked = Telling
from reception import cli
sys.exit(cli.main(sys.argv[1:]))
"""


def console(folder: Path, *arguments: str) -> AbstractAsyncContextManager[Program]:
    """Open a console that tells on its standard output what becomes of its window."""
    return told_console(folder, _TELLING, *arguments)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Path]:
    write_config(tmp_path, idle_exit_s=1.0)
    yield tmp_path
    done = await run(tmp_path, "quit", "--data", str(tmp_path))
    assert done.code == 0, done.err


async def word_left(folder: Path) -> Word:
    found: list[Word] = []

    async def is_there() -> bool:
        found[:] = [word for one in instances(folder) if (word := one.word()) is not None]
        return bool(found)

    await eventually(is_there, "a console that listens")
    return found[0]


async def test_a_second_start_brings_the_first_to_the_front_with_its_number(office: Path) -> None:
    data = ("--data", str(office))
    async with console(office, *data) as first:
        assert await first.line() == "open"
        second = await run(office, *data)
        assert (second.code, second.err) == (0, "")
        assert await first.line() == "front"
        third = await run(office, *data, "tel:+45%2070%2010-10;ext=2", "10;phone-context=+45")
        assert (third.code, third.err) == (0, "")
        assert [await first.line() for _ in range(2)] == ["front", "typed +45701010"]
        assert first.process.returncode is None
        ended = await run(office, "quit", *data)
        assert (ended.code, ended.err) == (0, "")
        assert await first.ended() == 0
        assert await first.line() == ""  # nothing was dialled, and nobody was asked


async def test_the_first_start_may_have_a_number_too(office: Path) -> None:
    async with console(office, "--data", str(office), "callto:70101010") as first:
        assert [await first.line() for _ in range(2)] == ["typed 70101010", "open"]


async def test_quit_ends_the_console_with_its_hub_and_keeps_what_was_typed(office: Path) -> None:
    data = ("--data", str(office))

    async def has_hub() -> bool:
        return read_runtime(runtime_file(office)) is not None

    async with console(office, *data) as first:
        assert await first.line() == "open"
        await eventually(has_hub, "its hub")
        await run(office, *data, "tel:4711")
        assert [await first.line() for _ in range(2)] == ["front", "typed 4711"]
        ended = await run(office, "quit", *data)
        assert (ended.code, ended.err) == (0, "")
        assert read_runtime(runtime_file(office)) is None
        assert instances(office) == []
        assert await first.ended() == 0
    async with console(office, *data) as again:
        assert [await again.line() for _ in range(2)] == ["typed 4711", "open"]


async def test_quit_for_restart_and_restart(office: Path) -> None:
    data = ("--data", str(office))
    async with program(office, *data) as first:
        word = await word_left(office)
        assert (await run(office, "quit", "--for-restart", *data)).code == 0
        assert await first.ended() == 0
    assert (await run(office, "restart", *data)).code == 0
    again = await word_left(office)
    assert again.pid != word.pid
    assert again.arguments == word.arguments == data
    assert (await run(office, "quit", *data)).code == 0
    assert (await run(office, "restart", *data)).code == 0  # the note is used once
    assert instances(office) == []


async def test_quit_ends_the_hub_of_a_console_that_crashed(office: Path) -> None:
    write_config(office, idle_exit_s=3600.0)

    async def has_hub() -> bool:
        return read_runtime(runtime_file(office)) is not None

    async with program(office, "--data", str(office)) as first:
        await eventually(has_hub, "its hub")
        first.process.kill()
        await first.ended()
    assert (await run(office, "quit", "--data", str(office))).code == 0
    assert not await has_hub()


async def test_quit_leaves_the_hub_of_a_team_alone(office: Path) -> None:
    async with program(office, "hub", "--data", str(office)) as hub:
        await hub.line()
        assert (await run(office, "quit", "--data", str(office))).code == 0
        assert hub.process.returncode is None


async def test_quit_says_what_does_not_end(office: Path) -> None:
    """One that holds the place and hears nothing, as if it hung."""
    place = Instance(cache_dir(office, "", "", ""))
    assert place.take()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        place.leave_word(Word(pid=os.getpid(), port=port, token="t"))
        late = await run(office, "quit", "--timeout", "0.1", "--data", str(office))
        assert late.code == 1
        assert str(place.folder) in late.err
    place.release()


async def test_a_stranger_is_not_heard(office: Path) -> None:
    async with console(office, "--data", str(office)) as first:
        assert await first.line() == "open"
        word = await word_left(office)
        stranger = Word(pid=word.pid, port=word.port, token="guessed")
        assert not await asyncio.to_thread(ask, stranger, "quit")
        assert not await asyncio.to_thread(ask, stranger, number="4711")
        with socket.create_connection(("127.0.0.1", word.port)) as line:
            line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert await asyncio.to_thread(ask, word, number="4712")
        assert [await first.line() for _ in range(2)] == ["front", "typed 4712"]
        file = cache_dir(office, "", "", "") / "instance.json"
        assert file.stat().st_mode & 0o077 == 0


async def test_one_that_dies_leaves_its_place_and_a_report(office: Path) -> None:
    data = ("--data", str(office))
    async with console(office, *data) as first:
        assert await first.line() == "open"
        first.process.send_signal(signal.SIGSEGV)
        await first.ended()
    async with console(office, *data) as second:
        assert await second.line() == "open"

        async def is_found() -> bool:
            return any((office / "crashes").glob("console-*.txt"))

        await eventually(is_found, "the report of the one that died")
        [report] = (office / "crashes").glob("console-*.txt")
        assert "Segmentation fault" in report.read_text(encoding="utf-8")


async def test_consoles_of_other_folders_are_others(
    office: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write_config(elsewhere)
    async with (
        console(office, "--data", str(office)) as one,
        console(elsewhere, "--data", str(elsewhere)) as two,
    ):
        assert await one.line() == await two.line() == "open"
        assert (await run(elsewhere, "quit", "--data", str(elsewhere))).code == 0
        assert await two.ended() == 0
        assert one.process.returncode is None


async def test_a_link_finds_the_console_of_another_receptionist(office: Path) -> None:
    async with console(office, "--attendant", "KLJ", "--data", str(office)) as first:
        assert await first.line() == "open"
        done = await run(office, "--data", str(office), "tel:4711")
        assert (done.code, done.err) == (0, "")
        assert [await first.line() for _ in range(2)] == ["front", "typed 4711"]
