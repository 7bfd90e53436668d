"""The emulated Microsoft 365 of an office that others know: what is said becomes what Graph tells."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reception.errors import ConfigError
from reception.model.calendar import Appointment, ShowAs
from reception.model.people import Person
from reception.presence.port import TeamsSet
from services.emulators.graph.asked import Caller, asked_of
from services.emulators.graph.calendars import Event
from services.emulators.graph.keys import Keys
from services.emulators.graph.office import EmulatedOffice, create, event_of
from services.emulators.graph.presence import Shown
from services.emulators.graph.service import GraphService
from services.emulators.graph.tenant import APP_ID

ALICE = Person(id="alh", name="Alice Holm", email="alice@firma.example", department="Salg")
BOB = Person(id="bkr", name="Bob Krogh", email="bob@firma.example")


def office(people: Iterable[Person] = (ALICE, BOB)) -> EmulatedOffice:
    made = create({"folder": "unused", "still": ["alh"]})
    made.follow(list(people))
    return made


def meeting(begin_min: float = -30.0, **more: object) -> Appointment:
    now = time.time()
    times = {"id": "alh 2", "start": now + begin_min * 60, "end": now + begin_min * 60 + 3600.0}
    return Appointment(**{"subject": "Møde", "location": "Lokale 2"} | times | more)  # type: ignore[arg-type]


def seen(made: EmulatedOffice, person: Person = ALICE) -> str:
    pair, _, _ = made.tenant.presence(made.tenant.id_of(person.email))
    return "/".join(pair)


def word(availability: str, activity: str = "", person: Person = ALICE, **more: object) -> TeamsSet:
    fields = {"person": person.id, "availability": availability, "activity": activity} | more
    return TeamsSet(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "is_meeting", "found"),
    [
        (word("Available"), False, "Available/Available"),
        (word("Available"), True, "Busy/InAMeeting"),
        (word("Busy", "InAMeeting"), True, "Busy/InAMeeting"),
        (word("Busy", "InAMeeting"), False, "Busy/InAMeeting"),
        (word("Busy", "InACall"), True, "Busy/InACall"),
        (word("DoNotDisturb"), True, "DoNotDisturb/DoNotDisturb"),
        (word("Away"), False, "Away/Away"),
        (word("Offline"), False, "Offline/Offline"),
        (word("Offline", "OutOfOffice"), False, "Offline/Offline"),
    ],
    ids=str,
)
def test_what_people_do_is_what_graph_says(said: TeamsSet, is_meeting: bool, found: str) -> None:
    made = office()
    made.meets("alh", [meeting()] if is_meeting else [])
    made.does(said)
    assert seen(made) == found


def test_who_stays_available_does_not_fade_and_a_call_here_goes_before_a_meeting() -> None:
    made = office()
    made.does(word("Available"))
    made.tenant.clock = lambda: time.time() + 86_400.0
    assert seen(made) == "Available/Available"
    made.meets("alh", [meeting(24 * 60.0 - 30.0)])
    made.does(word("Busy"))
    key = made.tenant.id_of(ALICE.email)
    made.tenant.presences[key].sessions[APP_ID] = Shown(pair=("Busy", "InACall"), since=time.time())
    made.does(word("Busy", "InAMeeting"))
    assert seen(made) == "Busy/InACall"


def test_who_is_out_of_office_says_so_until_they_are_back_and_who_has_no_teams_is_unknown() -> None:
    made = office()
    key = made.tenant.id_of(ALICE.email)
    made.does(word("Offline", is_out_of_office=True))
    assert made.tenant.presence(key)[1] is not None
    made.does(word("Available", note="Tilbage"))
    assert made.tenant.presence(key)[1] is None
    assert made.tenant.users[key].note == "Tilbage"
    made.does(word(""))
    assert not made.tenant.users[key].has_teams


def test_appointments_are_kept_as_outlook_does_and_taken_out_again() -> None:
    made = office()
    one = meeting(show_as=ShowAs.OOF, is_private=True, subject="", categories=("Rød",))
    made.meets("alh", [one, meeting(120.0, id="alh 3")])
    calendar = made.tenant.calendars[made.tenant.id_of(ALICE.email)]
    event = calendar[event_of(one).id]
    assert (event.show_as, event.sensitivity, event.categories) == ("oof", "private", ("Rød",))
    assert event.start.timestamp() == round(one.start)
    assert len(calendar) == 2
    made.meets("alh", [one])
    assert list(calendar) == [event.id]
    made.meets("nobody", [one])
    made.does(word("Away", person=Person(id="nobody", name="N")))


def test_accounts_come_and_go_with_the_people() -> None:
    made = office()
    moved = Person(id="alh", name="Alice Holm", email="alice.holm@firma.example")
    made.follow([moved, Person(id="noh", name="No Mail")])
    assert [user.mail for user in made.tenant.users.values()] == [moved.email]


async def test_calls_in_teams_begin_and_end() -> None:
    made = office()
    made.does(word("Available", person=BOB))
    made.takes_call("bkr")
    assert seen(made, BOB) == "Busy/InACall"
    made.does(word("Available", person=BOB))  # what is said meanwhile does not end it
    assert seen(made, BOB) == "Busy/InACall"
    made._hangs_up("bkr")
    assert seen(made, BOB) == "Available/Available"


async def test_what_runs_on_and_on_keeps_neither_all_that_was_said_nor_all_links() -> None:
    made = office()
    keys = Keys("https://issuer.example", "https://localhost/", made.tenant.id)

    async def post(address: str, kind: str, body: bytes) -> tuple[int, str]:
        raise AssertionError("nobody is to be told")

    service = GraphService(made.tenant, keys, post)
    service.forget_the_past(3)
    rights = frozenset({"Calendars.Read"})
    token = keys.access(Caller(app=APP_ID, rights=rights), time.time())
    query = "startDateTime=2026-11-27T00:00:00Z&endDateTime=2026-12-27T00:00:00Z"
    link = f"/users/{made.tenant.id_of(ALICE.email)}/calendarView/delta?{query}"
    first = ""
    for _ in range(5):
        headers = {"authorization": f"Bearer {token}"}
        reply = await service.answer(asked_of("GET", link, headers, b"", "https://localhost/v1.0"))
        assert reply.status == 200
        link = reply.json()["@odata.deltaLink"].removeprefix("https://localhost/v1.0")
        first = first or link
    assert service.exchanges == []
    assert len(service._tracked._rounds) == 3
    reply = await service.answer(asked_of("GET", first, headers, b"", "https://localhost/v1.0"))
    assert reply.status == 410  # as the real one, whose client then reads everything anew


async def test_it_listens_while_it_is_open_and_leaves_nothing_behind(tmp_path: Path) -> None:
    made = create({"folder": str(tmp_path / "microsoft")})
    account = await made.open()
    certificate = Path(account["ca_file"])
    assert [file.name for file in certificate.parent.iterdir()] == ["graph.pem"], "its key is nobody's"
    trust = ssl.create_default_context(cafile=str(certificate))
    _, writer = await asyncio.open_connection("localhost", urlsplit(account["graph"]).port, ssl=trust)
    writer.close()
    await made.close()
    assert not certificate.exists()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("localhost", urlsplit(account["graph"]).port)
    await made.close()


def test_wrong_settings_are_named() -> None:
    with pytest.raises(ConfigError) as caught:
        create({"folder": "unused", "speed": 0})
    assert caught.value.message.params["setting"] == "emulator.graph"
    assert isinstance(event_of(meeting()), Event)
