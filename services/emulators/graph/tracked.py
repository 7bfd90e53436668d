"""Lists by pages, and what has changed in them since (``delta``)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from services.emulators.graph.asked import Refused

Items = dict[str, dict[str, Any]]


class _Round(msgspec.Struct, frozen=True):
    """A list as somebody was told of it: what it is read with, and the items as they were."""

    query: Mapping[str, str]
    items: Items


class Tracked:
    """Remembers what whoever holds a link was told of. A token is good until `forget`, or until there are
    `most` newer ones.
    """

    def __init__(self) -> None:
        self.most: int | None = None
        self._rounds: dict[str, _Round] = {}
        self._pages: dict[str, tuple[list[dict[str, Any]], str | None]] = {}

    def forget(self) -> None:
        """Let all links be too old."""
        self._rounds.clear()
        self._pages.clear()

    def answer(
        self,
        query: Mapping[str, str],
        base: str,
        size: int,
        read: Callable[[Mapping[str, str]], Items],
    ) -> dict[str, Any]:
        """Return a page of a list, or of what has changed in it, with the link to go on with.

        `read` gives all items by what the first request asked with. Raises `Refused` with 410.
        """
        if (page := query.get("$skiptoken")) is not None:
            if page not in self._pages:
                raise _lost()
            items, round_ = self._pages[page]
            return self._page(items, round_, base, size)
        token = query.get("$deltatoken")
        if token is None or token == "latest":
            now = read(query)
            told = [] if token else list(now.values())
            return self._page(told, self._keep(_Round(query, now)), base, size)
        before = self._rounds.get(token)
        if before is None:
            raise _lost()
        now = read(before.query)
        if now == before.items:
            now = before.items  # kept once
        told = [item for key, item in now.items() if before.items.get(key) != item]
        told += [{"id": key, "@removed": {"reason": "deleted"}} for key in before.items if key not in now]
        return self._page(told, self._keep(_Round(before.query, now)), base, size)

    def pages(
        self, query: Mapping[str, str], base: str, size: int, items: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Return a page of a list that is not tracked."""
        if (page := query.get("$skiptoken")) is not None:
            if page not in self._pages:
                raise Refused(400, "BadRequest", "The skip token is not valid.")
            items, _ = self._pages[page]
        return self._page(items, None, base, size)

    def _keep(self, round_: _Round) -> str:
        token = uuid.uuid4().hex
        self._rounds[token] = round_
        while self.most is not None and len(self._rounds) > self.most:
            del self._rounds[next(iter(self._rounds))]
        return token

    def _page(self, items: list[dict[str, Any]], token: str | None, base: str, size: int) -> dict[str, Any]:
        page, rest = items[:size], items[size:]
        found: dict[str, Any] = {"value": page}
        if rest:
            skip = uuid.uuid4().hex
            self._pages[skip] = (rest, token)
            while self.most is not None and len(self._pages) > self.most:
                del self._pages[next(iter(self._pages))]
            found["@odata.nextLink"] = f"{base}?$skiptoken={quote(skip)}"
        elif token is not None:
            found["@odata.deltaLink"] = f"{base}?$deltatoken={quote(token)}"
        return found


def _lost() -> Refused:
    return Refused(410, "syncStateNotFound", "The sync state generation is not found; resync required.")
