"""One's own page: the status, shortcuts at one tap, entries today and ahead, where one's number goes."""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reception.errors import CommandRefused
from reception.hub.web.board import nearest_rows
from reception.hub.web.statuses import initials_of, view_of
from reception.hub.web.strips import bars, day_scale, days_scale
from reception.hub.web.visit import Visit, Web, signed_in
from reception.hub.web.words import Words
from reception.model.office import Shortcut, label
from reception.model.people import NumberKind
from reception.model.presence import CallHandling, Entry, EntryDraft
from reception.presence.diversion import Diversion, DiversionKind, diversion_of
from reception.presence.outlook import innermost


class Tile(NamedTuple):
    """A shortcut as a button; `entry` is what it has set and what a second tap ends."""

    id: str
    label: str
    detail: str
    icon: str
    entry: str = ""


class OwnPages:
    """The first page and what its buttons do."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def routes(self) -> list[BaseRoute]:
        """Return the addresses served here."""
        web = self._web
        return [
            Route("/", signed_in(web, self.home), methods=["GET"]),
            Route("/part/me", signed_in(web, self.part), methods=["GET"]),
            Route("/shortcut/{id}", signed_in(web, self.set_shortcut), methods=["POST"]),
            Route("/end/{id:path}", signed_in(web, self.end), methods=["POST"]),
            Route("/undo", signed_in(web, self.undo), methods=["POST"]),
        ]

    async def home(self, visit: Visit) -> Response:
        """Show one's own status, and on a wide screen colleagues beside it."""
        found = await nearest_rows(visit)
        return visit.page("home.html", own=own_view(visit), found=found, query="", look="list")

    async def part(self, visit: Visit) -> Response:
        """Show the part of it that changes by itself."""
        return visit.part("_me.html", own=own_view(visit))

    async def set_shortcut(self, visit: Visit) -> Response:
        """Set an absence at one tap (requirements 001-24, 002-164)."""
        wanted = visit.request.path_params["id"]
        shortcut = next((s for s in visit.office.shortcuts if s.id == wanted), None)
        if shortcut is None:
            return refused(visit, CommandRefused("unknown_shortcut"))
        request, title = new_request(), shortcut_label(visit, shortcut)
        draft = EntryDraft(start=visit.now, shortcut=shortcut.id)  # the desk knows the rest
        try:
            await self._web.desk.set_entry(visit.actor, visit.me, draft, request=request)
        except CommandRefused as refusal:
            return refused(visit, refusal)
        return visit.done("done_set", request=request, title=title)

    async def end(self, visit: Visit) -> Response:
        """End what lasts now, at one tap."""
        return await delete(visit, visit.request.path_params["id"], "done_ended")

    async def undo(self, visit: Visit) -> Response:
        """Take back what was done last."""
        try:
            await self._web.desk.undo(visit.actor, visit.fields.get("request", ""))
        except CommandRefused as refusal:
            return refused(visit, refusal)
        return visit.done("done_undone")


def own_view(visit: Visit) -> dict[str, Any]:
    """Return what the part about oneself shows."""
    web, words, clock, now = visit.web, visit.words, visit.clock, visit.now
    entries = web.desk.timeline_of(visit.actor, visit.me).entries
    status = web.desk.status_of(visit.actor, visit.me)
    holds, me = innermost(entries, now), visit.people.get(visit.me)
    current = None if holds is None else visit.entries.view(holds)
    diversion = diversion_of(entries, now)
    ahead = visit.entries.ahead(entries)
    shown = [visit.entries.view(e) for e in entries]
    day, week = day_scale(clock, words, now, now), days_scale(clock, words, now, now)
    return {
        "initials": "?" if me is None else initials_of(me),
        "status": view_of(status, words, clock, now, with_next=True),
        "current": current,
        "hears": _heard(visit, diversion),
        "tiles": [_tile(visit, s, entries) for s in visit.office.shortcuts],
        "entries": ahead,
        "day": day,
        "day_bars": bars(shown, day),
        "week": week,
        "week_bars": bars(shown, week),
        "extension": _extension(visit),
        "diversion": _diverted_to(visit, diversion),
    }


def refused(visit: Visit, refusal: CommandRefused, *, to: str = "/") -> Response:
    """Lead back and tell why nothing was done."""
    return visit.done(refusal_key(visit, refusal), to=to)


def refusal_key(visit: Visit, refusal: CommandRefused) -> str:
    """Return the key of the words for a refusal."""
    key = f"refused_{refusal.message.key}"
    return key if key in visit.words else "refused"


def new_request() -> str:
    """Return a name for what is asked for, by which it can be taken back."""
    return secrets.token_hex(16)


async def delete(visit: Visit, entry: str, done: str) -> Response:
    """Take an entry away; the calendar keeps its own (requirements 001-45, 001-46)."""
    request = new_request()
    known = entry_of(visit, entry)
    try:
        await visit.web.desk.delete_entry(visit.actor, visit.me, entry, request=request)
    except CommandRefused as refusal:
        return refused(visit, refusal)
    title = "" if known is None else visit.entries.view(known).title
    return visit.done(done, request=request, title=title)


def entry_of(visit: Visit, entry: str) -> Entry | None:
    """Return one of one's own entries."""
    entries = visit.web.desk.timeline_of(visit.actor, visit.me).entries
    return next((e for e in entries if e.id == entry), None)


def shortcut_label(visit: Visit, shortcut: Shortcut) -> str:
    """Return a shortcut's name as the reader sees it."""
    return label(shortcut.labels, visit.words.language, shortcut.id)


def _tile(visit: Visit, shortcut: Shortcut, entries: tuple[Entry, ...]) -> Tile:
    words, title = visit.words, shortcut_label(visit, shortcut)
    names = {title, *shortcut.labels.values()}
    current = (e for e in entries if e.is_by_hand and e.is_current(visit.now))
    entry = next((e for e in current if e.reason in names), None)
    if entry is None:
        return Tile(shortcut.id, title, _what_it_does(visit, shortcut), shortcut.icon)
    if entry.end is None:
        return Tile(shortcut.id, title, words["tile_ends_open"], shortcut.icon, entry.id)
    detail = words.text("tile_ends", time=visit.clock.until(entry.end, visit.now))
    return Tile(shortcut.id, title, detail, shortcut.icon, entry.id)


def _what_it_does(visit: Visit, shortcut: Shortcut) -> str:
    words = visit.words
    said = [length(words, shortcut.minutes)] if shortcut.minutes is not None else []
    if shortcut.handling is CallHandling.OPEN:
        said.append(words["tile_phone_open"])
    elif shortcut.handling is CallHandling.DIVERTED:
        target = visit.name_at(shortcut.divert_to) or shortcut.divert_to
        said.append(words.text("tile_diverted", target=target))
    return " · ".join(said) or words["tile_open_ended"]


def length(words: Words, minutes: int) -> str:
    """Return a length such as *1 t 30 min*."""
    hours, rest = divmod(minutes, 60)
    parts = [words.text("hours", count=hours)] if hours else []
    if rest or not hours:
        parts.append(words.text("minutes", count=rest))
    return " ".join(parts)


def _heard(visit: Visit, diversion: Diversion) -> str:
    """Return what happens to calls now, and what callers hear (requirement 001-31)."""
    if diversion.entry is None:
        return visit.words["calls_unchanged"]
    calls = visit.entries.calls(diversion.entry)
    if diversion.kind is not DiversionKind.VOICEMAIL or diversion.back_at is None:
        return calls
    heard = visit.words.text("callers_hear", time=visit.clock.at(diversion.back_at, visit.now))
    return f"{calls} · {heard}"


def _extension(visit: Visit) -> str:
    me = visit.people.get(visit.me)
    return "" if me is None else me.number_of(NumberKind.DESK) or me.main_number or ""


def _diverted_to(visit: Visit, diversion: Diversion) -> str:
    """Return where calls go now, or nothing."""
    if diversion.kind is DiversionKind.NUMBER:
        return visit.name_at(diversion.number) or diversion.number
    return visit.words["voicemail"] if diversion.kind is DiversionKind.VOICEMAIL else ""
