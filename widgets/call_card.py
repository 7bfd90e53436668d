"""The call in hand: who it is, where it is in words, and what can be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from reception.console.api import Delta, LinkState
from reception.model import intents as ask
from reception.model.attendants import Readiness
from reception.model.calls import Call, Place
from widgets import board, call_words, day_words, formats, intents_for, keys, standing
from widgets.call_face import CallFace, Told
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.intents_for import Action
from widgets.key_bar import KeyHint
from widgets.labels import ClockLabel, PlainLabel, set_shown
from widgets.standing import Stand
from widgets.texts import translate
from widgets.theme import Theme
from widgets.tokens import SCROLL_BAR

# Which actions are offered where, the one that Enter does first.
OFFERED: Final[dict[Stand, tuple[Action, ...]]] = {
    Stand.IDLE: (Action.ENTER,),
    Stand.ANSWERING: (Action.HANG_UP,),
    Stand.TALKING: (
        Action.ENTER,
        Action.CONSULT,
        Action.HOLD,
        Action.CAMP_ON,
        Action.VOICEMAIL,
        Action.HANG_UP,
    ),
    Stand.CALLING: (Action.ENTER, Action.BACK),
    Stand.CONSULTING: (Action.ENTER, Action.SWAP, Action.CONFERENCE, Action.BACK),
    Stand.DIALLING: (Action.HANG_UP,),
}

# What can be done too, in small print under the buttons.
ALSO: Final[dict[Stand, tuple[Action, ...]]] = {Stand.TALKING: (Action.PARK, Action.MOBILE)}

_MOST: Final = max(len(actions) for actions in OFFERED.values())
_HEAD: Final = 15
_UNDER_HEAD: Final = 8
_CLOCK: Final = 64


def action_words(action: Action, stand: Stand) -> str:
    """Return what a key does here, shorter than its general name."""
    special = {
        (Action.ENTER, Stand.TALKING): translate("Call", "Transfer"),
        (Action.ENTER, Stand.CALLING): translate("Call", "Connect"),
        (Action.ENTER, Stand.CONSULTING): translate("Call", "Connect"),
        (Action.ENTER, Stand.IDLE): translate("Call", "Answer"),
        (Action.ANSWER_NEXT, Stand.IDLE): translate("Call", "Answer"),
        (Action.BACK, Stand.CALLING): translate("Call", "Give up"),
        (Action.BACK, Stand.CONSULTING): translate("Call", "Give up"),
        (Action.HOLD, Stand.TALKING): translate("Call", "Hold"),
        (Action.PARK, Stand.TALKING): translate("Call", "Park"),
        (Action.MOBILE, Stand.TALKING): translate("Call", "Mobile"),
    }
    return special.get((action, stand)) or keys.label(action)


class CallCard(QWidget):
    """The call in hand; without one, what to do next. Whoever holds it gives it the height it wants.

    Signals:
        wanted: (Action) a button was pressed.
        height_changed: `wanted_height` is another one.
    """

    wanted = Signal(object)
    height_changed = Signal()

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # heading and clock stay when it grows
        self.heading = PlainLabel(tone="heading", parent=self)
        self.clock = ClockLabel(tone="clock", parent=self)
        self._also = [
            KeyHint(theme, action, words=action_words(action, Stand.TALKING), is_small=True)
            for action in ALSO[Stand.TALKING]
        ]
        self.face = CallFace(theme, _MOST, self._also)
        self.face.setParent(self)
        self._meaning: list[Action] = []
        self._has_hints = False
        self.wanted_height = 0
        for button in self.face.buttons:
            button.clicked.connect(self._on_clicked)
        for hint in self._also:
            hint.clicked.connect(self.wanted)
        controller.updated.connect(self._on_updated)
        controller.asked.connect(self._on_asked)
        controller.mark_changed.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        """Put everything in its place. The clock has room for hours: nothing moves while it runs."""
        room = self.width() - SCROLL_BAR
        self.clock.setGeometry(room - _CLOCK, 0, _CLOCK, _HEAD)
        top = _HEAD + _UNDER_HEAD
        height = self.face.arrange(room, len(self._meaning), has_hints=self._has_hints)
        self.face.setGeometry(0, top, room, height)
        if top + height != self.wanted_height:
            self.wanted_height = top + height
            self.height_changed.emit()

    # ------------------------------------------------------------------ content

    @Slot()
    def refresh(self) -> None:
        """Show the call in hand as it is now."""
        at = self._controller.situation()
        is_lost = self._controller.replica.link is not LinkState.UP
        if not standing.is_known(self._controller.replica):
            self._show_nothing_known()
        elif at.in_hand is None:
            self._show_idle(at, is_lost=is_lost)
        else:
            self._show_call(at.in_hand, is_lost=is_lost)
        self._show_buttons(at)
        self._arrange()
        self.tick()

    def _head(self, text: str) -> None:
        if text != self.heading.text():
            self.heading.set_text(text)
            self.heading.resize(self.heading.sizeHint().width(), _HEAD)

    def _show_nothing_known(self) -> None:
        """Nobody has told who waits: that must not look like nobody."""
        self._head(translate("Call", "No call in hand"))
        name, under = translate("Call", "Not connected"), translate("Call", "Who is waiting is not known yet")
        self.face.tell(Told(name, under, tone="stale"))
        self._show_spoken(None)

    def _show_idle(self, at: standing.Situation, *, is_lost: bool) -> None:
        self._head(translate("Call", "No call in hand"))
        waiting = at.offered or (at.waiting[0] if at.waiting else None)
        if waiting is not None:
            group = self._controller.replica.groups.get(waiting.group or "")
            told = Told(
                call_words.party(waiting),
                call_words.under_party(waiting, group.name if group else ""),
                self._waiting_words(waiting, is_offered=at.offered is not None),
                is_urgent=True,
                tone="stale" if is_lost else "ringing",
                is_vip=bool(call_words.vip_words(waiting)),
            )
        elif is_lost:
            nobody = translate("Call", "Nobody is waiting")
            told = Told(f"{nobody}?", translate("Call", "Last known; the connection is down"), tone="stale")
        else:
            told = Told(translate("Call", "Nobody is waiting"), self._readiness_words(at.readiness))
        self.face.tell(told)
        self._show_spoken(waiting)

    def _waiting_words(self, call: Call, *, is_offered: bool) -> str:
        if is_offered:
            return translate("Call", "Rings at your phone")
        if call.is_callback_entry:
            return translate("Call", "Wants to be called back")
        return translate("Call", "Waits for an answer")

    def _readiness_words(self, readiness: Readiness) -> str:
        if readiness is Readiness.READY:
            return translate("Call", "You are ready for calls")
        if readiness is Readiness.PAUSED:
            return translate("Call", "You are on a break · F12 makes you ready")
        return translate("Call", "You are logged out · F12 logs you in")

    def _show_call(self, call: Call, *, is_lost: bool) -> None:
        replica = self._controller.replica
        group = replica.groups.get(call.group or "")
        asked = board.asked_of(call.id, replica.pending.values())
        is_pending = bool(asked) or standing.is_on_its_way(call)
        self._head(translate("Call", "Last known call") if is_lost else translate("Call", "Call in hand"))
        is_plain = call.place is Place.TALKING and not is_pending and not call.is_held_by_phone
        rings = is_pending or call.place is Place.DIALLING
        told = Told(
            call_words.party(call),
            call_words.under_party(call, group.name if group else ""),
            "" if is_plain else call_words.state(call, asked),  # the heading says it
            is_urgent=is_pending,
            tone="stale" if is_lost else "ringing" if rings else "active",
            is_vip=bool(call_words.vip_words(call)),
        )
        self.face.tell(told)
        self._show_spoken(call if is_plain else None)

    def _show_spoken(self, call: Call | None) -> None:
        """Say whom this caller was put through to the last time: mostly they want the same one again."""
        spoken = call.spoken if call is not None else None
        set_shown(self.face.spoken, spoken is not None)
        if spoken is not None:
            when = day_words.moment(spoken.at, self._controller.now())
            before, _, after = translate("Call", "Last spoke with {who} · {time}").partition("{who}")
            self.face.spoken.show_text(before, spoken.name, after.format(time=when))

    def _show_buttons(self, at: standing.Situation) -> None:
        stand = at.stand
        actions = OFFERED[stand]
        if stand is Stand.IDLE and not at.waiting:
            actions = ()
        elif stand is Stand.IDLE:
            # Enter answers only while nothing else is typed or marked: the button has the key that does.
            is_answer = isinstance(intents_for.decide(Action.ENTER, at), ask.Answer | ask.AnswerNext)
            actions = (Action.ENTER if is_answer else Action.ANSWER_NEXT,)
        self._meaning = list(actions)
        for place, (action, button) in enumerate(zip(actions, self.face.buttons, strict=False)):
            tone = "primary" if place == 0 and action in (Action.ENTER, Action.ANSWER_NEXT) else "plain"
            tone = "danger" if action is Action.HANG_UP else tone
            button.setEnabled(self._controller.replica.link is LinkState.UP)
            button.set_words(action_words(action, stand), keys.cap(action), tone)
        self._has_hints = stand in ALSO

    def tick(self) -> None:
        """Let the clock run."""
        call = standing.in_hand(self._controller.replica)
        text = formats.duration(self._controller.now() - call.since) if call else ""
        self.clock.set_text(text)

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        if is_about_calls(delta):
            self.refresh()

    @Slot(object)
    def _on_asked(self, _intent: object) -> None:
        self.refresh()

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        buttons = self.face.buttons
        place = buttons.index(button) if button in buttons else len(self._meaning)
        if place < len(self._meaning):
            self.wanted.emit(self._meaning[place])

    # ------------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
