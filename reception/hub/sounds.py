"""What callers hear: sentences made into sounds, once each, in the folder that the switch plays from.

A sound is named by what it says, so the same sentence is one file however many people it is said of, and a
file that is there needs not be made. It lies in a folder for each language, where the switch looks by the
caller's language, and beside these once more in the first language, for callers of any other.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from reception.errors import ServiceError
from reception.presence.voice import Speech

_log = logging.getLogger(__name__)

_KEPT_S: Final = 14 * 86_400.0
"""How long a sound is kept that nobody needs; sentences come again day after day."""
_TOUCHED_S: Final = 86_400.0

Texts = Mapping[str, str]
"""A sentence in each language."""


class Sounds:
    """The sounds of one folder. The first of `speeches` that can say a sentence says it."""

    def __init__(self, folder: Path, languages: Sequence[str], speeches: Sequence[Speech]) -> None:
        self.languages = tuple(languages)
        self._folder = folder
        self._speeches = tuple(speeches)
        self._ready: set[str] = set()
        self._is_broken = False

    @staticmethod
    def name_of(texts: Texts) -> str:
        """Return the name of the sound that says this."""
        said = "\0".join(f"{language}\0{text}" for language, text in sorted(texts.items()))
        return hashlib.sha256(said.encode()).hexdigest()[:20]

    def is_ready(self, name: str) -> bool:
        """Return whether a sound can be played."""
        return name in self._ready

    async def make(self, texts: Texts, name: str | None = None) -> bool:
        """Make a sound, under its own name or a given one; False when that was not possible.

        A sentence that cannot be said in one language is left out there: the caller hears it in the first.
        """
        name = name or self.name_of(texts)
        try:
            await self._make(texts, name)
        except (OSError, ServiceError) as error:
            self._fail(error)
            return False
        if name not in self._ready:
            return False
        if self._is_broken:
            self._is_broken = False
            _log.info("sentences for callers can be spoken again")
        return True

    async def clear(self) -> None:
        """Remove the sounds that nobody has needed for long, and those in languages not spoken any more."""
        await asyncio.to_thread(self._clear, time.time() - _KEPT_S)

    async def _make(self, texts: Texts, name: str) -> None:
        for place, language in (("", self.languages[0]), *((one, one) for one in self.languages)):
            file = self._folder / place / f"{name}.wav"
            if await asyncio.to_thread(_is_there, file, texts[language]):
                self._ready.add(name)
                continue
            sound = await self._said(texts[language], language)
            if sound is not None:
                await asyncio.to_thread(_write, file, sound, texts[language])
                self._ready.add(name)

    async def _said(self, text: str, language: str) -> bytes | None:
        for speech in self._speeches:
            if (sound := await speech.say(text, language)) is not None:
                return sound
        return None

    def _fail(self, error: Exception) -> None:
        if not self._is_broken:
            self._is_broken = True
            reason = error.message if isinstance(error, ServiceError) else error
            _log.warning("sentences for callers cannot be spoken: %s", reason)

    def _clear(self, before: float) -> None:
        places = {self._folder, *(self._folder / language for language in self.languages)}
        for file in self._folder.glob("**/*.wav"):
            if file.parent not in places or file.stat().st_mtime < before:
                self._ready.discard(file.stem)
                file.unlink(missing_ok=True)
                file.with_suffix(".txt").unlink(missing_ok=True)


def _is_there(file: Path, text: str) -> bool:
    """Return whether a file says this already; one that is needed is kept longer."""
    try:
        if file.with_suffix(".txt").read_text(encoding="utf-8") != text:
            return False
        if time.time() - file.stat().st_mtime > _TOUCHED_S:
            file.touch()
    except OSError:
        return False
    return True


def _write(file: Path, sound: bytes, text: str) -> None:
    """Write a sound whole or not at all: a call may play it at any moment. Its words lie beside it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".part")
    half.write_bytes(sound)
    half.chmod(0o644)  # the switch is somebody else
    half.replace(file)
    file.with_suffix(".txt").write_text(text, encoding="utf-8")
