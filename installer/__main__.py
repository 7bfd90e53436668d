"""``python -m installer``: builds the packages for Windows, with all that goes with them, into a folder.

    Reception-VERSION-x64.msi          the console
    ReceptionHub-VERSION-x64.msi       the hub
    *.cdx.json                         what is in each (CycloneDX)
    THIRD-PARTY-LICENSES.txt           under which licences
    admx/                              templates for group policies
    winget/                            manifests for winget
    SHA256SUMS                         the hashes of all of it

The same source gives the same bytes, until it is signed (`installer.signing`).
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import reception
from installer.bill import bill_of
from installer.building import Built, build
from installer.fetch import fetch_wheels
from installer.licences import licence_texts
from installer.products import CACHE, HERE, PRODUCTS, TOP, Product
from installer.running import BuildError
from installer.sizes import keep, report
from installer.staging import wheels_of
from installer.winget import write_manifests


def main(argv: Sequence[str] | None = None) -> int:
    """Build; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m installer", description="Build the packages for Windows."
    )
    parser.add_argument("products", nargs="*", help=f"which: {', '.join(PRODUCTS)}; all without")
    parser.add_argument("--version", default=reception.__version__, help="three numbers")
    parser.add_argument("--out", type=Path, default=TOP / "dist")
    parser.add_argument("--keep-sizes", action="store_true", help="note the sizes as the last ones")
    given = parser.parse_args(argv)
    if unknown := set(given.products) - set(PRODUCTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    try:
        make(
            [PRODUCTS[key] for key in given.products or PRODUCTS], given.version, given.out, given.keep_sizes
        )
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def make(products: Sequence[Product], version: str, out: Path, is_kept: bool) -> None:
    """Build packages and what goes with them. Raises BuildError."""
    out.mkdir(parents=True, exist_ok=True)
    for product in products:
        built = build(product, version, out, work=CACHE / f"work-{product.key}")
        add_papers(product, version, built, out)
        sys.stdout.write(f"{report(product, built)}\n")
        if is_kept:
            keep(product, built)
    texts = licence_texts(fetch_wheels())
    (out / "THIRD-PARTY-LICENSES.txt").write_text(texts, encoding="utf-8", newline="\n")
    shutil.copytree(HERE / "admx", out / "admx", dirs_exist_ok=True)
    write_sums(out)


def add_papers(product: Product, version: str, built: Built, out: Path) -> None:
    """Write what goes with one package."""
    bill = out / f"{built.msi.stem}.cdx.json"
    bill.write_text(bill_of(product, version, wheels_of(product)), encoding="utf-8", newline="\n")
    write_manifests(product, version, built.msi, out / "winget")


def write_sums(out: Path) -> None:
    """Write the hashes of all files of a folder, as sha256sum checks them."""
    sums = out / "SHA256SUMS"
    files = sorted(path for path in out.rglob("*") if path.is_file() and path != sums)
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(out).as_posix()}"
        for file in files
    ]
    sums.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
