"""Signing in and out, invitations, and one's own password and language."""

from __future__ import annotations

import hashlib
import hmac
import logging
import math
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from reception.hub.secrets import new_token
from reception.hub.web.forms import TooLarge, read_form
from reception.hub.web.limits import Limit
from reception.hub.web.passwords import SHORTEST_PASSWORD, fault_of
from reception.hub.web.visit import LANGUAGE_COOKIE, Visit, Web, failure, is_same, signed_in
from reception.hub.web.words import LANGUAGES
from reception.model.changes import Message
from reception.model.stored import Account

_log = logging.getLogger(__name__)

_VISITOR: Final = "visitor"
"""The cookie of somebody who is not signed in: what their form carries is made of it."""
ACCOUNT_FAILURES: Final = 5
ADDRESS_FAILURES: Final = 30
WINDOW_S: Final = 300.0
_A_YEAR_S: Final = 31_536_000


class Signing:
    """The pages before the sign-in, and the one about the account."""

    def __init__(self, web: Web, key: bytes) -> None:
        self._web = web
        self._key = key
        self._by_account = Limit(failures=ACCOUNT_FAILURES, window_s=WINDOW_S)
        self._by_address = Limit(failures=ADDRESS_FAILURES, window_s=WINDOW_S)

    def routes(self) -> list[BaseRoute]:
        """Return the addresses served here."""
        web = self._web
        return [
            Route("/sign-in", self.sign_in_form, methods=["GET"]),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", signed_in(web, self.sign_out), methods=["POST"]),
            Route("/invitation/{token}", self.invitation_form, methods=["GET"]),
            Route("/invitation/{token}", self.accept, methods=["POST"]),
            Route("/language/{language}", self.choose_language, methods=["GET"]),
            Route("/account", signed_in(web, self.account), methods=["GET"]),
            Route("/account/language", signed_in(web, self.set_language), methods=["POST"]),
            Route("/account/password", signed_in(web, self.set_password), methods=["POST"]),
        ]

    # -------------------------------------------------------------- sign in

    async def sign_in_form(self, request: Request) -> Response:
        """Show the form, or the page itself to somebody who is signed in."""
        if self._web.session_of(request) is not None:
            return RedirectResponse("/", status_code=303)
        return self._form(request, "sign_in.html", to=inside(request.query_params.get("to", "")))

    async def sign_in(self, request: Request) -> Response:
        """Open a session for the right name and password."""
        fields = await self._fields(request)
        if isinstance(fields, Response):
            return fields
        if not self._web.settings.has_passwords:
            return failure(self._web, request, 403)
        user, to = fields.get("user", "").casefold(), inside(fields.get("to", ""))
        address, now = _address_of(request), self._web.now()
        wait_s = max(self._by_account.wait_s(user, now), self._by_address.wait_s(address, now))
        if wait_s > 0:
            return self._wait(request, wait_s, user=user, to=to)
        # counted before the password is looked at: many tries at once are many tries
        self._by_account.note_failure(user, now)
        self._by_address.note_failure(address, now)
        account = await self._web.passwords.sign_in(user, fields.get("password", ""))
        if account is None:
            _log.info("a sign-in to the web page failed")
            fault = self._web.words_for(request)["sign_in_wrong"]
            return self._form(request, "sign_in.html", code=401, user=user, fault=fault, to=to)
        self._by_account.forget(user)
        self._by_address.take_back(address)  # a whole house may have one address
        return self.begin(account, to)

    # -------------------------------------------------------------- sign in elsewhere

    def held_up(self, request: Request) -> Response | None:
        """Return what an address gets to see that has failed too often; None for all others."""
        wait_s = self._by_address.wait_s(_address_of(request), self._web.now())
        return self._wait(request, wait_s) if wait_s > 0 else None

    def note_failure(self, request: Request) -> None:
        """Count a failure against the address it came from."""
        self._by_address.note_failure(_address_of(request), self._web.now())

    def form_with(self, request: Request, message: Message, *, code: int) -> Response:
        """Show the form with the reason why nobody was let in."""
        fault = self._web.words_for(request).text(message.key, **message.params)
        return self._form(request, "sign_in.html", code=code, fault=fault)

    def _wait(self, request: Request, wait_s: float, **values: str) -> Response:
        fault = self._web.words_for(request).text("sign_in_wait", minutes=str(math.ceil(wait_s / 60)))
        response = self._form(request, "sign_in.html", code=429, fault=fault, **values)
        response.headers["retry-after"] = str(math.ceil(wait_s))
        return response

    async def sign_out(self, visit: Visit) -> Response:
        """End the session."""
        self._web.sessions.end(visit.session)
        response = RedirectResponse("/sign-in", status_code=303)
        response.delete_cookie(
            self._web.settings.cookie, secure=self._web.settings.is_secure, httponly=True, samesite="lax"
        )
        response.headers["clear-site-data"] = '"cache"'
        return response

    def begin(self, account: Account, to: str) -> Response:
        """Let somebody in, always with a new session: one that was in the browser before is worth nothing."""
        settings = self._web.settings
        token, _ = self._web.sessions.begin(account.user, account.person, self._web.now())
        response = RedirectResponse(to or "/", status_code=303)
        response.set_cookie(
            settings.cookie,
            token,
            max_age=int(settings.longest_s),
            secure=settings.is_secure,
            httponly=True,
            samesite="lax",
        )
        return response

    # -------------------------------------------------------------- invitations

    async def invitation_form(self, request: Request) -> Response:
        """Let somebody choose their own password."""
        account = self._invited(request)
        if account is None:
            return failure(self._web, request, 410)
        return self._form(request, "invitation.html", user=account.user)

    async def accept(self, request: Request) -> Response:
        """Take the password; the invitation is used up."""
        fields = await self._fields(request)
        if isinstance(fields, Response):
            return fields
        account = self._invited(request)
        if account is None:
            return failure(self._web, request, 410)
        if fault := _new_password_fault(fields, account.user):
            words = self._web.words_for(request)
            text = words.text(fault, least=SHORTEST_PASSWORD)
            return self._form(request, "invitation.html", code=422, user=account.user, fault=text)
        await self._web.passwords.set_password(account.user, fields["password"])
        self._web.sessions.end_all_of(account.user)
        return self.begin(account, "/")

    def _invited(self, request: Request) -> Account | None:
        if not self._web.settings.has_passwords:
            return None
        return self._web.passwords.invited(request.path_params["token"], self._web.now())

    # -------------------------------------------------------------- account

    async def account(self, visit: Visit) -> Response:
        """Show one's own account."""
        return visit.page("account.html", fault="", least=SHORTEST_PASSWORD)

    async def set_password(self, visit: Visit) -> Response:
        """Change the password; other browsers are signed out."""
        user, now = visit.account.user, visit.now
        if not self._web.settings.has_passwords:
            return failure(self._web, visit.request, 403)
        if self._by_account.wait_s(user, now) > 0:
            return failure(self._web, visit.request, 429)
        fault = _new_password_fault(visit.fields, user)
        if not fault and await self._web.passwords.sign_in(user, visit.fields.get("old", "")) is None:
            self._by_account.note_failure(user, now)
            fault = "password_old_wrong"
        if fault:
            text = visit.words.text(fault, least=SHORTEST_PASSWORD)
            return visit.page("account.html", code=422, fault=text, least=SHORTEST_PASSWORD)
        await self._web.passwords.set_password(user, visit.fields["password"])
        self._web.sessions.end_all_of(user, but=visit.session.id)
        return visit.done("done_password", to="/account")

    async def set_language(self, visit: Visit) -> Response:
        """Remember the language with the account."""
        language = visit.fields.get("language", "")
        if language in LANGUAGES:
            await self._web.passwords.set_language(visit.account.user, language)
        return RedirectResponse("/account", status_code=303)

    async def choose_language(self, request: Request) -> Response:
        """Remember the language in the browser, for whoever is not signed in yet."""
        response = RedirectResponse("/sign-in", status_code=303)
        if (language := request.path_params["language"]) in LANGUAGES:
            is_secure = self._web.settings.is_secure
            response.set_cookie(
                LANGUAGE_COOKIE, language, max_age=_A_YEAR_S, secure=is_secure, httponly=True, samesite="lax"
            )
        return response

    # -------------------------------------------------------------- forms of strangers

    def _form(self, request: Request, template: str, *, code: int = 200, **values: Any) -> Response:
        """Return a form for somebody who is not signed in, with a token made of a cookie of its own."""
        visitor = request.cookies.get(_VISITOR) or new_token()
        words = self._web.words_for(request)
        shown: dict[str, Any] = {"user": "", "fault": "", "to": "", "least": SHORTEST_PASSWORD} | values
        settings = self._web.settings
        shown |= {"elsewhere": settings.sign_in_at, "has_passwords": settings.has_passwords}
        common = self._web.common(request, words) | {"csrf": self._token(visitor)}
        response = self._web.renderer.page(template, code=code, **common, **shown)
        response.set_cookie(
            _VISITOR, visitor, secure=self._web.settings.is_secure, httponly=True, samesite="lax"
        )
        return response

    async def _fields(self, request: Request) -> dict[str, str] | Response:
        try:
            fields = await read_form(request)
        except TooLarge:
            return failure(self._web, request, 413)
        visitor = request.cookies.get(_VISITOR, "")
        if not visitor or not is_same(fields.get("csrf", ""), self._token(visitor)):
            return failure(self._web, request, 403)
        return fields

    def _token(self, visitor: str) -> str:
        return hmac.new(self._key, b"visitor " + visitor.encode(), hashlib.sha256).hexdigest()


def _new_password_fault(fields: dict[str, str] | Any, user: str) -> str:
    password = fields.get("password", "")
    if password != fields.get("again", ""):
        return "password_differs"
    return fault_of(password, user)


def _address_of(request: Request) -> str:
    return request.client.host if request.client is not None else ""


def inside(to: str) -> str:
    """Return where to go after the sign-in, if that is a page of ours."""
    is_path = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if is_path else ""
