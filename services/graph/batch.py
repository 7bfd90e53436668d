"""Many small requests in one: `$batch` takes 20 (contract 6.3). Each is throttled and fails by itself."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from reception.errors import ProtocolError, ServiceError
from services.graph.answers import PASSING, Answer, Request, Throttled
from services.graph.budgets import Kind, Scope
from services.graph.client import FIRST_PAUSE_S, GraphClient

AT_MOST: Final = 20
TRIES: Final = 3
"""How often those that only passing faults stopped are sent before they are told as failed."""
LONGEST_WAIT_S: Final = 15.0
"""An item that is to wait longer is told as throttled; the others are not kept for it."""
_SCOPE: Final = Scope(Kind.BATCH)

Result: TypeAlias = Answer | ServiceError


async def ask_together(client: GraphClient, requests: Sequence[Request]) -> list[Result]:
    """Send requests that all may be repeated, and return what became of each, in their order.

    Raises ServiceError when Graph does not take the envelope; nothing is known of any of them then.
    """
    results: list[Result | None] = [None] * len(requests)
    waiting = list(range(len(requests)))
    for n in range(TRIES):
        again: list[int] = []
        pause = 0.0
        for start in range(0, len(waiting), AT_MOST):
            part = waiting[start : start + AT_MOST]
            answers = await _send(client, [requests[position] for position in part])
            for position, answer in zip(part, answers, strict=True):
                results[position] = answer
                if isinstance(answer, Answer):
                    results[position], wait = _judged(client, requests[position], answer)
                    if answer.status in PASSING and wait <= LONGEST_WAIT_S:
                        again.append(position)
                        pause = max(pause, wait)
        if not again or n == TRIES - 1:
            break
        waiting = again
        await asyncio.sleep(max(pause, FIRST_PAUSE_S))
    return [result for result in results if result is not None]


async def _send(client: GraphClient, requests: Sequence[Request]) -> list[Result]:
    """Send up to 20; what is in a scope that is closed for long is not sent."""
    results: list[Result | None] = [None] * len(requests)
    items: list[dict[str, Any]] = []
    for n, request in enumerate(requests):
        budget = client.budgets.of(request.scope)
        if budget.closed_s > LONGEST_WAIT_S:
            results[n] = Throttled(budget.closed_s)
            continue
        await asyncio.sleep(budget.wait_s())
        budget.count()
        items.append(_item(client, n, request))
    if items:
        envelope = Request("POST", "/$batch", _SCOPE, "", body={"requests": items})
        for item in _responses(await client.ask(envelope)):
            position = str(item.get("id"))
            if position.isdecimal() and int(position) < len(results):
                results[int(position)] = as_answer(item)
    missing = ProtocolError("graph_malformed", what="$batch")
    return [result if result is not None else missing for result in results]


def _item(client: GraphClient, n: int, request: Request) -> dict[str, Any]:
    headers = dict(request.headers)
    item: dict[str, Any] = {"id": str(n), "method": request.method, "url": client.relative(request.path)}
    if request.body is not None:
        headers["Content-Type"] = "application/json"
        item["body"] = request.body
    if headers:
        item["headers"] = headers
    return item


def _responses(answer: Answer) -> list[Mapping[str, Any]]:
    found = answer.json("$batch").get("responses")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ProtocolError("graph_malformed", what="$batch")
    return found


def _judged(client: GraphClient, request: Request, answer: Answer) -> tuple[Result, float]:
    """Return what an item came to, and the seconds to wait before it is sent again."""
    if answer.is_well or answer.status in request.expected:
        return answer, 0.0
    said = answer.wait_s(client.now())
    wait = FIRST_PAUSE_S if said is None else said
    if answer.status == 429:
        client.budgets.of(request.scope).close_for(wait)
    return client.fault(answer, request, wait_s=wait), wait


def as_answer(item: Mapping[str, Any]) -> Answer:
    """Return one answer of a `$batch`; a body that is no JSON comes in base64. Raises ProtocolError."""
    status, headers, body = item.get("status"), item.get("headers") or {}, item.get("body")
    if not isinstance(status, int) or not isinstance(headers, dict):
        raise ProtocolError("graph_malformed", what="$batch")
    names = {str(name).lower(): str(value) for name, value in headers.items()}
    if isinstance(body, str) and "json" not in names.get("content-type", "json"):
        try:
            return Answer(status, names, base64.b64decode(body, validate=True))
        except binascii.Error as error:
            raise ProtocolError("graph_malformed", what="$batch") from error
    return Answer(status, names, msgspec.json.encode(body) if body is not None else b"")
