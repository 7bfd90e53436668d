"""A real PostgreSQL server for the tests: a cluster of its own, in a temporary folder, gone at the end.

It runs as an unprivileged user, since a PostgreSQL server refuses to run as root and the tests do. Where it
cannot be had, tests that ask for it are skipped, visibly; with ``RECEPTION_REQUIRE_LAB=1`` they fail.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.ports import unused_port

PASSWORD = "good-password"
_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
fsync = off   # the server itself is not killed
shared_buffers = 16MB
"""


class PostgresMissing(Exception):
    """No server can be had here; says why."""


class Cluster:
    """A running server. Its superuser and the owner of each database is `reception`."""

    def __init__(self, folder: Path, programs: Path, run: dict[str, Any]) -> None:
        self.folder = folder
        self._programs = programs
        self._run = run
        self.port = unused_port()
        self._databases = 0

    def call(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs on this cluster; returns what it says."""
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self.folder,
            env={"PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": "reception", "LC_ALL": "C"}
            | {"PGPASSWORD": PASSWORD},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            **self._run,
        )
        if done.returncode:
            raise PostgresMissing(f"{program}: {done.stderr.strip()[-500:]}")
        return done.stdout

    def make(self) -> None:
        """Make the cluster."""
        (self.folder / "pw").write_text(PASSWORD)
        data = str(self.folder / "data")
        given = (
            "--auth=scram-sha-256",
            f"--pwfile={self.folder / 'pw'}",
            "--username=reception",
            "--no-sync",
        )
        self.call("initdb", "--pgdata", data, "--encoding=UTF8", "--locale=C", *given)
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS.format(port=self.port, folder=self.folder))

    def start(self) -> None:
        """Start the server and wait until it serves."""
        log = str(self.folder / "log")
        self.call("pg_ctl", "--pgdata", str(self.folder / "data"), "--wait", "--silent", "-l", log, "start")

    def stop(self) -> None:
        """Stop the server; whoever is connected is cut off."""
        self.call("pg_ctl", "--pgdata", str(self.folder / "data"), "--wait", "--mode=immediate", "stop")

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run a statement as the superuser; returns bare rows."""
        return self.call("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement).strip()

    def new_database(self) -> dict[str, str]:
        """Make an empty database; returns the settings of a store in it."""
        self._databases += 1
        name = f"store{self._databases}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0")
        return {"url": f"postgresql://reception@127.0.0.1:{self.port}/{name}", "password": PASSWORD}


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise PostgresMissing("PostgreSQL is not installed (Debian's package is postgresql)")
    return (found[-1] if found else Path(str(on_path))).parent


def _unprivileged() -> dict[str, Any]:
    """Return what lets a program run as a user with few rights, if we have all of them."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise PostgresMissing("there is no user postgres or nobody")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real server, started once; skips (or fails) where it cannot be had."""
    folder = Path(tempfile.mkdtemp(prefix="reception-pg-"))
    try:
        run = _unprivileged()
        if run:
            os.chown(folder, run["user"], run["group"])
        cluster = Cluster(folder, _programs(), run)
        cluster.make()
        cluster.start()
    except PostgresMissing as missing:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("RECEPTION_REQUIRE_LAB") == "1":
            pytest.fail(f"no PostgreSQL: {missing}")
        pytest.skip(f"no PostgreSQL: {missing}")
    yield cluster
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)
