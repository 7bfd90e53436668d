"""Words in subjects that offices use, in Danish, German and English, and the activities they stand for.

They come after an office's own rules. Short and German words must stand alone: a "Krankenkasse" makes nobody
ill, and a "Ferienplan" is no holiday.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reception.model.office import CalendarRule, Match

_CODES: Final = (
    ("meeting", ("MØT:", "MØDE:", "MTG:", "BESPR:", "TERMIN:")),
    ("training", ("KURSUS:", "KURS:", "SCHULUNG:")),
    ("holiday", ("FERIE:", "URLAUB:", "FRI:")),
    ("sick", ("SYG:", "KRANK:")),
    ("travel", ("REJSE:", "REISE:")),
    ("home", ("HJEMME:", "HOMEOFFICE:")),
)
"""What stands in front of a subject, whatever follows."""

_MEETINGS: Final = (("meeting", ("møde", "besprechung", "meeting", "sitzung", "workshop")),)
"""Also as parts of longer words: a "Leverandørmøde" is a meeting, and so is a "Møde om ferie"."""

_WORDS: Final = (
    ("child_sick", ("barns sygedag", "barn syg", "kind krank", "child sick", "child ill")),
    ("sick", ("syg", "sygdom", "sygemeldt", "krank", "krankmeldung", "sick", "ill")),
    ("leave", ("barsel", "orlov", "forældreorlov", "elternzeit", "parental leave", "maternity leave")),
    ("holiday", ("ferie", "feriefri", "urlaub", "holiday", "vacation", "annual leave")),
    ("training", ("kursus", "efteruddannelse", "schulung", "fortbildung", "training", "course")),
    ("travel", ("tjenesterejse", "forretningsrejse", "dienstreise", "business trip")),
    ("home", ("hjemmearbejde", "hjemmearbejdsdag", "homeoffice", "home office", "working from home")),
    ("lunch", ("frokost", "mittag", "mittagspause", "mittagessen", "lunch")),
    ("break", ("pause", "break")),
)
"""Words of their own in a subject; the first that is found decides."""


def _rules(
    table: tuple[tuple[str, tuple[str, ...]], ...], *, is_word: bool = False
) -> Iterator[CalendarRule]:
    for activity, texts in table:
        for text in texts:
            yield CalendarRule(match=Match.SUBJECT, text=text, activity=activity, is_word=is_word)


COMMON_RULES: Final = (*_rules(_CODES), *_rules(_MEETINGS), *_rules(_WORDS, is_word=True))
