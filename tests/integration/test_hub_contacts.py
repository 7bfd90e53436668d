"""Contacts through the program: looked at, saved, seen by consoles, exported and imported again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reception.console.link import Endpoint
from reception.hub.presence_desk import Actor
from reception.model.changes import SourceState
from reception.model.people import ContactKind, Person, contacts_of
from services.store import create_sqlite
from tests.integration.hub_rig import PEOPLE, Console, MemoryStore, console, running
from tests.integration.program import environment, program, run, word_of, write_config

KLJ = Actor(attendant="KLJ")
CONTACTS = "navn;firma;type;mobil\nMaja Lind;Lind & Co;VIP;+4520102010\nNordsø;;;+4597123456\n"
COLLEAGUES = "id;name;number\n1;Alice Andersen;201\n2;Bent Berg;202\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    write_config(data)
    (tmp_path / "contacts.txt").write_text(CONTACTS, encoding="utf-8")
    (tmp_path / "people.csv").write_text(COLLEAGUES, encoding="utf-8")
    return data


async def stored(data: Path) -> list[Person]:
    store = await create_sqlite({"path": str(data / "reception.db")})
    try:
        return list((await store.load()).people)
    finally:
        await store.close()


@pytest.mark.requirement("002-086", "002-087")
async def test_nothing_is_stored_before_it_was_looked_at_and_saved(house: Path) -> None:
    where, file = ["--data", str(house)], str(house.parent / "contacts.txt")
    await run(house, "hub", "import", str(house.parent / "people.csv"), *where)
    looked = await run(house, "hub", "import-contacts", file, *where)
    assert (looked.code, looked.err) == (0, "")
    assert "  2. firma: company" in looked.out
    assert "line 2: Maja Lind · Lind & Co" in looked.out
    assert "Nothing is stored yet" in looked.out
    assert contacts_of(await stored(house)) == []
    saved = await run(house, "hub", "import-contacts", file, "--save", *where)
    assert "Saved: 2 added, 0 changed, 0 removed." in saved.out
    again = await run(house, "hub", "import", str(house.parent / "people.csv"), *where)
    assert "0 added, 0 changed, 0 removed" in again.out, "the contacts stay"
    names = [(p.name, p.contact) for p in await stored(house)]
    assert names == [
        ("Alice Andersen", None),
        ("Bent Berg", None),
        ("Maja Lind", ContactKind.VIP),
        ("Nordsø", ContactKind.CONTACT),
    ]


async def test_faults_in_contacts_are_named_and_nothing_is_stored(house: Path) -> None:
    file = house.parent / "contacts.txt"
    file.write_text("navn;grupper\nNordsø;salg\n", encoding="utf-8")
    wrong = await run(house, "hub", "import-contacts", str(file), "--save", "--data", str(house))
    assert wrong.code == 2
    assert (
        "contacts.txt, line 2: there is no user group salg, and no receptionist. There are: KLJ." in wrong.err
    )
    assert "Traceback" not in wrong.err
    (house / "office.toml").write_text('[[groups]]\nid = "salg"\n')
    right = await run(house, "hub", "import-contacts", str(file), "--save", "--data", str(house))
    assert (right.code, right.err) == (0, "")


@pytest.mark.requirement("002-199")
async def test_what_a_running_hub_has_is_exported_and_can_be_imported_again(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(house).items():
        monkeypatch.setenv(name, value)
    where = ["--data", str(house)]
    people, contacts = house.parent / "out.csv", house.parent / "out.txt"
    async with program(house, "hub", *where) as hub:
        await hub.line()
        info, token = word_of(house), (house / "tokens" / "KLJ.token").read_text().strip()

        async def locate() -> Endpoint:
            return Endpoint(url=info.url, token=token)

        one = Console(locate)
        await one.session.start()
        await one.up()
        await run(house, "hub", "import", str(house.parent / "people.csv"), *where)
        saved = await run(
            house, "hub", "import-contacts", str(house.parent / "contacts.txt"), "--save", *where
        )
        assert (saved.code, saved.err) == (0, "")
        replica = one.session.replica
        await one.until(lambda: len(replica.people) == 4)
        assert [replica.people[p].name for p in replica.find("lind", 10).ids] == ["Maja Lind"]
        out = await run(house, "hub", "export", str(people), *where)
        assert (out.code, out.out) == (0, f"{people}: 2 people.\n")
        out = await run(house, "hub", "export", str(contacts), "--contacts", *where)
        assert (out.code, out.out) == (0, f"{contacts}: 2 contacts.\n")
        for command in (["import", str(people)], ["import-contacts", str(contacts), "--save"]):
            same = await run(house, "hub", *command, *where)
            assert "0 added, 0 changed, 0 removed" in same.out
        await one.session.close(stop_hub=False)


@pytest.mark.requirement("002-199")
async def test_an_export_needs_no_hub_and_a_name_that_can_be_imported(house: Path) -> None:
    where = ["--data", str(house)]
    await run(house, "hub", "import", str(house.parent / "people.csv"), *where)
    file = house.parent / "out.csv"
    out = await run(house, "hub", "export", str(file), *where)
    assert (out.code, out.err) == (0, "")
    assert file.read_text().splitlines()[1].startswith("1;Alice Andersen;")
    if hasattr(file.stat(), "st_uid"):
        assert file.stat().st_mode & 0o077 == 0, "it holds what is hidden from others"
    wrong = await run(house, "hub", "export", str(file.with_suffix(".xlsx")), *where)
    assert wrong.code == 2
    assert "choose a name that ends in .csv or .txt or .rtx" in wrong.err


async def test_contacts_have_no_status_and_reach_consoles_at_once() -> None:
    vip = Person(id="contact:1", name="Maja Lind", company="Lind & Co", contact=ContactKind.VIP)
    async with running(MemoryStore((*PEOPLE, vip))) as rig, console(rig) as one:
        replica = one.session.replica
        assert {p.name for p in replica.people.values()} == {"Alice", "Bent", "Clara", "Maja Lind"}
        assert "contact:1" not in replica.statuses
        assert set(rig.hub.desk.people_for(KLJ)) == {"p201", "p202", "p203"}
        other = Person(id="contact:2", name="Nordsø", contact=ContactKind.CONTACT)
        difference = await rig.hub.directory.replace_contacts([other])
        assert (difference.added, difference.removed) == (1, 1)
        await one.until(lambda: "contact:2" in replica.people)
        assert "contact:1" not in replica.people
        assert set(replica.people) == {"p201", "p202", "p203", "contact:2"}
        assert [p.id for p in rig.store.people] == ["p201", "p202", "p203", "contact:2"]
        await rig.hub.directory.replace_colleagues(PEOPLE[:1])
        await one.until(lambda: len(replica.people) == 2)
        assert set(replica.people) == {"p201", "contact:2"}
        assert replica.sources["telephony"].state is SourceState.UP


@pytest.mark.requirement("002-011")
async def test_a_receptionists_own_contacts_come_at_once_and_to_nobody_else() -> None:
    own = Person(id="contact:1", name="Ven", contact=ContactKind.FAVOURITE, areas=("MBH",))
    async with running() as rig, console(rig, "MBH") as mads, console(rig) as karin:
        await rig.hub.directory.replace_contacts([own])
        people = mads.session.replica.people
        await mads.until(lambda: "contact:1" in people)
        await rig.hub.directory.replace_contacts([msgspec.structs.replace(own, areas=())])
        await karin.until(lambda: "contact:1" in karin.session.replica.people)
        await rig.hub.directory.replace_contacts([own])
        await karin.until(lambda: "contact:1" not in karin.session.replica.people)
        assert "contact:1" in people
        await rig.hub.directory.replace_contacts([])
        await mads.until(lambda: "contact:1" not in people)
