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


def describe() -> Description:
    """Return what there is to fill in."""
    return Description(
        service="graph",
        title="Microsoft 365",
        shared="microsoft",
        steps=(_ACCOUNT, _USES),
        needs_one_of=("secret", "certificate"),
    )
