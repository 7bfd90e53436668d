"""Every sentence the hub can say, as a key with its parameters. The window has the words.

`REFUSALS` answer an intent that was not carried out: the call is where it was.
`NOTICES` are told to receptionists; `SOURCE_MESSAGES` explain a source that is not well;
`DOINGS` say what is being done about it; `SIGN_IN_REFUSALS` are why somebody is not let in elsewhere;
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
    "target_away": ("target", "back"),  # back: UTC seconds, 0 when nobody knows
    "target_diverted": ("target",),
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
    "no_email": ("target",),
    "mail_not_set_up": (),
    "mail_empty": (),
    "chat_not_set_up": (),
    "chat_sign_in": (),  # whoever writes in their own name signs in with Microsoft for it
    "mail_in_doubt": (),  # it may have been sent
    "unknown_person": (),  # has left the directory, or is not told to whoever asks
    "unknown_entry": (),  # it has ended, was deleted, or was never there
    "not_allowed": (),  # no right to change this colleague's timeline (002-059)
    "ends_before_start": (),
    "already_over": (),
    "unknown_shortcut": ("shortcut",),
    "unknown_profile": ("profile",),
    "unknown_activity": ("activity",),
    "nothing_to_undo": (),  # longer ago than a minute, or somebody has changed it since
    # setting up services from the window
    "not_administrator": (),
    "setup_faulty": ("error",),
    "setup_not_writable": ("file", "error"),
    "setup_no_file": (),  # the demonstration: nothing is kept
    "setup_secret_again": ("title",),  # the address is another one: no secret goes there unasked
    "setup_lacks": ("title",),
    "setup_unknown": ("service",),
    "page_without_name": (),  # it listens on all addresses, so nobody can come back to it by one
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
    # calendars in files and at addresses; what they said before stays
    "calendar_broken": ("file", "line", "error"),
    "calendar_gone": ("file",),
    "calendar_unreadable": ("file", "error"),
    "calendar_too_large": ("file",),
    "calendar_refused": ("address", "status"),
    "appointments_skipped": ("file", "line", "error", "count"),  # all others are there
    "office_file_faulty": ("file", "error", "count"),  # error: the first of so many; the old one holds
    # what is not the same in Teams and in telephony
    "sync_incomplete": ("count", "people"),  # people: some of the names; the log has all
    "no_teams": ("person",),
    "line_not_marked": ("person", "number"),
    # Microsoft 365; each names who can mend it
    "microsoft_secret_refused": ("app",),
    "microsoft_certificate_refused": ("app",),
    "microsoft_unknown_app": ("app", "tenant"),
    "microsoft_unknown_tenant": ("tenant",),
    "microsoft_sign_in_refused": ("app", "error"),
    "microsoft_user_sign_in": ("app",),  # somebody must sign in, or again
    "graph_token_refused": ("app", "error"),
    "graph_refused": ("permission", "link", "error"),
    "graph_throttled": ("seconds",),
    "graph_failed": ("status", "error", "request"),  # error: Graph's code; request: its number there
    "graph_rejected": ("status", "error", "request"),
    "graph_malformed": ("what",),
    "mailbox_refused": ("address", "error"),
    "mailboxes_failed": ("count", "of", "address", "error"),  # all others are there
    "appointments_unreadable": ("count", "address"),
    "clock_differs": ("seconds",),
    "graph_no_account": ("person",),
    "graph_no_sender": ("sender",),  # of e-mails to colleagues
    "graph_person_refused": ("person", "error"),  # nothing is shown of them in Teams
    "graph_slowed": ("seconds",),  # the budget does not allow for more
    "microsoft_starts": ("count",),  # the emulated one of the demonstration
    "graph_pace": ("people", "seconds", "requests", "budget"),  # of one that is well; both a minute
    "directory_conflicts": ("count", "person", "field", "kept", "other"),  # file and directory differ
    "exchange_busy": ("seconds",),
    "exchange_no_impersonation": ("user",),
    "exchange_malformed": ("address",),
    "exchange_no_sample": (),  # of the examination
    "store_slow": ("seconds",),  # what must last is not stored for the time being; calls go on
}

SIGN_IN_REFUSALS: Final[dict[str, tuple[str, ...]]] = {
    "sign_in_declined": (),  # whoever sat there did not go through with it
    "sign_in_expired": (),  # began too long ago, elsewhere, or was used already
    "sign_in_failed": ("error",),  # error: the provider's word (RFC 6749, 4.1.2.1 and 5.2)
    "sign_in_untrusted": (),  # what came is not from the provider for us; the log says what
    "sign_in_unknown": ("address",),  # no colleague of the directory has this address
    "sign_in_double": ("address",),  # more than one has
    "sign_in_disabled": ("address",),  # an administrator has taken the account away
    "sign_in_no_receptionist": ("name",),
    "sign_in_off": (),  # the hub has no such sign-in
    "sign_in_busy": (),  # too many wait to sign in at once
    # made by the console itself
    "sign_in_needed": (),  # it has no token
    "sign_in_no_browser": ("address",),
}
"""Why somebody is not let in by a sign-in elsewhere."""

DOINGS: Final[dict[str, tuple[str, ...]]] = {
    "tries_again": ("at",),  # at: UTC seconds
    "waits_as_asked": ("at",),  # the service itself said for how long (Retry-After)
    "waits_for_somebody": ("at",),  # it is looked at again now and then, whether somebody has mended it
}
"""What is done about a source that is not well."""

CONNECTION_REFUSALS: Final[dict[str, tuple[str, ...]]] = {
    "unknown_protocol": ("theirs", "ours"),
    "wrong_token": (),
    "signed_out": (),  # the receptionist has
    "malformed": ("error",),
    "too_large": ("limit",),
    "hello_expected": (),
    "too_slow": (),
}
