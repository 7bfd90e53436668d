"""The process that reads calendars: the same answers as here, ended with its hub, replaced when it dies."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from services.ics import process as calendars
from services.ics import worker
from services.ics.process import ReadingProcess
from services.ics.reading import Document, Owner, Unreadable, read, window_at
from services.ics.worker import LENGTH, Done, Work, done, framed, serve

DATA = Path(__file__).parents[1] / "data" / "ics"
ZONE = ZoneInfo("Europe/Copenhagen")
WINDOW = window_at(datetime(2026, 10, 19, 8, 0, tzinfo=ZONE).timestamp(), ZONE, 30)
ANNA = Owner(seed="anna", emails=frozenset({"anna@firma.example"}))
GOOGLE = Document("google.ics", (DATA / "google.ics").read_bytes())
HERE = read([GOOGLE], ANNA, ZONE, WINDOW)


def work(*documents: Document) -> Work:
    return Work(documents=documents, owner=ANNA, zone="Europe/Copenhagen", window=WINDOW)


def test_answers_go_through_the_pipe_as_they_are() -> None:
    questions = [work(GOOGLE), work(Document("half.ics", GOOGLE.content[:200])), work(GOOGLE)]
    target = io.BytesIO()
    serve(io.BytesIO(b"".join(map(framed, questions)) + b"\x00"), target)
    answers, rest = [], target.getvalue()
    while rest:
        end = LENGTH + int.from_bytes(rest[:LENGTH], "big")
        answers.append(msgspec.msgpack.decode(rest[LENGTH:end], type=Done))
        rest = rest[end:]
    assert [a.reading for a in answers] == [HERE, None, HERE]
    fault = answers[1].fault
    assert fault is not None
    assert fault.file == "half.ics"


def test_a_bug_in_a_library_is_told_by_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbling(*_: Any) -> Any:
        raise RecursionError("Hemmelig")

    monkeypatch.setattr(worker, "read", stumbling)
    fault = done(work(GOOGLE)).fault
    assert fault is not None
    assert fault.error == "RecursionError"


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    process = ReadingProcess("Europe/Copenhagen")
    yield process
    process.close()
    process.close()


def pid_of(process: ReadingProcess) -> int:
    assert process._process is not None
    return process._process.pid


def told_when_asked(process: ReadingProcess) -> threading.Event:
    asked = threading.Event()
    assert process._process is not None
    pipe: Any = process._process.stdin
    flush = pipe.flush

    def flushed() -> None:
        flush()
        asked.set()

    pipe.flush = flushed
    return asked


def test_it_starts_again_when_it_was_killed(process: ReadingProcess) -> None:
    assert process.read([GOOGLE], ANNA, WINDOW) == process.read([GOOGLE], ANNA, WINDOW) == HERE
    first = pid_of(process)
    os.kill(first, signal.SIGTERM)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert process.read([GOOGLE], ANNA, WINDOW) == HERE
    assert pid_of(process) != first


def test_killed_in_the_middle_it_says_so_and_the_next_is_read(process: ReadingProcess) -> None:
    process.read([GOOGLE], ANNA, WINDOW)
    asked = told_when_asked(process)
    os.kill(pid_of(process), signal.SIGSTOP)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(process.read, [GOOGLE], ANNA, WINDOW)
        assert asked.wait(10)  # killed before, it would only be replaced
        os.kill(pid_of(process), signal.SIGKILL)
        with pytest.raises(Unreadable):
            waiting.result()
    assert process.read([GOOGLE], ANNA, WINDOW) == HERE


def test_who_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "COMMAND", (sys.executable, "-c", "import sys; sys.stdin.buffer.read()"))
    process = ReadingProcess("Europe/Copenhagen", patience_s=0.2)
    with pytest.raises(Unreadable, match="takes too long"):
        process.read([GOOGLE], ANNA, WINDOW)
    assert process._process is None


def test_halted_it_gives_up_what_waits_and_does_not_start_again(process: ReadingProcess) -> None:
    process.read([GOOGLE], ANNA, WINDOW)
    os.kill(pid_of(process), signal.SIGSTOP)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(process.read, [GOOGLE], ANNA, WINDOW)
        process.halt()
        with pytest.raises(Unreadable):
            waiting.result()
    with pytest.raises(Unreadable):
        process.read([GOOGLE], ANNA, WINDOW)


def test_it_ends_with_its_hub(process: ReadingProcess) -> None:
    """However the hub ends, its end of the pipe is closed then."""
    process.read([GOOGLE], ANNA, WINDOW)
    assert process._process is not None
    assert process._process.stdin is not None
    process._process.stdin.close()
    assert process._process.wait(10) == 0
