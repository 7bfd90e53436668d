"""The PostgreSQL store on a real server: what it says when something is wrong, and how it comes back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from reception.errors import AuthNeeded, ConfigError, ServiceError, Unavailable
from reception.hub.config import parse_config
from reception.model.people import Person
from reception.model.stored import Batch, DayRecord
from services.store import create_postgresql
from services.store.settings import PostgresSettings
from services.store.tables import VERSION, VERSION_TABLE
from tests.integration.program import program, run, write_config
from tests.lab.postgres import PASSWORD, Cluster

pytestmark = pytest.mark.lab


async def failure(settings: dict[str, Any]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await create_postgresql(settings)
    return caught.value


def words(error: ServiceError) -> str:
    return str(error.message.params)


async def test_a_wrong_password_is_told_as_such(postgres: Cluster) -> None:
    for password in ("wrong", ""):
        error = await failure(postgres.new_database() | {"password": password})
        assert isinstance(error, AuthNeeded)
        assert error.message.key == "wrong_password"
        assert error.message.params["user"] == "reception"


async def test_a_missing_database_is_named_with_how_to_make_it(postgres: Cluster) -> None:
    url = f"postgresql://reception@127.0.0.1:{postgres.port}/nowhere"
    error = await failure({"url": url, "password": PASSWORD})
    assert isinstance(error, ConfigError)
    assert "createdb --owner=reception nowhere" in words(error)


async def test_a_user_without_rights_is_told_so(postgres: Cluster) -> None:
    settings = postgres.new_database()
    database = settings["url"].rpartition("/")[2]
    postgres.sql("DROP ROLE IF EXISTS guest")
    postgres.sql(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'")
    postgres.sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database)
    error = await failure(settings | {"url": settings["url"].replace("reception@", "guest@")})
    assert isinstance(error, ConfigError)
    assert "Make it the database's owner" in words(error)


async def test_a_server_that_is_away_is_unavailable(unused_tcp_port: int) -> None:
    error = await failure({"url": f"postgresql://reception@127.0.0.1:{unused_tcp_port}/reception"})
    assert isinstance(error, Unavailable)
    assert str(unused_tcp_port) in words(error)


async def test_a_server_without_tls_is_not_believed_beyond_this_computer(postgres: Cluster) -> None:
    error = await failure(postgres.new_database() | {"tls": True})
    assert isinstance(error, ServiceError)
    assert "SSL" in words(error)


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(postgres: Cluster) -> None:
    settings = postgres.new_database()
    await (await create_postgresql(settings)).close()
    database = settings["url"].rpartition("/")[2]
    postgres.sql(f"UPDATE {VERSION_TABLE} SET version_num = '{VERSION + 1}'", database)
    error = await failure(settings)
    assert isinstance(error, ConfigError)
    assert "newer" in words(error)


async def test_another_programs_database_is_refused(postgres: Cluster) -> None:
    settings = postgres.new_database()
    postgres.sql("CREATE TABLE calls (something text)", settings["url"].rpartition("/")[2])
    error = await failure(settings)
    assert isinstance(error, ConfigError)
    assert "another program" in words(error)


async def test_a_row_nobody_understands_is_never_dropped_in_silence(postgres: Cluster) -> None:
    settings = postgres.new_database()
    store = await create_postgresql(settings)
    await store.replace_people([Person(id="a", name="Alice")])
    postgres.sql("UPDATE people SET row = '{\"name\": 7}'", settings["url"].rpartition("/")[2])
    with pytest.raises(ConfigError) as caught:
        await store.load()
    assert "person is unreadable" in words(caught.value)
    await store.close()


async def test_after_the_connection_was_cut_it_works_again_and_still_keeps_others_out(
    postgres: Cluster,
) -> None:
    settings = postgres.new_database()
    store = await create_postgresql(settings)
    await store.save(Batch(day=DayRecord(start=1.0)))
    database = settings["url"].rpartition("/")[2]
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
    await asyncio.to_thread(postgres.sql, cut)
    with pytest.raises(Unavailable):
        await store.save(Batch(day=DayRecord(start=2.0)))
    await store.save(Batch(day=DayRecord(start=3.0)))
    day = (await store.load()).day
    assert day is not None
    assert day.start == 3.0
    error = await failure(settings)
    assert "another hub has it open" in words(error)
    await store.close()


async def test_a_server_that_was_restarted_is_found_again(postgres: Cluster) -> None:
    store = await create_postgresql(postgres.new_database())
    await store.save(Batch(day=DayRecord(start=1.0)))
    await asyncio.to_thread(postgres.stop)
    try:
        for _ in range(2):
            with pytest.raises(Unavailable):
                await store.save(Batch(day=DayRecord(start=2.0)))
    finally:
        await asyncio.to_thread(postgres.start)
    await store.save(Batch(day=DayRecord(start=3.0)))
    await store.close()


async def test_a_socket_serves_as_well(postgres: Cluster) -> None:
    database = postgres.new_database()["url"].rpartition("/")[2]
    url = f"postgresql://reception@:{postgres.port}/{database}?host={postgres.folder}"
    await (await create_postgresql({"url": url, "password": PASSWORD})).close()


# ------------------------------------------------------------------ the program on it


async def test_a_hub_keeps_what_must_last_there_and_nothing_in_a_file(
    postgres: Cluster, tmp_path: Path
) -> None:
    settings = postgres.new_database()
    config = write_config(tmp_path)
    (tmp_path / "db.secret").write_text(PASSWORD)
    store = f"""
[store]
backend = "postgresql"
[store.postgresql]
url = "{settings["url"]}"
password_file = "db.secret"
"""
    config.write_text(config.read_text() + store)
    (tmp_path / "people.ldif").write_text("dn: CN=Alice\nobjectClass: user\ncn: Alice\nipPhone: 201\n")
    given = ("--config", str(config), "--data", str(tmp_path / "data"))
    done = await run(tmp_path, "hub", "import", str(tmp_path / "people.ldif"), *given)
    assert (done.code, done.err) == (0, "")
    assert not list((tmp_path / "data").glob("*.db"))
    opened = await create_postgresql(settings)
    assert [p.name for p in (await opened.load()).people] == ["Alice"]
    second = await run(tmp_path, "hub", *given)
    assert second.code != 0
    assert "another hub has it open" in second.err
    await opened.close()
    async with program(tmp_path, "hub", *given) as hub:
        assert (await hub.line()).startswith("reception hub is ready at ws:")


# ------------------------------------------------------------------ settings


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"url": "no address"}, "no address"),
        ({"url": "mysql://a@b/c"}, "not complete"),
        ({"url": "postgresql://host/database"}, "not complete"),
        ({"url": "postgresql://user@host"}, "not complete"),
        ({"url": "postgresql://user:secret@host/database"}, "password_file"),
        ({"url": "postgresql://user@host/database", "ca_file": "/nowhere.pem"}, "No such file"),
    ],
)
def test_settings_that_cannot_work_are_named(settings: dict[str, str], complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        PostgresSettings(**settings).target()
    assert complaint in words(caught.value)
    assert "secret" not in words(caught.value)


def test_beyond_this_computer_tls_is_asked_for() -> None:
    assert PostgresSettings(url="postgresql://u@db.example/d").target().tls is not None
    assert PostgresSettings(url="postgresql://u@db.example/d", tls=False).target().tls is None
    assert PostgresSettings(url="postgresql://u@127.0.0.1/d").target().tls is None
    assert PostgresSettings(url="postgresql://u@/d?host=/run/postgresql").target().tls is None


def test_the_password_comes_from_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "db.secret").write_text("from-file\n")
    text = """
[switch]
backend = "simulator"
[[groups]]
id = "main"
name = "Main"
number = "7000"
[[attendants]]
id = "KLJ"
name = "Karin"
number = "101"
[store]
backend = "postgresql"
[store.postgresql]
url = "postgresql://reception@db.example/reception"
password_file = "db.secret"
"""
    config = parse_config(text, tmp_path / "reception.toml")
    assert config.store_backend == "postgresql"
    assert config.store["password"] == "from-file"
