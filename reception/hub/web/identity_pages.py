"""Signing in with an account elsewhere: to the page, and for a receptionist's console that waits for it."""

from __future__ import annotations

import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from reception.errors import ServiceError, SignInRefused, Unavailable, UserFacingError
from reception.hub.flows import LIFE_S, Flow
from reception.hub.identity_desk import BACK, BEGIN, IdentityDesk
from reception.hub.pairings import Pairing, Pairings
from reception.hub.web.guard import POLICY
from reception.hub.web.signing import Signing, inside
from reception.hub.web.visit import Visit, Web, signed_in
from reception.model.changes import Message
from reception.model.stored import Account

_log = logging.getLogger(__name__)

_NO_CONSOLE: Final = "console_gone"


class IdentityPages:
    """The way to the provider and back. `pairings` are the consoles that wait."""

    def __init__(self, web: Web, signing: Signing, desk: IdentityDesk, pairings: Pairings) -> None:
        self._web = web
        self._signing = signing
        self._desk = desk
        self._pairings = pairings
        # with TLS one that other hosts cannot set (RFC 6265bis)
        self._cookie = "__Host-signing" if web.settings.is_secure else "signing"

    def routes(self) -> list[BaseRoute]:
        """Return the addresses served here."""
        web = self._web
        return [
            Route(BEGIN, self.begin, methods=["GET"]),
            Route(BACK, self.come_back, methods=["GET"]),
            Route("/console/done", self.done, methods=["GET"]),
            Route("/console/{pairing}", self.begin_for_console, methods=["GET"]),
            Route("/console/{pairing}/let-in", signed_in(web, self.ask), methods=["GET"]),
            Route("/console/{pairing}/let-in", signed_in(web, self.let_in), methods=["POST"]),
        ]

    # -------------------------------------------------------------- there and back

    async def begin(self, request: Request) -> Response:
        """Send the browser to the provider."""
        return await self._begin(request, to=inside(request.query_params.get("to", "")))

    async def begin_for_console(self, request: Request) -> Response:
        """Do the same for a console that waits."""
        pairing = self._pairings.find(request.path_params["pairing"])
        if pairing is None:
            return self._said(request, _NO_CONSOLE, code=410)
        return await self._begin(request, pairing=pairing.id)

    async def come_back(self, request: Request) -> Response:
        """Let in whoever the provider vouches for."""
        if (too_many := self._signing.held_up(request)) is not None:
            return too_many
        asked = request.query_params
        try:
            flow = self._desk.take(asked.get("state", ""), request.cookies.get(self._cookie, ""))
        except SignInRefused as refusal:
            if self._web.session_of(request) is not None:  # the address was opened again, from the history
                return RedirectResponse("/", status_code=303)
            return self._refused(request, refusal)
        try:
            account = await self._desk.finish(flow, code=asked.get("code", ""), error=asked.get("error", ""))
            response = self._let_on(flow, account)
        except (SignInRefused, ServiceError) as refusal:
            self._tell_console(flow, refusal.message)
            response = self._refused(request, refusal)
        is_secure = self._web.settings.is_secure
        response.delete_cookie(self._cookie, secure=is_secure, httponly=True, samesite="lax")
        return response

    async def _begin(self, request: Request, *, to: str = "", pairing: str = "") -> Response:
        if (too_many := self._signing.held_up(request)) is not None:
            return too_many
        try:
            where, browser = await self._desk.begin(to=to, pairing=pairing)
        except ServiceError as error:
            return self._refused(request, error)
        response = RedirectResponse(where, status_code=303)
        is_secure = self._web.settings.is_secure
        response.set_cookie(
            self._cookie, browser, max_age=int(LIFE_S), secure=is_secure, httponly=True, samesite="lax"
        )
        return response

    def _let_on(self, flow: Flow, account: Account) -> Response:
        """Begin the session. Raises SignInRefused when a console waits for somebody else."""
        if not flow.pairing:
            return self._signing.begin(account, flow.to)
        pairing = self._pairings.find(flow.pairing)
        if pairing is None:
            raise SignInRefused("sign_in_expired")
        self._pairings.arrive(pairing, account.person, self._desk.name_of(account))
        return self._signing.begin(account, f"/console/{pairing.id}/let-in")

    def _refused(self, request: Request, refusal: UserFacingError | ServiceError) -> Response:
        """Show the sign-in with the reason, and count the failure: a whole house may not try for ever."""
        if isinstance(refusal, SignInRefused):
            self._signing.note_failure(request)
            return self._signing.form_with(request, refusal.message, code=401)
        _log.warning("nobody can sign in elsewhere: %s", refusal)
        is_away = isinstance(refusal, Unavailable)
        message = Message(key="sign_in_provider_away" if is_away else "sign_in_provider_broken")
        return self._signing.form_with(request, message, code=503)

    # -------------------------------------------------------------- consoles

    async def ask(self, visit: Visit) -> Response:
        """Have the receptionist compare the code before a console is let in."""
        pairing = self._mine(visit)
        if pairing is None:
            return self._said(visit.request, _NO_CONSOLE, code=410)
        response = visit.page("console.html", code_shown=pairing.code, attendant=pairing.attendant)
        # the answer leads to the console, and browsers hold that against the page's form (CSP 3, form-action)
        response.headers["content-security-policy"] = POLICY.replace(
            "form-action 'self'", f"form-action 'self' {pairing.address}"
        )
        return response

    async def let_in(self, visit: Visit) -> Response:
        """Send the browser to the console with the ticket, if the receptionist says so."""
        pairing = self._mine(visit)
        if pairing is None:
            return self._said(visit.request, _NO_CONSOLE, code=410)
        if visit.fields.get("answer") != "yes":
            self._pairings.refuse(pairing, Message(key="sign_in_declined"))
            return self._said(visit.request, "console_not_let_in")
        return RedirectResponse(self._pairings.confirm(pairing), status_code=303)

    async def done(self, request: Request) -> Response:
        """Say that the browser can be closed; the console leads here."""
        return self._said(request, "console_done")

    def _mine(self, visit: Visit) -> Pairing | None:
        pairing = self._pairings.find(visit.request.path_params["pairing"])
        return pairing if pairing is not None and pairing.person == visit.me else None

    def _tell_console(self, flow: Flow, message: Message) -> None:
        pairing = self._pairings.find(flow.pairing)
        if pairing is not None:
            self._pairings.refuse(pairing, message)

    def _said(self, request: Request, key: str, *, code: int = 200) -> Response:
        words = self._web.words_for(request)
        common = self._web.common(request, words)
        return self._web.renderer.page("said.html", code=code, text=words[key], **common)
