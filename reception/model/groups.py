"""Attendant groups: a number, its queue and how its calls reach receptionists."""

from __future__ import annotations

import msgspec


class CallbackRules(msgspec.Struct, frozen=True, kw_only=True):
    """Whether and how waiting callers may ask to be called back (requirements 002-359 to 002-366).

    `max_tries` counts calls to the caller in total; `valid_min` 0 means for ever.
    """

    enabled: bool = True
    ring_s: float = 25.0
    max_tries: int = 3
    retry_after_s: float = 120.0
    valid_min: float = 0.0


class CampOnRules(msgspec.Struct, frozen=True, kw_only=True):
    """Camp-on of a group (requirements 002-379 to 002-381). A notice time of 0 means no notice."""

    enabled: bool = True
    queue_size: int = 5
    notify_owner_s: float = 30.0
    notify_group_s: float = 60.0
    ring_s: float = 20.0


class AttendantGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One attendant group (receptionist opkaldsgruppe, requirement 002-316).

    With `offers_calls` the phones of free members ring, `ring_at_once` of them for `ring_s` seconds
    each round (requirements 002-330, 002-332); without it calls wait until a receptionist takes one.
    `transfer_s` is how long a transfer rings before the caller comes back (requirement 002-101);
    `recall_s` how long a returned caller waits at the receptionist before going back to the group.
    `target_wait_s` is the wait that should not be exceeded, for display.

    With `heeds_presence` no call is offered to a receptionist whose presence is not available (requirement
    002-333), nor to one with an activity of `without_activities` or a role of `without_roles` (ids of the
    office's, requirements 002-397, 002-398).
    """

    id: str
    name: str
    number: str
    offers_calls: bool = False
    ring_at_once: int = 1
    ring_s: float = 20.0
    transfer_s: float = 20.0
    recall_s: float = 60.0
    park_recall_s: float = 120.0
    target_wait_s: float = 30.0
    heeds_presence: bool = False
    without_activities: tuple[str, ...] = ()
    without_roles: tuple[str, ...] = ()
    callback: CallbackRules = CallbackRules()
    camp_on: CampOnRules = CampOnRules()
