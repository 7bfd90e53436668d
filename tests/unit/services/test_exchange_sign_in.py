"""How one signs in to the emulated Exchange, header by header."""

from __future__ import annotations

import base64
import os
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import spnego

from services.emulators.exchange.mailboxes import Caller, Organisation
from services.emulators.exchange.ntlm import Ntlm
from services.emulators.exchange.oauth import SCOPE, Granted, OAuth
from services.emulators.exchange.sign_in import Turned, Visit

SERVICE = Caller(name="FIRMA\\reception", password="kun til prøve")
OFFERS = ("Negotiate", "NTLM")


def house(*callers: Caller) -> Organisation:
    return Organisation([], callers or (SERVICE,), lambda: datetime.now(UTC))


def client(password: str = SERVICE.password) -> spnego.ContextProxy:
    only_ntlm = spnego.NegotiateOptions.use_ntlm
    return spnego.client(SERVICE.name, password, hostname="localhost", protocol="ntlm", options=only_ntlm)


def shown(message: bytes | None, kind: str = "NTLM") -> str:
    return f"{kind} {base64.b64encode(message or b'').decode()}"


def challenged(visit: Visit, who: spnego.ContextProxy, kind: str = "NTLM") -> str:
    """Return the header that answers the challenge of a connection."""
    turned = visit.admit(shown(who.step(), kind))
    assert isinstance(turned, Turned)
    (offer,) = turned.offers
    word, _, encoded = offer.partition(" ")
    assert word == kind
    return shown(who.step(base64.b64decode(encoded)), kind)


@pytest.mark.parametrize("kind", ["NTLM", "Negotiate"])
def test_a_connection_is_somebodys_after_the_third_message_and_no_other_is(kind: str) -> None:
    sign_in = Ntlm(house())
    visit, another = sign_in.visit(), sign_in.visit()
    assert visit.admit("") == Turned(offers=OFFERS)
    assert visit.admit(challenged(visit, client(), kind)) == SERVICE
    assert visit.admit("") == visit.admit("") == SERVICE
    assert another.admit("") == Turned(offers=OFFERS)
    assert (sign_in.admitted, sign_in.refused, sign_in.challenges) == (1, 0, 1)
    sign_in.forget()
    assert visit.admit("") == Turned(offers=OFFERS)


def test_an_answer_to_the_challenge_of_another_connection_is_none() -> None:
    sign_in = Ntlm(house())
    first, second = sign_in.visit(), sign_in.visit()
    answer = challenged(first, client())
    challenged(second, client())
    assert second.admit(answer) == Turned(offers=OFFERS)
    assert (sign_in.admitted, sign_in.refused) == (0, 1)


def test_a_wrong_password_is_refused_and_the_connection_is_nobodys() -> None:
    sign_in = Ntlm(house())
    visit = sign_in.visit()
    assert visit.admit(challenged(visit, client("forkert"))) == Turned(offers=OFFERS)
    assert visit.admit("") == Turned(offers=OFFERS)
    assert sign_in.refused == 1
    assert visit.admit(challenged(visit, client())) == SERVICE


@pytest.mark.parametrize(
    "header", ["Basic cmVjZXB0aW9u", "NTLM", "NTLM !", "NTLM AAAA", "NTLM TlRMTVNTUAADAAAA"]
)
def test_what_is_no_message_is_turned_away_at_any_point(header: str) -> None:
    sign_in = Ntlm(house())
    visit = sign_in.visit()
    assert visit.admit(header) == Turned(offers=OFFERS)
    visit.admit(shown(client().step()))
    assert visit.admit(header) == Turned(offers=OFFERS)
    assert sign_in.admitted == 0


def test_the_environment_is_as_before_and_a_password_that_cannot_be_written_down_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for before in ("mine", None):
        if before is None:
            monkeypatch.delenv("NTLM_USER_FILE")
        else:
            monkeypatch.setenv("NTLM_USER_FILE", before)
        with Ntlm(house()).passwords():
            assert os.environ["NTLM_USER_FILE"] != before
        assert os.environ.get("NTLM_USER_FILE") == before
    colon = Ntlm(house(Caller(name="a", password="b:c")))
    with pytest.raises(RuntimeError, match="no colon"):
        colon.visit().admit(shown(client().step()))


# ------------------------------------------------------------------ tokens

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def form(**more: str) -> bytes:
    """Return what asks for a token, with some of it otherwise."""
    whole = {
        "grant_type": "client_credentials",
        "client_id": SERVICE.name,
        "client_secret": SERVICE.password,
        "scope": SCOPE,
    }
    return urlencode(whole | more).encode()


def bearer(granted: Granted) -> str:
    return f"Bearer {granted.body['access_token']}"


def test_a_token_is_good_until_it_runs_out_or_is_forgotten_over_any_connection() -> None:
    times = [NOW]
    sign_in = OAuth(Organisation([], [SERVICE], lambda: times[-1]), life_s=60)
    first, second = sign_in.grant("", form()), sign_in.grant("", form())
    assert (first.status, first.body["token_type"], first.body["expires_in"]) == (200, "Bearer", 60)
    assert sign_in.visit().admit(bearer(first)) == sign_in.visit().admit(bearer(second)) == SERVICE
    times.append(NOW + timedelta(seconds=60))
    turned = sign_in.visit().admit(bearer(first))
    assert isinstance(turned, Turned)
    assert (turned.status, 'error="invalid_token"' in turned.offers[0]) == (401, True)
    fresh = sign_in.grant("", form())
    assert sign_in.visit().admit(bearer(fresh)) == SERVICE
    sign_in.forget()
    assert isinstance(sign_in.visit().admit(bearer(fresh)), Turned)
    assert (sign_in.admitted, sign_in.refused, sign_in.expired) == (3, 0, 2)


def test_a_secret_may_come_in_the_header() -> None:
    given = base64.b64encode(urlencode({SERVICE.name: SERVICE.password}).replace("=", ":").encode()).decode()
    only_grant = urlencode({"grant_type": "client_credentials", "scope": SCOPE}).encode()
    assert OAuth(house()).grant(f"Basic {given}", only_grant).status == 200
    assert OAuth(house()).grant("Basic !", only_grant).body == {"error": "invalid_client"}


@pytest.mark.parametrize(
    ("more", "status", "error"),
    [
        ({"client_secret": "forkert"}, 401, "invalid_client"),
        ({"client_id": "another"}, 401, "invalid_client"),
        ({"grant_type": "refresh_token"}, 400, "unsupported_grant_type"),
        ({"scope": "https://outlook.office365.com/.default"}, 400, "invalid_scope"),
    ],
)
def test_no_token_is_given_to_who_does_not_ask_as_they_should(
    more: dict[str, str], status: int, error: str
) -> None:
    sign_in = OAuth(house())
    assert sign_in.grant("", form(**more)) == Granted(status=status, body={"error": error})
    assert (sign_in.admitted, sign_in.refused) == (0, int(status == 401))


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer invented", "Basic cmVj", "NTLM AAAA"])
def test_who_has_no_token_is_turned_away(header: str) -> None:
    assert isinstance(OAuth(house()).visit().admit(header), Turned)
