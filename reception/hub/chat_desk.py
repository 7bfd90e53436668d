"""Receptionists' messages in Teams, in their own name, through whatever they have signed in with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reception.chat import ChatWriter
from reception.errors import CommandRefused
from reception.hub.config_shape import Config
from reception.hub.mail_desk import LONGEST_TEXT, in_time
from reception.model.attendants import Attendant, colleague_of
from reception.model.intents import SendChat
from reception.model.people import Person, colleagues_of

if TYPE_CHECKING:
    from reception.hub.core import Hub


class ChatDesk:
    """Sends them. `person_of` knows the colleagues, `colleague_of` which of them a receptionist is."""

    def __init__(self, person_of: Callable[[str], Person | None], colleague_of: Callable[[str], str]) -> None:
        self.writer: ChatWriter | None = None
        self._person_of = person_of
        self._colleague_of = colleague_of

    def may(self, attendant: str) -> bool:
        """Return whether this receptionist can write in their own name."""
        if self.writer is None:
            return False
        me = self._colleague_of(attendant)
        return bool(me) and self.writer.may(me)

    def forget(self, attendant: str) -> None:
        """This receptionist has signed out: nothing is written in their name before they sign in again."""
        if self.writer is not None and (me := self._colleague_of(attendant)):
            self.writer.forget((me,))

    def recipient(self, attendant: str, chat: SendChat) -> Person:
        """Return to whom a message goes. Raises CommandRefused."""
        if self.writer is None:
            raise CommandRefused("chat_not_set_up")
        if not self.may(attendant):
            raise CommandRefused("chat_sign_in")
        person = self._person_of(chat.person)
        if person is None or person.contact is not None:
            raise CommandRefused("unknown_person")
        if not chat.text.strip():
            raise CommandRefused("mail_empty")
        return person

    async def send(self, attendant: str, to: Person, chat: SendChat) -> None:
        """Send it. Raises CommandRefused with what the service says."""
        if self.writer is None:
            raise CommandRefused("chat_not_set_up")
        await in_time(self.writer.send(self._colleague_of(attendant), to, chat.text[:LONGEST_TEXT]))


def open_chat_desk(config: Config, hub: Hub) -> ChatDesk:
    """Let receptionists write in their own name, as the colleagues that they are; returns who sends it."""
    attendants = {a.id: Attendant(id=a.id, name=a.name, number=a.number) for a in config.attendants}

    def colleague(attendant: str) -> str:
        known = attendants.get(attendant)
        everybody = colleagues_of(tuple(hub.directory.everybody.values()))
        return colleague_of(known, everybody) if known is not None else ""

    desk = hub.presence_requests.chats = ChatDesk(hub.desk.person, colleague)
    return desk
