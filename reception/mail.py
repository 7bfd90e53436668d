"""E-mails to a colleague about a call: the port of what sends them, and templates."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any, Final, Protocol

HOLES: Final = ("caller", "number", "time", "colleague", "receptionist")
"""What of a call may stand in a template."""


def fault_in(text: str) -> str:
    """Return what is wrong with a template, empty when nothing is."""
    try:
        holes = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        return f"{error}."
    unknown = holes - set(HOLES)
    return (
        f"unknown {{{min(unknown)}}}; there are {', '.join(f'{{{hole}}}' for hole in HOLES)}."
        if unknown
        else ""
    )


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a template with what is known of a call; what is not known is left empty.

    A line of which nothing but a label would be left (``Number: {number}``) does not come.
    """
    values = {hole: facts.get(hole, "") for hole in HOLES}
    lines = []
    for line in text.splitlines():
        holes = {name for _, name, _, _ in string.Formatter().parse(line) if name is not None}
        if not holes or any(values[hole] for hole in holes):
            lines.append(line.format(**values).rstrip())
    return "\n".join(lines)


class Mailer(Protocol):
    """Sends e-mails in the name of the house, as plain text."""

    async def send(self, to: str, *, subject: str, text: str) -> None:
        """Send one to an address. Raises ServiceError; after Unavailable it may have been sent or not.

        It repeats nothing by itself.
        """

    async def close(self) -> None:
        """Let go of the service. Harmless when closed."""


class MailerFactory(Protocol):
    """What the entry point ``mail.NAME`` names."""

    def __call__(self, settings: Mapping[str, Any]) -> Mailer:
        """Build the backend from its section of the configuration; raises ConfigError."""
