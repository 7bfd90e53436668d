"""What has changed in a calendar since somebody last asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.folders import Doors
from services.emulators.exchange.items import fields, item_id, told
from services.emulators.exchange.mailboxes import Caller, Item, Mailbox
from services.emulators.exchange.soap import NS, Refused, element, message, response, text_of, with_children
from services.emulators.exchange.values import decoded, encoded, number_in

_MOST: Final = 512


class State(NamedTuple):
    """What somebody knows of a calendar: the items in it, with their versions."""

    address: str
    known: dict[str, int]


class Changes:
    """Answers SyncFolderItems. Series come as their masters."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._states: dict[str, State] = {}
        self._made = 0

    def forget(self) -> None:
        """Let all states be unknown, as after a mailbox was moved (ErrorInvalidSyncStateData)."""
        self._states.clear()

    def sync(self, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
        """Answer a request. Raises Fault."""
        most = number_in(request, "m:MaxChangesReturned", least=1, most=_MOST)
        try:
            box, kind = self._doors.folder(caller, impersonated, request.find("m:SyncFolderId", NS))
            token = text_of(request, "m:SyncState")
            state = self._state(token, box)
        except Refused as refused:
            nothing = (element("m", "SyncState", ""), element("m", "IncludesLastItemInRange", "true"))
            return response("SyncFolderItems", message("SyncFolderItems", *nothing, error=refused))
        items = box.items if kind == "calendar" else {}
        news = list(changed(state.known, items))
        wanted, known, changes = fields(request), dict(state.known), element("m", "Changes")
        for name, id_, item in news[:most]:
            change = with_children(element("t", name), _content(box, id_, item, wanted))
            changes.append(change)
            if item is None:
                del known[id_]
            else:
                known[id_] = item.version
        is_last = str(len(news) <= most).lower()
        return response(
            "SyncFolderItems",
            message(
                "SyncFolderItems",
                element("m", "SyncState", self._token(token, state, known)),
                element("m", "IncludesLastItemInRange", is_last),
                changes,
            ),
        )

    def _state(self, token: str, box: Mailbox) -> State:
        if not token:
            return State(box.address, {})
        try:
            found = self._states.get(decoded(token))
        except Refused:
            found = None
        if found is None or found.address != box.address:
            raise Refused(
                "ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid."
            )
        return found

    def _token(self, token: str, state: State, known: dict[str, int]) -> str:
        """Return the token of a state; the one that was given while nothing has changed."""
        if token and known == state.known:
            return token
        self._made += 1
        self._states[f"state {self._made}"] = State(state.address, known)
        return encoded(f"state {self._made}")


def changed(known: dict[str, int], items: dict[str, Item]) -> Iterator[tuple[str, str, Item | None]]:
    """Yield what leads from what is known to what is there: first what is gone, then in order of change."""
    for id_ in known:
        if id_ not in items:
            yield "Delete", id_, None
    for id_, item in sorted(items.items(), key=lambda one: one[1].version):
        if id_ not in known:
            yield "Create", id_, item
        elif known[id_] != item.version:
            yield "Update", id_, item


def _content(box: Mailbox, id_: str, item: Item | None, wanted: set[str]) -> etree._Element:
    if item is None:
        return element("t", "ItemId", Id=item_id(box, id_))
    return told(box, item, None, item.start, item.end, wanted)
