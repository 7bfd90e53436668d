"""What there is to fill in for Exchange, for the assistant in the window (docs/exchange.md).

The words are English; the window has them in its other languages (`widgets.setup_words`).
"""

from __future__ import annotations

from typing import Final

from reception.model.setup import Choice, Description, Field, FieldKind, Step

_SERVER: Final = Step(
    title="Where Exchange is, and who we are there",
    help=(
        "An Exchange server in the house: 2016, 2019 or SE. Mailboxes at Microsoft belong to the page "
        "Microsoft 365. Make an account for Reception whose password does not expire."
    ),
    fields=(
        Field(
            name="url",
            key="url",
            label="Address of EWS",
            example="https://mail.example.com/EWS/Exchange.asmx",
            is_needed=True,
            guards=True,
        ),
        Field(
            name="user",
            key="user",
            label="User",
            example="EXAMPLE\\reception",
            is_needed=True,
        ),
        Field(
            name="password",
            key="password",
            label="Password",
            kind=FieldKind.SECRET,
        ),
        Field(
            name="auth",
            key="auth",
            label="Way of signing in",
            kind=FieldKind.CHOICE,
            default="ntlm",
            choices=(
                Choice(value="ntlm", label="NTLM"),
                Choice(value="basic", label="Basic"),
                Choice(value="digest", label="Digest"),
                Choice(value="oauth", label="OAuth"),
            ),
            help="with OAuth the user is an application, and the password its secret",
            is_rare=True,
            guards=True,
        ),
        Field(
            name="token_url",
            key="token_url",
            label="Address for tokens",
            example="https://adfs.example.com/adfs/oauth2/token",
            help="with OAuth only",
            is_rare=True,
            guards=True,
        ),
        Field(
            name="scope",
            key="scope",
            label="Scope of tokens",
            example="https://mail.example.com/.default",
            help="with OAuth only; otherwise everything at the server",
            is_rare=True,
        ),
        Field(
            name="ca_file",
            key="ca_file",
            label="Certificate authority of the house",
            kind=FieldKind.FILE,
            help="A PEM file, for a certificate that the computer does not know.",
            is_rare=True,
            guards=True,
        ),
    ),
)

_USES: Final = Step(
    title="What is used",
    help="Without a right to calendars, free and busy times are read as every colleague sees them.",
    fields=(
        Field(
            name="impersonation",
            key="impersonation",
            label="Reads calendars in the name of their owners",
            kind=FieldKind.SWITCH,
            default="true",
            permission="ApplicationImpersonation",
            help="otherwise people have shared their calendars with the account",
        ),
        Field(
            name="calendars",
            key="calendars",
            label="Calendars",
            kind=FieldKind.CHOICE,
            default="details",
            choices=(
                Choice(value="details", label="Appointments"),
                Choice(value="free_busy", label="Free and busy times only"),
            ),
            help="who is away until when, and when they are back",
        ),
        Field(
            name="streaming",
            key="streaming",
            label="Told of changes at once",
            kind=FieldKind.SWITCH,
            default="true",
            help="over a connection that stays open; otherwise they are found within a minute",
        ),
        Field(
            name="automatic_replies",
            key="automatic_replies",
            label="Automatic replies",
            kind=FieldKind.SWITCH,
            default="true",
            help="whoever has set one counts as absent",
        ),
        Field(
            name="sample",
            key="sample",
            label="Mailbox to try",
            example="anna@example.com",
            help="the check reads it once",
        ),
    ),
)


def describe() -> Description:
    """Return what there is to fill in."""
    return Description(
        service="exchange", title="Exchange", steps=(_SERVER, _USES), needs_one_of=("password",)
    )
