"""Builds one package: lays it out, describes it, has wixl make it, and makes it whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import msgspec

from installer.finishing import finish
from installer.harvest import harvest
from installer.launching import SOURCES
from installer.lowering import lower
from installer.products import EPOCH, HERE, Product
from installer.protection import statements_for
from installer.running import BuildError
from installer.signing import sign
from installer.staging import stage

_VERSION: Final = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,5}")
"""Windows Installer compares three numbers, of these lengths."""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A finished package: how large it is, and how much it installs, in bytes."""

    msi: Path
    packed: int
    installed: int
    files: int


def build(product: Product, version: str, out: Path, *, work: Path, level: int = 9) -> Built:
    """Build a package into `out`, with `work` for what is in between. Raises BuildError.

    `level` is how hard it is packed, from 1 to 9.
    """
    if not _VERSION.fullmatch(version):
        raise BuildError(f"{version}: the version of a package has three numbers")
    out.mkdir(parents=True, exist_ok=True)
    files = stage(product, version, work)
    shutil.copyfile(SOURCES / "reception.ico", work / "reception.ico")
    os.utime(work / "reception.ico", (EPOCH, EPOCH))
    harvest(product, files, work / "files.wxs")
    fixes = [
        lower(HERE / f"{product.key}.wxs", work / "main.low.wxs"),
        lower(work / "files.wxs", work / "files.low.wxs"),
    ]
    msi = out / product.msi_name(version)
    msi.unlink(missing_ok=True)
    _compile(product, version, msi.absolute(), work)
    finish(msi, files, fixes, statements_for(product), level)
    sign(msi)
    sizes = [path.stat().st_size for path in files.rglob("*") if path.is_file()]
    return Built(msi=msi, packed=msi.stat().st_size, installed=sum(sizes), files=len(sizes))


def _compile(product: Product, version: str, msi: Path, work: Path) -> None:
    """Run wixl. It takes relative paths only, and warns of what it leaves out: that is an error here."""
    variables = {
        "Version": version,
        "ProductCode": product.product_code(version),
        "UpgradeCode": str(product.upgrade_code).upper(),
        "Stage": ".",
    }
    words = [word for name, value in variables.items() for word in ("-D", f"{name}={value}")]
    command = ["wixl", "-a", "x64", "-o", str(msi), *words, "main.low.wxs", "files.low.wxs"]
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BuildError("wixl is missing; scripts/system-packages package installs it.") from error
    if done.returncode != 0 or done.stderr.strip():
        raise BuildError(f"wixl: {done.stdout}{done.stderr}")
