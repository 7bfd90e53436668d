"""Requests that come together (contract 6.3): answered in their order, if what they depend on went well."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

from services.emulators.graph.asked import Asked, Refused, Reply, asked_of, told

MOST: Final = 20
_FAILED: Final = {"error": {"code": "FailedDependency", "message": "A request it depends on has failed."}}


async def answer(asked: Asked, one: Callable[[Asked], Awaitable[Reply]]) -> Reply:
    """Answer a `$batch`; `one` answers a request of it. Raises `Refused`.

    The answers come last one first: Graph promises no order.
    """
    items = asked.body().get("requests")
    if not isinstance(items, list) or not 1 <= len(items) <= MOST:
        raise Refused(400, "BadRequest", f"A batch has 1 to {MOST} requests.")
    ids = [str(item.get("id")).lower() for item in items if isinstance(item, dict)]
    if len(set(ids)) != len(items):
        raise Refused(400, "BadRequest", "Each request of a batch needs an id of its own.")
    parts = [_part(item, asked) for item in items]
    needed = [_depends_on(item) for item in items]
    if any(not set(ids[:n]) >= before for n, before in enumerate(needed)):
        raise Refused(400, "BadRequest", "A request depends on one that does not come before it.")
    found: dict[str, dict[str, Any]] = {}
    for key, item, part, before in zip(ids, items, parts, needed, strict=True):
        if any(found[other]["status"] >= 400 for other in before):
            found[key] = {"id": item.get("id"), "status": 424, "headers": {}, "body": _FAILED}
        else:
            found[key] = _told(item.get("id"), await one(part))
    return told({"responses": list(reversed(found.values()))})


def _depends_on(item: dict[str, Any]) -> set[str]:
    names = item.get("dependsOn") or []
    if not isinstance(names, list):
        raise Refused(400, "BadRequest", "dependsOn is a list of ids.")
    return {str(name).lower() for name in names}


def _part(item: dict[str, Any], outer: Asked) -> Asked:
    headers = item.get("headers") or {}
    if not isinstance(headers, dict):
        raise Refused(400, "BadRequest", "The headers of a request are an object.")
    return asked_of(
        str(item.get("method") or "GET").upper(),
        "/" + str(item.get("url") or "").lstrip("/"),
        {str(name).lower(): str(value) for name, value in headers.items()},
        b"" if item.get("body") is None else json.dumps(item["body"]).encode(),
        outer.root,
    )


def _told(key: object, reply: Reply) -> dict[str, Any]:
    body: Any = None
    if reply.content:
        is_json = "json" in reply.headers.get("Content-Type", "")
        try:
            body = json.loads(reply.content) if is_json else base64.b64encode(reply.content).decode()
        except ValueError:
            body = reply.content.decode(errors="replace")  # one that breaks off
    return {"id": key, "status": reply.status, "headers": dict(reply.headers), "body": body}
