"""Where the receptionist's token for the team's hub is kept when no file with it is given.

On Windows in its Credential Manager (`reception.console.tokens_windows`), which is the user's own and
encrypted; elsewhere in a file that only the user can read, as a token that is given is. The library keyring
would bring the secret services of other desktops along, and nine packages of its own, for three calls.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reception.runtime import write_private

if TYPE_CHECKING:
    from reception.console.sign_in import Offer

_log = logging.getLogger(__name__)


class TokenStore(Protocol):
    """Tokens by the addresses of hubs."""

    def read(self, hub: str) -> str:
        """Return the token, empty when there is none. Raises OSError."""

    def write(self, hub: str, token: str) -> None:
        """Keep it in place of the one before. Raises OSError."""

    def forget(self, hub: str) -> None:
        """Keep it no longer, if there is one. Raises OSError."""


class TokenFiles:
    """Tokens in files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, hub: str) -> str:
        """Return the token, empty when there is none. Raises OSError."""
        try:
            return self._file(hub).read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            return ""

    def write(self, hub: str, token: str) -> None:
        """Keep it in place of the one before. Raises OSError."""
        write_private(self._file(hub), token + "\n")

    def forget(self, hub: str) -> None:
        """Keep it no longer, if there is one. Raises OSError."""
        self._file(hub).unlink(missing_ok=True)

    def _file(self, hub: str) -> Path:
        import hashlib

        return self._folder / f"{hashlib.sha256(hub.encode()).hexdigest()[:16]}.token"


def open_tokens(data_dir: Path) -> TokenStore:
    """Return this user's."""
    if sys.platform == "win32":
        from reception.console.tokens_windows import WindowsTokens

        return WindowsTokens()
    return TokenFiles(data_dir / "signed-in")


class SignInWay(Protocol):
    """Signs somebody in elsewhere: in a browser, or in a window of the computer's own."""

    async def sign_in(self, show: Callable[[Offer], object], *, stays: bool, window: int = 0) -> None:
        """Sign in; `show` hears where. With `stays` the next start needs none.

        `window` is the handle of the one in front of which the computer's own stands. Raises SignInRefused,
        or ServiceError. Cancel it to give up.
        """


class SignIn:
    """The receptionist's token for one hub. `on_saved` hears that there is another one, `on_signed_out` that
    there is none any more; from then on `is_out` until there is.

    `way` is how to get one in a browser, None where there is no such way.
    """

    def __init__(self, hub: str, store: TokenStore) -> None:
        self.hub = hub
        self.way: SignInWay | None = None
        self._store = store
        self._of_now = ""
        self.is_out = False
        self.on_saved: Callable[[], None] = lambda: None
        self.on_signed_out: Callable[[], None] = lambda: None

    def use(self, token: str) -> None:
        """Use a token until the end of the program, and try it at once."""
        self._of_now, self.is_out = token, False
        self.on_saved()

    def token(self) -> str:
        """Return the token, empty when there is none."""
        if self._of_now or self.is_out:
            return self._of_now
        try:
            return self._store.read(self.hub)
        except OSError as error:
            _log.warning("the token for %s cannot be read: %s", self.hub, error)
            return ""

    def save(self, token: str) -> bool:
        """Keep a token, and try it at once; False when it cannot be kept."""
        try:
            self._store.write(self.hub, token.strip())
        except OSError as error:
            _log.warning("the token for %s cannot be kept: %s", self.hub, error)
            return False
        self._of_now, self.is_out = "", False
        self.on_saved()
        return True

    def sign_out(self) -> bool:
        """Forget the token at once; False when it cannot be forgotten for the next start too."""
        self._of_now, self.is_out = "", True
        self.on_signed_out()
        try:
            self._store.forget(self.hub)
        except OSError as error:
            _log.warning("the token for %s cannot be forgotten: %s", self.hub, error)
            return False
        return True
