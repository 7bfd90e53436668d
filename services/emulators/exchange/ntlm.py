"""Signing in by NTLM, as IIS has it: three messages, after which the connection is somebody's (MS-NTHT).

The first request comes without a name and is answered with 401; the same request then brings a message
*Negotiate*, is answered with 401 and a *Challenge*, and brings an *Authenticate* over the same connection.
What comes over it afterwards needs no header. pyspnego does the reckoning (MS-NLMP).
"""

from __future__ import annotations

import base64
import hashlib
import os
import ssl
import struct
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import spnego
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from services.emulators.exchange.mailboxes import Caller, Organisation
from services.emulators.exchange.sign_in import Turned, Visit, decoded, parted

_FILE: Final = "NTLM_USER_FILE"
"""Where pyspnego looks for the passwords, in the environment: it takes them from nowhere else."""
_environment = threading.Lock()


class Ntlm:
    """NTLM, offered beside Negotiate as Exchange does.

    With `certificate` (PEM, of the server itself) it has Extended Protection, as Exchange since 2019 CU14:
    whoever signs in must name the TLS connection that they do it over. `challenges` counts handshakes begun;
    `instead` is answered in place of a challenge, where something is to go wrong in the middle. Names are
    ``FIRMA\\user`` or an address; a password has no colon (the file of pyspnego separates by them).
    """

    offers: tuple[str, ...] = ("Negotiate", "NTLM")

    def __init__(self, organisation: Organisation, certificate: str = "") -> None:
        self._organisation = organisation
        self.bindings = _bindings(certificate) if certificate else None
        self.admitted = 0
        self.refused = 0
        self.challenges = 0
        self.instead: Turned | None = None
        self.era = 0

    def visit(self) -> Visit:
        """Begin a connection, which is nobody's."""
        return _Handshake(self)

    def forget(self) -> None:
        """Let no connection be anybody's any more, as after a restart of the server's pool."""
        self.era += 1

    @contextmanager
    def passwords(self) -> Iterator[None]:
        """Let pyspnego know the passwords as they are now."""
        callers = self._organisation.callers.values()
        with _environment, tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "passwords"
            file.write_text(_lines(callers), encoding="utf-8")
            before = os.environ.get(_FILE)
            os.environ[_FILE] = str(file)
            try:
                yield
            finally:
                if before is None:
                    del os.environ[_FILE]
                else:
                    os.environ[_FILE] = before

    def caller(self, name: str) -> Caller | None:
        """Return who has a name."""
        return self._organisation.callers.get(name.lower())


class _Handshake:
    """One connection: nobody's, then asked for an answer to a challenge, then somebody's."""

    def __init__(self, sign_in: Ntlm) -> None:
        self._sign_in = sign_in
        self._asked: spnego.ContextProxy | None = None
        self._caller: Caller | None = None
        self._era = sign_in.era

    def admit(self, authorization: str) -> Caller | Turned:
        """Take the handshake a step further, or return whose connection it is."""
        if self._era != self._sign_in.era:
            self._era, self._asked, self._caller = self._sign_in.era, None, None
        if authorization:
            return self._step(*parted(authorization))
        return self._caller or self._refusal()

    def _step(self, kind: str, encoded: str) -> Caller | Turned:
        asked, self._asked, self._caller = self._asked, None, None
        message = decoded(encoded)
        if kind not in ("ntlm", "negotiate") or not message:
            return self._refusal()
        if asked is None:
            return self._challenge(kind, message)
        self._caller = self._proved(asked, message)
        if self._caller is None:
            self._sign_in.refused += 1
            return self._refusal()
        self._sign_in.admitted += 1
        return self._caller

    def _challenge(self, kind: str, negotiate: bytes) -> Turned:
        try:
            with self._sign_in.passwords():
                asked = spnego.server(
                    protocol="ntlm",
                    options=spnego.NegotiateOptions.use_ntlm,
                    channel_bindings=self._sign_in.bindings,
                )
                challenge = asked.step(negotiate)
        except (SpnegoError, ValueError, struct.error):
            return self._refusal()
        self._sign_in.challenges += 1
        if self._sign_in.instead is not None:
            return self._sign_in.instead
        self._asked = asked
        word = "NTLM" if kind == "ntlm" else "Negotiate"
        return Turned(offers=(f"{word} {base64.b64encode(challenge or b'').decode()}",))

    def _proved(self, asked: spnego.ContextProxy, authenticate: bytes) -> Caller | None:
        try:
            with self._sign_in.passwords():
                asked.step(authenticate)
        except (SpnegoError, ValueError, struct.error):
            return None
        return self._sign_in.caller(asked.client_principal or "")

    def _refusal(self) -> Turned:
        return Turned(offers=self._sign_in.offers)


def _lines(callers: Iterable[Caller]) -> str:
    """Return accounts as pyspnego reads them, ``FIRMA:user:password``."""
    lines = []
    for caller in callers:
        domain, backslash, user = caller.name.rpartition("\\")
        if ":" in caller.name + caller.password:
            raise RuntimeError("a name and a password for NTLM have no colon")
        lines.append(f"{domain if backslash else ''}:{user}:{caller.password}\n")
    return "".join(lines)


def _bindings(certificate: str) -> GssChannelBindings:
    """Return what names a TLS connection: the fingerprint of the server's certificate (RFC 5929)."""
    fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate)).digest()
    return GssChannelBindings(application_data=b"tls-server-end-point:" + fingerprint)
