"""Signing in with Windows' own account, where Microsoft's broker can be used.

Windows' account manager (WAM) knows who works at this computer, with their second factor and the state of
the device. MSAL speaks with it, where `pymsalruntime` is installed beside it (`msal[broker]`, contract 7.2);
where it is not, nothing of this is loaded. All we want is an ID token for the hub's app: the hub looks at it
and lets us in, or not. No other token is kept, and nothing is asked of Microsoft over the network from here:
MSAL's only question, for addresses that the broker does not use, is answered at once.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import json
import logging
import re
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

from reception.errors import SignInRefused
from reception.wire import Broker

_log = logging.getLogger(__name__)

_SCOPES: Final = ["email"]
"""Beside those that the runtime asks for by itself: openid, profile, offline_access."""
_CANCELLED: Final = "Status_UserCanceled"
_STATUS: Final = re.compile(r"Status: \S*?(\w+), Error code: (-?\w+)")
"""In MSAL 1.39's description of a broker's error; what stands before it may name people."""


def find_broker() -> WindowsBroker | None:
    """Return the broker of this computer, None where there is none; nothing is loaded yet."""
    is_windows = sys.platform == "win32"
    if not is_windows:
        return None
    from importlib.util import find_spec

    try:
        is_there = all(find_spec(name) is not None for name in ("pymsalruntime", "msal"))
    except ValueError:  # something of that name without a place of its own
        return None
    return WindowsBroker() if is_there else None


class WindowsBroker:
    """Asks Windows who sits here. `window` is the handle of the window that its own stands in front of."""

    async def ask(self, wanted: Broker, window: int, *, chooses: bool) -> str:
        """Return an ID token; empty when the broker cannot be used, or gives none.

        With `chooses` the account is chosen there, else the one of Windows is taken. Raises SignInRefused
        when somebody has closed it. It may be cancelled: what its window says then, nobody hears.
        """
        return await _in_own_thread(lambda: self._ask(wanted, window, chooses=chooses))

    def _ask(self, wanted: Broker, window: int, *, chooses: bool) -> str:
        try:
            import msal  # type: ignore[import-untyped]  # it ships no types
            import msal.broker  # type: ignore[import-untyped]  # what cannot begin fails here

            app = msal.PublicClientApplication(
                wanted.app,
                authority=wanted.authority,
                enable_broker_on_windows=True,
                http_client=_NoNetwork(wanted.authority),
            )
            result = app.acquire_token_interactive(
                _SCOPES,
                prompt="select_account" if chooses else None,
                parent_window_handle=window,
                on_before_launching_ui=_only_broker,
                data={"nonce": wanted.nonce},
            )
        except (ImportError, RuntimeError, ValueError, OSError, LookupError, AssertionError) as error:
            # no broker on this Windows, another authority, or an app that is not registered for it
            _log.info("Windows' own sign-in cannot be used: %s: %s", type(error).__name__, error)
            return ""
        return _token_in(result)


def _token_in(result: dict[str, Any]) -> str:
    if "error" not in result:
        return str(result.get("id_token") or "")
    found = _STATUS.search(str(result.get("error_description")))
    status, code = found.groups() if found is not None else (result["error"], "")
    if status == _CANCELLED:
        raise SignInRefused("sign_in_declined")
    _log.info("Windows' own sign-in gives nothing: %s %s", status, code)
    return ""


def _only_broker(ui: str = "", **_: object) -> None:
    """Hear what MSAL is about to open; the browser's way is the hub's own (`reception.console.sign_in`)."""
    if ui != "broker":
        raise RuntimeError(f"MSAL wants to open the {ui}")


class _Answer:
    """An answer as MSAL reads it."""

    def __init__(self, status: int, text: str) -> None:
        self.status_code = status
        self.text = text
        self.headers: dict[str, str] = {}

    def raise_for_status(self) -> None:
        """Raise what an error is. It is none that would pass."""
        raise RuntimeError(f"answered {self.status_code}")


class _NoNetwork:
    """MSAL's HTTP client: tells where an authority's addresses are, as they always are, and nothing else."""

    def __init__(self, authority: str) -> None:
        self._authority = authority.rstrip("/")

    def get(self, url: str, **_: object) -> _Answer:
        """Answer a question for addresses."""
        if url != f"{self._authority}/v2.0/.well-known/openid-configuration":
            return _Answer(404, "{}")
        base = f"{self._authority}/oauth2/v2.0"
        places = {
            "issuer": f"{self._authority}/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
        }
        return _Answer(200, json.dumps(places))

    def post(self, _url: str, **_: object) -> _Answer:
        """Answer anything else."""
        return _Answer(404, "{}")

    def close(self) -> None:
        """Nothing is open."""


async def _in_own_thread(work: Callable[[], str]) -> str:
    """Do it in a thread that holds up nobody's leaving, however long a window stays open."""
    done: concurrent.futures.Future[str] = concurrent.futures.Future()

    def run() -> None:
        if not done.set_running_or_notify_cancel():
            return
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            done.set_exception(error)

    threading.Thread(target=run, name="sign-in of Windows", daemon=True).start()
    return await asyncio.wrap_future(done)
