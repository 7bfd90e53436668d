"""A Graph that says what a test tells it to, below the client: `httpx.MockTransport`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from reception.model.microsoft import MicrosoftAccount
from services.graph.client import GraphClient

ACCOUNT = MicrosoftAccount(
    tenant="11111111-1111-1111-1111-111111111111",
    client_id="22222222-2222-2222-2222-222222222222",
    secret="only for tests",
)
ROOT = ACCOUNT.graph

Handler = Callable[[httpx.Request], httpx.Response]


class Tokens:
    """Gives a new token after each refusal, and remembers what was refused with which claims."""

    def __init__(self) -> None:
        self.refusals: list[tuple[str, str]] = []

    async def token(self) -> str:
        return f"token{len(self.refusals)}"

    def refused(self, token: str, claims: str = "") -> None:
        self.refusals.append((token, claims))


class Double:
    """Answers requests and remembers them. `handler` may be exchanged while it runs."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.requests: list[httpx.Request] = []
        self.tokens = Tokens()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.handler(request)

    def client(self, **more: Any) -> GraphClient:
        transport = httpx.MockTransport(self._answer)
        return GraphClient(ACCOUNT, tokens=self.tokens, transport=transport, **more)

    @property
    def paths(self) -> list[str]:
        return [path_of(request) for request in self.requests]


def path_of(request: httpx.Request) -> str:
    return str(request.url).removeprefix(ROOT)


def body_of(request: httpx.Request) -> Any:
    return json.loads(request.content)


def error(status: int, code: str = "", headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return a fault as Graph words it."""
    inner = {"date": "2026-11-21T10:00:00", "request-id": "r1", "client-request-id": "c1"}
    body = {"error": {"code": code, "message": "words nobody may branch on", "innerError": inner}}
    return httpx.Response(status, json=body, headers={"request-id": "r1", **(headers or {})})


def one_after_the_other(*answers: httpx.Response | Exception) -> Handler:
    """Return a handler that gives these answers in turn, the last one for ever."""
    left = list(answers)

    def handler(request: httpx.Request) -> httpx.Response:
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return handler


def batched(handler: Handler) -> Handler:
    """Return a handler that takes `$batch` apart and gives each part to another one."""

    def outer(request: httpx.Request) -> httpx.Response:
        if path_of(request) != "/$batch":
            return handler(request)
        responses = []
        for item in body_of(request)["requests"]:
            inner = handler(
                httpx.Request(
                    item["method"], ROOT + item["url"], json=item.get("body"), headers=item.get("headers")
                )
            )
            responses.append(
                {
                    "id": item["id"],
                    "status": inner.status_code,
                    "headers": dict(inner.headers),
                    "body": inner.json() if inner.content else None,
                }
            )
        return httpx.Response(200, json={"responses": responses[::-1]})

    return outer
