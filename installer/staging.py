"""Lays out the files of a package as they will be installed.

    Reception.exe           starts the program
    LICENSES.txt            the licences of all that is in here
    runtime/                CPython, as python.org gives it, without its own start programs
    lib/                    the packages, compiled
    lib/packages.zip        those of them that are nothing but modules: one file instead of a thousand

What comes from elsewhere is laid out once for each lock and kept.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from installer import kept
from installer.fetch import fetch_runtime, fetch_wheels
from installer.launching import build_program
from installer.licences import licence_texts
from installer.packing import pack
from installer.products import CACHE, EPOCH, HERE, TOP, Product
from installer.running import run

RUNTIME_TAG: Final = "python311"
IS_COMPILED: Final = f"python{sys.version_info[0]}{sys.version_info[1]}" == RUNTIME_TAG
"""Whether this Python makes byte code that the one of the package reads; else sources are installed."""


def stage(product: Product, version: str, folder: Path) -> Path:
    """Lay a package out below `folder`; returns where its files are."""
    folder = folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    files = folder / "files"
    files.mkdir(parents=True)
    wheels = wheels_of(product)
    shutil.copytree(_laid_out(product, wheels), files, dirs_exist_ok=True)
    own = folder / "own"
    _copy_own(product, version, own)
    _compile(own)
    shutil.copytree(own, files / "lib", dirs_exist_ok=True)
    shutil.rmtree(own)
    (files / "LICENSES.txt").write_text(licence_texts(wheels), encoding="utf-8", newline="\r\n")
    for program in product.programs:
        build_program(program, product, version, RUNTIME_TAG, files / f"{program.name}.exe", folder)
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (EPOCH, EPOCH))
    return files


def wheels_of(product: Product) -> list[Path]:
    """Return the wheels that are in a package."""
    return [wheel for wheel in fetch_wheels() if distribution(wheel) not in product.without]


def distribution(wheel: Path) -> str:
    """Return the name of what a wheel holds, as the locks write it."""
    return wheel.name.split("-")[0].replace("_", "-").lower()


def _laid_out(product: Product, wheels: Iterable[Path]) -> Path:
    """Return a folder with what comes from elsewhere, made once."""
    runtime = fetch_runtime()
    key = hashlib.sha256(sys.version.encode())
    for part in (HERE / "kept.py", HERE / "compiling.py", HERE / "packing.py", HERE / "staging.py", runtime):
        key.update(part.read_bytes())
    key.update("\n".join(wheel.name for wheel in wheels).encode())
    folder = CACHE / f"laid-{product.key}-{key.hexdigest()[:16]}"
    if not folder.exists():
        for old in CACHE.glob(f"laid-{product.key}-*"):
            shutil.rmtree(old)
        aside = folder.with_suffix(".part")
        (aside / "lib").mkdir(parents=True)
        _unpack_runtime(runtime, aside / "runtime")
        for wheel in wheels:
            _unpack(wheel, aside / "lib")
        _compile(aside / "lib", "terse")
        pack(aside / "lib")
        aside.rename(folder)
    return folder


def _unpack_runtime(runtime: Path, target: Path) -> None:
    target.mkdir()
    with zipfile.ZipFile(runtime) as archive:
        for item in archive.infolist():
            name = Path(item.filename).name
            if not item.is_dir() and name not in kept.RUNTIME_DROPPED:
                (target / name).write_bytes(archive.read(item))
    trim_library(target / f"{RUNTIME_TAG}.zip")
    # Beside the library, this names all that is ever searched: no environment, no registry.
    lines = f"{RUNTIME_TAG}.zip\n.\n..\\lib\n..\\lib\\packages.zip\n"
    (target / f"{RUNTIME_TAG}._pth").write_text(lines, encoding="utf-8", newline="\n")


def trim_library(library: Path) -> None:
    """Take out of the standard library what nobody at a reception needs; what stays is as it was."""
    content = library.read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(library, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as trimmed,
    ):
        for item in archive.infolist():
            if item.filename.split("/")[0] not in kept.LIBRARY_DROPPED:
                entry = zipfile.ZipInfo(item.filename, item.date_time)
                entry.compress_type = zipfile.ZIP_DEFLATED
                trimmed.writestr(entry, archive.read(item))


def _unpack(wheel: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for item in archive.infolist():
            name = item.filename
            if item.is_dir() or not kept.is_kept(name) or "/licenses/" in name:
                continue
            content = archive.read(item)
            if name.endswith(".dist-info/METADATA"):
                content = content.partition(b"\n\n")[0] + b"\n"  # a README follows
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _copy_own(product: Product, version: str, target: Path) -> None:
    """Copy our packages, and tell Python of them and of their entry points."""
    for package in product.packages:
        for path in sorted((TOP / package).rglob("*")):
            name = path.relative_to(TOP).as_posix()
            if path.is_file() and kept.is_own_kept(name):
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / name)
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = target / f"reception-{version}.dist-info"
    about.mkdir()
    head = f"Metadata-Version: 2.1\nName: reception\nVersion: {version}\n"
    (about / "METADATA").write_text(head, encoding="utf-8", newline="\n")
    lines = []
    for group, entries in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {where}" for name, where in entries.items()), ""]
    (about / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    _set_version(target / "reception" / "__init__.py", version)


def _set_version(module: Path, version: str) -> None:
    """Have the program say the version of its package."""
    text = module.read_text(encoding="utf-8")
    before, found, _ = text.partition("__version__ = ")
    assert found, f"{module} has no version"
    module.write_text(f'{before}{found}"{version}"\n', encoding="utf-8", newline="\n")


def _compile(folder: Path, *how: str) -> None:
    if IS_COMPILED:
        run(sys.executable, "-m", "installer.compiling", folder, *how, cwd=TOP)
