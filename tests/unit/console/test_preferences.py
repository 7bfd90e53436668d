"""The window's own settings on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from reception.console.preferences import Preferences, load_preferences, save_preferences


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "console.json"
    mine = Preferences(
        language="da", theme="dark", geometry="AAECAw==", layouts={"main": "BB=="}, more={"x.y": 3}
    )
    save_preferences(file, mine)
    assert load_preferences(file) == mine
    assert [f.name for f in file.parent.iterdir()] == ["console.json"]


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load_preferences(tmp_path / "none.json") == Preferences()


@pytest.mark.parametrize("content", [b"", b"{", b'{"theme": 7}', b"\xff\xfe", b"[]"])
def test_an_unreadable_file_is_put_aside_and_the_console_opens(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "console.json"
    file.write_bytes(content)
    assert load_preferences(file) == Preferences()
    assert (tmp_path / "console.json.unreadable").read_bytes() == content
    assert not file.exists()
    assert "cannot be read" in caplog.text


def test_settings_of_a_newer_version_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "console.json"
    file.write_text('{"theme": "dark", "from_the_future": {"a": 1}}')
    assert load_preferences(file) == Preferences(theme="dark")


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "console.json"
    save_preferences(file, Preferences(theme="dark"))

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        save_preferences(file, Preferences(theme="light"))
    monkeypatch.undo()
    assert load_preferences(file).theme == "dark"
    assert [f.name for f in tmp_path.iterdir()] == ["console.json"]
