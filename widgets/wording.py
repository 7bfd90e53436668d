"""Sentences for people: every key of `reception.model.messages` and of the window itself.

A message has a lead (bold: what happened) and a rest (where the caller is, what to do next). The English
words are the source; translators see the contexts ``Message``, ``Why``, ``Failed`` and ``Where``.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from reception.directory.numbers import display
from reception.model.calls import Call, Place, WhyBack
from reception.model.changes import Message
from widgets import day_words, formats, texts
from widgets.microsoft_words import SIGN_IN_SENTENCES
from widgets.source_words import SOURCE_SENTENCES
from widgets.texts import QT_TRANSLATE_NOOP, translate


class Worded(msgspec.Struct, frozen=True):
    """A sentence in two parts; either may be empty."""

    lead: str
    rest: str

    @property
    def text(self) -> str:
        """All of it, for those who listen."""
        return " ".join(part for part in (self.lead, self.rest) if part)


_M: Final = "Message"
_MAY_BE_NUMBERS: Final = frozenset(("caller", "target", "number"))
"""Parameters that are a name or, of somebody unknown, a number; people read numbers in groups."""
_E164: Final = re.compile(r"\+[0-9]{6,15}")

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # refusals: the lead is what was asked (`FAILED`), so only the reason stands here
    "unknown_call": ("", QT_TRANSLATE_NOOP("Message", "The call has ended.")),
    "no_call_waiting": ("", QT_TRANSLATE_NOOP("Message", "No call is waiting.")),
    "already_answered": ("", QT_TRANSLATE_NOOP("Message", "{by} answered it first.")),
    "not_yours": ("", QT_TRANSLATE_NOOP("Message", "The call is with {owner}.")),
    "not_possible_now": ("", QT_TRANSLATE_NOOP("Message", "That cannot be done now: the call {place}.")),
    "finish_consultation_first": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Finish the consultation first: Enter connects the two, numeric − gives up."
        ),
    ),
    "still_connecting": ("", QT_TRANSLATE_NOOP("Message", "The connection is not there yet. Wait a moment.")),
    "target_busy": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "{target} is busy. F6 lets the caller wait there, F7 offers the voicemail."
        ),
    ),
    "target_away": ("", QT_TRANSLATE_NOOP("Message", "{target} is not there now: {back}.")),
    "target_diverted": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "The calls of {target} are diverted, and you have no right to ring there nevertheless."
        ),
    ),
    "target_unreachable": ("", QT_TRANSLATE_NOOP("Message", "The phone of {target} cannot be reached.")),
    "target_is_free": ("", QT_TRANSLATE_NOOP("Message", "{target} is free: Enter passes the call on.")),
    "target_is_self": ("", QT_TRANSLATE_NOOP("Message", "That is your own phone.")),
    "line_unknown": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Nobody tells when {target} gets free. Enter transfers, F7 is voicemail."
        ),
    ),
    "camp_on_disabled": ("", QT_TRANSLATE_NOOP("Message", "Camp-on is switched off for this group.")),
    "camp_on_full": (
        "",
        QT_TRANSLATE_NOOP("Message", "Already {size} callers wait for {target}; there is no room for more."),
    ),
    "colleague_not_there_yet": ("", QT_TRANSLATE_NOOP("Message", "The colleague has not answered yet.")),
    "no_mailbox": ("", QT_TRANSLATE_NOOP("Message", "{target} has no voicemail.")),
    "no_mobile": ("", QT_TRANSLATE_NOOP("Message", "No mobile number is known for {target}.")),
    "invalid_number": ("", QT_TRANSLATE_NOOP("Message", "{number} is not a number that can be called.")),
    "invalid_digits": ("", QT_TRANSLATE_NOOP("Message", "Only 0–9, * and # can be sent, not {digits}.")),
    "parking_full": ("", QT_TRANSLATE_NOOP("Message", "All parking slots are taken.")),
    "unknown_group": ("", QT_TRANSLATE_NOOP("Message", "The group {group} does not exist any more.")),
    "calls_in_hand": (
        "",
        QT_TRANSLATE_NOOP("Message", "You still have calls: {count}. Pass them on or end them first."),
    ),
    "unknown_person": ("", QT_TRANSLATE_NOOP("Message", "The colleague is not in the directory any more.")),
    "unknown_entry": ("", QT_TRANSLATE_NOOP("Message", "The entry is not there any more.")),
    "not_allowed": ("", QT_TRANSLATE_NOOP("Message", "You may not change the entries of this colleague.")),
    "ends_before_start": ("", QT_TRANSLATE_NOOP("Message", "The end lies before the beginning.")),
    "already_over": ("", QT_TRANSLATE_NOOP("Message", "That time is over already.")),
    "unknown_shortcut": (
        "",
        QT_TRANSLATE_NOOP("Message", "The shortcut {shortcut} does not exist any more."),
    ),
    "unknown_profile": ("", QT_TRANSLATE_NOOP("Message", "The profile {profile} does not exist any more.")),
    "unknown_activity": (
        "",
        QT_TRANSLATE_NOOP("Message", "The activity {activity} does not exist any more."),
    ),
    "nothing_to_undo": ("", QT_TRANSLATE_NOOP("Message", "It can be undone for a minute only.")),
    "telephony_down": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "The telephone system cannot be reached; calls go on without the console."
        ),
    ),
    "not_signed_in": ("", QT_TRANSLATE_NOOP("Message", "You are not signed in.")),
    "switch_refused": ("", QT_TRANSLATE_NOOP("Message", "The telephone system refused: {error}.")),
    "hub_away": (
        "",
        QT_TRANSLATE_NOOP("Message", "The connection to Reception is down; it is being restored."),
    ),
    "settings_not_saved": (
        "",
        QT_TRANSLATE_NOOP("Message", "The settings could not be saved: the folder cannot be written to."),
    ),
    "timed_out": (
        "",
        QT_TRANSLATE_NOOP("Message", "No answer came in time. Look at the call before you try again."),
    ),
    "internal_error": ("", QT_TRANSLATE_NOOP("Message", "Reception made an error. It is in the hub's log.")),
    # notices
    "returned": ("{why}", QT_TRANSLATE_NOOP("Message", "{caller} is back with you, on hold.")),
    "returned_to_group": ("{why}", QT_TRANSLATE_NOOP("Message", "{caller} is back in the queue.")),
    "consultation_ended": ("{why}", QT_TRANSLATE_NOOP("Message", "You are with {caller} again.")),
    "desk_phone_no_answer": (
        QT_TRANSLATE_NOOP("Message", "Your own phone did not take the call."),
        QT_TRANSLATE_NOOP("Message", "{caller} is where they were. Is the phone on, and the handset down?"),
    ),
    "desk_phone_lost": (
        QT_TRANSLATE_NOOP("Message", "Your own phone went away."),
        QT_TRANSLATE_NOOP("Message", "{caller} is on hold and safe. F4 fetches the call."),
    ),
    "dialled_not_reached": ("{why}", QT_TRANSLATE_NOOP("Message", "Your call to {target} has ended.")),
    "callback_not_reached": (
        QT_TRANSLATE_NOOP("Message", "{caller} was called back without success."),
        QT_TRANSLATE_NOOP(
            "Message", "{why} That was try {tries} of {max_tries}; the entry is still in the queue."
        ),
    ),
    "callback_given_up": (
        QT_TRANSLATE_NOOP("Message", "{caller} could not be called back."),
        QT_TRANSLATE_NOOP("Message", "All {tries} tries are used; the entry is removed."),
    ),
    "camped_long": (
        QT_TRANSLATE_NOOP("Message", "{caller} still waits for {target}."),
        QT_TRANSLATE_NOOP("Message", "For {seconds} seconds now. Fetch the call, or let it wait."),
    ),
    "held_long": (
        QT_TRANSLATE_NOOP("Message", "{caller} is still on hold."),
        QT_TRANSLATE_NOOP("Message", "For {seconds} seconds now. F4 fetches the call."),
    ),
    "voicemail_failed": (
        QT_TRANSLATE_NOOP("Message", "The voicemail of {target} did not take the call."),
        QT_TRANSLATE_NOOP("Message", "{caller} is back with you, on hold."),
    ),
    "not_connected": (
        QT_TRANSLATE_NOOP("Message", "The two could not be connected."),
        QT_TRANSLATE_NOOP("Message", "{caller} is still there. The telephone system said: {error}."),
    ),
    "caller_lost": (
        QT_TRANSLATE_NOOP("Message", "The call with {caller} was lost."),
        QT_TRANSLATE_NOOP("Message", "The line broke while the connection was down."),
    ),
    "digits_failed": (
        QT_TRANSLATE_NOOP("Message", "The tones did not reach {caller}."),
        QT_TRANSLATE_NOOP("Message", "The telephone system said: {error}. The call goes on."),
    ),
    **SOURCE_SENTENCES,
    **SIGN_IN_SENTENCES,
    # the hub will not have this console
    "unknown_protocol": (
        QT_TRANSLATE_NOOP("Message", "This console does not fit the hub."),
        QT_TRANSLATE_NOOP(
            "Message", "It speaks version {theirs}, the hub {ours}. Install the same release on both."
        ),
    ),
    "wrong_token": (
        QT_TRANSLATE_NOOP("Message", "The hub does not know this console."),
        QT_TRANSLATE_NOOP("Message", "Ask the administrator for a new access token."),
    ),
    "malformed": (
        QT_TRANSLATE_NOOP("Message", "The hub did not understand this console."),
        QT_TRANSLATE_NOOP("Message", "{error}"),
    ),
    "too_large": (
        QT_TRANSLATE_NOOP("Message", "The console sent too much at once."),
        QT_TRANSLATE_NOOP("Message", "The limit is {limit} bytes."),
    ),
    "hello_expected": (
        QT_TRANSLATE_NOOP("Message", "The hub did not understand this console."),
        QT_TRANSLATE_NOOP("Message", "Is there a Reception hub at this address?"),
    ),
    "too_slow": (
        QT_TRANSLATE_NOOP("Message", "The connection was too slow."),
        QT_TRANSLATE_NOOP("Message", "It is being made anew."),
    ),
    # the window itself
    "nobody_selected": (
        "",
        QT_TRANSLATE_NOOP("Message", "Nobody is selected. Type a name or a number first."),
    ),
    "no_call_in_hand": ("", QT_TRANSLATE_NOOP("Message", "You have no call now. Enter or F2 answers.")),
    "no_number": ("", QT_TRANSLATE_NOOP("Message", "No number is known for {target}.")),
    "not_consulting": (
        "",
        QT_TRANSLATE_NOOP("Message", "There is nobody to change to: no consultation, no other call."),
    ),
    "nothing_to_fetch": ("", QT_TRANSLATE_NOOP("Message", "There is no call of yours to fetch.")),
    "nothing_parked": ("", QT_TRANSLATE_NOOP("Message", "No call is parked.")),
    "already_in_hand": ("", QT_TRANSLATE_NOOP("Message", "You have this call already.")),
    "type_digits_first": (
        "",
        QT_TRANSLATE_NOOP("Message", "Type the digits first, then Ctrl+D sends them as tones."),
    ),
    "mark_callback_first": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Mark the callback first with Ctrl+↑ and Ctrl+↓, then Ctrl+Delete removes it."
        ),
    ),
    "no_email": ("", QT_TRANSLATE_NOOP("Message", "No e-mail address is known for {target}.")),
    "no_such_call": ("", QT_TRANSLATE_NOOP("Message", "There is no call {number} in the list.")),
    "no_such_alternate": ("", QT_TRANSLATE_NOOP("Message", "There is no stand-in {number}.")),
    "no_manager": ("", QT_TRANSLATE_NOOP("Message", "No manager of {target} is in the directory.")),
    "colleague_is_talking": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Escape ends no talk. Numeric − gives the consultation up, Enter connects the two."
        ),
    ),
    "contact_has_no_time": (
        "",
        QT_TRANSLATE_NOOP("Message", "{target} is a contact outside the house: absences are of colleagues."),
    ),
    "entry_locked": ("", QT_TRANSLATE_NOOP("Message", "You may not change the time of {target}.")),
    "no_entry": ("", QT_TRANSLATE_NOOP("Message", "{target} has no entry ahead. F11 sets one.")),
    "already_asked": ("", QT_TRANSLATE_NOOP("Message", "That is already under way.")),
    "caller_gone": ("", QT_TRANSLATE_NOOP("Message", "{caller} hung up.")),
    "window_error": (
        QT_TRANSLATE_NOOP("Message", "The window made an error."),
        QT_TRANSLATE_NOOP("Message", "Calls are not touched by it. Code for the administrator: {code}."),
    ),
    "still_starting": ("", QT_TRANSLATE_NOOP("Message", "Reception is still starting.")),
}

WHY: Final[dict[str, str]] = {
    WhyBack.NO_ANSWER: QT_TRANSLATE_NOOP("Why", "{target} did not answer."),
    WhyBack.BUSY: QT_TRANSLATE_NOOP("Why", "{target} is busy."),
    WhyBack.REJECTED: QT_TRANSLATE_NOOP("Why", "{target} rejected the call."),
    WhyBack.UNREACHABLE: QT_TRANSLATE_NOOP("Why", "{target} cannot be reached."),
    WhyBack.HUNG_UP: QT_TRANSLATE_NOOP("Why", "{target} hung up."),
    WhyBack.FAILED: QT_TRANSLATE_NOOP("Why", "The connection to {target} failed."),
    WhyBack.PHONE_LOST: QT_TRANSLATE_NOOP("Why", "The phone of {target} went away."),
    WhyBack.PARKED_TOO_LONG: QT_TRANSLATE_NOOP("Why", "Nobody fetched the parked call."),
}

FAILED: Final[dict[str, str]] = {
    "AnswerNext": QT_TRANSLATE_NOOP("Failed", "Not answered."),
    "Answer": QT_TRANSLATE_NOOP("Failed", "Not answered."),
    "Hold": QT_TRANSLATE_NOOP("Failed", "Not put on hold."),
    "Resume": QT_TRANSLATE_NOOP("Failed", "Not fetched from hold."),
    "Transfer": QT_TRANSLATE_NOOP("Failed", "Not transferred."),
    "Consult": QT_TRANSLATE_NOOP("Failed", "The colleague was not called."),
    "Swap": QT_TRANSLATE_NOOP("Failed", "Not swapped."),
    "Complete": QT_TRANSLATE_NOOP("Failed", "The two were not connected."),
    "Conference": QT_TRANSLATE_NOOP("Failed", "No conference."),
    "GiveUp": QT_TRANSLATE_NOOP("Failed", "The consultation goes on."),
    "ToVoicemail": QT_TRANSLATE_NOOP("Failed", "Not sent to voicemail."),
    "Park": QT_TRANSLATE_NOOP("Failed", "Not parked."),
    "CampOn": QT_TRANSLATE_NOOP("Failed", "No camp-on."),
    "TakeBack": QT_TRANSLATE_NOOP("Failed", "Not fetched."),
    "HangUp": QT_TRANSLATE_NOOP("Failed", "Not hung up."),
    "SendDigits": QT_TRANSLATE_NOOP("Failed", "The tones were not sent."),
    "Dial": QT_TRANSLATE_NOOP("Failed", "Not called."),
    "RemoveCallback": QT_TRANSLATE_NOOP("Failed", "The callback was not removed."),
    "SetReadiness": QT_TRANSLATE_NOOP("Failed", "Your own state is unchanged."),
    "SetEntry": QT_TRANSLATE_NOOP("Failed", "Not entered."),
    "SendMail": QT_TRANSLATE_NOOP("Failed", "Not sent."),
    "SendChat": QT_TRANSLATE_NOOP("Failed", "Not sent."),
    "DeleteEntry": QT_TRANSLATE_NOOP("Failed", "Not deleted."),
    "UndoEntry": QT_TRANSLATE_NOOP("Failed", "Not undone."),
    "SetGroups": QT_TRANSLATE_NOOP("Failed", "Your groups are unchanged."),
}

# Where a call is, said after a failure: so that nobody has to look for it.
WHERE: Final[dict[Place, str]] = {
    Place.QUEUED: QT_TRANSLATE_NOOP("Where", "{caller} still waits in the queue."),
    Place.OFFERED: QT_TRANSLATE_NOOP("Where", "{caller} still waits in the queue."),
    Place.TALKING: QT_TRANSLATE_NOOP("Where", "{caller} is still with you."),
    Place.HELD: QT_TRANSLATE_NOOP("Where", "{caller} is still on hold."),
    Place.CONSULTING: QT_TRANSLATE_NOOP("Where", "{caller} is still in the consultation."),
    Place.CAMPED: QT_TRANSLATE_NOOP("Where", "{caller} still waits for {target}."),
    Place.PARKED: QT_TRANSLATE_NOOP("Where", "{caller} is still parked."),
    Place.TRANSFERRING: QT_TRANSLATE_NOOP("Where", "{caller} still rings at {target}."),
    Place.DIALLING: QT_TRANSLATE_NOOP("Where", "{caller} is still being called."),
    Place.VOICEMAIL: QT_TRANSLATE_NOOP("Where", "{caller} is on the way to a voicemail."),
    Place.HANDED_ON: QT_TRANSLATE_NOOP("Where", "{caller} talks with {target}."),
}

PLACES: Final[dict[Place, str]] = {
    Place.QUEUED: QT_TRANSLATE_NOOP("Place", "waits in the queue"),
    Place.OFFERED: QT_TRANSLATE_NOOP("Place", "is being answered"),
    Place.TALKING: QT_TRANSLATE_NOOP("Place", "is in a conversation"),
    Place.HELD: QT_TRANSLATE_NOOP("Place", "is on hold"),
    Place.CONSULTING: QT_TRANSLATE_NOOP("Place", "is in a consultation"),
    Place.CAMPED: QT_TRANSLATE_NOOP("Place", "waits for a colleague"),
    Place.PARKED: QT_TRANSLATE_NOOP("Place", "is parked"),
    Place.TRANSFERRING: QT_TRANSLATE_NOOP("Place", "rings at a colleague"),
    Place.DIALLING: QT_TRANSLATE_NOOP("Place", "is being dialled"),
    Place.VOICEMAIL: QT_TRANSLATE_NOOP("Place", "is on the way to a voicemail"),
    Place.HANDED_ON: QT_TRANSLATE_NOOP("Place", "has been passed on"),
}


def sentence(message: Message, now: float = 0.0) -> Worded:
    """Return a message in words. A key nobody has worded is shown as it is, never swallowed.

    `now` (UTC seconds) is for messages that tell of a time: one of today is told without its day.
    """
    lead, rest = SENTENCES.get(message.key, ("", message.key))
    params = _params(message, now)
    return Worded(*(_fill(translate(_M, part) if part else "", params) for part in (lead, rest)))


def failure(intent_name: str, message: Message | None, call: Call | None, now: float = 0.0) -> Worded:
    """Return what failed, why, and where the call is now."""
    lead = translate("Failed", FAILED.get(intent_name, intent_name))
    why = sentence(message, now).text if message is not None else ""
    where = ""
    if call is not None:
        values = {"caller": party_name(call), "target": target_name(call)}
        where = _fill(translate("Where", WHERE[call.place]), values)
    return Worded(lead, " ".join(part for part in (why, where) if part))


def why_words(why: WhyBack, target: str) -> str:
    """Return why a call came back, as a sentence."""
    return _fill(translate("Why", WHY[why]), {"target": target or translate(_M, "The colleague")})


def party_name(call: Call) -> str:
    """Return what to call the caller."""
    party = call.party
    if party.name:
        return party.name
    if party.number and not party.is_withheld:
        return display(party.number)
    return translate("Call", "Hidden number")


def target_name(call: Call) -> str:
    """Return what to call the colleague of a call."""
    if call.target is None:
        return ""
    return call.target.name or display(call.target.number)


def _params(message: Message, now: float) -> dict[str, str]:
    values = {k: f"{v:g}" if isinstance(v, float) else str(v) for k, v in message.params.items()}
    if "at" in values:
        values["at"] = formats.exact_time(float(message.params["at"]), texts.current())
    if "back" in values:
        values["back"] = _back(message.params["back"], now)
    for who in _MAY_BE_NUMBERS & values.keys():
        values[who] = display(values[who]) if _E164.fullmatch(values[who]) else values[who]
    if "caller" in values:
        values["caller"] = values["caller"] or translate("Call", "Hidden number")
    if "target" in values:
        values["target"] = values["target"] or translate(_M, "The colleague")
    if "why" in values:
        whom = values.get("target") or values.get("caller") or ""
        values["why"] = _fill(translate("Why", WHY.get(values["why"], "{why}")), {"target": whom, **values})
    if message.params.get("place") in list(Place):
        values["place"] = translate("Place", PLACES[Place(str(message.params["place"]))])
    return values


def _back(instant: str | float, now: float) -> str:
    if not isinstance(instant, float) or not instant:
        return translate("Message", "nobody knows until when")
    return translate("Message", "back {time}").format(time=day_words.moment(instant, now))


class _Kept(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _fill(text: str, params: dict[str, str]) -> str:
    return text.format_map(_Kept(params))
