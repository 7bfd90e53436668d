"""What a Danish office is busy with: subjects, rooms and absences (all of them made up)."""

from __future__ import annotations

from typing import Final

MEETINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("", ("Afdelingsmøde", "Ugemøde", "Planlægning", "Projektmøde", "Tavlemøde", "1:1", "Teams-møde")),
    ("Indkøb", ("Leverandørmøde", "Prisforhandling", "Kontraktgennemgang")),
    ("Salg", ("Kundemøde", "Salgsmøde", "Kundebesøg", "Tilbudsgennemgang")),
    ("Rådgivning", ("Rådgivningsmøde", "Workshop hos kunden", "Opstartsmøde")),
    ("Service", ("Servicebesøg", "Montage", "Sikkerhedsrunde")),
    ("HR", ("Jobsamtale", "Udviklingssamtale", "Arbejdsmiljørunde")),
    ("Økonomi", ("Budgetmøde", "Månedsafslutning", "Møde med revisor")),
)
"""Subjects by department; the first ones are everybody's."""

ROOMS: Final = (
    "Mødelokale 1",
    "Mødelokale 2",
    "Mødelokale 4",
    "Store mødesal",
    "Kantinen",
    "Hos kunden",
    "Teams",
    "",
    "",
)
ON_MOBILE: Final = "Kan nås på mobilen."
NOTES: Final = (
    "Må kun forstyrres, hvis det haster.",
    ON_MOBILE,
    "Beskeder sendes på mail.",
)
TEAMS_NOTES: Final = (
    "Skriv helst, jeg ser det mellem møderne",
    "Hjemmearbejde torsdag og fredag",
    "Hasteopgaver: ring på mobilen",
)
"""What some have written for their status in Teams."""
LUNCH: Final = "Frokost"
BREAK: Final = "Pause"
SICK: Final = ("Sygdom", "Barns sygedag")
HOLIDAY: Final = "Ferie"
LEAVE: Final = "Barsel"
COURSE: Final = ("Kursus", "Messe", "Tjenesterejse")
AT_HOME: Final = "Hjemmearbejde"
AD_HOC: Final[tuple[tuple[str, float], ...]] = (
    ("Frokost", 30.0),
    ("Pause", 15.0),
    ("Pause", 15.0),
    ("Ude af huset", 90.0),
    ("Koncentreret arbejde", 60.0),
)
"""What colleagues set themselves on the web page, and for how many minutes."""

REMINDERS: Final = ("Husk: timesedler", "Husk: ring til banken", "Fødselsdag: Ulla", "Bestil frokost")
"""What people remind themselves of; shows as free."""
TENTATIVE: Final = ("Måske: messe", "Foreløbig: kundebesøg", "Hold ledig til workshop")
FOCUS: Final = "Koncentreret arbejde"
"""Free in the calendar, and yet not to be disturbed: its category names a profile."""
WEEKLY: Final = "MØT: tavlemøde"
"""A meeting that comes again every week, with the code that offices put in front."""

RECEPTIONISTS: Final = ("KLJ", "MSP", "BHT")
