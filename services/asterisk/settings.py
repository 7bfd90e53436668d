"""The settings of the Asterisk backend, checked before anything is tried."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import msgspec

from reception.errors import ConfigError
from reception.ports import Prompt

DEFAULT_PROMPTS: Final[dict[str, str]] = {Prompt.CALLBACK_ACCEPTED: "sound:auth-thankyou"}


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where Asterisk is, how to log in, and what its dial plan calls things.

    `url` is the ARI address (``http://host:8088/ari``). Passwords come as text, in a file
    (`password_file`) or in an environment variable (`password_env`). `ami_host` empty means the host of
    `url`. `devices` maps numbers to devices and overrules what the hints of `hint_context` say.
    `trunk` is the dial string for outside numbers; in them a leading plus becomes `trunk_plus` (``"00"``
    for trunks that want that, empty to leave it out) after `trunk_prefix`. A number of at most
    `internal_digits` digits is internal, except those in `outside_short` (emergency numbers).
    `bring_in_context` is where a dial plan call is redirected to be taken into our hands. `lease_s` is how
    long diversions last in Asterisk once the hub is not heard of any more, and marks of lines, which
    `marks_context` takes back then.
    """

    url: str
    user: str
    password: str = ""
    password_file: str = ""
    password_env: str = ""
    app: str = "reception"
    ca_file: str = ""
    ami_host: str = ""
    ami_port: int = 5038
    ami_user: str
    ami_password: str = ""
    ami_password_file: str = ""
    ami_password_env: str = ""
    hint_context: str = "internal"
    devices: dict[str, str] = {}
    trunk: str = ""
    trunk_prefix: str = ""
    trunk_plus: str = "+"
    internal_digits: int = 5
    outside_short: tuple[str, ...] = ("112",)
    voicemail_context: str = "voicemail"
    voicemail_busy_context: str = "voicemail-busy"
    fallback_context: str = "desks"
    bring_in_context: str = "bring-in"
    marks_context: str = "reception-marks"
    prompts: dict[str, str] = {}
    moh_class: str = "default"
    lease_s: Annotated[float, msgspec.Meta(ge=1)] = 60.0

    @property
    def address(self) -> str:
        """Host and port of ARI, for messages."""
        return urlsplit(self.url).netloc

    @property
    def ami_address(self) -> str:
        """Host and port of AMI, for messages."""
        return f"{self.ami_host}:{self.ami_port}"

    @property
    def events_url(self) -> str:
        """The address of ARI's WebSocket; one application's events, no others."""
        scheme, rest = self.url.split("://", 1)
        return f"{'wss' if scheme == 'https' else 'ws'}://{rest}/events?app={self.app}&subscribeAll=false"

    def prompt(self, prompt: Prompt) -> str:
        """Return the media of a prompt."""
        return self.prompts.get(prompt) or DEFAULT_PROMPTS[prompt]


def parse_settings(raw: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> Settings:
    """Check the backend's section of the configuration.

    Raises:
        ConfigError: a setting is missing, unknown, of the wrong type or cannot work; it is named.
    """
    for name in ("url", "user", "ami_user"):
        if not raw.get(name):
            raise _wrong(name, "is missing")
    try:
        settings = msgspec.convert(dict(raw), Settings)
    except msgspec.ValidationError as error:
        raise _wrong(*_name_and_fault(str(error))) from error
    _check(settings)
    return msgspec.structs.replace(
        settings,
        url=settings.url.rstrip("/"),
        ami_host=settings.ami_host or urlsplit(settings.url).hostname or "",
        password=_secret(settings, "password", environ),
        ami_password=_secret(settings, "ami_password", environ),
    )


def _check(settings: Settings) -> None:
    parts = urlsplit(settings.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _wrong("url", "must look like http://host:8088/ari")
    if not 0 < settings.ami_port < 65536:
        raise _wrong("ami_port", "must be a port number")
    if not settings.app or not settings.app.replace("-", "").replace("_", "").isalnum():
        raise _wrong("app", "may hold letters, digits, - and _ only")
    if settings.trunk and "{number}" not in settings.trunk:
        raise _wrong("trunk", "must contain {number}")
    for number, device in settings.devices.items():
        if "/" not in device:
            raise _wrong("devices", f"{number}: must look like PJSIP/name")
    for prompt in settings.prompts:
        if prompt not in set(Prompt):
            raise _wrong("prompts", f"there is no prompt {prompt}")


def _secret(settings: Settings, name: str, environ: Mapping[str, str]) -> str:
    given: str = getattr(settings, name)
    path: str = getattr(settings, f"{name}_file")
    variable: str = getattr(settings, f"{name}_env")
    if given:
        return given
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise _wrong(f"{name}_file", str(error)) from error
    if variable:
        if variable not in environ:
            raise _wrong(f"{name}_env", f"the environment has no {variable}")
        return environ[variable]
    raise _wrong(name, "is missing (or give it in a file or the environment)")


def _name_and_fault(text: str) -> tuple[str, str]:
    """Split msgspec's ``Expected `str`, got `int` - at `$.url``` into the setting and the rest."""
    fault, _, path = text.partition(" - at `$.")
    if path:
        return path.rstrip("`").split("[")[0], fault
    return (text.split("`")[1], "is not a setting") if "unknown field" in text else ("", text)


def _wrong(setting: str, error: str) -> ConfigError:
    return ConfigError("misconfigured", setting=setting, error=error)
