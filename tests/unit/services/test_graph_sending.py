"""Messages to a colleague: what is sent, in whose name, and never twice; and signing in by a code."""

from __future__ import annotations

import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from msgspec.structs import asdict, replace

from reception.errors import AuthNeeded, ConfigError, ProtocolError, Unavailable
from reception.hub.demo import demo_config
from reception.hub.sign_in import sign_in
from reception.model.teams_links import call_link, chat_link
from services.graph.sending import Chat, Mailer
from services.graph.settings import PresenceSettings
from services.graph.user_tokens import CHAT_SCOPES, Code, UserTokens, sign_in_for_presence
from tests.unit.services.graph_double import ROOT, Double, body_of, error, one_after_the_other
from tests.unit.services.test_graph_tokens import AUTHORITY, ELSEWHERE

# ------------------------------------------------------------- mails


async def test_a_mail_goes_out_once() -> None:
    double = Double(one_after_the_other(httpx.Response(202)))
    await Mailer(double.client(), "desk@firma.example").send("anna@firma.example", subject="Ring", text="Tak")
    assert double.paths == ["/users/desk%40firma.example/sendMail"]
    assert body_of(double.requests[0]) == {
        "message": {
            "subject": "Ring",
            "body": {"contentType": "text", "content": "Tak"},
            "toRecipients": [{"emailAddress": {"address": "anna@firma.example"}}],
        },
        "saveToSentItems": True,
    }


@pytest.mark.parametrize("failure", [error(503), error(504), httpx.ReadTimeout("late")])
async def test_a_mail_of_which_nobody_knows_is_not_sent_again(failure: httpx.Response | Exception) -> None:
    double = Double(one_after_the_other(failure, httpx.Response(202)))
    with pytest.raises(Unavailable):
        await Mailer(double.client(), "a@x").send("b@x", subject="", text="")
    assert len(double.requests) == 1


# ------------------------------------------------------------- chats


async def test_a_chat_is_found_once_and_written_into() -> None:
    double = Double(
        one_after_the_other(
            httpx.Response(201, json={"id": "19:a_b@unq.gbl.spaces"}), httpx.Response(201, json={"id": "1"})
        )
    )
    chat = Chat(double.client(), "me")
    await chat.send("anna", "Ring til Bo")
    assert double.paths == ["/chats", "/chats/19%3Aa_b%40unq.gbl.spaces/messages"]
    made, written = map(body_of, double.requests)
    assert made["chatType"] == "oneOnOne"
    assert [m["user@odata.bind"] for m in made["members"]] == [f"{ROOT}/users('me')", f"{ROOT}/users('anna')"]
    assert written == {"body": {"contentType": "text", "content": "Ring til Bo"}}


async def test_a_chat_without_an_id_is_no_chat() -> None:
    with pytest.raises(ProtocolError):
        await Chat(Double(one_after_the_other(httpx.Response(201, json={}))).client(), "me").send("anna", "x")


# ------------------------------------------------------------- links


def test_links_open_teams_for_one_person() -> None:
    assert call_link("anna+1@firma.example") == (
        "https://teams.microsoft.com/l/call/0/0?users=anna%2B1%40firma.example"
    )
    link = chat_link("anna@firma.example", "Ring til Bo & Co?")
    assert parse_qs(urlsplit(link).query) == {
        "users": ["anna@firma.example"],
        "message": ["Ring til Bo & Co?"],
    }
    assert chat_link("anna@firma.example").endswith("?users=anna%40firma.example")
    assert call_link("") == chat_link("") == ""


# ------------------------------------------------------------- signing in by a code


class Sts:
    """A sign-in by code; `answers` are what the question for the token gets, in turn."""

    def __init__(self, *answers: dict[str, object]) -> None:
        self.answers = list(answers)
        self.grants: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        base = f"{AUTHORITY}/{ELSEWHERE.tenant}"
        if "openid-configuration" in request.url.path:
            return httpx.Response(
                200,
                json={
                    "issuer": f"{base}/v2.0",
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "device_authorization_endpoint": f"{base}/devicecode",
                },
            )
        if request.url.path.endswith("devicecode"):
            flow = {
                "user_code": "ABC",
                "device_code": "d",
                "verification_uri": "https://x/d",
                "expires_in": 900,
            }
            return httpx.Response(200, json={**flow, "interval": 0, "message": "m"})
        self.grants.append(parse_qs(request.content.decode())["grant_type"][0])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(400 if "error" in answer else 200, json=answer)


TOKEN: dict[str, object] = {
    "token_type": "Bearer",
    "expires_in": 3600,
    "access_token": "user token",
    "refresh_token": "r",
    "scope": " ".join(f"https://graph.microsoft.com/{scope}" for scope in CHAT_SCOPES),
    "client_info": "eyJ1aWQiOiJ1IiwidXRpZCI6InQifQ",
}


@pytest.fixture
async def opened() -> AsyncIterator[list[UserTokens]]:
    all_opened: list[UserTokens] = []
    yield all_opened
    for tokens in all_opened:
        await tokens.close()


def user_tokens(sts: Sts, folder: Path, opened: list[UserTokens]) -> UserTokens:
    transport = httpx.MockTransport(sts)
    opened.append(UserTokens(ELSEWHERE, CHAT_SCOPES, folder=folder, name="KLJ", transport=transport))
    return opened[-1]


async def test_who_has_not_signed_in_is_asked_to(tmp_path: Path, opened: list[UserTokens]) -> None:
    with pytest.raises(AuthNeeded) as raised:
        await user_tokens(Sts(TOKEN), tmp_path, opened).token()
    assert raised.value.message.key == "microsoft_user_sign_in"


async def test_a_code_signs_in_for_good_and_the_file_is_the_hubs_own(
    tmp_path: Path, opened: list[UserTokens]
) -> None:
    sts = Sts({"error": "authorization_pending"}, TOKEN)
    tokens = user_tokens(sts, tmp_path / "new", opened)
    shown: list[Code] = []
    await tokens.sign_in(shown.append)
    assert [(c.code, c.address) for c in shown] == [("ABC", "https://x/d")]
    assert await tokens.token() == "user token"
    (file,) = (tmp_path / "new").glob("microsoft-KLJ.bin")
    if sys.platform == "linux":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = user_tokens(sts, tmp_path / "new", opened)
    assert await again.token() == "user token"
    again.refused("user token")
    await again.token()
    assert sts.grants[-1] == "refresh_token"


async def test_a_sign_in_that_has_run_out_asks_for_another(tmp_path: Path, opened: list[UserTokens]) -> None:
    sts = Sts(TOKEN, {"error": "invalid_grant", "error_codes": [700082]})
    tokens = user_tokens(sts, tmp_path, opened)
    await tokens.sign_in(lambda _: None)
    tokens.refused(await tokens.token())
    with pytest.raises(AuthNeeded) as raised:
        await tokens.token()
    assert raised.value.message.key == "microsoft_user_sign_in"


async def test_whoever_declines_is_not_signed_in(tmp_path: Path, opened: list[UserTokens]) -> None:
    tokens = user_tokens(
        Sts({"error": "authorization_declined", "error_description": "No"}), tmp_path, opened
    )
    with pytest.raises(AuthNeeded):
        await tokens.sign_in(lambda _: None)


async def test_the_user_for_presence_signs_in_by_a_line_that_says_what_to_do(tmp_path: Path) -> None:
    settings = PresenceSettings(microsoft=ELSEWHERE, notify_user="service", folder=str(tmp_path))
    lines: list[str] = []
    await sign_in_for_presence(settings, lines.append, httpx.MockTransport(Sts(TOKEN)))
    assert lines == ["Open https://x/d and type in ABC."]
    assert (tmp_path / "microsoft-service.bin").exists()
    with pytest.raises(ConfigError):
        await sign_in_for_presence(PresenceSettings(microsoft=ELSEWHERE), lines.append)


def test_the_hub_asks_for_a_sign_in_where_a_backend_wants_one(tmp_path: Path) -> None:
    good = demo_config(tmp_path, speed=1.0)
    with pytest.raises(ConfigError) as raised:
        sign_in(good, tmp_path, lambda _: None)
    assert "graph" in str(raised.value.message.params["error"])
    wanting = replace(good, presence=(("graph", {"microsoft": asdict(ELSEWHERE)}),))
    with pytest.raises(ConfigError) as raised:
        sign_in(wanting, tmp_path, lambda _: None)
    assert raised.value.message.params["setting"] == "notify_user"
