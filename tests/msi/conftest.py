"""The packages as they are built, and a Windows to put them on.

Two versions of each package are built from the same source: the one of the project, and the next. Where the
tools cannot be had the tests are skipped, visibly; with ``RECEPTION_REQUIRE_LAB=1`` they fail. What was seen
on the screen is kept in ``out/msi``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import reception
from installer.building import Built, build
from installer.products import CONSOLE, HUB, Product
from installer.signing import VARIABLE
from scripts.requirements import TOP
from tests.msi.wine import Wine

BUILDERS = (
    "wixl",
    "msibuild",
    "msiinfo",
    "x86_64-w64-mingw32-gcc",
    "x86_64-w64-mingw32-windres",
    "osslsigncode",
)
WINE = ("wine", "wineserver", "Xvfb", "xdotool")
OLD = reception.__version__
NEW = ".".join([*OLD.split(".")[:2], str(int(OLD.split(".")[2]) + 1)])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("lab")


def need(*programs: str) -> None:
    """Skip, or fail where nothing may be missing."""
    if missing := [name for name in programs if shutil.which(name) is None]:
        words = f"no {', '.join(missing)} here: scripts/system-packages windows installs it"
        if os.environ.get("RECEPTION_REQUIRE_LAB") == "1":
            pytest.fail(words)
        pytest.skip(words)


class Shelf:
    """Builds each package once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._built: dict[tuple[str, str], Built] = {}

    def built(self, product: Product, version: str) -> Built:
        """Return a package with its sizes."""
        key = (product.key, version)
        if key not in self._built:
            # Only the version that is measured is packed as small as it can be.
            level = 9 if version == OLD else 1
            work = self.folder / f"work-{product.key}-{version}"
            self._built[key] = build(product, version, self.folder / "dist", work=work, level=level)
        return self._built[key]

    def msi(self, product: Product, version: str) -> Path:
        """Return a package."""
        return self.built(product, version).msi


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    need(*BUILDERS)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(VARIABLE, raising=False)
        folder = tmp_path_factory.mktemp("packages")
        yield Shelf(folder)
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    need(*WINE, *BUILDERS)
    windows = Wine(tmp_path_factory.mktemp("windows"))
    yield windows
    windows.close()


@pytest.fixture(scope="session")
def console(shelf: Shelf) -> Path:
    return shelf.msi(CONSOLE, OLD)


@pytest.fixture(scope="session")
def next_console(shelf: Shelf) -> Path:
    return shelf.msi(CONSOLE, NEW)


@pytest.fixture(scope="session")
def hub(shelf: Shelf) -> Path:
    return shelf.msi(HUB, OLD)


@pytest.fixture(scope="session")
def next_hub(shelf: Shelf) -> Path:
    return shelf.msi(HUB, NEW)


@pytest.fixture
def pictures() -> Path:
    """Where what was on the screen is kept."""
    folder = TOP / "out" / "msi"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
