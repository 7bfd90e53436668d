"""What faults of the network mean."""

from __future__ import annotations

import ssl

from reception.errors import ConfigError, ServiceError, Unavailable


def network_trouble(error: BaseException, address: str) -> ServiceError:
    """Return what to raise for a request that got no answer: a certificate nobody vouches for, or away."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return ConfigError(
                "tls_failed", address=address, error=getattr(cause, "reason", "") or str(cause)
            )
        cause = cause.__cause__ or cause.__context__
    return Unavailable("unreachable", address=address)
