"""What an appointment shows of its owner, from the dialects of the programs that write calendars."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

import msgspec

from reception.model.calendar import ShowAs

_BUSY_STATUS: Final = ("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS")
PROPERTIES: Final = frozenset(
    {
        "SUMMARY",
        "LOCATION",
        "CATEGORIES",
        "CLASS",
        "STATUS",
        "TRANSP",
        "ORGANIZER",
        "ATTENDEE",
        "X-MICROSOFT-CDO-ALLDAYEVENT",
        "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT",
        *_BUSY_STATUS,
    }
)
"""The properties that are looked at here and for all-day appointments."""

_OF_MICROSOFT: Final = {
    "FREE": ShowAs.FREE,
    "TENTATIVE": ShowAs.TENTATIVE,
    "BUSY": ShowAs.BUSY,
    "OOF": ShowAs.OOF,
    "WORKINGELSEWHERE": ShowAs.WORKING_ELSEWHERE,
}
_UNANSWERED: Final = ("TENTATIVE", "NEEDS-ACTION")
_LONGEST: Final = 500
"""Letters of a subject or place; more is no subject."""


class Showing(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an appointment besides its time. `is_out`: cancelled, or declined by its owner."""

    subject: str = ""
    location: str = ""
    categories: tuple[str, ...] = ()
    show_as: ShowAs = ShowAs.BUSY
    is_private: bool = False
    is_invitation: bool = False
    is_cancelled: bool = False
    is_declined: bool = False


def showing_of(event: Any, own: Set[str]) -> Showing:
    """Read it from an icalendar event; `own` are its owner's e-mails in small letters."""
    is_private = _word(event, "CLASS") in ("PRIVATE", "CONFIDENTIAL")
    answer = _own_answer(event, own)
    organizers = [email_in(o) for o in _all(event, "ORGANIZER")]
    if not own.isdisjoint(organizers) and answer in _UNANSWERED:
        answer = ""  # nobody answers an invitation of their own
    return Showing(
        subject="" if is_private else _text(event, "SUMMARY"),
        location="" if is_private else _text(event, "LOCATION"),
        categories=() if is_private else _categories(event),
        show_as=_show_as(event, answer),
        is_private=is_private,
        is_invitation=bool(own and organizers) and own.isdisjoint(organizers),
        is_cancelled=_word(event, "STATUS") == "CANCELLED",
        is_declined=answer == "DECLINED",
    )


def masked(showing: Showing) -> Showing:
    """Return it without what a private one hides."""
    return msgspec.structs.replace(showing, subject="", location="", categories=(), is_private=True)


def email_in(address: Any) -> str:
    """Return the e-mail of an ORGANIZER or ATTENDEE in small letters; Exchange may have it in a parameter."""
    plain = str(address).strip().casefold()
    if plain.startswith("mailto:"):
        return plain.removeprefix("mailto:").strip()
    given = getattr(address, "params", {}).get("EMAIL", "")
    return str(given or plain).casefold()


def _show_as(event: Any, answer: str) -> ShowAs:
    for name in _BUSY_STATUS:
        if found := _OF_MICROSOFT.get(_word(event, name)):
            return found
    if _word(event, "TRANSP") == "TRANSPARENT":
        return ShowAs.FREE
    if _word(event, "STATUS") == "TENTATIVE" or answer in _UNANSWERED:
        return ShowAs.TENTATIVE
    return ShowAs.BUSY


def _own_answer(event: Any, own: Set[str]) -> str:
    for attendee in _all(event, "ATTENDEE"):
        if email_in(attendee) in own:
            return str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
    return ""


def _categories(event: Any) -> tuple[str, ...]:
    found = [str(c).strip() for prop in _all(event, "CATEGORIES") for c in getattr(prop, "cats", ())]
    return tuple(dict.fromkeys(c[:_LONGEST] for c in found if c))


def _all(event: Any, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _text(event: Any, name: str) -> str:
    """Return a property as one line."""
    return " ".join(str(next(iter(_all(event, name)), "")).split())[:_LONGEST]


def _word(event: Any, name: str) -> str:
    return str(next(iter(_all(event, name)), "")).strip().upper()
