"""Puts into a package what wixl leaves out, and takes out of it what changes from build to build.

File versions above all: without them Windows may keep an old library, or lose it, when it upgrades.
"""

from __future__ import annotations

import hashlib
import struct
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from installer.cabinet import write_cabinet
from installer.harvest import stable_id
from installer.lowering import Fixes
from installer.products import EPOCH, GUID_SPACE
from installer.running import BuildError, run
from installer.tables import execute, file_version, properties, short_name, table

_CABINET: Final = "cab1.cab"
_SUMMARY: Final = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""The format id of the summary, in front of its place in the file."""
_PACKAGE_CODE: Final = 9
_TIMES: Final = (11, 12, 13)
_TO_1601_S: Final = 11_644_473_600


def finish(msi: Path, files: Path, fixes: Sequence[Fixes], more: Iterable[str], level: int) -> None:
    """Make a package of wixl's whole; `more` is SQL of its own."""
    statements = [*more, *(statement for fix in fixes for statement in fix.sql)]
    statements += _attributes(msi, fixes)
    statements.append(_secure(msi, fixes))
    statements += _file_rows(msi, files)
    statements += _folder_rows(msi)
    statements += _shortcut_rows(msi)
    ordered = _in_order(msi, files)
    statements += [
        f"UPDATE `File` SET `Sequence`={number} WHERE `File`='{key}'"
        for number, (key, _) in enumerate(ordered, start=1)
    ]
    execute(msi, statements)
    cabinet = msi.with_suffix(".cab")
    write_cabinet(ordered, cabinet, level=level)
    run("msibuild", msi, "-a", _CABINET, cabinet)
    cabinet.unlink()
    settle(msi)


def _sources(msi: Path, files: Path) -> dict[str, Path]:
    """Return where each file of the package comes from, by its name in the tables."""
    known = {
        stable_id("f", path.relative_to(files).as_posix()): path
        for path in files.rglob("*")
        if path.is_file()
    }
    # A service is described, and named, in the product's own .wxs.
    return {row["File"]: known.get(row["File"]) or files / row["FileName"] for row in table(msi, "File")}


def _in_order(msi: Path, files: Path) -> list[tuple[str, Path]]:
    """Return the files as they stand in the cabinet: alike ones together, they share what repeats."""
    sources = _sources(msi, files)
    return sorted(sources.items(), key=lambda item: (item[1].suffix, item[1].as_posix()))


def _attributes(msi: Path, fixes: Iterable[Fixes]) -> list[str]:
    has = {row["Component"]: int(row["Attributes"]) for row in table(msi, "Component")}
    wanted = {name: bits for fix in fixes for name, bits in fix.attributes.items()}
    return [
        f"UPDATE `Component` SET `Attributes`={has[name] | bits} WHERE `Component`='{name}'"
        for name, bits in wanted.items()
    ]


def _secure(msi: Path, fixes: Iterable[Fixes]) -> str:
    given = properties(msi).get("SecureCustomProperties", "").split(";")
    names = {name for name in given if name} | {name for fix in fixes for name in fix.secure}
    value = ";".join(sorted(names))
    return f"UPDATE `Property` SET `Value`='{value}' WHERE `Property`='SecureCustomProperties'"


def _file_rows(msi: Path, files: Path) -> list[str]:
    """Versions and short names."""
    sources = _sources(msi, files)
    folders = {row["Component"]: row["Directory_"] for row in table(msi, "Component")}
    used: dict[str, set[str]] = {}
    statements = []
    for row in sorted(table(msi, "File"), key=lambda row: row["File"]):
        name, key = row["FileName"], row["File"]
        if short := short_name(name, used.setdefault(folders[row["Component_"]], set())):
            statements.append(f"UPDATE `File` SET `FileName`='{short}|{name}' WHERE `File`='{key}'")
        if found := file_version(sources[key]):
            statements += [
                f"UPDATE `File` SET `Version`='{found[0]}', `Language`='{found[1]}' WHERE `File`='{key}'",
                f"DELETE FROM `MsiFileHash` WHERE `File_`='{key}'",
            ]
    return statements


def _folder_rows(msi: Path) -> list[str]:
    used: dict[str, set[str]] = {}
    statements = []
    for row in sorted(table(msi, "Directory"), key=lambda row: row["Directory"]):
        name = row["DefaultDir"]
        if name in (".", "SourceDir"):
            continue
        if short := short_name(name, used.setdefault(row["Directory_Parent"], set())):
            key = row["Directory"]
            statements.append(
                f"UPDATE `Directory` SET `DefaultDir`='{short}|{name}' WHERE `Directory`='{key}'"
            )
    return statements


def _shortcut_rows(msi: Path) -> list[str]:
    return [
        f"UPDATE `Shortcut` SET `Name`='{short}|{row['Name']}' WHERE `Shortcut`='{row['Shortcut']}'"
        for row in table(msi, "Shortcut")
        if (short := short_name(row["Name"], set()))
    ]


def settle(msi: Path) -> None:
    """Give a package a code that follows from its content, and no time of day.

    The summary is a property set ([MS-OLEPS]): pairs of id and offset, here of one section.
    """
    content = bytearray(msi.read_bytes())
    if content.count(_SUMMARY) != 1:
        raise BuildError("the summary of the package was not found")
    at = content.index(_SUMMARY)
    section = at - 28 + struct.unpack_from("<I", content, at + 16)[0]
    count = struct.unpack_from("<I", content, section + 4)[0]
    places = {
        key: section + offset
        for key, offset in struct.iter_unpack("<II", content[section + 8 : section + 8 + 8 * count])
    }
    code_at = places[_PACKAGE_CODE] + 8
    content[code_at : code_at + 38] = bytes(38)
    for key in _TIMES:
        if key in places:
            struct.pack_into("<Q", content, places[key] + 4, (EPOCH + _TO_1601_S) * 10_000_000)
    digest = hashlib.sha256(content).hexdigest()
    code = f"{{{uuid.uuid5(GUID_SPACE, digest)}}}".upper()
    content[code_at : code_at + 38] = code.encode()
    msi.write_bytes(content)
    if code not in run("msiinfo", "suminfo", msi):
        raise BuildError("the summary of the package is not where it was looked for")
