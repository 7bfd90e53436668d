"""What comes from the browser's forms: read once, checked, made into drafts. Nothing else reads a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request

from reception.hub.web.clock import Clock, typed_date, typed_time
from reception.model.office import Office
from reception.model.presence import CallHandling, Entry, EntryDraft

MOST_BYTES: Final = 64 * 1024
_MOST_FIELDS: Final = 60
_LONGEST: Final = 500
_SECRET: Final = ("password", "again", "old")
_NUMBER: Final = re.compile(r"\+?[0-9*#]{1,20}")
_BETWEEN_DIGITS: Final = re.compile(r"[\s()/.-]")


class TooLarge(Exception):
    """A form that nobody fills in by hand."""


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form, each without blanks around it. Raises TooLarge."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise TooLarge
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError as error:
        raise TooLarge from error
    return {name: value if name in _SECRET else value.strip()[:_LONGEST] for name, value in pairs}


class EntryForm(NamedTuple):
    """The five fields of an entry (requirements 001-48 to 52) as text, as typed or as they are."""

    activity: str = ""
    start_date: str = ""
    start_time: str = ""
    end_date: str = ""
    end_time: str = ""
    calls: str = CallHandling.VOICEMAIL.value
    number: str = ""
    subject: str = ""
    note: str = ""


def form_of(entry: Entry, clock: Clock) -> EntryForm:
    """Return an entry as a form to fill in."""
    start = clock.local(entry.start)
    end = None if entry.end is None else clock.local(entry.end)
    return EntryForm(
        activity=entry.activity,
        start_date=start.date().isoformat(),
        start_time=clock.time(entry.start),
        end_date="" if end is None else end.date().isoformat(),
        end_time="" if entry.end is None else clock.time(entry.end),
        calls=entry.handling.value,
        number=entry.divert_to,
        subject=entry.reason,
        note=entry.note,
    )


def empty_form(clock: Clock, now: float) -> EntryForm:
    """Return a form for the next full hour."""
    start = clock.local(now).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    end = start + timedelta(hours=1)
    return EntryForm(
        start_date=start.date().isoformat(),
        start_time=clock.time(start.timestamp()),
        end_date=end.date().isoformat(),
        end_time=clock.time(end.timestamp()),
    )


def typed_form(fields: Mapping[str, str]) -> EntryForm:
    """Return what was typed."""
    return EntryForm(**{name: fields.get(name, "") for name in EntryForm._fields})


def draft_of(
    form: EntryForm, office: Office, clock: Clock, *, before: Entry | None = None
) -> tuple[EntryDraft | None, dict[str, str]]:
    """Return the draft a form makes, or the faults: the key of what is wrong, by field.

    What the form has no field for stays as it was `before`.
    """
    faults: dict[str, str] = {}
    start, end = _period(form, clock, faults)
    handling = _handling(form, faults)
    number = _BETWEEN_DIGITS.sub("", form.number) if handling is CallHandling.DIVERTED else ""
    if handling is CallHandling.DIVERTED and not _NUMBER.fullmatch(number):
        faults["number"] = "fault_number"
    activity = next((a for a in office.activities if a.id == form.activity), None)
    if form.activity and activity is None:
        faults["activity"] = "refused_unknown_activity"
    if faults or start is None or handling is None:
        return None, faults
    is_as_before = before is not None and before.activity == form.activity
    is_busy = activity.is_busy if activity is not None else True
    draft = EntryDraft(
        reason=form.subject,
        start=start,
        end=end,
        is_busy=before.is_busy if before is not None and is_as_before else is_busy,
        handling=handling,
        divert_to=number,
        place="" if before is None else before.place,
        note=form.note,
        activity=form.activity,
        role="" if before is None else before.role,
    )
    return draft, {}


def handling_of(text: str) -> CallHandling | None:
    """Return what is to happen to calls, None for what is none of it."""
    try:
        return CallHandling(text)
    except ValueError:
        return None


def number_in(text: str) -> str:
    """Return a number as typed, without what stands between digits; empty when it is none."""
    bare = _BETWEEN_DIGITS.sub("", text)
    return bare if _NUMBER.fullmatch(bare) else ""


def _period(form: EntryForm, clock: Clock, faults: dict[str, str]) -> tuple[float | None, float | None]:
    start = _moment(form.start_date, form.start_time, clock)
    if start is None:
        faults["start"] = "fault_time"
    if not form.end_date and not form.end_time:
        return start, None
    end = _moment(form.end_date or form.start_date, form.end_time, clock)
    if end is None:
        faults["end"] = "fault_time"
    elif start is not None and end <= start:
        faults["end"] = "refused_ends_before_start"
    return start, end


def _moment(day: str, at: str, clock: Clock) -> float | None:
    """Return a moment; a day without a time is its beginning."""
    date, time = typed_date(day), typed_time(at or "00:00")
    if date is None or time is None:
        return None
    try:
        return clock.instant(date, time)
    except (OverflowError, ValueError):
        return None


def _handling(form: EntryForm, faults: dict[str, str]) -> CallHandling | None:
    handling = handling_of(form.calls)
    if handling is None:
        faults["calls"] = "fault_calls"
    return handling
