"""The process that reads calendars: ``python -m services.ics.worker``.

Reading many calendars is seconds of work for Python. In a thread it would take turns with the calls' loop,
some milliseconds each; in a process of its own it takes none. It gets work on its standard input and answers
on its standard output, each a length and MessagePack, until its input ends: also when the hub is killed.
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO, Final

import msgspec

from services.ics.reading import Document, Fault, Owner, Reading, Unreadable, read
from services.ics.series import Window
from services.ics.settings import zone_of

LENGTH: Final = 4
"""Octets of the length before each message, big end first."""
_NICE: Final = 10


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """Read these calendars of one person; `zone` is the organisation's, empty for the computer's own."""

    documents: tuple[Document, ...]
    owner: Owner
    zone: str
    window: Window


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in them, or why nothing can be said."""

    reading: Reading | None = None
    fault: Fault | None = None


def done(work: Work) -> Done:
    """Do it."""
    try:
        return Done(reading=read(work.documents, work.owner, zone_of(work.zone), work.window))
    except Unreadable as error:
        return Done(fault=error.fault)
    except Exception as error:  # noqa: BLE001 - the reason is below
        # Whatever a library stumbles over in one file must not silence the others. Its words may quote the
        # file, so its name must do.
        return Done(fault=Fault(file=work.documents[0].name, line=1, error=type(error).__name__))


def framed(message: Work | Done) -> bytes:
    """Return a message as it goes through a pipe."""
    content = msgspec.msgpack.encode(message)
    return len(content).to_bytes(LENGTH, "big") + content


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Do all work that comes, until no more can."""
    decoder = msgspec.msgpack.Decoder(Work)
    while len(length := source.read(LENGTH)) == LENGTH:
        content = source.read(int.from_bytes(length, "big"))
        target.write(framed(done(decoder.decode(content))))
        target.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)  # nobody listens any more
