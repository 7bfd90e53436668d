"""Colleagues: search as one types, the graphic view of many, one in detail (requirements 001-33, 001-43).

Read only: what a colleague's entries are is theirs and the receptionists' to change (reading 17).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from reception.hub.web.clock import typed_date
from reception.hub.web.live import SIGNED_OUT
from reception.hub.web.statuses import StatusView, initials_of, view_of
from reception.hub.web.strips import DAYS, Bar, Scale, bars, day_scale, days_scale
from reception.hub.web.visit import Visit, Web, failure, signed_in
from reception.model.people import Person

LOOKS: Final = ("list", "day", "week")
_EVENTS: Final = "text/event-stream"
_MOST_WATCHED: Final = 200
_MOST_BESIDE: Final = 12
_LONGEST_QUERY: Final = 100
_FARTHEST: Final = timedelta(days=366)


class Row(NamedTuple):
    """One colleague in the list or in the graphic view."""

    person: Person
    initials: str
    status: StatusView
    number: str
    bars: Sequence[Bar]


class Found(NamedTuple):
    """What a search gives; `day` is the first day of the graphic view, an ISO date."""

    rows: Sequence[Row]
    total: int
    scale: Scale | None
    day: str
    earlier: str
    later: str
    is_today: bool

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


class BoardPages:
    """Pages about others, and the stream of changes."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def routes(self) -> list[BaseRoute]:
        """Return the addresses served here."""
        web = self._web
        return [
            Route("/colleagues", signed_in(web, self.colleagues), methods=["GET"]),
            Route("/part/row/{id:path}", signed_in(web, self.row), methods=["GET"]),
            Route("/part/colleague/{id:path}", signed_in(web, self.detail_part), methods=["GET"]),
            Route("/colleague/{id:path}", signed_in(web, self.detail), methods=["GET"]),
            Route("/live", self.live, methods=["GET"]),
        ]

    async def colleagues(self, visit: Visit) -> Response:
        """Show those found."""
        query, look = _query(visit), look_of(visit)
        found = await colleague_rows(visit, query, look)
        return visit.page("colleagues.html", found=found, query=query, look=look)

    async def row(self, visit: Visit) -> Response:
        """Show one of them as they are now."""
        person = visit.people.get(visit.request.path_params["id"])
        if person is None:
            return failure(self._web, visit.request, 404)
        look = look_of(visit)
        scale = scale_of(visit, look)
        return visit.part("_row.html", row=_row(visit, person, scale), look=look, found={"scale": scale})

    async def detail(self, visit: Visit) -> Response:
        """Show one of them with the days ahead (requirement 001-43)."""
        person = visit.people.get(visit.request.path_params["id"])
        if person is None:
            return failure(self._web, visit.request, 404)
        return visit.page("colleague.html", **detail_view(visit, person))

    async def detail_part(self, visit: Visit) -> Response:
        """Show the part of it that changes by itself."""
        person = visit.people.get(visit.request.path_params["id"])
        if person is None:
            return failure(self._web, visit.request, 404)
        return visit.part("_colleague.html", **detail_view(visit, person))

    async def live(self, request: Request) -> Response:
        """Stream changes of those who are on the page; an open page does not prolong the session."""
        web, now = self._web, self._web.now()
        session = web.sessions.peek(request.cookies.get(web.settings.cookie, ""), now)
        if session is None or not web.holds(session):  # said in the stream: browsers hide a 401 from the page
            return StreamingResponse(iter((SIGNED_OUT,)), media_type=_EVENTS)
        watched = request.query_params.getlist("p")[:_MOST_WATCHED]
        since = request.headers.get("last-event-id") or request.query_params.get("since", "")
        stream = web.changes.stream(
            int(since) if since.isdecimal() and len(since) < 16 else 0,
            watched,
            is_welcome=lambda: web.holds(session),
        )
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(stream, media_type=_EVENTS, headers=headers)


async def nearest_rows(visit: Visit) -> Found:
    """Return some colleagues to stand beside something else: those of one's own department before others."""
    me = visit.people.get(visit.me)
    department = "" if me is None else me.department
    near = {k: p for k, p in visit.people.items() if p.department == department and k != visit.me}
    others = near or {k: p for k, p in visit.people.items() if k != visit.me}
    found = await visit.web.finder.find("", others, visit.words.language)
    return _found(visit, found.people[:_MOST_BESIDE], len(visit.people) - 1, "list")


async def colleague_rows(visit: Visit, query: str, look: str = "list") -> Found:
    """Return those found, with their statuses, and with bars for the graphic view."""
    others = {k: p for k, p in visit.people.items() if k != visit.me} if not query else visit.people
    found = await visit.web.finder.find(query, others, visit.words.language)
    return _found(visit, found.people, found.total, look)


def _found(visit: Visit, people: Sequence[Person], total: int, look: str) -> Found:
    scale = scale_of(visit, look)
    first = visit.clock.local(scale.start if scale else visit.now).date()
    step = timedelta(days=DAYS if look == "week" else 1)
    return Found(
        rows=[_row(visit, person, scale) for person in people],
        total=total,
        scale=scale,
        day=first.isoformat(),
        earlier=(first - step).isoformat(),
        later=(first + step).isoformat(),
        is_today=first == visit.clock.local(visit.now).date(),
    )


def detail_view(visit: Visit, person: Person) -> dict[str, Any]:
    """Return what the page about one colleague shows."""
    words, clock, now = visit.words, visit.clock, visit.now
    entries = visit.web.desk.timeline_of(visit.actor, person.id).entries
    shown = [visit.entries.view(e) for e in entries]
    day, week = day_scale(clock, words, now, now), days_scale(clock, words, now, now)
    return {
        "person": person,
        "initials": initials_of(person),
        "status": view_of(
            visit.web.desk.status_of(visit.actor, person.id), words, clock, now, with_next=True
        ),
        "entries": visit.entries.ahead(entries),
        "day": day,
        "day_bars": bars(shown, day),
        "week": week,
        "week_bars": bars(shown, week),
    }


def look_of(visit: Visit) -> str:
    """Return how colleagues are shown: as a list, or the graphic view of a day or a week."""
    look = visit.request.query_params.get("look", "")
    return look if look in LOOKS else "list"


def scale_of(visit: Visit, look: str) -> Scale | None:
    """Return the scale of the graphic view, None for the list."""
    if look == "list":
        return None
    today = visit.clock.local(visit.now).date()
    day = typed_date(visit.request.query_params.get("day", "")) or today
    if abs(day - today) > _FARTHEST:
        day = today
    at = visit.now if day == today else visit.clock.instant(day, visit.clock.noon)
    make = day_scale if look == "day" else days_scale
    return make(visit.clock, visit.words, at, visit.now)


def _query(visit: Visit) -> str:
    return visit.request.query_params.get("q", "")[:_LONGEST_QUERY].strip()


def _row(visit: Visit, person: Person, scale: Scale | None) -> Row:
    desk, now = visit.web.desk, visit.now
    shown: Sequence[Bar] = ()
    if scale is not None:
        entries = desk.timeline_of(visit.actor, person.id).entries
        shown = bars([visit.entries.view(e) for e in entries], scale)
    return Row(
        person=person,
        initials=initials_of(person),
        status=view_of(desk.status_of(visit.actor, person.id), visit.words, visit.clock, now),
        number=person.main_number or "",
        bars=shown,
    )
