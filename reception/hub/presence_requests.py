"""Receptionists' requests about timelines and messages, each with its one outcome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from reception.errors import CommandRefused
from reception.hub.chat_desk import ChatDesk
from reception.hub.keeper import Keeper
from reception.hub.mail_desk import MailDesk
from reception.hub.presence_desk import Actor, PresenceDesk, Settle
from reception.hub.steps import Steps
from reception.mail import Mailer
from reception.model.changes import Message
from reception.model.intents import (
    DeleteEntry,
    DeskIntent,
    PresenceIntent,
    SendChat,
    SendMail,
    SetEntry,
    UndoEntry,
)
from reception.wire import Outcome, Result

_log = logging.getLogger(__name__)


class PresenceRequests:
    """Carries them out, also when who asked has gone; who asks again meanwhile waits along."""

    def __init__(self, desk: PresenceDesk, mailer: Mailer | None, keeper: Keeper, steps: Steps) -> None:
        self._desk = desk
        self._mails = MailDesk(mailer, desk.person) if mailer is not None else None
        self.chats = ChatDesk(desk.person, lambda _: "")
        self._keeper = keeper
        self._steps = steps
        self._in_hand: dict[str, asyncio.Task[Outcome]] = {}
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def sends_mails(self) -> bool:
        """True where e-mails to colleagues can be sent."""
        return self._mails is not None

    def use_mailer(self, mailer: Mailer | None) -> None:
        """Send e-mails by this from now on, by nothing for None; what is on its way goes on as it began."""
        before, self._mails = self._mails, MailDesk(mailer, self._desk.person) if mailer is not None else None
        if before is not None:
            task = asyncio.create_task(self._let_go(before), name="let go of a mailer")
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def on_request(self, key: str, attendant: str, request: str, intent: DeskIntent) -> Outcome:
        """Do what is asked and return the outcome, when it is stored under its key.

        A repeat of a request that is in hand waits for it: its outcome is noted before the change is shown.
        """
        if (task := self._in_hand.get(key)) is None:
            if (known := self._keeper.outcome_of(key)) is not None:
                await self._steps.done()
                return known
            work = self._carry_out(key, attendant, request, intent)
            task = self._in_hand[key] = asyncio.create_task(work, name="a request")
            task.add_done_callback(lambda _: self._in_hand.pop(key, None))
        return await asyncio.shield(task)

    async def done(self) -> None:
        """Wait until nothing is in hand, and let go of what sends e-mails."""
        await asyncio.gather(*self._in_hand.values(), return_exceptions=True)
        await asyncio.gather(*self._closing, return_exceptions=True)
        if self._mails is not None:
            await self._mails.close()

    async def _let_go(self, mails: MailDesk) -> None:
        await asyncio.gather(*self._in_hand.values(), return_exceptions=True)
        await mails.close()

    async def _carry_out(self, key: str, attendant: str, request: str, intent: DeskIntent) -> Outcome:
        """Do it. That it is done is stored with the change: after a crash both are there, or neither."""
        by, done = Actor(attendant=attendant), Outcome(id=request, result=Result.DONE)
        try:
            if isinstance(intent, SendMail | SendChat):
                await self._send(key, request, self._message(attendant, intent))
                return done
            await self._change(by, request, intent, partial(self._keeper.note_outcome, key, done))
        except CommandRefused as refusal:
            outcome = Outcome(id=request, result=Result.REFUSED, message=refusal.message)
        except Exception:  # noqa: BLE001 - as for calls: a fault in one request takes nothing else along
            _log.exception("a fault in %s; the hub goes on", type(intent).__name__)
            outcome = Outcome(id=request, result=Result.FAILED, message=Message(key="internal_error"))
        else:
            return done
        self._keeper.note_outcome(key, outcome)
        await self._steps.done()
        return outcome

    def _message(self, attendant: str, intent: SendMail | SendChat) -> Callable[[], Awaitable[None]]:
        """Return what sends a message. Raises CommandRefused for one that cannot be sent."""
        if isinstance(intent, SendChat):
            return partial(self.chats.send, attendant, self.chats.recipient(attendant, intent), intent)
        if self._mails is None:
            raise CommandRefused("mail_not_set_up")
        return partial(self._mails.send, self._mails.address(intent), intent)

    async def _send(self, key: str, request: str, send: Callable[[], Awaitable[None]]) -> None:
        """Send a message, once: whoever asks again after a crash is told that nobody knows."""
        doubt = Outcome(id=request, result=Result.FAILED, message=Message(key="mail_in_doubt"))
        self._keeper.note_outcome(key, doubt)
        await self._steps.done()
        await send()

    async def _change(self, by: Actor, request: str, intent: PresenceIntent, settle: Settle) -> None:
        """Change what is asked for; the request's id is what can be undone."""
        match intent:
            case SetEntry(person=person, draft=draft, entry=entry):
                await self._desk.set_entry(by, person, draft, entry=entry, request=request, settle=settle)
            case DeleteEntry(person=person, entry=entry):
                await self._desk.delete_entry(by, person, entry, request=request, settle=settle)
            case UndoEntry(request=undone):
                await self._desk.undo(by, undone, settle=settle)
