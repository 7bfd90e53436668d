"""One request of somebody who is signed in: who asks, in which language, and what they may see.

Also the gate before all handlers: whoever is not signed in is led to the sign-in, and what changes something
needs the token of the session.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reception.directory.numbers import NumberPlan
from reception.hub.presence_desk import Actor
from reception.hub.web.clock import Clock
from reception.hub.web.entries import EntryViews
from reception.hub.web.finder import Finder
from reception.hub.web.forms import TooLarge, read_form
from reception.hub.web.live import Changes
from reception.hub.web.passwords import Passwords
from reception.hub.web.port import Desk
from reception.hub.web.rendering import Assets, Renderer
from reception.hub.web.sessions import Flash, Session, Sessions
from reception.hub.web.words import LANGUAGES, Words, choose_language, words_in
from reception.model.office import Office
from reception.model.people import Person
from reception.model.presence import CallHandling
from reception.model.stored import Account

LANGUAGE_COOKIE: Final = "language"
PART: Final = "x-part"
"""Our script's header: the answer goes into a page that is open."""


class WebSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the page behaves. `longest_s` is how long a browser keeps its cookie, in seconds.

    `sign_in_at` is the path where a sign-in elsewhere begins, empty for none; without `has_passwords` that is
    the only one.
    """

    name: str = "Reception"
    zone: str = ""
    is_secure: bool = False
    longest_s: float = 7 * 24 * 3600.0
    sign_in_at: str = ""
    has_passwords: bool = True

    @property
    def cookie(self) -> str:
        """The name of the session's cookie: with TLS one that other hosts cannot set (RFC 6265bis)."""
        return "__Host-reception" if self.is_secure else "reception"


class Web:
    """All that handlers share."""

    def __init__(
        self,
        desk: Desk,
        passwords: Passwords,
        sessions: Sessions,
        *,
        settings: WebSettings,
        plan: NumberPlan,
        clock: Callable[[], float],
    ) -> None:
        self.desk = desk
        self.passwords = passwords
        self.sessions = sessions
        self.settings = settings
        self.now = clock
        self.plan = plan
        self.finder = Finder(plan)
        self.changes = Changes(desk)
        self.assets = Assets()
        self.renderer = Renderer(self.assets)

    def words_for(self, request: Request, account: Account | None = None) -> Words:
        """Return the reader's words: by the account, by what was chosen here, by what the browser says."""
        return words_in(
            choose_language(
                "" if account is None else account.language,
                request.cookies.get(LANGUAGE_COOKIE, ""),
                accepted=request.headers.get("accept-language", ""),
            )
        )

    def common(self, request: Request, words: Words) -> dict[str, Any]:
        """Return what every template has."""
        return {
            "t": words,
            "languages": LANGUAGES,
            "name": self.settings.name,
            "path": request.url.path,
            "is_part": PART in request.headers,
            "version": self.changes.version,
        }

    def session_of(self, request: Request) -> tuple[Session, Account] | None:
        """Return the session of a request's cookie with its account, if both are there and hold."""
        session = self.sessions.find(request.cookies.get(self.settings.cookie, ""), self.now())
        account = None if session is None else self._account_of(session)
        return None if session is None or account is None else (session, account)

    def holds(self, session: Session) -> bool:
        """Return whether a session still holds; to ask does not prolong it."""
        return self.sessions.holds(session, self.now()) and self._account_of(session) is not None

    def _account_of(self, session: Session) -> Account | None:
        account = self.passwords.account(session.user)
        return account if account is not None and account.person == session.person else None


class Visit:
    """What a handler works with. `fields` are those of the form, for a POST."""

    def __init__(
        self, web: Web, request: Request, session: Session, account: Account, fields: Mapping[str, str]
    ) -> None:
        self.web = web
        self.request = request
        self.session = session
        self.account = account
        self.fields = fields
        self.me = session.person
        self.actor = Actor(person=session.person)
        self.words = web.words_for(request, account)
        self.clock = Clock(self.office.zone or web.settings.zone, self.words)
        self.now = web.now()

    @cached_property
    def office(self) -> Office:
        """Activities, shortcuts and profiles, with the reader's own."""
        return self.web.desk.office_for(self.actor)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Whom the reader may see, by id."""
        return self.web.desk.people_for(self.actor)

    @cached_property
    def _names(self) -> dict[str, str]:
        plan = self.web.plan
        return {plan.normalise(n.number) or n.number: p.name for p in self.people.values() for n in p.numbers}

    def name_at(self, number: str) -> str:
        """Return whose number this is, or nothing."""
        return self._names.get(self.web.plan.normalise(number) or number, "")

    def calls_of(self, handling: CallHandling, number: str) -> str:
        """Return what a shortcut or a profile does to calls, in a few words."""
        if handling is CallHandling.DIVERTED:
            return self.words.text("calls_diverted", target=self.name_at(number) or number)
        return self.words[f"calls_{handling.value}"]

    @cached_property
    def entries(self) -> EntryViews:
        """What makes entries readable."""
        return EntryViews(self.office, self.words, self.clock, self.now, self.name_at)

    def page(self, template: str, *, code: int = 200, **values: Any) -> Response:
        """Return a page with all that the frame around it needs."""
        flash, self.session.flash = self.session.flash, None
        return self.part(template, code=code, flash=flash, **values)

    def part(self, template: str, *, code: int = 200, **values: Any) -> Response:
        """Return a part of a page, or a page that shows nothing of what was done before."""
        common = self.web.common(self.request, self.words)
        common |= {"csrf": self.session.csrf, "me": self.people.get(self.me), "visit": self}
        return self.web.renderer.page(template, code=code, **(common | {"flash": None} | values))

    def done(self, key: str, *, to: str = "/", request: str = "", **values: str) -> Response:
        """Lead to another page, which tells what was done; `request` can be undone there."""
        self.session.flash = Flash(key=key, values=values, request=request)
        return RedirectResponse(to, status_code=303)


Handler = Callable[[Visit], Awaitable[Response]]


def signed_in(web: Web, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Put the gate before a handler."""

    async def serve(request: Request) -> Response:
        found = web.session_of(request)
        if found is None:
            return _to_sign_in(request)
        session, account = found
        fields: Mapping[str, str] = {}
        if request.method == "POST":
            try:
                fields = await read_form(request)
            except TooLarge:
                return failure(web, request, 413)
            if not is_same(fields.get("csrf", ""), session.csrf):
                return failure(web, request, 403)
        return await handler(Visit(web, request, session, account, fields))

    return serve


def failure(web: Web, request: Request, status: int) -> Response:
    """Return a page that says why not: 403, 404, 405, 413 or 429."""
    words = web.words_for(request)
    return web.renderer.page(
        "failure.html", code=status, text=words[f"failure_{status}"], **web.common(request, words)
    )


def is_same(given: str, token: str) -> bool:
    """Compare two secrets in the same time whatever they are."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())


def _to_sign_in(request: Request) -> Response:
    if PART in request.headers:  # the script loads the page anew, which leads to the sign-in
        return Response(status_code=401)
    path = request.url.path if request.method == "GET" else "/"
    return RedirectResponse(f"/sign-in?to={quote(path)}" if path != "/" else "/sign-in", status_code=303)
