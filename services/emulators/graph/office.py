"""The Microsoft 365 of an office that others know: the demonstration's.

Whoever runs it says what stands in people's calendars and what they do in Teams; Graph makes presence of
both, with what this application shows of them. Now and then somebody who is available takes a call in Teams.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Annotated, Any, Final

import msgspec

from reception.errors import ConfigError
from reception.model.calendar import Appointment
from reception.model.people import Person
from reception.presence.port import TeamsSet
from services.emulators.graph.calendars import Event
from services.emulators.graph.certificate import certify
from services.emulators.graph.presence import Pair, Shown
from services.emulators.graph.rights import OPERATIONS
from services.emulators.graph.serving import GraphEmulator
from services.emulators.graph.tenant import APP_ID, SECRET, TEAMS, TENANT_ID, Tenant, User

_AVAILABLE: Final = ("Available", "Available")
_IN_A_CALL: Final = ("Busy", "InACall")
_ALWAYS: Final = float("inf")
"""Since then somebody was active last: their availability does not fade."""
_CALL_EVERY_S: Final = 40.0
_SHORTEST_CALL_S: Final = 30.0
_LONGEST_CALL_S: Final = 180.0
_SEEN_S: Final = 25.0
"""However fast the office goes, a call lasts so long: who asks now and then must see it."""
_LINKS: Final = 1_000
_AWAY_REPLY: Final = {"status": "alwaysEnabled", "externalAudience": "none"}
_NO_REPLY: Final = {"status": "disabled", "externalAudience": "none"}


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What office it is. `speed` is how much faster than life calls in Teams come and go.

    `folder` is where its certificate lies while it is open. `still` are people (by id) who take no calls by
    themselves.
    """

    folder: str
    seed: int = 1
    speed: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 1.0
    still: frozenset[str] = frozenset()


class EmulatedOffice:
    """An organisation at Microsoft, on a port of this computer while it is open."""

    def __init__(self, settings: OfficeSettings) -> None:
        self._settings = settings
        self._chance = Random(settings.seed)
        self.tenant = Tenant((), time.time)
        self.tenant.app.roles.update(*(rights for _, _, rights in OPERATIONS.values()))
        self.emulator: GraphEmulator | None = None
        self._addresses: dict[str, str] = {}
        self._words: dict[str, TeamsSet] = {}
        self._on_call: dict[str, asyncio.TimerHandle] = {}
        self._living: asyncio.Task[None] | None = None
        self._certificate = Path(settings.folder, "graph.pem")

    async def open(self) -> dict[str, str]:
        """Listen; returns the table [microsoft] with which its clients sign in. Raises OSError.

        Its certificate is made anew each time.
        """
        self.emulator = emulator = await asyncio.to_thread(self._prepared)
        emulator.graph.forget_the_past(_LINKS)
        await emulator.__aenter__()
        self._living = asyncio.create_task(self._live(), name="calls in Teams")
        return {
            "tenant": TENANT_ID,
            "client_id": APP_ID,
            "secret": SECRET,
            "authority": emulator.base,
            "graph": emulator.root,
            "ca_file": str(self._certificate),
        }

    async def close(self) -> None:
        """Listen no more. Harmless when closed."""
        for handle in self._on_call.values():
            handle.cancel()
        self._on_call.clear()
        living, self._living = self._living, None
        if living is not None:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)
        emulator, self.emulator = self.emulator, None
        if emulator is not None:
            await emulator.__aexit__(None, None, None)
            self._certificate.unlink(missing_ok=True)

    def _prepared(self) -> GraphEmulator:
        """Make certificate and keys, in a thread: that takes a while."""
        certificate, key = self._certificate, self._certificate.with_suffix(".key")
        certificate.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        certify(certificate, key)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        key.unlink()  # it is known here now, and nobody else needs it
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # of nobody: there is nobody to notify
        return GraphEmulator(self.tenant, tls=tls, trust=trust)

    # ------------------------------------------------------------- who is there

    def follow(self, people: Sequence[Person]) -> None:
        """These have accounts from now on, and nobody else."""
        addresses = {p.id: p.email for p in people if p.email}
        for gone in self._addresses.keys() - addresses.keys():
            self.tenant.goes(self._addresses[gone])
            self._words.pop(gone, None)
            self._hangs_up(gone)
        for person in people:
            address = addresses.get(person.id)
            if address is None or self._addresses.get(person.id) == address:
                continue
            if person.id in self._addresses:
                self.tenant.goes(self._addresses[person.id])
            self.tenant.joins(User(name=person.name, mail=address, department=person.department))
        self._addresses = addresses

    def meets(self, person: str, appointments: Sequence[Appointment]) -> None:
        """This is what stands in somebody's calendar. Harmless for who has no account."""
        address = self._addresses.get(person)
        if address is None:
            return
        planned = {event.id: event for event in map(event_of, appointments)}
        before = self.tenant.calendars[self.tenant.id_of(address)]
        for gone in before.keys() - planned.keys():
            self.tenant.cancels(address, gone)
        for key, event in planned.items():
            if before.get(key) != event:
                self.tenant.meets(address, event)
        self._show(person)

    def does(self, word: TeamsSet) -> None:
        """This is what somebody does in Teams, by their own devices. Harmless for who has no account."""
        self._words[word.person] = word
        self._show(word.person)

    # ------------------------------------------------------------- what they do

    def _show(self, person: str) -> None:
        address, word = self._addresses.get(person), self._words.get(person)
        if address is None or word is None:
            return
        key = self.tenant.id_of(address)
        user = self.tenant.users[key]
        user.has_teams, user.note = bool(word.availability), word.note
        if word.is_out_of_office or key in self.tenant.mailbox_settings:
            self.tenant.replies(address, _AWAY_REPLY if word.is_out_of_office else _NO_REPLY)
        sessions = self.tenant.presences[key].sessions
        sessions.pop(TEAMS, None)
        if word.availability and word.availability != "Offline":
            # Behind the session of this application: of two that are busy the first is seen.
            shown = _IN_A_CALL if person in self._on_call else self._pair(key, word)
            sessions[TEAMS] = Shown(pair=shown, since=_ALWAYS)

    def _pair(self, key: str, word: TeamsSet) -> Pair:
        """Return what somebody's own Teams says: of meetings Graph knows by the calendar."""
        pair = (word.availability, word.activity or word.availability)
        is_meeting = pair in (("Busy", "Busy"), ("Busy", "InAMeeting"))
        now = datetime.fromtimestamp(self.tenant.clock(), UTC)
        is_planned = any(
            event.show_as == "busy" and event.start <= now < event.end
            for event in self.tenant.calendars[key].values()
        )
        return _AVAILABLE if is_meeting and is_planned else pair

    async def _live(self) -> None:
        """Let somebody take a call in Teams, every now and then."""
        while True:
            await asyncio.sleep(self._chance.expovariate(self._settings.speed / _CALL_EVERY_S))
            free = [
                person
                for person in self._addresses
                if person not in self._settings.still
                and person not in self._on_call
                and (word := self._words.get(person)) is not None
                and word.availability == "Available"
            ]
            if free:
                self.takes_call(self._chance.choice(free))

    def takes_call(self, person: str) -> None:
        """Let somebody (an id) speak in Teams for a while."""
        lasts_s = self._chance.uniform(_SHORTEST_CALL_S, _LONGEST_CALL_S) / self._settings.speed
        loop = asyncio.get_running_loop()
        self._on_call[person] = loop.call_later(max(lasts_s, _SEEN_S), self._hangs_up, person)
        self._show(person)

    def _hangs_up(self, person: str) -> None:
        if (handle := self._on_call.pop(person, None)) is not None:
            handle.cancel()
            self._show(person)


def event_of(appointment: Appointment) -> Event:
    """Return an appointment as Outlook keeps it: to the second, and with an id as theirs are."""
    digest = blake2b(appointment.id.encode(), digest_size=16).hexdigest()
    return Event(
        id=f"AAMk{digest}",
        subject=appointment.subject,
        start=datetime.fromtimestamp(round(appointment.start), UTC),
        end=datetime.fromtimestamp(round(appointment.end), UTC),
        show_as=appointment.show_as.value,
        sensitivity="private" if appointment.is_private else "normal",
        location=appointment.location,
        categories=appointment.categories,
    )


def create(settings: Mapping[str, Any]) -> EmulatedOffice:
    """Build it from its settings; raises ConfigError."""
    try:
        return EmulatedOffice(msgspec.convert(dict(settings), OfficeSettings))
    except msgspec.ValidationError as error:
        raise ConfigError("misconfigured", setting="emulator.graph", error=str(error)) from error
