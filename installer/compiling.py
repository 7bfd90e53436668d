"""Compiles the modules of a folder, in place of their sources: ``python -m installer.compiling FOLDER``.

In a process of its own and in order, as the bytes depend on what was compiled before. Nothing is written
beside the modules later: the folder of programs belongs to the system. The word `terse` behind the folder
leaves a dot of each docstring: they are a twentieth of all that is installed, and some packages want to find
theirs while they load.
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
import sys
from pathlib import Path
from typing import Final

AS_SOURCES: Final = ("services/store/migrations/",)
"""Modules that are looked for as sources (Alembic's)."""
TALKING: Final = ("click/",)
"""Packages that show their docstrings to people."""
_HEAD: Final = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little")
"""Of byte code that is never held against its source (PEP 552)."""
_DOCUMENTED: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def compile_all(folder: Path, *, is_terse: bool) -> None:
    """Leave byte code only. Raises SyntaxError."""
    for source in sorted(folder.rglob("*.py")):
        name = source.relative_to(folder).as_posix()
        if name.startswith(AS_SOURCES):
            continue
        content = source.read_bytes()
        tree = ast.parse(content)
        if is_terse and not name.startswith(TALKING):
            shorten_docstrings(tree)
        code = compile(tree, name.replace("/", "\\"), "exec", dont_inherit=True)
        source.with_suffix(".pyc").write_bytes(
            _HEAD + importlib.util.source_hash(content) + marshal.dumps(code)
        )
        source.unlink()


def shorten_docstrings(tree: ast.Module) -> None:
    """Leave a dot of each docstring."""
    for node in ast.walk(tree):
        if not isinstance(node, _DOCUMENTED) or not node.body:
            continue
        match node.body[0]:
            case ast.Expr(value=ast.Constant(value=str()) as text):
                text.value = "."


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]), is_terse="terse" in sys.argv[2:])
