"""How one signs in to the emulated Exchange, header by header."""

from __future__ import annotations

import base64
import os
from datetime import UTC, datetime

import pytest
import spnego

from services.emulators.exchange.mailboxes import Caller, Organisation
from services.emulators.exchange.ntlm import Ntlm
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
