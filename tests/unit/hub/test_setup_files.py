"""Files of a set-up: what was there is kept aside with its rights; secrets are for the hub alone."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from reception.errors import BadInput, CommandRefused
from reception.hub.setup_files import read_text, remove, remove_unnamed, replace_text, write_secrets
from reception.model.setup import MOST_FILE_BYTES
from services.graph.setup import describe


def test_a_file_is_replaced_whole_and_each_one_before_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "reception.toml"
    assert replace_text(file, "1") == ""
    file.chmod(0o640)
    backups = [replace_text(file, text) for text in ("2", "3", "4")]
    assert [Path(backup).read_text() for backup in backups] == ["1", "2", "3"]
    assert file.read_text() == "4"
    assert {p.stat().st_mode & 0o777 for p in (file, *map(Path, backups))} == {0o640}
    assert len(list(tmp_path.iterdir())) == 4


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "reception.toml"
    real.write_text("1")
    link.symlink_to(real)
    replace_text(link, "2")
    assert link.is_symlink()
    assert real.read_text() == "2"


def test_what_cannot_be_written_leaves_everything(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        replace_text(tmp_path / "none" / "reception.toml", "1")
    assert list(tmp_path.iterdir()) == []


def test_secrets_lie_in_files_of_their_own_for_the_hub_alone(tmp_path: Path) -> None:
    given = {"secret": " s3cret ", "certificate": base64.b64encode(b"PEM").decode(), "tenant": "no secret"}
    made = write_secrets(describe(), given, tmp_path)
    assert sorted(made) == ["certificate", "secret"]
    assert Path(made["secret"]).read_text() == "s3cret\n"
    assert Path(made["certificate"]).read_bytes() == b"PEM"
    assert {Path(file).stat().st_mode & 0o777 for file in made.values()} == {0o600}
    config = tmp_path / "reception.toml"
    config.write_text(f'secret_file = "{made["secret"]}"')
    remove_unnamed("graph", tmp_path, config)
    assert Path(made["secret"]).exists()
    assert not Path(made["certificate"]).exists()
    remove(made)
    assert list((tmp_path / "secrets").iterdir()) == []


@pytest.mark.parametrize(
    "given",
    [
        {"secret": "two\nlines"},
        {"secret": "x" * 5_000},
        {"certificate": "no base64!"},
        {"certificate": base64.b64encode(b"x" * (MOST_FILE_BYTES + 1)).decode()},
    ],
)
def test_what_is_no_secret_is_refused(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(CommandRefused) as refused:
        write_secrets(describe(), given, tmp_path)
    assert "xxxx" not in str(refused.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "reception.toml"
    assert read_text(file) == ""
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"reception\.toml"):
        read_text(file)
