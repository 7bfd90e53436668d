"""The language of the window: English in the source, Danish and German in ``resources/translations``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources

LANGUAGES = ("da", "de", "en")
_installed = {"language": "en"}
_translated: dict[tuple[str, str], str] = {}
_translators: list[QTranslator] = []


def current() -> str:
    """Return the language the window speaks now."""
    return _installed["language"]


def translate(context: str, text: str) -> str:
    """Return the text in the language of the window; `pyside6-lupdate` finds calls by this name."""
    found = _translated.get((context, text))
    if found is None:
        found = _translated[context, text] = QCoreApplication.translate(context, text)
    return found


def choose(wanted: str | None) -> str:
    """Return which of our languages to speak: the wanted one, else the system's, else English."""
    tag = (wanted or QLocale.system().name()).replace("_", "-")
    language = tag.split("-")[0].lower()
    return language if language in LANGUAGES else "en"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return the text as it is; `pyside6-lupdate` finds what stands in tables by this name."""
    return text


def translations_dir() -> Path:
    """Return the folder of the ``.qm`` files."""
    return Path(resources.__path__[0], "translations")


def install(app: QCoreApplication, language: str) -> list[QTranslator]:
    """Make the window speak this language and no other; returns the translators, children of the application.

    Also sets the default `QLocale`, so that numbers and dates read as the texts do. Qt's own few words
    (the menu of a text field) come from Qt's files.
    """
    remove(app, _translators)
    _installed["language"] = language
    QLocale.setDefault(_locale(language))
    found = []
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (
        (f"qtbase_{language}", qt_folder),
        (f"reception_{language}", str(translations_dir())),
    ):
        translator = QTranslator(app)
        data = _read(Path(folder, f"{name}.qm"))
        if data and translator.load(data, folder):
            app.installTranslator(translator)
            found.append(translator)
    _translated.clear()
    _translators[:] = found
    return found


@cache
def _read(file: Path) -> bytes:
    """Return a file's content, or nothing when there is none. Kept for good: the translator does not copy it.

    By its name Qt would map the file into memory, and the program would crash as soon as somebody writes to
    the file (an update while the window is open).
    """
    return file.read_bytes() if file.exists() else b""


def remove(app: QCoreApplication, translators: list[QTranslator]) -> None:
    """Take translators out again (tests switch languages)."""
    for translator in translators:
        app.removeTranslator(translator)
    _translated.clear()


def _locale(language: str) -> QLocale:
    """Return the system's locale when it speaks this language (so its country counts), else a plain one."""
    system = QLocale.system()
    if system.name().split("_")[0] == language:
        return system
    return QLocale({"da": "da_DK", "de": "de_DE"}.get(language, "en_GB"))
