"""What Qt for Python compiles at its start is compiled once for all starts, and never wrongly."""

from __future__ import annotations

import builtins
import re
import subprocess
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.console.kept_code import KeptCode

SOURCE = b"answer = 42\n"


def run(source: bytes) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(compile(source, "<a module>", "exec"), names)
    return names


def file_in(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_was_compiled_once_is_taken_from_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with KeptCode(tmp_path):
        assert run(SOURCE)["answer"] == 42
    written = file_in(tmp_path).read_bytes()

    def refuse(*_: object) -> None:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr(builtins, "compile", refuse)
    with KeptCode(tmp_path):
        assert run(SOURCE)["answer"] == 42
    assert file_in(tmp_path).read_bytes() == written


def test_another_text_is_compiled_and_kept_too(tmp_path: Path) -> None:
    for source in (SOURCE, b"answer = 43\n"):
        with KeptCode(tmp_path):
            run(source)
    with KeptCode(tmp_path):
        assert [run(source)["answer"] for source in (SOURCE, b"answer = 43\n")] == [42, 43]


@pytest.mark.parametrize("broken", [b"", b"abc", b"\0" * 400])
def test_a_broken_file_costs_time_only(tmp_path: Path, broken: bytes) -> None:
    with KeptCode(tmp_path):
        run(SOURCE)
    whole = file_in(tmp_path).read_bytes()
    file_in(tmp_path).write_bytes(broken)
    with KeptCode(tmp_path):
        assert run(SOURCE)["answer"] == 42
    assert file_in(tmp_path).read_bytes() == whole


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with KeptCode(tmp_path / "file"):
        assert run(SOURCE)["answer"] == 42


def test_other_uses_of_the_compiler_and_its_errors_are_as_always(tmp_path: Path) -> None:
    with KeptCode(tmp_path):
        assert eval(compile("6 * 7", "<text>", "eval")) == 42
        with pytest.raises(SyntaxError, match="faulty"):
            compile(b"def (", "faulty", "exec")
    assert builtins.compile(b"", "<text>", "exec").co_filename == "<text>"


EXPRESSIONS = (
    (r"(?P<day>\d{1,2})\.(?P<month>[a-zæøå]+)|(?:x){2,}?", re.IGNORECASE),
    (rb"\Aa[^\s]*(b)(?P<tail>.)\Z", re.DOTALL | re.MULTILINE),
    ("(?i)straße", 0),
)


@pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS)
def test_an_expression_that_was_kept_is_the_same(
    tmp_path: Path, pattern: str | bytes, flags: re.RegexFlag | int
) -> None:
    re.purge()
    with KeptCode(tmp_path):
        first = re.compile(pattern, flags)
    re.purge()
    with KeptCode(tmp_path):
        again = re.compile(pattern, flags)
    assert again is not first
    assert again == first, "pattern, flags and the code of its matcher"
    assert (again.groups, again.groupindex) == (first.groups, first.groupindex)
    re.purge()


def test_a_wrong_expression_is_told_as_always(tmp_path: Path) -> None:
    with KeptCode(tmp_path), pytest.raises(re.error, match="missing"):
        re.compile("(")
    assert re.compile("(?:ab)+c").match("ababc")


@given(st.text("abAB019.*+?|()[]^$\\-", max_size=12), st.text("abAB019-", max_size=8))
def test_expressions_find_the_same_with_it_and_without(pattern: str, text: str) -> None:
    with TemporaryDirectory() as folder:
        found = []
        for _ in range(2):
            re.purge()
            with KeptCode(Path(folder)):
                found.append(search(pattern, text))
        re.purge()
        assert found == [search(pattern, text)] * 2


def search(pattern: str, text: str) -> object:
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # "[[" is two things
            match = re.search(pattern, text)
    except re.error as error:
        return str(error)
    return match and (match.span(), match.groups())


def test_the_modules_of_qt_are_kept_by_the_program(tmp_path: Path) -> None:
    """Should Qt for Python carry them in another way, the file stays away and this tells."""
    program = f"""
from pathlib import Path
from reception.console.kept_code import KeptCode
with KeptCode(Path({str(tmp_path)!r})):
    import PySide6.QtCore
"""
    for _ in range(2):
        subprocess.run([sys.executable, "-c", program], check=True)
    assert b"shibokensupport" in file_in(tmp_path).read_bytes()
