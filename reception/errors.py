"""The errors of Reception.

ReceptionError
├── UserFacingError      an expected refusal, worded for the person who asked; no traceback
│   ├── CommandRefused   an intent that cannot be carried out now; nothing has changed
│   ├── SignInRefused    somebody who is not let in, or not like this
│   └── BadInput         a file or setting somebody gave us: names place and way out
└── ServiceError         an outside system does not work for us
    ├── Unavailable      back off and retry
    ├── AuthNeeded       stop, somebody must sign in or mend the password
    ├── ConfigError      stop, somebody must mend a setting
    └── ProtocolError    it said something we do not understand: resync

Anything else is a bug.
"""

from __future__ import annotations

from reception.model.changes import Message


class ReceptionError(Exception):
    """Base of all our errors."""


class UserFacingError(ReceptionError):
    """Carries a `Message` whose words the view finds."""

    def __init__(self, key: str, **params: str | float) -> None:
        super().__init__(key, params)
        self.message = Message(key=key, params=params)

    def __str__(self) -> str:
        words = ", ".join(f"{k}={v}" for k, v in self.message.params.items())
        return f"{self.message.key}({words})"


class CommandRefused(UserFacingError):
    """The intent is not possible now; the call is where it was."""


class SignInRefused(UserFacingError):
    """Whoever wants in is not let in (`reception.model.messages.SIGN_IN_REFUSALS`)."""


class BadInput(UserFacingError):
    """Something a person gave us is wrong; `text` says what and where, ready to print."""

    def __init__(self, key: str, text: str, **params: str | float) -> None:
        super().__init__(key, **params)
        self.text = text

    def __str__(self) -> str:
        return self.text


class ServiceError(ReceptionError):
    """An outside system fails; carries the `Message` for its connection light."""

    def __init__(self, key: str, **params: str | float) -> None:
        super().__init__(key, params)
        self.message = Message(key=key, params=params)


class Unavailable(ServiceError):
    """It cannot be reached now: back off and retry."""


class AskedToWait(Unavailable):
    """It wants to be left alone for `wait_s` seconds."""

    def __init__(self, key: str, wait_s: float) -> None:
        super().__init__(key, seconds=round(wait_s))
        self.wait_s = wait_s


class AuthNeeded(ServiceError):
    """It does not accept our password or sign-in: stop until somebody mends it."""


class PasswordRefused(AuthNeeded):
    """The password is not accepted: each further try may lock the account."""


class ConfigError(ServiceError):
    """It is set up in a way that cannot work: stop until somebody mends it."""


class ProtocolError(ServiceError):
    """It said something outside its protocol: resync."""
