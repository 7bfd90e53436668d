"""How a call reads: whom it is with, where it is, what is under way."""

from __future__ import annotations

from typing import Final

from reception.directory.numbers import display as shown
from reception.model.calls import Call, Direction, Focus, LegProgress, Pending, Place
from reception.model.people import ContactKind
from widgets import formats, keys, texts, wording
from widgets.board import CallRow, HeadRow, Section
from widgets.texts import QT_TRANSLATE_NOOP, translate

SECTIONS: Final[dict[Section, str]] = {
    Section.QUEUE: QT_TRANSLATE_NOOP("Call", "In the queue"),
    Section.HELD: QT_TRANSLATE_NOOP("Call", "On hold"),
    Section.AWAY: QT_TRANSLATE_NOOP("Call", "Waiting at a colleague"),
}

# What was asked for a call and is under way, by the intent's name.
ASKED: Final[dict[str, str]] = {
    "Answer": QT_TRANSLATE_NOOP("Call", "answering …"),
    "Hold": QT_TRANSLATE_NOOP("Call", "putting on hold …"),
    "Resume": QT_TRANSLATE_NOOP("Call", "fetching …"),
    "TakeBack": QT_TRANSLATE_NOOP("Call", "fetching …"),
    "Transfer": QT_TRANSLATE_NOOP("Call", "transferring …"),
    "Consult": QT_TRANSLATE_NOOP("Call", "calling the colleague …"),
    "Swap": QT_TRANSLATE_NOOP("Call", "swapping …"),
    "Complete": QT_TRANSLATE_NOOP("Call", "connecting the two …"),
    "Conference": QT_TRANSLATE_NOOP("Call", "joining all three …"),
    "GiveUp": QT_TRANSLATE_NOOP("Call", "back to the caller …"),
    "ToVoicemail": QT_TRANSLATE_NOOP("Call", "sending to voicemail …"),
    "Park": QT_TRANSLATE_NOOP("Call", "parking …"),
    "CampOn": QT_TRANSLATE_NOOP("Call", "placing at the colleague …"),
    "HangUp": QT_TRANSLATE_NOOP("Call", "hanging up …"),
    "SendDigits": QT_TRANSLATE_NOOP("Call", "sending tones …"),
    "RemoveCallback": QT_TRANSLATE_NOOP("Call", "removing …"),
}

PENDING: Final[dict[Pending, str]] = {
    Pending.ANSWERING: QT_TRANSLATE_NOOP("Call", "Calling your phone …"),
    Pending.RESUMING: QT_TRANSLATE_NOOP("Call", "Calling your phone …"),
    Pending.CALLING_DESK: QT_TRANSLATE_NOOP("Call", "Calling your phone …"),
}

CONSULTING: Final[dict[Focus, str]] = {
    Focus.CALLER: QT_TRANSLATE_NOOP("Call", "Talking with the caller; {target} waits"),
    Focus.COLLEAGUE: QT_TRANSLATE_NOOP("Call", "Talking with {target}; the caller waits"),
    Focus.CONFERENCE: QT_TRANSLATE_NOOP("Call", "Conference with {target}"),
}


def section_words(section: Section) -> str:
    """Return the heading of a part of the list."""
    return translate("Call", SECTIONS[section])


def asked_words(intent_name: str) -> str:
    """Return what is under way, or an empty text."""
    return translate("Call", ASKED[intent_name]) if intent_name in ASKED else ""


def party(call: Call) -> str:
    """Return the caller's name, else their number as people write it."""
    if not call.party.name and call.party.number and not call.party.is_withheld:
        return shown(call.party.number)
    return wording.party_name(call)


def under_party(call: Call, group: str) -> str:
    """Return the second line of the card: number and the way the call came."""
    parts = [mark] if (mark := vip_words(call)) else []
    if call.party.name and call.party.number and not call.party.is_withheld:
        parts.append(shown(call.party.number))
    if call.direction is Direction.OUT:
        parts.append(translate("Call", "outgoing"))
    elif group:
        parts.append(translate("Call", "via {group}").format(group=group))
    if call.diverted_by:
        parts.append(translate("Call", "diverted by {who}").format(who=shown(call.diverted_by)))
    return " · ".join(parts)


def vip_words(call: Call) -> str:
    """Return that a caller is a VIP contact (requirement 002-082), or an empty text."""
    return translate("Call", "VIP") if call.party.contact is ContactKind.VIP else ""


def state(call: Call, asked: str = "") -> str:
    """Return where a call in hand is, in words."""
    if asked and (words := asked_words(asked)):
        return words[:1].upper() + words[1:]
    if call.pending is not None:
        return translate("Call", PENDING[call.pending])
    target = wording.target_name(call)
    if call.place is Place.CONSULTING:
        if call.progress is LegProgress.TALKING:
            return translate("Call", CONSULTING[call.focus]).format(target=target)
        words = translate("Call", "{target} is being called; the caller waits")
        if call.progress is LegProgress.RINGING:
            words = translate("Call", "Ringing at {target}; the caller waits")
        return words.format(target=target)
    if call.place is Place.DIALLING and call.callback is not None:
        return translate("Call", "Being called back …")
    if call.place is Place.DIALLING:
        return translate("Call", "Being called …")
    if call.is_held_by_phone:
        return translate("Call", "On hold by your phone's own key")
    return translate("Call", "In conversation")


def row_line(row: CallRow) -> str:
    """Return the second line of a row: what is under way, else where the call waits and why."""
    call = row.call
    if row.asked:
        return asked_words(row.asked)
    words = _where(row)
    if call.returned is not None:
        whom = call.returned.target.name or call.returned.target.number
        back = translate("Call", "back: {why}").format(why=wording.why_words(call.returned.why, whom))
        words = f"{back} {words}" if row.section is Section.QUEUE else back
    owner = translate("Call", "by {who}").format(who=row.owner) if row.owner else ""
    return " · ".join(part for part in (vip_words(call), words, owner) if part)


def _where(row: CallRow) -> str:
    call, target = row.call, wording.target_name(row.call)
    if call.place is Place.CAMPED:
        words = translate("Call", "camp-on → {target}").format(target=target)
        return translate("Call", "{words} (talking)").format(words=words) if row.is_target_talking else words
    if call.place is Place.TRANSFERRING:
        return translate("Call", "rings at {target}").format(target=target)
    if call.place is Place.PARKED:
        return translate("Call", "parked · slot {slot}").format(slot=call.slot or "?")
    if call.is_callback_entry:
        words = translate("Call", "Callback")
        if call.callback is not None and call.callback.tries:
            words = translate("Call", "{callback} · tries: {tries}").format(
                callback=words, tries=call.callback.tries
            )
        return " · ".join(part for part in (words, row.group) if part)
    if call.place is Place.OFFERED:
        return translate("Call", "{group} · rings at your phone").format(group=row.group)
    return row.group


def row_text(row: CallRow | HeadRow, now: float) -> str:
    """Return a row as a sentence for those who listen."""
    if isinstance(row, HeadRow):
        return f"{section_words(row.section)}: {row.count_words}"
    parts = [party(row.call), row_line(row)]
    if row.position:
        parts.append(translate("Call", "number {position} in the queue").format(position=row.position))
    parts.append(translate("Call", "for {time}").format(time=formats.duration(now - waits_since(row))))
    if row.is_over:
        parts.append(translate("Call", "longer than it should"))
    if row.number:
        parts.append(keys.take_cap(row.number))
    return ", ".join(part for part in parts if part)


def waits_since(row: CallRow) -> float:
    """Return since when a row's clock runs: the caller's arrival in the queue, else the change of place."""
    call = row.call
    if call.is_callback_entry and call.callback is not None:
        return call.callback.asked_at
    return call.arrived_at if row.section is Section.QUEUE else call.since


def wait_words(seconds: float) -> str:
    """Return a wait for a chip: ``1:12``."""
    return formats.duration(seconds)


def time_words(instant: float) -> str:
    """Return a time of day in the window's language."""
    return formats.time_of_day(instant, texts.current())
