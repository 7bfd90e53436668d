"""Microsoft's own description of Graph, which lies beside the project; else those checks are skipped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from scripts.requirements import TOP
from services.emulators.graph.service import Exchange

FOLDER = TOP.parent / "shared" / "microsoft"
DESCRIPTION, PERMISSIONS = FOLDER / "graph-openapi-subset.yaml", FOLDER / "graph-permissions-subset.json"

needs_description = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason=f"Microsoft's description of Graph is not at {FOLDER}"
)


@cache
def description() -> Any:
    with DESCRIPTION.open("rb") as file:
        return OpenAPI.from_dict(yaml.load(file, Loader=yaml.CSafeLoader))


@cache
def permissions() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(PERMISSIONS.read_text(encoding="utf-8"))["operations"]
    return found


def requests_in(request: httpx.Request) -> list[httpx.Request]:
    """Return a request, and those in it when it is a `$batch`."""
    if not request.url.path.endswith("/$batch"):
        return [request]
    root = str(request.url).removesuffix("/$batch")
    items = json.loads(request.content)["requests"]
    return [
        request,
        *(
            httpx.Request(one["method"], root + one["url"], json=one.get("body"), headers=one.get("headers"))
            for one in items
        ),
    ]


def faults(request: httpx.Request, reply: httpx.Response | None = None) -> list[str]:
    """Return what is wrong with a request by the description, and with a reply to it."""
    parts = urlsplit(str(request.url))
    query = dict(parse_qsl(parts.query))
    if "$deltatoken" in query or "$skiptoken" in query:
        # A link that Graph gave: it holds what the description wants of the first request.
        query |= {"startDateTime": "in the link", "endDateTime": "in the link"}
    asked = MockRequest(
        "https://graph.microsoft.com",
        request.method.lower(),
        parts.path,
        args=query,
        headers=dict(request.headers),
        data=request.content or None,
        content_type=request.headers.get("Content-Type", "application/json"),
    )
    found = []
    try:
        description().validate_request(asked)
    except OpenAPIError as error:
        found.append(f"{request.method} {parts.path}: {error} {error.__cause__ or ''}")
    if reply is not None and reply.content:
        kind = reply.headers.get("Content-Type", "application/json").partition(";")[0]
        if kind.startswith("image/"):
            kind = "application/octet-stream"  # the service says what it is, the description that it is bytes
        told = MockResponse(reply.content, status_code=reply.status_code, content_type=kind)
        try:
            description().validate_response(asked, told)
        except OpenAPIError as error:
            found.append(
                f"{request.method} {parts.path} {reply.status_code}: {error} {error.__cause__ or ''}"
            )
    return found


def faults_of(exchanges: Iterable[Exchange]) -> list[str]:
    """Return what is wrong with all that an emulator was asked and has answered.

    Refusals are checked always, the rest where the description is: a test of its own with
    `needs_description` says when it is not. What was broken on purpose is left out.
    """
    found = []
    for exchange in exchanges:
        asked, reply = exchange.asked, exchange.reply
        if exchange.is_broken:
            continue
        if reply.status >= 400:
            found += refusal_faults(f"{asked.method} {asked.path} {reply.status}", reply.content)
        elif DESCRIPTION.exists():
            url = httpx.URL("https://graph.microsoft.com/v1.0" + asked.path, params=dict(asked.query))
            headers = {k: v for k, v in asked.headers.items() if k in ("content-type", "prefer")}
            request = httpx.Request(asked.method, url, headers=headers, content=asked.content or None)
            told = httpx.Response(reply.status, headers=dict(reply.headers), content=reply.content)
            found += faults(request, told)
    return found


def refusal_faults(where: str, content: bytes) -> list[str]:
    """Return what is wrong with the body of a refusal (contract 6.2)."""
    try:
        error = json.loads(content)["error"]
        inner = error["innerError"]
        datetime.fromisoformat(inner["date"])
        words = (error["code"], error["message"], inner["request-id"], inner["client-request-id"])
    except (ValueError, KeyError, TypeError) as wrong:
        return [f"{where}: {wrong!r}"]
    return [] if all(isinstance(word, str) for word in words) else [f"{where}: {words}"]
