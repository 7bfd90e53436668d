"""Photos: sent once and again when they are others, kept in two sizes, and nothing but photos."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

import httpx
import pytest

from reception.directory.numbers import NumberPlan
from reception.hub.online import OnlineDirectory
from reception.model.people import Person
from services.graph.directory import GraphDirectory
from services.graph.photos import SIZES, Photos
from services.graph.settings import DirectorySettings
from tests.unit.services.graph_double import ACCOUNT, Double, body_of, error, path_of
from tests.unit.services.graph_schema import DESCRIPTION, faults, requests_in
from tests.unit.services.test_graph_directory import Tenant, user

JPEG = b"\xff\xd8\xff\xe0 a photo"


class Album:
    """Photos by user and mark; asked for by `$batch` alone."""

    def __init__(self, **marks: str) -> None:
        self.marks = marks
        self.content = JPEG
        self.sent = 0
        self.double = Double(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert path_of(request) == "/$batch"
        return httpx.Response(200, json={"responses": [self._one(i) for i in body_of(request)["requests"]]})

    def _one(self, item: dict[str, str]) -> dict[str, object]:
        who = item["url"].split("/")[2]
        mark = self.marks.get(who)
        if mark is None:
            body = error(404, "ImageNotFound").json()
            return {"id": item["id"], "status": 404, "headers": {}, "body": body}
        if item["url"].endswith("/photo"):
            found = {"id": "1x1"} if mark == "none" else {"id": "648x648", "@odata.mediaEtag": mark}
            return {"id": item["id"], "status": 200, "headers": {}, "body": found}
        self.sent += 1
        content = base64.b64encode(self.content).decode()
        return {"id": item["id"], "status": 200, "headers": {"Content-Type": "image/jpeg"}, "body": content}


async def test_photos_are_sent_once_and_again_when_they_are_others(tmp_path: Path) -> None:
    album = Album(a="1", b="1", c="none")
    client = album.double.client()
    photos = Photos(tmp_path / "photos")
    assert await photos.refresh(client, ["a", "b", "c", "d"]) == {"a", "b"}
    assert album.sent == 4
    assert {photos.photo("a", size) for size in SIZES} == {JPEG}
    assert photos.photo("c", 48) is photos.photo("d", 48) is photos.photo("a", 49) is None
    again = Photos(tmp_path / "photos")  # the next hub
    assert await again.refresh(client, ["a", "b", "c", "d"]) == set()
    assert album.sent == 4
    album.marks["a"] = "2"
    del album.marks["b"]
    assert await again.refresh(client, ["a", "b", "c", "d"]) == {"a", "b"}
    assert album.sent == 6
    assert again.photo("b", 48) is None
    assert await again.refresh(client, []) == {"a"}
    assert again.photo("a", 120) is None
    if DESCRIPTION.exists():
        sent = [one for request in album.double.requests for one in requests_in(request)]
        assert [fault for one in sent if not one.url.path.endswith("$value") for fault in faults(one)] == []


@pytest.mark.parametrize("content", [b"<script>", b"", JPEG + b"x" * 300_000])
async def test_what_is_no_photo_is_not_kept(content: bytes, tmp_path: Path) -> None:
    album = Album(a="1")
    album.content = content
    photos = Photos(tmp_path)
    assert await photos.refresh(album.double.client(), ["a"]) == set()
    assert photos.photo("a", 48) is None


async def test_no_id_leads_out_of_the_folder(tmp_path: Path) -> None:
    album = Album(**{"../a": "1"})
    photos = Photos(tmp_path / "photos")
    (tmp_path / "a-48").write_bytes(JPEG)
    assert await photos.refresh(album.double.client(), ["../a"]) == set()
    assert album.double.requests == []
    assert photos.photo("../a", 48) is None


async def test_a_failure_leaves_the_photos_there_are(tmp_path: Path) -> None:
    album = Album(a="1")
    photos = Photos(tmp_path)
    await photos.refresh(album.double.client(), ["a"])
    denied = {"id": "0", "status": 403, "headers": {}, "body": error(403).json()}
    refusing = Double(lambda _: httpx.Response(200, json={"responses": [denied]}))
    assert await photos.refresh(refusing.client(), ["a"]) == set()
    assert photos.photo("a", 48) == JPEG


async def test_the_hub_has_the_photos_of_people_by_their_own_ids(tmp_path: Path) -> None:
    tenant, album = Tenant(user("a"), user("b")), Album(a="1", b="1")
    usual = tenant.double.handler

    def handler(request: httpx.Request) -> httpx.Response:
        return album._answer(request) if path_of(request) == "/$batch" else usual(request)

    tenant.double.handler = handler
    settings = DirectorySettings(microsoft=ACCOUNT, photos=True, folder=str(tmp_path), managers=False)
    source = GraphDirectory(settings, NumberPlan(), tenant.double.client)
    online = OnlineDirectory(source, lambda: 0.0)
    online.joined([Person(id="AF", name="Name a", email="a@firma.example")])
    await online.start(lambda _: None, lambda _: None)
    async with asyncio.timeout(10):
        while online.photo("ms-b", 120) is None:  # noqa: ASYNC110 - files tell nobody
            await asyncio.sleep(0.01)
    assert online.photo("AF", 48) == JPEG
    assert online.photo("nobody", 48) is None
    await online.stop()
