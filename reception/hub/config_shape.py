"""The shape of ``reception.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from reception.directory.numbers import NumberPlan
from reception.hub.office_shape import OfficeSettings
from reception.model.groups import AttendantGroup
from reception.model.microsoft import MicrosoftAccount


class HubSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[hub]. `listen` is HOST:PORT, port 0 for any free one; `data` the folder for what must last.

    `zone` is an IANA time zone; empty for the computer's own. `idle_exit_s` is how long a hub that was
    started by a console waits without one, and without a call, before it ends by itself.
    """

    name: str = "Reception"
    listen: str = "127.0.0.1:0"
    tls_cert: str = ""
    tls_key: str = ""
    data: str = ""
    zone: str = ""
    idle_exit_s: float = 60.0


class AttendantSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[[attendants]]. The token comes from `token_file`, from the variable `token_env`, or is made by us.

    `sees_hidden`: is told the numbers that are hidden from others. `administers`: may change the hub's
    settings from the window.
    """

    id: str
    name: str
    number: str
    groups: tuple[str, ...] = ()
    ready_at_start: bool = False
    token_file: str = ""
    token_env: str = ""
    sees_hidden: bool = False
    administers: bool = False


class ParkingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[parking]."""

    slots: tuple[str, ...] = tuple(str(n) for n in range(701, 721))


class PeopleSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[people]. `first_import` and `first_contacts`: files to read when the directory is empty.

    `notes` names the free columns that are shown on the card and never searched; `hide_mobiles` keeps
    mobiles from all receptionists but those who see what is hidden.
    """

    first_import: str = ""
    first_contacts: str = ""
    notes: tuple[str, ...] = ()
    hide_mobiles: bool = False


class OfficeRef(msgspec.Struct, frozen=True, kw_only=True):
    """[office]. `file` is the office file (`reception.hub.office_file`); one named ``office.toml`` beside the
    configuration is found without it."""

    file: str = ""


class WebPageSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[web], the colleagues' page. `listen` is HOST:PORT; without it there is no page.

    The certificate is the hub's if none is given here. `public_name` is the name colleagues type, for
    invitations. A sign-in ends after `idle_hours` without use and after `session_hours` in any case.
    """

    listen: str = ""
    tls_cert: str = ""
    tls_key: str = ""
    public_name: str = ""
    idle_hours: float = 12.0
    session_hours: float = 168.0


class IdentityRules(msgspec.Struct, frozen=True, kw_only=True):
    """[identity]: who vouches for those who sign in, beside their backend.

    `address` is the page's as it is registered there, such as ``https://presence.example``; empty for the
    page's own. Without `passwords` nobody signs in by a password of the page.
    """

    address: str = ""
    passwords: bool = True


class SoundSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[sounds]. `folder` is where sentences for callers are written for the switch to play; empty for none.

    `languages` are those they are spoken in, the first for callers of any other; empty for the office's own.
    """

    folder: str = ""
    languages: tuple[Literal["da", "de", "en"], ...] = ()


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """A whole configuration, checked, with absolute paths and with its secrets read.

    `presence` and `speech` are the backends' names with their settings, `directory` the one that is asked
    online, `identity` the one that vouches for people, under `identity_rules`, `mail` what sends e-mails to
    colleagues, `microsoft` what those have in common that speak to Microsoft 365, `office` what the office
    file says, None without one, and `office_file` where it is, or would be. `starts_afresh`: what was stored
    before is forgotten at start (the demonstration).
    """

    path: Path
    hub: HubSettings
    groups: tuple[AttendantGroup, ...]
    attendants: tuple[AttendantSettings, ...]
    parking: ParkingSettings
    people: PeopleSettings
    numbers: NumberPlan
    switch_backend: str
    switch: dict[str, Any]
    store_backend: str
    store: dict[str, Any]
    presence: tuple[tuple[str, dict[str, Any]], ...] = ()
    microsoft: MicrosoftAccount | None = None
    directory: tuple[str, dict[str, Any]] | None = None
    identity: tuple[str, dict[str, Any]] | None = None
    identity_rules: IdentityRules = IdentityRules()
    office: OfficeSettings | None = None
    office_file: Path | None = None
    web: WebPageSettings = WebPageSettings()
    sounds: SoundSettings = SoundSettings()
    speech: tuple[tuple[str, dict[str, Any]], ...] = ()
    mail: tuple[str, dict[str, Any]] | None = None
    starts_afresh: bool = False
