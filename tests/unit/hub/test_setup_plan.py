"""From the fields of a description to settings in files, and back; for a service that is described alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from reception.errors import CommandRefused
from reception.hub.setup_plan import Files, Plan, checked, is_used, kept_in, plan, values_in
from reception.hub.toml_edit import Edit, edited
from reception.model.microsoft import MicrosoftAccount
from reception.model.setup import Choice, Description, Field, FieldKind, SaveSetup, Step
from services.graph import (
    chats,
    directory,
    mail_settings,
    mailbox,
    photos,
    schedules,
    sending,
    sessions,
    teams,
)
from services.graph.setup import describe

POST = Description(
    service="post",
    title="Post",
    steps=(
        Step(
            title="Where",
            fields=(
                Field(name="endpoint", key="endpoint", label="Endpoint", is_needed=True, guards=True),
                Field(name="password", key="password", label="Password", kind=FieldKind.SECRET),
                Field(name="imp", key="impersonation", label="Imp", kind=FieldKind.SWITCH, default="false"),
                Field(
                    name="auth",
                    key="auth",
                    label="Way",
                    kind=FieldKind.CHOICE,
                    default="basic",
                    choices=(Choice(value="basic", label="Basic"), Choice(value="ntlm", label="NTLM")),
                ),
                Field(name="ca", key="ca_file", label="CA", kind=FieldKind.FILE, guards=True),
            ),
        ),
    ),
)
OTHERS = '[[presence]]\nbackend = "ics"\n'
SET = (
    f'{OTHERS}[[presence]]\nbackend = "post"\n[presence.post]\nendpoint = "https://a"\n'
    'password_env = "POST"\nimpersonation = true\n'
)


def files(config: str = OTHERS, office: str = "") -> Files:
    return Files(tomllib.loads(config), tomllib.loads(office))


def edits(config: str, values: Mapping[str, str], given: Mapping[str, str] | None = None) -> list[Edit]:
    there = files(config)
    meant = checked(POST, there, values, given or {})
    return list(plan(POST, there, meant, given or {}).config)


def test_what_is_there_is_read_and_secrets_are_told_as_kept_only() -> None:
    there = files(SET)
    assert is_used(POST, there)
    assert values_in(POST, there) == {"endpoint": "https://a", "imp": "true", "auth": "basic"}
    assert kept_in(POST, there) == ("password",)
    assert not is_used(POST, files())


def test_a_first_time_adds_an_element_with_what_is_not_as_usual() -> None:
    given = {"password": "/secrets/post"}
    assert edits(OTHERS, {"endpoint": " https://b ", "auth": "ntlm", "imp": "false"}, given) == [
        Edit(("presence", 1, "backend"), "post"),
        Edit(("presence", 1, "post", "endpoint"), "https://b"),
        Edit(("presence", 1, "post", "password_file"), "/secrets/post"),
        Edit(("presence", 1, "post", "auth"), "ntlm"),
    ]


def test_what_is_not_given_stays_and_a_secret_takes_the_place_of_any_spelling() -> None:
    assert edits(SET, {}) == []
    assert edits(SET, {"imp": "false"}, {"password": "/new"}) == [
        Edit(("presence", 1, "post", "password_env"), None),
        Edit(("presence", 1, "post", "password_file"), "/new"),
        Edit(("presence", 1, "post", "impersonation"), False),
    ]


@pytest.mark.parametrize(
    ("values", "given", "key"),
    [
        ({"endpoint": "https://elsewhere"}, {}, "setup_secret_again"),
        ({}, {"ca": "/ca.pem"}, "setup_secret_again"),
        ({"endpoint": ""}, {}, "setup_lacks"),
        ({"auth": "magic"}, {}, "setup_faulty"),
        ({"imp": "maybe"}, {}, "setup_faulty"),
        ({"endpoint": "https://a\nb"}, {"password": "x"}, "setup_faulty"),
    ],
)
def test_what_is_refused(values: Mapping[str, str], given: Mapping[str, str], key: str) -> None:
    with pytest.raises(CommandRefused) as refused:
        checked(POST, files(SET), values, given)
    assert refused.value.message.key == key


def test_a_secret_that_is_typed_again_may_go_to_another_address() -> None:
    assert checked(POST, files(SET), {"endpoint": "https://b"}, {"password": "x"})["endpoint"] == "https://b"


def test_the_permissions_are_those_that_are_asked_for() -> None:
    fields = {field.name: field for field in describe().fields}
    assert fields["direction"].choices[0].permission == sessions.PERMISSION
    assert fields["teams"].permission == teams.PERMISSION
    assert fields["calendars"].choices[0].permission == mailbox.CALENDAR_PERMISSION
    assert fields["calendars"].choices[1].permission == schedules.PERMISSION
    assert fields["automatic_replies"].permission == mail_settings.PERMISSION
    assert fields["directory"].permission == directory.PERMISSION
    assert fields["photos"].permission == photos.PERMISSION
    assert fields["mail"].permission == sending.MAIL_PERMISSION
    scopes = chats.scopes_of(MicrosoftAccount(tenant="t", client_id="c")).split()
    assert [scope.rpartition("/")[2] for scope in scopes] == fields["chat"].permission.split(", ")


ACCOUNT = '[microsoft]\ntenant = "t"\nclient_id = "c"\nsecret_file = "s"\n[[presence]]\nbackend = "graph"\n'


def test_a_certificate_takes_the_place_of_a_secret() -> None:
    there, given = files(ACCOUNT), {"certificate": "/app.pem"}
    found = plan(describe(), there, checked(describe(), there, {}, given), given)
    assert found.config == (
        Edit(("microsoft", "secret_file"), None),
        Edit(("microsoft", "certificate"), "/app.pem"),
    )


def test_one_of_both_is_needed() -> None:
    with pytest.raises(CommandRefused) as refused:
        checked(describe(), files(), {"tenant": "t", "client_id": "c"}, {})
    assert refused.value.message.key == "setup_lacks"


def test_the_directory_and_the_office_have_places_of_their_own() -> None:
    there = files(ACCOUNT)
    values = {"directory": "true", "photos": "true", "direction": "off"}
    found = plan(describe(), there, checked(describe(), there, values, {}), {})
    assert found.config == (
        Edit(("directory", "backend"), "graph"),
        Edit(("directory", "graph", "photos"), True),
    )
    assert found.office == (Edit(("teams", "direction"), "off"),)
    used = files(f'{ACCOUNT}[directory]\nbackend = "graph"\n')
    assert plan(describe(), used, checked(describe(), used, {"directory": "false"}, {}), {}).drops == (
        ("directory",),
    )


def test_photos_without_the_directory_are_not_written() -> None:
    there = files(ACCOUNT)
    found = plan(describe(), there, checked(describe(), there, {"photos": "true"}, {}), {})
    assert found.config == ()


def test_no_task_shows_its_secrets_where_it_is_logged() -> None:
    task = SaveSetup(service="post", values={"endpoint": "x"}, secrets={"password": "hemmelig"})
    assert "hemmelig" not in repr(task)
    assert "hemmelig" not in f"{task}"


NOTHING_READ = {"teams": "false", "calendars": "off"}
MAIL = {"mail": "true", "sender": "reception@firma.dk"}
ACCOUNT_ALONE = '[microsoft]\ntenant = "t"\nclient_id = "c"\nsecret_file = "s"\n'


def microsoft(config: str, values: Mapping[str, str]) -> Plan:
    there = files(config)
    return plan(describe(), there, checked(describe(), there, values, {}), {})


def test_mail_and_sign_in_have_tables_of_their_own() -> None:
    values = {"identity": "true", "web_listen": "127.0.0.1:8080", "chat": "true", "passwords": "false"}
    found = microsoft(ACCOUNT, MAIL | values)
    assert found.config == (
        Edit(("mail", "backend"), "graph"),
        Edit(("mail", "graph", "sender"), "reception@firma.dk"),
        Edit(("identity", "backend"), "graph"),
        Edit(("web", "listen"), "127.0.0.1:8080"),
        Edit(("identity", "passwords"), False),
        Edit(("identity", "graph", "chat"), True),
    )
    text = edited(ACCOUNT, found.config, "x")
    assert text.startswith(ACCOUNT)
    there = files(text)
    assert values_in(describe(), there).items() >= (MAIL | values).items()
    assert microsoft(text, {}) == Plan((), (), ())
    off = microsoft(text, {"mail": "false", "identity": "false"})
    assert off == Plan((), (), (("mail",), ("identity",)))


def test_what_belongs_to_a_switch_that_is_off_is_neither_needed_nor_written() -> None:
    found = microsoft(ACCOUNT, {"sender": "a@b", "web_listen": "0.0.0.0:443", "address": "https://a"})
    assert found == Plan((), (), ())
    for values, lacks in (
        ({"mail": "true"}, "Mailbox that they come from"),
        ({"identity": "true"}, "Where the hub listens for the web page"),
    ):
        with pytest.raises(CommandRefused) as refused:
            microsoft(ACCOUNT, values)
        assert refused.value.message.params == {"title": lacks}


def test_a_mailer_of_somebody_else_is_replaced_when_asked_and_left_alone_otherwise() -> None:
    others = f'{ACCOUNT}[mail]\nbackend = "post"\n[identity]\nbackend = "other"\npasswords = false\n'
    assert microsoft(others, {}) == Plan((), (), ())
    assert Edit(("mail", "backend"), "graph") in microsoft(others, MAIL).config


def test_mail_alone_needs_no_source_of_presence() -> None:
    found = microsoft(ACCOUNT_ALONE, NOTHING_READ | MAIL)
    assert not any(edit.path[0] == "presence" for edit in found.config)
    assert found.drops == ()
    there = files(edited(ACCOUNT_ALONE, found.config, "x"))
    assert is_used(describe(), there)
    assert values_in(describe(), there).items() >= NOTHING_READ.items(), "and it stays so"
    assert microsoft(edited(ACCOUNT_ALONE, found.config, "x"), {}) == Plan((), (), ())


def test_presence_comes_and_goes_beside_mail() -> None:
    mailing = edited(ACCOUNT_ALONE, microsoft(ACCOUNT_ALONE, NOTHING_READ | MAIL).config, "x")
    wanted = microsoft(mailing, {"teams": "true"})
    assert wanted.config == (
        Edit(("presence", 0, "backend"), "graph"),
        Edit(("presence", 0, "graph", "calendars"), "off"),
    )
    assert microsoft(edited(mailing, wanted.config, "x"), {"teams": "false"}).drops == (("presence", 0),)


def test_where_nothing_at_all_is_wanted_the_backend_says_so() -> None:
    assert Edit(("presence", 0, "backend"), "graph") in microsoft(ACCOUNT_ALONE, NOTHING_READ).config
