"""Messages in a chat, in the name of whoever has signed in: the port of what writes them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from reception.identity import Identity
from reception.model.people import Person


class ChatWriter(Protocol):
    """Writes for those who have signed in and agreed to it; each is known by the id of a colleague."""

    def keep(self, person: str, identity: Identity) -> None:
        """This colleague has just signed in as this: what they agreed to is theirs from now on."""

    def may(self, person: str) -> bool:
        """Return whether something can be written in this colleague's name, as far as is known."""

    def forget(self, people: Collection[str]) -> None:
        """Forget what these colleagues agreed to, for good; whoever agreed to nothing is passed over."""

    async def send(self, person: str, to: Person, text: str) -> None:
        """Write to a colleague, as plain text. Raises ServiceError; AuthNeeded when `person` must sign in.

        After Unavailable it may have been sent or not: it repeats nothing by itself.
        """

    async def close(self) -> None:
        """Let go of the service. Harmless when closed."""
