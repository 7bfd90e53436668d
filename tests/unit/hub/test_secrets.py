"""Tokens: made, kept private, told apart."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from reception.errors import BadInput
from reception.hub.secrets import TokenOf, load_tokens, new_token, owner_of


def test_missing_tokens_are_made_once_and_kept_private(tmp_path: Path) -> None:
    folder = tmp_path / "tokens"
    first = load_tokens([TokenOf(attendant="KLJ"), TokenOf(attendant="MBH")], folder=folder)
    again = load_tokens([TokenOf(attendant="KLJ"), TokenOf(attendant="MBH")], folder=folder)
    assert first == again
    assert first["KLJ"] != first["MBH"]
    assert len(first["KLJ"]) >= 40
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / "KLJ.token").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_tokens_come_from_files_and_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "k").write_text(" abc \n")
    monkeypatch.setenv("MBH_TOKEN", "def")
    wanted = [TokenOf(attendant="KLJ", file=str(tmp_path / "k")), TokenOf(attendant="MBH", env="MBH_TOKEN")]
    assert load_tokens(wanted, folder=tmp_path / "tokens") == {"KLJ": "abc", "MBH": "def"}
    assert not (tmp_path / "tokens").exists()


def test_two_with_one_token_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "k").write_text("abc")
    (tmp_path / "e").write_text("\n")
    twice = [TokenOf(attendant=a, file=str(tmp_path / "k")) for a in ("KLJ", "MBH")]
    with pytest.raises(BadInput, match="attendant MBH: the token is another's too"):
        load_tokens(twice, folder=tmp_path)
    with pytest.raises(BadInput, match="is empty"):
        load_tokens([TokenOf(attendant="KLJ", file=str(tmp_path / "e"))], folder=tmp_path)


def test_a_token_tells_its_owner_and_nothing_else_does() -> None:
    tokens = {"KLJ": new_token(), "MBH": new_token()}
    assert owner_of(tokens["MBH"], tokens) == "MBH"
    for wrong in ("", tokens["KLJ"][:-1], tokens["KLJ"] + "x", "æ", "\ud800"):
        assert owner_of(wrong, tokens) is None
