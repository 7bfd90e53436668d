"""Writes the manifests with which winget finds a package.

What only a release knows is given when it is made: the address of the packages (``WINGET_ADDRESS``, with
``{}`` for the file). The hash is that of the package as it is offered, signed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from installer.products import COMPANY, CONSOLE, HERE, Product

VARIABLE: Final = "WINGET_ADDRESS"
_UNKNOWN: Final = "https://releases.invalid/{}"
_DESCRIPTIONS: Final = {
    "console": "An attendant console: see at a glance who can take a call, and pass each caller on.",
    "hub": "Connects the attendant consoles of a team with the telephone system.",
}


def write_manifests(
    product: Product, version: str, msi: Path, out: Path, environ: Mapping[str, str] = os.environ
) -> list[Path]:
    """Write the three manifests of a package; returns them."""
    address = environ.get(VARIABLE) or _UNKNOWN
    values = {
        "IDENTIFIER": f"{COMPANY}.{product.file_name}",
        "VERSION": version,
        "TITLE": product.title,
        "PUBLISHER": COMPANY,
        "DESCRIPTION": _DESCRIPTIONS[product.key],
        "ADDRESS": address.replace("{}", msi.name),
        "SHA256": hashlib.sha256(msi.read_bytes()).hexdigest().upper(),
        "PRODUCT_CODE": product.product_code(version),
        "UPGRADE_CODE": str(product.upgrade_code).upper(),
        "PROTOCOLS": "\nProtocols:\n- tel\n- callto" if product is CONSOLE else "",
    }
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for template in sorted((HERE / "winget").glob("*.yaml.in")):
        text = template.read_text(encoding="utf-8")
        for name, value in values.items():
            text = text.replace(f"@{name}@", value)
        target = out / f"{values['IDENTIFIER']}{template.name.removesuffix('.in').removeprefix('version')}"
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(target)
    return written
