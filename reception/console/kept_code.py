"""Keeps what is compiled anew at each start: modules of Qt for Python, and regular expressions.

Qt for Python carries a dozen support modules as source text in its library and compiles them whenever it is
imported, and those compile a dozen large expressions: together a sixth of the start. While it is imported
here, both are taken from a file; what is not in there is compiled and kept. The whole text is the key, so
nothing can be out of date; a file that is missing or broken costs time only.

The other way, `SBK_EMBED`, unpacks the modules beside the library: this needs the right to write there, and
one that is damaged ends the program before anything can be said (PySide 6.11.3).
"""

from __future__ import annotations

import builtins
import marshal
import re
import sys
import zlib
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any, Final

from reception.runtime import write_private

_CHECK: Final = 4
"""Bytes in front of the file's content: its checksum."""


class KeptCode:
    """While it is entered, texts of modules and expressions are compiled once for all starts.

    `folder` holds the file: one for each version of Python, as the form of compiled code is its own. For the
    beginning of a process, before it has threads.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"code-{sys.implementation.cache_tag}-{sys.hexversion:08x}.bin"
        self._modules: dict[bytes, CodeType] = {}
        self._expressions = _Expressions()
        self._is_new = False
        self._compile = builtins.compile

    def __enter__(self) -> None:
        self._modules, self._expressions.known = _read(self._file)
        builtins.compile = self._kept
        self._expressions.begin()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._expressions.end()
        builtins.compile = self._compile
        if (self._is_new or self._expressions.is_new) and kind is None:
            content = marshal.dumps((self._modules, self._expressions.known))
            try:
                write_private(self._file, _check(content) + content)
            except OSError:  # as slow again next time; what matters is told by whoever needs the folder
                return

    def _kept(self, source: Any, filename: Any, mode: str, *rest: Any, **more: Any) -> Any:
        if rest or more or mode != "exec" or type(source) is not bytes:
            return self._compile(source, filename, mode, *rest, **more)
        code = self._modules.get(source)
        if code is None:
            code = self._modules[source] = self._compile(source, filename, mode)
            self._is_new = True
        return code


class _Expressions:
    """What `re` hands to its engine for each expression.

    A pattern cannot be kept itself, but the numbers that its matcher is made of can (Python 3.11 to 3.13: the
    arguments of ``_sre.compile``, which checks them). A Python that is built otherwise compiles as always.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[str | bytes, int], tuple[Any, ...]] = {}
        self.is_new = False
        self._compiler: Any = import_module("re._compiler") if sys.version_info < (3, 14) else None
        self._make: Any = getattr(self._compiler, "compile", None)
        self._engine: Any = getattr(self._compiler, "_sre", None)

    def begin(self) -> None:
        if self._make is not None and self._engine is not None:
            self._compiler.compile = self._kept

    def end(self) -> None:
        if self._make is not None:
            self._compiler.compile = self._make

    def _kept(self, pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str | bytes) or flags & re.DEBUG:
            return self._make(pattern, flags)
        known = self.known.get((pattern, int(flags)))
        if known is not None:
            return self._engine.compile(*known)
        tap = _Tap(self._engine)
        self._compiler._sre = tap
        try:
            made = self._make(pattern, flags)
        finally:
            self._compiler._sre = self._engine
        self.known[pattern, int(flags)] = tap.arguments
        self.is_new = True
        return made


class _Tap:
    """The engine of `re`, noting what it is asked to compile."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.arguments: tuple[Any, ...] = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def compile(self, pattern: Any, flags: int, code: list[int], groups: int, index: Any, names: Any) -> Any:
        self.arguments = (pattern, int(flags), [int(c) for c in code], groups, dict(index), tuple(names))
        return self._engine.compile(pattern, flags, code, groups, index, names)


def _read(file: Path) -> tuple[dict[bytes, CodeType], dict[tuple[str | bytes, int], tuple[Any, ...]]]:
    """Return what is kept there, nothing when it is not what was written."""
    try:
        content = file.read_bytes()
    except OSError:
        return {}, {}
    if content[:_CHECK] != _check(content[_CHECK:]):
        return {}, {}
    modules, expressions = marshal.loads(content[_CHECK:])
    return modules, expressions


def _check(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_CHECK, "big")
