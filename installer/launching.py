"""Builds the start programs: a little C that loads CPython, with icon, version and manifest."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer.products import COMPANY, HERE, Product, Program
from installer.running import run
from installer.signing import sign

SOURCES = HERE / "launcher"
_PARTS = ("launcher.c", "everyone.c", "leftovers.c", "service.c")
_LIBRARIES = ("-lshell32", "-ladvapi32", "-lwtsapi32", "-luserenv")


def build_program(
    program: Program, product: Product, version: str, runtime_tag: str, target: Path, work: Path
) -> None:
    """Compile one start program, and sign it if somebody said how."""
    resources = work / f"{program.name}.rc"
    resources.write_text(_resources(program, product, version), encoding="utf-8")
    compiled = work / f"{program.name}.res.o"
    run(_tool("windres"), "-c", "65001", "-i", resources, "-o", compiled, cwd=SOURCES)
    defines = [f'-DPYTHON_DLL=L"{runtime_tag}.dll"', f'-DPROGRAM_TITLE=L"{product.title}"']
    defines += ["-DSERVICE"] if program.is_service else []
    run(
        *(_tool("gcc"), "-municode", "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-static"),
        *(() if program.is_console else ("-mwindows",)),
        "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va",
        *defines,
        *(str(SOURCES / name) for name in _PARTS),
        *(compiled, "-o", target, *_LIBRARIES),
    )
    sign(target)


def _resources(program: Program, product: Product, version: str) -> str:
    text = (SOURCES / "launcher.rc.in").read_text(encoding="utf-8")
    numbers = [*version.split("."), "0"]
    for name, value in {
        "COMMAS": ",".join(numbers),
        "DOTS": ".".join(numbers),
        "COMPANY": COMPANY,
        "DESCRIPTION": program.description,
        "NAME": program.name,
        "PRODUCT": product.title,
    }.items():
        text = text.replace(f"@{name}@", value)
    return text


def _tool(name: str) -> str:
    """Return the compiler for Windows; where it is the only one it has the short name."""
    return shutil.which(f"x86_64-w64-mingw32-{name}") or name
