"""Tokens of somebody who has signed in, for what Microsoft lets no app do by itself: chats, presence pushed.

The sign-in goes by a code that is typed in at Microsoft's page, on whatever device, so the hub needs no
window and never sees the password. What MSAL needs to renew the token lies in the data folder, encrypted
where the system has a way to (Windows, macOS), else readable by the hub's user only.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import httpx
import msal  # type: ignore[import-untyped]  # it ships no types
import msal_extensions  # type: ignore[import-untyped]  # nor this

from reception.errors import AuthNeeded, ServiceError
from reception.model.microsoft import AUTHORITY, MicrosoftAccount
from services.graph.settings import PresenceSettings, tls_of, wrong
from services.graph.tokens import TIMEOUT, MsalHttp, Refusal, fault_in, msal_trouble
from services.graph.trouble import network_trouble

CHAT_SCOPES: Final = ("Chat.Create", "ChatMessage.Send", "User.Read")
PRESENCE_SCOPES: Final = ("Presence.Read.All",)


class Code(NamedTuple):
    """What is typed in, and where; good until `expires_at` (UTC seconds)."""

    code: str
    address: str
    expires_at: float


class UserTokens:
    """The tokens of one user; implements `Tokens`. `name` is what their file is called."""

    def __init__(
        self,
        account: MicrosoftAccount,
        scopes: tuple[str, ...],
        *,
        folder: Path,
        name: str,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._account = account
        root = urlsplit(account.graph)
        self._scopes = [f"{root.scheme}://{root.netloc}/{scope}" for scope in scopes]
        self._file = folder / f"microsoft-{name}.bin"
        tls = tls_of(account) if transport is None else True
        self._http = MsalHttp(timeout=TIMEOUT, verify=tls, follow_redirects=True, transport=transport)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"microsoft sign-in {name}")
        self._one_flight = asyncio.Lock()
        self._app: msal.PublicClientApplication | None = None
        self._latest = ""
        self._refusal = Refusal()

    async def token(self) -> str:
        """Return a token. Raises AuthNeeded when somebody must sign in (again), or Unavailable."""
        async with self._one_flight:
            refusal = self._refusal
            self._latest = str(await self._in_thread(lambda: self._acquire(refusal)))
            if self._refusal is refusal:  # else this may be the very one that was refused meanwhile
                self._refusal = Refusal()
            return self._latest

    def refused(self, token: str, claims: str = "") -> None:
        """Do not give this one again."""
        refusal = Refusal(token, claims)
        if token == self._latest and refusal != self._refusal:
            self._refusal = refusal

    async def sign_in(self, show: Callable[[Code], object]) -> str:
        """Let somebody sign in: `show` hears what they must type in; returns who it was (UPN).

        Raises AuthNeeded when they do not, or may not; Unavailable.
        """
        async with self._one_flight:
            flow = await self._in_thread(self._begin)
            show(Code(flow["user_code"], flow["verification_uri"], float(flow["expires_at"])))
            try:
                return str(await self._in_thread(lambda: self._finish(flow)))
            except asyncio.CancelledError:
                flow["expires_at"] = 0  # MSAL looks at this between two questions (contract 7.2)
                raise

    async def close(self) -> None:
        """Let go of the network."""
        await asyncio.get_running_loop().run_in_executor(self._executor, self._http.close)
        self._executor.shutdown(wait=False)

    # ------------------------------------------------------------- in the thread

    async def _in_thread(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def _acquire(self, refusal: Refusal) -> str:
        def ask(app: msal.PublicClientApplication) -> Any:
            account = next(iter(app.get_accounts()), None)
            if account is None:
                return None
            return app.acquire_token_silent_with_error(
                self._scopes,
                account=account,
                force_refresh=bool(refusal.token and not refusal.claims),
                claims_challenge=refusal.claims or None,
            )

        return str(self._checked(ask)["access_token"])

    def _begin(self) -> Any:
        return self._checked(lambda app: app.initiate_device_flow(self._scopes), wanted="user_code")

    def _finish(self, flow: Any) -> str:
        result = self._checked(lambda app: app.acquire_token_by_device_flow(flow))
        return str(result.get("id_token_claims", {}).get("preferred_username", ""))

    def _checked(self, ask: Callable[[Any], Any], *, wanted: str = "access_token") -> dict[str, Any]:
        try:
            app = self._app = self._app or self._new_app()
            result = ask(app)
        except httpx.TransportError as error:
            self._app = None
            raise network_trouble(error, urlsplit(self._account.authority).netloc) from error
        except (ValueError, msal.exceptions.MsalError) as error:
            self._app = None
            raise msal_trouble(error, self._account) from error
        if result is None:
            raise AuthNeeded("microsoft_user_sign_in", app=self._account.client_id)
        if wanted not in result:
            self._app = None
            raise self._fault(result)
        return dict(result)

    def _fault(self, result: dict[str, Any]) -> ServiceError:
        if result.get("error") in ("interaction_required", "invalid_grant", "expired_token"):
            return AuthNeeded("microsoft_user_sign_in", app=self._account.client_id)
        return fault_in(result, self._account)

    def _new_app(self) -> msal.PublicClientApplication:
        account = self._account
        is_microsofts = account.authority.rstrip("/") == AUTHORITY
        return msal.PublicClientApplication(
            account.client_id,
            authority=f"{account.authority.rstrip('/')}/{account.tenant}",
            instance_discovery=None if is_microsofts else False,
            validate_authority=is_microsofts,
            http_client=self._http,
            client_capabilities=["CP1"],
            token_cache=msal_extensions.PersistedTokenCache(persistence_of(self._file)),
        )


def presence_tokens(settings: PresenceSettings, transport: httpx.BaseTransport | None = None) -> UserTokens:
    """Return the tokens of the user for whom presence is told as it changes."""
    return UserTokens(
        settings.microsoft,
        PRESENCE_SCOPES,
        folder=Path(settings.folder),
        name=settings.notify_user,
        transport=transport,
    )


async def sign_in_for_presence(
    settings: PresenceSettings, tell: Callable[[str], object], transport: httpx.BaseTransport | None = None
) -> str:
    """Let that user sign in; `tell` gets the line with the code. Returns who it was. Raises ServiceError."""
    if not settings.notify_user:
        raise wrong("notify_user", "names the user who is to sign in")
    tokens = presence_tokens(settings, transport)
    try:
        return await tokens.sign_in(lambda code: tell(f"Open {code.address} and type in {code.code}."))
    finally:
        await tokens.close()


def persistence_of(file: Path) -> Any:
    """Return MSAL's way to keep a text in a file that nobody else can read, encrypted where that can be."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform in ("win32", "darwin"):
        return msal_extensions.build_encrypted_persistence(str(file))
    return msal_extensions.FilePersistence(str(file))
