"""What callers are told of the keys at a mailbox: fixed words in three languages, only of what is offered."""

from __future__ import annotations

import pytest

from reception.model.office import LANGUAGES
from reception.presence.offers import Offer, announcement
from reception.presence.sentences import SENTENCES

ONE, BOTH = Offer("+4655512345"), Offer("+4655512345", goes_past=True)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "For personlig assistance, tryk 1. Omgå voicemail, tryk 2."),
        ("de", "Für persönliche Unterstützung drücken Sie die 1. "
               "Um die Voicemail zu umgehen, drücken Sie die 2."),
        ("en", "For personal assistance, press 1. Bypass voicemail, press 2."),
        ("sv", "For personal assistance, press 1. Bypass voicemail, press 2."),
    ],
)  # fmt: skip
def test_both_keys_are_told_of(language: str, said: str):
    assert announcement(BOTH, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_offered_is_told_of(language: str):
    assert "1" in announcement(ONE, language)
    assert "2" not in announcement(ONE, language)
    assert "1" not in announcement(Offer(goes_past=True), language)
    assert announcement(Offer(), language) == ""


def test_no_sentence_of_an_organisation_is_about_keys():
    assert not any("1" in text or "2" in text for texts in SENTENCES.values() for text in texts.values())
