"""What a mailbox offers a caller before the greeting: a key to the assistant, a key past the voicemail.

The words are the system's and cannot be changed (requirements 002-149, 002-151): they are none of the
organisation's sentences.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from reception.model.office import LANGUAGES, Labels

ASSISTANT_TEXT: Final[Labels] = {
    "da": "For personlig assistance, tryk 1.",
    "de": "Für persönliche Unterstützung drücken Sie die 1.",
    "en": "For personal assistance, press 1.",
}
PAST_TEXT: Final[Labels] = {
    "da": "Omgå voicemail, tryk 2.",
    "de": "Um die Voicemail zu umgehen, drücken Sie die 2.",
    "en": "Bypass voicemail, press 2.",
}


class Offer(NamedTuple):
    """What is offered: with 1 an assistant's number (E.164 or an extension), with 2 the way past."""

    assistant: str = ""
    goes_past: bool = False


def announcement(offer: Offer, language: str) -> str:
    """Return what callers are told of the keys, empty where there are none; English in other languages."""
    language = language if language in LANGUAGES else "en"
    said = ((offer.assistant, ASSISTANT_TEXT), (offer.goes_past, PAST_TEXT))
    return " ".join(text[language] for is_offered, text in said if is_offered)
