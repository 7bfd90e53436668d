"""Microsoft 365 through Graph: Teams presence, calendars, the directory, messages.

Everything the app may do needs a permission that an administrator has consented to; each refusal names the
permission and the link. Settings: `services.graph.settings`, with what all share in
`reception.model.microsoft`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reception.directory.numbers import NumberPlan
from reception.model.findings import Finding

if TYPE_CHECKING:
    from reception.model.setup import Description
    from services.graph.directory import GraphDirectory
    from services.graph.identity import GraphIdentity
    from services.graph.sending import Mailer
    from services.graph.source import GraphPresence


def create(settings: Mapping[str, Any]) -> GraphPresence:
    """Build the source of presence and calendars from its section; raises ConfigError."""
    from services.graph.budgets import Budgets  # only now: MSAL and HTTP are heavy
    from services.graph.client import GraphClient
    from services.graph.settings import parse_presence
    from services.graph.source import GraphPresence

    checked = parse_presence(settings)

    def new_client() -> GraphClient:
        import time

        budgets = Budgets(time.monotonic, presence_requests=checked.presence_requests)
        return GraphClient(checked.microsoft, budgets=budgets)

    return GraphPresence(checked, new_client)


def create_directory(settings: Mapping[str, Any], plan: NumberPlan) -> GraphDirectory:
    """Build the directory from its section; raises ConfigError."""
    from services.graph.client import GraphClient  # only now: MSAL and HTTP are heavy
    from services.graph.directory import GraphDirectory
    from services.graph.settings import parse_directory

    checked = parse_directory(settings)
    return GraphDirectory(checked, plan, lambda: GraphClient(checked.microsoft))


def create_mail(settings: Mapping[str, Any]) -> Mailer:
    """Build what sends e-mails from its section of the configuration; raises ConfigError."""
    from services.graph.client import GraphClient  # only now: MSAL and HTTP are heavy
    from services.graph.sending import Mailer
    from services.graph.settings import parse_mail

    checked = parse_mail(settings)
    return Mailer(GraphClient(checked.microsoft), checked.sender)


def sign_in(settings: Mapping[str, Any], data_dir: Path, tell: Callable[[str], object]) -> str:
    """Let somebody sign in as `notify_user`; returns who it was. Raises ServiceError."""
    import asyncio

    from services.graph.settings import parse_presence
    from services.graph.user_tokens import sign_in_for_presence

    checked = parse_presence({"folder": str(data_dir), **settings})
    return asyncio.run(sign_in_for_presence(checked, tell))


def create_identity(settings: Mapping[str, Any]) -> GraphIdentity:
    """Build what vouches for people from its section; raises ConfigError."""
    from services.graph.identity import GraphIdentity  # only now: HTTP and cryptography are heavy
    from services.graph.settings import parse_identity

    return GraphIdentity(parse_identity(settings))


def describe() -> Description:
    """Return what there is to fill in for Microsoft 365."""
    from services.graph.setup import describe as described

    return described()


async def examine(kind: str, settings: Mapping[str, Any], tell: Callable[[Finding], object]) -> None:
    """Examine [KIND.graph], of presence, directory, identity or mail; `tell` hears of each finding.

    The kind ``writing`` is what showing calls in Teams needs besides [presence.graph]. Raises ConfigError.
    """
    if kind == "identity":
        await _examine_identity(settings, tell)
        return
    from services.graph.client import GraphClient
    from services.graph.doctor import Doctor
    from services.graph.settings import parse_directory, parse_mail, parse_presence

    if kind == "mail":
        mail = parse_mail(settings)
        client = GraphClient(mail.microsoft)
        findings = Doctor(client).mail(mail)
    elif kind == "directory":
        people = parse_directory(settings)
        client = GraphClient(people.microsoft)
        findings = Doctor(client).directory(people)
    else:
        presence = parse_presence(settings)
        client = GraphClient(presence.microsoft)
        doctor = Doctor(client)
        findings = doctor.writing() if kind == "writing" else doctor.presence(presence)
    try:
        async for finding in findings:
            tell(finding)
    finally:
        await client.close()


async def _examine_identity(settings: Mapping[str, Any], tell: Callable[[Finding], object]) -> None:
    identity = create_identity(settings)
    try:
        async for finding in identity.examine():
            tell(finding)
    finally:
        await identity.close()
