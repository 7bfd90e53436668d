"""Subscriptions: told over a connection that stays open, or fetched."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.folders import Doors
from services.emulators.exchange.mailboxes import Caller, Change, Mailbox, Organisation
from services.emulators.exchange.news import Subscription, event, fetched, mark_of, number_of
from services.emulators.exchange.soap import (
    NS,
    Fault,
    Refused,
    element,
    message,
    response,
    text_of,
    with_children,
)
from services.emulators.exchange.values import number_in

_MOST_IDS: Final = 200
_BEAT_S: Final = 30.0
"""How often a connection that is quiet says that it is there."""


class Subscriptions:
    """All of them.

    `most_connections` may be open at a time for one account, `most_subscriptions` are for one mailbox with
    impersonation and for one account without (contract 8.3: 10 and 5000).
    """

    def __init__(self, organisation: Organisation, doors: Doors) -> None:
        self._doors = doors
        self._clock = organisation.clock
        self._all: dict[str, Subscription] = {}
        self._open: dict[str, int] = {}
        self._changed = threading.Condition()
        self._is_closing = False
        self._drops = 0
        self.most_connections = 10
        self.most_subscriptions = 5000
        organisation.listeners.append(self._on_change)

    @property
    def open_connections(self) -> int:
        """How many connections are listened on, of all accounts."""
        return sum(self._open.values())

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._all)

    def forget(self) -> None:
        """Lose all of them, as after a restart of the server; open connections say so."""
        with self._changed:
            self._all.clear()
            self._drops += 1
            self._changed.notify_all()

    def drop(self) -> None:
        """Cut all open connections in the middle."""
        with self._changed:
            self._drops += 1
            self._changed.notify_all()

    def wait_for_connections(self, count: int, timeout_s: float = 10.0) -> bool:
        """Wait until so many are open; returns whether they are."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open_connections >= count, timeout_s)

    def close(self) -> None:
        """Let all open connections end."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()

    # -------------------------------------------------------------- requests

    def subscribe(self, caller: Caller, impersonated: str, request: etree._Element) -> etree._Element:
        """Answer Subscribe. Raises Fault."""
        streaming = request.find("m:StreamingSubscriptionRequest", NS)
        pulling = request.find("m:PullSubscriptionRequest", NS)
        wanted = streaming if streaming is not None else pulling
        if wanted is None:
            raise Fault(
                "ErrorInvalidSubscriptionRequest", "only streaming and pull subscriptions are emulated"
            )
        kinds = frozenset(e.text or "" for e in wanted.iterfind("t:EventTypes/t:EventType", NS))
        minutes = None if wanted is streaming else number_in(wanted, "t:Timeout", least=1, most=1440)
        if not kinds:
            raise Fault("ErrorInvalidRequest", "no events were asked for", status=400)
        try:
            made = self._made(self._box(caller, impersonated, wanted), caller, impersonated, kinds, minutes)
        except Refused as refused:
            return response("Subscribe", message("Subscribe", error=refused))
        told = [element("m", "SubscriptionId", made.id)]
        if not made.streams:
            told.append(element("m", "Watermark", mark_of(made, made.last)))
        return response("Subscribe", message("Subscribe", *told))

    def _box(self, caller: Caller, impersonated: str, wanted: etree._Element) -> Mailbox:
        if wanted.get("SubscribeToAllFolders") in ("true", "1"):
            return self._doors.open(caller, impersonated, "")
        box, _ = self._doors.folder(caller, impersonated, wanted.find("t:FolderIds", NS))
        return box

    def _made(
        self, box: Mailbox, caller: Caller, impersonated: str, kinds: frozenset[str], minutes: int | None
    ) -> Subscription:
        payer = f"mailbox {box.address}" if impersonated else f"account {caller.name}"
        lasts = None if minutes is None else timedelta(minutes=minutes)
        with self._changed:
            self._end_old()
            if sum(one.payer == payer for one in self._all.values()) >= self.most_subscriptions:
                raise Refused(
                    "ErrorExceededSubscriptionCount",
                    "You have exceeded the available subscriptions for your account.",
                )
            made = Subscription(
                id=str(uuid.uuid4()),
                owner=caller.name,
                payer=payer,
                mailbox=box,
                streams=minutes is None,
                kinds=kinds,
                lasts=lasts,
                until=None if lasts is None else self._clock() + lasts,
            )
            self._all[made.id] = made
        return made

    def unsubscribe(self, caller: Caller, request: etree._Element) -> etree._Element:
        """Answer Unsubscribe."""
        with self._changed:
            try:
                del self._all[self._found(caller, text_of(request, "m:SubscriptionId")).id]
            except Refused as refused:
                return response("Unsubscribe", message("Unsubscribe", error=refused))
            self._changed.notify_all()
        return response("Unsubscribe", message("Unsubscribe"))

    def get_events(self, caller: Caller, request: etree._Element) -> etree._Element:
        """Answer GetEvents: all that came after a watermark, also again when the answer was lost."""
        with self._changed:
            try:
                found = self._found(caller, text_of(request, "m:SubscriptionId"))
                if found.streams:
                    raise Refused("ErrorInvalidPullSubscriptionId", "The subscription is not a pull one.")
                told = fetched(found, number_of(found, text_of(request, "m:Watermark")), self._clock())
            except Refused as refused:
                return response("GetEvents", message("GetEvents", error=refused))
            if found.lasts is not None:
                found.until = self._clock() + found.lasts
        return response("GetEvents", message("GetEvents", told))

    def _found(self, caller: Caller, id_: str) -> Subscription:
        self._end_old()
        found = self._all.get(id_)
        if found is None:
            raise Refused("ErrorSubscriptionNotFound", "The subscription is not there.")
        if found.owner != caller.name:
            raise Refused("ErrorSubscriptionAccessDenied", "The subscription is somebody else's.")
        return found

    def _end_old(self) -> None:
        now = self._clock()
        for one in [one for one in self._all.values() if one.until is not None and one.until <= now]:
            del self._all[one.id]

    # -------------------------------------------------------------- streaming

    def stream(self, caller: Caller, request: etree._Element) -> Iterator[etree._Element]:
        """Yield what GetStreamingEvents hears, until its time is over or it is cut (ConnectionResetError).

        Raises Fault for what refuses the whole, before the first is there.
        """
        ids = [e.text or "" for e in request.iterfind("m:SubscriptionIds/t:SubscriptionId", NS)]
        minutes = number_in(request, "m:ConnectionTimeout", least=1, most=30)
        if not 0 < len(ids) <= _MOST_IDS:
            raise Fault("ErrorInvalidRequest", f"1 to {_MOST_IDS} subscriptions", status=400)
        with self._changed:
            refused, drops = self._refused(caller, ids), self._drops
            if refused is None:
                self._enter(caller)
        if refused is not None:
            yield refused
            return
        try:
            yield _connection("OK")
            yield from self._listen(caller, ids, drops, time.monotonic() + minutes * 60.0)
        finally:
            with self._changed:
                self._open[caller.name] -= 1
                self._changed.notify_all()

    def _enter(self, caller: Caller) -> None:
        if self._open.get(caller.name, 0) >= self.most_connections:
            raise Fault(
                "ErrorExceededConnectionCount", "You have exceeded the available concurrent connections."
            )
        self._open[caller.name] = self._open.get(caller.name, 0) + 1
        self._changed.notify_all()

    def _refused(self, caller: Caller, ids: list[str]) -> etree._Element | None:
        """Return why some of the subscriptions cannot be listened to, None when all can."""
        lost: dict[str, list[str]] = {}
        for id_ in ids:
            try:
                if not self._found(caller, id_).streams:
                    lost.setdefault("ErrorInvalidSubscription", []).append(id_)
            except Refused as refused:
                lost.setdefault(refused.code, []).append(id_)
        if not lost:
            return None
        code, those = next(iter(lost.items()))
        names = [element("t", "SubscriptionId", i) for i in those]
        told = with_children(element("m", "ErrorSubscriptionIds"), *names)
        error = Refused(code, "The subscription cannot be listened to.")
        return response("GetStreamingEvents", message("GetStreamingEvents", told, error=error))

    def _listen(self, caller: Caller, ids: list[str], drops: int, until: float) -> Iterator[etree._Element]:
        while time.monotonic() < until and not self._is_closing:
            with self._changed:
                wait_s = min(_BEAT_S, until - time.monotonic())
                self._changed.wait_for(lambda: self._wakes(ids, drops), max(wait_s, 0.0))
                refused = self._refused(caller, ids)
                if self._drops != drops and refused is None:
                    raise ConnectionResetError
                told = None if refused is not None else self._told(ids)
            if refused is not None:
                yield refused
                return
            yield told if told is not None else _connection("OK")
        yield _connection("Closed")

    def _wakes(self, ids: list[str], drops: int) -> bool:
        if self._is_closing or self._drops != drops:
            return True
        return any(id_ not in self._all or self._all[id_].news for id_ in ids)

    def _told(self, ids: list[str]) -> etree._Element | None:
        notifications = []
        for found in (self._all[id_] for id_ in ids):
            news, found.news = found.news, []
            if news:
                events = [event(found, change, self._clock()) for _, change in news]
                notifications.append(
                    with_children(
                        element("m", "Notification"), element("t", "SubscriptionId", found.id), *events
                    )
                )
        if not notifications:
            return None
        told = with_children(element("m", "Notifications"), *notifications)
        return response("GetStreamingEvents", message("GetStreamingEvents", told))

    def _on_change(self, change: Change) -> None:
        with self._changed:
            for found in self._all.values():
                if found.mailbox.address == change.address and change.kind in found.kinds:
                    found.last += 1
                    found.news = [*found.news, (found.last, change)]
            self._changed.notify_all()


def _connection(state: str) -> etree._Element:
    return response(
        "GetStreamingEvents", message("GetStreamingEvents", element("m", "ConnectionStatus", state))
    )
