"""Requests to Graph: what is repeated and what never, what waits for what, and what people are told."""

from __future__ import annotations

import asyncio
import base64
import ssl
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reception.errors import AuthNeeded, ConfigError, ProtocolError, ServiceError, Unavailable
from services.graph import client as client_module
from services.graph.answers import LONGEST_WAIT_S, Answer, Refused, Request, Throttled
from services.graph.batch import ask_together
from services.graph.budgets import LIMITS, Budget, Budgets, Kind, Limit, Scope
from tests.unit.services.graph_double import (
    ACCOUNT,
    ROOT,
    Double,
    batched,
    body_of,
    error,
    one_after_the_other,
)

PRESENCE = Scope(Kind.PRESENCE)
READ = Request("GET", "/users/u1/presence", PRESENCE, "Presence.Read.All")
SEND = Request("POST", "/users/u1/sendMail", Scope(Kind.MAILBOX, "u1"), "Mail.Send", is_repeatable=False)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE_S", 0.001)


def well(**body: object) -> httpx.Response:
    return httpx.Response(200, json=body)


async def test_a_request_carries_the_token_and_a_number_to_find_it_by() -> None:
    double = Double(one_after_the_other(well(id="u1")))
    answer = await double.client().ask(READ)
    assert answer.json("presence") == {"id": "u1"}
    sent = double.requests[0]
    assert str(sent.url) == f"{ROOT}/users/u1/presence"
    assert sent.headers["Authorization"] == "Bearer token0"
    assert len(sent.headers["client-request-id"]) == 36


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_what_passes_is_tried_again(status: int) -> None:
    double = Double(one_after_the_other(error(status, headers={"Retry-After": "0"}), error(status), well()))
    assert (await double.client().ask(READ)).is_well
    assert len(double.requests) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 412])
async def test_what_does_not_pass_is_not_tried_again(status: int) -> None:
    double = Double(one_after_the_other(error(status, "SomeCode")))
    with pytest.raises(ServiceError):
        await double.client().ask(READ)
    assert len(double.requests) == 1


@pytest.mark.parametrize("failure", [error(500), error(503), error(504), httpx.ReadTimeout("late")])
async def test_what_would_be_done_twice_is_not_sent_again(failure: httpx.Response | Exception) -> None:
    double = Double(one_after_the_other(failure, httpx.Response(202)))
    with pytest.raises(Unavailable):
        await double.client().ask(SEND)
    assert len(double.requests) == 1


@pytest.mark.parametrize(
    "failure", [error(429, headers={"Retry-After": "0"}), error(401), httpx.ConnectError("no way there")]
)
async def test_unless_it_surely_was_not_done(failure: httpx.Response | Exception) -> None:
    double = Double(one_after_the_other(failure, httpx.Response(202)))
    assert (await double.client().ask(SEND)).status == 202
    assert len(double.requests) == 2


async def test_a_refused_token_is_renewed_once_with_the_claims_of_the_challenge() -> None:
    claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
    challenge = (
        f'Bearer realm="", error="insufficient_claims", claims="{base64.b64encode(claims.encode()).decode()}"'
    )
    double = Double(
        one_after_the_other(error(401, "InvalidAuthenticationToken", {"WWW-Authenticate": challenge}), well())
    )
    await double.client().ask(READ)
    assert double.tokens.refusals == [("token0", claims)]
    assert [r.headers["Authorization"] for r in double.requests] == ["Bearer token0", "Bearer token1"]


async def test_a_second_refusal_is_told() -> None:
    double = Double(one_after_the_other(error(401, "InvalidAuthenticationToken")))
    with pytest.raises(AuthNeeded) as raised:
        await double.client().ask(READ)
    assert raised.value.message.params == {"app": ACCOUNT.client_id, "error": "InvalidAuthenticationToken"}
    assert len(double.requests) == 2


async def test_a_missing_consent_is_told_with_permission_and_link_and_looked_at_with_a_new_token() -> None:
    double = Double(one_after_the_other(error(403, "")))
    client = double.client()
    for _ in range(2):
        with pytest.raises(Refused) as raised:
            await client.ask(READ)
    params = raised.value.message.params
    assert params["permission"] == "Presence.Read.All"
    assert params["link"] == (
        f"https://login.microsoftonline.com/{ACCOUNT.tenant}/adminconsent?client_id={ACCOUNT.client_id}"
    )
    assert double.tokens.refusals == [("token0", "")]  # not more often than once a minute


async def test_nothing_is_sent_into_a_scope_that_is_to_be_left_alone() -> None:
    double = Double(one_after_the_other(error(429, headers={"Retry-After": "300"}), well()))
    client = double.client()
    with pytest.raises(Throttled) as raised:
        await client.ask(READ)
    assert raised.value.wait_s == 300.0
    with pytest.raises(Throttled):
        await client.ask(READ)
    assert len(double.requests) == 1
    await client.ask(READ._replace(scope=Scope(Kind.MAILBOX, "u1")))  # another scope is another matter
    assert len(double.requests) == 2


async def test_an_untrusted_certificate_is_told_and_not_tried_again() -> None:
    broken = httpx.ConnectError("tls")
    broken.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    double = Double(one_after_the_other(broken))
    with pytest.raises(ConfigError) as raised:
        await double.client().ask(READ)
    assert raised.value.message.key == "tls_failed"
    assert len(double.requests) == 1


async def test_a_server_that_stays_away_is_given_up_when_the_patience_is_over() -> None:
    double = Double(one_after_the_other(httpx.ConnectError("no way there")))
    with pytest.raises(Unavailable) as raised:
        await double.client().ask(READ, patience_s=0.01)
    assert raised.value.message.key == "unreachable"
    assert raised.value.message.params == {"address": "graph.microsoft.com"}


async def test_expected_statuses_come_back() -> None:
    double = Double(one_after_the_other(error(404, "NotFound")))
    answer = await double.client().ask(READ._replace(expected=frozenset({404})))
    assert (answer.status, answer.code) == (404, "NotFound")


@pytest.mark.parametrize("content", [b"<html>", b"[1]", b'{"value": {}}', b'{"value": [1]}'])
async def test_malformed_answers_are_told_as_such(content: bytes) -> None:
    answer = Answer(200, {}, content)
    with pytest.raises(ProtocolError) as raised:
        answer.values("presence")
    assert raised.value.message.params == {"what": "presence"}


# ------------------------------------------------------------- pages


async def test_pages_are_followed_by_their_links_as_they_are() -> None:
    link = f"{ROOT}/users?$skiptoken=a%2Fb&x=Y"
    double = Double(one_after_the_other(well(value=[1], **{"@odata.nextLink": link}), well(value=[2])))
    pages = [page async for page in double.client().pages(READ._replace(path="/users"))]
    assert [page["value"] for page in pages] == [[1], [2]]
    assert str(double.requests[1].url) == link


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/v1.0/users?$skiptoken=1",
        "http://graph.microsoft.com/v1.0/users?$skiptoken=1",
        "https://graph.microsoft.com.elsewhere.example/v1.0/users",
        "https://user@graph.microsoft.com/v1.0/users",
        7,
    ],
)
async def test_a_link_to_another_server_never_gets_our_token(link: object) -> None:
    double = Double(one_after_the_other(well(value=[], **{"@odata.nextLink": link})))
    with pytest.raises(ProtocolError):
        _ = [page async for page in double.client().pages(READ)]
    assert len(double.requests) == 1


async def test_links_that_lead_in_a_circle_come_to_an_end() -> None:
    double = Double(one_after_the_other(well(value=[], **{"@odata.nextLink": f"{ROOT}/users?$skiptoken=1"})))
    with pytest.raises(ProtocolError):
        _ = [page async for page in double.client().pages(READ)]
    assert len(double.requests) == 2


# ------------------------------------------------------------- many in one


def mailbox(n: int) -> Request:
    path = f"/users/u{n}/mailboxSettings"
    return Request("GET", path, Scope(Kind.MAILBOX, f"u{n}"), "MailboxSettings.Read")


async def test_twenty_fit_into_one_request_and_answers_are_found_by_their_number() -> None:
    double = Double(batched(lambda r: httpx.Response(200, json={"path": r.url.path})))
    results = await ask_together(double.client(), [mailbox(n) for n in range(45)])
    assert [len(body_of(r)["requests"]) for r in double.requests] == [20, 20, 5]
    paths = [r.json("x")["path"] for r in results if isinstance(r, Answer)]
    assert paths == [f"/v1.0/users/u{n}/mailboxSettings" for n in range(45)]


async def test_each_part_fails_by_itself_and_only_what_passes_is_sent_again() -> None:
    tries: dict[str, int] = {}

    def handler(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        tries[path] = tries.get(path, 0) + 1
        if "/u1/" in path:
            return error(403, "ErrorAccessDenied")
        if "/u2/" in path and tries[path] < 3:
            return error(429, "ApplicationThrottled", {"Retry-After": "0"})
        return httpx.Response(200, json={})

    double = Double(batched(handler))
    results = await ask_together(double.client(), [mailbox(n) for n in range(4)])
    assert isinstance(results[1], Refused)
    assert all(isinstance(results[n], Answer) for n in (0, 2, 3))
    assert sorted(tries.values()) == [1, 1, 1, 3]


async def test_a_part_without_an_answer_is_told_as_failed() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        first = body_of(request)["requests"][0]
        return httpx.Response(200, json={"responses": [{"id": first["id"], "status": 200, "body": {}}]})

    results = await ask_together(Double(handler).client(), [mailbox(0), mailbox(1)])
    assert isinstance(results[0], Answer)
    assert isinstance(results[1], ProtocolError)


async def test_pictures_come_in_base64() -> None:
    picture = b"\x89PNG\r\n"
    item = {
        "id": "0",
        "status": 200,
        "headers": {"Content-Type": "image/png"},
        "body": base64.b64encode(picture).decode(),
    }
    double = Double(lambda r: httpx.Response(200, json={"responses": [item]}))
    (result,) = await ask_together(double.client(), [mailbox(0)])
    assert isinstance(result, Answer)
    assert result.content == picture


# ------------------------------------------------------------- budgets and waits


class Watch:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.floats(0, 5), max_size=60))
def test_a_budget_never_lets_more_through_than_its_limit(steps: list[float]) -> None:
    watch = Watch()
    budget = Budget(Limit(5, 10.0, 2), watch)
    sent: list[float] = []
    for step in steps:
        watch.now += step
        if budget.wait_s() == 0.0:
            budget.count()
            sent.append(watch.now)
    for moment in sent:
        assert len([s for s in sent if moment - 10.0 < s <= moment]) <= 5


def test_a_longer_wait_that_was_said_before_holds() -> None:
    watch = Watch()
    budget = Budget(LIMITS[Kind.PRESENCE], watch)
    budget.close_for(30.0)
    budget.close_for(5.0)
    assert budget.wait_s() == 30.0
    watch.now += 30.0
    assert budget.wait_s() == 0.0


async def test_no_more_than_so_many_are_under_way_at_a_time() -> None:
    budget = Budget(Limit(100, 10.0, 2), Watch())
    inside, most = 0, 0

    async def one() -> None:
        nonlocal inside, most
        async with budget.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(one() for _ in range(10)))
    assert most == 2
    assert budget.is_idle


def test_budgets_of_mailboxes_nobody_asks_about_are_forgotten() -> None:
    watch = Watch()
    budgets = Budgets(watch)
    first = budgets.of(Scope(Kind.MAILBOX, "u1"))
    first.count()
    watch.now += 700.0
    budgets.of(Scope(Kind.MAILBOX, "u2"))
    assert budgets.of(Scope(Kind.MAILBOX, "u1")) is not first


NOW = datetime(2026, 11, 21, 10, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("", None),
        ("0", 0.0),
        ("17", 17.0),
        ("-3", 0.0),
        ("nan", None),
        ("999999", LONGEST_WAIT_S),
        (format_datetime(NOW.replace(minute=2), usegmt=True), 120.0),
        (format_datetime(NOW.replace(hour=9), usegmt=True), 0.0),
        ("soon", None),
    ],
)
def test_retry_after(given: str, seconds: float | None) -> None:
    assert Answer(429, {"retry-after": given}, b"").wait_s(NOW.timestamp()) == seconds


@given(st.binary(max_size=60), st.text(max_size=30))
@example(b'"\x80"', "")
def test_faults_of_any_shape_have_a_code_and_claims(content: bytes, challenge: str) -> None:
    answer = Answer(401, {"www-authenticate": f'Bearer claims="{challenge}"'}, content)
    assert isinstance(answer.code, str)
    assert isinstance(answer.claims, str)
