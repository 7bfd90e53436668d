"""Why Microsoft 365 is not well, and who can mend it; why it lets somebody in here, or not. No Qt."""

from __future__ import annotations

from typing import Final

from widgets.texts import QT_TRANSLATE_NOOP

MICROSOFT_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "microsoft_secret_refused": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "Microsoft does not accept the secret of the app {app}: it is wrong or has expired. "
            "Make a new one in Microsoft Entra and give it to the hub.",
        ),
    ),
    "microsoft_certificate_refused": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "Microsoft does not accept the certificate of the app {app}. "
            "Upload it in Microsoft Entra, or give the hub the one that is there.",
        ),
    ),
    "microsoft_unknown_app": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "Microsoft knows no app {app} in the tenant {tenant}. "
            "Check client_id and tenant in the hub's settings.",
        ),
    ),
    "microsoft_unknown_tenant": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Microsoft knows no tenant {tenant}. Check tenant in the hub's settings."
        ),
    ),
    "microsoft_sign_in_refused": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "Microsoft does not let the app {app} sign in: {error}. Ask the administrator of Entra.",
        ),
    ),
    "microsoft_user_sign_in": (
        "",
        QT_TRANSLATE_NOOP("Message", "Somebody must sign in to Microsoft for the app {app}."),
    ),
    "graph_token_refused": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "Graph does not accept the sign-in of the app {app}: {error}. It is tried again by itself.",
        ),
    ),
    "graph_refused": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Graph refuses {permission}: ask an administrator to consent, at {link} ({error})."
        ),
    ),
    "graph_throttled": (
        "",
        QT_TRANSLATE_NOOP("Message", "Microsoft is busy and asks us to wait {seconds} s. We do."),
    ),
    "graph_failed": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Microsoft has a fault: HTTP {status} {error} (request {request}). It is tried again."
        ),
    ),
    "graph_rejected": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "Graph does not understand us: HTTP {status} {error} (request {request}). Tell the maker.",
        ),
    ),
    "graph_malformed": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "Graph's answer about {what} cannot be read. It is asked again; a proxy may be to blame.",
        ),
    ),
    "mailbox_refused": (
        "",
        QT_TRANSLATE_NOOP("Message", "The calendar of {address} cannot be read: {error}."),
    ),
    "mailboxes_failed": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "{count} of {of} calendars cannot be read; what they said before holds. "
            "The first: {address}, {error}.",
        ),
    ),
    "appointments_unreadable": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Appointments that cannot be read: {count}. The first is in the calendar of {address}."
        ),
    ),
    "mail_sent": ("", QT_TRANSLATE_NOOP("Message", "Sent to {target}.")),
    "mail_not_set_up": ("", QT_TRANSLATE_NOOP("Message", "E-mails are not set up on the hub.")),
    "chat_not_set_up": (
        "",
        QT_TRANSLATE_NOOP("Message", "Messages in Teams are not set up on the hub: open the chat in Teams."),
    ),
    "chat_sign_in": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Sign in with Microsoft again to write in your own name, or open the chat in Teams."
        ),
    ),
    "mail_empty": ("", QT_TRANSLATE_NOOP("Message", "There is nothing in the message yet.")),
    "mail_in_doubt": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "It is not known whether the message was sent: look among the sent ones first."
        ),
    ),
    "exchange_busy": (
        "",
        QT_TRANSLATE_NOOP("Message", "Exchange is busy and asks us to wait {seconds} s. We do."),
    ),
    "exchange_no_impersonation": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "{user} may not read the calendars of others: it needs the role ApplicationImpersonation, "
            "or set impersonation = false.",
        ),
    ),
    "exchange_malformed": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "The answer of {address} cannot be read. It is asked again; a proxy may be to blame.",
        ),
    ),
    "exchange_no_sample": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "No mailbox to try: name one with sample, or let the user be an e-mail address."
        ),
    ),
    "clock_differs": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "This computer's clock and the server's differ by {seconds} s. Have it set by the network.",
        ),
    ),
    "graph_no_account": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "{person} has no account at Microsoft: check the e-mail address in the directory."
        ),
    ),
    "graph_no_sender": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "There is no account {sender} at Microsoft. Name a mailbox of the tenant that e-mails come from.",
        ),
    ),
    "graph_person_refused": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Teams lets nothing be shown of {person} ({error}): check the licence for Teams."
        ),
    ),
    "graph_slowed": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "There are more people than Microsoft lets us ask for: everybody's turn comes every {seconds} s.",
        ),
    ),
    "microsoft_starts": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "The emulated Microsoft 365 is starting. {count} colleagues are read from it then; the simulated "
            "office tells of them until then.",
        ),
    ),
    "graph_pace": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "{people} people, each asked for every {seconds} s: {requests} of {budget} requests a minute.",
        ),
    ),
}
"""As `widgets.source_words.SOURCE_SENTENCES`: the first half is empty."""

_AGAIN = QT_TRANSLATE_NOOP("Message", "Begin again; if it stays so, tell the administrator.")

SIGN_IN_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "sign_in_needed": (
        QT_TRANSLATE_NOOP("Message", "You are not signed in."),
        QT_TRANSLATE_NOOP("Message", "Sign in with Microsoft to take calls here."),
    ),
    "signed_out": (
        QT_TRANSLATE_NOOP("Message", "You are signed out."),
        QT_TRANSLATE_NOOP("Message", "Sign in to take calls here."),
    ),
    "signed_out_alone": (
        QT_TRANSLATE_NOOP("Message", "You are signed out here."),
        QT_TRANSLATE_NOOP("Message", "The hub could not be told: there your sign-in ends by itself."),
    ),
    "sign_in_still_kept": (
        QT_TRANSLATE_NOOP("Message", "You are signed out until Reception is opened again."),
        QT_TRANSLATE_NOOP("Message", "What is kept of your sign-in could not be deleted."),
    ),
    "sign_in_declined": (
        QT_TRANSLATE_NOOP("Message", "The sign-in was broken off."),
        QT_TRANSLATE_NOOP("Message", "You can begin again."),
    ),
    "sign_in_expired": (
        QT_TRANSLATE_NOOP("Message", "The sign-in took too long."),
        QT_TRANSLATE_NOOP("Message", "Begin again; it holds for ten minutes."),
    ),
    "sign_in_failed": (QT_TRANSLATE_NOOP("Message", "Microsoft did not let you in ({error})."), _AGAIN),
    "sign_in_untrusted": (
        QT_TRANSLATE_NOOP("Message", "What came from Microsoft is not valid here."),
        _AGAIN,
    ),
    "sign_in_unknown": (
        QT_TRANSLATE_NOOP("Message", "No colleague in the directory has the address {address}."),
        QT_TRANSLATE_NOOP("Message", "Ask the administrator to enter it."),
    ),
    "sign_in_double": (
        QT_TRANSLATE_NOOP("Message", "More than one colleague has the address {address}."),
        QT_TRANSLATE_NOOP("Message", "Ask the administrator to mend that in the directory."),
    ),
    "sign_in_disabled": (
        QT_TRANSLATE_NOOP("Message", "The access of {address} was taken away."),
        QT_TRANSLATE_NOOP("Message", "Ask the administrator."),
    ),
    "sign_in_no_receptionist": (
        QT_TRANSLATE_NOOP("Message", "{name} is not set up as a receptionist."),
        QT_TRANSLATE_NOOP("Message", "Sign in as somebody else, or ask the administrator."),
    ),
    "sign_in_off": (
        QT_TRANSLATE_NOOP("Message", "This hub has no sign-in with Microsoft."),
        QT_TRANSLATE_NOOP("Message", "Ask the administrator for it, or for an access token."),
    ),
    "sign_in_busy": (
        QT_TRANSLATE_NOOP("Message", "Too many are signing in right now."),
        QT_TRANSLATE_NOOP("Message", "Try again in a few minutes."),
    ),
    "sign_in_no_browser": (
        QT_TRANSLATE_NOOP("Message", "No browser could be opened."),
        QT_TRANSLATE_NOOP("Message", "Open this address on this computer: {address}"),
    ),
}
"""What happened, and what to do about it."""
