"""espeak-ng: says any text, in a process of its own, without a network (Debian's package ``espeak-ng``)."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec

from reception.errors import ConfigError, Unavailable
from services.speech.samples import NotSound, for_telephone, read_wav, with_breath, without_silence, write_wav

_TIMEOUT_S: Final = 10.0
"""It says a sentence in 50 ms."""
_MARKUP: Final = str.maketrans(dict.fromkeys("[]<>\r\n\0", " "))
"""What espeak-ng would take for phonemes or marks, or for the end of the text."""


class EspeakSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[speech.espeak]. `voices` are espeak-ng's voices by language, `words_a_minute` how fast they speak."""

    program: str = "espeak-ng"
    voices: dict[str, str] = msgspec.field(default_factory=lambda: {"da": "da", "de": "de", "en": "en-gb"})
    words_a_minute: Annotated[int, msgspec.Meta(ge=80, le=300)] = 140


class Espeak:
    """A `Speech` that can say everything, in a voice that nobody takes for a human's."""

    def __init__(self, settings: EspeakSettings) -> None:
        self._settings = settings
        self._one_at_a_time = asyncio.Semaphore(1)  # the machine has calls to carry

    @property
    def languages(self) -> tuple[str, ...]:
        """What it speaks."""
        return tuple(self._settings.voices)

    async def say(self, text: str, language: str) -> bytes | None:
        """Return a text as WAV; None for a language without a voice. Raises Unavailable."""
        voice = self._settings.voices.get(language)
        if voice is None or not any(c.isalnum() for c in text):
            return None
        async with self._one_at_a_time:
            raw = await self._ask("-v", voice, "-s", str(self._settings.words_a_minute), text=text)
            return await asyncio.to_thread(self._for_line, raw)

    def _for_line(self, raw: bytes) -> bytes:
        try:
            samples = without_silence(for_telephone(*read_wav(raw)))
        except NotSound as error:
            raise self._fault(str(error)) from error
        if not samples:
            raise self._fault("it said nothing")
        return write_wav(with_breath(samples))

    async def _ask(self, *options: str, text: str) -> bytes:
        arguments = [*options, "-b", "1", "--stdin", "--stdout"]
        try:
            process = await asyncio.create_subprocess_exec(
                self._settings.program,
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        except OSError as error:
            raise self._fault(error.strerror or str(error)) from error
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                said, complaint = await process.communicate(text.translate(_MARKUP).encode())
        except TimeoutError as error:
            raise self._fault(f"no answer in {_TIMEOUT_S:.0f} s") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise self._fault(complaint.decode("utf-8", "replace").strip()[:200])
        return said

    def _fault(self, error: str) -> Unavailable:
        return Unavailable("misconfigured", setting=self._settings.program, error=error)


def create(settings: Mapping[str, Any]) -> Espeak:
    """Build the backend from its section of the configuration; raises ConfigError."""
    try:
        parsed = msgspec.convert(dict(settings), EspeakSettings)
    except msgspec.ValidationError as error:
        raise ConfigError("misconfigured", setting="speech.espeak", error=str(error)) from error
    if shutil.which(parsed.program) is None:
        what = f"{parsed.program} is not installed (Debian: apt-get install espeak-ng)"
        raise ConfigError("misconfigured", setting="speech.espeak", error=what)
    return Espeak(parsed)
