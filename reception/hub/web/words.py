"""The words of the web page in each language, and which language a reader gets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final = {"da": "Dansk", "de": "Deutsch", "en": "English"}
"""What there are words in, each by its own name."""
DEFAULT: Final = "en"


class Words:
    """The words of one language. `words[key]` is a text, `words.text(key, name=…)` one with values in it."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def text(self, key: str, **values: object) -> str:
        """Return a text with its values put in."""
        return self._texts[key].format_map(values)

    def names(self, key: str) -> list[str]:
        """Return a list of names, such as the months."""
        return self._texts[key].split("|")


@cache
def words_in(language: str) -> Words:
    """Return the words of one of `LANGUAGES`."""
    file = resources.files("resources") / "web" / "words" / f"{language}.json"
    return Words(language, json.loads(file.read_text(encoding="utf-8")))


def choose_language(*chosen: str, accepted: str = "") -> str:
    """Return the first language that was chosen and exists, else what the browser accepts best.

    `accepted` is the header Accept-Language (RFC 9110, 12.5.4).
    """
    for language in chosen:
        if language in LANGUAGES:
            return language
    for language in _accepted(accepted):
        if language in LANGUAGES:
            return language
    return DEFAULT


def _accepted(header: str) -> list[str]:
    weighed = []
    for part in header.split(",")[:20]:
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=")) if quality.strip() else 1.0
        except ValueError:
            weight = 0.0
        # Norwegians and Swedes read Danish sooner than English
        language = tag.strip().partition("-")[0].lower()
        weighed.append((weight, {"nb": "da", "no": "da", "nn": "da", "sv": "da"}.get(language, language)))
    return [language for weight, language in sorted(weighed, key=lambda w: -w[0]) if weight > 0]
