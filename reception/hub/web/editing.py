"""Planning an entry, and editing or deleting one, also an imported one (requirements 001-44 to 001-54).

Nothing is kept before the button *Viderestil* / *Umleitung speichern* / *Save diversion* is pressed: the form
is in the browser alone, and leaving it discards what was typed.
"""

from __future__ import annotations

from msgspec.structs import replace
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reception.errors import CommandRefused
from reception.hub.web.board import nearest_rows
from reception.hub.web.forms import (
    EntryForm,
    draft_of,
    empty_form,
    form_of,
    handling_of,
    number_in,
    typed_form,
)
from reception.hub.web.own import delete, entry_of, new_request, own_view, refusal_key, refused
from reception.hub.web.visit import Visit, Web, failure, signed_in
from reception.model.people import NumberKind
from reception.model.presence import CallHandling, Entry, EntryDraft
from reception.presence.outlook import innermost


class EditingPages:
    """The form of an entry, and the diversion of one's own number."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def routes(self) -> list[BaseRoute]:
        """Return the addresses served here."""
        web = self._web
        return [
            Route("/plan", signed_in(web, self.plan_form), methods=["GET"]),
            Route("/plan", signed_in(web, self.plan), methods=["POST"]),
            Route("/divert", signed_in(web, self.divert_form), methods=["GET"]),
            Route("/divert", signed_in(web, self.divert), methods=["POST"]),
            Route("/entry/{id:path}", signed_in(web, self.edit_form), methods=["GET"]),
            Route("/entry/{id:path}", signed_in(web, self.edit), methods=["POST"]),
            Route("/delete/{id:path}", signed_in(web, self.delete), methods=["POST"]),
        ]

    # -------------------------------------------------------------- plan and edit

    async def plan_form(self, visit: Visit) -> Response:
        """Show an empty form."""
        return await _form_page(visit, empty_form(visit.clock, visit.now))

    async def plan(self, visit: Visit) -> Response:
        """Set what was planned."""
        return await self._save(visit, None)

    async def edit_form(self, visit: Visit) -> Response:
        """Show an entry as a form."""
        entry = entry_of(visit, visit.request.path_params["id"])
        if entry is None:
            return failure(self._web, visit.request, 404)
        return await _form_page(visit, form_of(entry, visit.clock), entry)

    async def edit(self, visit: Visit) -> Response:
        """Save all five fields."""
        entry = entry_of(visit, visit.request.path_params["id"])
        if entry is None:
            return refused(visit, CommandRefused("unknown_entry"))
        return await self._save(visit, entry)

    async def delete(self, visit: Visit) -> Response:
        """Take an entry away here; in the calendar it stays."""
        return await delete(visit, visit.request.path_params["id"], "done_deleted")

    async def _save(self, visit: Visit, entry: Entry | None) -> Response:
        form = typed_form(visit.fields)
        draft, faults = draft_of(form, visit.office, visit.clock, before=entry)
        if draft is None:
            return await _form_page(visit, form, entry, faults=faults)
        request = new_request()
        try:
            await self._web.desk.set_entry(
                visit.actor, visit.me, draft, entry="" if entry is None else entry.id, request=request
            )
        except CommandRefused as refusal:
            return await _form_page(visit, form, entry, faults={"form": refusal_key(visit, refusal)})
        return visit.done("done_saved", request=request, title=_title(visit, draft))

    # -------------------------------------------------------------- divert

    async def divert_form(self, visit: Visit) -> Response:
        """Show where one's own number goes (requirement 001-25)."""
        return _divert_page(visit)

    async def divert(self, visit: Visit) -> Response:
        """Divert one's number: while the current absence lasts, or without any absence."""
        handling, number = handling_of(visit.fields.get("calls", "")), ""
        if handling is CallHandling.DIVERTED:
            number = number_in(visit.fields.get("number", ""))
            if not number:
                return _divert_page(visit, fault="fault_number")
        if handling is None:
            return _divert_page(visit, fault="fault_calls")
        holds = _holding(visit)
        if _is_mere_diversion(holds) and handling is CallHandling.OPEN:
            return await delete(visit, holds.id if holds else "", "done_diversion_off")
        draft = _diverted(visit, holds, handling, number)
        request = new_request()
        try:
            await self._web.desk.set_entry(
                visit.actor, visit.me, draft, entry="" if holds is None else holds.id, request=request
            )
        except CommandRefused as refusal:
            return _divert_page(visit, fault=refusal_key(visit, refusal))
        return visit.done("done_diverted", request=request)


async def _form_page(
    visit: Visit, form: EntryForm, entry: Entry | None = None, *, faults: dict[str, str] | None = None
) -> Response:
    found = await nearest_rows(visit)
    me = visit.people.get(visit.me)
    return visit.page(
        "entry.html",
        code=422 if faults else 200,
        form=form,
        entry=None if entry is None else visit.entries.view(entry),
        faults=faults or {},
        activities=visit.office.activities,
        own_numbers=[] if me is None else [n for n in me.numbers if n.kind is NumberKind.MOBILE],
        own=own_view(visit),
        found=found,
        query="",
        look="list",
    )


def _divert_page(visit: Visit, *, fault: str = "") -> Response:
    holds = _holding(visit)
    me = visit.people.get(visit.me)
    calls = visit.fields.get("calls") or (CallHandling.OPEN.value if holds is None else holds.handling.value)
    return visit.page(
        "divert.html",
        code=422 if fault else 200,
        fault=fault,
        calls=calls,
        number=visit.fields.get("number") or ("" if holds is None else holds.divert_to),
        current=None if holds is None or _is_mere_diversion(holds) else visit.entries.view(holds),
        own_numbers=[] if me is None else [n for n in me.numbers if n.kind is NumberKind.MOBILE],
        own=own_view(visit),
    )


def _holding(visit: Visit) -> Entry | None:
    return innermost(visit.web.desk.timeline_of(visit.actor, visit.me).entries, visit.now)


def _is_mere_diversion(entry: Entry | None) -> bool:
    """Return whether an entry was made here for nothing but its diversion."""
    return entry is not None and entry.is_by_hand and not entry.is_busy and not entry.activity


def _diverted(visit: Visit, holds: Entry | None, handling: CallHandling, number: str) -> EntryDraft:
    if holds is None:
        return EntryDraft(
            reason=visit.words["diverted_reason"],
            start=visit.now,
            is_busy=False,
            handling=handling,
            divert_to=number,
        )
    draft = EntryDraft(
        reason=holds.reason,
        start=holds.start,
        end=holds.end,
        is_busy=holds.is_busy,
        place=holds.place,
        note=holds.note,
        activity=holds.activity,
        role=holds.role,
    )
    return replace(draft, handling=handling, divert_to=number)


def _title(visit: Visit, draft: EntryDraft) -> str:
    labels = {a.id: a.labels.get(visit.words.language, a.id) for a in visit.office.activities}
    return draft.reason or labels.get(draft.activity, "") or visit.words["busy_reason"]
