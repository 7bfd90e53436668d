"""On an administrator's first day the window offers to set the hub up: once, and nobody is held up by it."""

from __future__ import annotations

import subprocess
import sys

from reception.console.preferences import load_preferences
from reception.model.changes import Source, SourceChanged, SourceState
from reception.model.setup import SetupShown
from tests.gui import office
from tests.gui.test_setup import Place, microsoft, other, place

__all__ = ["other", "place"]


def first_day(place: Place) -> None:
    place.session.replica.lacks_presence = True
    for source in ("teams", "exchange"):
        place.session.replica.sources.pop(source, None)
    place.session.set_link(place.session.replica.link)
    place.desk.controller.flush()


def test_on_the_first_day_a_line_offers_the_settings_of_the_service(place: Place) -> None:
    first_day(place)
    offer = place.living.offer
    assert offer is not None
    assert offer.isVisible()
    assert place.desk.has_caret, "nobody is held up"
    offer.begin.click()
    place.session.answer(SetupShown(services=(microsoft(),), file="reception.toml"))
    assert place.living.dialog is not None
    assert place.living.dialog.tabs is not None
    assert place.living.dialog.tabs.currentIndex() == 1
    place.desk.tell(SourceChanged(source=Source(id="teams", state=SourceState.CONNECTING, since=office.NOW)))
    assert place.living.offer is None


def test_not_now_is_remembered(place: Place) -> None:
    first_day(place)
    assert place.living.offer is not None
    place.living.offer.later.click()
    assert place.living.offer is None
    assert load_preferences(place.file).more["setup.not_now"] is True
    first_day(place)
    assert place.living.offer is None


def test_nobody_else_is_offered_it(other: Place) -> None:
    first_day(other)
    assert other.living.offer is None


def test_nothing_of_it_is_loaded_before_it_is_wanted() -> None:
    code = "import widgets.living, sys; print([m for m in sys.modules if m.startswith('widgets.setup_')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
