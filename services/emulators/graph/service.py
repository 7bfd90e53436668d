"""Microsoft Graph: answers requests about a tenant.

What is not told here is not there: 404, as for anything that Graph does not know.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from services.emulators.graph import batches, mailboxes, people
from services.emulators.graph.asked import Asked, Caller, Refused, Reply, told
from services.emulators.graph.faults import Faults
from services.emulators.graph.keys import PUBLISHER, Keys
from services.emulators.graph.presence import (
    LONGEST_S,
    PREFERABLE,
    SETTABLE,
    SHORTEST_S,
    Pair,
    Presence,
    Shown,
    duration_s,
    written,
)
from services.emulators.graph.rights import check
from services.emulators.graph.subscriptions import Post, Subscriptions
from services.emulators.graph.tenant import Change, Tenant, User
from services.emulators.graph.throttle import Throttle
from services.emulators.graph.tracked import Tracked

MOST_PRESENCES: Final = 650
PAGE: Final = 100


class Exchange(msgspec.Struct, frozen=True):
    """A request that was answered: for whoever checks both."""

    asked: Asked
    reply: Reply
    caller: Caller | None

    @property
    def is_broken(self) -> bool:
        """True when the answer was made to break off."""
        if "json" not in self.reply.headers.get("Content-Type", ""):
            return False
        try:
            self.reply.json()
        except ValueError:
            return True
        return False


class GraphService:
    """The service. `hide_unknown`: presences of ids nobody has are left out instead of being unknown.

    Each request takes `takes_s`. `remembers`: all that was exchanged is kept, for whoever checks it.
    """

    def __init__(self, tenant: Tenant, keys: Keys, post: Post, *, claims_url: str = "") -> None:
        self.tenant = tenant
        self.faults = Faults()
        self.exchanges: list[Exchange] = []
        self.remembers = True
        self.page_size = PAGE
        self.hide_unknown = True
        self.takes_s = 0.0
        self.throttle = Throttle(tenant)
        self._keys = keys
        self._claims_url = claims_url
        self._tracked = Tracked()
        self.subscriptions = Subscriptions(tenant, post, self._prove)
        self._telling: set[asyncio.Task[None]] = set()
        tenant.changed = self._on_changed

    def forget_tokens(self) -> None:
        """Let all delta links be too old."""
        self._tracked.forget()

    def forget_the_past(self, links: int) -> None:
        """Keep no more than so many delta links, and nothing that was exchanged: for running on and on."""
        self.remembers = False
        self.exchanges.clear()
        self._tracked.most = links

    def exchanged(self, part: str, method: str = "") -> list[Exchange]:
        """Return what was asked whose path has a part in it, those of a `$batch` too."""
        return [e for e in self.exchanges if part in e.asked.path and method in ("", e.asked.method)]

    async def answer(self, asked: Asked) -> Reply:
        """Answer a request as it came over the line."""
        caller = None
        try:
            caller = self._keys.caller(
                asked.headers.get("authorization", ""), self.tenant.clock(), self._claims_url
            )
            if asked.path == "/$batch":
                self.faults.before(asked)
                reply = await batches.answer(asked, lambda part: self._part(part, caller))
            else:
                reply = await self._one(asked, caller)
                reply = self.faults.after(asked, reply)
        except Refused as refused:
            reply = refused.reply(asked, self.tenant.clock())
        reply = msgspec.structs.replace(
            reply, headers={**reply.headers, **_common_headers(asked, self.tenant.clock())}
        )
        self._note(Exchange(asked, reply, caller))
        return reply

    async def quiet(self) -> None:
        """Wait until everybody was told what has changed."""
        while self._telling:
            await asyncio.gather(*self._telling)

    # ------------------------------------------------------------- one request

    async def _one(self, asked: Asked, caller: Caller) -> Reply:
        self.faults.before(asked)
        with self.throttle.turn(asked, caller):
            if self.takes_s:
                await asyncio.sleep(self.takes_s)
            return await self._found(asked, caller)

    async def _found(self, asked: Asked, caller: Caller) -> Reply:
        match asked.method, asked.parts:
            case "POST", ["communications", "getPresencesByUserId"]:
                check("POST /communications/getPresencesByUserId", caller)
                return self._presences(asked)
            case _, ["subscriptions", *_]:
                return await self.subscriptions.answer(asked, caller)
            case "POST", ["chats"]:
                check("POST /chats", caller)
                return self._chat(asked, caller)
            case "POST", ["chats", chat, "messages"]:
                check("POST /chats/{chat-id}/messages", caller)
                return self._message(asked, caller, chat)
            case "GET", ["users"]:
                check("GET /users", caller)
                return people.users(self.tenant, self._tracked, asked, self.page_size)
            case "GET", ["users", "delta" | "delta()"]:
                check("GET /users/delta()", caller)
                return people.users_delta(self.tenant, self._tracked, asked, self.page_size)
            case _, ["users", key, *rest]:
                return self._of_user(asked, caller, self._user(key), rest)
            case _, ["me", *rest] if caller.user:
                return self._of_user(asked, caller, self._user(caller.user), rest)
        raise Refused(404, "Request_ResourceNotFound", f"Resource '{asked.path}' does not exist.")

    def _of_user(self, asked: Asked, caller: Caller, user: User, rest: list[str]) -> Reply:
        match asked.method, rest:
            case "GET", []:
                check("GET /users/{user-id}", caller, user.id)
                return told(people.selected(user, asked.query.get("$select")))
            case "GET", ["presence"]:
                check("GET /users/{user-id}/presence", caller, user.id)
                return told(self.presence_of(user.id))
            case "POST", ["presence", action]:
                return self._set_presence(asked, caller, user, action)
            case "GET", ["manager"]:
                check("GET /users/{user-id}/manager", caller)
                if user.manager not in self.tenant.users:
                    raise Refused(404, "Request_ResourceNotFound", "Resource 'manager' does not exist.")
                manager = self.tenant.users[user.manager]
                found = people.selected(manager, asked.query.get("$select"))
                return told({"@odata.type": "#microsoft.graph.user", **found})
            case "GET", ["photo" | "photos", *which]:
                return people.photo(asked, caller, user, which)
            case _:
                return mailboxes.answer(self.tenant, self._tracked, asked, caller, user, rest, self.page_size)

    def _user(self, key: str) -> User:
        found = self.tenant.find(key)
        if found is None:
            raise Refused(404, "Request_ResourceNotFound", f"Resource '{key}' does not exist.")
        return found

    # ------------------------------------------------------------- presence

    def presence_of(self, user: str) -> dict[str, Any]:
        """Return somebody's presence as Graph tells it."""
        (availability, activity), away, sequence = self.tenant.presence(user)
        return {
            "id": user,
            "availability": availability,
            "activity": activity,
            "statusMessage": self._status_message(user),
            "outOfOfficeSettings": {"isOutOfOffice": away is not None, "message": away or None},
            "sequenceNumber": sequence,
        }

    def _status_message(self, user: str) -> dict[str, Any] | None:
        """Return what somebody has written; to others neither since when nor until when (contract 1.1)."""
        note = self.tenant.users[user].note if user in self.tenant.users else ""
        content = f"{note}<pinnednote></pinnednote>"
        return {"message": {"content": content, "contentType": "text"}} if note else None

    def _presences(self, asked: Asked) -> Reply:
        ids = asked.body().get("ids")
        if not isinstance(ids, list) or not 1 <= len(ids) <= MOST_PRESENCES:
            raise Refused(400, "InvalidArgument", f"1 to {MOST_PRESENCES} ids are needed.")
        found = []
        for key in dict.fromkeys(map(str, ids)):
            user = self.tenant.users.get(key)
            if user is not None and user.has_teams:
                found.append(self.presence_of(key))
            elif not self.hide_unknown:
                unknown = {"availability": "PresenceUnknown", "activity": "PresenceUnknown"}
                found.append({"id": key, **unknown})
        return told({"@odata.context": f"{asked.root}/$metadata#Collection(presence)", "value": found})

    def _set_presence(self, asked: Asked, caller: Caller, user: User, action: str) -> Reply:
        actions: Mapping[str, Callable[[Asked, Presence], Reply]] = {
            "setPresence": self._set_session,
            "clearPresence": self._clear_session,
            "setUserPreferredPresence": self._prefer,
            "clearUserPreferredPresence": self._prefer_nothing,
        }
        if action not in actions:
            raise Refused(404, "Request_ResourceNotFound", f"Resource '{action}' does not exist.")
        if action in ("setPresence", "clearPresence") and not asked.body().get("sessionId"):
            raise Refused(400, "InvalidArgument", "[SessionId]: The SessionId field is required.")
        check(f"POST /users/{{user-id}}/presence/{action}", caller)
        if caller.user and caller.user != user.id:
            raise Refused(401, "Unauthorized", "Cannot set the presence of another user")
        if not user.has_teams:
            raise Refused(403, "Forbidden", "")
        reply = actions[action](asked, self.tenant.presences[user.id])
        self._on_changed(Change(user=user.id))
        return reply

    def _set_session(self, asked: Asked, presence: Presence) -> Reply:
        body, now = asked.body(), self.tenant.clock()
        pair = _pair(body)
        lasts = duration_s(body.get("expirationDuration"), SHORTEST_S)
        if pair not in SETTABLE:
            raise Refused(
                400, "InvalidArgument", "The combination of availability and activity is not allowed."
            )
        if lasts is None or not SHORTEST_S <= lasts <= LONGEST_S:
            raise Refused(400, "InvalidArgument", "expirationDuration must be PT5M to PT4H.")
        presence.sessions[str(body["sessionId"])] = Shown(pair=pair, since=now, until=now + lasts)
        return Reply()

    def _clear_session(self, asked: Asked, presence: Presence) -> Reply:
        shown = presence.sessions.pop(str(asked.body()["sessionId"]), None)
        if shown is None or shown.until <= self.tenant.clock():
            raise Refused(404, "NotFound", "The presence session was not found.")
        return Reply()

    def _prefer(self, asked: Asked, presence: Presence) -> Reply:
        body, now = asked.body(), self.tenant.clock()
        pair = _pair(body)
        if pair not in PREFERABLE:
            raise Refused(
                400, "InvalidArgument", "The combination of availability and activity is not allowed."
            )
        lasts = duration_s(body.get("expirationDuration"), PREFERABLE[pair])
        if lasts is None:
            raise Refused(400, "InvalidArgument", "expirationDuration is not a duration.")
        presence.preferred = Shown(pair=pair, since=now, until=now + lasts)
        return Reply()

    def _prefer_nothing(self, _asked: Asked, presence: Presence) -> Reply:
        presence.preferred = None
        return Reply()

    # ------------------------------------------------------------- chats

    def _chat(self, asked: Asked, caller: Caller) -> Reply:
        members = asked.body().get("members")
        named = [
            str(m.get("user@odata.bind") or "").rpartition("('")[2].removesuffix("')")
            for m in (members if isinstance(members, list) else ())
            if isinstance(m, dict)
        ]
        users = sorted(user.id for name in named if (user := self.tenant.find(unquote(name))) is not None)
        if len(users) != 2 or len(named) != 2:
            raise Refused(400, "BadRequest", "Two members of this organisation are needed.")
        if caller.user and caller.user not in users:
            raise Refused(403, "Forbidden", "The caller must be one of the members.")
        chat = f"19:{users[0]}_{users[1]}@unq.gbl.spaces"
        self.tenant.chats.setdefault(chat, users)
        now = _stamp(self.tenant.clock())
        times = {"createdDateTime": now, "lastUpdatedDateTime": now}
        return told({"id": chat, "chatType": "oneOnOne", "topic": None, **times}, 201)

    def _message(self, asked: Asked, caller: Caller, chat: str) -> Reply:
        if chat not in self.tenant.chats:
            raise Refused(404, "NotFound", "The chat was not found.")
        if caller.user and caller.user not in self.tenant.chats[chat]:
            raise Refused(403, "Forbidden", "The caller is not a member of the chat.")
        body = asked.body()
        said = body.get("body")
        if not isinstance(said, dict) or not said.get("content"):
            raise Refused(400, "BadRequest", "Missing body content.")
        self.tenant.chat_messages.append((chat, caller.user, body))
        made = {
            "id": str(len(self.tenant.chat_messages)),
            "messageType": "message",
            "createdDateTime": _stamp(self.tenant.clock()),
            "chatId": chat,
            "importance": body.get("importance", "normal"),
            "body": {"contentType": "text", **said},
        }
        return told(made, 201)

    async def _part(self, part: Asked, caller: Caller) -> Reply:
        """Answer a request of a `$batch`."""
        try:
            if part.content and "content-type" not in part.headers:
                raise Refused(400, "BadRequest", "A body needs a Content-Type.")
            reply = self.faults.after(part, await self._one(part, caller))
        except Refused as refused:
            reply = refused.reply(part, self.tenant.clock())
        self._note(Exchange(part, reply, caller))
        return reply

    def _note(self, exchange: Exchange) -> None:
        if self.remembers:
            self.exchanges.append(exchange)

    # ------------------------------------------------------------- telling

    def _on_changed(self, change: Change) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # nobody can have subscribed before the loop runs
        if change.event:
            before = self.tenant.presences[change.user].sequence
            self._tell(loop, change, {"id": change.event})
            if self.presence_of(change.user)["sequenceNumber"] == written(before):
                return
            change = Change(user=change.user)
        presence = self.presence_of(change.user)
        self._tell(loop, change, {key: presence[key] for key in ("id", "availability", "activity")})

    def _tell(self, loop: asyncio.AbstractEventLoop, change: Change, data: dict[str, Any]) -> None:
        task = loop.create_task(self.subscriptions.tell(change, data))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def _prove(self, app: str) -> str:
        claims = {"aud": app, "tid": self.tenant.id, "azp": PUBLISHER, "sub": str(uuid.uuid4())}
        return self._keys.sign(claims, self.tenant.clock())


def _pair(body: dict[str, Any]) -> Pair:
    return str(body.get("availability")), str(body.get("activity"))


def _stamp(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _common_headers(asked: Asked, now: float) -> dict[str, str]:
    return {
        "request-id": str(uuid.uuid4()),
        "client-request-id": asked.headers.get("client-request-id", str(uuid.uuid4())),
        "Date": f"{datetime.fromtimestamp(now, UTC):%a, %d %b %Y %H:%M:%S} GMT",
        "Cache-Control": "no-store",
        "OData-Version": "4.0",
    }
