"""Requests to Microsoft Graph: signed in, within the budgets, repeated where that is harmless.

What passes (429, 5xx, a broken line) is tried again after Retry-After, or after a while that doubles and is
different each time, as long as the patience of the request lasts. A request that would do something twice is
sent again only when it surely was not carried out: refused by its token, or throttled.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import msgspec

from reception.errors import ProtocolError, ServiceError, Unavailable
from reception.model.microsoft import MicrosoftAccount
from services.graph.answers import LONGEST_WAIT_S, PASSING, Answer, Request, Throttled, fault_of
from services.graph.budgets import Budget, Budgets
from services.graph.settings import tls_of
from services.graph.tokens import AppTokens, Tokens, roles_in
from services.graph.trouble import network_trouble

_log = logging.getLogger(__name__)
# They note every request, with the addresses of people.
for _noisy in ("httpx", "httpcore", "hpack"):
    logging.getLogger(_noisy).setLevel(logging.WARNING)

TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0, pool=None)
PATIENCE_S: Final = 20.0
"""How long a request waits in all before it gives up; whoever asks then tells that there is no answer."""
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 10.0
_NEW_RIGHTS_S: Final = 60.0
"""A token has the rights of when it was made: after a refusal a new one is asked for, not more often."""


class GraphClient:
    """One app in one tenant. `clock` gives UTC seconds. Close it with `close`."""

    def __init__(
        self,
        account: MicrosoftAccount,
        *,
        tokens: Tokens | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        budgets: Budgets | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.account = account
        self.budgets = budgets or Budgets(time.monotonic)
        self._own_tokens = AppTokens(account) if tokens is None else None
        self._tokens: Tokens = tokens or self._own_tokens  # type: ignore[assignment]  # one of them is there
        self._clock = clock
        self._root = account.graph.rstrip("/")
        self._address = urlsplit(self._root).netloc
        self._http = httpx.AsyncClient(
            http2=True,
            timeout=TIMEOUT,
            verify=tls_of(account) if transport is None else True,
            transport=transport,
            headers={"Accept": "application/json"},
        )
        self._renewed_at = float("-inf")
        self._token = ""
        self.skew_s: float | None = None

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()
        if self._own_tokens is not None:
            await self._own_tokens.close()

    # ------------------------------------------------------------- asking

    async def ask(self, request: Request, *, patience_s: float = PATIENCE_S) -> Answer:
        """Send a request and return an answer that is well, or expected.

        Raises:
            Unavailable: it does not answer, is not well, or wants to be left alone for longer than that.
            AuthNeeded, ConfigError: the app is not let in, or may not do this.
            ProtocolError: the request or the answer has no sense to the other side.
        """
        budget = self.budgets.of(request.scope)
        deadline = self._clock() + patience_s
        pauses = _pauses()
        has_renewed = False
        while True:
            self._check_patience(budget, deadline)
            try:
                answer, token = await self._send(request, budget)
            except httpx.RequestError as error:
                trouble, pause = network_trouble(error, self._address), next(pauses)
                never_sent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                may_repeat = isinstance(trouble, Unavailable) and (request.is_repeatable or never_sent)
                if not may_repeat or self._clock() + pause > deadline:
                    raise trouble from error
                await asyncio.sleep(pause)
                continue
            if answer.is_well or answer.status in request.expected:
                return answer
            if answer.status == 401 and not has_renewed:
                has_renewed = True
                self._tokens.refused(token, answer.claims)
                continue
            pause = self._pause_after(answer, budget, next(pauses))
            may_repeat = request.is_repeatable or answer.status == 429
            if answer.status in PASSING and may_repeat and self._clock() + pause <= deadline:
                await asyncio.sleep(pause)
                continue
            raise self.fault(answer, request, token=token, wait_s=pause)

    def fault(
        self, answer: Answer, request: Request, *, token: str = "", wait_s: float = 0.0
    ) -> ServiceError:
        """Return what to raise for an answer that is neither well nor expected."""
        if answer.status == 403:
            self._want_new_rights(token or self._token, request.permission)
        fault = fault_of(answer, request, self.account, wait_s=wait_s)
        _log.debug(
            "%s %s: HTTP %s %s, request-id %s",
            request.method,
            request.scope.kind.value,
            answer.status,
            answer.code,
            answer.request_id,
        )
        return fault

    async def pages(self, request: Request) -> AsyncIterator[dict[str, Any]]:
        """Yield the pages of a list, each whole, following its links. Raises ServiceError."""
        seen = set()
        while True:
            page = (await self.ask(request)).json(request.path)
            yield page
            link = page.get("@odata.nextLink")
            if not link:
                return
            if link in seen:
                raise ProtocolError("graph_malformed", what="@odata.nextLink")
            seen.add(link)
            request = request._replace(path=self.own_link(link))

    def own_link(self, link: object) -> str:
        """Return a link that Graph gave, to be followed as it is. Raises ProtocolError for others."""
        if not isinstance(link, str) or not _is_below(link, self._root):
            raise ProtocolError("graph_malformed", what="@odata.nextLink")
        return link

    async def has_right(self, permission: str) -> bool | None:
        """Return whether the app has a permission, None when nobody can tell. Raises ServiceError."""
        roles = roles_in(await self._tokens.token())
        return None if roles is None else permission in roles

    def now(self) -> float:
        """Return the time (UTC seconds)."""
        return self._clock()

    def relative(self, link: str) -> str:
        """Return a link of Graph's as `$batch` wants it."""
        return link.removeprefix(self._root)

    # ------------------------------------------------------------- sending

    async def _send(self, request: Request, budget: Budget) -> tuple[Answer, str]:
        async with budget.turn():
            token = self._token = await self._tokens.token()
            content = None if request.body is None else msgspec.json.encode(request.body)
            kind = {} if content is None else {"Content-Type": "application/json"}
            reply = await self._http.request(
                request.method,
                self._root + request.path if request.path.startswith("/") else request.path,
                content=content,
                headers={
                    **kind,
                    **request.headers,
                    "Authorization": f"Bearer {token}",
                    "client-request-id": str(uuid.uuid4()),
                },
            )
        headers = {name.lower(): value for name, value in reply.headers.items()}
        answer = Answer(reply.status_code, headers, reply.content)
        self.skew_s = answer.skew_s(self._clock())
        return answer, token

    def _check_patience(self, budget: Budget, deadline: float) -> None:
        if budget.closed_s > max(deadline - self._clock(), 0.0):
            raise Throttled(budget.closed_s)

    def _pause_after(self, answer: Answer, budget: Budget, pause: float) -> float:
        """Return the seconds to wait after an answer; what is throttled is closed for all who ask."""
        if answer.status not in PASSING:
            return 0.0
        said = answer.wait_s(self._clock())
        pause = pause if said is None else min(said, LONGEST_WAIT_S)
        if answer.status == 429 or said is not None:
            budget.close_for(pause)
        return pause

    def _want_new_rights(self, token: str, permission: str) -> None:
        """Take a new token after a refusal, unless this one has the right: it is the mailbox that refuses."""
        now = self._clock()
        if not token or permission in (roles_in(token) or ()):
            return
        if now - self._renewed_at >= _NEW_RIGHTS_S:
            self._renewed_at = now
            self._tokens.refused(token)


def _pauses() -> Iterator[float]:
    """Yield pauses that double, each by chance up to half longer, so that not all come back at once."""
    pause = FIRST_PAUSE_S
    while True:
        yield pause * random.uniform(1.0, 1.5)
        pause = min(pause * 2, LONGEST_PAUSE_S)


def _is_below(link: str, root: str) -> bool:
    given, own = urlsplit(link), urlsplit(root)
    is_same_server = (given.scheme, given.netloc.lower()) == (own.scheme, own.netloc.lower())
    return is_same_server and given.path.startswith(own.path)
