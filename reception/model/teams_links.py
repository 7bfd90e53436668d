"""Links that open Teams on the receptionist's own computer, to call or to write to a colleague."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

_CALL: Final = "https://teams.microsoft.com/l/call/0/0"
_CHAT: Final = "https://teams.microsoft.com/l/chat/0/0"


def call_link(address: str) -> str:
    """Return the link that calls somebody (UPN); empty for somebody without one."""
    return _link(_CALL, users=address) if address else ""


def chat_link(address: str, text: str = "") -> str:
    """Return the link that opens a chat with somebody (UPN), with a text to begin with; empty without one."""
    if not address:
        return ""
    return _link(_CHAT, users=address, **({"message": text} if text else {}))


def _link(page: str, **query: str) -> str:
    return f"{page}?{urlencode(query, quote_via=quote)}"  # Teams takes a + for a plus
