"""What [presence.exchange] may hold."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from dateutil.tz import tzlocal  # type: ignore[import-untyped]  # its types are a package of their own

from reception.errors import ConfigError
from reception.presence.port import EXCHANGE, TEAMS, TELEPHONY

Seconds: TypeAlias = Annotated[float, msgspec.Meta(gt=0, le=86_400)]

_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class ExchangeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[presence.exchange].

    `url` is the address of EWS, such as ``https://mail.firma.dk/EWS/Exchange.asmx``. `user` signs in, as
    ``FIRMA\\reception`` or as an address; with `auth` ``ntlm``, ``basic`` or ``digest``. With ``oauth`` it is
    an application and `password` its secret: `token_url` gives it tokens for `scope`, without which that is
    everything at the server. With `impersonation` it has the role ApplicationImpersonation, else people have
    shared their calendars with it.

    `calendars`: ``details``, or ``free_busy`` where it may see no more than times; that goes for people too
    whose details it may not see. Free and busy times are read every `calendar_s`, details when those are
    different and every `details_s` in any case. `streaming`: the server tells of changes over a connection
    that stays open, one for 200 people. `automatic_replies` of who is away are read every `mailbox_s`.

    `match` is the column of the directory with a colleague's mailbox; without it that is the e-mail address.
    `connections` are open at most at a time, besides those for streaming; `timeout_s` is how long an answer
    may take, `patience_s` how long a pause may be that the server asks for. `ca_file`: certificates to trust
    besides those of the computer (PEM). `zone` is the organisation's, `days_ahead` how far is looked ahead.
    `sample` is the mailbox that an examination tries; without it the one of `user`.
    """

    url: str
    user: str
    password: str = ""
    auth: Literal["ntlm", "basic", "digest", "oauth"] = "ntlm"
    token_url: str = ""
    scope: str = ""
    impersonation: bool = True
    calendars: Literal["details", "free_busy"] = "details"
    calendar_name: str = EXCHANGE
    streaming: bool = True
    automatic_replies: bool = True
    match: str = ""
    calendar_s: Seconds = 60.0
    details_s: Seconds = 900.0
    mailbox_s: Seconds = 900.0
    days_ahead: Annotated[int, msgspec.Meta(ge=0, le=366)] = 30
    connections: Annotated[int, msgspec.Meta(gt=0, le=24)] = 4
    timeout_s: Seconds = 30.0
    patience_s: Seconds = 20.0
    ca_file: str = ""
    zone: str = ""
    sample: str = ""

    @property
    def asked_scope(self) -> str:
        """What a token is asked for."""
        return self.scope or f"https://{urlsplit(self.url).hostname}/.default"

    @property
    def home(self) -> tzinfo:
        """The organisation's time zone; the computer's own when none is given."""
        if self.zone:
            return ZoneInfo(self.zone)
        own: tzinfo = tzlocal()
        return own


def parse_settings(raw: Mapping[str, Any]) -> ExchangeSettings:
    """Check [presence.exchange]. Raises ConfigError naming the setting."""
    try:
        settings = msgspec.convert(dict(raw), ExchangeSettings)
    except msgspec.ValidationError as error:
        raise wrong("presence.exchange", str(error)) from error
    if not _is_safe(settings.url):
        raise wrong("url", "must look like https://mail.example.com/EWS/Exchange.asmx")
    if settings.auth == "oauth" and not _is_safe(settings.token_url):
        raise wrong("token_url", "must look like https://adfs.example.com/adfs/oauth2/token")
    for name in ("user", "password"):
        if not getattr(settings, name).strip():
            raise wrong(name, "is empty")
    if not settings.calendar_name or settings.calendar_name in (TELEPHONY, TEAMS):
        raise wrong("calendar_name", "must be a name of its own")
    _check_zone(settings.zone)
    if settings.ca_file and not Path(settings.ca_file).is_file():
        raise wrong("ca_file", f"{settings.ca_file}: no such file")
    return settings


def _is_safe(url: str) -> bool:
    """Return whether a secret may be shown to an address that has a path."""
    address = urlsplit(url)
    is_plain = address.scheme == "http" and address.hostname in _LOOPBACK
    return (address.scheme == "https" or is_plain) and bool(address.hostname) and len(address.path) >= 2


def _check_zone(name: str) -> None:
    if name:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise wrong("zone", f"{name} is not a time zone") from error


def trusted(settings: ExchangeSettings) -> ssl.SSLContext:
    """Return whom we trust: the computer's certificates and those of the house. Raises ConfigError."""
    try:
        tls = ssl.create_default_context()
        if settings.ca_file:
            tls.load_verify_locations(cafile=settings.ca_file)
    except OSError as error:
        raise wrong("ca_file", str(error)) from error
    return tls


def wrong(setting: str, error: str) -> ConfigError:
    """Return the complaint about a setting."""
    return ConfigError("misconfigured", setting=setting, error=error)
