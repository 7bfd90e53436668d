"""Reads and changes the tables of a package."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from installer.running import run

_AT_ONCE: Final = 200
_FIXED_INFO: Final = struct.pack("<II", 0xFEEF04BD, 0x00010000)
_TRANSLATION: Final = "VarFileInfo".encode("utf-16-le")


def table(msi: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table, none if there is no such table."""
    if name not in run("msiinfo", "tables", msi).split():
        return []
    rows = run("msiinfo", "export", msi, name).replace("\r", "").split("\n")
    columns = rows[0].split("\t")
    return [dict(zip(columns, row.split("\t"), strict=False)) for row in rows[3:] if row]


def properties(msi: Path) -> dict[str, str]:
    """Return the properties that a package sets."""
    return {row["Property"]: row["Value"] for row in table(msi, "Property")}


def execute(msi: Path, statements: Sequence[str]) -> None:
    """Carry out SQL in a package."""
    for at in range(0, len(statements), _AT_ONCE):
        words = [word for statement in statements[at : at + _AT_ONCE] for word in ("-q", statement)]
        run("msibuild", msi, *words)


def file_version(file: Path) -> tuple[str, int] | None:
    """Return version and language of a program or library of Windows, None when it has none.

    The installer compares these to decide which of two files stays. They stand in the file's VERSIONINFO
    (VS_FIXEDFILEINFO, and the first translation of VarFileInfo).
    """
    content = file.read_bytes()
    at = content.find(_FIXED_INFO) if content[:2] == b"MZ" else -1
    if at < 0:
        return None
    high, low = struct.unpack_from("<II", content, at + 8)
    version = f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}"
    if version == "0.0.0.0":
        return None
    return version, _language(content, at)


def _language(content: bytes, at: int) -> int:
    found = content.find(_TRANSLATION, at)
    name = "Translation\0".encode("utf-16-le")
    found = content.find(name, found, found + 512) if found >= 0 else -1
    if found < 0:
        return 0
    value = (found + len(name) + 3) & ~3
    return int(struct.unpack_from("<H", content, value)[0]) if value + 2 <= len(content) else 0


def short_name(name: str, used: set[str]) -> str | None:
    """Return a name of eight and three letters for a file or folder, None when it has one already.

    It depends on the name alone, so it is the same in the next version.
    """
    base, dot, extension = name.rpartition(".")
    if not dot:
        base, extension = name, ""
    is_short = re.fullmatch(r"[A-Za-z0-9_-]{1,8}", base) and re.fullmatch(r"[A-Za-z0-9_-]{0,3}", extension)
    if is_short and name.upper() not in used:
        used.add(name.upper())
        return None
    end = re.sub(r"[^A-Z0-9_]", "", extension.upper())[:3]
    for number in range(100):
        digest = hashlib.sha256(f"{name.lower()}/{number}".encode()).hexdigest()[:7].upper()
        short = f"S{digest}.{end}" if end else f"S{digest}"
        if short not in used:
            used.add(short)
            return short
    raise AssertionError("a hundred collisions")
