"""What is written into Teams: what Graph takes, once, and told apart whom it concerns when it does not."""

from __future__ import annotations

import httpx
import jwt
import pytest

from reception.errors import AuthNeeded, ServiceError, Unavailable
from reception.model.people import Person
from reception.presence.port import PersonRefused, PresenceWriter, Showing
from services.graph.sessions import PREFERRED_PAIRS, SESSION_PAIRS, Sessions, duration
from services.graph.settings import PresenceSettings
from services.graph.source import GraphPresence
from tests.unit.services.graph_double import (
    ACCOUNT,
    Double,
    Handler,
    body_of,
    error,
    one_after_the_other,
    path_of,
)

ANNA = Person(id="anna", name="Anna", email="anna@firma.example")
NOBODY = Person(id="n", name="Nobody", email="nobody@firma.example")


@pytest.mark.parametrize("pair", sorted(SESSION_PAIRS))
async def test_a_session_is_set_in_the_name_of_the_app(pair: str) -> None:
    double = Double(one_after_the_other(httpx.Response(200)))
    await Sessions(double.client()).set("u1", pair, lasts_s=900.0)
    (request,) = double.requests
    assert path_of(request) == "/users/u1/presence/setPresence"
    availability, activity = pair.split("/")
    assert body_of(request) == {
        "sessionId": ACCOUNT.client_id,
        "availability": availability,
        "activity": activity,
        "expirationDuration": "PT15M",
    }


@pytest.mark.parametrize(("given", "told"), [(1.0, "PT5M"), (330.0, "PT5M30S"), (90_000.0, "PT240M")])
async def test_a_session_lasts_as_long_as_graph_allows(given: float, told: str) -> None:
    double = Double(one_after_the_other(httpx.Response(200)))
    await Sessions(double.client()).set("u1", "Busy/InACall", lasts_s=given)
    assert body_of(double.requests[0])["expirationDuration"] == told


async def test_what_graph_does_not_take_is_not_sent() -> None:
    double = Double(one_after_the_other(httpx.Response(200)))
    sessions = Sessions(double.client())
    with pytest.raises(ValueError, match="cannot be set"):
        await sessions.set("u1", "Busy/Busy", lasts_s=900.0)
    with pytest.raises(ValueError, match="cannot be set"):
        await sessions.prefer("u1", "Busy/InACall")
    assert double.requests == []


@pytest.mark.parametrize("answer", [httpx.Response(200), httpx.Response(204), error(404, "NotFound")])
async def test_a_session_that_is_not_there_is_cleared_too(answer: httpx.Response) -> None:
    double = Double(one_after_the_other(answer))
    await Sessions(double.client()).clear("u1")
    assert body_of(double.requests[0]) == {"sessionId": ACCOUNT.client_id}


@pytest.mark.parametrize("pair", sorted(PREFERRED_PAIRS))
async def test_a_choice_in_somebodys_name(pair: str) -> None:
    double = Double(one_after_the_other(httpx.Response(204)))
    sessions = Sessions(double.client())
    await sessions.prefer("u1", pair, lasts_s=3_600.0)
    await sessions.prefer("u1", pair)
    await sessions.prefer_nothing("u1")
    availability, activity = pair.split("/")
    chosen = {"availability": availability, "activity": activity}
    assert body_of(double.requests[0]) == {**chosen, "expirationDuration": "PT60M"}
    assert body_of(double.requests[1]) == chosen
    assert double.requests[2].content == b""
    assert double.paths[2].endswith("/clearUserPreferredPresence")


def test_durations() -> None:
    assert [duration(s) for s in (300.0, 301.4, 14_400.0)] == ["PT5M", "PT5M1S", "PT240M"]


@pytest.mark.parametrize("failure", [error(503), httpx.ReadTimeout("late")])
async def test_nothing_is_written_twice_by_itself(failure: httpx.Response | Exception) -> None:
    double = Double(one_after_the_other(failure, httpx.Response(200)))
    with pytest.raises(Unavailable):
        await Sessions(double.client()).set("u1", "Busy/InACall", lasts_s=900.0)
    assert len(double.requests) == 1


# ------------------------------------------------------------- the port


class Writable:
    """A source that writes, on a tenant where Anna has an account."""

    def __init__(self, handler: Handler, *, roles: list[str] | None = None) -> None:
        def outer(request: httpx.Request) -> httpx.Response:
            path = path_of(request)
            if path.startswith("/users?"):
                users = [{"id": "U1", "mail": ANNA.email, "userPrincipalName": ANNA.email}]
                return httpx.Response(200, json={"value": users})
            if "getPresences" in path:
                return httpx.Response(200, json={"value": []})
            return handler(request)

        self.double = Double(outer)
        if roles is not None:
            token = jwt.encode({"roles": roles}, "x" * 32, algorithm="HS256")
            self.double.tokens.token = lambda: _now(token)  # type: ignore[method-assign]
        settings = PresenceSettings(microsoft=ACCOUNT, calendars="off")
        self.source = GraphPresence(settings, self.double.client)

    async def __aenter__(self) -> GraphPresence:
        await self.source.start(lambda _: None)
        return self.source

    async def __aexit__(self, *_: object) -> None:
        await self.source.stop()


async def _now(token: str) -> str:
    return token


async def test_the_source_writes_by_the_port() -> None:
    async with Writable(one_after_the_other(httpx.Response(200))) as source:
        assert isinstance(source, PresenceWriter)
        await source.set_session(ANNA, Showing.IN_A_CALL, lasts_s=900.0)
        await source.clear_session(ANNA)
    with pytest.raises(Unavailable):
        await source.set_session(ANNA, Showing.IN_A_CALL, lasts_s=900.0)


async def test_who_has_no_account_is_refused_alone() -> None:
    async with Writable(one_after_the_other(httpx.Response(200))) as source:
        with pytest.raises(PersonRefused) as raised:
            await source.clear_session(NOBODY)
    assert raised.value.message.params == {"person": "Nobody"}


RIGHTS = ["Presence.Read.All", "Presence.ReadWrite.All"]


@pytest.mark.parametrize(
    ("answer", "roles", "kind"),
    [
        (error(403), [], AuthNeeded),
        (error(403), ["Presence.Read.All"], AuthNeeded),
        (error(403), None, AuthNeeded),
        (error(403), RIGHTS, PersonRefused),
        (error(404, "NotFound"), RIGHTS, PersonRefused),
        (error(400, "BadRequest"), RIGHTS, PersonRefused),
        (error(503), RIGHTS, Unavailable),
    ],
)
async def test_what_is_wrong_with_one_is_told_from_what_is_wrong_with_all(
    answer: httpx.Response, roles: list[str] | None, kind: type[ServiceError]
) -> None:
    async with Writable(one_after_the_other(answer), roles=roles) as source:
        with pytest.raises(kind):
            await source.set_session(ANNA, Showing.IN_A_CALL, lasts_s=900.0)


async def test_who_has_written_before_may_write() -> None:
    async with Writable(one_after_the_other(httpx.Response(200), error(403))) as source:
        await source.set_session(ANNA, Showing.IN_A_CALL, lasts_s=900.0)
        with pytest.raises(PersonRefused):
            await source.set_session(ANNA, Showing.IN_A_CALL, lasts_s=900.0)
