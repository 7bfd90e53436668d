"""Tokens of the emulated Exchange, as exchangelib asks for them and shows them."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from exchangelib import OAUTH2, OAuth2Credentials
from exchangelib.errors import UnauthorizedError
from exchangelib.protocol import BaseProtocol
from oauthlib.oauth2 import InvalidClientError, InvalidScopeError, UnsupportedGrantTypeError
from requests.adapters import HTTPAdapter

from services.emulators.exchange.oauth import SCOPE, OAuth
from services.emulators.exchange.serving import ExchangeEmulator
from tests.integration.ews_account import account, free_busy, meeting, plain_exchange, view
from tests.integration.ews_rig import ANNA, SERVICE, Clock, organisation


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: Clock) -> Iterator[ExchangeEmulator]:
    """Speak TLS: without it exchangelib's library for tokens gives none away."""
    authority, ca_file = trustme.CA(), str(tmp_path / "ca.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    authority.cert_pem.write_to_path(ca_file)

    class Adapter(HTTPAdapter):
        def send(self, request: Any, *args: Any, **more: Any) -> Any:
            return super().send(request, *args, **{**more, "verify": ca_file})

    with plain_exchange(monkeypatch, organisation(clock), tls=tls, make_sign_in=OAuth) as emulator:
        monkeypatch.setattr(BaseProtocol, "HTTP_ADAPTER_CLS", Adapter)
        emulator.organisation.put(ANNA, meeting())
        yield emulator


def oauth_of(server: ExchangeEmulator) -> OAuth:
    assert isinstance(server.service.sign_in, OAuth)
    return server.service.sign_in


def reader(server: ExchangeEmulator, *, secret: str = SERVICE.password, asked: str = SCOPE) -> Any:
    class Application(OAuth2Credentials):  # type: ignore[misc]  # exchangelib has no types
        token_url = server.token_url
        scope = (asked,)

    application = Application(client_id=SERVICE.name, client_secret=secret)
    return account(server, credentials=application, auth_type=OAUTH2)


def test_a_token_opens_calendars_and_times(server: ExchangeEmulator) -> None:
    anna = reader(server)
    assert [item.subject for item in view(anna)] == ["Statusmøde"]
    (times,) = free_busy(anna, ANNA)
    assert [event.busy_type for event in times.calendar_events] == ["Busy"]
    assert (oauth_of(server).admitted, server.service.strangers) == (1, 0)


def test_a_token_that_has_run_out_is_refused_and_another_one_is_good(
    server: ExchangeEmulator, clock: Clock
) -> None:
    oauth, anna = oauth_of(server), reader(server)
    view(anna)
    clock.now += timedelta(seconds=oauth.life_s)
    with pytest.raises(UnauthorizedError):
        view(anna)
    assert [item.subject for item in view(anna)] == ["Statusmøde"], "by a token that it fetched anew"
    assert (oauth.admitted, oauth.expired, oauth.refused) == (2, 1, 0)


def test_exchangelib_asks_in_vain_for_the_renewal_of_a_token_that_says_it_has_run_out(
    server: ExchangeEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="exchangelib")  # it says at length what it had asked
    oauth_of(server).told_s = -1
    with pytest.raises(UnsupportedGrantTypeError):
        view(reader(server))


def test_a_wrong_secret_and_a_scope_of_others_give_no_token(server: ExchangeEmulator) -> None:
    with pytest.raises(InvalidClientError):
        view(reader(server, secret="forkert"))
    with pytest.raises(InvalidScopeError):
        view(reader(server, asked="https://outlook.office365.com/.default"))
    assert (oauth_of(server).admitted, oauth_of(server).refused) == (0, 1)
    assert not server.service.asked
