"""Writes the cabinet of a package ([MS-CAB]), smaller than wixl's.

Compression is MSZIP: each block of 32 KiB is deflated with the block before it as its dictionary. wixl starts
anew with each block, which costs a twentieth.
"""

from __future__ import annotations

import itertools
import operator
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from pathlib import Path
from typing import Final

_BLOCK: Final = 0x8000
_MSZIP: Final = 1
_ARCHIVE: Final = 0x20
_FIRST_DAY: Final = 0x0021
"""1 January 1980, as MS-DOS writes it."""
_MOST_BLOCKS: Final = 0xFFFF


def write_cabinet(files: Sequence[tuple[str, Path]], target: Path, *, level: int = 9) -> None:
    """Write files, each under its name in the cabinet, in this order."""
    contents = [path.read_bytes() for _, path in files]
    blocks = list(_compressed(b"".join(contents), level))
    assert len(blocks) <= _MOST_BLOCKS, "more than one folder is needed"
    entries = _entries((name for name, _ in files), contents)
    first_entry = 36 + 8
    first_block = first_entry + len(entries)
    size = first_block + sum(len(block) for block in blocks)
    header = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, size, 0, first_entry, 0, 3, 1, 1, len(files), 0, 0, 0)
    folder = struct.pack("<IHH", first_block, len(blocks), _MSZIP)
    with target.open("wb") as out:
        out.writelines((header, folder, entries, *blocks))


def _entries(names: Iterable[str], contents: Iterable[bytes]) -> bytes:
    parts = []
    at = 0
    for name, content in zip(names, contents, strict=True):
        parts.append(struct.pack("<IIHHHH", len(content), at, 0, _FIRST_DAY, 0, _ARCHIVE))
        parts.append(name.encode("ascii") + b"\0")
        at += len(content)
    return b"".join(parts)


def _compressed(content: bytes, level: int) -> Iterable[bytes]:
    starts = range(0, len(content), _BLOCK)
    with ThreadPoolExecutor() as pool:  # zlib lets others run meanwhile
        windows = (content[max(0, at - _BLOCK) : at + _BLOCK] for at in starts)
        has_before = (at > 0 for at in starts)
        yield from pool.map(_block, windows, has_before, itertools.repeat(level))


def _block(content: bytes, has_before: bool, level: int) -> bytes:
    """Return a block with its header; `content` begins with the block before, if there is one."""
    before, own = (content[:_BLOCK], content[_BLOCK:]) if has_before else (b"", content)
    how = (level, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY)
    deflate = zlib.compressobj(*how, before) if before else zlib.compressobj(*how)
    data = b"CK" + deflate.compress(own) + deflate.flush()
    sizes = struct.pack("<HH", len(data), len(own))
    return struct.pack("<I", checksum(sizes, checksum(data))) + sizes + data


def checksum(data: bytes, seed: int = 0) -> int:
    """Return the exclusive or of all words; the last bytes that make none count in reverse order."""
    whole = len(data) & ~3
    words = array("I", data[:whole])
    value = reduce(operator.xor, words, seed)
    return value ^ int.from_bytes(data[whole:], "big")
