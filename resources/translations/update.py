"""Bring the translations in step with the source: ``python -m resources.translations.update``.

Collects the texts of ``widgets`` into the ``.ts`` files (which translators edit) and compiles these into the
``.qm`` files the program loads. Exits with 1 and names the texts when a language lacks any.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "widgets"
LANGUAGES = ("da", "de")


def collect() -> None:
    """Add new texts to the ``.ts`` files and drop those that are gone."""
    sources = sorted(str(p) for p in SOURCE.glob("*.py"))
    for language in LANGUAGES:
        target = HERE / f"reception_{language}.ts"
        _run("pyside6-lupdate", "-no-obsolete", "-locations", "none", *sources, "-ts", str(target))
        tree = ElementTree.parse(target)
        tree.getroot().set("language", language)
        tree.write(target, encoding="utf-8", xml_declaration=True)


def compile_all() -> None:
    """Make the ``.qm`` files."""
    for language in LANGUAGES:
        target = HERE / f"reception_{language}"
        _run("pyside6-lrelease", f"{target}.ts", "-qm", f"{target}.qm")


def missing(language: str) -> list[str]:
    """Return the texts a language has no words for."""
    root = ElementTree.parse(HERE / f"reception_{language}.ts").getroot()
    found = []
    for message in root.iter("message"):
        translation = message.find("translation")
        if translation is None or not translation.text or translation.get("type") == "unfinished":
            found.append(message.findtext("source", ""))
    return found


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools of this environment."""
    command = [str(Path(sys.executable).parent / tool), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Collect, compile, report."""
    collect()
    compile_all()
    gaps = [f"{language}: {text}" for language in LANGUAGES for text in missing(language)]
    sys.stderr.write("".join(f"not translated: {gap}\n" for gap in gaps))
    return 1 if gaps else 0


if __name__ == "__main__":
    raise SystemExit(main())
