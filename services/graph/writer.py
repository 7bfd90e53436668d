"""What the hub shows of a colleague in Teams: the `PresenceWriter` of Microsoft 365."""

from __future__ import annotations

from reception.errors import AuthNeeded, ProtocolError, ServiceError
from reception.model.people import Person
from reception.presence.port import PersonRefused, Showing
from services.graph.accounts import Accounts
from services.graph.answers import Refused
from services.graph.client import GraphClient
from services.graph.sessions import PERMISSION, Sessions


class Writer:
    """Writes the app's session. Tells what is wrong with one colleague from what is wrong with all."""

    def __init__(self, client: GraphClient, accounts: Accounts) -> None:
        self._client = client
        self._accounts = accounts
        self._sessions = Sessions(client)
        self._has_written = False

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None:
        """Show this of a colleague. Raises PersonRefused, or a ServiceError that concerns everybody."""
        user = self._user(person)
        try:
            await self._sessions.set(user, showing.value, lasts_s=lasts_s)
        except (Refused, ProtocolError) as error:
            raise await self._judged(error, person) from error
        self._has_written = True

    async def clear_session(self, person: Person) -> None:
        """Take back what is shown of a colleague. Raises as `set_session` does."""
        user = self._user(person)
        try:
            await self._sessions.clear(user)
        except (Refused, ProtocolError) as error:
            raise await self._judged(error, person) from error
        self._has_written = True

    def _user(self, person: Person) -> str:
        account = self._accounts.of(person)
        if account is None:
            raise PersonRefused("graph_no_account", person=person.name)
        return account.user

    async def _judged(self, error: ServiceError, person: Person) -> ServiceError:
        """Return what to raise: a permission that is missing, or one of whom Teams will not hear."""
        if isinstance(error, Refused):
            has_right = await self._client.has_right(PERMISSION)
            if has_right is False or (has_right is None and not self._has_written):
                return AuthNeeded(error.message.key, **error.message.params)
        why = str(error.message.params.get("error", "?"))
        return PersonRefused("graph_person_refused", person=person.name, error=why)
