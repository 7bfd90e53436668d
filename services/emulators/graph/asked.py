"""What comes in and what goes out, apart from HTTP: a `$batch` holds requests that no line has carried."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import msgspec

JSON_TYPE: Final = (
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
)


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Whose token it is: `user` is empty for an app by itself. `rights` are roles or scopes."""

    app: str
    rights: frozenset[str]
    user: str = ""

    @property
    def is_app_only(self) -> bool:
        """True when nobody is signed in."""
        return not self.user


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request: the path below the version, decoded; headers by lower case."""

    method: str
    path: str
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    content: bytes = b""
    root: str

    @property
    def parts(self) -> list[str]:
        """The steps of the path."""
        return [part for part in self.path.strip("/").split("/") if part]

    def body(self) -> dict[str, Any]:
        """Return the JSON of the body. Raises `Refused` for anything else."""
        try:
            found = json.loads(self.content)
            json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be answered
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Refused(400, "BadRequest", "Unable to read JSON request payload.")
        return found

    def preferences(self) -> dict[str, str]:
        """Return what stands in ``Prefer``, names in lower case."""
        found = {}
        for part in self.headers.get("prefer", "").split(","):
            name, _, value = part.strip().partition("=")
            if name:
                found[name.lower()] = value.strip('"')
        return found


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer."""

    status: int = 200
    content: bytes = b""
    headers: Mapping[str, str] = {}

    def json(self) -> Any:
        """Return the body as JSON, None when there is none."""
        return json.loads(self.content) if self.content else None


def told(value: object, status: int = 200, headers: Mapping[str, str] = {}) -> Reply:
    """Return an answer of JSON."""
    content = json.dumps(value, ensure_ascii=False).encode()
    return Reply(status=status, content=content, headers={"Content-Type": JSON_TYPE, **headers})


class Refused(Exception):
    """Graph says no (contract 6.2)."""

    def __init__(self, status: int, code: str, message: str = "", **headers: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def reply(self, asked: Asked, now: float) -> Reply:
        """Return it as Graph words it."""
        inner = {
            "date": datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "request-id": str(uuid.uuid4()),
            "client-request-id": asked.headers.get("client-request-id", str(uuid.uuid4())),
        }
        body = {"error": {"code": self.code, "message": self.message, "innerError": inner}}
        return told(body, self.status, self.headers)


def asked_of(method: str, target: str, headers: Mapping[str, str], content: bytes, root: str) -> Asked:
    """Return a request from its target below the version, with the query in it."""
    path, _, words = target.partition("?")
    query = dict(parse_qsl(words, keep_blank_values=True))
    return Asked(method=method, path=unquote(path), query=query, headers=headers, content=content, root=root)
