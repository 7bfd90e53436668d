"""E-mails of receptionists through a real hub: sent once, refused in words, and through Graph."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from reception.errors import Unavailable
from reception.hub.presence import PresenceSetup
from reception.model.changes import MailsChanged
from reception.model.intents import SendMail
from reception.model.people import Number, NumberKind, Person
from reception.wire import Result
from services.graph import create_mail
from tests.integration.graph_rig import NAMES, mail_of, office
from tests.integration.hub_rig import MemoryStore, ask, console, log_in, raw, running

ANNA = Person(
    id="anna", name="Anna", email="anna@firma.example", numbers=(Number(kind=NumberKind.DESK, number="201"),)
)
NOBODY = Person(id="bo", name="Bo", numbers=(Number(kind=NumberKind.DESK, number="202"),))
MAIL = SendMail(person="anna", subject="Ring\ntil Bo", text="Nummer: 12")


class Post:
    """A mailer that notes what it sends; `fails` refuses, `gate` holds it up."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.fails = False
        self.gate: asyncio.Event | None = None
        self.is_closed = False
        self.began = asyncio.Event()

    async def send(self, to: str, *, subject: str, text: str) -> None:
        self.sent.append((to, subject, text))
        self.began.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.fails:
            raise Unavailable("unreachable", address="graph")

    async def close(self) -> None:
        self.is_closed = True


async def test_a_mail_is_sent_once_however_often_it_is_asked_for() -> None:
    post = Post()
    async with running(MemoryStore([ANNA]), setup=PresenceSetup(mailer=post)) as rig, raw(rig) as line:
        await log_in(line)
        for _ in range(2):
            outcome = await ask(line, MAIL, "r1")
            assert outcome.result in (Result.DONE, Result.FAILED)
        assert post.sent == [("anna@firma.example", "Ring til Bo", "Nummer: 12")]
        assert (await ask(line, MAIL, "r2")).result is Result.DONE
        assert len(post.sent) == 2
    assert post.is_closed


async def test_what_cannot_be_sent_is_said() -> None:
    post = Post()
    post.fails = True
    async with (
        running(MemoryStore([ANNA, NOBODY]), setup=PresenceSetup(mailer=post)) as rig,
        raw(rig) as line,
    ):
        await log_in(line)
        for mail, key in (
            (MAIL, "unreachable"),
            (SendMail(person="bo", subject="x", text="y"), "no_email"),
            (SendMail(person="who", subject="x", text="y"), "unknown_person"),
            (SendMail(person="anna", subject=" ", text="\n"), "mail_empty"),
        ):
            outcome = await ask(line, mail, key)
            assert outcome.result is Result.REFUSED
            assert outcome.message is not None
            assert outcome.message.key == key
        assert len(post.sent) == 1


async def test_a_house_without_mail_says_so() -> None:
    async with running(MemoryStore([ANNA])) as rig, raw(rig) as line:
        await log_in(line)
        outcome = await ask(line, MAIL, "r1")
        assert outcome.message is not None
        assert outcome.message.key == "mail_not_set_up"


async def test_after_a_crash_in_the_middle_nobody_sends_it_again() -> None:
    store, post = MemoryStore([ANNA]), Post()
    post.gate = asyncio.Event()
    async with running(store, setup=PresenceSetup(mailer=post)) as rig, raw(rig) as line:
        await log_in(line)
        asking = asyncio.create_task(ask(line, MAIL, "r1"))
        async with asyncio.timeout(10):
            await post.began.wait()
        kept = dict(store.outcomes)
        post.gate.set()
        assert (await asking).result is Result.DONE
    again = MemoryStore([ANNA])
    again.outcomes = kept  # what was stored when the hub died
    async with running(again, setup=PresenceSetup(mailer=post)) as rig, raw(rig) as line:
        await log_in(line)
        outcome = await ask(line, MAIL, "r1")
        assert outcome.result is Result.FAILED
        assert outcome.message is not None
        assert outcome.message.key == "mail_in_doubt"
    assert len(post.sent) == 1


async def test_it_goes_out_through_graph_in_the_name_of_the_house(tmp_path: Path) -> None:
    async with office(tmp_path) as microsoft:
        anna, sender = mail_of(NAMES[0]), mail_of(NAMES[1])
        microsoft.tenant.app.roles.add("Mail.Send")
        mailer = create_mail({"microsoft": msgspec.to_builtins(microsoft.account()), "sender": sender})
        person = Person(id="anna", name="Alice", email=anna)
        async with (
            running(MemoryStore([person]), setup=PresenceSetup(mailer=mailer)) as rig,
            raw(rig) as line,
        ):
            await log_in(line)
            assert (await ask(line, MAIL, "r1")).result is Result.DONE
        ((by, sent),) = microsoft.tenant.mails
        assert by == sender
        assert sent["toRecipients"] == [{"emailAddress": {"address": anna}}]
        assert sent["body"]["content"] == "Nummer: 12"


async def test_another_mailer_takes_over_and_what_is_on_its_way_goes_on() -> None:
    first, second = Post(), Post()
    first.gate = asyncio.Event()
    async with running(MemoryStore([ANNA]), setup=PresenceSetup(mailer=first)) as rig, raw(rig) as line:
        await log_in(line)
        requests = rig.hub.presence_requests
        asking = asyncio.create_task(ask(line, MAIL, "r1"))
        async with asyncio.timeout(10):
            await first.began.wait()
        requests.use_mailer(second)
        assert not first.is_closed
        first.gate.set()
        assert (await asking).result is Result.DONE
        assert (await ask(line, MAIL, "r2")).result is Result.DONE
        assert (len(first.sent), len(second.sent)) == (1, 1)
        requests.use_mailer(None)
        assert not requests.sends_mails
        outcome = await ask(line, MAIL, "r3")
        assert outcome.message is not None
        assert outcome.message.key == "mail_not_set_up"
    assert first.is_closed
    assert second.is_closed


async def test_a_console_that_gets_everything_anew_hears_of_the_mailer_too() -> None:
    async with running(MemoryStore([ANNA])) as rig, console(rig) as one:
        assert not one.session.replica.mails
        rig.hub.broadcast.renew_views()
        rig.hub.presence_requests.use_mailer(Post())
        rig.hub.broadcast.tell((MailsChanged(mails=True),))  # what waits for a snapshot is in it
        await one.until(lambda: one.session.replica.mails)
        rig.hub.presence_requests.use_mailer(None)
        rig.hub.broadcast.tell((MailsChanged(mails=False),))
        rig.hub.broadcast.renew_views()
        await one.until(lambda: not one.session.replica.mails)
