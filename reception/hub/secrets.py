"""Passwords and tokens: read from files or the environment, never written in the configuration.

In a backend's table ``password_env = "NAME"`` or ``password_file = "PATH"`` stands for ``password``; likewise
``token`` and ``secret``.
"""

from __future__ import annotations

import hmac
import os
import secrets as random_source
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from reception.errors import BadInput
from reception.runtime import write_private

_NAMES: Final = ("password", "token", "secret")
_TOKEN_BYTES: Final = 32


def with_secrets(settings: Mapping[str, Any], path: Path, where: str) -> dict[str, Any]:
    """Replace ``NAME_env`` and ``NAME_file`` by the secret itself. Raises BadInput."""
    resolved = dict(settings)
    for key in settings:
        name, _, way = key.rpartition("_")
        is_secret = name in _NAMES or name.rpartition("_")[2] in _NAMES
        if is_secret and way in ("env", "file"):
            resolved[name] = _read(way, str(resolved.pop(key)), path, f"{where} {key}")
    return resolved


def _read(way: str, source: str, path: Path, where: str) -> str:
    if way == "env":
        value = os.environ.get(source)
        if not value:
            raise BadInput("misconfigured", f"{path}: {where}: the variable {source} is not set.")
        return value
    return read_secret(path.absolute().parent / source, f"{path}: {where}")


def read_secret(file: Path, where: str) -> str:
    """Return the one line of a secret file. Raises BadInput naming `where`."""
    try:
        value = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("misconfigured", f"{where}: {file} cannot be read: {error}") from error
    if not value:
        raise BadInput("misconfigured", f"{where}: {file} is empty.")
    return value


def new_token() -> str:
    """Make a token that nobody guesses."""
    return random_source.token_urlsafe(_TOKEN_BYTES)


class TokenOf(msgspec.Struct, frozen=True, kw_only=True):
    """Where a receptionist's token comes from: a file, a variable, or (neither) a file we keep."""

    attendant: str
    file: str = ""
    env: str = ""


def load_tokens(wanted: Iterable[TokenOf], *, folder: Path) -> dict[str, str]:
    """Return the token of each receptionist; those without one get a new one in ``folder/ID.token``.

    Raises BadInput when a file or variable is missing, or two receptionists have the same token.
    """
    tokens: dict[str, str] = {}
    for one in wanted:
        token = _token(one, folder)
        if token in tokens.values():
            raise BadInput("misconfigured", f"attendant {one.attendant}: the token is another's too.")
        tokens[one.attendant] = token
    return tokens


def _token(one: TokenOf, folder: Path) -> str:
    where = f"attendant {one.attendant}"
    if one.env:
        return _read("env", one.env, folder, where)
    if one.file:
        return read_secret(Path(one.file), where)
    file = folder / f"{one.attendant}.token"
    if not file.exists():
        write_private(file, new_token() + "\n")
    return read_secret(file, where)


def owner_of(token: str, tokens: Mapping[str, str]) -> str | None:
    """Return whose token this is. Takes the same time whatever is given, and whoever it is."""
    given = token.encode("utf-8", "surrogatepass")
    found = None
    for owner, known in tokens.items():
        if hmac.compare_digest(given, known.encode()):
            found = owner
    return found
