"""The command line of the hub: what it does, what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

import reception
from reception import cli
from reception.hub import backends
from reception.hub.backends import find_backend, installed
from services.store import create_sqlite
from tests.integration.hub_rig import Console
from tests.integration.program import environment, program, run, word_of, write_config

PEOPLE = "id;name;number\n1;Alice Andersen;201\n2;Bent Berg;202\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    write_config(data)
    return data


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    return file


async def stored_names(data: Path) -> list[str]:
    store = await create_sqlite({"path": str(data / "reception.db")})
    try:
        return [p.name for p in (await store.load()).people]
    finally:
        await store.close()


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"reception {reception.__version__}\n"


async def test_init_writes_an_example_that_check_finds_in_order(tmp_path: Path) -> None:
    config = tmp_path / "new" / "reception.toml"
    written = await run(tmp_path, "hub", "init", "--config", str(config))
    assert written.code == 0
    assert str(config) in written.out
    checked = await run(tmp_path, "hub", "check-config", "--config", str(config))
    assert (checked.code, checked.err) == (0, "")
    assert "in order" in checked.out
    config.write_text("mine")
    again = await run(tmp_path, "hub", "init", "--config", str(config))
    assert again.code == 2
    assert "there already" in again.err
    assert config.read_text() == "mine"


@pytest.mark.parametrize(
    ("old", "new", "complaint", "code"),
    [
        ('number = "7000"', "", "groups[1]: number is missing", 2),
        ('backend = "simulator"', 'backend = "avaya"', "no backend avaya. Installed: asterisk, simulator", 1),
        ("[switch.simulator]", "[switch.simulator]\nsped = 3", "sped", 1),
        ("[hub]", '[hub]\ntls_cert = "no.pem"\ntls_key = "no.pem"', "no.pem cannot be used", 2),
    ],
)
async def test_check_says_what_is_wrong(house: Path, old: str, new: str, complaint: str, code: int) -> None:
    config = house / "reception.toml"
    config.write_text(config.read_text().replace(old, new, 1))
    checked = await run(house, "hub", "check-config", "--config", str(config))
    assert complaint in checked.err
    assert "Traceback" not in checked.err
    assert checked.code == code


async def test_check_config_reads_the_office_file_too_and_names_its_lines(house: Path) -> None:
    (house / "office.toml").write_text('[[shortcuts]]\nid = "x"\nlabels = { da = "X" }\nactivty = "lunch"\n')
    checked = await run(house, "hub", "check-config", "--config", str(house / "reception.toml"))
    assert checked.code == 2
    assert "office.toml:4: [[shortcuts]] 1: unknown setting activty. Did you mean activity?" in checked.err
    assert "Traceback" not in checked.err


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["MØT: kundemøde", "--show-as", "busy"],
            [
                'becomes: "MØT: kundemøde", busy, calls go to the voicemail, activity meeting (Møde)',
                'because: a common rule: subject contains "MØT:"',
                "callers hear: Personen De søger er til møde og kommer tilbage ",
            ],
        ),
        (["Husk mælk", "--show-as", "free"], ["becomes: nothing", "because: free leaves the phone open"]),
        (
            ["Konzept", "--show-as", "Free", "--category", "@Nicht stören"],
            ["becomes: ", 'because: a category names the profile "Forstyr ikke"', "callers hear: "],
        ),
        (
            ["Hemmeligt", "--private"],
            ["private: ", "becomes: an entry without a subject", "because: ", "callers hear: "],
        ),
        (
            ["Barns sygedag", "--all-day"],
            ["becomes: ", "because: ", "callers hear: Personen De søger er ikke på kontoret i dag."],
        ),
    ],
)
async def test_what_an_appointment_would_become_is_explained(
    tmp_path: Path, arguments: list[str], lines: list[str]
) -> None:
    explained = await run(tmp_path, "hub", "explain-calendar", *arguments)
    assert (explained.code, explained.err) == (0, "")
    assert len(explained.out.splitlines()) == len(lines)
    for line, begin in zip(explained.out.splitlines(), lines, strict=True):
        assert line.startswith(begin)
    assert "Hemmeligt" not in explained.out


async def test_an_office_is_explained_by_its_own_rules(house: Path) -> None:
    (house / "office.toml").write_text(
        '[[calendar.rules]]\nsubject = "audit"\nexclude = true\n'
        '[[groups]]\nid = "s"\ndepartments = ["Salg"]\n[groups.calendar]\nwith_tentative = true\n'
    )
    where = ["--config", str(house / "reception.toml")]
    excluded = await run(house, "hub", "explain-calendar", "Audit 2027", *where)
    assert 'an exclusion fits: rule 1 of the office: subject contains "audit"' in excluded.out
    maybe = ["hub", "explain-calendar", "Messe", "--show-as", "tentative", *where]
    assert "becomes: nothing" in (await run(house, *maybe)).out
    assert 'becomes: "Messe"' in (await run(house, *maybe, "--department", "Salg")).out
    wrong = await run(house, "hub", "explain-calendar", "x", "--show-as", "bussy", *where)
    assert (wrong.code, "Did you mean busy?" in wrong.err) == (2, True)


async def test_people_are_imported_while_no_hub_runs(house: Path, csv: Path) -> None:
    first = await run(house, "hub", "import", str(csv), "--data", str(house))
    assert (first.code, first.err) == (0, "")
    assert first.out == f"{csv}: 2 people: 2 added, 0 changed, 0 removed.\n"
    csv.write_text(PEOPLE.replace("Bent Berg", "Bente Berg") + "3;Clara;203\n", encoding="utf-8")
    second = await run(house, "hub", "import", str(csv), "--data", str(house))
    assert "3 people: 1 added, 1 changed, 0 removed" in second.out
    assert await stored_names(house) == ["Alice Andersen", "Bente Berg", "Clara"]


async def test_a_file_with_faults_changes_nothing_and_names_line_and_column(house: Path, csv: Path) -> None:
    await run(house, "hub", "import", str(csv), "--data", str(house))
    csv.write_text(PEOPLE + "3;Clara;not a number\n", encoding="utf-8")
    wrong = await run(house, "hub", "import", str(csv), "--data", str(house))
    assert wrong.code == 2
    assert "4" in wrong.err
    assert "Traceback" not in wrong.err
    assert await stored_names(house) == ["Alice Andersen", "Bent Berg"]
    none = await run(house, "hub", "import", str(house / "none.csv"), "--data", str(house))
    assert none.code == 2
    assert "none.csv" in none.err


async def test_a_running_hub_takes_an_import_at_once_and_its_consoles_see_it(
    house: Path, csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reception.console.link import Endpoint

    for name, value in environment(house).items():
        monkeypatch.setenv(name, value)
    async with program(house, "hub", "--data", str(house)) as hub:
        await hub.line()
        info = word_of(house)
        token = (house / "tokens" / "KLJ.token").read_text().strip()

        async def locate() -> Endpoint:
            return Endpoint(url=info.url, token=token)

        one = Console(locate)
        await one.session.start()
        await one.up()
        imported = await run(house, "hub", "import", str(csv), "--data", str(house))
        assert (imported.code, imported.err) == (0, "")
        assert "2 added" in imported.out
        replica = one.session.replica
        await one.until(lambda: len(replica.people) == 2)
        assert {p.name for p in replica.people.values()} == {"Alice Andersen", "Bent Berg"}
        await one.session.close(stop_hub=False)


async def test_a_stranger_at_the_administrators_door_changes_nothing(house: Path) -> None:
    import msgspec
    from websockets.asyncio.client import connect

    async with program(house, "hub", "--data", str(house)) as hub:
        await hub.line()
        info = word_of(house)
        for hello in (
            '{"type":"AdminHello","token":"guess"}',
            "nonsense",
            '{"type":"PeoplePart","people":[],"is_last":true}',
        ):
            async with connect(f"{info.url}/admin", proxy=None) as connection:
                await connection.send(hello)
                assert '"NotDone"' in str(await connection.recv())
        wrong = msgspec.structs.replace(info, admin_token="guess")
        from reception.errors import Unavailable
        from reception.hub.admin import send_people

        with pytest.raises(Unavailable) as refused:
            await send_people(wrong, [], are_contacts=False)
        assert refused.value.message.params["error"] == "wrong token"


async def test_without_a_configuration_the_ways_to_one_are_named(tmp_path: Path) -> None:
    opened = await run(tmp_path, "--data", str(tmp_path / "none"))
    assert opened.code == 2
    assert "reception --demo" in opened.err
    assert "reception hub init" in opened.err
    started = await run(tmp_path, "hub", "--data", str(tmp_path / "none"))
    assert started.code == 2
    assert "no such file" in started.err


async def test_a_remote_hub_needs_tls(tmp_path: Path) -> None:
    bare = await run(tmp_path, "--hub", "ws://hub.example:1", "--data", str(tmp_path))
    assert bare.code == 2
    assert "Use wss://" in bare.err
    (tmp_path / "t").write_text("x")
    clear = await run(
        tmp_path, "--hub", "ws://hub.example:1", "--token-file", str(tmp_path / "t"), "--data", str(tmp_path)
    )
    assert clear.code == 2
    assert "Use wss://" in clear.err


def test_a_missing_backend_names_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    from reception.errors import ConfigError

    points = [
        EntryPoint("switch.good", "reception.errors:ReceptionError", backends.GROUP),
        EntryPoint("switch.lame", "no_such_module:create", backends.GROUP),
        EntryPoint("switch.empty", "reception.errors:nothing", backends.GROUP),
    ]
    monkeypatch.setattr(backends, "_points", lambda: points)
    assert installed("switch") == ["empty", "good", "lame"]
    assert find_backend("switch", "good").__name__ == "ReceptionError"
    with pytest.raises(ConfigError) as missing:
        find_backend("switch", "none")
    assert "Installed: empty, good, lame" in str(missing.value.message.params["error"])
    with pytest.raises(ConfigError) as lame:
        find_backend("switch", "lame")
    assert "no_such_module" in str(lame.value.message.params["error"])
    with pytest.raises(ConfigError):
        find_backend("switch", "empty")
    with pytest.raises(ConfigError) as none:
        find_backend("store", "x")
    assert "is Reception itself installed" in str(none.value.message.params["error"])


# ------------------------------------------------------------------ the store


async def test_check_config_opens_the_store_too(house: Path, csv: Path) -> None:
    where = ["--config", str(house / "reception.toml"), "--data", str(house)]
    await run(house, "hub", "import", str(csv), "--data", str(house))
    checked = await run(house, "hub", "check-config", *where)
    assert (checked.code, checked.err) == (0, "")
    assert "Store: can be written, 2 people and contacts." in checked.out
    async with program(house, "hub", "--data", str(house)) as hub:
        await hub.line()
        assert "Store: in use by a running hub." in (await run(house, "hub", "check-config", *where)).out
    (house / "reception.db").write_bytes(b"nonsense" * 1000)
    broken = await run(house, "hub", "check-config", *where)
    assert broken.code == 1
    assert "reception.db is damaged" in broken.err
    assert "Move the file away to start with an empty one" in broken.err
    assert "Traceback" not in broken.err


@pytest.mark.requirement("004-01")
async def test_check_config_says_how_teams_and_telephony_are_joined(house: Path) -> None:
    config = house / "reception.toml"
    where = ["--config", str(config), "--data", str(house)]
    assert "integration model" not in (await run(house, "hub", "check-config", *where)).out
    microsoft = """
[microsoft]
tenant = "firma.example"
client_id = "app"
secret = "s"
[[presence]]
backend = "graph"
[presence.graph]
zone = "Europe/Copenhagen"
"""
    config.write_text(config.read_text() + microsoft)
    checked = await run(house, "hub", "check-config", *where)
    assert (checked.code, checked.err) == (0, "")
    assert "integration model Connect, stand-alone: calls stay in simulator" in checked.out


async def test_check_config_names_a_data_folder_that_cannot_be_written(house: Path) -> None:
    (house / "file").write_text("")
    where = ["--config", str(house / "reception.toml"), "--data", str(house / "file" / "data")]
    checked = await run(house, "hub", "check-config", *where)
    assert checked.code == 2
    assert "the data folder cannot be written" in checked.err
