"""The port of whatever says aloud to callers where a colleague is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Speech(Protocol):
    """Says texts aloud: sound files that a switch can play.

    Promises (tests/contract/test_speech.py): a sound is WAV, 8 kHz, 16 bit, one channel, and never silent;
    the same text in the same language sounds the same; what cannot be said is None, never part of it; the
    loop is not held up.
    """

    @property
    def languages(self) -> tuple[str, ...]:
        """What it speaks: ``da``, ``de``, ``en``."""

    async def say(self, text: str, language: str) -> bytes | None:
        """Return a text as sound, or None where it lacks the words. Raises ServiceError."""


class SpeechFactory(Protocol):
    """What the entry point ``speech.NAME`` names."""

    def __call__(self, settings: Mapping[str, Any]) -> Speech:
        """Build the backend from its section of the configuration; raises ConfigError."""
