"""The parts of the build for Windows that need no tools."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from installer.cabinet import checksum, write_cabinet
from installer.fetch import BUILD_TOOLS, windows_lock
from installer.tables import short_name
from scripts.requirements import TOP

CONSTRAINTS = (TOP / "constraints-run.txt").read_text(encoding="utf-8")


def test_no_marker_of_the_lock_excludes_windows() -> None:
    """They are all left out there, which is right only while each of them is true on Windows with CPython."""
    markers = set(re.findall(r"^[\w.-]+==\S+ *; *([^\\\n]+)", CONSTRAINTS, re.MULTILINE))
    true_there = {"sys_platform == 'win32'", "implementation_name != 'PyPy'"}
    assert {marker.strip() for marker in markers} <= true_there


def test_the_lock_for_windows_has_all_pins_but_those_of_build_tools() -> None:
    lock = windows_lock(CONSTRAINTS)
    pins = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    assert pins == set(re.findall(r"^([\w.-]+)==", CONSTRAINTS, re.MULTILINE)) - BUILD_TOOLS
    assert ";" not in lock
    assert lock.count("--hash=") > len(pins)


@given(st.lists(st.binary(max_size=70_000), min_size=1, max_size=4))
def test_a_cabinet_unpacks_to_what_went_in(contents: list[bytes]) -> None:
    """Read as [MS-CAB] says: blocks of 32 KiB, each with the one before as its dictionary."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for number, content in enumerate(contents):
            (folder / str(number)).write_bytes(content)
            files.append((f"f{number}", folder / str(number)))
        write_cabinet(files, folder / "cab", level=1)
        assert unpacked((folder / "cab").read_bytes()) == b"".join(contents)


def unpacked(cabinet: bytes) -> bytes:
    at, blocks, method = struct.unpack_from("<IHH", cabinet, 36)
    assert (cabinet[:4], method, struct.unpack_from("<I", cabinet, 8)[0]) == (b"MSCF", 1, len(cabinet))
    content = b""
    for _ in range(blocks):
        seal, packed, size = struct.unpack_from("<IHH", cabinet, at)
        data = cabinet[at + 8 : at + 8 + packed]
        assert seal == checksum(cabinet[at + 4 : at + 8], checksum(data))
        content += zlib.decompressobj(-15, zdict=content[-0x8000:]).decompress(data.removeprefix(b"CK"), size)
        at += 8 + packed
    return content


@given(st.lists(st.from_regex(r"[A-Za-z0-9_.+-]{1,20}", fullmatch=True), unique_by=str.upper))
def test_short_names_are_short_and_differ(names: list[str]) -> None:
    used: set[str] = set()
    short = [short_name(name, used) or name.upper() for name in names]
    assert len(set(short)) == len(names)
    assert all(re.fullmatch(r"[A-Z0-9_-]{1,8}(\.[A-Z0-9_-]{0,3})?", one) for one in short)
