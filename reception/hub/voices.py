"""From a configuration to what direct calls need: who has a number, what callers hear, in whose voice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from reception.errors import ConfigError
from reception.hub.absences import Absences
from reception.hub.backends import find_backend
from reception.hub.config_shape import Config
from reception.hub.diversions import DirectSetup
from reception.hub.offers import Offers
from reception.hub.office_shape import OfficeSettings
from reception.hub.sounds import Sounds
from reception.hub.stand_ins import StandIns
from reception.model.office import Office
from reception.model.people import Person
from reception.presence.sentences import Sentences
from reception.presence.voice import Speech

_log = logging.getLogger(__name__)

_INSTALLED: Final[tuple[tuple[str, dict[str, Any]], ...]] = (("espeak", {}),)
"""What speaks where nothing is chosen."""


def direct_setup(
    config: Config, settings: OfficeSettings, owner_of: Callable[[str], Person | None], absences: Absences
) -> DirectSetup:
    """Return what a hub needs. A voice that cannot be had is no reason not to carry calls: it is logged."""
    zone = ZoneInfo(config.hub.zone) if config.hub.zone else None
    office = settings.office
    sounds = _sounds(config, office)
    sentences = Sentences(office, zone)
    return DirectSetup(owner_of, absences, sentences, sounds, Offers(settings), StandIns(settings))


def check_voices(config: Config) -> None:
    """Try all voices; raises ConfigError."""
    if config.sounds.folder:
        for name, settings in config.speech or _INSTALLED:
            find_backend("speech", name)(settings)


def _sounds(config: Config, office: Office) -> Sounds | None:
    if not config.sounds.folder:
        return None
    languages = config.sounds.languages or (office.language,)
    speeches = []
    for name, settings in config.speech or _INSTALLED:
        try:
            speech: Speech = find_backend("speech", name)(settings)
        except ConfigError as error:
            _log.error("callers will not hear %s: %s", name, error.message)
        else:
            speeches.append(speech)
    return Sounds(Path(config.sounds.folder), languages, speeches)
