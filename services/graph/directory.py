"""The directory of Microsoft 365, kept in step by its changes (`/users/delta`, contract 3.2).

The link from which the next changes are asked for is kept on disk with the accounts, so a hub that starts
anew knows everybody at once and asks for what is new only. A link that Microsoft has forgotten, after a week
or so, begins a new round; until it is whole, those known before stay.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlencode

import msgspec

from reception.directory.merging import Arrival, MergeRules
from reception.directory.numbers import NumberPlan
from reception.directory.port import DirectoryEvent, DirectoryState, PeopleSet
from reception.errors import ProtocolError, ServiceError
from reception.light import doing_about, retry_s, state_for
from reception.model.changes import SourceState
from reception.runtime import write_private
from services.graph.answers import Answer, Request
from services.graph.batch import ask_together
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient
from services.graph.people import MANAGER, PREFIX, SELECT, arrival_of, is_person
from services.graph.photos import Photos
from services.graph.settings import DirectorySettings
from services.graph.tasks import begin, end

_log = logging.getLogger(__name__)

PERMISSION: Final = "User.Read.All"
_FILE: Final = "microsoft-people.json"
_PHOTOS: Final = "microsoft-photos"
_LOST: Final = frozenset({"syncstatenotfound", "syncstateinvalid", "resyncrequired"})
_SCOPE: Final = Scope(Kind.DIRECTORY)
_KEPT: Final = frozenset((*SELECT, MANAGER))


Users: TypeAlias = dict[str, dict[str, Any]]


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept on disk: the link, and the accounts by their id."""

    link: str = ""
    users: Users = {}


class GraphDirectory:
    """A `DirectorySource`. `new_client` opens the connection."""

    def __init__(
        self, settings: DirectorySettings, plan: NumberPlan, new_client: Callable[[], GraphClient]
    ) -> None:
        self._settings = settings
        self._plan = plan
        self._new_client = new_client
        self._file = Path(settings.folder) / _FILE if settings.folder else None
        keeps_photos = settings.photos and settings.folder
        self._photos = Photos(Path(settings.folder) / _PHOTOS) if keeps_photos else None
        self._has_people = asyncio.Event()
        self._shelf: Shelf | None = None
        self._told: tuple[Arrival, ...] | None = None
        self._said: DirectoryState | None = None
        self._on_event: Callable[[DirectoryEvent], None] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._client: GraphClient | None = None

    @property
    def rules(self) -> MergeRules:
        """How it is joined with the people of the file."""
        return MergeRules(match=self._settings.match, wins=self._settings.wins)

    def known(self) -> Sequence[Arrival]:
        """Return whom it knew the last time."""
        self._shelf = self._read()
        self._told = self._arrivals(self._shelf.users)
        return self._told

    async def start(self, on_event: Callable[[DirectoryEvent], None]) -> None:
        """Begin to ask for changes. Raises ConfigError."""
        self._on_event = on_event
        self._said = None
        client = self._client = self._new_client()
        self._tasks = [begin(self._run(client), "directory of Microsoft 365")]
        if self._photos is not None:
            self._tasks.append(begin(self._keep_photos(client, self._photos), "photos of Microsoft 365"))

    async def stop(self) -> None:
        """Let go of Microsoft. Harmless when stopped."""
        self._on_event = None
        tasks, self._tasks = self._tasks, []
        await end(*tasks)
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    @property
    def has_photos(self) -> bool:
        """True when photos are kept."""
        return self._photos is not None

    def photo(self, person: str, size: int) -> bytes | None:
        """Return the photo of somebody whom it told of."""
        return self._photos.photo(person.removeprefix(PREFIX), size) if self._photos is not None else None

    # ------------------------------------------------------------- rounds

    async def _keep_photos(self, client: GraphClient, photos: Photos) -> None:
        failures = 0
        await self._has_people.wait()
        while True:
            try:
                await photos.refresh(client, [a.person.id.removeprefix(PREFIX) for a in self._told or ()])
                failures, pause = 0, self._settings.photos_s
            except ServiceError as error:
                failures += 1
                pause = retry_s(error, failures)
                _log.info("photos cannot be asked for: %s", error.message.key)
            await asyncio.sleep(pause)

    async def _run(self, client: GraphClient) -> None:
        failures = 0
        while True:
            try:
                await self._round(client)
                failures, pause = 0, self._settings.refresh_s
            except ServiceError as error:
                failures += 1
                pause = retry_s(error, failures)
                doing = doing_about(error, time.time() + pause)
                self._say(DirectoryState(state=state_for(error), message=error.message, doing=doing))
            await asyncio.sleep(pause)

    async def _round(self, client: GraphClient) -> None:
        """Ask for what is new. Raises ServiceError; then everything is as before."""
        shelf = self._shelf if self._shelf is not None else await asyncio.to_thread(self._read)
        changed = await self._changes(client, shelf) if shelf.link else None
        if changed is None:
            changed = await self._changes(client, Shelf())
        if changed is None:
            raise ProtocolError("graph_malformed", what="users/delta")
        is_new = changed.users != shelf.users
        self._shelf = changed
        if is_new or changed.link != shelf.link:
            await asyncio.to_thread(self._keep, changed)
        self._say(DirectoryState(state=SourceState.UP))
        arrivals = self._arrivals(changed.users) if is_new or self._told is None else self._told
        if arrivals != self._told:
            self._told = arrivals
            self._emit(PeopleSet(people=arrivals))
        self._has_people.set()

    async def _changes(self, client: GraphClient, shelf: Shelf) -> Shelf | None:
        """Return everybody after the changes; None when the link is lost. Raises ServiceError."""
        users = dict(shelf.users)
        unsure: dict[str, None] = {}
        path = client.own_link(shelf.link) if shelf.link else self._first()
        while True:
            request = Request("GET", path, _SCOPE, PERMISSION, expected=frozenset({400, 404, 410}))
            answer = await client.ask(request)
            if not answer.is_well:
                if shelf.link and (answer.status == 410 or answer.code.casefold() in _LOST):
                    return None
                raise client.fault(answer, request)
            page = answer.json("users/delta")
            for item in answer.values("users/delta"):
                self._note(item, users, unsure)
            if following := page.get("@odata.nextLink"):
                path = client.own_link(following)
                continue
            link = client.own_link(page.get("@odata.deltaLink"))
            break
        if self._settings.managers:
            await self._ask_managers(client, users, unsure)
        return Shelf(link=link, users=users)

    def _note(
        self, item: Mapping[str, Any], users: dict[str, dict[str, Any]], unsure: dict[str, None]
    ) -> None:
        key = item.get("id")
        if not isinstance(key, str) or not key:
            raise ProtocolError("graph_malformed", what="users/delta")
        if "@removed" in item:
            users.pop(key, None)
            unsure.pop(key, None)
            return
        is_new = key not in users
        users[key] = {**users.get(key, {}), **{k: v for k, v in item.items() if k in _KEPT}}
        changes = item.get(f"{MANAGER}@delta")
        if isinstance(changes, list):
            there = [str(one.get("id") or "") for one in changes if "@removed" not in one]
            users[key][MANAGER] = there[-1] if there else ""
            unsure.pop(key, None)
        elif is_new:
            unsure[key] = None

    async def _ask_managers(self, client: GraphClient, users: Users, unsure: Iterable[str]) -> None:
        """Ask for the managers of those who came without; whoever has none answers 404."""
        keys = [key for key in unsure if key in users and is_person(users[key], self._settings)]
        requests = [_manager_request(key) for key in keys]
        for key, result in zip(keys, await ask_together(client, requests), strict=True):
            if isinstance(result, Answer) and result.is_well:
                users[key][MANAGER] = str(result.json("manager").get("id") or "")

    def _first(self) -> str:
        select = (*SELECT, *((MANAGER,) if self._settings.managers else ()))
        return f"/users/delta?{urlencode({'$select': ','.join(select)}, safe='$,')}"

    # ------------------------------------------------------------- telling and keeping

    def _arrivals(self, users: Mapping[str, Mapping[str, Any]]) -> tuple[Arrival, ...]:
        settings, plan = self._settings, self._plan
        found = [arrival_of(u, users, settings, plan) for u in users.values() if is_person(u, settings)]
        return tuple(sorted(found, key=lambda arrival: arrival.person.id))

    def _read(self) -> Shelf:
        if self._file is None:
            return Shelf()
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Shelf)
        except FileNotFoundError:
            return Shelf()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            _log.warning("%s cannot be read, everybody is asked for anew: %s", self._file, error)
            return Shelf()

    def _keep(self, shelf: Shelf) -> None:
        if self._file is None:
            return
        try:
            write_private(self._file, msgspec.json.encode(shelf).decode())
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._file, error)

    def _say(self, state: DirectoryState) -> None:
        if state != self._said:
            self._said = state
            self._emit(state)

    def _emit(self, event: DirectoryEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)


def _manager_request(user: str) -> Request:
    path = f"/users/{quote(user)}/manager?$select=id"
    return Request("GET", path, _SCOPE, PERMISSION, expected=frozenset({404}))
