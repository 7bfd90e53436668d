"""A message to a colleague about the caller: what stands in it, and its address for the mail program."""

from __future__ import annotations

from urllib.parse import quote

from reception.console.api import ReplicaView
from reception.directory.numbers import display
from reception.mail import filled
from reception.model.calls import Call
from reception.model.office import MailTemplate, label
from reception.model.people import Person
from widgets import day_words, standing, texts, wording
from widgets.texts import translate


def letter(person: Person, call: Call | None, now: float) -> str:
    """Return the address (``mailto:``) that begins a letter to a colleague; `now` in UTC seconds."""
    return address(person.email, *_plain(call, now)) if call is not None else address(person.email)


def address(email: str, subject: str = "", text: str = "") -> str:
    """Return the address (``mailto:``) of a letter with a subject and a text."""
    given = [f"{name}={quote(value)}" for name, value in _lines(subject, text) if value]
    return f"mailto:{quote(email)}" + (f"?{'&'.join(given)}" if given else "")


def filled_in(
    template: MailTemplate | None, person: Person, call: Call | None, replica: ReplicaView, now: float
) -> tuple[str, str]:
    """Return subject and text of a message, with what is known of the call; both empty without a call.

    Without a template it has words of our own. Of a withheld number nothing is told.
    """
    if call is None:
        return "", ""
    if template is None:
        return _plain(call, now)
    caller, number = _caller(call)
    facts = {
        "caller": caller,
        "number": number,
        "time": day_words.moment(now, now),
        "colleague": person.name,
        "receptionist": standing.my_attendant(replica).name,
    }
    language = texts.current()
    subject = filled(label(template.subject, language, ""), facts)
    return " ".join(subject.split()), filled(label(template.text, language, ""), facts)


def _plain(call: Call, now: float) -> tuple[str, str]:
    """Return subject and text in the window's language: who called, their number and when."""
    caller, number = _caller(call)
    lines = [
        translate("Mail", "Caller: {caller}").format(caller=caller),
        *([translate("Mail", "Number: {number}").format(number=number)] if number else []),
        translate("Mail", "Time: {time}").format(time=day_words.moment(now, now)),
        "",
    ]
    return translate("Mail", "{caller} called you").format(caller=caller), "\n".join(lines)


def _caller(call: Call) -> tuple[str, str]:
    """Return name and number of a caller; of a withheld number nothing is told."""
    number = "" if call.party.is_withheld or not call.party.number else display(call.party.number)
    return wording.party_name(call), number


def _lines(subject: str, text: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("subject", subject), ("body", text.replace("\n", "\r\n"))
