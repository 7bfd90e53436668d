"""What each key means in each situation: one table, no Qt.

Rules that a receptionist can rely on:

- Enter moves the caller on. Idle it answers (the marked call, else the one ringing at my phone, else who
  waited longest, else the last on hold); in a call it passes the caller to the selection; in a
  consultation it puts the two together. A typed number that matches nobody is the target of all of these.
- Consult means "talk with the colleague first"; pressed again it completes. Idle it calls the colleague.
- Back (numeric minus) is hang-up, except that a consultation is given up and a ringing transfer fetched.
- Escape is not here, but for one case: it gives up a consultation whose colleague has not answered.
  It never ends a talk.
- Without a call in hand, the keys that pass on mean the marked call on hold, else the last that came back.
- `Say` is an answer for the window alone: nothing was asked of the hub, and nothing has changed.

The hub has the last word: a key whose intent it refuses changes nothing either.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, TypeAlias

from msgspec.structs import replace

from reception.model import intents as ask
from reception.model.attendants import Readiness
from reception.model.calls import Call, Place, Target
from reception.model.changes import Message
from widgets.standing import AWAY, Situation, Stand, is_waiting

LOCAL_MESSAGES: Final[dict[str, tuple[str, ...]]] = {
    "nobody_selected": (),
    "no_call_in_hand": (),
    "no_number": ("target",),
    "mail_sent": ("target",),
    "not_consulting": (),
    "nothing_to_fetch": (),
    "nothing_parked": (),
    "already_in_hand": (),
    "settings_not_saved": (),
    "signed_out_alone": (),
    "sign_in_still_kept": (),
    "type_digits_first": (),
    "mark_callback_first": (),
    "no_such_call": ("number",),
    "no_such_alternate": ("number",),
    "no_manager": ("target",),
    "entry_locked": ("target",),
    "contact_has_no_time": ("target",),
    "no_entry": ("target",),
    "colleague_is_talking": (),
    "already_asked": (),
    "caller_gone": ("caller",),
    "still_starting": (),
    "window_error": ("code",),
}
"""What the window says by itself, besides the hub's `REFUSALS`; `wording` has the sentences."""


class Action(StrEnum):
    """What a key stands for, whatever its meaning now."""

    ENTER = "enter"
    CONSULT = "consult"
    MOBILE = "mobile"
    ANYWAY = "anyway"
    BACK = "back"
    ESCAPE = "escape"
    ANSWER_NEXT = "answer_next"
    HOLD = "hold"
    SWAP = "swap"
    CAMP_ON = "camp_on"
    VOICEMAIL = "voicemail"
    HANG_UP = "hang_up"
    PARK = "park"
    CONFERENCE = "conference"
    DIGITS = "digits"
    TAKE = "take"
    REMOVE_CALLBACK = "remove_callback"
    UNDO = "undo"
    READY = "ready"
    LOG_OUT = "log_out"


class View(StrEnum):
    """Keys that only move something in the window; the hub never hears of them."""

    HELP = "help"
    SEARCH = "search"
    GROUPS = "groups"
    CARD = "card"
    NEXT_NUMBER = "next_number"
    WEEK = "week"
    MANAGER = "manager"
    MESSAGE = "message"
    UP = "up"
    DOWN = "down"
    PAGE_UP = "page_up"
    PAGE_DOWN = "page_down"
    FIRST = "first"
    LAST = "last"
    MARK_UP = "mark_up"
    MARK_DOWN = "mark_down"
    ABSENCE = "absence"
    EDIT = "edit"
    WALL = "wall"
    EARLIER = "earlier"
    LATER = "later"
    FAVOURITES = "favourites"
    ONLY_FREE = "only_free"
    LANGUAGE = "language"
    SETTINGS = "settings"
    CLOSE = "close"


class Say(Message, frozen=True, kw_only=True):
    """Nothing is asked; the window says why, and which key would do."""


Decision: TypeAlias = ask.Intent | Say | None
"""None: the key has no meaning here and there is nothing to say."""
Rule: TypeAlias = Callable[[Situation], Decision]


def _say(key: str) -> Rule:
    return lambda _: Say(key=key)


def _on_hand(make: Callable[[str], ask.Intent]) -> Rule:
    """Build a rule for an intent that needs nothing but the call in hand."""

    def rule(at: Situation) -> Decision:
        return make(at.in_hand.id) if at.in_hand else Say(key="no_call_in_hand")

    return rule


def _pass_on(make: Callable[[str, Target], ask.Intent], whom: Callable[[Situation], Target | None]) -> Rule:
    """Build a rule for an intent that sends the subject to somebody."""

    def rule(at: Situation) -> Decision:
        subject = at.subject
        if subject is None:
            return Say(key="no_call_in_hand")
        return _to(whom(at), lambda to: make(subject.id, to))

    return rule


def _to(target: Target | None, make: Callable[[Target], ask.Intent]) -> Decision:
    if target is None:
        return Say(key="nobody_selected")
    if not target.number:
        return Say(key="no_number", params={"target": target.name})
    return make(target)


def _selection(at: Situation) -> Target | None:
    return at.target


def _mobile(at: Situation) -> Target | None:
    """Return the mobile of the selection; one without a number for a colleague who has none."""
    return at.mobile


def _with_mobile(rule: Rule) -> Rule:
    def checked(at: Situation) -> Decision:
        if at.mobile is not None and not at.mobile.number:
            return Say(key="no_mobile", params={"target": at.mobile.name})
        return rule(at)

    return checked


def _mailbox_of(at: Situation) -> Target | None:
    """Return whose mailbox is meant: the selection's, else of the colleague who did not answer."""
    if at.target is not None:
        return at.target
    return at.subject.returned.target if at.subject and at.subject.returned else None


def take(call: Call) -> Decision:
    """Return what brings this call to my phone."""
    if is_waiting(call):
        return ask.Answer(call=call.id)
    if call.place in AWAY or call.place is Place.HELD:
        return ask.TakeBack(call=call.id)
    return Say(key="already_in_hand")


def _take_mine(at: Situation, call: Call) -> Decision:
    return ask.Resume(call=call.id) if call in at.held else take(call)


def _take_marked(at: Situation) -> Decision:
    return _take_mine(at, at.marked) if at.marked else Say(key="nothing_to_fetch")


def _enter_idle(at: Situation) -> Decision:
    if at.typed_number:
        return ask.Dial(to=Target(number=at.typed_number))
    if at.marked is not None:
        return _take_mine(at, at.marked)
    if at.offered is not None:
        return ask.Answer(call=at.offered.id)
    if at.waiting:
        return ask.AnswerNext()
    latest = at.subject or (at.held[-1] if at.held else None)
    return ask.Resume(call=latest.id) if latest else Say(key="no_call_waiting")


def _fetch(at: Situation) -> Decision:
    """F4 with free hands: the marked call, what came back, the oldest on hold, my ringing transfer."""
    if at.marked is not None and not is_waiting(at.marked):
        return _take_mine(at, at.marked)
    if at.subject is not None:
        return ask.Resume(call=at.subject.id)
    if at.held:
        return ask.Resume(call=at.held[0].id)
    return _grab_back(at)


def _grab_back(at: Situation) -> Decision:
    mine = [c for c in at.away if c.place is Place.TRANSFERRING and c.owner == at.me]
    return ask.TakeBack(call=mine[-1].id) if mine else Say(key="nothing_to_fetch")


def _swap_held(at: Situation) -> Decision:
    """F5 in a plain call: talk with the one put on hold last; the hub puts this one on hold."""
    return ask.Resume(call=at.held[-1].id) if at.held else Say(key="not_consulting")


def _fetch_parked(at: Situation) -> Decision:
    parked = [c for c in at.away if c.place is Place.PARKED]
    if at.marked in parked:
        return take(at.marked)
    mine = [c for c in parked if c.owner == at.me] or parked
    return take(mine[0]) if mine else Say(key="nothing_parked")


def _call_selection(whom: Callable[[Situation], Target | None]) -> Rule:
    """Build the idle meaning of a pass-on key: about a call that came back, else simply a call of my own."""

    def rule(at: Situation) -> Decision:
        subject = at.subject
        if subject is not None:
            return _to(whom(at), lambda to: ask.Consult(call=subject.id, to=to))
        return _to(whom(at), lambda to: ask.Dial(to=to))

    return rule


def _mobile_idle(at: Situation) -> Decision:
    return _transfer_mobile(at) if at.subject else _to(_mobile(at), lambda to: ask.Dial(to=to))


def _digits(at: Situation) -> Decision:
    digits = "".join(at.typed.upper().split())
    if not digits or any(d not in "0123456789*#ABCD" for d in digits):
        return Say(key="type_digits_first")
    return ask.SendDigits(call=at.in_hand.id, digits=digits) if at.in_hand else Say(key="no_call_in_hand")


def _remove_callback(at: Situation) -> Decision:
    entries = [c for c in at.waiting if c.is_callback_entry]
    if at.marked in entries:
        return ask.RemoveCallback(call=at.marked.id)
    return Say(key="mark_callback_first")


def _toggle_ready(at: Situation) -> Decision:
    is_ready = at.readiness is Readiness.READY
    return ask.SetReadiness(readiness=Readiness.PAUSED if is_ready else Readiness.READY)


def _log_out(_: Situation) -> Decision:
    return ask.SetReadiness(readiness=Readiness.LOGGED_OUT)


def _undo(at: Situation) -> Decision:
    return ask.UndoEntry(request=at.undoable) if at.undoable else Say(key="nothing_to_undo")


def _nothing(_: Situation) -> Decision:
    return None


_transfer = _pass_on(lambda call, to: ask.Transfer(call=call, to=to), _selection)
_transfer_anyway = _pass_on(lambda call, to: ask.Transfer(call=call, to=to, even_if_busy=True), _selection)
_plainly_mobile = _pass_on(lambda call, to: ask.Transfer(call=call, to=to), _mobile)
_mobile_after_warning = _pass_on(lambda call, to: ask.Transfer(call=call, to=to, even_if_busy=True), _mobile)
_transfer_mobile = _with_mobile(
    lambda at: _mobile_after_warning(at) if at.is_warned else _plainly_mobile(at)  # not warned twice
)
_consult = _pass_on(lambda call, to: ask.Consult(call=call, to=to), _selection)
_camp_on = _pass_on(lambda call, to: ask.CampOn(call=call, to=to), _selection)
_voicemail = _pass_on(lambda call, to: ask.ToVoicemail(call=call, to=to), _mailbox_of)
_hang_up = _on_hand(lambda call: ask.HangUp(call=call))
_give_up = _on_hand(lambda call: ask.GiveUp(call=call))
_complete = _on_hand(lambda call: ask.Complete(call=call))
_hold = _on_hand(lambda call: ask.Hold(call=call))
_swap = _on_hand(lambda call: ask.Swap(call=call))
_conference = _on_hand(lambda call: ask.Conference(call=call))
_park = _on_hand(lambda call: ask.Park(call=call))
_answer_next: Rule = lambda at: ask.AnswerNext() if at.waiting else Say(key="no_call_waiting")  # noqa: E731

_finish = _say("finish_consultation_first")
_connecting = _say("still_connecting")
_no_call = _say("no_call_in_hand")
_not_consulting = _say("not_consulting")
_not_there = _say("colleague_not_there_yet")


def _row(
    idle: Rule,
    talking: Rule,
    calling: Rule,
    consulting: Rule,
    *,
    answering: Rule = _connecting,
    dialling: Rule = _connecting,
) -> dict[Stand, Rule]:
    return {
        Stand.IDLE: idle,
        Stand.ANSWERING: answering,
        Stand.TALKING: talking,
        Stand.CALLING: calling,
        Stand.CONSULTING: consulting,
        Stand.DIALLING: dialling,
    }


def _always(rule: Rule) -> dict[Stand, Rule]:
    return dict.fromkeys(Stand, rule)


_call = _call_selection(_selection)
_mobile_free = _with_mobile(_mobile_idle)
_escape_talk = _say("colleague_is_talking")

# fmt: off
TABLE: Final[dict[Action, dict[Stand, Rule]]] = {
    #                         idle             talking           calling     consulting
    Action.ENTER:       _row(_enter_idle,      _transfer,        _complete,  _complete),
    Action.CONSULT:     _row(_call,            _consult,         _complete,  _complete),
    Action.MOBILE:      _row(_mobile_free,     _transfer_mobile, _finish,    _finish),
    Action.ANYWAY:      _row(_transfer_anyway, _transfer_anyway, _finish,    _finish),
    Action.BACK:        _row(_grab_back,       _hang_up,         _give_up,   _give_up, dialling=_hang_up),
    Action.ESCAPE:      _row(_nothing,         _nothing,         _give_up,   _escape_talk,
                             answering=_nothing, dialling=_nothing),
    Action.ANSWER_NEXT: _row(_answer_next,     _answer_next,     _finish,    _finish),
    Action.HOLD:        _row(_fetch,           _hold,            _finish,    _finish),
    Action.SWAP:        _row(_not_consulting,  _swap_held,       _not_there, _swap),
    Action.CAMP_ON:     _row(_camp_on,         _camp_on,         _finish,    _finish),
    Action.VOICEMAIL:   _row(_voicemail,       _voicemail,       _finish,    _finish),
    Action.HANG_UP:     _row(_no_call,         _hang_up,         _hang_up,   _hang_up,
                             answering=_hang_up, dialling=_hang_up),
    Action.PARK:        _row(_fetch_parked,    _park,            _finish,    _finish),
    Action.CONFERENCE:  _row(_not_consulting,  _not_consulting,  _not_there, _conference),
    Action.DIGITS:      _row(_no_call,         _digits,          _digits,    _digits),
    Action.TAKE:        _row(_take_marked,     _take_marked,     _finish,    _finish),
    Action.REMOVE_CALLBACK: _always(_remove_callback),
    Action.UNDO:        _always(_undo),
    Action.READY:       _always(_toggle_ready),
    Action.LOG_OUT:     _always(_log_out),
}
# fmt: on


def decide(action: Action, at: Situation) -> Decision:
    """Return what the key asks for here."""
    return TABLE[action][at.stand](at)


def decide_take(call: Call | None, number: int, at: Situation) -> Decision:
    """Return what fetching the `number`-th call of the list asks for."""
    if call is None:
        return Say(key="no_such_call", params={"number": number})
    return decide(Action.TAKE, replace(at, marked=call))


def decide_alternate(number: int, at: Situation) -> Decision:
    """Return what Alt+`number` asks for: pass the caller on to a stand-in; None means only select them."""
    if not 0 < number <= len(at.alternates):
        return Say(key="no_such_alternate", params={"number": number})
    if at.subject is None:
        return None
    if at.stand not in (Stand.IDLE, Stand.TALKING):
        return decide(Action.ANYWAY, at)  # its row says why a transfer has to wait
    return _pass_on(lambda call, to: ask.Transfer(call=call, to=to), lambda s: s.alternates[number - 1])(at)
