"""The office that the demonstration shows."""

from __future__ import annotations

from typing import Final

WEB_USER: Final = "alice"
WEB_PASSWORD: Final = "vis mig siden"
"""Who signs in to the demonstration's page: Alice Holm. It is reached from this computer only."""
