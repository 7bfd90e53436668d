"""What there is to fill in for Microsoft 365, for the assistant in the window (docs/microsoft.md).

The words are English; the window has them in its other languages (`widgets.setup_words`).
"""

from __future__ import annotations

from typing import Final

from reception.model.microsoft import AUTHORITY, GRAPH
from reception.model.setup import Choice, Description, Field, FieldKind, Place, Step
from reception.model.sync import Direction

_WRITING: Final = "Presence.ReadWrite.All"
"""As `services.graph.sessions.PERMISSION`, whose module is heavy to load."""

_ACCOUNT: Final = Step(
    title="Who we are at Microsoft",
    help=(
        "Register an app for Reception in Microsoft Entra (entra.microsoft.com, App registrations). Its page "
        "Overview has the two ids; Certificates & secrets has the proof."
    ),
    fields=(
        Field(
            name="tenant",
            key="tenant",
            label="Directory (tenant) ID",
            place=Place.SHARED,
            example="00000000-0000-0000-0000-000000000000",
            is_needed=True,
        ),
        Field(
            name="client_id",
            key="client_id",
            label="Application (client) ID",
            place=Place.SHARED,
            example="00000000-0000-0000-0000-000000000000",
            is_needed=True,
        ),
        Field(
            name="secret",
            key="secret",
            label="Client secret",
            kind=FieldKind.SECRET,
            place=Place.SHARED,
            help="The secret's value, not its id. Write down in a calendar when it expires.",
            excludes=("certificate", "certificate_password"),
        ),
        Field(
            name="certificate",
            key="certificate",
            label="or a certificate with its key",
            kind=FieldKind.FILE,
            place=Place.SHARED,
            help="A PEM or PFX file. Upload its public part in Entra.",
            excludes=("secret",),
        ),
        Field(
            name="certificate_password",
            key="certificate_password",
            label="Password of the certificate",
            kind=FieldKind.SECRET,
            place=Place.SHARED,
            is_rare=True,
        ),
        Field(
            name="authority",
            key="authority",
            label="Address of the sign-in",
            place=Place.SHARED,
            default=AUTHORITY,
            help="Another one in national clouds only.",
            is_rare=True,
            guards=True,
        ),
        Field(
            name="graph",
            key="graph",
            label="Address of Graph",
            place=Place.SHARED,
            default=GRAPH,
            is_rare=True,
            guards=True,
        ),
        Field(
            name="ca_file",
            key="ca_file",
            label="Certificate authority of the house",
            kind=FieldKind.FILE,
            place=Place.SHARED,
            help="A PEM file, for a proxy that looks into the traffic.",
            is_rare=True,
            guards=True,
        ),
    ),
)

_USES: Final = Step(
    title="What is used",
    help="Each needs a permission of the kind Application; all of them need User.ReadBasic.All as well.",
    fields=(
        Field(
            name="teams",
            key="teams",
            label="Presence from Teams",
            kind=FieldKind.SWITCH,
            default="true",
            permission="Presence.Read.All",
            help="who is in a call, in a meeting, away or not to be disturbed",
        ),
        Field(
            name="calendars",
            key="calendars",
            label="Calendars",
            kind=FieldKind.CHOICE,
            default="details",
            choices=(
                Choice(value="details", label="Appointments", permission="Calendars.Read"),
                Choice(value="free_busy", label="Free and busy times only", permission="Calendars.ReadBasic"),
                Choice(value="off", label="Not used"),
            ),
            help="who is away until when, and when they are back",
        ),
        Field(
            name="schedules_through",
            key="schedules_through",
            label="Mailbox that asks for free and busy times",
            example="reception@example.com",
        ),
        Field(
            name="automatic_replies",
            key="automatic_replies",
            label="Automatic replies",
            kind=FieldKind.SWITCH,
            default="false",
            permission="MailboxSettings.Read",
            help="whoever has set one counts as absent",
        ),
        Field(
            name="working_hours",
            key="working_hours",
            label="Working hours",
            kind=FieldKind.SWITCH,
            default="false",
            permission="MailboxSettings.Read",
            help="when somebody works today stands on their card",
        ),
        Field(
            name="directory",
            key="backend",
            label="Directory",
            kind=FieldKind.SWITCH,
            place=Place.DIRECTORY_CHOICE,
            default="false",
            permission="User.Read.All",
            help="telephone numbers, titles, departments and managers of all colleagues",
        ),
        Field(
            name="photos",
            key="photos",
            label="Photos of colleagues",
            kind=FieldKind.SWITCH,
            place=Place.DIRECTORY,
            default="false",
            permission="User.ReadBasic.All",
            help="beside their names; with the directory only",
            within="directory",
        ),
        Field(
            name="direction",
            key="teams.direction",
            label="Calls in Teams and on the telephone",
            kind=FieldKind.CHOICE,
            place=Place.OFFICE,
            default=Direction.BOTH.value,
            choices=(
                Choice(value=Direction.BOTH.value, label="Shown both ways", permission=_WRITING),
                Choice(value=Direction.TO_TEAMS.value, label="Telephone calls in Teams", permission=_WRITING),
                Choice(value=Direction.TO_TELEPHONY.value, label="Teams calls on the telephone"),
                Choice(value=Direction.OFF.value, label="Not shown"),
            ),
            help="whoever speaks is busy at both, without doing anything",
        ),
    ),
)

_MAILS: Final = Step(
    title="E-mails to colleagues",
    help=(
        "Receptionists write to colleagues about a call (Ctrl+M), and the hub sends it in the name of the "
        "house. Without this the computer's own mail program is opened."
    ),
    fields=(
        Field(
            name="mail",
            key="backend",
            label="The hub sends e-mails",
            kind=FieldKind.SWITCH,
            place=Place.MAIL_CHOICE,
            default="false",
            permission="Mail.Send",
        ),
        Field(
            name="sender",
            key="sender",
            label="Mailbox that they come from",
            place=Place.MAIL,
            example="reception@example.com",
            help=(
                "Mail.Send is of the kind Application and allows any mailbox of the tenant. RBAC for "
                "Applications in Exchange narrows it down to this one."
            ),
            is_needed=True,
            within="mail",
        ),
    ),
)

_SIGN_IN: Final = Step(
    title="People sign in with Microsoft",
    help=(
        "Colleagues on their web page and receptionists in their consoles sign in with the account they have "
        "at work. The app needs a platform Web with the redirect URI below (Authentication, Add a platform) "
        "and the delegated permissions openid, profile and email."
    ),
    fields=(
        Field(
            name="identity",
            key="backend",
            label="Sign-in with Microsoft",
            kind=FieldKind.SWITCH,
            place=Place.IDENTITY_CHOICE,
            default="false",
            help="of those whom the directory knows, and nobody else",
        ),
        Field(
            name="web_listen",
            key="listen",
            label="Where the hub listens for the web page",
            place=Place.WEB,
            example="0.0.0.0:443",
            help=(
                "Address and port. One that other computers reach needs a certificate: tls_cert and tls_key "
                "in [hub] or [web] of the hub's file."
            ),
            is_needed=True,
            within="identity",
        ),
        Field(
            name="address",
            key="address",
            label="Address of the web page",
            place=Place.IDENTITY_RULES,
            example="https://presence.example.com",
            help="As browsers open it, with https and without a path. Empty for the page's own name.",
            within="identity",
        ),
        Field(
            name="redirect",
            key="redirect",
            label="Redirect URI to register",
            kind=FieldKind.TOLD,
            place=Place.IDENTITY_RULES,
            help="Microsoft compares it letter by letter.",
            within="identity",
            begins_with="address",
        ),
        Field(
            name="passwords",
            key="passwords",
            label="Passwords of the web page work too",
            kind=FieldKind.SWITCH,
            place=Place.IDENTITY_RULES,
            default="true",
            help="Switch off only when signing in with Microsoft works: there is no other way in then.",
            within="identity",
        ),
        Field(
            name="chat",
            key="chat",
            label="Receptionists write in Teams in their own name",
            kind=FieldKind.SWITCH,
            place=Place.IDENTITY,
            default="false",
            permission="Chat.Create, ChatMessage.Send, offline_access",
            help=(
                "Who is signed in signs in once more for it. Grant admin consent to these delegated "
                "permissions first: else nobody gets in who may not consent themselves"
            ),
            within="identity",
        ),
        Field(
            name="identity_match",
            key="match",
            label="Column of the directory with their accounts",
            place=Place.IDENTITY,
            help="With object ids or UPNs. Empty: they are found by their e-mail addresses.",
            is_rare=True,
            within="identity",
        ),
    ),
)


def describe() -> Description:
    """Return what there is to fill in."""
    return Description(
        service="graph",
        title="Microsoft 365",
        shared="microsoft",
        steps=(_ACCOUNT, _USES, _MAILS, _SIGN_IN),
        needs_one_of=("secret", "certificate"),
        idle={"teams": "false", "calendars": "off", "automatic_replies": "false"},
    )
