"""Free and busy times (`getSchedule`, contract 2.5): cheap, and for those whose details nobody may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from reception.errors import ProtocolError, ServiceError, Unavailable
from reception.model.calendar import Appointment
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient
from services.graph.events import schedule_appointment
from services.graph.mailbox import Mailbox, Window
from services.graph.zones import utc_date_time

AT_ONCE: Final = 20
"""Addresses in one question: Microsoft's page does not say; third parties say 20."""
PERMISSION: Final = "Calendars.ReadBasic"


class Schedule(NamedTuple):
    """What somebody's schedule came to: appointments, or why there are none."""

    appointments: tuple[Appointment, ...]
    trouble: ServiceError | None = None
    skipped: int = 0


async def read_schedules(
    client: GraphClient,
    through: str,
    boxes: Sequence[Mailbox],
    window: Window,
    home: tzinfo,
    *,
    times_only: bool = False,
) -> list[Schedule]:
    """Ask for up to 20 people by way of one mailbox; the answers are in their order.

    With `times_only` subjects and places are passed over where Microsoft tells them. Raises ServiceError.
    """
    body = {
        "schedules": [box.address for box in boxes],
        "startTime": utc_date_time(window.start),
        "endTime": utc_date_time(window.end),
        "availabilityViewInterval": 60,
    }
    path = f"/users/{quote(through)}/calendar/getSchedule"
    scope = Scope(Kind.MAILBOX, through.casefold())
    answer = await client.ask(Request("POST", path, scope, PERMISSION, body=body))
    found = {str(one.get("scheduleId") or "").casefold(): one for one in answer.values("getSchedule")}
    return [_schedule(found.get(box.address.casefold()), box, home, times_only) for box in boxes]


def _schedule(given: Mapping[str, Any] | None, box: Mailbox, home: tzinfo, times_only: bool) -> Schedule:
    if given is None:
        return Schedule((), ProtocolError("graph_malformed", what="getSchedule"))
    if error := given.get("error"):
        code = str(error.get("responseCode") or "?") if isinstance(error, dict) else "?"
        return Schedule((), Unavailable("mailbox_refused", address=box.address, error=code))
    found, skipped = [], 0
    for item in given.get("scheduleItems") or ():
        try:
            appointment = schedule_appointment(item, home, box.person, times_only=times_only)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            skipped += 1
            continue
        if appointment.end > appointment.start:
            found.append(appointment)
    unique = {one.id: one for one in found}  # two at the same time are one to whoever sees the times alone
    return Schedule(tuple(sorted(unique.values(), key=lambda a: (a.start, a.end, a.id))), skipped=skipped)
