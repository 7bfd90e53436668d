"""What is built: two packages from one source, and where everything of the build lies."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Final

import msgspec

HERE: Final = Path(__file__).resolve().parent
TOP: Final = HERE.parent
CACHE: Final = TOP / ".cache" / "package"
"""What was fetched and what can be made again from it."""
COMPANY: Final = "Reception"
EPOCH: Final = int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))
"""The time that all files have, in seconds: the same source gives the same bytes."""
GUID_SPACE: Final = uuid.UUID("0f6f2b60-5c7e-4d0b-9f5d-6d3f8f3c2a11")


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A start program: one source in C, and what it is told when it is compiled.

    `is_console`: it speaks in the window of a command line. `is_service`: it can be a service of Windows.
    """

    name: str
    description: str
    is_console: bool = False
    is_service: bool = False


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One MSI. `upgrade_code` never changes: it is how an installation is found again.

    `without` names distributions that are left out, `packages` are our own.
    """

    key: str
    title: str
    file_name: str
    upgrade_code: uuid.UUID
    programs: tuple[Program, ...]
    packages: tuple[str, ...]
    without: frozenset[str] = frozenset()
    most_packed: int
    most_installed: int

    def msi_name(self, version: str) -> str:
        """Return the name of the package."""
        return f"{self.file_name}-{version}-x64.msi"

    def product_code(self, version: str) -> str:
        """Return the product code, which is another one for each version."""
        return str(uuid.uuid5(self.upgrade_code, version)).upper()


CONSOLE: Final = Product(
    key="console",
    title="Reception",
    file_name="Reception",
    upgrade_code=uuid.UUID("b0a3a0b1-8d1c-4c6e-a6d3-70a5b4e1c501"),
    programs=(
        Program(name="Reception", description="Reception"),
        Program(name="reception-cli", description="Reception on the command line", is_console=True),
    ),
    packages=("reception", "services", "widgets", "resources"),
    most_packed=45_000_000,
    most_installed=110_000_000,
)
HUB: Final = Product(
    key="hub",
    title="Reception Hub",
    file_name="ReceptionHub",
    upgrade_code=uuid.UUID("c2f4d3c9-0a55-4a39-8f0e-5f2f8b9a7d02"),
    programs=(Program(name="ReceptionHub", description="Reception Hub", is_console=True, is_service=True),),
    packages=("reception", "services", "resources"),
    without=frozenset(("pyside6-essentials", "shiboken6", "qasync")),
    most_packed=30_000_000,
    most_installed=75_000_000,
)
PRODUCTS: Final = {one.key: one for one in (CONSOLE, HUB)}
