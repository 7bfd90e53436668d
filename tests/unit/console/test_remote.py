"""The address of a team's hub, from the command line."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from reception.console.remote import RemoteHub, check_remote
from reception.errors import BadInput


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text("secret\n")
    return file


@pytest.mark.parametrize("url", ["http://hub", "hub:8443", "wss://", "", "wss//hub"])
def test_an_address_that_is_none_is_refused(url: str, token_file: Path) -> None:
    with pytest.raises(BadInput, match="not an address like wss://"):
        check_remote(url, token_file, None)


@pytest.mark.parametrize("url", ["ws://hub.example:1", "ws://10.0.0.1:1", "ws://0.0.0.0:1"])
def test_a_token_never_goes_in_the_clear_beyond_this_computer(url: str, token_file: Path) -> None:
    with pytest.raises(BadInput, match="wss://"):
        check_remote(url, token_file, None)


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1", "ws://[::1]:1", "ws://localhost:1"])
def test_loopback_needs_no_tls(url: str, token_file: Path) -> None:
    assert check_remote(url, token_file, None) == ("secret", None)


async def test_wss_verifies_the_hubs_certificate(token_file: Path, tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(ca_file))
    endpoint = await RemoteHub("wss://hub.example:8443", token_file, ca_file).locate()
    assert endpoint.tls is not None
    assert endpoint.tls.verify_mode is ssl.CERT_REQUIRED
    assert endpoint.tls.check_hostname
    assert len(endpoint.tls.get_ca_certs()) == 1
    assert "secret" not in endpoint.address


def test_missing_and_empty_files_are_named(tmp_path: Path, token_file: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_text("\n")
    with pytest.raises(BadInput, match=r"--token-file: .*none cannot be read"):
        check_remote("wss://hub", tmp_path / "none", None)
    with pytest.raises(BadInput, match=r"empty is empty"):
        check_remote("wss://hub", empty, None)
    with pytest.raises(BadInput, match=r"--ca-file: .*empty cannot be used"):
        check_remote("wss://hub", token_file, empty)
