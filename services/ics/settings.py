"""The settings of calendars in iCalendar files and at addresses, checked before anything is tried."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from dateutil.tz import tzlocal  # type: ignore[import-untyped]  # its types are a package of their own

from reception.errors import ConfigError
from reception.presence.port import CALENDAR_FILES, TEAMS, TELEPHONY

HOLES: Final = ("email", "user", "id", "initials")
"""What of a person may stand in a pattern; `user` is the e-mail up to the @."""

Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where calendars are.

    `files` are patterns of files in `folder`, `url` one of addresses; `calendars` names the files and
    addresses of single people (by id or e-mail) instead. `user` with `password`, or `token`, opens `url` and
    what is on the same server. `ca_file`: certificates of the house (PEM). Files are looked at every
    `watch_s` seconds, addresses every `refresh_s`. `name` is the source as receptionists see it. `zone`: of
    the organisation.
    """

    name: str = CALENDAR_FILES
    folder: str = ""
    files: tuple[str, ...] = ("{email}.ics", "{id}.ics")
    url: str = ""
    calendars: dict[str, tuple[str, ...] | str] = {}
    user: str = ""
    password: str = ""
    token: str = ""
    ca_file: str = ""
    zone: str = ""
    days_ahead: Annotated[int, msgspec.Meta(ge=0, le=366)] = 30
    watch_s: Seconds = 5.0
    refresh_s: Seconds = 300.0

    @property
    def home(self) -> tzinfo:
        """The organisation's time zone; the computer's own when none is given."""
        return zone_of(self.zone)


def zone_of(name: str) -> tzinfo:
    """Return a zone of the IANA; the computer's own for an empty name. Raises what ZoneInfo raises."""
    found: tzinfo = ZoneInfo(name) if name else tzlocal()
    return found


def parse_settings(raw: Mapping[str, Any]) -> Settings:
    """Check the backend's section of the configuration. Raises ConfigError naming the setting."""
    try:
        settings = msgspec.convert(dict(raw), Settings)
    except msgspec.ValidationError as error:
        raise _wrong("presence.ics", str(error)) from error
    _check_places(settings)
    _check_sign_in(settings)
    try:
        _ = settings.home
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _wrong("zone", f"{settings.zone} is not a time zone") from error
    if not settings.name or settings.name in (TELEPHONY, TEAMS):
        raise _wrong("name", "must be a name of its own")
    if settings.ca_file and not Path(settings.ca_file).is_file():
        raise _wrong("ca_file", f"{settings.ca_file}: no such file")
    return settings


def is_address(place: str) -> bool:
    """Return whether a calendar is at an address rather than in a file."""
    return place.partition("://")[0].casefold() in ("http", "https", "webcal", "webcals")


def as_http(address: str) -> str:
    """Return an address as HTTP knows it: webcal is what programs write for "subscribe to this"."""
    scheme, _, rest = address.partition("://")
    return f"https://{rest}" if scheme.casefold() in ("webcal", "webcals") else address


def _check_places(settings: Settings) -> None:
    if not (settings.folder or settings.url or settings.calendars):
        raise _wrong("folder", "one of folder, url and calendars is needed")
    for name, pattern in (("url", settings.url), *(("files", pattern) for pattern in settings.files)):
        _check_holes(name, pattern)
    if settings.url and not is_address(settings.url):
        raise _wrong("url", "must look like https://server/{user}.ics")
    if "{" in urlsplit(settings.url).netloc:
        raise _wrong("url", "the server must be the same for everybody")
    for pattern in settings.files:
        if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
            raise _wrong("files", f"{pattern} is not in the folder")
    for owner, given in settings.calendars.items():
        for place in places_in(given):
            if not is_address(place) and not settings.folder and not Path(place).is_absolute():
                raise _wrong("calendars", f"{owner}: {place} is a file, so folder is needed")


def places_in(given: tuple[str, ...] | str) -> tuple[str, ...]:
    """Return the places of one person; one alone may be written without a list."""
    return (given,) if isinstance(given, str) else given


def _check_holes(setting: str, pattern: str) -> None:
    try:
        holes = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError as error:
        raise _wrong(setting, f"{pattern}: {error}") from error
    if unknown := holes - set(HOLES):
        allowed = ", ".join(f"{{{hole}}}" for hole in HOLES)
        raise _wrong(setting, f"unknown {{{min(unknown)}}}; there are {allowed}")
    if pattern and not holes:
        raise _wrong(setting, f"{pattern} is the same for everybody; write {{email}} where they differ")


def _check_sign_in(settings: Settings) -> None:
    if settings.token and settings.password:
        raise _wrong("token", "give a password or a token, not both")
    if bool(settings.user) != bool(settings.password):
        raise _wrong("user", "user and password are needed together")
    is_secret = bool(settings.password or settings.token)
    if is_secret and not settings.url:
        raise _wrong("url", "is needed with a password or token, which are for that server alone")
    parts = urlsplit(as_http(settings.url))
    if is_secret and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise _wrong("url", "must be https, else everybody on the way reads the password")


def _wrong(setting: str, error: str) -> ConfigError:
    return ConfigError("misconfigured", setting=setting, error=error)
