"""Messages to a colleague: an e-mail, and a Teams chat.

An app may send mails in the name of any mailbox that is opened for it, but no chats: those come from somebody
who has signed in (contract 4). Neither is ever sent twice by itself.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from reception.errors import ProtocolError
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient

MAIL_PERMISSION: Final = "Mail.Send"
CHAT_PERMISSION: Final = "Chat.Create"
MESSAGE_PERMISSION: Final = "ChatMessage.Send"
PATIENCE_S: Final = 60.0
_LONGEST_CHAT: Final = 20_000
"""Letters of a chat message; Teams takes about 28 KB."""


class Mailer:
    """Sends e-mails from a mailbox (UPN or object id), as plain text."""

    def __init__(self, client: GraphClient, sender: str) -> None:
        self._client = client
        self._sender = sender

    async def send(self, to: str, *, subject: str, text: str) -> None:
        """Send one to an address. Raises ServiceError.

        After Unavailable it may have been sent or not: whoever asked for it decides about another try.
        """
        message = {
            "subject": subject,
            "body": {"contentType": "text", "content": text},
            "toRecipients": [{"emailAddress": {"address": to}}],
        }
        request = Request(
            "POST",
            f"/users/{quote(self._sender)}/sendMail",
            Scope(Kind.MAILBOX, self._sender.casefold()),
            MAIL_PERMISSION,
            body={"message": message, "saveToSentItems": True},
            is_repeatable=False,
        )
        await self._client.ask(request, patience_s=PATIENCE_S)

    async def close(self) -> None:
        """Let go of the connection."""
        await self._client.close()


class Chat:
    """Writes to colleagues in Teams, in the name of whom `client` is signed in as (`me`, an object id)."""

    def __init__(self, client: GraphClient, me: str) -> None:
        self._client = client
        self._me = me
        self._chats: dict[str, str] = {}

    async def send(self, colleague: str, text: str) -> None:
        """Write to a colleague (object id), as plain text. Raises ServiceError, as `Mailer.send` does."""
        chat = self._chats.get(colleague) or await self._chat_with(colleague)
        self._chats[colleague] = chat
        request = Request(
            "POST",
            f"/chats/{quote(chat)}/messages",
            Scope(Kind.CHAT, chat),
            MESSAGE_PERMISSION,
            body={"body": {"contentType": "text", "content": text[:_LONGEST_CHAT]}},
            is_repeatable=False,
        )
        await self._client.ask(request, patience_s=PATIENCE_S)

    async def _chat_with(self, colleague: str) -> str:
        """Return the id of the chat of the two; Teams makes one if there is none yet."""
        body = {"chatType": "oneOnOne", "members": [self._member(self._me), self._member(colleague)]}
        scope = Scope(Kind.CHAT, colleague)
        request = Request("POST", "/chats", scope, CHAT_PERMISSION, body=body, is_repeatable=False)
        found = (await self._client.ask(request, patience_s=PATIENCE_S)).json("chats").get("id")
        if not isinstance(found, str) or not found:
            raise ProtocolError("graph_malformed", what="chats")
        return found

    def _member(self, user: str) -> dict[str, Any]:
        root = self._client.account.graph.rstrip("/")
        return {
            "@odata.type": "#microsoft.graph.aadUserConversationMember",
            "roles": ["owner"],
            "user@odata.bind": f"{root}/users('{quote(user)}')",
        }
