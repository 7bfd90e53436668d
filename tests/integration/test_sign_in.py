"""The token of a receptionist, kept by the console: asked for when the hub does not know it, tried at
once.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from reception.console.api import LinkState
from reception.console.link import Pace
from reception.console.remote import SignedInHub
from reception.console.tokens import SignIn, TokenFiles, open_tokens
from reception.errors import BadInput
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import TOKENS, Console, running
from tests.integration.program import Program, console, program, run, word_of, write_config

PATIENT = Pace(first_s=0.01, longest_s=0.05, refused_s=3600.0)


async def test_a_token_that_is_given_is_tried_at_once_and_kept(
    tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("the hub cannot be used")
    expected_logs("the hub refused us")
    async with running() as rig:
        sign_in = SignIn(rig.url, TokenFiles(tmp_path))
        one = Console(SignedInHub(sign_in).locate, pace=PATIENT)
        sign_in.on_saved = one.session.try_now
        replica = one.session.replica
        await one.session.start()
        await one.until(lambda: replica.link is LinkState.REFUSED)
        assert replica.link_message is not None
        assert replica.link_message.key == "wrong_token"
        assert sign_in.save(f" {TOKENS['KLJ']}\n")
        await one.up()
        await one.session.close(False)
        again = Console(SignedInHub(SignIn(rig.url, TokenFiles(tmp_path))).locate, pace=PATIENT)
        await again.session.start()
        await again.up()
        await again.session.close(False)


async def test_a_wrong_one_is_asked_for_again(tmp_path: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("the hub refused us")
    async with running() as rig:
        sign_in = SignIn(rig.url, TokenFiles(tmp_path))
        assert sign_in.save("of somebody else")
        one = Console(SignedInHub(sign_in).locate, pace=PATIENT)
        sign_in.on_saved = one.session.try_now
        await one.session.start()
        await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
        told = len(one.deltas)
        assert sign_in.save("of nobody")
        assert one.session.replica.link is LinkState.STARTING
        await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
        assert [delta.link for delta in one.deltas[told:]] == [True, True], "so the window asks again"
        assert sign_in.save(TOKENS["KLJ"])
        await one.up()
        await one.session.close(False)


@pytest.mark.skipif(sys.platform == "win32", reason="the Credential Manager keeps it there")
def test_files_are_of_their_user_alone_and_of_one_hub_each(tmp_path: Path) -> None:
    store = open_tokens(tmp_path)
    assert store.read("wss://a.example") == ""
    store.write("wss://a.example", "first")
    store.write("wss://a.example", "second")
    assert (store.read("wss://a.example"), store.read("wss://b.example")) == ("second", "")
    [file] = (tmp_path / "signed-in").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_where_nothing_can_be_kept_it_is_said(tmp_path: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("cannot be kept")
    expected_logs("cannot be read")
    (tmp_path / "tokens").write_text("in the way")
    sign_in = SignIn("wss://a.example", TokenFiles(tmp_path / "tokens"))
    assert not sign_in.save("secret")
    assert sign_in.token() == ""


@pytest.mark.parametrize("url", ["http://hub", "ws://hub.example:1", ""])
def test_a_kept_token_goes_in_the_clear_no_more_than_a_given_one(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        SignedInHub(SignIn(url, TokenFiles(tmp_path)))


_TELLING = """
import sys
import widgets.living as living

class Telling(living.Desk):
    def __init__(self, window, controller, options):
        super().__init__(window, controller, options)
        controller.updated.connect(lambda delta: delta.link and print(controller.replica.link.value,
        flush=True))

living.Desk = Telling
from reception import cli
sys.exit(cli.main(sys.argv[1:]))
"""


async def hears(one: Program, state: LinkState) -> None:
    """Wait until it tells of this state of its link."""
    while (line := await one.line()) != state.value:
        assert line, "it has ended"


@pytest.mark.gui
async def test_the_program_asks_for_a_token_and_goes_on_with_the_kept_one(tmp_path: Path) -> None:
    """A team's hub and a console, both as processes."""
    data, office = tmp_path / "console", tmp_path / "hub"
    write_config(office)
    async with program(office, "hub", "--data", str(office)) as hub:
        await hub.line()
        url = word_of(office).url
        words = ("--hub", url, "--data", str(data))
        async with console(data, _TELLING, *words) as first:
            await hears(first, LinkState.REFUSED)
        token = (office / "tokens" / "KLJ.token").read_text(encoding="utf-8")
        open_tokens(data).write(url, token.strip())
        async with console(data, _TELLING, *words) as second:
            await hears(second, LinkState.UP)
        ended = await run(data, "quit", "--data", str(data))
        assert ended.code == 0, ended.err
        assert hub.process.returncode is None
