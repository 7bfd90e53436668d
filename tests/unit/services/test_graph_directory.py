"""The directory of a tenant: everybody, then what is new; kept on disk; joined with the file by the hub."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from reception import light
from reception.directory.numbers import NumberPlan
from reception.directory.port import DirectoryEvent, DirectoryState, PeopleSet
from reception.errors import ConfigError
from reception.hub.online import OnlineDirectory
from reception.model.changes import Source, SourceState
from reception.model.people import Number, NumberKind, Person
from services.graph import client as client_module
from services.graph import create_directory
from services.graph.directory import GraphDirectory
from services.graph.people import arrival_of, is_person
from services.graph.settings import DirectorySettings
from tests.house.strict import ExpectLogs
from tests.unit.services.graph_double import ACCOUNT, ROOT, Double, batched, error, path_of

SETTINGS = DirectorySettings(microsoft=ACCOUNT, refresh_s=0.02)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE_S", 0.001)
    for name in ("FIRST_RETRY_S", "LONGEST_RETRY_S", "MENDED_BY_HAND_S"):
        monkeypatch.setattr(light, name, 0.02)


def user(key: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "displayName": f"Name {key}",
        "mail": f"{key}@firma.example",
        "userPrincipalName": f"{key}@firma.onmicrosoft.example",
        "accountEnabled": True,
        "userType": "Member",
        "manager@delta": [],
        **more,
    }


class Tenant:
    """Pages of changes: the first round, then each further one."""

    def __init__(self, *users: dict[str, Any]) -> None:
        self.users = list(users)
        self.rounds: list[list[dict[str, Any]]] = []
        self.is_lost = False
        self.fault: Callable[[], httpx.Response] | None = None
        self.managers: dict[str, str] = {}
        self.double = Double(batched(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = unquote(path_of(request))
        if self.fault is not None:
            return self.fault()
        if path.startswith("/users/delta"):
            return self._delta(path)
        who = path.split("/")[2]
        if who in self.managers:
            return httpx.Response(200, json={"id": self.managers[who]})
        return error(404, "Request_ResourceNotFound")

    def _delta(self, path: str) -> httpx.Response:
        link, following = f"{ROOT}/users/delta?$deltatoken=x", f"{ROOT}/users/delta?$skiptoken=2"
        if "deltatoken" in path:
            if self.is_lost:
                self.is_lost = False
                return error(410, "syncStateNotFound")
            changes = self.rounds.pop(0) if self.rounds else []
            return httpx.Response(200, json={"value": changes, "@odata.deltaLink": link})
        if "skiptoken" in path:
            return httpx.Response(200, json={"value": self.users[2:], "@odata.deltaLink": link})
        return httpx.Response(200, json={"value": self.users[:2], "@odata.nextLink": following})


class Ear:
    def __init__(self) -> None:
        self.heard: list[DirectoryEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: DirectoryEvent) -> None:
        self.heard.append(event)
        self._more.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._more.clear()
                await self._more.wait()

    @property
    def people(self) -> dict[str, Person]:
        sets = [e for e in self.heard if isinstance(e, PeopleSet)]
        return {a.person.id: a.person for a in sets[-1].people} if sets else {}

    @property
    def states(self) -> list[tuple[str, str]]:
        states = [e for e in self.heard if isinstance(e, DirectoryState)]
        return [(e.state.value, e.message.key if e.message else "") for e in states]


@asynccontextmanager
async def listening(
    tenant: Tenant, settings: DirectorySettings = SETTINGS
) -> AsyncIterator[tuple[Ear, GraphDirectory]]:
    source = GraphDirectory(settings, NumberPlan(), tenant.double.client)
    source.known()
    ear = Ear()
    await source.start(ear)
    try:
        yield ear, source
    finally:
        await source.stop()


async def test_everybody_comes_and_then_what_is_new() -> None:
    tenant = Tenant(user("a"), user("b"), user("c"))
    async with listening(tenant) as (ear, _):
        await ear.until(lambda: set(ear.people) == {"ms-a", "ms-b", "ms-c"})
        tenant.rounds.append(
            [{"id": "a", "jobTitle": "Chef"}, {"id": "b", "@removed": {"reason": "changed"}}]
        )
        await ear.until(lambda: set(ear.people) == {"ms-a", "ms-c"})
        assert (ear.people["ms-a"].name, ear.people["ms-a"].title) == ("Name a", "Chef")
    assert ear.states == [("up", "")]
    first = unquote(tenant.double.paths[0])
    assert first.startswith("/users/delta?$select=id,displayName,")
    assert "$filter" not in first


async def test_a_lost_link_begins_anew_and_nobody_is_gone_meanwhile() -> None:
    tenant = Tenant(user("a"), user("b"))
    async with listening(tenant) as (ear, _):
        await ear.until(lambda: ear.people)
        tenant.users.append(user("c"))
        tenant.is_lost = True
        await ear.until(lambda: "ms-c" in ear.people)
    assert all("ms-a" in {a.person.id for a in e.people} for e in ear.heard if isinstance(e, PeopleSet))


async def test_what_is_wrong_is_told_and_is_over_by_itself() -> None:
    tenant = Tenant(user("a"))
    tenant.fault = lambda: error(403, "Authorization_RequestDenied")
    async with listening(tenant) as (ear, _):
        await ear.until(lambda: ear.states)
        assert ear.states == [("needs_settings", "graph_refused")]
        tenant.fault = None
        await ear.until(lambda: ear.people)
        assert ear.states[-1] == ("up", "")
        tenant.fault = lambda: httpx.Response(200, content=b"<html>")
        await ear.until(lambda: ear.states[-1] == ("down", "graph_malformed"))
    assert set(ear.people) == {"ms-a"}


async def test_the_next_hub_knows_everybody_at_once_and_asks_for_what_is_new_only(tmp_path: Path) -> None:
    tenant = Tenant(user("a"), user("b"))
    settings = DirectorySettings(microsoft=ACCOUNT, refresh_s=0.02, folder=str(tmp_path))
    async with listening(tenant, settings) as (ear, _):
        await ear.until(lambda: ear.people)
    asked = len(tenant.double.requests)
    again = GraphDirectory(settings, NumberPlan(), tenant.double.client)
    assert {a.person.id for a in again.known()} == {"ms-a", "ms-b"}
    ear = Ear()
    tenant.rounds.append([user("c")])
    await again.start(ear)
    await ear.until(lambda: "ms-c" in ear.people)
    await again.stop()
    assert "deltatoken" in tenant.double.paths[asked]


async def test_a_broken_file_is_no_hindrance(tmp_path: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("cannot be read")
    (tmp_path / "microsoft-people.json").write_text('{"link": 5}')
    settings = DirectorySettings(microsoft=ACCOUNT, folder=str(tmp_path))
    async with listening(Tenant(user("a")), settings) as (ear, _):
        await ear.until(lambda: ear.people)


async def test_managers_are_named_by_change_or_by_question() -> None:
    bare = {k: v for k, v in user("c").items() if k != "manager@delta"}
    alone = {k: v for k, v in user("d").items() if k != "manager@delta"}
    tenant = Tenant(user("a"), user("b", **{"manager@delta": [{"id": "a"}]}), bare, alone)
    tenant.managers["c"] = "b"
    async with listening(tenant) as (ear, _):
        await ear.until(lambda: ear.people)
        fields = {key: person.fields.get("Manager", "") for key, person in ear.people.items()}
        assert fields == {"ms-a": "", "ms-b": "Name a", "ms-c": "Name b", "ms-d": ""}
        managers = {key: person.manager for key, person in ear.people.items()}
        assert managers == {"ms-a": "", "ms-b": "ms-a", "ms-c": "ms-b", "ms-d": ""}
        gone = [{"id": "b", "manager@delta": [{"id": "a", "@removed": {"reason": "deleted"}}]}]
        tenant.rounds.append(gone)
        await ear.until(lambda: "Manager" not in ear.people["ms-b"].fields)
        assert ear.people["ms-b"].manager == ""
    assert sum("$batch" in path for path in tenant.double.paths) == 1


# ------------------------------------------------------------- accounts as people


def read(settings: DirectorySettings = SETTINGS, **more: Any) -> Person:
    return arrival_of(user("a", **more), {}, settings, NumberPlan()).person


def test_an_account_is_a_person() -> None:
    arrival = arrival_of(
        user(
            "a",
            jobTitle="Indkøber",
            department="Indkøb",
            companyName="Firma A/S",
            officeLocation="2.14",
            businessPhones=["33 33 33 33", "not a number"],
            mobilePhone="+45 20 10 20 10",
            onPremisesExtensionAttributes={"extensionAttribute3": "201"},
        ),
        {},
        DirectorySettings(microsoft=ACCOUNT, extension_attribute=3),
        NumberPlan(),
    )
    assert arrival.keys == ("a@firma.onmicrosoft.example", "a")
    assert arrival.person == Person(
        id="ms-a",
        name="Name a",
        title="Indkøber",
        department="Indkøb",
        email="a@firma.example",
        numbers=(
            Number(kind=NumberKind.DESK, number="201"),
            Number(kind=NumberKind.DESK, number="+4533333333"),
            Number(kind=NumberKind.MOBILE, number="+4520102010"),
        ),
        fields={"Company": "Firma A/S", "Office": "2.14"},
    )


def test_what_is_missing_is_empty() -> None:
    bare = {"id": "a", "givenName": "Anna", "surname": "Friis"}
    person = arrival_of(bare, {}, SETTINGS, NumberPlan()).person
    assert (person.name, person.email, person.numbers) == ("Anna Friis", "", ())
    odd = read(mail=None, businessPhones=None, onPremisesExtensionAttributes=[], jobTitle=7)
    assert (odd.email, odd.title) == ("a@firma.onmicrosoft.example", "")


@pytest.mark.parametrize(
    ("more", "guests", "is_one"),
    [
        ({}, False, True),
        ({"accountEnabled": False}, False, False),
        ({"userType": "Guest"}, False, False),
        ({"userType": "Guest"}, True, True),
        ({"displayName": " ", "givenName": None}, False, False),
        ({"userType": None, "accountEnabled": None}, False, True),
    ],
)
def test_who_is_a_colleague(more: dict[str, Any], guests: bool, is_one: bool) -> None:
    settings = DirectorySettings(microsoft=ACCOUNT, guests=guests)
    assert is_person(user("a", **more), settings) is is_one


def test_settings_that_cannot_work_are_named() -> None:
    with pytest.raises(ConfigError) as raised:
        create_directory(
            {"microsoft": {"tenant": "t", "client_id": "c", "secret": "s"}, "gests": True}, NumberPlan()
        )
    assert raised.value.message.params["setting"] == "directory.graph"


# ------------------------------------------------------------- in the hub


async def test_the_hub_joins_them_with_the_file_and_tells_what_differs() -> None:
    tenant = Tenant(user("a", jobTitle="Indkøber"), user("b"))
    source = GraphDirectory(SETTINGS, NumberPlan(), tenant.double.client)
    online = OnlineDirectory(source, lambda: 100.0)
    anna = Person(id="AF", name="Anna Friis", email="A@firma.example")
    assert online.joined([anna]) == (anna,)
    taken: list[dict[str, Person]] = []
    said: list[Source] = []
    more = asyncio.Event()

    def take_over(people: Any) -> None:
        taken.append({person.id: person for person in people})
        more.set()

    await online.start(take_over, said.append)
    async with asyncio.timeout(10):
        await more.wait()
    assert taken[-1]["AF"].title == "Indkøber"
    assert taken[-1]["AF"].name == "Anna Friis"
    assert set(taken[-1]) == {"AF", "ms-b"}
    assert (said[0].state, said[0].message) == (SourceState.CONNECTING, None)
    told = said[-1].message
    assert told is not None
    assert told.params == {
        "count": 1,
        "person": "Anna Friis",
        "field": "name",
        "kept": "Anna Friis",
        "other": "Name a",
    }
    assert {p.id for p in online.joined([])} == {"ms-a", "ms-b"}  # the file is exchanged
    assert said[-1].message is None
    await online.stop()


async def test_without_a_directory_the_file_is_all_there_is() -> None:
    online = OnlineDirectory(None, lambda: 100.0)
    anna = Person(id="AF", name="Anna Friis")
    assert online.joined([anna]) == (anna,)
    said: list[Source] = []
    await online.start(lambda _: None, said.append)
    await online.stop()
    assert said == []
