"""Every sentence exists in every language, with what it is about in it."""

from __future__ import annotations

import shutil
import string
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from reception.model.calls import Pending, Place, WhyBack
from reception.model.changes import Message
from reception.model.intents import Intent
from reception.model.lines import LineState, StatusKind
from reception.model.messages import (
    CONNECTION_REFUSALS,
    DOINGS,
    NOTICES,
    REFUSALS,
    SIGN_IN_REFUSALS,
    SOURCE_MESSAGES,
)
from reception.model.people import NumberKind
from resources.translations import update
from tests.gui import office
from widgets import call_words, keys, presence_words, texts, top_bar, wording
from widgets.intents_for import LOCAL_MESSAGES, Action, View

ALL = {
    **REFUSALS,
    **NOTICES,
    **SOURCE_MESSAGES,
    **DOINGS,
    **CONNECTION_REFUSALS,
    **SIGN_IN_REFUSALS,
    **LOCAL_MESSAGES,
}
SAMPLE: dict[str, str | float] = {"why": "busy", "place": "held", "seconds": 30.0, "count": 2.0, "at": 1.7e9}


@pytest.fixture(params=texts.LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Speak a language for one test."""
    found = texts.install(qapp, request.param)
    yield request.param
    texts.remove(qapp, found)
    texts.install(qapp, "en")


def test_an_update_of_the_words_on_disk_does_not_reach_into_the_window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(shutil.copy(texts.translations_dir() / "reception_da.qm", tmp_path))
    monkeypatch.setattr(texts, "translations_dir", lambda: tmp_path)
    found = texts.install(qapp, "da")
    try:
        with file.open("r+b") as old:  # mapped into memory, this would crash
            old.write(b"\xff" * file.stat().st_size)
        assert texts.translate("Call", "Answer") == "Besvar"
    finally:
        texts.remove(qapp, found)
        texts.install(qapp, "en")


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_is_a_sentence_for_every_key_and_no_other() -> None:
    assert set(wording.SENTENCES) == set(ALL)


@pytest.mark.parametrize("key", sorted(ALL))
def test_a_sentence_uses_only_what_it_is_given(key: str) -> None:
    asked = set().union(*(holes(part) for part in wording.SENTENCES[key]))
    assert asked <= set(ALL[key])


@pytest.mark.parametrize("key", sorted(ALL))
def test_every_message_reads_whole(language: str, key: str) -> None:
    params = {name: SAMPLE.get(name, f"<{name}>") for name in ALL[key]}
    words = wording.sentence(Message(key=key, params=params))
    assert words.text.strip()
    assert "{" not in words.text
    for name in ("caller", "target", "by", "owner", "number", "address"):
        if name in holes("".join(wording.SENTENCES[key])):
            assert f"<{name}>" in words.text


@pytest.mark.parametrize("name", ["da", "de"])
def test_translations_are_complete_and_keep_the_holes(name: str) -> None:
    assert update.missing(name) == []
    root = ElementTree.parse(update.HERE / f"reception_{name}.ts").getroot()
    for message in root.iter("message"):
        source = message.findtext("source", "")
        assert holes(message.findtext("translation", "")) == holes(source), source


@pytest.mark.parametrize("name", ["da", "de"])
def test_the_compiled_words_are_those_of_the_text_file(qapp: QApplication, name: str) -> None:
    found = texts.install(qapp, name)
    root = ElementTree.parse(update.HERE / f"reception_{name}.ts").getroot()
    try:
        for context in root.iter("context"):
            for message in context.iter("message"):
                shown = texts.translate(context.findtext("name", ""), message.findtext("source", ""))
                assert shown == message.findtext("translation", "")
    finally:
        texts.remove(qapp, found)
        texts.install(qapp, "en")


def test_every_value_has_words() -> None:
    assert set(wording.FAILED) == {kind.__name__ for kind in Intent.__args__}  # type: ignore[attr-defined]
    assert set(wording.WHY) == set(WhyBack)
    assert set(wording.WHERE) == set(wording.PLACES) == set(Place)
    assert set(presence_words.KINDS) == set(StatusKind)
    assert set(presence_words.LINES) == set(presence_words.LINE_TONES) == set(LineState)
    assert set(presence_words.NUMBER_KINDS) == set(NumberKind)
    assert set(call_words.PENDING) == set(Pending)
    assert set(keys.LABELS) == set(keys.CAPS) == {*Action, *View}
    assert set(top_bar.READINESS) >= set(office.me().readiness.__class__)


def test_every_action_has_a_key_and_the_key_is_what_is_printed() -> None:
    assert set(keys.CHORDS.values()) == {*Action, *View}


def test_a_key_nobody_has_worded_is_shown() -> None:
    assert wording.sentence(Message(key="brand_new")).text == "brand_new"


def test_a_withheld_caller_has_a_name(language: str) -> None:
    words = wording.sentence(Message(key="held_long", params={"caller": "", "seconds": 5.0})).text
    assert {"en": "Hidden number", "da": "Skjult nummer", "de": "Unterdrückte Rufnummer"}[language] in words


@pytest.mark.parametrize(
    ("wanted", "found"), [("da", "da"), ("de-AT", "de"), ("en_US", "en"), ("fr", "en"), ("DA-dk", "da")]
)
def test_the_language_is_chosen(wanted: str, found: str) -> None:
    assert texts.choose(wanted) == found
