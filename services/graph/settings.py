"""The settings of Microsoft 365, checked before anything is tried."""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.parse import urlsplit

import msgspec
from dateutil.tz import tzlocal  # type: ignore[import-untyped]  # its types are a package of their own

from reception.errors import ConfigError
from reception.model.microsoft import MicrosoftAccount
from reception.presence.port import EXCHANGE, TEAMS, TELEPHONY
from services.graph.zones import known_zone

S = TypeVar("S", bound=msgspec.Struct)

Seconds = Annotated[float, msgspec.Meta(gt=0, le=86_400)]
Count = Annotated[int, msgspec.Meta(gt=0, le=1_000_000)]
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class PresenceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[presence.graph]: whose presence and calendars are read, how often, and at what price.

    `teams`: Teams' words are read. `calendars`: ``details`` reads appointments, ``free_busy`` times alone,
    ``off`` nothing. `schedules_through`: the mailbox (UPN) that asks for free and busy times, also of those
    whose details are refused. `match`: the column of the directory with a colleague's UPN or object id;
    without it they are found by e-mail.

    Those who are watched or waited for are asked for every `watched_s`, all others every `rest_s`, within
    `presence_requests` each 30 seconds (Microsoft names 1,500 and 10,000; which one holds is not sure).
    Calendars are asked every `calendar_s`, mailbox settings every `mailbox_s`. `automatic_replies`: they
    count as an absence; `working_hours`: they are shown (permission MailboxSettings.Read for both).

    `notify_at` is the https address at which Microsoft reaches `notify_listen` (HOST:PORT), to tell of
    changed calendars, and of presence where somebody has signed in for that as `notify_user`; their sign-in
    lies in `folder`. Without TLS of our own (`notify_cert`, `notify_key`) only this computer may connect.
    """

    microsoft: MicrosoftAccount
    zone: str = ""
    teams: bool = True
    calendars: Literal["details", "free_busy", "off"] = "details"
    calendar_name: str = EXCHANGE
    schedules_through: str = ""
    automatic_replies: bool = False
    working_hours: bool = False
    match: str = ""
    watched_s: Seconds = 2.0
    rest_s: Seconds = 10.0
    presence_requests: Count = 1_500
    people_a_request: Annotated[int, msgspec.Meta(gt=0, le=650)] = 650
    calendar_s: Seconds = 60.0
    mailbox_s: Seconds = 900.0
    days_ahead: Annotated[int, msgspec.Meta(ge=0, le=366)] = 30
    immutable_ids: bool = True
    notify_at: str = ""
    notify_listen: str = ""
    notify_cert: str = ""
    notify_key: str = ""
    notify_user: str = ""
    folder: str = ""

    @property
    def reads_mailbox_settings(self) -> bool:
        """True when mailbox settings are asked for at all."""
        return self.automatic_replies or self.working_hours

    @property
    def home(self) -> tzinfo:
        """The organisation's time zone; the computer's own when none is given."""
        return known_zone(self.zone) or _own_zone()


class DirectorySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[directory.graph]: people with their accounts, joined with those of the file.

    `match`: the column of the file with a colleague's UPN or object id; without it they are found by e-mail.
    `wins`: whose word counts where file and Microsoft say something else. `extension_attribute`: which of
    the fifteen of on-premises Exchange holds the extension; 0 for none. `guests`: of other organisations
    too. `managers`: their names are shown. `photos`: those are kept too, looked at every `photos_s`. Changes
    are asked for every `refresh_s`. `folder`: where what was known the last time is kept; empty for nowhere.
    """

    microsoft: MicrosoftAccount
    match: str = ""
    wins: Literal["file", "online"] = "file"
    extension_attribute: Annotated[int, msgspec.Meta(ge=0, le=15)] = 0
    guests: bool = False
    managers: bool = True
    photos: bool = False
    photos_s: Seconds = 86_400.0
    refresh_s: Seconds = 300.0
    folder: str = ""


class MailSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[mail.graph]: `sender` is the mailbox that e-mails to colleagues come from (UPN)."""

    microsoft: MicrosoftAccount
    sender: str


def parse_mail(raw: Mapping[str, Any]) -> MailSettings:
    """Check [mail.graph] with what it shares. Raises ConfigError naming the setting."""
    settings = parsed(raw, MailSettings, "mail.graph")
    if "@" not in settings.sender:
        raise wrong("sender", "must be the address of a mailbox")
    return settings


def parse_directory(raw: Mapping[str, Any]) -> DirectorySettings:
    """Check [directory.graph] with what it shares. Raises ConfigError naming the setting."""
    return parsed(raw, DirectorySettings, "directory.graph")


class IdentitySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[identity.graph]: people sign in with the account they have at Microsoft.

    `match`: the column of the directory with a colleague's object id or UPN; without it they are found by
    e-mail. `chat`: who signs in agrees to write to colleagues in Teams in their own name (Chat.Create,
    ChatMessage.Send); what renews that lies in `folder`. `broker`: consoles on Windows may
    sign in with Windows' own account, where the app is registered for that.
    """

    microsoft: MicrosoftAccount
    match: str = ""
    chat: bool = False
    folder: str = ""
    broker: bool = False


def parse_identity(raw: Mapping[str, Any]) -> IdentitySettings:
    """Check [identity.graph] with what it shares. Raises ConfigError naming the setting.

    The tenant must be its id: with a name, or ``common``, the tokens would say another issuer than is known
    here, or anybody's.
    """
    settings = parsed(raw, IdentitySettings, "identity.graph")
    try:
        uuid.UUID(settings.microsoft.tenant)
    except ValueError as error:
        text = f"{settings.microsoft.tenant} is not the tenant's id; [identity.graph] needs that"
        raise wrong("microsoft tenant", text) from error
    if settings.broker and settings.chat:  # Windows gives nobody what renews a sign-in
        raise wrong("broker", "cannot go with chat: who writes in Teams signs in in the browser")
    return settings


def _own_zone() -> tzinfo:
    own: tzinfo = tzlocal()
    return own


def parse_presence(raw: Mapping[str, Any]) -> PresenceSettings:
    """Check [presence.graph] with what it shares. Raises ConfigError naming the setting."""
    settings = parsed(raw, PresenceSettings, "presence.graph")
    if settings.zone and known_zone(settings.zone) is None:
        raise wrong("zone", f"{settings.zone} is not a time zone")
    if not settings.calendar_name or settings.calendar_name in (TELEPHONY, TEAMS):
        raise wrong("calendar_name", "must be a name of its own")
    if not settings.teams and settings.calendars == "off":
        raise wrong("teams", "with calendars off as well there is nothing to read")
    if settings.calendars == "free_busy" and not settings.schedules_through:
        raise wrong("schedules_through", "names the mailbox that asks for free and busy times")
    if settings.watched_s > settings.rest_s:
        raise wrong("watched_s", "must not be longer than rest_s")
    _check_notifications(settings)
    return settings


def _check_notifications(settings: PresenceSettings) -> None:
    if bool(settings.notify_at) != bool(settings.notify_listen):
        raise wrong("notify_at", "notify_at and notify_listen are needed together")
    if bool(settings.notify_cert) != bool(settings.notify_key):
        raise wrong("notify_cert", "notify_cert and notify_key are needed together")
    if settings.notify_user and not (settings.notify_at and settings.folder):
        raise wrong("notify_user", "needs notify_at, and folder for the sign-in")
    if not settings.notify_at:
        return
    address = urlsplit(settings.notify_at)
    if address.scheme != "https" or not address.hostname or address.path in ("", "/"):
        raise wrong("notify_at", "must look like https://hub.example/microsoft")
    host, _ = listening_at(settings.notify_listen)
    if not settings.notify_cert and host not in _LOOPBACK:
        raise wrong("notify_listen", "needs notify_cert and notify_key, or a proxy in front and 127.0.0.1")


def listening_at(listen: str) -> tuple[str, int]:
    """Split HOST:PORT. Raises ConfigError."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise wrong("notify_listen", f"{listen} is not HOST:PORT")
    return host.removeprefix("[").removesuffix("]"), int(port)


def parsed(raw: Mapping[str, Any], kind: type[S], section: str) -> S:
    """Check a section that shares [microsoft]. Raises ConfigError."""
    if "microsoft" not in raw:
        raise wrong("microsoft", f"[{section}] needs a table [microsoft] with tenant and client_id")
    try:
        settings = msgspec.convert(dict(raw), kind)
    except msgspec.ValidationError as error:
        raise wrong(section, str(error)) from error
    check_account(settings.microsoft)  # type: ignore[attr-defined]  # all our sections have it
    return settings


def check_account(account: MicrosoftAccount) -> None:
    """Try what can be tried of the account without the network. Raises ConfigError."""
    for name in ("tenant", "client_id"):
        if not getattr(account, name).strip():
            raise wrong(f"microsoft {name}", "is empty")
    if bool(account.secret) == bool(account.certificate):
        raise wrong("microsoft secret", "give a certificate or a secret, one of them")
    for name in ("authority", "graph"):
        address = urlsplit(getattr(account, name))
        is_plain = address.scheme == "http" and name == "graph" and address.hostname in _LOOPBACK
        if (address.scheme != "https" and not is_plain) or not address.hostname:
            raise wrong(f"microsoft {name}", "must be an https address")
    for name in ("certificate", "ca_file"):
        file = getattr(account, name)
        if file and not Path(file).is_file():
            raise wrong(f"microsoft {name}", f"{file}: no such file")


def tls_of(account: MicrosoftAccount) -> ssl.SSLContext:
    """Return whom we trust: the computer's certificates and those of the house. Raises ConfigError."""
    try:
        tls = ssl.create_default_context()
        if account.ca_file:
            tls.load_verify_locations(cafile=account.ca_file)
    except OSError as error:
        raise wrong("microsoft ca_file", str(error)) from error
    return tls


def wrong(setting: str, error: str) -> ConfigError:
    """Return the complaint about a setting."""
    return ConfigError("misconfigured", setting=setting, error=error)
