"""What a caller may hear of a colleague, in the caller's language.

Read aloud by the receptionist, or spoken by the voicemail. A subject is never in it, only what the activity's
own words say: a sick child is "not in the office today", a private meeting "busy until 14". The sentences are
`SENTENCES`; the organisation's own take their place by key and language (`Office.sentences`), and an activity
may bring words of its own (`Activity.spoken`).

A key has two forms: as it is, and with ``_back`` when it is known when the colleague returns. ``{name}`` is
who is meant, ``{back}`` when they are back ("kl. 14.30", "mandag den 30. november"), ``{until}`` the same as
an end ("til kl. 14.30"), ``{words}`` an activity's own.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from reception.model.lines import Cause, LineState, PersonStatus, StatusKind
from reception.model.office import LANGUAGES, Activity, Labels, Office

PLACEHOLDERS: Final = ("name", "back", "until", "words")

SENTENCES: Final[dict[str, Labels]] = {
    "nobody": {
        "da": "Personen De søger",
        "de": "Die gewünschte Person",
        "en": "The person you are calling",
    },
    "free": {"da": "{name} er ledig.", "de": "{name} ist frei.", "en": "{name} is free."},
    "unknown": {
        "da": "Jeg kan ikke se, om {name} er ledig.",
        "de": "Ich kann nicht sehen, ob {name} frei ist.",
        "en": "I cannot see whether {name} is free.",
    },
    "call": {  # requirement 001-13
        "da": "{name} taler i telefon.",
        "de": "{name} telefoniert gerade.",
        "en": "{name} is talking on the phone.",
    },
    "ringing": {
        "da": "Telefonen ringer allerede hos {name}.",
        "de": "Bei {name} klingelt es bereits.",
        "en": "The phone of {name} is ringing already.",
    },
    "dnd": {
        "da": "{name} er optaget lige nu.",
        "de": "{name} ist im Moment nicht zu sprechen.",
        "en": "{name} is busy right now.",
    },
    "off": {
        "da": "{name} kan ikke træffes på telefonen lige nu.",
        "de": "{name} ist telefonisch gerade nicht erreichbar.",
        "en": "{name} cannot be reached by phone right now.",
    },
    "away": {  # requirement 001-31
        "da": "{name} kan ikke træffes.",
        "de": "{name} ist nicht erreichbar.",
        "en": "{name} cannot be reached.",
    },
    "away_back": {
        "da": "{name} kan ikke træffes, men kommer tilbage {back}.",
        "de": "{name} ist nicht erreichbar, ist aber {back} zurück.",
        "en": "{name} cannot be reached, but will be back {back}.",
    },
    "busy": {
        "da": "{name} er optaget.",
        "de": "{name} ist nicht zu sprechen.",
        "en": "{name} is busy.",
    },
    "busy_back": {
        "da": "{name} er optaget {until}.",
        "de": "{name} ist {until} nicht zu sprechen.",
        "en": "{name} is busy {until}.",
    },
    "own": {"da": "{name} {words}.", "de": "{name} {words}.", "en": "{name} {words}."},
    "own_back": {  # requirement 001-14
        "da": "{name} {words} og kommer tilbage {back}.",
        "de": "{name} {words} und ist {back} zurück.",
        "en": "{name} {words} and back {back}.",
    },
}
"""The sentences of a house that has none of its own. "own" is made of an activity's words."""

_DAYS: Final = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = {
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni",
        "juli", "august", "september", "oktober", "november", "december",
    ),
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_TODAY: Final = {"da": "i dag", "de": "heute", "en": "today"}
_TOMORROW: Final = {"da": "i morgen", "de": "morgen", "en": "tomorrow"}
_ON_DAY: Final = {"da": "{day} den {date}", "de": "am {day}, dem {date}", "en": "on {day} {date}"}
_ON_WEEKDAY: Final = {"da": "på {day}", "de": "am {day}", "en": "on {day}"}
_AT: Final = {"da": "kl. {time}", "de": "um {time} Uhr", "en": "at {time}"}
_UNTIL_TIME: Final = {"da": "til kl. {time}", "de": "bis {time} Uhr", "en": "until {time}"}
_PREPOSITIONS: Final = ("på ", "am ", "on ")
_UNTIL_DAY: Final = {"da": "til {day}", "de": "bis {day}", "en": "until {day}"}
_MARK: Final = {"da": ".", "de": ":", "en": ":"}
_WEEK: Final = 7


class Sentences:
    """Makes sentences of statuses in the words of one office. `zone` None is the computer's own."""

    def __init__(self, office: Office, zone: tzinfo | None = None) -> None:
        self._zone = zone
        self._activities: Mapping[str, Activity] = {a.id: a for a in office.activities}
        self._own = office.sentences
        self._says_activity = office.says_activity
        self._says_last_end = office.says_last_end

    def of(self, office: Office) -> Sentences:
        """Return the same in the words of another office."""
        return Sentences(office, self._zone)

    def aloud(self, status: PersonStatus, *, name: str, language: str, now: float) -> str:
        """Return what a receptionist may read to a caller: ``Alice Holm er til møde og kommer ...``."""
        return self._sentence(status, status.back_at, name=name, language=language, now=now)

    def greeting(self, status: PersonStatus, *, language: str, now: float, name: str = "") -> str:
        """Return what a caller hears whose call goes to the voicemail.

        Without a name it is of "the person you are calling". Whether it says what they do, and the end of
        which of consecutive absences, is the organisation's choice (requirements 002-146, 002-147).
        """
        end = status.back_at
        if not self._says_last_end and status.until is not None and end is not None:
            end = min(end, status.until)
        return self._sentence(
            status, end, name=name, language=language, now=now, says_activity=self._says_activity
        )

    def _sentence(
        self,
        status: PersonStatus,
        back_at: float | None,
        *,
        name: str,
        language: str,
        now: float,
        says_activity: bool = True,
    ) -> str:
        language = language if language in LANGUAGES else "en"
        key, words, has_back = self._key(status, language, says_activity)
        values = {"name": name or self._text("nobody", language), "words": words}
        if has_back and back_at is not None and back_at > now:
            values |= self._times(back_at, now, language, words)
            key = f"{key}_back" if values.get("back") else key
        sentence = _filled(self._text(key, language), values)
        return sentence[:1].upper() + sentence[1:]

    def _key(self, status: PersonStatus, language: str, says_activity: bool) -> tuple[str, str, bool]:
        """Return the key of the sentence, an activity's own words, and whether a return belongs to it."""
        match status.kind:
            case StatusKind.FREE:
                return "free", "", False
            case StatusKind.RINGING:
                return "ringing", "", False
            case StatusKind.OFF:
                return "off", "", False
            case StatusKind.UNKNOWN:
                return "unknown", "", False
        if not says_activity:
            return "away", "", True
        if status.kind is StatusKind.BUSY and _is_in_call(status):
            return "call", "", False
        if status.cause is Cause.DO_NOT_DISTURB:
            return "dnd", "", False
        activity = self._activities.get(status.activity)
        if activity is not None and (words := activity.spoken.get(language, "")):
            return "own", words, True
        return ("busy" if status.is_private or status.kind is StatusKind.BUSY else "away"), "", True

    def _times(self, back_at: float, now: float, language: str, words: str) -> dict[str, str]:
        """Return the words for a return; none when `words` of an activity say as much or more."""
        today = self._local(now).date()
        when = self._local(back_at)
        day = when.date()
        if (when.hour, when.minute) == (0, 0):
            day = _working_day(day)
            if words and day == _working_day(today + timedelta(days=1)):
                return {}
            back = _day_words(day, today, language)
            return {"back": back, "until": _UNTIL_DAY[language].format(day=_bare(back))}
        clock = _clock(when, language)
        at = _AT[language].format(time=clock)
        if day == today and _TODAY[language] in words:  # "not in the office today" and back at noon
            return {}
        if day == today:
            return {"back": at, "until": _UNTIL_TIME[language].format(time=clock)}
        back = f"{_day_words(day, today, language)} {at}"
        return {"back": back, "until": _UNTIL_DAY[language].format(day=_bare(back))}

    def _local(self, instant: float) -> datetime:
        return datetime.fromtimestamp(instant, self._zone)

    def _text(self, key: str, language: str) -> str:
        return self._own.get(key, {}).get(language) or SENTENCES[key][language]


def unknown_placeholders(text: str) -> list[str]:
    """Return the placeholders of a sentence that there are not; raises ValueError for unpaired braces."""
    names = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    return [name for name in names if name not in PLACEHOLDERS]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill in what is there; a sentence of an organisation's own may name what there is not at the moment."""
    return text.format(**dict.fromkeys(PLACEHOLDERS, "") | dict(values))


def _is_in_call(status: PersonStatus) -> bool:
    in_call = (LineState.TALKING, LineState.HELD)
    return status.cause is Cause.CALL or any(line.state in in_call for line in status.lines)


def _bare(back: str) -> str:
    """Return a day without the preposition that "until" takes the place of."""
    return next((back.removeprefix(p) for p in _PREPOSITIONS if back.startswith(p)), back)


def _working_day(day: date) -> date:
    """Return the day itself, or the Monday after a weekend: nobody is back on a Saturday at midnight."""
    return day + timedelta(days=max(0, _WEEK - day.weekday())) if day.weekday() >= 5 else day


def _day_words(day: date, today: date, language: str) -> str:
    ahead = (day - today).days
    if ahead == 1:
        return _TOMORROW[language]
    weekday = _DAYS[language][day.weekday()]
    if ahead < _WEEK:
        return _ON_WEEKDAY[language].format(day=weekday)
    month = _MONTHS[language][day.month - 1]
    dot = "" if language == "en" else "."
    return _ON_DAY[language].format(day=weekday, date=f"{day.day}{dot} {month}")


def _clock(when: datetime, language: str) -> str:
    """Return ``14`` at the full hour, else ``14.30``; a voice reads both."""
    return f"{when.hour}{_MARK[language]}{when.minute:02}" if when.minute else f"{when.hour}"
