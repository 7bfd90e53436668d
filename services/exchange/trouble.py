"""What exchangelib's errors mean."""

from __future__ import annotations

import re
import ssl
import struct
from collections.abc import Iterator
from typing import Final

from exchangelib import errors
from requests import RequestException
from requests.exceptions import ContentDecodingError
from spnego.exceptions import SpnegoError

from reception.errors import (
    AskedToWait,
    AuthNeeded,
    ConfigError,
    PasswordRefused,
    ProtocolError,
    ServiceError,
    Unavailable,
)
from services.exchange.settings import ExchangeSettings

_HANDSHAKE: Final = (SpnegoError, struct.error, PermissionError)
"""A challenge of NTLM that is none, or that does not come (requests_ntlm 1.3.0, pyspnego 0.12.4)."""
ALL: Final = (
    errors.EWSError,
    RequestException,
    OSError,
    ValueError,
    AttributeError,
    TypeError,
    *_HANDSHAKE,
)
"""What may come out of exchangelib: its own errors, the network's, those of its parsing where an answer makes
no sense (5.6.0: `sync_state.text` of nothing, dates that are none), and those of signing in by NTLM."""

BUSY_S: Final = 10.0
"""Pause after a refusal that does not say how long."""

NOT_OPEN: Final = (
    errors.ErrorAccessDenied,
    errors.ErrorNoFreeBusyAccess,
    errors.ErrorItemNotFound,
    errors.ErrorFolderNotFound,
)
"""This mailbox is not open to us; others may be."""
NOBODY: Final = (errors.ErrorNonExistentMailbox, errors.ErrorMailRecipientNotFound)
"""There is no such mailbox."""
FULL: Final = (errors.ErrorExceededConnectionCount, errors.ErrorExceededSubscriptionCount)
"""The server lets us have no more of these now."""
FULL_S: Final = 60.0
_DENIED: Final = (errors.ErrorImpersonateUserDenied, errors.ErrorImpersonationDenied)
_SENSELESS: Final = (
    errors.MalformedResponseError,
    errors.SOAPError,
    ContentDecodingError,
    ValueError,
    AttributeError,
    TypeError,
    *_HANDSHAKE,
)
_CERTIFICATE: Final = re.compile(r"certificate verify failed: ([^(]+)|hostname '[^']+' doesn't match")


class MailboxFailed(ServiceError):
    """One mailbox cannot be read now, such as while it is moved. Others may be."""


class MailboxRefused(MailboxFailed):
    """This mailbox is not open to us."""


class NoMailbox(MailboxFailed):
    """There is no such mailbox."""


class Busy(AskedToWait):
    """The server wants a pause of `wait_s` seconds."""

    def __init__(self, wait_s: float) -> None:
        super().__init__("exchange_busy", wait_s)


def trouble_of(error: BaseException, settings: ExchangeSettings, mailbox: str = "") -> ServiceError:
    """Return what to raise for an error of exchangelib's, with what somebody can act upon."""
    address = settings.url
    if isinstance(error, ServiceError):
        return error
    if (certificate := _certificate_fault(error)) is not None:
        return ConfigError("tls_failed", address=address, error=certificate)
    if isinstance(error, errors.UnauthorizedError):
        return PasswordRefused("wrong_password", address=address, user=settings.user)
    if isinstance(error, _DENIED):
        return AuthNeeded("exchange_no_impersonation", user=settings.user)
    if isinstance(error, errors.ErrorTimeoutExpired) and _has_network_fault(error):
        return Unavailable("unreachable", address=address)  # exchangelib's name for no answer at all
    if isinstance(error, NOBODY):
        return NoMailbox("mailbox_refused", address=mailbox, error=_code(error))
    if isinstance(error, NOT_OPEN):
        return MailboxRefused("mailbox_refused", address=mailbox, error=_code(error))
    if isinstance(error, FULL):
        return Busy(FULL_S)
    if isinstance(error, errors.RateLimitError):
        if _has_network_fault(error):
            return Unavailable("unreachable", address=address)
        return Busy(float(getattr(error, "wait", None) or BUSY_S))
    if isinstance(error, errors.ErrorServerBusy):
        return Busy(float(error.back_off or BUSY_S))
    if isinstance(error, errors.ResponseMessageError):
        return MailboxFailed("mailbox_refused", address=mailbox, error=_code(error))
    if isinstance(error, _SENSELESS) or (
        type(error) is errors.TransportError and not _has_network_fault(error)
    ):
        return ProtocolError("exchange_malformed", address=address)
    return Unavailable("unreachable", address=address)


def _has_network_fault(error: BaseException) -> bool:
    return any(isinstance(cause, RequestException | OSError) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _code(error: BaseException) -> str:
    """Return the code of EWS: the name of exchangelib's class for it."""
    return type(error).__name__


def _certificate_fault(error: BaseException) -> str | None:
    """Return what is wrong with the certificate or with TLS; exchangelib keeps no more than its text."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return getattr(cause, "verify_message", "") or cause.reason or str(cause)
    for cause in _causes(error):
        if (found := _CERTIFICATE.search(str(cause))) is not None:
            return (found.group(1) or found.group(0)).strip()
    return None
