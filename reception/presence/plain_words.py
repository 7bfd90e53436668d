"""The words people use for times, in Danish, German and English; all are understood in every window."""

from __future__ import annotations

from typing import Final

UNTIL: Final = ("indtil", "til", "bis", "until", "till")
FROM: Final = ("fra", "ab", "von", "from")
NOW: Final = ("nu", "jetzt", "now")
TO: Final = ("-", "til", "bis", "to", "until", "og", "und")
"""Words between the ends of a range."""
FILLERS: Final = (
    "kl",
    "kl.",
    "uhr",
    "um",
    "at",
    "o'clock",
    "den",
    "der",
    "am",
    "on",
    "på",
    "the",
    "of",
    "hele",
    "dagen",
)

# without the fillers: "resten af dagen", "the rest of the day"
DAYS_AHEAD: Final[dict[str, int]] = {
    "i dag": 0,
    "idag": 0,
    "heute": 0,
    "today": 0,
    "resten af": 0,
    "rest day": 0,
    "rest des tages": 0,
    "i morgen": 1,
    "imorgen": 1,
    "morgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
    "overmorgen": 2,
    "übermorgen": 2,
    "uebermorgen": 2,
    "day after tomorrow": 2,
}

WEEKDAYS: Final[dict[str, int]] = {
    name: day
    for day, names in enumerate(
        (
            "mandag man montag mo monday mon",
            "tirsdag tir dienstag di tuesday tue",
            "onsdag ons mittwoch mi wednesday wed",
            "torsdag tor donnerstag do thursday thu",
            "fredag fre freitag fr friday fri",
            "lørdag lør samstag sa sonnabend saturday sat",
            "søndag søn sonntag so sunday sun",
        )
    )
    for name in names.split()
}

NEXT: Final = ("næste", "nächsten", "nächste", "nächster", "next", "kommende")

MONTHS: Final[dict[str, int]] = {
    name: month
    for month, names in enumerate(
        (
            "januar jan january jän jänner",
            "februar feb february",
            "marts mar märz march mrz",
            "april apr",
            "maj mai may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt october oct",
            "november nov",
            "december dec dezember dez",
        ),
        1,
    )
    for name in names.split()
}

WEEK: Final = ("uge", "kw", "woche", "week", "kalenderwoche")

PARTS: Final[dict[str, tuple[int, int]]] = {
    "formiddag": (8, 12),
    "vormittag": (8, 12),
    "morning": (8, 12),
    "eftermiddag": (12, 16),
    "nachmittag": (12, 16),
    "afternoon": (12, 16),
}
"""Parts of a working day, as hours."""

UNITS: Final[dict[str, int]] = {
    unit: seconds
    for seconds, units in (
        (60, "min minut minutter minute minuten minutes m"),
        (3600, "t time timer stunde stunden std hour hours h"),
        (86400, "dag dage tag tage day days d"),
        (7 * 86400, "uge uger woche wochen week weeks"),
    )
    for unit in units.split()
}
HALVES: Final[dict[str, float]] = {
    "en halv": 0.5,
    "eine halbe": 0.5,
    "half an": 0.5,
    "halvanden": 1.5,
    "anderthalb": 1.5,
    "en": 1,
    "et": 1,
    "ein": 1,
    "eine": 1,
    "an": 1,
    "a": 1,
    "one": 1,
    "to": 2,
    "zwei": 2,
    "two": 2,
    "tre": 3,
    "drei": 3,
    "three": 3,
}
"""Amounts in words."""
