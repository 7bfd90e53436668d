"""Which permissions a request needs (contract 1.1, 2.1, 3, 4)."""

from __future__ import annotations

from typing import Final

from services.emulators.graph.asked import Caller, Refused

TEAMS, OUTLOOK, DIRECTORY = "Forbidden", "ErrorAccessDenied", "Authorization_RequestDenied"
"""How the services say that a permission is missing."""

_READ: Final = frozenset({"Presence.Read.All", "Presence.ReadWrite.All"})
_SIGNED_IN_READ: Final = frozenset({"Presence.Read.All"})
_WRITE: Final = frozenset({"Presence.ReadWrite.All"})
_CALENDAR: Final = frozenset({"Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"})
_EVENT: Final = _CALENDAR - {"Calendars.ReadWrite"}
_USERS: Final = frozenset({"User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All"})
_WHOLE_USERS: Final = _USERS - {"User.ReadBasic.All"}
_PHOTOS: Final = frozenset({"ProfilePhoto.Read.All", "User.Read.All", "User.ReadBasic.All"})
_OWN_PHOTOS: Final = frozenset({"ProfilePhoto.Read.All", "User.ReadBasic.All", "User.Read"})
_SETTINGS: Final = frozenset({"MailboxSettings.Read", "MailboxSettings.ReadWrite"})

_OWN: Final = frozenset({"Presence.Read", "User.Read"})
"""What somebody who signed in may read of themselves alone."""

OPERATIONS: Final[dict[str, tuple[str, frozenset[str], frozenset[str]]]] = {
    "GET /users/{user-id}/presence": (TEAMS, _SIGNED_IN_READ | {"Presence.Read"}, _READ),
    "POST /communications/getPresencesByUserId": (TEAMS, _SIGNED_IN_READ, _READ),
    "POST /users/{user-id}/presence/setPresence": (TEAMS, frozenset({"Presence.ReadWrite"}), _WRITE),
    "POST /users/{user-id}/presence/clearPresence": (TEAMS, frozenset({"Presence.ReadWrite"}), _WRITE),
    "POST /users/{user-id}/presence/setUserPreferredPresence": (
        TEAMS,
        frozenset({"Presence.ReadWrite"}),
        _WRITE,
    ),
    "POST /users/{user-id}/presence/clearUserPreferredPresence": (
        TEAMS,
        frozenset({"Presence.ReadWrite"}),
        _WRITE,
    ),
    "GET /users/{user-id}/calendarView": (OUTLOOK, _CALENDAR, _CALENDAR),
    "GET /users/{user-id}/calendarView/delta()": (OUTLOOK, _CALENDAR, _CALENDAR),
    "POST /users/{user-id}/calendar/getSchedule": (OUTLOOK, _CALENDAR, _CALENDAR),
    "GET /users/{user-id}/events": (OUTLOOK, _CALENDAR, _CALENDAR),
    "GET /users/{user-id}/events/{event-id}": (OUTLOOK, _EVENT, _EVENT),
    "GET /users/{user-id}/mailboxSettings": (OUTLOOK, _SETTINGS, _SETTINGS),
    "GET /users": (DIRECTORY, _USERS, _USERS),
    "GET /users/{user-id}": (DIRECTORY, _USERS | {"User.Read"}, _USERS),
    "GET /users/delta()": (DIRECTORY, _WHOLE_USERS, _WHOLE_USERS),
    "GET /users/{user-id}/manager": (DIRECTORY, _WHOLE_USERS, _WHOLE_USERS),
    "GET /users/{user-id}/photo": (DIRECTORY, _OWN_PHOTOS, _PHOTOS),
    "GET /users/{user-id}/photo/$value": (DIRECTORY, _OWN_PHOTOS, _PHOTOS),
    "GET /users/{user-id}/photos": (DIRECTORY, _OWN_PHOTOS, _PHOTOS),
    "GET /users/{user-id}/photos/{profilePhoto-id}": (DIRECTORY, _OWN_PHOTOS, _PHOTOS),
    "GET /users/{user-id}/photos/{profilePhoto-id}/$value": (DIRECTORY, _OWN_PHOTOS, _PHOTOS),
    "POST /chats": (TEAMS, frozenset({"Chat.Create", "Chat.ReadWrite"}), frozenset({"Chat.Create"})),
    "POST /chats/{chat-id}/messages": (
        TEAMS,
        frozenset({"ChatMessage.Send", "Chat.ReadWrite"}),
        frozenset({"Teamwork.Migrate.All"}),
    ),
    "POST /users/{user-id}/sendMail": (OUTLOOK, frozenset({"Mail.Send"}), frozenset({"Mail.Send"})),
}
"""Service, permissions for somebody who signed in, permissions of an app by itself; one is enough."""


SUBSCRIPTIONS: Final[dict[str, tuple[str, frozenset[str], frozenset[str]]]] = {
    "presence": (TEAMS, frozenset({"Presence.Read.All"}), frozenset()),
    "events": (OUTLOOK, frozenset({"Calendars.Read"}), frozenset({"Calendars.Read"})),
}
"""The same for subscriptions (contract 1.10, 2.6): no app by itself is told of presence, and what is more
than to read a calendar is refused."""


def check(operation: str, caller: Caller, whose: str = "") -> None:
    """Raise `Refused` unless the caller may do this; `whose` is the id of whom it is about."""
    service, delegated, application = OPERATIONS[operation]
    if caller.user and whose and whose != caller.user:
        delegated -= _OWN
    _check((service, delegated, application), caller)


def check_subscription(kind: str, caller: Caller) -> None:
    """Raise `Refused` unless the caller may be told of changes of this kind."""
    _check(SUBSCRIPTIONS[kind], caller)


def _check(needed: tuple[str, frozenset[str], frozenset[str]], caller: Caller) -> None:
    service, delegated, application = needed
    if not caller.rights & (application if caller.is_app_only else delegated):
        message = "" if service is TEAMS else "Insufficient privileges to complete the operation."
        raise Refused(403, service, message)
