"""Which intent is possible in which place, and whose call it must be.

The table is the whole rule: an intent on a call in a place outside its row is refused as
`not_possible_now` and changes nothing. OWN rows are for the receptionist who has the call; ANY rows are for
every receptionist (fetching a parked or camped call, requirement: domain "Camp-on": any of them takes it
back with one key).
"""

from __future__ import annotations

from typing import Final

import msgspec

from reception.calls.floor import Floor, target_label
from reception.errors import CommandRefused
from reception.model import intents as ask
from reception.model.attendants import Attendant
from reception.model.calls import Call, Pending, Place, Target
from reception.model.lines import LineState

OWN: Final = True
ANY: Final = False

ALLOWED: Final[dict[type[msgspec.Struct], tuple[bool, frozenset[Place]]]] = {
    ask.Answer: (ANY, frozenset({Place.QUEUED, Place.OFFERED})),
    ask.Hold: (OWN, frozenset({Place.TALKING})),
    ask.Resume: (OWN, frozenset({Place.HELD})),
    ask.Transfer: (OWN, frozenset({Place.TALKING, Place.HELD})),
    ask.Consult: (OWN, frozenset({Place.TALKING, Place.HELD})),
    ask.Swap: (OWN, frozenset({Place.CONSULTING})),
    ask.Complete: (OWN, frozenset({Place.CONSULTING})),
    ask.Conference: (OWN, frozenset({Place.CONSULTING})),
    ask.GiveUp: (OWN, frozenset({Place.CONSULTING})),
    ask.ToVoicemail: (OWN, frozenset({Place.TALKING, Place.HELD})),
    ask.Park: (OWN, frozenset({Place.TALKING, Place.HELD})),
    ask.CampOn: (OWN, frozenset({Place.TALKING, Place.HELD})),
    ask.TakeBack: (ANY, frozenset({Place.CAMPED, Place.PARKED, Place.TRANSFERRING, Place.HELD})),
    ask.HangUp: (
        OWN,
        frozenset({Place.TALKING, Place.HELD, Place.CONSULTING, Place.DIALLING, Place.OFFERED}),
    ),
    ask.SendDigits: (OWN, frozenset({Place.TALKING, Place.CONSULTING})),
    ask.RemoveCallback: (ANY, frozenset({Place.QUEUED})),
}

NEEDS_NO_SWITCH: Final = (ask.SetReadiness, ask.SetGroups, ask.RemoveCallback)

# The party of such a call is not to be passed on while the receptionist's own phone is still on its way.
_NEEDS_CONNECTION: Final = (ask.Transfer, ask.Consult, ask.CampOn, ask.Park, ask.ToVoicemail, ask.Resume)


def require(floor: Floor, me: Attendant, intent: msgspec.Struct, call: Call) -> None:
    """Check the table; raises CommandRefused."""
    own, places = ALLOWED[type(intent)]
    if call.place not in places:
        raise CommandRefused("not_possible_now", place=call.place.value)
    if own and call.owner != me.id:
        raise CommandRefused("not_yours", owner=floor.name_of(call.owner))
    if isinstance(intent, _NEEDS_CONNECTION) and call.pending is Pending.RESUMING:
        raise CommandRefused("still_connecting")


def require_target(floor: Floor, me: Attendant, target: Target, *, even_if_busy: bool = False) -> None:
    """Check that a colleague can be rung; raises CommandRefused.

    A busy phone is offered a second call by the switch without a word (FACTS 8), so we look first
    (requirements 000-05, 000-13). All lines of the person count (reading 38). Absence is told of before that:
    a line getting free would help nobody (requirement 001-06; reading 73: a warning, no ban). Past a
    diversion only who has the right to goes (requirements 002-038, 002-141): that is asked last, as
    nobody can insist on it.
    """
    if not target.number or not all(c.isdigit() or c in "+*#" for c in target.number):
        raise CommandRefused("invalid_number", number=target.number)
    if target.number == me.number:
        raise CommandRefused("target_is_self")
    if floor.lines.get(target.number) is LineState.UNREACHABLE:
        raise CommandRefused("target_unreachable", target=target_label(target))
    if not even_if_busy:
        require_present(floor, target)
        if is_occupied(floor, target):
            raise CommandRefused("target_busy", target=target_label(target))
    if not floor.may_ring(me.id, target):
        raise CommandRefused("target_diverted", target=target_label(target))


def require_present(floor: Floor, target: Target) -> None:
    """Check that a colleague is not absent; raises CommandRefused that says until when, 0 for unknown."""
    absence = floor.absence_of(target)
    if absence is not None:
        raise CommandRefused("target_away", target=target_label(target), back=absence.back_at or 0.0)


def is_occupied(floor: Floor, target: Target) -> bool:
    """True when any line of the target is known to be in a call, or a call elsewhere (reading 38)."""
    on_a_line = any(floor.lines.get(n, LineState.UNKNOWN).is_occupied for n in floor.watched(target))
    return on_a_line or floor.is_on_call_elsewhere(target)
