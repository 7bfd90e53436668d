"""Whether Microsoft has sent what came encrypted: signed words, naming our app and tenant (contract 1.11)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

import httpx
import jwt

from reception.errors import ProtocolError
from reception.model.microsoft import MicrosoftAccount
from services.graph.published import Metadata, PublishedKeys
from services.graph.settings import tls_of
from services.graph.tokens import TIMEOUT

PUBLISHER: Final = "0bf30f3b-4a52-48df-9a82-234910c4a086"
"""The app by which Microsoft sends notifications."""
_ALGORITHMS: Final = ("RS256",)
_AGAIN_S: Final = 300.0
"""Keys are not asked for more often: strangers could make us ask by sending words with unknown keys."""
_LEEWAY_S: Final = 300


class Proofs:
    """Checks them against the keys that Microsoft publishes. `clock` gives seconds."""

    def __init__(
        self,
        account: MicrosoftAccount,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._account = account
        tls = tls_of(account) if transport is None else True
        self._http = httpx.AsyncClient(timeout=TIMEOUT, verify=tls, transport=transport)
        authority = account.authority.rstrip("/")
        metadata = Metadata(self._http, f"{authority}/common/v2.0/.well-known/openid-configuration")
        self._keys = PublishedKeys(metadata, again_s=_AGAIN_S, clock=clock)

    async def close(self) -> None:
        """Let go of the network."""
        await self._http.aclose()

    async def check(self, proofs: Sequence[str]) -> None:
        """Raise ProtocolError unless there are some and all are right; Unavailable when nobody can tell."""
        if not proofs:
            raise ProtocolError("graph_malformed", what="validationTokens")
        for proof in proofs:
            await self._check(proof)

    async def _check(self, proof: str) -> None:
        account = self._account
        issuers = [
            f"{account.authority.rstrip('/')}/{account.tenant}/v2.0",
            f"https://sts.windows.net/{account.tenant}/",
        ]
        try:
            kid = str(jwt.get_unverified_header(proof).get("kid") or "")
            key = await self._keys.find(kid)
            if key is None:
                raise ProtocolError("graph_malformed", what="validationTokens")
            claims = jwt.decode(
                proof,
                key,
                algorithms=list(_ALGORITHMS),
                audience=account.client_id,
                issuer=issuers,
                leeway=_LEEWAY_S,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise ProtocolError("graph_malformed", what="validationTokens") from error
        if PUBLISHER not in (claims.get("azp"), claims.get("appid")):
            raise ProtocolError("graph_malformed", what="validationTokens")
