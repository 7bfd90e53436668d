"""E-mails of receptionists to colleagues, through whatever the house has for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from reception.errors import CommandRefused, ServiceError
from reception.mail import Mailer
from reception.model.intents import SendMail
from reception.model.people import Person

PATIENCE_S: Final = 60.0
"""Seconds that a message may take; after that nobody knows whether it was sent."""
LONGEST_TEXT: Final = 20_000
_LONGEST_SUBJECT: Final = 250


async def in_time(sending: Awaitable[None]) -> None:
    """Wait until a message is sent. Raises CommandRefused with what the service says."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            await sending
    except TimeoutError as error:
        raise CommandRefused("mail_in_doubt") from error
    except ServiceError as error:
        raise CommandRefused(error.message.key, **error.message.params) from error


class MailDesk:
    """Sends them; `person_of` knows the colleagues."""

    def __init__(self, mailer: Mailer, person_of: Callable[[str], Person | None]) -> None:
        self._mailer = mailer
        self._person_of = person_of

    def address(self, mail: SendMail) -> str:
        """Return where a mail goes. Raises CommandRefused."""
        person = self._person_of(mail.person)
        if person is None or person.contact is not None:
            raise CommandRefused("unknown_person")
        if not person.email:
            raise CommandRefused("no_email", target=person.name)
        if not mail.subject.strip() and not mail.text.strip():
            raise CommandRefused("mail_empty")
        return person.email

    async def send(self, to: str, mail: SendMail) -> None:
        """Send it. Raises CommandRefused with what the service says."""
        subject = " ".join(mail.subject.split())[:_LONGEST_SUBJECT]
        await in_time(self._mailer.send(to, subject=subject, text=mail.text[:LONGEST_TEXT]))

    async def close(self) -> None:
        """Let go of the service."""
        await self._mailer.close()
