"""The call in hand: who it is, where it is in words, and what can be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from reception.console.api import Delta, LinkState
from reception.model import intents as ask
from reception.model.attendants import Readiness
from reception.model.calls import Call, Place
from widgets import board, call_words, day_words, formats, intents_for, keys, standing
from widgets.buttons import KeyButton
from widgets.card_parts import MixedText
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.intents_for import Action
from widgets.key_bar import KeyHint
from widgets.labels import ClockLabel, ElidedLabel, PlainLabel
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


class CallCard(QFrame):
    """The call in hand; without one, what to do next.

    Signals:
        wanted: (Action) a button was pressed.
    """

    wanted = Signal(object)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.heading = PlainLabel(tone="heading")
        self.clock = ClockLabel(tone="clock")
        self.name = ElidedLabel(tone="name")
        self.under = ElidedLabel(tone="second")
        self.state = PlainLabel(is_wrapped=True)
        self.spoken = MixedText(theme, pixels=12, is_muted=True)
        self._frame = QFrame()
        self._frame.setObjectName("card")
        self._buttons = [KeyButton(theme, "", "", parent=self._frame) for _ in range(_MOST)]
        self._also = [
            KeyHint(theme, action, words=action_words(action, Stand.TALKING), is_small=True)
            for action in ALSO[Stand.TALKING]
        ]
        self._meaning: list[Action] = []
        self._lay_out()
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
        for hint in self._also:
            hint.clicked.connect(self.wanted)
        controller.updated.connect(self._on_updated)
        controller.asked.connect(self._on_asked)
        controller.mark_changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 4)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.clock)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(13, 13, 13, 13)
        inside.setSpacing(3)
        inside.addWidget(self.name)
        inside.addWidget(self.under)
        inside.addWidget(self.state)
        inside.addWidget(self.spoken)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // 2, place % 2)
        inside.addLayout(self._grid)
        self._rest = QWidget()
        rest = QHBoxLayout(self._rest)
        rest.setContentsMargins(1, 7, 0, 0)
        rest.setSpacing(14)
        for hint in self._also:
            rest.addWidget(hint)
        rest.addStretch(1)
        inside.addWidget(self._rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SCROLL_BAR, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._frame)

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
        self.tick()

    def _show_nothing_known(self) -> None:
        """Nobody has told who waits: that must not look like nobody."""
        self.heading.set_text(translate("Call", "No call in hand"))
        self._set_tone("stale")
        self.name.set_text(translate("Call", "Not connected"))
        self.under.set_text(translate("Call", "Who is waiting is not known yet"))
        self.state.hide()
        self.spoken.hide()

    def _show_idle(self, at: standing.Situation, *, is_lost: bool) -> None:
        self.heading.set_text(translate("Call", "No call in hand"))
        waiting = at.offered or (at.waiting[0] if at.waiting else None)
        self._set_tone("stale" if is_lost else "ringing" if waiting else "")
        if waiting is not None:
            group = self._controller.replica.groups.get(waiting.group or "")
            self.name.set_text(call_words.party(waiting))
            words = self._waiting_words(waiting, is_offered=at.offered is not None)
            self.under.set_text(call_words.under_party(waiting, group.name if group else ""))
            self.state.set_text(words)
        else:
            nobody = translate("Call", "Nobody is waiting")
            self.name.set_text(f"{nobody}?" if is_lost else nobody)
            last_known = translate("Call", "Last known; the connection is down")
            self.under.set_text(last_known if is_lost else self._readiness_words(at.readiness))
            self.state.set_text("")
        self.state.set_tone("ringing")
        self.state.setVisible(bool(self.state.text()))
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
        is_stale = is_lost
        self.heading.set_text(
            translate("Call", "Last known call") if is_stale else translate("Call", "Call in hand")
        )
        self._set_tone(
            "stale" if is_stale else "ringing" if is_pending or call.place is Place.DIALLING else "active"
        )
        self.name.set_text(call_words.party(call))
        self.under.set_text(call_words.under_party(call, group.name if group else ""))
        self.state.set_text(call_words.state(call, asked))
        self.state.set_tone("ringing" if is_pending else "muted")
        is_plain = call.place is Place.TALKING and not is_pending and not call.is_held_by_phone
        self.state.setVisible(not is_plain)  # the heading says it
        self._show_spoken(call if is_plain else None)

    def _show_spoken(self, call: Call | None) -> None:
        """Say whom this caller was put through to the last time: mostly they want the same one again."""
        spoken = call.spoken if call is not None else None
        self.spoken.setVisible(spoken is not None)
        if spoken is not None:
            when = day_words.moment(spoken.at, self._controller.now())
            before, _, after = translate("Call", "Last spoke with {who} · {time}").partition("{who}")
            self.spoken.show_text(before, spoken.name, after.format(time=when))

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
        for place, button in enumerate(self._buttons):
            if place < len(actions):
                action = actions[place]
                tone = "primary" if place == 0 and action in (Action.ENTER, Action.ANSWER_NEXT) else "plain"
                tone = "danger" if action is Action.HANG_UP else tone
                button.setEnabled(self._controller.replica.link is LinkState.UP)
                button.set_words(action_words(action, stand), keys.cap(action), tone)
            button.setVisible(place < len(actions))
        self._rest.setVisible(stand in ALSO)

    def tick(self) -> None:
        """Let the clock run."""
        call = standing.in_hand(self._controller.replica)
        text = formats.duration(self._controller.now() - call.since) if call else ""
        self.clock.set_text(text)

    def _set_tone(self, tone: str) -> None:
        if self._frame.property("tone") != tone:
            self._frame.setProperty("tone", tone)
            self._frame.style().unpolish(self._frame)
            self._frame.style().polish(self._frame)

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
        place = self._buttons.index(button) if button in self._buttons else len(self._meaning)
        if place < len(self._meaning):
            self.wanted.emit(self._meaning[place])
