"""Whatever is asked of the emulated Graph by Microsoft's description, it never fails by itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings

from services.emulators.graph import rights
from services.emulators.graph.asked import Caller, asked_of
from services.emulators.graph.keys import Keys
from services.emulators.graph.service import GraphService
from services.emulators.graph.tenant import APP_ID, Tenant, User
from tests.unit.services.graph_schema import DESCRIPTION, needs_description

pytestmark = needs_description
ALICE = User(name="Alice Holm", mail="alice@firma.example", id="a1")
EVERYTHING = frozenset().union(*(application for _, _, application in rights.OPERATIONS.values()))


def _schema() -> Any:
    if not DESCRIPTION.exists():
        return schemathesis.openapi.from_dict(
            {"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {}}
        )
    with DESCRIPTION.open("rb") as file:
        return schemathesis.openapi.from_dict(yaml.load(file, Loader=yaml.CSafeLoader))


_OURS = frozenset(operation.partition(" ")[2] for operation in rights.OPERATIONS)
_LARGE = frozenset(("/users/{user-id}/sendMail", "/chats", "/chats/{chat-id}/messages"))
"""What is drawn from these descriptions takes minutes; nonsense for them is in the tests of the emulator."""
schema = _schema().include(func=lambda one: one.operation.path in _OURS - _LARGE | {"/subscriptions"})


async def _post(address: str, kind: str, body: bytes) -> tuple[int, str]:
    return 400, ""


@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.generate],  # the explicit ones are thousands
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_no_request_makes_it_fail(case: Any) -> None:
    tenant = Tenant([ALICE], lambda: 1_700_000_000.0)
    keys = Keys("issuer", "graph", tenant.id)
    graph = GraphService(tenant, keys, _post)
    token = keys.access(Caller(app=APP_ID, rights=EVERYTHING), tenant.clock())
    body = case.body if isinstance(case.body, Mapping | list) else None
    path = case.formatted_path.replace("/users/0/", "/users/a1/")
    query = f"?{urlencode(case.query, doseq=True)}" if case.query else ""
    content = b"" if body is None else json.dumps(body, default=str).encode()
    asked = asked_of(
        case.method, path + query, {"authorization": f"Bearer {token}"}, content, "https://x/v1.0"
    )
    reply = asyncio.run(graph.answer(asked))
    assert reply.status < 500
