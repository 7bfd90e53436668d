"""What makes colleagues known, from Microsoft to a console: photos, words in Teams, hours, the manager."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from reception.console.photos import Key, Photos
from reception.model.lines import Shift, WorkingHours
from reception.wire import MOST_PHOTOS, Photo, PhotosAsked, PhotosSaid, photo_mark
from tests.integration.graph_hub import at_work, configured, make_quick
from tests.integration.graph_rig import Office, mail_of, office

FIRST, OTHER = b"\xff\xd8\xff\xe0 Alice", b"\xff\xd8\xff\xe0 Alice in the sun"
DIRECTORY = (
    '[directory]\nbackend = "graph"\n[directory.graph]\nphotos = true\nphotos_s = 0.1\nrefresh_s = 0.1\n'
)


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running:
        yield running


class Eye:
    """What a console hears of photos."""

    def __init__(self) -> None:
        self.seen: dict[Key, bytes] = {}
        self._news = asyncio.Event()

    def __call__(self, key: Key, content: bytes) -> None:
        self.seen[key] = content
        self._news.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                self._news.clear()
                await self._news.wait()


async def test_what_somebody_writes_in_teams_stands_beside_their_status(
    run: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    alice = next(iter(run.tenant.users.values()))
    async with at_work(run, configured(run, tmp_path / "hub")) as place:
        alice.note = "Ring på mobilen"
        await place.until(lambda: place.status(alice.name).teams_note == "Ring på mobilen")
        alice.note = ""
        await place.until(lambda: place.status(alice.name).teams_note == "")


async def test_working_hours_come_from_the_mailbox_and_change_with_it(
    run: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    alice, bo, *_ = run.tenant.users.values()
    bo.has_mailbox = False
    usual = WorkingHours("Europe/Paris", (Shift((0, 1, 2, 3, 4), 8 * 60, 17 * 60),))
    night = {
        "daysOfWeek": ["friday", "saturday"],
        "startTime": "22:00:00.0000000",
        "endTime": "06:00:00.0000000",
        "timeZone": {"name": "Tokyo Standard Time"},
    }
    async with at_work(run, configured(run, tmp_path / "hub", working_hours=True)) as place:
        await place.until(lambda: place.status(alice.name).hours == usual)
        run.tenant.mailbox_settings[alice.id] = {"workingHours": night}
        at_night = WorkingHours("Asia/Tokyo", (Shift((4, 5), 22 * 60, 6 * 60),))
        await place.until(lambda: place.status(alice.name).hours == at_night)
        assert place.status(bo.name).hours is None
        alice.has_mailbox = False
        await place.until(lambda: place.status(alice.name).hours is None)


async def test_the_manager_is_a_colleague_whatever_directory_tells_of_them(
    run: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    alice, bo, *_ = run.tenant.users.values()
    bo.manager = alice.id
    config = configured(run, tmp_path / "hub")
    config.write_text(config.read_text() + DIRECTORY, encoding="utf-8")
    async with at_work(run, config) as place:
        people = place.replica.people
        await place.until(lambda: people[place.person(bo.name)].manager == place.person(alice.name))
        assert not place.person(alice.name).startswith("ms-"), "they have the id that the file gives them"


async def test_a_photo_comes_and_is_another_one_and_goes(
    run: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quick(monkeypatch)
    alice = run.tenant.find(mail_of("Alice Archer")) or next(iter(run.tenant.users.values()))
    alice.photo = FIRST
    config = configured(run, tmp_path / "hub")
    config.write_text(config.read_text() + DIRECTORY, encoding="utf-8")
    async with at_work(run, config) as place:
        assert place.replica.photos
        person = place.person(alice.name)
        session, eye = place.console.session, Eye()
        key = Key(person, 48)

        async def shows(content: bytes) -> None:
            """Look again and again, as a window with each new line to the hub."""
            async with asyncio.timeout(20):
                while eye.seen.get(key) != content:
                    if session._photos is not None:
                        session._photos.begin_anew()
                    eye.seen.pop(key, None)
                    session.want_photos(48, (person,), eye)
                    await eye.until(lambda: key in eye.seen)

        await shows(FIRST)
        alice.photo = OTHER
        await shows(OTHER)
        alice.photo = b""
        await shows(b"")
        nobody = Key("nobody", 48)
        session.want_photos(48, ("nobody",), eye)
        await eye.until(lambda: nobody in eye.seen)
        assert eye.seen[nobody] == b"", "whoever may not be known has no photo"


# ------------------------------------------------------------------ the console's disk


class Line:
    """A hub that answers when it is told to."""

    def __init__(self, folder: Path | None) -> None:
        self.eye = Eye()
        self.asked: list[PhotosAsked] = []
        self.is_up = True
        self._came = asyncio.Event()
        self.photos = Photos(folder, self._send, self.eye)

    def _send(self, frame: PhotosAsked) -> bool:
        if self.is_up:
            self.asked.append(frame)
        self._came.set()
        return self.is_up

    async def question(self) -> PhotosAsked:
        async with asyncio.timeout(10):
            while not self.asked:
                self._came.clear()
                await self._came.wait()
        return self.asked.pop()

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        while self.photos._tasks:
            await asyncio.gather(*self.photos._tasks)


def said(*photos: Photo) -> PhotosSaid:
    return PhotosSaid(size=48, photos=photos)


async def test_what_is_on_disk_is_shown_before_the_hub_answers(tmp_path: Path) -> None:
    first = Line(tmp_path)
    first.photos.want(48, ["ali", "bo"])
    asked = await first.question()
    assert [(w.person, w.have) for w in asked.wanted] == [("ali", ""), ("bo", "")]
    first.photos.hear(said(Photo(person="ali", mark=photo_mark(FIRST), content=FIRST), Photo(person="bo")))
    await first.rest()
    assert first.eye.seen == {Key("ali", 48): FIRST, Key("bo", 48): b""}

    again = Line(tmp_path)
    again.is_up = False
    again.photos.want(48, ["ali"])
    await again.rest()
    assert again.eye.seen == {Key("ali", 48): FIRST}
    again.is_up = True
    again.photos.want(48, ["ali"])
    asked = await again.question()
    assert asked.wanted[0].have == photo_mark(FIRST)
    again.photos.hear(said(Photo(person="ali")))
    await again.rest()
    assert again.eye.seen == {Key("ali", 48): b""}
    assert list(tmp_path.iterdir()) == [], "gone from the disk too"


async def test_whoever_did_not_fit_into_the_answer_is_asked_for_again_and_nobody_for_ever() -> None:
    line = Line(None)
    line.photos.want(48, ["ali", "bo"])
    await line.question()
    line.photos.hear(said(Photo(person="ali", mark="1", content=FIRST)))
    asked = await line.question()
    assert [w.person for w in asked.wanted] == ["bo"]
    line.photos.hear(said())
    await line.question()
    line.photos.hear(said())
    await line.rest()
    assert line.asked == [], "a hub that has no time is left alone"
    line.photos.begin_anew()
    line.photos.want(48, ["ali"])
    await line.question()


async def test_what_the_hub_has_said_is_asked_again_with_another_line_alone(tmp_path: Path) -> None:
    line = Line(tmp_path)
    for _ in range(2):
        line.photos.want(48, ["ali"])
        await line.question()
        line.photos.hear(said(Photo(person="ali")))
        line.photos.want(48, ["ali"])
        await line.rest()
        assert line.asked == []
        line.photos.begin_anew()


async def test_who_scrolls_fast_sees_those_first_who_are_in_sight_and_everybody_in_the_end() -> None:
    line = Line(None)
    screens = [[f"{screen}-{row}" for row in range(17)] for screen in range(20)]
    for screen in screens:
        line.photos.want(48, screen)
    await line.rest()
    first = await line.question()
    assert line.asked == [], "one question at a time"
    asked = [first]
    while sum(len(one.wanted) for one in asked) < 20 * 17:
        line.photos.hear(said(*(Photo(person=one.person) for one in asked[-1].wanted)))
        asked.append(await line.question())
    assert {one.person for one in asked[1].wanted} >= set(screens[-1])
    assert max(len(one.wanted) for one in asked) == MOST_PHOTOS


async def test_the_disk_is_not_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reception.console.photos.MOST_BYTES", 2 * len(FIRST))
    old = Line(tmp_path)
    old.photos._has_tidied = True
    for name in ("a", "b", "c"):
        old.photos.want(48, [name])
        await old.question()
        old.photos.hear(said(Photo(person=name, mark=name, content=FIRST)))
        await old.rest()
    assert len(list(tmp_path.iterdir())) == 3
    new = Line(tmp_path)
    new.photos.want(48, ["d"])
    await new.question()
    new.photos.hear(said(Photo(person="d", mark="d", content=FIRST)))
    await new.rest()
    assert len(list(tmp_path.iterdir())) == 2
