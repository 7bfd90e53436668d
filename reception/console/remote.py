"""A hub of the team: its address and token from the command line, verified TLS beyond this computer.

`check_remote` needs no network module, so that a mistake is told before the window opens.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reception.errors import BadInput

if TYPE_CHECKING:
    import ssl

    from reception.console.link import Endpoint


def check_remote(url: str, token_file: Path, ca_file: Path | None) -> tuple[str, ssl.SSLContext | None]:
    """Return the token and, for ``wss``, how to verify. Raises BadInput naming the fault and the way out."""
    parts = urlsplit(url)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise _fault(f"--hub: {url} is not an address like wss://reception.example:8443.")
    if parts.scheme == "ws" and not _is_loopback(parts.hostname):
        raise _fault(f"--hub: {url} would send the token in the clear. Use wss:// beyond this computer.")
    return _token(token_file), _tls(ca_file) if parts.scheme == "wss" else None


class RemoteHub:
    """The team's hub. Raises BadInput when what was given cannot work."""

    def __init__(self, url: str, token_file: Path, ca_file: Path | None = None) -> None:
        self._url = url
        self._token, self._tls = check_remote(url, token_file, ca_file)

    async def locate(self) -> Endpoint:
        """Return where it listens: always the same."""
        from reception.console.link import Endpoint

        return Endpoint(url=self._url, token=self._token, tls=self._tls)


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
