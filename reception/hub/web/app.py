"""The page as one ASGI application."""

from __future__ import annotations

import logging

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from reception.errors import CommandRefused, ServiceError
from reception.hub.identity_desk import IdentityDesk
from reception.hub.pairings import Pairings
from reception.hub.web.board import BoardPages
from reception.hub.web.editing import EditingPages
from reception.hub.web.guard import Guard
from reception.hub.web.identity_pages import IdentityPages
from reception.hub.web.own import OwnPages
from reception.hub.web.profile_pages import ProfilePages
from reception.hub.web.settings_pages import SettingsPages
from reception.hub.web.signing import Signing
from reception.hub.web.visit import Web, failure

_log = logging.getLogger(__name__)

_TOLD = (403, 404, 405, 413, 429)


def make_app(
    web: Web, key: bytes, *, desk: IdentityDesk | None = None, pairings: Pairings | None = None
) -> ASGIApp:
    """Return the application; `key` signs what is not kept. `desk` lets in who has signed in elsewhere."""
    signing = Signing(web, key)
    elsewhere = IdentityPages(web, signing, desk, pairings).routes() if desk and pairings else []

    async def on_refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return failure(web, request, status if status in _TOLD else 404)

    async def on_unseen(request: Request, error: Exception) -> Response:
        return failure(web, request, 404)  # somebody who is not to be known of

    async def on_service(request: Request, error: Exception) -> Response:
        _log.info("the web page could not do what was asked: %s", error)
        return failure(web, request, 503)

    async def on_fault(request: Request, error: Exception) -> Response:
        return failure(web, request, 500)  # the listener logs it with its traceback

    app = Starlette(
        routes=[
            Route("/static/{name}", web.assets.serve, methods=["GET"]),
            *signing.routes(),
            *elsewhere,
            *OwnPages(web).routes(),
            *EditingPages(web).routes(),
            *BoardPages(web).routes(),
            *ProfilePages(web).routes(),
            *SettingsPages(web).routes(),
        ],
        exception_handlers={
            CommandRefused: on_unseen,
            HTTPException: on_refused,
            ServiceError: on_service,
            Exception: on_fault,
        },
    )
    return Guard(app, is_secure=web.settings.is_secure)
