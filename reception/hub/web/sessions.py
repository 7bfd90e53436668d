"""Who is signed in: sessions in the hub, and in the browser nothing but a number that nobody guesses.

A session ends when nothing was asked for a while, and after a longer time whatever was asked (OWASP ASVS 5,
7.3). Only a hash of its number is kept, in a file of the data folder, so that a new start of the hub signs
nobody out and the file signs nobody in.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Final

import msgspec

from reception.hub.secrets import new_token
from reception.runtime import write_private

_log = logging.getLogger(__name__)

_FILE_VERSION: Final = 1
_MOST_OF_ONE: Final = 20
"""Sessions of one colleague; the next one ends the one that was used longest ago."""


class Flash(msgspec.Struct, frozen=True, kw_only=True):
    """What the next page tells: a key of the words with its values, and the request that can be undone."""

    key: str
    values: dict[str, str] = {}
    request: str = ""


class Session(msgspec.Struct, kw_only=True):
    """One browser of one colleague. Times are UTC seconds; `csrf` comes with whatever changes something."""

    id: str
    user: str
    person: str
    csrf: str
    begun: float
    seen: float
    flash: Flash | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    sessions: tuple[Session, ...]


class Sessions:
    """All sessions. `idle_s` and `longest_s` in seconds; in `file`, if given, they outlive the hub."""

    def __init__(self, *, idle_s: float, longest_s: float, file: Path | None = None) -> None:
        self._idle_s = idle_s
        self._longest_s = longest_s
        self._file = file
        self._sessions: dict[str, Session] = {}

    def load(self, now: float) -> None:
        """Take up those of before; a file that cannot be read signs everybody out."""
        if self._file is None or not self._file.exists():
            return
        try:
            kept = msgspec.json.decode(self._file.read_bytes(), type=_File)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            _log.info("the sessions of the web page cannot be taken up: %s", error)
            return
        if kept.version == _FILE_VERSION:
            self._sessions = {s.id: s for s in kept.sessions if self._holds(s, now)}

    def save(self) -> None:
        """Write them out."""
        if self._file is not None:
            kept = _File(version=_FILE_VERSION, sessions=tuple(self._sessions.values()))
            write_private(self._file, msgspec.json.encode(kept).decode())

    def begin(self, user: str, person: str, now: float) -> tuple[str, Session]:
        """Begin a session; returns the token for the cookie too, which is kept nowhere."""
        self._make_room(user, now)
        token = new_token()
        session = Session(id=_hashed(token), user=user, person=person, csrf=new_token(), begun=now, seen=now)
        self._sessions[session.id] = session
        self.save()
        return token, session

    def find(self, token: str, now: float) -> Session | None:
        """Return the session of a cookie, which has been used now; None when there is none any more."""
        session = self.peek(token, now)
        if session is not None:
            session.seen = now
        return session

    def peek(self, token: str, now: float) -> Session | None:
        """Return the session of a cookie without prolonging it."""
        session = self._sessions.get(_hashed(token))
        return session if session is not None and self._holds(session, now) else None

    def holds(self, session: Session, now: float) -> bool:
        """Return whether a session still holds; to ask does not prolong it."""
        return self._sessions.get(session.id) is session and self._holds(session, now)

    def end(self, session: Session) -> None:
        """Sign out one browser."""
        self._sessions.pop(session.id, None)
        self.save()

    def end_all_of(self, user: str, *, but: str = "") -> None:
        """Sign a colleague out everywhere, but for one session, if given by its id."""
        self._sessions = {k: s for k, s in self._sessions.items() if s.user != user or (but and s.id == but)}
        self.save()

    def _holds(self, session: Session, now: float) -> bool:
        return now < session.seen + self._idle_s and now < session.begun + self._longest_s

    def _make_room(self, user: str, now: float) -> None:
        self._sessions = {k: s for k, s in self._sessions.items() if self._holds(s, now)}
        mine = sorted((s for s in self._sessions.values() if s.user == user), key=lambda s: s.seen)
        for session in mine[: max(0, len(mine) - _MOST_OF_ONE + 1)]:
            del self._sessions[session.id]


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
