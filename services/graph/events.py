"""A calendar's events as Graph has them, and the appointments they are. Pure.

What is private loses its words here, in the first function that sees it: an app reads everything, so nobody
else masks it (contract 2.3). An occurrence may come with its times alone, and says the rest by its master.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Final

import msgspec

from reception.model.calendar import Appointment, ShowAs
from services.graph.zones import midnight_of, moment_of

_PRIVATE: Final = frozenset({"private", "confidential"})
_LONGEST: Final = 500
"""Letters of a subject or place; more is no subject."""
_SHOWS: Final = {word.value.casefold(): word for word in ShowAs}


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is kept of an event, without what is private. None is what it did not say.

    `series` is the master it is an occurrence of. Times are UTC seconds.
    """

    id: str
    start: float
    end: float
    is_master: bool = False
    series: str = ""
    is_all_day: bool | None = None
    subject: str | None = None
    location: str | None = None
    show_as: ShowAs | None = None
    is_private: bool | None = None
    is_out: bool | None = None
    is_invitation: bool | None = None
    categories: tuple[str, ...] | None = None


def item_of(event: Mapping[str, Any], home: tzinfo) -> Item:
    """Read an event; all-day ones last from midnight to midnight of `home`.

    Raises ValueError, KeyError or TypeError for one without sense.
    """
    is_all_day = event.get("isAllDay")
    start, end = event["start"], event["end"]
    begin = midnight_of(start, home) if is_all_day else moment_of(start)
    finish = midnight_of(end, home) if is_all_day else moment_of(end)
    if finish < begin:
        raise ValueError("ends before it starts")
    sensitivity = event.get("sensitivity")
    is_private = None if sensitivity is None else str(sensitivity).casefold() in _PRIVATE
    is_organizer, answer = event.get("isOrganizer"), event.get("responseStatus") or {}
    is_declined = str(answer.get("response") or "").casefold() == "declined"
    says_out = "isCancelled" in event or bool(answer)
    return Item(
        id=str(event["id"]),
        start=begin,
        end=finish,
        is_master=event.get("type") == "seriesMaster",
        series=str(event.get("seriesMasterId") or ""),
        is_all_day=is_all_day,
        subject=None if is_private else _text(event, "subject"),
        location=None if is_private else _place(event),
        show_as=_show_as(event.get("showAs")),
        is_private=is_private,
        is_out=event.get("isCancelled") is True or is_declined if says_out else None,
        is_invitation=None if is_organizer is None else not is_organizer,
        categories=None if is_private else _categories(event),
    )


def appointment_of(item: Item, master: Item | None, person: str) -> Appointment | None:
    """Return what an event is in somebody's calendar, None for what is cancelled or declined or a series."""
    both = (item, master) if master is not None else (item,)
    if item.is_master or any(one.is_out for one in both[:1] if one.is_out is not None):
        return None
    if item.is_out is None and master is not None and master.is_out:
        return None
    is_private = any(one.is_private for one in both)
    return Appointment(
        id=appointment_id(person, item.id),
        start=item.start,
        end=item.end,
        subject="" if is_private else _first(both, "subject", ""),
        location="" if is_private else _first(both, "location", ""),
        show_as=_first(both, "show_as", ShowAs.BUSY),
        is_private=is_private,
        is_all_day=bool(_first(both, "is_all_day", False)),
        is_invitation=bool(_first(both, "is_invitation", False)),
        categories=() if is_private else _first(both, "categories", ()),
    )


def schedule_appointment(
    item: Mapping[str, Any], home: tzinfo, person: str, *, times_only: bool = False
) -> Appointment:
    """Return what a `scheduleItem` says; it has no id, so its times are what it is known by.

    Its words are told where it says that it is not private, unless `times_only`. Raises ValueError, KeyError
    or TypeError for one without sense.
    """
    start, end = moment_of(item["start"]), moment_of(item["end"])
    show_as = _show_as(item.get("status")) or ShowAs.BUSY
    if end < start:
        raise ValueError("ends before it starts")
    has_words = item.get("isPrivate") is False and not times_only
    is_all_day = start == midnight_of(item["start"], home) and end == midnight_of(item["end"], home) > start
    return Appointment(
        id=appointment_id(person, f"{start} {end} {show_as}"),
        start=start,
        end=end,
        subject=(_text(item, "subject") or "") if has_words else "",
        location=(_text(item, "location") or "") if has_words else "",
        show_as=show_as,
        is_private=item.get("isPrivate") is True,
        is_all_day=is_all_day,
    )


def appointment_id(person: str, what: str) -> str:
    """Return an id of one appointment of one person: Graph's own are as long as a line."""
    return "ms-" + hashlib.blake2b(f"{person}\n{what}".encode(), digest_size=12).hexdigest()


def _first(both: tuple[Item, ...], field: str, otherwise: Any) -> Any:
    return next((value for one in both if (value := getattr(one, field)) is not None), otherwise)


def _show_as(word: object) -> ShowAs | None:
    return None if word is None else _SHOWS.get(str(word).casefold(), ShowAs.UNKNOWN)


def _text(event: Mapping[str, Any], key: str) -> str | None:
    """Return a text as one line."""
    text = event.get(key)
    return None if text is None else " ".join(str(text).split())[:_LONGEST]


def _place(event: Mapping[str, Any]) -> str | None:
    place = event.get("location")
    return (_text(place, "displayName") or "") if isinstance(place, dict) else None


def _categories(event: Mapping[str, Any]) -> tuple[str, ...] | None:
    given = event.get("categories")
    if not isinstance(given, list):
        return None
    return tuple(dict.fromkeys(str(one).strip()[:_LONGEST] for one in given if str(one).strip()))
