"""What Microsoft publishes of its sign-in: addresses, and the keys that sign (OpenID Connect Discovery)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import msgspec

from reception.errors import ProtocolError
from services.graph.trouble import network_trouble


class Metadata:
    """One document of addresses."""

    def __init__(self, http: httpx.AsyncClient, address: str) -> None:
        self._http = http
        self._address = address

    async def read(self) -> dict[str, Any]:
        """Return the document. Raises Unavailable or ProtocolError."""
        return await self._read(self._address)

    async def keys(self) -> dict[str, jwt.PyJWK]:
        """Return the keys that sign now, by their id. Raises Unavailable or ProtocolError."""
        address = endpoint(await self.read(), "jwks_uri")
        try:
            keys = jwt.PyJWKSet.from_dict(await self._read(address)).keys
        except jwt.PyJWTError as error:
            raise ProtocolError("graph_malformed", what="jwks_uri") from error
        return {key.key_id: key for key in keys if key.key_id}

    async def _read(self, address: str) -> dict[str, Any]:
        try:
            reply = await self._http.get(address)
            return msgspec.json.decode(reply.content, type=dict[str, Any])
        except httpx.RequestError as error:
            raise network_trouble(error, httpx.URL(address).host) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ProtocolError("graph_malformed", what="openid-configuration") from error


class PublishedKeys:
    """The keys, asked for again when one is wanted that is not among them.

    `again_s` is how long that is not done again: strangers could make us ask by words with unknown keys.
    """

    def __init__(
        self, metadata: Metadata, *, again_s: float = 0.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._metadata = metadata
        self._again_s = again_s
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at = float("-inf")
        self._one_flight = asyncio.Lock()

    async def find(self, kid: str) -> jwt.PyJWK | None:
        """Return a key by its id, None when there is none. Raises Unavailable or ProtocolError."""
        async with self._one_flight:
            if kid not in self._keys and self._clock() - self._asked_at >= self._again_s:
                self._asked_at = self._clock()
                self._keys = await self._metadata.keys()
        return self._keys.get(kid)


def endpoint(metadata: dict[str, Any], name: str) -> str:
    """Return one of the addresses. Raises ProtocolError unless it is one with https."""
    address = metadata.get(name)
    if not isinstance(address, str) or not address.startswith("https://"):
        raise ProtocolError("graph_malformed", what="openid-configuration")
    return address
