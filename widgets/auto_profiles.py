"""Lets the receptionist's own presence profile follow the program and the desk (003-09 to 003-16)."""

from __future__ import annotations

import asyncio
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from reception.console.api import LinkState
from reception.console.triggers import Choose, Chosen, Remove, Step, TriggerProfiles, Triggers, chosen_in
from reception.console.workplace import Workplace
from reception.model.attendants import works_as
from reception.model.presence import EntryDraft
from widgets.controller import Controller

LOOK_MS: Final = 5_000
"""How often mouse, keyboard and lock are looked at: the system tells of none of them by itself everywhere."""
FAREWELL_S: Final = 2.0
"""Seconds the hub has to take the profile of the program's end."""


class AutoProfiles(QObject):
    """Chooses profiles for whoever works here; it is shown, and can be undone, like what they do by hand."""

    def __init__(
        self,
        controller: Controller,
        wanted: TriggerProfiles,
        workplace: Workplace | None,
        parent: QObject,
        *,
        has_begun: bool = False,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._triggers = Triggers(wanted)
        self._workplace = workplace
        self._has_begun = has_begun
        self._settled: asyncio.Event | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        controller.updated.connect(self._on_updated)
        if has_begun:  # settled in the middle of the day: the program's start was long ago
            self._timer.start()

    @Slot()
    def look(self) -> None:
        """See whether somebody sits here."""
        person = self._own_person()
        if person and self._workplace is not None:
            is_locked, idle_s = self._workplace.is_locked(), self._workplace.idle_s()
            step = self._triggers.look(self._chosen(person), idle_s=idle_s, is_locked=is_locked)
            self._carry_out(person, step)

    def stop(self) -> None:
        """Choose nothing any more: others take over."""
        self._timer.stop()
        self._controller.updated.disconnect(self._on_updated)
        if self._workplace is not None:
            self._workplace.close()

    async def take_leave(self) -> None:
        """Choose the profile of the program's end, and wait until the hub has it."""
        self._timer.stop()
        person = self._own_person()
        if person and self._carry_out(person, self._triggers.at_end(self._chosen(person))):
            self._settled = asyncio.Event()
            try:
                async with asyncio.timeout(FAREWELL_S):
                    await self._settled.wait()
            except TimeoutError:
                self._controller.say("hub_away")
        if self._workplace is not None:
            self._workplace.close()

    @Slot(object)
    def _on_updated(self, _delta: object) -> None:
        if self._settled is not None and not self._controller.replica.pending:
            self._settled.set()
        if not self._has_begun and (person := self._own_person()):
            self._has_begun = True
            self._carry_out(person, self._triggers.at_start(self._chosen(person)))
            self._timer.start()

    def _own_person(self) -> str:
        """Return the colleague who works here: by the number of their phone, or the initials."""
        replica = self._controller.replica
        me = replica.attendants.get(replica.me)
        if replica.link is not LinkState.UP or me is None:
            return ""
        for wanted in (me.number, me.id):
            for person in replica.find(wanted, 5).ids:
                if works_as(replica.people[person], me):
                    return person
        return ""

    def _chosen(self, person: str) -> Chosen:
        return chosen_in(self._controller.replica.timelines.get(person), self._controller.now())

    def _carry_out(self, person: str, step: Step) -> bool:
        match step:
            case Choose(profile=profile, since=since):
                draft = EntryDraft(start=self._controller.now() if since is None else since, profile=profile)
                self._controller.set_entry(person, draft)
            case Remove(entry=entry) if entry:
                self._controller.delete_entry(person, entry)
            case _:
                return False
        return True
