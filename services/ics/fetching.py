"""Calendars at addresses, over HTTP."""

from __future__ import annotations

import logging
import ssl
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import httpx

from reception.errors import AuthNeeded, ConfigError, ServiceError, Unavailable
from services.ics.places import Place
from services.ics.settings import Settings, as_http

logging.getLogger("httpx").setLevel(
    logging.WARNING
)  # it notes every request with its address, secrets and all

TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
LARGEST: Final = 50 * 1024 * 1024
"""Bytes of a calendar; more is something else."""


class Page(NamedTuple):
    """What an address answered. `content` None: there is no calendar. The marks are for the next time."""

    content: bytes | None
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Asks servers for calendars. Close it with `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._origin = _origin(as_http(settings.url))
        try:
            tls = ssl.create_default_context()  # the computer's certificates, and those of the house
            if settings.ca_file:
                tls.load_verify_locations(cafile=settings.ca_file)
        except OSError as error:
            raise ConfigError("misconfigured", setting="ca_file", error=str(error)) from error
        self._http = httpx.AsyncClient(timeout=TIMEOUT, verify=tls, follow_redirects=True)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def fetch(self, place: Place, known: Page | None) -> Page | None:
        """Return what is at an address, or None when it is still as `known`. Raises ServiceError."""
        headers = {"Accept": "text/calendar, */*;q=0.5"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.modified:
            headers["If-Modified-Since"] = known.modified
        auth = self._headers_for(place.where)
        try:
            async with self._http.stream("GET", place.where, headers=headers | auth) as answer:
                return await self._page(answer, place)
        except (httpx.TransportError, httpx.InvalidURL, httpx.TooManyRedirects, httpx.DecodingError) as error:
            raise self._trouble(error, place) from error

    def _headers_for(self, url: str) -> dict[str, str]:
        """Return the sign-in, for the server it was given for and no other; redirects elsewhere lose it."""
        if _origin(url) != self._origin:
            return {}
        if self._settings.token:
            return {"Authorization": f"Bearer {self._settings.token}"}
        if self._settings.user:
            basic = httpx.BasicAuth(self._settings.user, self._settings.password)
            request = next(basic.auth_flow(httpx.Request("GET", url)))
            return {"Authorization": request.headers["Authorization"]}
        return {}

    async def _page(self, answer: httpx.Response, place: Place) -> Page | None:
        match answer.status_code:
            case 304:
                return None
            case 404 | 410:
                return Page(None)
            case 401 | 403:
                user = self._settings.user or "?"
                raise AuthNeeded("wrong_password", address=_host(place), user=user)
            case code if code != 200:
                raise Unavailable("calendar_refused", address=_host(place), status=code)
        parts, size = [], 0
        async for part in answer.aiter_bytes():
            size += len(part)
            if size > LARGEST:
                raise Unavailable("calendar_too_large", file=place.name)
            parts.append(part)
        marks = answer.headers
        return Page(b"".join(parts), marks.get("ETag", ""), marks.get("Last-Modified", ""))

    def _trouble(self, error: Exception, place: Place) -> ServiceError:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                return ConfigError("tls_failed", address=_host(place), error=str(cause.reason))
            cause = cause.__cause__ or cause.__context__
        return Unavailable("unreachable", address=_host(place))


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _host(place: Place) -> str:
    return urlsplit(place.where).netloc.rpartition("@")[2]
