"""Which hub and language hold: the organisation's, the given one, one's own, the installer's."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from reception import cli
from reception.console.options import ConsoleOptions
from reception.console.policies import Organisation, Policies
from reception.console.preferences import Preferences
from widgets import app

ORG, GIVEN, SETUP = "wss://org.example", "wss://given.example", "wss://setup.example"


def chosen(folder: Path, words: list[str], *, settled: str = "", proposed: str = "") -> argparse.Namespace:
    arguments = cli._parser(words).parse_args(words)
    organisation = Organisation(
        settled=Policies(hub_address=settled or None), proposed=Policies(hub_address=proposed or None)
    )
    cli._choose_hub(arguments, folder, organisation)
    return arguments


@pytest.mark.parametrize(
    ("words", "settled", "has_own", "hub"),
    [
        ([], ORG, True, ORG),
        (["--hub", GIVEN], ORG, True, ORG),
        (["--hub", GIVEN], "", True, GIVEN),
        ([], "", True, None),
        ([], "", False, SETUP),
        (["--demo"], ORG, True, None),
        (["--demo"], "", False, None),
    ],
)
def test_the_hub(tmp_path: Path, words: list[str], settled: str, has_own: bool, hub: str | None) -> None:
    if has_own:
        (tmp_path / cli.CONFIG_NAME).touch()
    assert chosen(tmp_path, words, settled=settled, proposed=SETUP).hub == hub


def test_a_token_for_another_hub_is_not_sent_to_the_organisations(tmp_path: Path) -> None:
    token = ["--token-file", "token"]
    assert chosen(tmp_path, ["--hub", GIVEN, *token], settled=ORG).token_file is None
    assert chosen(tmp_path, ["--hub", ORG, *token], settled=ORG).token_file == Path("token")
    assert chosen(tmp_path, token, settled=ORG).token_file == Path("token")


@pytest.mark.parametrize(
    ("settled", "given", "own", "proposed", "language"),
    [
        ("da", "en", "en", "en", "da"),
        (None, "da", "en", "en", "da"),
        (None, None, "da", "en", "da"),
        (None, None, None, "da", "da"),
        (None, None, None, None, None),
    ],
)
def test_the_language(tmp_path: Path, settled, given, own, proposed, language) -> None:  # type: ignore[no-untyped-def]
    options = ConsoleOptions(
        data_dir=tmp_path,
        preferences_file=tmp_path / "p.json",
        language=given,
        organisation=Organisation(settled=Policies(language=settled), proposed=Policies(language=proposed)),
    )
    assert app._language(options, Preferences(language=own)) == language


def test_the_colours(tmp_path: Path) -> None:
    settled = Organisation(settled=Policies(theme="light"))
    options = ConsoleOptions(
        data_dir=tmp_path, preferences_file=tmp_path / "p.json", theme="dark", organisation=settled
    )
    assert app._theme(options, Preferences(theme="light")) == "light"
