"""Microsoft's notifications that something is different, and what happens to the subscriptions. Pure.

Each carries the secret that we gave with the subscription; what does not is somebody else's and is dropped.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec

from reception.errors import ProtocolError

LARGEST: Final = 1_000_000
"""Bytes of one delivery; more is something else."""


class Change(NamedTuple):
    """Something is different. `user` is whose it is (object id, small letters), `sealed` what, encrypted."""

    subscription: str
    resource: str
    user: str
    sealed: Mapping[str, Any] | None


class Lifecycle(NamedTuple):
    """Something happens to a subscription: reauthorizationRequired, subscriptionRemoved or missed."""

    subscription: str
    event: str


class Delivery(NamedTuple):
    """What one delivery holds. `proofs` are Microsoft's signed words that encrypted items are theirs."""

    changes: tuple[Change, ...]
    lifecycle: tuple[Lifecycle, ...]
    proofs: tuple[str, ...]
    strangers: int


def read_delivery(content: bytes, secret: str) -> Delivery:
    """Read the body of a delivery. Raises ProtocolError for what is none."""
    try:
        body = msgspec.json.decode(content, type=dict[str, Any])
        items = body["value"]
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise ValueError("no list of items")
    except (msgspec.DecodeError, KeyError, ValueError) as error:
        raise ProtocolError("graph_malformed", what="notification") from error
    ours = [item for item in items if _is_ours(item, secret)]
    proofs = body.get("validationTokens")
    return Delivery(
        changes=tuple(_change(item) for item in ours if "lifecycleEvent" not in item),
        lifecycle=tuple(
            Lifecycle(str(item.get("subscriptionId") or ""), str(item["lifecycleEvent"]))
            for item in ours
            if "lifecycleEvent" in item
        ),
        proofs=tuple(map(str, proofs)) if isinstance(proofs, list) else (),
        strangers=len(items) - len(ours),
    )


def _is_ours(item: Mapping[str, Any], secret: str) -> bool:
    given = str(item.get("clientState") or "")
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())


def _change(item: Mapping[str, Any]) -> Change:
    resource = str(item.get("resource") or "")
    sealed = item.get("encryptedContent")
    return Change(
        subscription=str(item.get("subscriptionId") or ""),
        resource=resource,
        user=_user_in(resource),
        sealed=sealed if isinstance(sealed, dict) else None,
    )


def _user_in(resource: str) -> str:
    """Return whose a resource is: ``Users/{id}/Events/{id}``, ``communications/presences/{id}``."""
    parts = resource.strip("/").split("/")
    names = [part.casefold() for part in parts]
    for name in ("users", "presences"):
        if name in names[:-1]:
            return parts[names.index(name) + 1].casefold()
    return ""
