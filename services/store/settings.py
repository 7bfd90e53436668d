"""The store's sections of the configuration."""

from __future__ import annotations

import ssl
from typing import NamedTuple

import msgspec
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from reception.errors import ConfigError

_HERE = ("localhost", "127.0.0.1", "::1")


class SqliteSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[store.sqlite]``: the file's `path`."""

    path: str


class Target(NamedTuple):
    """A database on a PostgreSQL server, and how to get in. `host` may be the folder of a socket."""

    host: str
    port: int
    user: str
    password: str
    database: str
    tls: ssl.SSLContext | None

    @property
    def address(self) -> str:
        """Where it is, for messages."""
        return f"{self.host}:{self.port}/{self.database}"


class PostgresSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[store.postgresql]``. `url` is ``postgresql://USER@HOST:PORT/DATABASE``, for a socket
    ``postgresql://USER@/DATABASE?host=/var/run/postgresql``.

    The password comes as text, in a file (`password_file`) or in an environment variable (`password_env`).
    Beyond this computer the server's certificate is asked for and checked, against `ca_file` if it is given;
    ``tls = false`` does without.
    """

    url: str
    password: str = ""
    ca_file: str = ""
    tls: bool | None = None

    def target(self) -> Target:
        """Return where to connect to. Raises ConfigError."""
        try:
            url = make_url(self.url)
        except (ArgumentError, ValueError) as error:
            raise _wrong("url", f"{self.url} is no address; {_EXAMPLE}") from error
        if url.drivername not in ("postgresql", "postgres") or not url.username or not url.database:
            raise _wrong("url", f"{url.render_as_string()} is not complete; {_EXAMPLE}")
        if url.password:
            raise _wrong("url", "the password does not belong into it; write password_file or password_env")
        socket = url.query.get("host", "")
        host = url.host or (socket if isinstance(socket, str) else "") or "localhost"
        return Target(
            host=host,
            port=url.port or 5432,
            user=url.username,
            password=self.password,
            database=url.database,
            tls=self._context(host),
        )

    def _context(self, host: str) -> ssl.SSLContext | None:
        is_here = host in _HERE or host.startswith("/")
        if not (self.tls if self.tls is not None else not is_here or self.ca_file):
            return None
        try:
            return ssl.create_default_context(cafile=self.ca_file or None)
        except (OSError, ssl.SSLError) as error:
            raise _wrong("ca_file", str(error)) from error


_EXAMPLE = 'an example is "postgresql://reception@db.example:5432/reception"'


def _wrong(setting: str, error: str) -> ConfigError:
    return ConfigError("misconfigured", setting=f"store.postgresql.{setting}", error=error)
