"""What the strip over the list says: returned calls, refusals, failures, hints. Data and rules; no widgets.

A notice stays until it is dismissed or its call has moved on; one that no call hangs on goes when the
receptionist goes on to something else after there was time to read it. A hint, and a failure that is about no
call, go by themselves after a while.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec
from msgspec.structs import replace

from reception.model.calls import Call, Place
from reception.model.changes import Message
from reception.model.changes import Notice as HubNotice
from reception.model.intents import Intent
from reception.presence.ways_on import Offer, WayOn
from reception.wire import Outcome, Result
from widgets import wording
from widgets.intents_for import Action, Say, View

HINT_S: Final = 8.0
FAILURE_S: Final = 30.0
"""Seconds that a failure stays which is about no call."""
LINK: Final = "link"
"""Id of the notice about the connection to the hub."""


class Tone(StrEnum):
    """How much it matters."""

    HINT = "hint"
    NOTICE = "notice"
    FAILURE = "failure"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One notice in words, with the keys that help now.

    `where` is the place its call was in; `lasts_s` how long it stands (None: until it is dealt with). Of the
    `actions` a number means the stand-in of that number, a `View` what only the window does. `person` is whom
    the receptionist is warned of.
    """

    id: str
    tone: Tone
    lead: str
    rest: str
    at: float
    call: str | None = None
    where: Place | None = None
    actions: tuple[Action | View | int, ...] = ()
    lasts_s: float | None = None
    person: str | None = None

    @property
    def text(self) -> str:
        """All of it, for those who listen."""
        return " ".join(part for part in (self.lead, self.rest) if part)


ACTIONS: Final[dict[str, tuple[Action, ...]]] = {
    "returned": (Action.HOLD, Action.VOICEMAIL),
    "returned_to_group": (Action.ANSWER_NEXT,),
    "desk_phone_lost": (Action.HOLD,),
    "desk_phone_no_answer": (Action.ANSWER_NEXT,),
    "held_long": (Action.HOLD,),
    "camped_long": (Action.TAKE,),
    "voicemail_failed": (Action.HOLD,),
    "target_busy": (Action.CAMP_ON, Action.VOICEMAIL, Action.ANYWAY),
    "target_away": (Action.VOICEMAIL, Action.ANYWAY),
    "target_diverted": (Action.VOICEMAIL, Action.MOBILE),
    "target_unreachable": (Action.VOICEMAIL, Action.MOBILE),
    "target_is_free": (Action.ENTER,),
    "no_mobile": (Action.ENTER,),
    "finish_consultation_first": (Action.ENTER, Action.BACK),
    "colleague_is_talking": (Action.BACK, Action.ENTER),
    "no_call_in_hand": (Action.ANSWER_NEXT,),
    "not_possible_now": (),
}


WARNINGS: Final = ("target_busy", "target_away", "target_diverted", "target_unreachable")
"""Refusals of a transfer for which there are ways on (`reception.presence.ways_on`)."""
_WAYS: Final[dict[WayOn, Action | View]] = {
    WayOn.CAMP_ON: Action.CAMP_ON,
    WayOn.VOICEMAIL: Action.VOICEMAIL,
    WayOn.MOBILE: Action.MOBILE,
    WayOn.MESSAGE: View.MESSAGE,
}


def with_ways(card: Card, offers: Sequence[Offer]) -> Card:
    """Return a warning with what is offered instead, the best first; to transfer all the same comes last.

    The hub knows first that somebody talks: camp-on is offered where its word is "busy".
    """
    ways = [_WAYS.get(offer.way, offer.number) for offer in offers if offer.way is not WayOn.CAMP_ON]
    if Action.CAMP_ON in card.actions:
        ways.insert(0, Action.CAMP_ON)
    anyway = [Action.ANYWAY] if Action.ANYWAY in card.actions else []
    return replace(card, actions=(*ways, *anyway))


def from_hub(notice: HubNotice, calls: Mapping[str, Call]) -> Card:
    """Return what the hub tells, in words."""
    words = wording.sentence(notice.message)
    call = calls.get(notice.call or "")
    return Card(
        id=notice.id,
        tone=Tone.NOTICE,
        lead=words.lead,
        rest=words.rest,
        at=notice.at,
        call=notice.call,
        where=call.place if call else None,
        actions=ACTIONS.get(notice.message.key, ()),
    )


def from_outcome(intent: Intent, outcome: Outcome, calls: Mapping[str, Call], now: float) -> Card | None:
    """Return what went wrong, why, and where the call is; None when nothing did."""
    if outcome.result is Result.DONE:
        return None
    call = calls.get(str(getattr(intent, "call", outcome.call) or ""))
    message = outcome.message or Message(key="internal_error")
    words = wording.failure(type(intent).__name__, message, call, now)
    target = getattr(intent, "to", None)
    is_warning = message.key in WARNINGS and target is not None
    return Card(
        id=outcome.id,
        tone=Tone.FAILURE,
        lead=words.lead,
        rest=words.rest,
        at=now,
        call=call.id if call else None,
        where=call.place if call else None,
        actions=ACTIONS.get(message.key, ()),
        lasts_s=None if call else FAILURE_S,
        person=target.person if is_warning and target is not None else None,
    )


def from_say(say: Say, now: float) -> Card:
    """Return a hint of the window itself."""
    words = wording.sentence(say)
    return Card(
        id=f"hint:{say.key}",
        tone=Tone.HINT,
        lead=words.lead,
        rest=words.rest,
        at=now,
        actions=ACTIONS.get(say.key, ()),
        lasts_s=HINT_S,
    )


def from_link(message: Message, now: float) -> Card:
    """Return why the hub refuses this console."""
    words = wording.sentence(message)
    return Card(id=LINK, tone=Tone.FAILURE, lead=words.lead, rest=words.rest, at=now)


class Pile:
    """The notices that are not dealt with yet; the last one is on top."""

    def __init__(self) -> None:
        self._cards: list[Card] = []

    def __len__(self) -> int:
        return len(self._cards)

    @property
    def top(self) -> Card | None:
        """The one that is shown."""
        return self._cards[-1] if self._cards else None

    def add(self, card: Card) -> None:
        """Put one on top; a hint replaces the hint before it, a repeat its older self."""
        self._cards = [
            c for c in self._cards if c.id != card.id and not (c.tone is Tone.HINT and card.tone is Tone.HINT)
        ]
        self._cards.append(card)

    def dismiss(self) -> bool:
        """Take the top one away; False when there is none."""
        return bool(self._cards and self._cards.pop())

    def drop(self, card_id: str) -> bool:
        """Take one away by its id; True when it was there."""
        return self._keep([c for c in self._cards if c.id != card_id])

    def go_on(self, now: float) -> bool:
        """Take away what is read, because the receptionist has gone on; True when one went."""
        return self._keep([c for c in self._cards if c.tone is Tone.NOTICE and not _was_read(c, now)])

    def settle(self, calls: Mapping[str, Call], now: float) -> bool:
        """Take away what is over: the call has moved on or ended, or a hint has been read long enough."""
        return self._keep([c for c in self._cards if not _is_over(c, calls, now)])

    def _keep(self, cards: list[Card]) -> bool:
        went = len(cards) != len(self._cards)
        self._cards = cards
        return went


def _was_read(card: Card, now: float) -> bool:
    """True for a notice that no call hangs on and that was shown as long as a hint."""
    return card.where is None and now - card.at > HINT_S


def _is_over(card: Card, calls: Mapping[str, Call], now: float) -> bool:
    if card.lasts_s is not None and now - card.at > card.lasts_s:
        return True
    if card.call is None or card.where is None:
        return False
    call = calls.get(card.call)
    return call is None or call.place is not card.where
