"""How large the packages are, beside what they were: a file in the project keeps the last sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from installer.building import Built
from installer.products import HERE, Product
from installer.running import BuildError

KEPT: Final = HERE / "sizes.json"


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """In bytes."""

    packed: int
    installed: int


def report(product: Product, built: Built, kept: Path = KEPT) -> str:
    """Return the sizes in words. Raises BuildError when a package is larger than it may be."""
    now = Sizes(packed=built.packed, installed=built.installed)
    was = _read(kept).get(product.key, now)
    text = (
        f"{built.msi.name}: {_megabytes(now.packed)} packed{_difference(now.packed, was.packed)}, "
        f"{_megabytes(now.installed)} installed{_difference(now.installed, was.installed)}, "
        f"{built.files} files"
    )
    if now.packed > product.most_packed or now.installed > product.most_installed:
        most = f"{_megabytes(product.most_packed)} and {_megabytes(product.most_installed)}"
        raise BuildError(f"{text}: more than the {most} it may have")
    return text


def keep(product: Product, built: Built, kept: Path = KEPT) -> None:
    """Note the sizes as the last ones."""
    sizes = _read(kept) | {product.key: Sizes(packed=built.packed, installed=built.installed)}
    kept.write_bytes(msgspec.json.format(msgspec.json.encode(sizes), indent=2) + b"\n")


def _read(kept: Path) -> dict[str, Sizes]:
    return msgspec.json.decode(kept.read_bytes(), type=dict[str, Sizes]) if kept.exists() else {}


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _difference(now: int, was: int) -> str:
    return f" ({(now - was) / 1000:+.0f} kB)" if now != was else ""
