"""Puts packages that are nothing but modules into one zip.

A package with libraries of its own cannot be read from a zip, nor one that looks for files beside it. In the
zip nothing is compressed: the package that all of this goes into is.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Final

NAME: Final = "packages.zip"
LOOSE: Final = frozenset(("certifi",))
"""Packages that look for files beside them, by path."""
_MODULES: Final = frozenset((".py", ".pyc"))
_FIRST_TIME: Final = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path) -> None:
    """Move what can be read from a zip into one, in a folder of packages."""
    going = [path for path in sorted(folder.iterdir()) if _is_packed(path)]
    with zipfile.ZipFile(folder / NAME, "w", zipfile.ZIP_STORED) as archive:
        for top in going:
            files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
            for file in files:
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _FIRST_TIME)
                archive.writestr(entry, file.read_bytes())
    for top in going:
        if top.is_dir():
            shutil.rmtree(top)
        else:
            top.unlink()


def _is_packed(path: Path) -> bool:
    if path.name in LOOSE:
        return False
    if path.is_file():
        return path.suffix in _MODULES
    if path.suffix == ".dist-info" or path.name == "tzdata":
        return True
    return all(file.suffix in _MODULES for file in path.rglob("*") if file.is_file())
