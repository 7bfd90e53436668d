"""Every sentence the hub can say, as a key with its parameters. The window has the words.

`REFUSALS` answer an intent that was not carried out: the call is where it was.
`NOTICES` are told to receptionists; `SOURCE_MESSAGES` explain a source that is not well;
`CONNECTION_REFUSALS` are why the hub will not speak with a console.
"""

from __future__ import annotations

from typing import Final

REFUSALS: Final[dict[str, tuple[str, ...]]] = {
    "unknown_call": (),  # it has ended or was never there
    "no_call_waiting": (),
    "already_answered": ("by",),  # another receptionist was faster
    "not_yours": ("owner",),
    "not_possible_now": ("place",),  # the call is somewhere where this cannot be done
    "finish_consultation_first": (),
    "still_connecting": (),  # the phone has not answered yet
    "target_busy": ("target",),
    "target_unreachable": ("target",),
    "target_is_free": ("target",),  # camp-on makes no sense: transfer
    "target_is_self": (),
    "line_unknown": ("target",),  # nobody tells us when this line gets free
    "camp_on_disabled": (),
    "camp_on_full": ("target", "size"),
    "colleague_not_there_yet": (),  # swap, conference before the colleague has answered
    "no_mailbox": ("target",),
    "no_mobile": ("target",),
    "invalid_number": ("number",),
    "invalid_digits": ("digits",),
    "parking_full": (),
    "unknown_group": ("group",),
    "calls_in_hand": ("count",),  # log out while calls are held
    "telephony_down": (),
    "not_signed_in": (),
    "switch_refused": ("error",),
    "hub_away": (),  # made by the console itself: the link to the hub is down
    "timed_out": (),  # made by the console itself: the hub has not answered in time
    "internal_error": (),  # a fault of the hub; it is in its log
}

NOTICES: Final[dict[str, tuple[str, ...]]] = {
    "returned": ("caller", "target", "why"),  # why: a WhyBack value
    "returned_to_group": ("caller", "target", "why"),
    "consultation_ended": ("caller", "target", "why"),
    "desk_phone_no_answer": ("caller", "why"),  # your own phone did not take the call
    "desk_phone_lost": ("caller",),  # your phone went away in mid-call; the caller is on hold
    "dialled_not_reached": ("target", "why"),
    "callback_not_reached": ("caller", "why", "tries", "max_tries"),
    "callback_given_up": ("caller", "tries"),
    "camped_long": ("caller", "target", "seconds"),
    "held_long": ("caller", "seconds"),
    "voicemail_failed": ("caller", "target"),
    "not_connected": ("caller", "error"),  # the switch could not join the legs
    "caller_lost": ("caller",),  # the line to the caller broke while the hub was away
    "digits_failed": ("caller", "error"),
}

SOURCE_MESSAGES: Final[dict[str, tuple[str, ...]]] = {
    "unreachable": ("address",),
    "wrong_password": ("address", "user"),
    "wrong_address": ("address",),
    "missing_modules": ("modules",),
    "switch_stuck": ("address",),  # answers pings only: must be restarted
    "replaced_by_another": ("app",),  # a second program uses our application name
    "tls_failed": ("address", "error"),
    "misconfigured": ("setting", "error"),
}

CONNECTION_REFUSALS: Final[dict[str, tuple[str, ...]]] = {
    "unknown_protocol": ("theirs", "ours"),
    "wrong_token": (),
    "malformed": ("error",),
    "too_large": ("limit",),
    "hello_expected": (),
    "too_slow": (),
}
