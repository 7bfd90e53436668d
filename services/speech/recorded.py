"""Recordings of the organisation, put together: phrases, and the pieces of clock times and numbers.

A folder for each language holds the recordings and ``prompts.toml``, a table from words to files
(requirements 002-175, 002-178)::

    [pieces]
    "Personen De søger kan ikke træffes" = "not-reachable.wav"
    "men kommer tilbage kl." = "but-back-at.wav"
    "14" = "numbers/14.wav"
    "30" = "numbers/30.wav"

A sentence is said when pieces cover all of it, as few as can be; else another backend says it. Case and
punctuation do not count. A clock time is one piece ("14.30") if there is one, else its hour and its minute;
the minute 00 may be left out, 05 is a piece of its own.
"""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from reception.errors import ConfigError, Unavailable
from services.speech.samples import (
    NotSound,
    for_telephone,
    joined,
    read_wav,
    with_breath,
    without_silence,
    write_wav,
)

TABLE: Final = "prompts.toml"
_GAP_S: Final = 0.08
_WORD: Final = re.compile(r"[0-9]{1,2}[.:][0-9]{2}(?![0-9])|\w+")
_CLOCK: Final = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})")

Words = tuple[str, ...]


class RecordedSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[speech.recorded]. `folder` has a folder for each language, named ``da``, ``de``, ``en``."""

    folder: str


def words_of(text: str) -> Words:
    """Return the words of a text as they are compared; a clock time is one word."""
    return tuple(word.casefold().replace(":", ".") for word in _WORD.findall(text))


def composed(words: Words, pieces: Mapping[Words, str]) -> Sequence[str] | None:
    """Return the fewest pieces that cover all words, in order, or None."""
    best: list[list[str] | None] = [None] * len(words) + [[]]
    for at in reversed(range(len(words))):
        for files, length in _pieces_at(words[at:], pieces):
            rest = best[at + length]
            if rest is not None and (best[at] is None or len(files) + len(rest) < len(best[at] or ())):
                best[at] = [*files, *rest]
    return best[0] if words else None


def _pieces_at(words: Words, pieces: Mapping[Words, str]) -> Iterator[tuple[list[str], int]]:
    """Yield what a sentence may begin with, and how many of its words that covers."""
    for length in range(len(words), 0, -1):
        if file := pieces.get(words[:length]):
            yield [file], length
    if clock := _CLOCK.fullmatch(words[0]):
        hour, minute = clock.groups()
        parts = [pieces.get((hour,)) or pieces.get((str(int(hour)),)), pieces.get((minute,))]
        if minute == "00":
            parts = [part for part in parts if part]
        if all(parts):
            yield [part for part in parts if part], 1


class Recorded:
    """A `Speech` of recorded pieces."""

    def __init__(self, tables: Mapping[str, tuple[Path, Mapping[Words, str]]]) -> None:
        self._tables = tables

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are recordings in."""
        return tuple(self._tables)

    async def say(self, text: str, language: str) -> bytes | None:
        """Return a text as WAV; None when pieces are missing. Raises Unavailable."""
        folder, pieces = self._tables.get(language, (Path(), {}))
        files = composed(words_of(text), pieces)
        return await asyncio.to_thread(_put_together, folder, files) if files else None


def _put_together(folder: Path, files: Sequence[str]) -> bytes:
    parts = []
    for file in files:
        try:
            parts.append(without_silence(for_telephone(*read_wav((folder / file).read_bytes()))))
        except (OSError, NotSound) as error:
            raise Unavailable("misconfigured", setting=str(folder / file), error=str(error)) from error
    return write_wav(with_breath(joined(parts, gap_s=_GAP_S)))


def create(settings: Mapping[str, Any]) -> Recorded:
    """Build the backend from its section of the configuration, recordings looked at. Raises ConfigError."""
    try:
        parsed = msgspec.convert(dict(settings), RecordedSettings)
    except msgspec.ValidationError as error:
        raise ConfigError("misconfigured", setting="speech.recorded", error=str(error)) from error
    tables = {path.parent.name: (path.parent, _read(path)) for path in Path(parsed.folder).glob(f"*/{TABLE}")}
    if not tables:
        what = f"{parsed.folder} has no folder with {TABLE}, for example {parsed.folder}/da/{TABLE}"
        raise ConfigError("misconfigured", setting="speech.recorded", error=what)
    return Recorded(tables)


def _read(path: Path) -> Mapping[Words, str]:
    try:
        pieces = msgspec.convert(
            tomllib.loads(path.read_text(encoding="utf-8")), dict[str, dict[str, str]]
        ).get("pieces", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError("misconfigured", setting=str(path), error=str(error)) from error
    for file in pieces.values():
        try:
            read_wav((path.parent / file).read_bytes())
        except (OSError, NotSound) as error:
            raise ConfigError("misconfigured", setting=str(path), error=f"{file}: {error}") from error
    return {words_of(text): file for text, file in pieces.items()}
