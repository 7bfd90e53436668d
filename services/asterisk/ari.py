"""Asterisk's REST interface: commands and questions over HTTP, events over a WebSocket.

Every failure becomes one of ours: `Unavailable` and its kin when nobody answers as ARI should, `Refusal`
when ARI says no to one command.
"""

from __future__ import annotations

import base64
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidMessage, InvalidStatus

from reception.errors import AuthNeeded, ConfigError, ProtocolError, ReceptionError, ServiceError, Unavailable
from reception.ports import SwitchError
from services.asterisk.settings import Settings

logging.getLogger("httpx").setLevel(logging.WARNING)  # it notes every request with its address

T = TypeVar("T")
TIMEOUT: Final = httpx.Timeout(5.0, connect=3.0)
HANDSHAKE_S: Final = 5.0
KEEPALIVE_S: Final = 10.0
MAX_EVENT: Final = 4 * 1024 * 1024

REQUIRED_MODULES: Final = (
    "app_stasis",
    "bridge_holding",
    "bridge_simple",
    "chan_pjsip",
    "func_callerid",
    "func_devstate",
    "res_ari",
    "res_ari_applications",
    "res_ari_asterisk",
    "res_ari_bridges",
    "res_ari_channels",
    "res_ari_device_states",
    "res_ari_events",
    "res_manager_devicestate",
    "res_musiconhold",
    "res_pjsip_header_funcs",
    "res_stasis",
    "res_stasis_answer",
    "res_stasis_device_state",
    "res_stasis_playback",
)


class Refusal(ReceptionError):
    """ARI's answer to one request is no."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail

    @property
    def error(self) -> SwitchError:
        """What it means for a command: 404 and 400 name what is not there, 422 and 409 what has left Stasis.

        GONE is said of legs: without its bridge a leg lives on.
        """
        is_gone = (
            self.status in (404, 422)
            or (self.status == 400 and "not found" in self.detail)
            or (self.status == 409 and "not in Stasis" in self.detail)
        )
        return SwitchError.GONE if is_gone and not self.lacks_bridge else SwitchError.REFUSED

    @property
    def lacks_bridge(self) -> bool:
        """True if a bridge is not there that the request named."""
        return self.status == 404 and self.detail.startswith("Bridge")

    @property
    def says_name_is_taken(self) -> bool:
        """True if a bridge cannot be made because Asterisk has, or had, one of that name.

        The 500 comes when two are made at once, or the old one is not quite taken down.
        """
        return self.status == 409 or (self.status == 500 and "duplicate" in self.detail.lower())


class Ari:
    """One login to ARI. Close it with `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tls = _tls_context(settings)
        self._http = httpx.AsyncClient(
            base_url=settings.url,
            auth=(settings.user, settings.password),
            timeout=TIMEOUT,
            trust_env=False,
            verify=self._tls or False,  # plain HTTP needs no certificates
        )

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    # ------------------------------------------------------------- requests

    async def get(self, path: str, kind: type[T], **params: str) -> T:
        """Ask for an object and read it as `kind`."""
        answer = await self.request("GET", path, None, **params)
        try:
            return msgspec.json.decode(answer, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ConfigError("wrong_address", address=self._settings.address) from error

    async def post(self, path: str, **body: Any) -> None:
        """Give a command. What it says goes in the body: addresses are logged, numbers must not be."""
        await self.request("POST", path, body or None)

    async def put(self, path: str, body: dict[str, Any]) -> None:
        """Set something."""
        await self.request("PUT", path, body)

    async def delete(self, path: str, **params: str) -> None:
        """Remove or end something."""
        await self.request("DELETE", path, None, **params)

    async def variable(self, channel: str, name: str) -> str:
        """Read a variable or function of a channel; one that is not set is an empty text.

        Raises:
            Refusal: there is no such channel.
        """
        try:
            answer = await self.get(f"channels/{channel}/variable", dict[str, str], variable=name)
        except Refusal as refusal:
            if "variable" in refusal.detail.lower():
                return ""
            raise
        return answer.get("value", "")

    async def request(
        self, method: str, path: str, body: dict[str, Any] | None = None, **params: str
    ) -> bytes:
        """Send a request.

        Raises:
            Refusal: ARI says no.
            ServiceError: it cannot be reached, or does not accept our login.
        """
        if self._http.is_closed:
            raise self._away()
        try:
            answer = await self._http.request(method, f"/{path}", params=params, json=body)
        except httpx.TransportError as error:
            raise self._no_transport(error) from error
        if answer.status_code in (401, 403):
            raise self._no_login(answer.status_code)
        if answer.is_error:
            raise Refusal(answer.status_code, _message_of(answer))
        return answer.content

    # ------------------------------------------------------------- events

    @asynccontextmanager
    async def events(self) -> AsyncIterator[ClientConnection]:
        """Open the WebSocket; from then on calls to our application arrive.

        Raises:
            ServiceError: as for requests; ``switch_stuck`` when the handshake gets no answer though a
                ping does (Asterisk issue 2170, FACTS 2.1).
        """
        login = base64.b64encode(f"{self._settings.user}:{self._settings.password}".encode()).decode()
        try:
            socket = await connect(
                self._settings.events_url,
                additional_headers={"Authorization": f"Basic {login}"},
                ssl=self._tls if self._settings.url.startswith("https") else None,
                open_timeout=HANDSHAKE_S,
                close_timeout=2.0,
                ping_interval=KEEPALIVE_S,
                ping_timeout=KEEPALIVE_S,
                max_size=MAX_EVENT,
                proxy=None,
            )
        except TimeoutError as error:
            raise await self.stuck_or_away() from error
        except InvalidStatus as error:
            status = error.response.status_code
            raise (self._no_login(status) if status in (401, 403) else self._wrong_address()) from error
        except (InvalidMessage, InvalidHandshake) as error:
            raise self._away() from error
        except OSError as error:
            raise self._no_transport(error) from error
        try:
            yield socket
        finally:
            await socket.close()

    async def stuck_or_away(self) -> ServiceError:
        """Tell an ARI that stands still from one that is not there."""
        try:
            await self.request("GET", "asterisk/ping")
        except (ServiceError, Refusal):
            return self._away()
        return Unavailable("switch_stuck", address=self._settings.address)

    # ------------------------------------------------------------- set-up

    async def check(self) -> str:
        """Look whether ARI is at this address and complete; return when Asterisk started.

        Raises:
            ServiceError: why it will not do.
        """
        try:
            info = await self.get("asterisk/info", _Info)
        except Refusal as refusal:
            raise await self._why_not(refusal) from refusal
        modules = await self.get("asterisk/modules", list[_Module])
        running = {m.name.removesuffix(".so") for m in modules if m.status == "Running"}
        missing = [name for name in REQUIRED_MODULES if name not in running]
        if missing:
            raise ConfigError("missing_modules", modules=", ".join(missing))
        return info.status.startup_time

    async def _why_not(self, refusal: Refusal) -> ServiceError:
        if refusal.status != 404:
            return Unavailable("unreachable", address=self._settings.address)
        try:
            await self.request("GET", "api-docs/resources.json")
        except Refusal:
            return self._wrong_address()
        return ConfigError("missing_modules", modules="res_ari_asterisk")

    # ------------------------------------------------------------- our words for failures

    def _away(self) -> Unavailable:
        return Unavailable("unreachable", address=self._settings.address)

    def _wrong_address(self) -> ConfigError:
        return ConfigError("wrong_address", address=self._settings.address)

    def _no_login(self, status: int) -> ServiceError:
        if status == 403:
            return ConfigError("misconfigured", setting="user", error="may only read (read_only in ari.conf)")
        return AuthNeeded("wrong_password", address=self._settings.address, user=self._settings.user)

    def _no_transport(self, error: Exception) -> ServiceError:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                return ConfigError("tls_failed", address=self._settings.address, error=str(cause.reason))
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, httpx.RemoteProtocolError):
            return ProtocolError("wrong_address", address=self._settings.address)
        return self._away()


class _Status(msgspec.Struct):
    startup_time: str = ""


class _Info(msgspec.Struct):
    status: _Status


class _Module(msgspec.Struct):
    name: str
    status: str = ""


def _message_of(answer: httpx.Response) -> str:
    try:
        found = msgspec.json.decode(answer.content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return str(found.get("message") or found.get("error") or "")


def _tls_context(settings: Settings) -> ssl.SSLContext | None:
    if not settings.url.startswith("https"):
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except OSError as error:
        raise ConfigError("misconfigured", setting="ca_file", error=str(error)) from error
