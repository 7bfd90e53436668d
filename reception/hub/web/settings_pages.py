"""One's own shortcuts (requirements 002-163 to 172), and the list of appointments."""

from __future__ import annotations

import secrets
from typing import Any, Final, NamedTuple

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reception.errors import CommandRefused
from reception.hub.web.forms import handling_of, number_in
from reception.hub.web.own import length, refusal_key, refused, shortcut_label
from reception.hub.web.visit import Visit, Web, failure, signed_in
from reception.model.office import ICONS, OwnSetting, Shortcut
from reception.model.people import NumberKind
from reception.model.presence import CALENDAR, CallHandling, Entry
from reception.model.stored import Comparison

_MOST_SHORTCUTS: Final = 30
_LONGEST_NAME: Final = 40
_LONGEST_MINUTES: Final = 7 * 24 * 60


class ShortcutForm(NamedTuple):
    """A shortcut's fields as text."""

    name: str = ""
    activity: str = ""
    minutes: str = ""
    availability: str = "busy"
    icon: str = ""
    calls: str = CallHandling.VOICEMAIL.value
    number: str = ""


class SettingsPages:
    """Pages about what one has for oneself."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def routes(self) -> list[BaseRoute]:
        """Return the addresses served here."""
        web = self._web
        return [
            Route("/shortcuts", signed_in(web, self.shortcuts), methods=["GET"]),
            Route("/shortcuts", signed_in(web, self.add), methods=["POST"]),
            Route("/shortcuts/{id:path}/delete", signed_in(web, self.remove), methods=["POST"]),
            Route("/shortcuts/{id:path}", signed_in(web, self.change_form), methods=["GET"]),
            Route("/shortcuts/{id:path}", signed_in(web, self.change), methods=["POST"]),
            Route("/appointments", signed_in(web, self.appointments), methods=["GET"]),
            Route("/appointments/compare", signed_in(web, self.compare), methods=["POST"]),
        ]

    # -------------------------------------------------------------- shortcuts

    async def shortcuts(self, visit: Visit) -> Response:
        """Show one's own and the organisation's, and a form for another one."""
        return _shortcuts_page(visit, ShortcutForm())

    async def add(self, visit: Visit) -> Response:
        """Make a shortcut of one's own, offered to oneself alone (requirement 002-166)."""
        form, mine = _typed(visit), _own(visit)
        shortcut, faults = _shortcut_of(visit, form, f"own-{secrets.token_hex(6)}")
        if shortcut is None or len(mine) >= _MOST_SHORTCUTS:
            return _shortcuts_page(visit, form, faults=faults or {"form": "fault_many_shortcuts"})
        return await self._keep(visit, (*mine, shortcut), "done_shortcut", form)

    async def change_form(self, visit: Visit) -> Response:
        """Show one of one's own to change."""
        shortcut = _own_one(visit)
        if shortcut is None:
            return failure(self._web, visit.request, 404)
        return _shortcuts_page(visit, _form_of(visit, shortcut), shortcut)

    async def change(self, visit: Visit) -> Response:
        """Change one of one's own."""
        before, form = _own_one(visit), _typed(visit)
        if before is None:
            return failure(self._web, visit.request, 404)
        shortcut, faults = _shortcut_of(visit, form, before.id)
        if shortcut is None:
            return _shortcuts_page(visit, form, before, faults=faults)
        changed = tuple(shortcut if s.id == before.id else s for s in _own(visit))
        return await self._keep(visit, changed, "done_shortcut", form)

    async def remove(self, visit: Visit) -> Response:
        """Delete one of one's own."""
        wanted = visit.request.path_params["id"]
        left = tuple(s for s in _own(visit) if s.id != wanted)
        return await self._keep(visit, left, "done_shortcut_deleted", ShortcutForm())

    async def _keep(
        self, visit: Visit, shortcuts: tuple[Shortcut, ...], done: str, form: ShortcutForm
    ) -> Response:
        try:
            await self._web.desk.set_shortcuts(visit.actor, shortcuts)
        except CommandRefused as refusal:
            return _shortcuts_page(visit, form, faults={"form": refusal_key(visit, refusal)})
        return visit.done(done, to="/shortcuts")

    # -------------------------------------------------------------- appointments

    async def appointments(self, visit: Visit) -> Response:
        """List what was taken over, with what each does, from where it is and who made it (003-47 to 49)."""
        entries = self._web.desk.timeline_of(visit.actor, visit.me).entries
        return visit.page(
            "appointments.html",
            rows=[_appointment(visit, e) for e in entries if e.end is None or e.end > visit.now],
            days=visit.office.days_ahead,
            may_compare=OwnSetting.COMPARISON not in visit.office.locked,
            compared=_compared(visit, self._web.desk.compared(visit.actor)),
        )

    async def compare(self, visit: Visit) -> Response:
        """Start a comparison with one's calendar (requirement 003-50); the list then tells how it went."""
        try:
            await self._web.desk.compare(visit.actor)
        except CommandRefused as refusal:
            return refused(visit, refusal, to="/appointments")
        return visit.done("done_compared", to="/appointments")


def _compared(visit: Visit, compared: Comparison | None) -> str:
    """Return when the last comparison was, and what came of it."""
    if compared is None:
        return ""
    words, when = visit.words, visit.clock.at(compared.at, visit.now)
    if compared.failed:
        return words.text("compared_failed", time=when)
    if compared.appointments is None:
        return words.text("compared_nothing", time=when)
    return words.text("compared", time=when, count=compared.appointments)


def _own(visit: Visit) -> tuple[Shortcut, ...]:
    return tuple(s for s in visit.office.shortcuts if s.person)


def _own_one(visit: Visit) -> Shortcut | None:
    wanted = visit.request.path_params["id"]
    return next((s for s in _own(visit) if s.id == wanted), None)


def _shortcuts_page(
    visit: Visit,
    form: ShortcutForm,
    shortcut: Shortcut | None = None,
    *,
    faults: dict[str, str] | None = None,
) -> Response:
    me = visit.people.get(visit.me)
    return visit.page(
        "shortcuts.html",
        code=422 if faults else 200,
        form=form,
        shortcut=shortcut,
        faults=faults or {},
        shortcuts=[_shortcut_view(visit, s) for s in visit.office.shortcuts],
        activities=visit.office.activities,
        icons=ICONS,
        may_edit=OwnSetting.SHORTCUTS not in visit.office.locked,
        own_numbers=[] if me is None else [n for n in me.numbers if n.kind is NumberKind.MOBILE],
    )


def _typed(visit: Visit) -> ShortcutForm:
    return ShortcutForm(**{name: visit.fields.get(name, "") for name in ShortcutForm._fields})


def _form_of(visit: Visit, shortcut: Shortcut) -> ShortcutForm:
    return ShortcutForm(
        name=shortcut_label(visit, shortcut),
        activity=shortcut.activity,
        minutes="" if shortcut.minutes is None else str(shortcut.minutes),
        availability="busy" if shortcut.is_busy else "free",
        icon=shortcut.icon,
        calls=shortcut.handling.value,
        number=shortcut.divert_to,
    )


def _shortcut_of(visit: Visit, form: ShortcutForm, key: str) -> tuple[Shortcut | None, dict[str, str]]:
    """Return the shortcut a form makes, or the faults by field."""
    faults: dict[str, str] = {}
    if not form.name or len(form.name) > _LONGEST_NAME:
        faults["name"] = "fault_name"
    if form.minutes and not (form.minutes.isdecimal() and 0 < int(form.minutes[:6]) <= _LONGEST_MINUTES):
        faults["minutes"] = "fault_minutes"
    handling = handling_of(form.calls)
    number = number_in(form.number) if handling is CallHandling.DIVERTED else ""
    if handling is None:
        faults["calls"] = "fault_calls"
    elif handling is CallHandling.DIVERTED and not number:
        faults["number"] = "fault_number"
    if form.activity and form.activity not in {a.id for a in visit.office.activities}:
        faults["activity"] = "refused_unknown_activity"
    if faults or handling is None:
        return None, faults
    shortcut = Shortcut(
        id=key,
        labels={visit.words.language: form.name, "en": form.name},
        activity=form.activity,
        is_busy=form.availability != "free",
        handling=handling,
        divert_to=number,
        minutes=int(form.minutes) if form.minutes else None,
        icon=form.icon if form.icon in ICONS else "",
        person=visit.me,
    )
    return shortcut, {}


def _shortcut_view(visit: Visit, shortcut: Shortcut) -> dict[str, Any]:
    words = visit.words
    return {
        "id": shortcut.id,
        "label": shortcut_label(visit, shortcut),
        "icon": shortcut.icon,
        "is_own": bool(shortcut.person),
        "lasts": words["no_end"] if shortcut.minutes is None else length(words, shortcut.minutes),
        "availability": words["availability_busy" if shortcut.is_busy else "availability_free"],
        "calls": visit.calls_of(shortcut.handling, shortcut.divert_to),
    }


def _appointment(visit: Visit, entry: Entry) -> dict[str, Any]:
    view = visit.entries.view(entry)
    is_from_calendar = entry.origin == CALENDAR or entry.is_linked
    by_receptionist = entry.origin not in (CALENDAR, "WEB")
    return {
        "entry": view,
        "profile": visit.entries.profile(entry)
        or visit.entries.activity(entry)
        or visit.words["availability_busy" if entry.is_busy else "availability_free"],
        "calls": view.calls,
        "source": visit.words["source_calendar" if is_from_calendar else "source_manual"],
        "creator": entry.origin if by_receptionist else "",
    }
