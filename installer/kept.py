"""Which files of the fetched packages are installed. All else is for other programs, or for developers."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


QT: Final = _words(
    """
PySide6/__init__.py PySide6/_config.py PySide6/_git_pyside_version.py
PySide6/support/__init__.py PySide6/support/deprecated.py PySide6/pyside6.abi3.dll
PySide6/QtCore.pyd PySide6/QtGui.pyd PySide6/QtWidgets.pyd PySide6/QtSvg.pyd
PySide6/Qt6Core.dll PySide6/Qt6Gui.dll PySide6/Qt6Widgets.dll PySide6/Qt6Svg.dll
PySide6/msvcp140.dll PySide6/msvcp140_1.dll PySide6/msvcp140_2.dll
PySide6/plugins/platforms/qwindows.dll PySide6/plugins/styles/*.dll
PySide6/plugins/iconengines/qsvgicon.dll PySide6/plugins/imageformats/qico.dll
PySide6/plugins/imageformats/qjpeg.dll PySide6/plugins/imageformats/qsvg.dll
PySide6/translations/qtbase_da.qm PySide6/translations/qtbase_de.qm
shiboken6/*.py shiboken6/Shiboken.pyd shiboken6/shiboken6.abi3.dll
shiboken6/msvcp140.dll
"""
)
"""Of Qt: windows, texts and drawings. No network (that is asyncio's), no QML, no other languages."""

DIALECTS: Final = ("__init__.py", "_typing.py", "postgresql/*", "sqlite/*")
"""Of SQLAlchemy: the two stores that the hub has."""

PYGMENTS: Final = _words(
    """
*.py filters/__init__.py formatters/__init__.py formatters/_mapping.py formatters/terminal.py
lexers/__init__.py lexers/_mapping.py lexers/html.py lexers/javascript.py lexers/jvm.py lexers/css.py
lexers/ruby.py lexers/_css_builtins.py styles/__init__.py styles/_mapping.py
styles/default.py
"""
)
"""Of Pygments: what exchangelib imports, to write XML into a log."""

DROPPED: Final = _words(
    """
*/__pycache__/* *.pyi */py.typed *.lib *.h *.hpp *.c *.cpp *.pyx *.pxd *.pxi *.rst *.md *.asn
*.dist-info/RECORD *.dist-info/WHEEL *.dist-info/INSTALLER *.dist-info/top_level.txt *.dist-info/sboms/*
*.data/headers/* *.data/scripts/* */tests/* */test/* sqlalchemy/testing/* sqlalchemy/ext/mypy/*
asyncpg/_testbase/* alembic/templates/* alembic/testing/* websockets/legacy/* websockets/trio/*
lxml/includes/* lxml/isoschematron/* lxml/html/* lxml/objectify* lxml/sax*
lxml/builder* lxml/ElementInclude* lxml/cssselect* lxml/doctestcompare* lxml/usedoctest* pycparser/* cffi/*.py
greenlet/platform/* greenlet/tests/*
"""
)
"""Headers and sources of C, tests, and parts that nothing here imports."""

OWN_DROPPED: Final = (
    "services/emulators/exchange/*",
    "services/emulators/graph/__main__.py",
    "*/__pycache__/*",
    "*.ts",
    "*/translations/update.py",
    "*/quality.toml",
)
"""Of our own packages."""

RUNTIME_DROPPED: Final = frozenset(
    (
        "python.exe",
        "pythonw.exe",
        "python.cat",
        "_msi.pyd",
        "winsound.pyd",
        "_wmi.pyd",
        "_testinternalcapi.pyd",
    )
)
"""Of CPython: our own programs start it."""


LIBRARY_DROPPED: Final = frozenset(
    _words(
        """
_pydecimal.pyc _pyio.pyc aifc.pyc asynchat.pyc asyncore.pyc cProfile.pyc distutils doctest.pyc ensurepip
idlelib imaplib.pyc lib2to3 mailbox.pyc modulefinder.pyc msilib nntplib.pyc pdb.pyc pickletools.pyc poplib.pyc
pyclbr.pyc pydoc.pyc pydoc_data smtpd.pyc telnetlib.pyc trace.pyc turtledemo unittest venv wsgiref
"""
    )
)
"""Of the standard library: tools of developers, and protocols that nothing here speaks."""


def is_kept(name: str) -> bool:
    """Return whether a file of a wheel, by its path there, is installed."""
    if name.startswith(("PySide6/", "shiboken6/")):
        return _matches(name, QT)
    if name.startswith("sqlalchemy/dialects/"):
        return _matches(name.removeprefix("sqlalchemy/dialects/"), DIALECTS)
    if name.startswith("pygments/"):
        inner = name.removeprefix("pygments/")
        return _matches(inner, PYGMENTS) and ("/" not in inner or inner in PYGMENTS)
    return not _matches(name, DROPPED)


def is_own_kept(name: str) -> bool:
    """Return whether a file of our own packages, by its path in the project, is installed."""
    return not _matches(name, OWN_DROPPED)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
