"""Says once, in one line, that the program failed the last time, and where its report lies."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reception.console.asking import is_alive
from reception.crashes import found_in
from widgets.controller import Controller
from widgets.notices import Card, Tone
from widgets.texts import translate

_LASTS_S: Final = 60.0


def tell(controller: Controller, data_dir: Path) -> None:
    """Tell of the newest report there is, if any."""
    found = found_in(data_dir, is_alive)
    if found:
        controller.pile.add(card(found[-1], controller.now()))
        controller.notices_changed.emit()


def card(report: Path, now: float) -> Card:
    """Return the line."""
    rest = translate("Desk", "A report without callers' data lies here and was sent to nobody: {path}")
    return Card(
        id="crash-report",
        tone=Tone.HINT,
        lead=translate("Desk", "Something went wrong in the program the last time."),
        rest=rest.format(path=report),
        at=now,
        lasts_s=_LASTS_S,
    )
