"""The directory: accounts, their photos."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from services.emulators.graph.asked import Asked, Caller, Refused, Reply, told
from services.emulators.graph.rights import check
from services.emulators.graph.tenant import Tenant, User
from services.emulators.graph.tracked import Tracked

SIZES: Final = ("48x48", "64x64", "96x96", "120x120", "240x240", "360x360", "432x432", "504x504", "648x648")
_PLAIN_USER: Final = (
    *("id", "displayName", "givenName", "surname", "mail", "userPrincipalName"),
    *("businessPhones", "mobilePhone", "jobTitle", "officeLocation"),
)


def users(tenant: Tenant, tracked: Tracked, asked: Asked, page_size: int) -> Reply:
    """Answer with the accounts, by pages. Raises `Refused` for queries that are not answered here."""
    _require_plain(asked, {"$select", "$top", "$skiptoken"})
    size = _size(asked, page_size, 999)
    items = [selected(user, asked.query.get("$select")) for user in tenant.users.values()]
    return told(tracked.pages(asked.query, f"{asked.root}/users", size, items))


def users_delta(tenant: Tenant, tracked: Tracked, asked: Asked, page_size: int) -> Reply:
    """Answer with the accounts, or with what has changed in them. Raises `Refused` as `users` does."""
    _require_plain(asked, {"$select", "$skiptoken", "$deltatoken"})

    def read(query: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        wanted = query.get("$select")
        found = {}
        for user in tenant.users.values():
            found[user.id] = selected(user, wanted)
            if user.manager and "manager" in (wanted or ""):
                kind = {"@odata.type": "#microsoft.graph.user"}
                found[user.id]["manager@delta"] = [{**kind, "id": user.manager}]
        return found

    page = tracked.answer(asked.query, f"{asked.root}/users/delta", page_size, read)
    return told({"@odata.context": f"{asked.root}/$metadata#users", **page})


def photo(asked: Asked, caller: Caller, user: User, which: list[str]) -> Reply:
    """Answer with somebody's photo, or with what there is to know of it. Raises `Refused`."""
    size = next((part for part in which if part in SIZES), "")
    is_content = which[-1:] == ["$value"]
    if asked.parts[-1] == "photos":
        check("GET /users/{user-id}/photos", caller, user.id)
        return told({"value": [_described(user, one) for one in SIZES] if user.photo else []})
    operation = "photos/{profilePhoto-id}" if size else "photo"
    check(f"GET /users/{{user-id}}/{operation}{'/$value' if is_content else ''}", caller, user.id)
    if which and not size and which != ["$value"]:
        raise Refused(404, "ErrorInvalidImageId", "There is no such size.")
    etag = _etag(user)
    if not is_content:
        if not user.photo:
            return told({"id": "1x1", "@odata.mediaContentType": "image/gif", "width": 1, "height": 1})
        return told(_described(user, size or SIZES[-1]))
    if not user.photo:
        raise Refused(404, "ImageNotFound", "The photo wasn't found.")
    if asked.headers.get("if-none-match") == etag:
        return Reply(status=304, headers={"ETag": etag})
    return Reply(content=user.photo, headers={"Content-Type": "image/jpeg", "ETag": etag})


def _described(user: User, size: str) -> dict[str, Any]:
    side = int(size.partition("x")[0])
    kind = {"@odata.mediaContentType": "image/jpeg", "@odata.mediaEtag": _etag(user)}
    return {**kind, "id": size, "width": side, "height": side}


def _etag(user: User) -> str:
    return f'"{sha256(user.photo).hexdigest()[:16]}"'


def selected(user: User, wanted: str | None) -> dict[str, Any]:
    """Return what is asked for of an account (``$select``)."""
    whole = user.told()
    names = [name.strip() for name in wanted.split(",")] if wanted else _PLAIN_USER
    return {name: whole[name] for name in dict.fromkeys(("id", *names)) if name in whole}


def _require_plain(asked: Asked, answered: set[str]) -> None:
    """Refuse what would be ignored, and a search that does not say that it may be a little late."""
    if "$search" in asked.query and asked.headers.get("consistencylevel", "").lower() != "eventual":
        text = "Request with $search query parameter only works through MSGraph with a special request header"
        raise Refused(400, "Request_UnsupportedQuery", f"{text}: 'ConsistencyLevel: eventual'")
    if unknown := {name for name in asked.query if name.startswith("$")} - answered:
        text = f"Unsupported query: {', '.join(sorted(unknown))}."
        raise Refused(400, "Request_UnsupportedQuery", text)


def _size(asked: Asked, usual: int, most: int) -> int:
    text = asked.query.get("$top", "")
    if not text:
        return usual
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= most:
        raise Refused(400, "Request_BadRequest", f"$top must be 1 to {most}.")
    return min(int(text), usual)
