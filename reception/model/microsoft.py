"""The organisation's tenant at Microsoft, and who Reception is there."""

from __future__ import annotations

from typing import Final

import msgspec

AUTHORITY: Final = "https://login.microsoftonline.com"
GRAPH: Final = "https://graph.microsoft.com/v1.0"
"""Where Microsoft's own cloud is; national clouds have others."""


class MicrosoftAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[microsoft]: what all that speaks to Microsoft 365 has in common.

    `tenant` and `client_id` are those of the app registration. The app proves who it is by `certificate`, a
    PEM file with certificate and private key or a PFX file (`certificate_password` opens either), or by
    `secret`. `authority` and `graph` are the addresses of sign-in and of Graph: others in national clouds.
    `ca_file`: certificates of the house (PEM), for a proxy that looks into the traffic.
    """

    tenant: str
    client_id: str
    certificate: str = ""
    certificate_password: str = ""
    secret: str = ""
    authority: str = AUTHORITY
    graph: str = GRAPH
    ca_file: str = ""

    @property
    def consent_link(self) -> str:
        """Where an administrator of the tenant consents to the app's permissions."""
        return f"{self.authority}/{self.tenant}/adminconsent?client_id={self.client_id}"
