"""The words of setting up a service: those of descriptions in the window's language, and what comes of it.

Backends describe their settings in English (`reception.model.setup`); what has no words here, such as
those of a third party, is shown as it is. No Qt.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from reception.model.changes import Message
from reception.model.findings import Finding
from widgets import wording
from widgets.texts import QT_TRANSLATE_NOOP, translate

DESCRIBED: Final = (
    QT_TRANSLATE_NOOP("Setup", "Who we are at Microsoft"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Register an app for Reception in Microsoft Entra (entra.microsoft.com, App registrations). Its page "
        "Overview has the two ids; Certificates & secrets has the proof.",
    ),
    QT_TRANSLATE_NOOP("Setup", "Directory (tenant) ID"),
    QT_TRANSLATE_NOOP("Setup", "Application (client) ID"),
    QT_TRANSLATE_NOOP("Setup", "Client secret"),
    QT_TRANSLATE_NOOP("Setup", "The secret's value, not its id. Write down in a calendar when it expires."),
    QT_TRANSLATE_NOOP("Setup", "or a certificate with its key"),
    QT_TRANSLATE_NOOP("Setup", "A PEM or PFX file. Upload its public part in Entra."),
    QT_TRANSLATE_NOOP("Setup", "Password of the certificate"),
    QT_TRANSLATE_NOOP("Setup", "Address of the sign-in"),
    QT_TRANSLATE_NOOP("Setup", "Another one in national clouds only."),
    QT_TRANSLATE_NOOP("Setup", "Address of Graph"),
    QT_TRANSLATE_NOOP("Setup", "Certificate authority of the house"),
    QT_TRANSLATE_NOOP("Setup", "A PEM file, for a proxy that looks into the traffic."),
    QT_TRANSLATE_NOOP("Setup", "What is used"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Each needs a permission of the kind Application; all of them need User.ReadBasic.All as well.",
    ),
    QT_TRANSLATE_NOOP("Setup", "Presence from Teams"),
    QT_TRANSLATE_NOOP("Setup", "who is in a call, in a meeting, away or not to be disturbed"),
    QT_TRANSLATE_NOOP("Setup", "Calendars"),
    QT_TRANSLATE_NOOP("Setup", "Appointments"),
    QT_TRANSLATE_NOOP("Setup", "Free and busy times only"),
    QT_TRANSLATE_NOOP("Setup", "Not used"),
    QT_TRANSLATE_NOOP("Setup", "who is away until when, and when they are back"),
    QT_TRANSLATE_NOOP("Setup", "Mailbox that asks for free and busy times"),
    QT_TRANSLATE_NOOP("Setup", "Automatic replies"),
    QT_TRANSLATE_NOOP("Setup", "whoever has set one counts as absent"),
    QT_TRANSLATE_NOOP("Setup", "Working hours"),
    QT_TRANSLATE_NOOP("Setup", "when somebody works today stands on their card"),
    QT_TRANSLATE_NOOP("Setup", "Directory"),
    QT_TRANSLATE_NOOP("Setup", "telephone numbers, titles, departments and managers of all colleagues"),
    QT_TRANSLATE_NOOP("Setup", "Photos of colleagues"),
    QT_TRANSLATE_NOOP("Setup", "beside their names; with the directory only"),
    QT_TRANSLATE_NOOP("Setup", "Calls in Teams and on the telephone"),
    QT_TRANSLATE_NOOP("Setup", "Shown both ways"),
    QT_TRANSLATE_NOOP("Setup", "Telephone calls in Teams"),
    QT_TRANSLATE_NOOP("Setup", "Teams calls on the telephone"),
    QT_TRANSLATE_NOOP("Setup", "Not shown"),
    QT_TRANSLATE_NOOP("Setup", "whoever speaks is busy at both, without doing anything"),
    QT_TRANSLATE_NOOP("Setup", "Where Exchange is, and who we are there"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "An Exchange server in the house: 2016, 2019 or SE. Mailboxes at Microsoft belong to the "
        "page Microsoft 365. Make an account for Reception whose password does not expire.",
    ),
    QT_TRANSLATE_NOOP("Setup", "Address of EWS"),
    QT_TRANSLATE_NOOP("Setup", "User"),
    QT_TRANSLATE_NOOP("Setup", "Password"),
    QT_TRANSLATE_NOOP("Setup", "Way of signing in"),
    QT_TRANSLATE_NOOP("Setup", "with OAuth the user is an application, and the password its secret"),
    QT_TRANSLATE_NOOP("Setup", "Address for tokens"),
    QT_TRANSLATE_NOOP("Setup", "with OAuth only"),
    QT_TRANSLATE_NOOP("Setup", "Scope of tokens"),
    QT_TRANSLATE_NOOP("Setup", "with OAuth only; otherwise everything at the server"),
    QT_TRANSLATE_NOOP("Setup", "A PEM file, for a certificate that the computer does not know."),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Without a right to calendars, free and busy times are read as every colleague sees them.",
    ),
    QT_TRANSLATE_NOOP("Setup", "Reads calendars in the name of their owners"),
    QT_TRANSLATE_NOOP("Setup", "otherwise people have shared their calendars with the account"),
    QT_TRANSLATE_NOOP("Setup", "Told of changes at once"),
    QT_TRANSLATE_NOOP("Setup", "over a connection that stays open; otherwise they are found within a minute"),
    QT_TRANSLATE_NOOP("Setup", "Mailbox to try"),
    QT_TRANSLATE_NOOP("Setup", "the check reads it once"),
    QT_TRANSLATE_NOOP("Setup", "E-mails to colleagues"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Receptionists write to colleagues about a call (Ctrl+M), and the hub sends it in the name of the "
        "house. Without this the computer's own mail program is opened.",
    ),
    QT_TRANSLATE_NOOP("Setup", "The hub sends e-mails"),
    QT_TRANSLATE_NOOP("Setup", "Mailbox that they come from"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Mail.Send is of the kind Application and allows any mailbox of the tenant. RBAC for Applications in "
        "Exchange narrows it down to this one.",
    ),
    QT_TRANSLATE_NOOP("Setup", "People sign in with Microsoft"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Colleagues on their web page and receptionists in their consoles sign in with the account they have "
        "at work. The app needs a platform Web with the redirect URI below (Authentication, Add a platform) "
        "and the delegated permissions openid, profile and email.",
    ),
    QT_TRANSLATE_NOOP("Setup", "Sign-in with Microsoft"),
    QT_TRANSLATE_NOOP("Setup", "of those whom the directory knows, and nobody else"),
    QT_TRANSLATE_NOOP("Setup", "Where the hub listens for the web page"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Address and port. One that other computers reach needs a certificate: tls_cert and tls_key in [hub] "
        "or [web] of the hub's file.",
    ),
    QT_TRANSLATE_NOOP("Setup", "Address of the web page"),
    QT_TRANSLATE_NOOP(
        "Setup", "As browsers open it, with https and without a path. Empty for the page's own name."
    ),
    QT_TRANSLATE_NOOP("Setup", "Redirect URI to register"),
    QT_TRANSLATE_NOOP("Setup", "Microsoft compares it letter by letter."),
    QT_TRANSLATE_NOOP("Setup", "Passwords of the web page work too"),
    QT_TRANSLATE_NOOP(
        "Setup", "Switch off only when signing in with Microsoft works: there is no other way in then."
    ),
    QT_TRANSLATE_NOOP("Setup", "Receptionists write in Teams in their own name"),
    QT_TRANSLATE_NOOP(
        "Setup",
        "Who is signed in signs in once more for it. Grant admin consent to these delegated permissions "
        "first: else nobody gets in who may not consent themselves",
    ),
    QT_TRANSLATE_NOOP("Setup", "Column of the directory with their accounts"),
    QT_TRANSLATE_NOOP("Setup", "With object ids or UPNs. Empty: they are found by their e-mail addresses."),
)
"""The words of the descriptions that come with Reception."""

_LOOKED_AT: Final[dict[str, str]] = {
    "connection": QT_TRANSLATE_NOOP("Finding", "Connection"),
    "secure connection": QT_TRANSLATE_NOOP("Finding", "Secure connection"),
    "a mailbox": QT_TRANSLATE_NOOP("Finding", "A mailbox"),
    "sign-in": QT_TRANSLATE_NOOP("Finding", "Sign-in"),
    "clock": QT_TRANSLATE_NOOP("Finding", "Clock"),
    "settings": QT_TRANSLATE_NOOP("Finding", "Settings"),
    "list of accounts": QT_TRANSLATE_NOOP("Finding", "List of accounts"),
    "people with their telephone numbers": QT_TRANSLATE_NOOP("Finding", "People with telephone numbers"),
    "sign-in page": QT_TRANSLATE_NOOP("Finding", "Microsoft's page for signing in"),
    "signing keys": QT_TRANSLATE_NOOP("Finding", "Microsoft's keys"),
    "app": QT_TRANSLATE_NOOP("Finding", "The app and its proof"),
    "redirect URI": QT_TRANSLATE_NOOP("Finding", "Redirect URI to register at Microsoft, platform Web"),
}
_LOOKED_AT_OF: Final[dict[str, str]] = {
    "permission ": QT_TRANSLATE_NOOP("Finding", "Permission {what}"),
    "presence of ": QT_TRANSLATE_NOOP("Finding", "Presence of {what}"),
    "sender ": QT_TRANSLATE_NOOP("Finding", "Mailbox {what}"),
    "calendar of ": QT_TRANSLATE_NOOP("Finding", "Calendar of {what}"),
    "free and busy times of ": QT_TRANSLATE_NOOP("Finding", "Free and busy times of {what}"),
    "notifications of ": QT_TRANSLATE_NOOP("Finding", "Notifications of {what}"),
    "automatic replies of ": QT_TRANSLATE_NOOP("Finding", "Automatic replies of {what}"),
    "mailbox settings of ": QT_TRANSLATE_NOOP("Finding", "Mailbox settings of {what}"),
}


def described(text: str) -> str:
    """Return a description's word in the language of the window."""
    return translate("Setup", text) if text else ""


def finding_words(finding: Finding) -> str:
    """Return what was looked at."""
    if (words := _LOOKED_AT.get(finding.what)) is not None:
        return translate("Finding", words)
    for prefix, words in _LOOKED_AT_OF.items():
        if finding.what.startswith(prefix):
            return translate("Finding", words).format(what=finding.what.removeprefix(prefix))
    return finding.what


def fault_words(message: Message) -> str:
    """Return why something is not well, and what to do, without the link, which has buttons of its own."""
    if message.key == "graph_refused":
        words = translate("Setup", "Not consented to. An administrator of the tenant consents by the link.")
        return str(words)
    if "title" in message.params:
        title = described(str(message.params["title"]))
        message = replace(message, params={**message.params, "title": title})
    return wording.sentence(message).text


def link_of(message: Message | None) -> str:
    """Return the address that leads to the remedy, empty for none."""
    link = str(message.params.get("link", "")) if message is not None else ""
    return link if link.startswith("https://") else ""
