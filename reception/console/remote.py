"""A hub of the team: its address, its token from a file or as kept, verified TLS beyond this computer.

`check_remote` and `check_address` need no network module, so that a mistake is told before the window opens.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reception.errors import BadInput, ConfigError

if TYPE_CHECKING:
    import ssl

    from reception.console.link import Endpoint
    from reception.console.sign_in import Offer
    from reception.console.tokens import SignIn


def check_remote(url: str, token_file: Path, ca_file: Path | None) -> tuple[str, ssl.SSLContext | None]:
    """Return the token and, for ``wss``, how to verify. Raises BadInput naming the fault and the way out."""
    tls = check_address(url, ca_file)
    return _token(token_file), tls


def check_address(url: str, ca_file: Path | None) -> ssl.SSLContext | None:
    """Return how to verify a hub. Raises BadInput naming the fault and the way out."""
    parts = urlsplit(url)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise _fault(f"--hub: {url} is not an address like wss://reception.example:8443.")
    if parts.scheme == "ws" and not _is_loopback(parts.hostname):
        raise _fault(f"--hub: {url} would send the token in the clear. Use wss:// beyond this computer.")
    return _tls(ca_file) if parts.scheme == "wss" else None


class RemoteHub:
    """The team's hub. Raises BadInput when what was given cannot work."""

    def __init__(self, url: str, token_file: Path, ca_file: Path | None = None) -> None:
        self._url = url
        self._token, self._tls = check_remote(url, token_file, ca_file)

    async def locate(self) -> Endpoint:
        """Return where it listens: always the same."""
        from reception.console.link import Endpoint

        return Endpoint(url=self._url, token=self._token, tls=self._tls)


class SignedInHub:
    """The team's hub, with the token that is kept for it. Raises BadInput when what was given cannot work."""

    def __init__(self, sign_in: SignIn, ca_file: Path | None = None) -> None:
        self._sign_in = sign_in
        self._chooses = False
        self._tls = check_address(sign_in.hub, ca_file)

    async def locate(self) -> Endpoint:
        """Return where it listens, with the token of now. Raises ConfigError when there is none."""
        from reception.console.link import Endpoint

        token = self._sign_in.token()
        if not token:
            raise ConfigError("signed_out" if self._sign_in.is_out else "wrong_token")
        return Endpoint(url=self._sign_in.hub, token=token, tls=self._tls)

    async def sign_in(self, show: Callable[[Offer], object], *, stays: bool, window: int = 0) -> None:
        """Get a token by Windows' own sign-in, or one in the browser; `show` hears where.

        With `stays` it is kept. `window` is the handle of the window that Windows asks in front of; whoever
        has signed out, or was not let in, chooses their account there. Raises SignInRefused, or ServiceError.
        """
        from reception.console.broker import find_broker
        from reception.console.sign_in import sign_in

        chooses, self._chooses = self._chooses or self._sign_in.is_out, True
        ask = None
        if (broker := find_broker()) is not None:
            ask = partial(broker.ask, window=window, chooses=chooses)
        done = await sign_in(self._sign_in.hub, self._tls, show, name="reception", ask=ask)
        self._chooses = False
        if not (stays and self._sign_in.save(done.token)):
            self._sign_in.use(done.token)


def _token(file: Path) -> str:
    try:
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _fault(f"--token-file: {file} cannot be read: {error}") from error
    if not token:
        raise _fault(f"--token-file: {file} is empty.")
    return token


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    import ssl  # only for wss: loading it takes as long as half the window's first paint

    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        raise _fault(f"--ca-file: {ca_file} cannot be used: {error}") from error


def _fault(text: str) -> BadInput:
    return BadInput("misconfigured", text)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
