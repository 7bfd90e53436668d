"""What Outlook has: calendars, free and busy times, settings of the mailbox, mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from services.emulators.graph.asked import Asked, Caller, Refused, Reply, told
from services.emulators.graph.calendars import Event, moment, parse_moment, read_moment, zone_of
from services.emulators.graph.rights import check
from services.emulators.graph.tenant import Tenant, User
from services.emulators.graph.tracked import Items, Tracked

MOST_SCHEDULES: Final = 20
_DIGITS: Final = {"free": "0", "tentative": "1", "busy": "2", "oof": "3", "workingElsewhere": "4"}
_USUAL_SETTINGS: Final[dict[str, Any]] = {
    "timeZone": "Romance Standard Time",
    "language": {"locale": "da-DK", "displayName": "Danish (Denmark)"},
    "automaticRepliesSetting": {"status": "disabled", "externalAudience": "none"},
    "workingHours": {
        "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "startTime": "08:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": "Romance Standard Time"},
    },
}


def answer(
    tenant: Tenant, tracked: Tracked, asked: Asked, caller: Caller, user: User, rest: list[str], size: int
) -> Reply:
    """Answer a request about somebody's mailbox. Raises `Refused`."""
    match asked.method, rest:
        case "GET", ["calendarView"] | ["calendar", "calendarView"]:
            check("GET /users/{user-id}/calendarView", caller)
            _require_mailbox(user)
            items = list(_view(tenant, user, asked.query, _zone(asked)).values())
            base = f"{asked.root}/users/{user.id}/calendarView"
            return told(tracked.pages(asked.query, base, size, items), headers=_applied(asked))
        case "GET", ["calendarView", "delta" | "delta()"]:
            check("GET /users/{user-id}/calendarView/delta()", caller)
            _require_mailbox(user)
            if {"$select", "$filter", "$orderby", "$expand", "$search"} & asked.query.keys():
                raise Refused(400, "ErrorInvalidUrlQuery", "The query option is not allowed.")
            zone, size = _zone(asked), _page_size(asked, size)

            def read(query: Mapping[str, str]) -> Items:
                return _view(tenant, user, query, zone)

            base = f"{asked.root}/users/{user.id}/calendarView/delta"
            page = tracked.answer(asked.query, base, size, read)
            context = {"@odata.context": f"{asked.root}/$metadata#Collection(event)"}
            return told({**context, **page}, headers=_applied(asked))
        case "GET", ["events"]:
            check("GET /users/{user-id}/events", caller)
            _require_mailbox(user)
            zone = _zone(asked)
            planned = [event.planned(zone) for event in tenant.calendars[user.id].values()]
            base = f"{asked.root}/users/{user.id}/events"
            return told(tracked.pages(asked.query, base, size, planned), headers=_applied(asked))
        case "GET", ["events", key]:
            check("GET /users/{user-id}/events/{event-id}", caller)
            _require_mailbox(user)
            return told(_event(tenant, user, key, _zone(asked)), headers=_applied(asked))
        case "POST", ["calendar", "getSchedule"]:
            check("POST /users/{user-id}/calendar/getSchedule", caller)
            return _schedules(tenant, asked)
        case "GET", ["mailboxSettings"]:
            check("GET /users/{user-id}/mailboxSettings", caller)
            _require_mailbox(user)
            return told({**_USUAL_SETTINGS, **tenant.mailbox_settings.get(user.id, {})})
        case "POST", ["sendMail"]:
            check("POST /users/{user-id}/sendMail", caller)
            _require_mailbox(user)
            return _mail(tenant, asked, user)
    raise Refused(404, "Request_ResourceNotFound", f"Resource '{asked.path}' does not exist.")


def _require_mailbox(user: User) -> None:
    if not user.has_mailbox:
        raise Refused(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive or on-premises.")


def _view(tenant: Tenant, user: User, query: Mapping[str, str], zone: str) -> Items:
    try:
        begin, end = (parse_moment(query[name]) for name in ("startDateTime", "endDateTime"))
    except (KeyError, ValueError) as error:
        raise Refused(400, "ErrorInvalidParameter", "startDateTime and endDateTime are needed.") from error
    found: Items = {}
    for event in tenant.calendars[user.id].values():
        for number, starts, ends in event.occurrences(begin, end):
            item = event.told(number, starts, ends, zone)
            found[item["id"]] = item
    return dict(sorted(found.items(), key=lambda pair: str(pair[1]["start"]["dateTime"])))


def _event(tenant: Tenant, user: User, key: str, zone: str) -> dict[str, Any]:
    """Return an appointment, a series or an occurrence of one. Raises `Refused`."""
    for event in tenant.calendars[user.id].values():
        if event.id == key:
            return event.planned(zone)
        if event.repeats and key.startswith(f"{event.id}."):
            for one in event.occurrences(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
                if (item := event.told(*one, zone))["id"] == key:
                    return item
    raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def _zone(asked: Asked) -> str:
    zone = asked.preferences().get("outlook.timezone", "UTC")
    if zone_of(zone) is None:
        raise Refused(400, "ErrorInvalidTimeZone", f"{zone} is not a time zone.")
    return zone


def _applied(asked: Asked) -> dict[str, str]:
    zone = asked.preferences().get("outlook.timezone")
    return {} if zone is None else {"Preference-Applied": f'outlook.timezone="{zone}"'}


def _page_size(asked: Asked, usual: int) -> int:
    text = asked.preferences().get("odata.maxpagesize", "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 9
    return min(int(text), usual) if is_number and int(text) > 0 else usual


def _schedules(tenant: Tenant, asked: Asked) -> Reply:
    body = {key.lower(): value for key, value in asked.body().items()}
    schedules, step = body.get("schedules"), body.get("availabilityviewinterval", 30)
    if not isinstance(schedules, list) or not 1 <= len(schedules) <= MOST_SCHEDULES:
        raise Refused(400, "ErrorInvalidRequest", f"1 to {MOST_SCHEDULES} schedules are needed.")
    if not isinstance(step, int) or isinstance(step, bool) or not 5 <= step <= 1440:
        raise Refused(400, "ErrorInvalidRequest", "availabilityViewInterval must be 5 to 1440.")
    try:
        begin, end = read_moment(body.get("starttime")), read_moment(body.get("endtime"))
    except ValueError as error:
        raise Refused(400, "ErrorInvalidParameter", str(error)) from error
    if end <= begin or end - begin > timedelta(days=62):
        raise Refused(400, "ErrorInvalidTimeInterval", "The time is empty or too long.")
    zone = _zone(asked)
    return told({"value": [_schedule(tenant, str(one), begin, end, step, zone) for one in schedules]})


def _schedule(
    tenant: Tenant, address: str, begin: datetime, end: datetime, step: int, zone: str
) -> dict[str, Any]:
    user = tenant.find(address)
    if user is None or not user.has_mailbox:
        fault = {"message": "Unable to resolve recipient.", "responseCode": "ErrorMailRecipientNotFound"}
        return {"scheduleId": address, "availabilityView": "", "scheduleItems": [], "error": fault}
    events = [
        (event.show_as, starts, ends, event)
        for event in tenant.calendars[user.id].values()
        if not event.is_cancelled
        for _, starts, ends in event.occurrences(begin, end)
    ]
    slots = range(int((end - begin) / timedelta(minutes=step)))
    view = ""
    for n in slots:
        at, until = begin + n * timedelta(minutes=step), begin + (n + 1) * timedelta(minutes=step)
        view += max((_DIGITS.get(kind, "0") for kind, s, e, _ in events if s < until and e > at), default="0")
    items = [
        {
            "status": kind,
            "start": moment(starts, zone),
            "end": moment(ends, zone),
            **(_details(event) if user.shares_details else {}),
        }
        for kind, starts, ends, event in sorted(events, key=lambda one: one[1])
    ]
    hours = _USUAL_SETTINGS["workingHours"]
    return {"scheduleId": address, "availabilityView": view, "scheduleItems": items, "workingHours": hours}


def _details(event: Event) -> dict[str, Any]:
    is_private = event.sensitivity in ("private", "confidential")
    return {"subject": event.subject, "location": event.location, "isPrivate": is_private}


def _mail(tenant: Tenant, asked: Asked, user: User) -> Reply:
    body = {key.lower(): value for key, value in asked.body().items()}
    message = body.get("message")
    if not isinstance(message, dict) or not message.get("toRecipients"):
        raise Refused(400, "ErrorInvalidRecipients", "At least one recipient is needed.")
    tenant.mails.append((user.mail, message))
    return Reply(status=202)
