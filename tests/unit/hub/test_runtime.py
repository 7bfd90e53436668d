"""Where a hub leaves word, and that only its user reads it."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from reception.hub.lock import DataLock
from reception.runtime import (
    RuntimeInfo,
    default_data_dir,
    read_runtime,
    runtime_file,
    write_runtime,
)

INFO = RuntimeInfo(pid=1, host="127.0.0.1", port=4711, epoch="e", admin_token="a", tokens={"KLJ": "t"})


def test_word_is_left_and_read_and_is_private(tmp_path: Path) -> None:
    file = runtime_file(tmp_path / "data", {})
    write_runtime(file, INFO)
    assert read_runtime(file) == INFO
    assert [f.name for f in file.parent.iterdir()] == ["hub.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{}", b'{"pid": "x"}', b"\xff"])
def test_what_is_not_word_is_passed_over(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "hub.json"
    file.write_bytes(content)
    assert read_runtime(file) is None
    assert read_runtime(tmp_path / "none") is None


def test_a_runtime_folder_serves_several_data_folders(tmp_path: Path) -> None:
    environ = {"RECEPTION_RUNTIME_DIR": str(tmp_path)}
    one, two = runtime_file(Path("/a"), environ), runtime_file(Path("/b"), environ)
    assert one != two
    assert one.parent == two.parent == tmp_path


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"XDG_STATE_HOME": "/s"}, Path("/s/reception")),
        ("linux", {}, Path.home() / ".local/state/reception"),
        ("darwin", {}, Path.home() / "Library/Application Support/Reception"),
        ("win32", {"LOCALAPPDATA": "/l"}, Path("/l/Reception")),
    ],
)
def test_the_data_folder_is_where_the_platform_wants_it(
    platform: str, environ: dict[str, str], expected: Path
) -> None:
    assert default_data_dir(environ, platform) == expected


@pytest.mark.parametrize(
    ("host", "certificate", "url"),
    [
        ("127.0.0.1", "", "ws://127.0.0.1:4711"),
        ("0.0.0.0", "c", "wss://127.0.0.1:4711"),
        ("::", "c", "wss://[::1]:4711"),
    ],
)
def test_the_address_for_this_computer(host: str, certificate: str, url: str) -> None:
    info = RuntimeInfo(pid=1, host=host, port=4711, epoch="e", admin_token="a", certificate=certificate)
    assert info.url == url


def test_a_data_folder_has_one_hub(tmp_path: Path) -> None:
    first, second = DataLock(tmp_path), DataLock(tmp_path)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()
