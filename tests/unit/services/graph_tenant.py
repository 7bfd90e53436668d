"""A small tenant for tests of the source: people, presences and calendars that a test changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx

from tests.unit.services.graph_double import ROOT, Double, batched, body_of, error, path_of


class Tenant:
    """Its state. `broken` are answers in place of a service's own, by a part of the path."""

    def __init__(self, users: Iterable[str]) -> None:
        self.users = {f"id-{name}": f"{name}@firma.example" for name in users}
        self.presences: dict[str, dict[str, Any]] = {
            user: {"availability": "Available", "activity": "Available"} for user in self.users
        }
        self.calendars: dict[str, list[dict[str, Any]]] = {user: [] for user in self.users}
        self.schedules: dict[str, list[dict[str, Any]]] = {}
        self.mail_settings: dict[str, dict[str, Any]] = {}
        self.broken: dict[str, Callable[[], httpx.Response]] = {}
        self.lost_tokens: set[str] = set()
        self.page_size = 2
        self._changes: dict[str, list[dict[str, Any]]] = {user: [] for user in self.users}
        self.double = Double(batched(self._answer))

    def change(self, user: str, *events: dict[str, Any]) -> None:
        """Put events into a calendar, or take some out; what is told next are these."""
        gone = {event["id"] for event in events}
        self.calendars[user] = [e for e in self.calendars[user] if e["id"] not in gone]
        self.calendars[user] += [e for e in events if "@removed" not in e]
        self._changes[user] += events

    def asked(self, part: str) -> int:
        """Return how many requests were sent whose path has a part in it."""
        return sum(part in unquote(path) for path in self.double.paths)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = unquote(path_of(request))
        for part, answer in self.broken.items():
            if part in path:
                return answer()
        match path.partition("?")[0].strip("/").split("/"):
            case ["users"]:
                return self._page(
                    [{"id": u, "mail": m, "userPrincipalName": m} for u, m in self.users.items()]
                )
            case ["communications", "getPresencesByUserId"]:
                ids = body_of(request)["ids"]
                known = [{"id": u, **self.presences[u]} for u in reversed(ids) if u in self.presences]
                return self._page(known)
            case ["users", user, "calendarView", "delta"]:
                return self._delta(user, path)
            case ["users", user, "mailboxSettings"]:
                return httpx.Response(200, json=self.mail_settings.get(user, {}))
            case ["users", _, "calendar", "getSchedule"]:
                return self._page([self._schedule(one) for one in body_of(request)["schedules"]])
        return error(404, "Request_ResourceNotFound")

    def _page(self, values: list[dict[str, Any]]) -> httpx.Response:
        return httpx.Response(200, json={"value": values})

    def _schedule(self, address: str) -> dict[str, Any]:
        if address not in self.schedules:
            return {"scheduleId": address, "error": {"responseCode": "ErrorMailRecipientNotFound"}}
        return {"scheduleId": address, "scheduleItems": self.schedules[address]}

    def _delta(self, user: str, path: str) -> httpx.Response:
        if user not in self.calendars:
            return error(404, "MailboxNotEnabledForRESTAPI")
        query = parse_qs(path.partition("?")[2])
        base = f"{ROOT}/users/{user}/calendarView/delta"
        if user in self.lost_tokens and "$deltatoken" in query:
            self.lost_tokens.discard(user)
            return error(410, "syncStateNotFound")
        if "startDateTime" in query:
            pending, self._changes[user] = list(self.calendars[user]), []
        elif "$skiptoken" in query:
            pending = json.loads(query["$skiptoken"][0])
        else:
            pending, self._changes[user] = self._changes[user], []
        page, rest = pending[: self.page_size], pending[self.page_size :]
        link = f"?$skiptoken={httpx.QueryParams({'t': json.dumps(rest)})['t']}" if rest else "?$deltatoken=1"
        key = "@odata.nextLink" if rest else "@odata.deltaLink"
        return httpx.Response(200, json={"value": page, key: str(httpx.URL(base + link))})
