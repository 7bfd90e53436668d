"""How an appointment is told: the fields that were asked for, in the order of the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.mailboxes import Item, Mailbox
from services.emulators.exchange.soap import NS, element, text_of, with_children
from services.emulators.exchange.values import encoded, written
from services.emulators.exchange.zones import ZONES, id_of

NUMBER: Final = "#"
"""Stands before the number of an occurrence in its id."""

Writer = Callable[[Item, "int | None", datetime, datetime], Iterator[etree._Element]]


def _simple(name: str, text: Callable[[Item, int | None, datetime, datetime], str]) -> Writer:
    def write(item: Item, number: int | None, start: datetime, end: datetime) -> Iterator[etree._Element]:
        yield element("t", name, text(item, number, start, end))

    return write


def _categories(item: Item, *_: object) -> Iterator[etree._Element]:
    if item.categories:
        yield with_children(element("t", "Categories"), *(element("t", "String", c) for c in item.categories))


def _body(item: Item, *_: object) -> Iterator[etree._Element]:
    yield element("t", "Body", item.body, BodyType="Text")


def _organizer(item: Item, *_: object) -> Iterator[etree._Element]:
    if item.organizer:
        box = with_children(
            element("t", "Mailbox"),
            element("t", "Name", item.organizer),
            element("t", "EmailAddress", item.organizer),
        )
        yield with_children(element("t", "Organizer"), box)


def _kind(item: Item, number: int | None) -> str:
    if number is None:
        return "RecurringMaster" if item.repeats else "Single"
    return "Exception" if number in item.moved else "Occurrence"


_WRITERS: Final[dict[str, Writer]] = {  # in the order of the schema
    "item:ItemClass": _simple("ItemClass", lambda *_: "IPM.Appointment"),
    "item:Subject": _simple("Subject", lambda i, *_: i.subject),
    "item:Sensitivity": _simple("Sensitivity", lambda i, *_: i.sensitivity),
    "item:Body": _body,
    "item:Categories": _categories,
    "calendar:UID": _simple("UID", lambda i, *_: f"040000008200E0{i.id}"),
    "calendar:Start": _simple("Start", lambda i, n, start, end: written(start)),
    "calendar:End": _simple("End", lambda i, n, start, end: written(end)),
    "calendar:IsAllDayEvent": _simple("IsAllDayEvent", lambda i, *_: str(i.is_all_day).lower()),
    "calendar:LegacyFreeBusyStatus": _simple("LegacyFreeBusyStatus", lambda i, *_: i.show_as),
    "calendar:Location": _simple("Location", lambda i, *_: i.location),
    "calendar:IsMeeting": _simple("IsMeeting", lambda i, *_: str(bool(i.organizer)).lower()),
    "calendar:IsCancelled": _simple("IsCancelled", lambda i, *_: str(i.is_cancelled).lower()),
    "calendar:IsRecurring": _simple("IsRecurring", lambda i, n, *_: str(n is not None).lower()),
    "calendar:CalendarItemType": _simple("CalendarItemType", lambda i, n, *_: _kind(i, n)),
    "calendar:MyResponseType": _simple("MyResponseType", lambda i, *_: i.response),
    "calendar:Organizer": _organizer,
}


def told(
    box: Mailbox, item: Item, number: int | None, start: datetime, end: datetime, wanted: set[str]
) -> etree._Element:
    """Return an appointment with the fields that are wanted."""
    key = encoded(str(item.version))
    made = with_children(
        element("t", "CalendarItem"), element("t", "ItemId", Id=item_id(box, item.id, number), ChangeKey=key)
    )
    for field, write in _WRITERS.items():
        if field in wanted:
            made.extend(write(item, number, start, end))
    if {"calendar:StartTimeZone", "calendar:EndTimeZone"} & wanted:
        id_ = id_of(item.zone)
        for field in ("StartTimeZone", "EndTimeZone"):
            if f"calendar:{field}" in wanted:
                made.append(element("t", field, Id=id_, Name=ZONES[id_].name))
    return made


def item_id(box: Mailbox, id_: str, number: int | None = None) -> str:
    """Return the id of an item, or of one occurrence of a series."""
    return encoded(f"{box.address} {id_}" + ("" if number is None else f"{NUMBER}{number}"))


def fields(request: etree._Element) -> set[str]:
    """Return the fields that a request wants."""
    found = {
        e.get("FieldURI", "") for e in request.iterfind("m:ItemShape/t:AdditionalProperties/t:FieldURI", NS)
    }
    shape = text_of(request, "m:ItemShape/t:BaseShape")
    return found if shape == "IdOnly" else found | set(_WRITERS)
