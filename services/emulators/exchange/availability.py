"""Free and busy times, and the time zones they are asked in: what is told of many mailboxes at once."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange.mailboxes import Caller, Item, Mailbox, Organisation, Right, Work
from services.emulators.exchange.soap import (
    NS,
    Fault,
    Refused,
    element,
    message,
    outcome,
    response,
    text_of,
    with_children,
)
from services.emulators.exchange.values import moment
from services.emulators.exchange.zones import ZONES, definition, serialized, zone_asked

MOST_MAILBOXES: Final = 100
LONGEST: Final = timedelta(days=42)
_DIGITS: Final = {"Free": 0, "Tentative": 1, "Busy": 2, "OOF": 3, "WorkingElsewhere": 4, "NoData": 5}
_VIEWS: Final = ("MergedOnly", "FreeBusy", "FreeBusyMerged", "Detailed", "DetailedMerged")
_STRENGTH: Final = {"Free": 0, "WorkingElsewhere": 1, "NoData": 1, "Tentative": 2, "Busy": 3, "OOF": 4}

_Found = tuple[datetime, datetime, Item, int | None]


def time_zones(request: etree._Element) -> etree._Element:
    """Answer GetServerTimeZones."""
    wanted = [e.text or "" for e in request.iterfind("m:Ids/t:Id", NS)] or list(ZONES)
    found = [definition(id_) for id_ in wanted if id_ in ZONES]
    told = with_children(element("m", "TimeZoneDefinitions"), *found)
    return response("GetServerTimeZones", message("GetServerTimeZones", told))


def availability(organisation: Organisation, caller: Caller, request: etree._Element) -> etree._Element:
    """Answer GetUserAvailability: each mailbox by itself, in the order in which they were asked for."""
    addresses = [
        text_of(e, "t:Email/t:Address") for e in request.iterfind("m:MailboxDataArray/t:MailboxData", NS)
    ]
    if not addresses:
        raise Fault("ErrorInvalidRequest", "no mailboxes", status=400)
    if len(addresses) > MOST_MAILBOXES:
        raise Fault("ErrorInvalidRequest", f"more than {MOST_MAILBOXES} mailboxes")
    zone = zone_asked(request)
    options = request.find("t:FreeBusyViewOptions", NS)
    if options is None:
        raise Fault("ErrorInvalidFreeBusyViewType", "no view was asked for")
    start, end = (_bound(options, name, zone) for name in ("StartTime", "EndTime"))
    view = text_of(options, "t:RequestedView")
    step = _minutes(text_of(options, "t:MergedFreeBusyIntervalInMinutes") or "30")
    if view not in _VIEWS:
        raise Fault("ErrorInvalidFreeBusyViewType", f"{view} is not a view")
    told = element("m", "FreeBusyResponseArray")
    for address in addresses:
        asked = _Asked(address, start, end, zone, view, step)
        told.append(_free_busy(organisation, caller, asked))
    return with_children(element("m", "GetUserAvailabilityResponse"), told)


class _Asked:
    """What is asked of one mailbox."""

    def __init__(
        self, address: str, start: datetime, end: datetime, zone: tzinfo, view: str, step: timedelta
    ):
        self.address, self.start, self.end = address, start, end
        self.zone, self.view, self.step = zone, view, step


def _free_busy(organisation: Organisation, caller: Caller, asked: _Asked) -> etree._Element:
    answer = element("m", "FreeBusyResponse")
    try:
        if asked.end <= asked.start:
            raise Refused("ErrorInvalidTimeInterval", "the end is not after the start")
        if asked.end - asked.start > LONGEST:
            raise Refused("ErrorTimeIntervalTooBig", f"more than {LONGEST.days} days")
        box = organisation.mailbox(asked.address)
        if box is None:
            raise Refused("ErrorMailRecipientNotFound", f"Unable to resolve e-mail address {asked.address}")
        if box.free_busy_error:
            raise Refused(box.free_busy_error)
        right = organisation.right(caller, box)
        if right is Right.NOTHING:
            raise Refused("ErrorNoFreeBusyAccess", "no access to free and busy times")
        return with_children(answer, outcome(None), _view(box, right, asked))
    except Refused as refused:
        return with_children(
            answer,
            outcome(refused),
            with_children(element("m", "FreeBusyView"), element("t", "FreeBusyViewType", "None")),
        )


def _view(box: Mailbox, right: Right, asked: _Asked) -> etree._Element:
    kind = asked.view
    if right is Right.TIMES:
        kind = {"Detailed": "FreeBusy", "DetailedMerged": "FreeBusyMerged"}.get(kind, kind)
    if right is Right.MERGED:
        kind = "MergedOnly"
    found = sorted(
        (
            (start, end, item, number)
            for item in box.items.values()
            if not item.is_cancelled
            for number, start, end in item.occurrences(asked.start, asked.end)
        ),
        key=lambda one: (one[0], one[1], one[2].id),
    )
    made = with_children(element("m", "FreeBusyView"), element("t", "FreeBusyViewType", kind))
    if "Merged" in kind:
        made.append(element("t", "MergedFreeBusy", _merged(found, asked)))
    if kind != "MergedOnly" and found:
        events = [_event(one, asked.zone, has_details="Detailed" in kind) for one in found]
        made.append(with_children(element("t", "CalendarEventArray"), *events))
    made.append(_working_hours(box.work))
    return made


def _merged(found: list[_Found], asked: _Asked) -> str:
    digits, at = [], asked.start
    while at < asked.end:
        until = at + asked.step
        here = [item.show_as for start, end, item, _ in found if start < until and end > at]
        digits.append(str(_DIGITS[max(here, key=_STRENGTH.__getitem__, default="Free")]))
        at = until
    return "".join(digits)


def _event(found: _Found, zone: tzinfo, *, has_details: bool) -> etree._Element:
    start, end, item, number = found
    made = with_children(
        element("t", "CalendarEvent"),
        element("t", "StartTime", _local(start, zone)),
        element("t", "EndTime", _local(end, zone)),
        element("t", "BusyType", item.show_as),
    )
    if has_details:
        details = element("t", "CalendarEventDetails")
        if not item.is_private:
            details.append(element("t", "ID", item.id.encode().hex().upper()))
            details.append(element("t", "Subject", item.subject))
            details.append(element("t", "Location", item.location))
        facts = {
            "IsMeeting": bool(item.organizer),
            "IsRecurring": number is not None,
            "IsException": number in item.moved,
            "IsReminderSet": True,
            "IsPrivate": item.is_private,
        }
        made.append(with_children(details, *(element("t", n, str(v).lower()) for n, v in facts.items())))
    return made


def _working_hours(work: Work) -> etree._Element:
    period = with_children(
        element("t", "WorkingPeriod"),
        element("t", "DayOfWeek", work.days),
        element("t", "StartTimeInMinutes", str(work.start)),
        element("t", "EndTimeInMinutes", str(work.end)),
    )
    return with_children(
        element("t", "WorkingHours"),
        serialized(element("t", "TimeZone"), ZONES[work.zone]),
        with_children(element("t", "WorkingPeriodArray"), period),
    )


# ------------------------------------------------------------------ times


def _local(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%dT%H:%M:%S}"


def _bound(options: etree._Element, name: str, zone: tzinfo) -> datetime:
    try:
        return moment(text_of(options, f"t:TimeWindow/t:{name}"), zone)
    except ValueError as error:
        raise Fault("ErrorInvalidTimeInterval", f"{name} is not a time") from error


def _minutes(text: str) -> timedelta:
    if len(text) > 4 or not text.isdecimal() or not 5 <= int(text) <= 1440:
        raise Fault("ErrorInvalidMergedFreeBusyInterval", "5 to 1440 minutes")
    return timedelta(minutes=int(text))
