"""One subscription: what it holds, and how that is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.folders import folder_id
from services.emulators.exchange.items import item_id
from services.emulators.exchange.mailboxes import Change, Mailbox
from services.emulators.exchange.soap import Refused, element, with_children
from services.emulators.exchange.values import encoded, written


class Subscription(msgspec.Struct, kw_only=True):
    """What `owner` wants to hear of a calendar: changes of these `kinds`.

    It `streams` over a connection; otherwise it is fetched, and lost when nobody fetches for `lasts`.
    `news` are changes not told yet, or that may be asked for again, each with its number. `payer` is whose
    limit it counts for.
    """

    id: str
    owner: str
    payer: str
    mailbox: Mailbox
    streams: bool
    kinds: frozenset[str]
    lasts: timedelta | None = None
    until: datetime | None = None
    news: list[tuple[int, Change]] = []
    first: int = 0
    last: int = 0


def fetched(found: Subscription, after: int, now: datetime) -> etree._Element:
    """Return what came after a watermark; what came before is not asked for again."""
    found.news = [one for one in found.news if one[0] > after]
    found.first = after
    events = [event(found, change, now, mark_of(found, number)) for number, change in found.news]
    nothing = with_children(element("t", "StatusEvent"), element("t", "Watermark", mark_of(found, after)))
    return with_children(
        element("m", "Notification"),
        element("t", "SubscriptionId", found.id),
        element("t", "PreviousWatermark", mark_of(found, after)),
        element("t", "MoreEvents", "false"),
        *(events or [nothing]),
    )


def event(found: Subscription, change: Change, now: datetime, mark: str = "") -> etree._Element:
    """Return a change as it is told."""
    made = element("t", change.kind)
    if mark:
        made.append(element("t", "Watermark", mark))
    return with_children(
        made,
        element("t", "TimeStamp", written(now)),
        element("t", "ItemId", Id=item_id(found.mailbox, change.item), ChangeKey="AQAAAA=="),
        _parent(found.mailbox),
    )


def _parent(box: Mailbox) -> etree._Element:
    made = element("t", "ParentFolderId")
    for name, value in folder_id(box, "calendar").attrib.items():
        made.set(name, value)
    return made


def mark_of(found: Subscription, number: int) -> str:
    """Return a watermark."""
    return encoded(f"{found.id} {number}")


def number_of(found: Subscription, mark: str) -> int:
    """Return what a watermark stands for: one that was given and is not passed by a later one.

    Raises Refused.
    """
    for number in range(found.first, found.last + 1):
        if mark_of(found, number) == mark:
            return number
    raise Refused("ErrorInvalidWatermark", "The watermark used for creating this is invalid.")
