"""From the fields of a description to settings in files, and back; for a service that is described alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from reception.errors import CommandRefused
from reception.hub.setup_plan import Files, checked, is_used, kept_in, plan, values_in
from reception.hub.toml_edit import Edit
from reception.model.setup import Choice, Description, Field, FieldKind, SaveSetup, Step
from services.graph import directory, mail_settings, mailbox, photos, schedules, sessions, teams
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
    assert plan(describe(), used, checked(describe(), used, {"directory": "false"}, {}), {}).drops_directory


def test_photos_without_the_directory_are_not_written() -> None:
    there = files(ACCOUNT)
    found = plan(describe(), there, checked(describe(), there, {"photos": "true"}, {}), {})
    assert found.config == ()


def test_no_task_shows_its_secrets_where_it_is_logged() -> None:
    task = SaveSetup(service="post", values={"endpoint": "x"}, secrets={"password": "hemmelig"})
    assert "hemmelig" not in repr(task)
    assert "hemmelig" not in f"{task}"
