"""What the organisation settles for its consoles, and what its installer proposes.

A policy holds over everything else: the command line, the user's own settings, the computer's. A proposal
of the installer (`Organisation.proposed`) holds only where nobody has said anything. On Windows both are in
the registry (`reception.console.policies_windows`); elsewhere in a TOML file,
``/etc/reception/policies.toml`` or the one that ``RECEPTION_POLICIES`` names, whose table ``[setup]`` has
the proposals. Names are those of the registry, such as ``HubAddress``; ``installer/admx`` has the templates
for group policies, and a test keeps both in step.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import msgspec
from msgspec.structs import replace

from reception.console.preferences import Preferences

_log = logging.getLogger(__name__)

VARIABLE: Final = "RECEPTION_POLICIES"
_FILE: Final = Path("/etc/reception/policies.toml")


class Policies(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", omit_defaults=True):
    """What is settled; None: everybody's own choice.

    `hub_address` (``wss://…``) is the team's hub; `ca_file` has the certificates to trust there. Keys are
    such as ``Ctrl+Alt+A``, empty for none; profiles are ids of presence profiles, empty for none.
    """

    hub_address: str | None = None
    ca_file: str | None = None
    language: Literal["da", "de", "en"] | None = None
    theme: Literal["system", "light", "dark"] | None = None
    motion: bool | None = None
    notifications: bool | None = None
    answer_key: str | None = None
    front_key: str | None = None
    profile_at_start: str | None = None
    profile_at_end: str | None = None
    profile_at_idle: str | None = None
    profile_at_locked: str | None = None
    idle_minutes: int | None = None


IN_MORE: Final = {
    "motion": "window.motion",
    "notifications": "desk.notifications",
    "answer_key": "desk.answer_key",
    "front_key": "desk.front_key",
    "profile_at_start": "profile_at.start",
    "profile_at_end": "profile_at.end",
    "profile_at_idle": "profile_at.idle",
    "profile_at_locked": "profile_at.locked",
    "idle_minutes": "profile_at.minutes",
}
"""Where the small preferences are that a policy may settle."""
PROPOSABLE: Final = ("hub_address", "language")
"""What an installer may propose."""


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """All that was said for this user of this computer."""

    settled: Policies = Policies()
    proposed: Policies = Policies()

    def is_settled(self, name: str) -> bool:
        """Return whether a policy is given, by its name here, such as ``theme``."""
        return getattr(self.settled, name) is not None


class PolicySource(Protocol):
    """Where policies come from: values by their names."""

    def settled(self) -> Mapping[str, object]:
        """Return the policies. Raises OSError or ValueError when they cannot be read."""

    def proposed(self) -> Mapping[str, object]:
        """Return what the installer proposes. Raises OSError or ValueError when it cannot be read."""


class PolicyFile:
    """Policies in a TOML file; none where there is no file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def settled(self) -> Mapping[str, object]:
        """Return what stands above the tables."""
        return {name: value for name, value in self._read().items() if not isinstance(value, dict)}

    def proposed(self) -> Mapping[str, object]:
        """Return the table ``[setup]``."""
        setup = self._read().get("setup")
        return setup if isinstance(setup, dict) else {}

    def _read(self) -> dict[str, Any]:
        if not self._file.exists():
            return {}
        import tomllib  # only where there is a file: the start does not wait for it

        return tomllib.loads(self._file.read_text(encoding="utf-8"))


def open_policies(environ: Mapping[str, str] = os.environ) -> PolicySource:
    """Return this computer's."""
    if sys.platform == "win32" and VARIABLE not in environ:
        from reception.console.policies_windows import PolicyRegistry

        return PolicyRegistry()
    return PolicyFile(Path(environ.get(VARIABLE) or _FILE))


def read_organisation(source: PolicySource) -> Organisation:
    """Return what holds. A value that makes no sense is left out and told in the log: a console must open."""
    try:
        settled, proposed = source.settled(), source.proposed()
    except (OSError, ValueError) as error:
        _log.warning("the policies cannot be read, none hold: %s", error)
        return Organisation()
    if not settled and not proposed:
        return Organisation()
    names = {field.encode_name: field.name for field in msgspec.structs.fields(Policies)}
    allowed = {name: value for name, value in proposed.items() if names.get(name) in PROPOSABLE}
    return Organisation(settled=_sensible(settled, names), proposed=_sensible(allowed, names))


def _sensible(values: Mapping[str, object], names: Mapping[str, str]) -> Policies:
    found = Policies()
    for name, value in values.items():
        if name not in names:
            _log.warning("there is no policy %s", name)
            continue
        try:
            one = msgspec.convert({name: value}, Policies, strict=False)
        except msgspec.ValidationError as error:
            _log.warning("the policy %s cannot be used: %s", name, error)
            continue
        found = replace(found, **{names[name]: getattr(one, names[name])})
    return found


def with_policies(preferences: Preferences, policies: Policies) -> Preferences:
    """Return the preferences as they hold."""
    more = dict(preferences.more)
    for name, key in IN_MORE.items():
        if (value := getattr(policies, name)) is not None:
            more[key] = value
    language, theme = policies.language, policies.theme
    return replace(
        preferences,
        language=preferences.language if language is None else language,
        theme=preferences.theme if theme is None else theme,
        more=more,
    )


def without_settled(new: Preferences, old: Preferences, policies: Policies) -> Preferences:
    """Return new preferences to be kept: what a policy settles stays as it was, for when it goes."""
    fixed = {key for name, key in IN_MORE.items() if getattr(policies, name) is not None}
    more = {key: value for key, value in new.more.items() if key not in fixed}
    more |= {key: value for key, value in old.more.items() if key in fixed}
    return replace(
        new,
        language=new.language if policies.language is None else old.language,
        theme=new.theme if policies.theme is None else old.theme,
        more=more,
    )
