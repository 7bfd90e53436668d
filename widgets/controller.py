"""Between keys and hub: keeps the selection and the mark, turns keys into intents, tells what came back.

The window's panes read `replica` and the few facts here; none of them knows another. A decision comes from
`intents_for`, so this module has no rule of its own but one: an intent that is under way is not asked twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from reception.console.api import Delta, LinkState, ReplicaView, Session
from reception.console.replica import Replica
from reception.model import intents as ask
from reception.model.calls import Call, EndReason, Place, Target
from reception.model.changes import Notice
from reception.model.people import Person
from reception.model.presence import EntryDraft
from reception.presence.ways_on import ways_on
from reception.wire import Outcome
from widgets import finder, intents_for, notices, standing, wording, zone
from widgets.board import CallRow, rows
from widgets.frames import FrameGate, is_about_calls
from widgets.intents_for import Action, Decision, Say
from widgets.undo import Undoable

_ASIDE: Final = frozenset({Place.HELD, Place.CONSULTING, Place.CAMPED, Place.PARKED})
_ANSWERS = (ask.Answer, ask.AnswerNext, ask.Resume, ask.TakeBack)
_HANDS_ON = (ask.Transfer, ask.Consult, ask.CampOn)
_ON_ENTRIES = (ask.SetEntry, ask.DeleteEntry)


class Controller(QObject):
    """What the window knows beyond the replica.

    Signals:
        updated: (Delta) the replica is different; what comes close together is told together.
        selection_changed: another colleague, or another number of theirs, is selected.
        gone_to: somebody was selected who need not be among the found.
        mark_changed: another call is marked in the list at the left.
        notices_changed: the strip shows something else.
        asked: (Intent) something is under way.
        answering: a call is being answered here: the search starts afresh.
    """

    updated = Signal(object)
    selection_changed = Signal()
    gone_to = Signal()
    mark_changed = Signal()
    notices_changed = Signal()
    asked = Signal(object)
    answering = Signal()

    def __init__(
        self,
        *,
        replica: ReplicaView | None = None,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        """Begin with what is known before there is a session: what was kept on disk, if anything."""
        super().__init__(parent)
        self._clock = clock
        self.session: Session | None = None
        self._kept = replica if replica is not None else Replica()
        self._undo: Callable[[], None] | None = None
        self._gate = FrameGate(self)
        self._gate.ready.connect(self._on_delta)
        self._active: str | None = None
        self._expected = False
        self._offered: str | None = None
        self._offered_at = float("-inf")
        self._edited_at = float("-inf")
        self._dialling: str | None = None
        self._dialled_at = float("-inf")
        self._shown_notices: set[str] = set()
        self._aside: dict[str, Call] = {}
        self._undoable = Undoable()
        self.pile = notices.Pile()
        self.selected: str | None = None
        self.chosen_number = 0
        self.marked: str | None = None
        self.typed = ""
        self.only_free = False
        self.found = finder.Found([], 0, is_everybody=True)

    # ------------------------------------------------------------------ what is known

    @property
    def replica(self) -> ReplicaView:
        """The console's copy of the hub's state; the one kept on disk before there is a session."""
        return self.session.replica if self.session is not None else self._kept

    def now(self) -> float:
        """Return the hub's time (UTC seconds)."""
        return self._clock() + self.replica.clock_offset_s

    @property
    def person(self) -> Person | None:
        """The selected colleague."""
        return self.replica.people.get(self.selected or "")

    @property
    def typed_number(self) -> str | None:
        """The number typed, when nobody was found for it."""
        return None if self.found.ids else finder.typed_number(self.replica.plan, self.typed)

    def situation(self) -> standing.Situation:
        """Return all that decides what a key means now."""
        person, number = self.person, self.typed_number
        people = self.replica.people
        return standing.read(
            self.replica,
            marked=self.marked,
            target=Target(number=number) if number else finder.target_of(person, self.chosen_number),
            mobile=finder.mobile_of(person),
            alternates=tuple(finder.target_of(people.get(p)) for p in person.alternates) if person else (),
            typed_number=number,
            typed=self.typed,
            undoable=self._undoable.at(self.now()),
            is_warned=self._is_warned_of(person),
        )

    def _is_warned_of(self, person: Person | None) -> bool:
        top = self.pile.top
        return person is not None and top is not None and top.person == person.id

    def calls_in_list(self) -> list[Call]:
        """Return the calls of the list at the left, in its order."""
        found = rows(self.replica, marked=self.marked, now=self.now())
        return [row.call for row in found if isinstance(row, CallRow)]

    # ------------------------------------------------------------------ beginning

    def attach(self, session: Session) -> None:
        """Show this session from now on."""
        self.session = session
        self._undo = session.subscribe(self._gate.add)
        self._on_delta(Delta(is_reset=True, link=True))

    def flush(self) -> None:
        """Show what the session has told at once, without waiting for the frame's end."""
        self._gate.flush()

    def detach(self) -> None:
        """Listen no more; what is shown stays."""
        if self._undo is not None:
            self._undo()
            self._undo = None

    # ------------------------------------------------------------------ keys

    def perform(self, action: Action) -> bool:
        """Do what a key means here and now; True when something was asked of the hub."""
        return self._carry_out(intents_for.decide(action, self.situation()))

    def take(self, number: int) -> None:
        """Fetch the `number`-th call of the list."""
        calls = self.calls_in_list()
        call = calls[number - 1] if number <= len(calls) else None
        self._carry_out(intents_for.decide_take(call, number, self.situation()))

    def take_call(self, call_id: str) -> None:
        """Fetch a call that was clicked."""
        self._carry_out(intents_for.decide_take(self.replica.calls.get(call_id), 0, self.situation()))

    def alternate(self, number: int) -> None:
        """Pass the caller on to a stand-in, or select them."""
        decision = intents_for.decide_alternate(number, self.situation())
        if decision is None and self.person is not None:
            self.go_to(self.person.alternates[number - 1])
        self._carry_out(decision)

    def send_message(self, message: ask.SendMail | ask.SendChat) -> bool:
        """Send a message to a colleague; False when it could not even be asked for."""
        return self._carry_out(message)

    def toggle_group(self, group: str) -> None:
        """Log in to a group, or out of it."""
        mine = list(standing.my_attendant(self.replica).groups)
        wanted = [g for g in mine if g != group] if group in mine else [*mine, group]
        self._carry_out(ask.SetGroups(groups=tuple(wanted)))

    def set_entry(self, person: str, draft: EntryDraft, entry: str = "") -> None:
        """Set an absence of a colleague, or change an entry of theirs."""
        self._carry_out(ask.SetEntry(person=person, draft=draft, entry=entry))

    def delete_entry(self, person: str, entry: str) -> None:
        """Take an entry of a colleague away."""
        self._carry_out(ask.DeleteEntry(person=person, entry=entry))

    def say(self, key: str, **params: str | float) -> None:
        """Give a hint."""
        self._carry_out(Say(key=key, params=params))

    @Slot(str)
    def on_error(self, code: str) -> None:
        """Tell that something in the window itself went wrong; its traceback is in the log."""
        said = notices.from_say(Say(key="window_error", params={"code": code}), self.now())
        self._show(replace(said, id=f"error:{code}", tone=notices.Tone.FAILURE, lasts_s=None))

    def _carry_out(self, decision: Decision) -> bool:
        if decision is None:
            return False
        if isinstance(decision, Say) and self.replica.link is LinkState.UP:
            self._show(notices.from_say(decision, self.now()))
        elif self.replica.link is LinkState.STARTING:
            self._show(notices.from_say(Say(key="still_starting"), self.now()))
        elif self.replica.link is LinkState.REFUSED:
            self._hear_link()
        elif isinstance(decision, Say) or self.session is None:
            # What the hint would tell is not known now; that the line is down is.
            self._show(notices.from_say(Say(key="hub_away"), self.now()))
        elif decision in self.replica.pending.values():
            self._show(notices.from_say(Say(key="already_asked"), self.now()))
        else:
            self._request(self.session, decision)
            return True
        return False

    def _request(self, session: Session, intent: ask.Intent) -> None:
        if self.pile.go_on(self.now()):
            self.notices_changed.emit()
        session.request(intent)
        self._note_handled(intent)
        if isinstance(intent, _ANSWERS):
            self._expected = True
            self._start_afresh()
        elif isinstance(intent, ask.Dial):
            self._dialled_at = self.now()
        self.asked.emit(intent)

    def _note_handled(self, intent: ask.Intent) -> None:
        """Remember whom a call was handed to: they come first among their equals from now on."""
        if isinstance(intent, _HANDS_ON) and intent.to.person:
            self.replica.note_handled(intent.to.person)

    # ------------------------------------------------------------------ selection and mark

    def select(self, person: str | None) -> None:
        """Select a colleague by id."""
        if person != self.selected:
            self.selected = person
            self.chosen_number = 0
            self.selection_changed.emit()

    def go_to(self, person: str) -> None:
        """Select a colleague whom another one led to; the list shows them, whatever is typed."""
        self.select(person)
        self.gone_to.emit()

    def next_number(self) -> None:
        """Let Enter mean the next number of the selected colleague."""
        if self.person is not None and self.person.numbers:
            self.chosen_number = (self.chosen_number + 1) % len(self.person.numbers)
            self.selection_changed.emit()

    def mark(self, call: str | None) -> None:
        """Mark a call in the list at the left."""
        if call != self.marked:
            self.marked = call
            self.mark_changed.emit()

    def move_mark(self, step: int) -> None:
        """Mark the call before (-1) or after (+1) the marked one."""
        ids = [c.id for c in self.calls_in_list()]
        if not ids:
            self.mark(None)
        elif self.marked in ids:
            self.mark(ids[max(0, min(len(ids) - 1, ids.index(self.marked) + step))])
        else:
            self.mark(ids[0] if step > 0 else ids[-1])

    def search(self, text: str) -> finder.Found:
        """Find people for what is typed."""
        kept = self.selected if text == self.typed else None
        if text != self.typed:
            self._edited_at = self.now()
        self.typed = text
        self.found = finder.find(self.replica, text, only_free=self.only_free, kept=kept)
        return self.found

    # ------------------------------------------------------------------ notices

    def dismiss(self) -> bool:
        """Take the notice on top away; False when there is none."""
        went = self.pile.dismiss()
        if went:
            self.notices_changed.emit()
        return went

    def tick(self) -> None:
        """Let time pass: hints go."""
        if self.pile.settle(self.replica.calls, self.now()):
            self.notices_changed.emit()

    def _show(self, card: notices.Card) -> None:
        self.pile.add(card)
        self.notices_changed.emit()

    # ------------------------------------------------------------------ what the hub says

    @Slot(object)
    def _on_delta(self, delta: Delta) -> None:
        if self.marked is not None and self.marked not in self.replica.calls:
            self.mark(None)
        if delta.link:
            zone.use(self.replica.zone)
            self._hear_link()
        if is_about_calls(delta):
            self._note_gone(delta)
            self._note_answer()
        self._hear(delta.notices, delta.settled)
        self.updated.emit(delta)

    def _note_gone(self, delta: Delta) -> None:
        """Tell when a caller whom I cannot hear now has hung up: they would just not be there any more."""
        for call_id, reason in delta.ended.items():
            if reason is EndReason.CALLER_HUNG_UP and call_id in self._aside:
                self.say("caller_gone", caller=wording.party_name(self._aside[call_id]))
        me = self.replica.me
        self._aside = {c.id: c for c in self.replica.calls.values() if c.owner == me and c.place in _ASIDE}

    def _note_answer(self) -> None:
        """Start the search afresh when a call was answered at the phone itself, not by a key here.

        What was typed since it began to ring was typed for this call, and stays.
        """
        at = standing.in_hand(self.replica), standing.offered(self.replica)
        active, offered = (call.id if call else None for call in at)
        if offered is not None and offered != self._offered:
            self._offered_at = self.now()
        self._offered = offered
        is_new = active is not None and active != self._active
        if is_new and not self._expected and self._edited_at <= self._offered_at:
            self._start_afresh()
        if active != self._active:
            self._expected = False
        self._active = active
        self._note_dialled(at[0])

    def _note_dialled(self, call: Call | None) -> None:
        """Forget the number that was dialled when somebody answers there: Enter must not send them to it."""
        is_answered = call is not None and call.place is Place.TALKING and call.id == self._dialling
        if is_answered and self._edited_at <= self._dialled_at:
            self._start_afresh()
        self._dialling = call.id if call is not None and call.place is Place.DIALLING else None

    def _start_afresh(self) -> None:
        """Forget whom the last caller wanted: Enter must never send the next one there."""
        self.answering.emit()
        self.select(None)

    def _hear_link(self) -> None:
        """Say why the hub will not have this console; a lost line is shown by the lights alone."""
        message = self.replica.link_message
        if self.replica.link is LinkState.REFUSED and message is not None:
            self._show(notices.from_link(message, self.now()))
        elif self.pile.drop(notices.LINK):
            self.notices_changed.emit()

    def _with_ways(self, card: notices.Card) -> notices.Card:
        """Return a warning with the ways on that there are for this colleague."""
        person = self.replica.people.get(card.person or "")
        if person is None:
            return card
        statuses = self.replica.statuses
        stand_ins = [statuses.get(p) for p in person.alternates]
        return notices.with_ways(card, ways_on(person, statuses.get(person.id), stand_ins))

    def _hear(self, told: tuple[Notice, ...], settled: tuple[tuple[ask.Intent, Outcome], ...]) -> None:
        calls = self.replica.calls
        is_different = self.pile.settle(calls, self.now())
        for notice in told:
            if notice.id not in self._shown_notices and (not notice.to or self.replica.me in notice.to):
                self._shown_notices.add(notice.id)
                self.pile.add(notices.from_hub(notice, calls))
                is_different = True
        for intent, outcome in settled:
            card = notices.from_outcome(intent, outcome, calls, self.now())
            if card is None and isinstance(intent, _ON_ENTRIES):
                self._undoable.note(outcome.id, self.now())
                from widgets import entry_words

                card = entry_words.done(intent, self.replica, outcome.id, self.now())
            elif card is None and isinstance(intent, ask.UndoEntry):
                self._undoable.note("", self.now())
            if card is not None:
                self._expected = self._expected and not isinstance(intent, _ANSWERS)
                self.pile.add(self._with_ways(card))
                is_different = True
        if is_different:
            self.notices_changed.emit()
