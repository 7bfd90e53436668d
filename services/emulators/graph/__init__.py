"""Microsoft Graph and Microsoft's sign-in, with a small organisation in them.

`Tenant` is the organisation, changed by whoever runs it; `GraphService` answers requests about it; `SignIn`
gives tokens; `serving` puts both on a port; `office` is the organisation of the demonstration. What Graph
does is told by the numbers of the contract that the project was given (*Microsoft side contract*).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.emulators.graph.office import EmulatedOffice


def create_office(settings: Mapping[str, Any]) -> EmulatedOffice:
    """Build the demonstration's Microsoft 365; it listens when it is opened. Raises ConfigError."""
    from services.emulators.graph.office import create  # only now: the server and TLS are heavy

    return create(settings)
