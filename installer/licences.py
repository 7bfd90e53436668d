"""The licences of what is in a package, in one text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Final

from installer.fetch import fetch_runtime
from installer.products import TOP

_RULE: Final = "=" * 78
_WORDS: Final = ("licen", "copying", "notice", "authors")


def metadata_of(wheel: Path) -> Message:
    """Return what a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode("utf-8"))


def licence_name(about: Message) -> str:
    """Return the licence in a few words."""
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [str(one) for one in about.get_all("Classifier", [])]
    named = [one.rsplit(" :: ", 1)[-1] for one in classifiers if one.startswith("License ::")]
    named = [one for one in named if one != "OSI Approved"]
    if named:
        return " OR ".join(named)
    return str(about.get("License", "")).strip().split("\n")[0]


def licence_texts(wheels: Iterable[Path]) -> str:
    """Return our own licence, CPython's, and those of the packages."""
    parts = [("Reception", (TOP / "LICENSE").read_text(encoding="utf-8")), ("CPython", _of_runtime())]
    for wheel in wheels:
        about = metadata_of(wheel)
        title = f"{about['Name']} {about['Version']}: {licence_name(about)}"
        parts.append((title, "\n".join(_texts(wheel)) or f"{about.get('Home-page') or ''}\n"))
    return "".join(f"{_RULE}\n{title}\n{_RULE}\n\n{_lines(text)}\n\n" for title, text in parts)


def _texts(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if _is_licence(name)]
        return [archive.read(name).decode("utf-8", "replace") for name in names]


def _is_licence(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return ".dist-info" in folder and any(word in file.lower() for word in _WORDS)


def _of_runtime() -> str:
    with zipfile.ZipFile(fetch_runtime()) as archive:
        name = next(one for one in archive.namelist() if Path(one).name == "LICENSE.txt")
        return archive.read(name).decode("utf-8", "replace")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
