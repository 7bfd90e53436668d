"""From a configuration to the parts of a hub: store, directory, engine, switch, tokens, TLS."""

from __future__ import annotations

import logging
import ssl
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from reception.calls.engine import CallEngine
from reception.directory.book import PhoneBook
from reception.directory.numbers import NumberPlan
from reception.directory.port import (
    ContactFile,
    ContactReader,
    DirectoryReader,
    DirectorySource,
    DirectorySourceFactory,
)
from reception.errors import BadInput, ConfigError
from reception.hub.absences import Absences
from reception.hub.audience import Circle
from reception.hub.backends import find_backend
from reception.hub.calendars import Calendars
from reception.hub.config_shape import AttendantSettings, Config
from reception.hub.core import Hub
from reception.hub.days import Days
from reception.hub.office_file import default_office
from reception.hub.office_shape import OfficeSettings
from reception.hub.online import OnlineDirectory
from reception.hub.people import LiveBook
from reception.hub.presence import PresenceSetup
from reception.hub.receptionists import Receptionists
from reception.hub.rights import Rights
from reception.hub.secrets import TokenOf, load_tokens
from reception.hub.spoken import SpokenMemory
from reception.hub.sync_policies import SyncPolicies, timing_of
from reception.hub.teams_sync import SyncSetup
from reception.hub.voices import check_voices, direct_setup
from reception.mail import Mailer, MailerFactory
from reception.model.attendants import Attendant, Readiness
from reception.model.people import Person
from reception.ports import Store, StoredState, StoreFactory
from reception.runtime import default_data_dir

_log = logging.getLogger(__name__)

DEFAULT_STORE: Final = "sqlite"
DATABASE: Final = "reception.db"
_KINDS_OF_FILES: Final = {".csv": "csv", ".txt": "csv", ".rtx": "csv", ".ldif": "ldif", ".ldf": "ldif"}
_WHICH_FILES: Final = (
    "the name of a file of people ends in .csv, .txt or .rtx (a table as a spreadsheet writes it), or in "
    ".ldif or .ldf (an export of Active Directory)."
)
"""What the extensions mean (requirements 002-086 and 002-186)."""


def data_dir_of(config: Config | None, override: Path | None) -> Path:
    """Return the data folder: from the command line, else from the configuration, else the platform's."""
    if override is not None:
        return override.absolute()
    if config is not None and config.hub.data:
        return Path(config.hub.data)
    return default_data_dir()


@asynccontextmanager
async def opened_store(backend: str, settings: dict[str, Any], data_dir: Path) -> AsyncIterator[Store]:
    """Open the store, which is in the data folder if nothing else is said; it is closed at the end.

    Raises ConfigError, AuthNeeded or Unavailable.
    """
    factory: StoreFactory = find_backend("store", backend)
    if backend == DEFAULT_STORE:
        settings = {"path": str(data_dir / DATABASE)} | settings
    store = await factory(settings)
    try:
        yield store
    finally:
        await store.close()


def forget_store(data_dir: Path) -> None:
    """Remove the default store of a data folder; only for whoever has its lock."""
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()


def read_people(file: str, plan: NumberPlan | None = None) -> Sequence[Person]:
    """Read a file of people, numbers as dialled in the house; its extension says what it is.

    Raises BadInput with line and column.
    """
    kind = _KINDS_OF_FILES.get(Path(file).suffix.lower())
    if kind is None:
        text = f"{file}: {_WHICH_FILES}\nNothing was imported."
        raise BadInput("bad_people_file", text, file=Path(file).name, faults=1)
    reader: DirectoryReader = find_backend("directory", kind)
    return reader(file, plan)


def read_contacts(file: str, config: Config | None) -> ContactFile:
    """Read a file of contacts, numbers as dialled in the house.

    Raises BadInput with its faults, named by line and column.
    """
    reader: ContactReader = find_backend("directory", "contacts")
    read = reader(file, config.numbers if config else None)
    known = _areas(config)
    name = Path(file).name
    faults = [
        f"{name}, line {line}: there is no user group {area}, and no receptionist. There are: "
        f"{', '.join(known) or 'none'}."
        for line, contact in read.contacts
        for area in contact.areas
        if area not in known
    ]
    if faults:
        text = "\n".join((*faults, "Nothing was imported."))
        raise BadInput("bad_people_file", text, file=name, faults=len(faults))
    return read


def _areas(config: Config | None) -> list[str]:
    """Return of whom contacts may be: user groups, and receptionists (requirement 002-011)."""
    if config is None:
        return []
    groups = [group.id for group in config.office.groups] if config.office is not None else []
    return [*groups, *(attendant.id for attendant in config.attendants)]


def open_directory(config: Config, data_dir: Path, *, clock: Callable[[], float]) -> OnlineDirectory:
    """Build what asks a directory online, with what it knew the last time. Raises ConfigError."""
    source = directory_source(config, {"folder": str(data_dir)})
    return OnlineDirectory(source, clock)


def directory_source(config: Config, more: Mapping[str, Any]) -> DirectorySource | None:
    """Build what asks a directory online, None where none is named. Raises ConfigError."""
    if config.directory is None:
        return None
    name, settings = config.directory
    if name in _KINDS_OF_FILES.values():
        error = f"{name} is a file: import it by `reception hub import`, or name it in [people]"
        raise ConfigError("misconfigured", setting="directory backend", error=error)
    factory: DirectorySourceFactory = find_backend("directory", name)
    return factory({**more, **settings}, config.numbers)


def mailer_of(config: Config) -> Mailer | None:
    """Build what sends e-mails to colleagues, None where nothing is named. Raises ConfigError."""
    if config.mail is None:
        return None
    name, settings = config.mail
    factory: MailerFactory = find_backend("mail", name)
    return factory(settings)


async def open_hub(
    config: Config, store: Store, *, clock: Callable[[], float], online: OnlineDirectory
) -> Hub:
    """Build a hub around an opened store. Raises ConfigError, Unavailable or BadInput."""
    stored = await _with_first_people(config, store)
    everybody = online.joined(stored.people)
    office = config.office or default_office(zone=config.hub.zone)
    book = LiveBook(PhoneBook(everybody, config.numbers))
    plan = config.numbers
    spoken = SpokenMemory(
        normalise=lambda number: plan.normalise(number) or number,
        owner_of=book.owner_of,
        stored=stored.spoken,
    )
    rights = rights_of(config, office, clock)
    absences = Absences(
        book.colleague_of,
        lambda attendant, person: rights.view_of(attendant).audience.may_bypass(person),
    )
    attendants = [_attendant(a) for a in config.attendants]
    receptionists = Receptionists(attendants, config.groups, everybody, lambda: absences.statuses)
    engine = CallEngine(
        groups=config.groups,
        attendants=attendants,
        book=book,
        new_id=lambda: uuid.uuid4().hex,
        stored=stored,
        parking_slots=config.parking.slots,
        last_spoken=spoken.last_of,
        absence_of=absences.of,
        may_ring=absences.may_ring,
        is_on_call_elsewhere=absences.is_on_call_in_teams,
        kept_out=receptionists.kept_out,
    )

    def on_people(people: Sequence[Person]) -> None:
        book.book = PhoneBook(people, config.numbers)
        receptionists.follow(people)

    hub = Hub(
        engine=engine,
        store=store,
        switch=find_backend("switch", config.switch_backend)(config.switch),
        people=everybody,
        clock=clock,
        epoch=uuid.uuid4().hex,
        on_people=on_people,
        rights=rights,
        presence=[find_backend("presence", name)(settings) for name, settings in config.presence],
        setup=PresenceSetup(
            office=office.office,
            rules=Calendars(office),
            kept=stored.entries,
            accounts=stored.accounts,
            numbers=config.numbers,
            sync=SyncSetup(
                absences,
                policy_of=SyncPolicies(office).of,
                sessions=stored.sessions,
                timing=timing_of(office),
            ),
            mailer=mailer_of(config),
        ),
        direct=direct_setup(config, office, book.colleague_of, absences),
        days=Days(config.hub.zone),
        day=stored.day,
        outcomes=stored.outcomes,
        spoken=spoken,
    )
    hub.directory.join(stored.people, online.joined)
    return hub


def rights_of(config: Config, office: OfficeSettings, clock: Callable[[], float]) -> Rights:
    """Return who sees what of the directory and of presence."""
    return Rights(
        notes=frozenset(config.people.notes),
        hide_mobiles=config.people.hide_mobiles,
        may_see_hidden=frozenset(a.id for a in config.attendants if a.sees_hidden),
        circle=Circle(office),
        clock=clock,
    )


def check_parts(config: Config) -> None:
    """Try what can be tried without starting: backends with their settings, and TLS files.

    Raises ConfigError or BadInput.
    """
    find_backend("store", config.store_backend)
    find_backend("switch", config.switch_backend)(config.switch)
    for name, settings in config.presence:
        find_backend("presence", name)(settings)
    directory_source(config, {})
    check_identity(config)
    check_voices(config)
    tls_of(config)
    web_tls_of(config)


def check_identity(config: Config) -> None:
    """Try what vouches for people, where anybody does. Raises ConfigError."""
    if config.identity is not None:
        name, settings = config.identity
        find_backend("identity", name)(settings)


def tokens_of(config: Config, data_dir: Path) -> dict[str, str]:
    """Return the token of each receptionist, making those that are missing. Raises BadInput."""
    wanted = [TokenOf(attendant=a.id, file=a.token_file, env=a.token_env) for a in config.attendants]
    return load_tokens(wanted, folder=data_dir / "tokens")


def tls_of(config: Config) -> ssl.SSLContext | None:
    """Return the context for listening with TLS, or None. Raises BadInput naming the files."""
    return _tls(config, "hub", config.hub.tls_cert, config.hub.tls_key)


def web_tls_of(config: Config) -> ssl.SSLContext | None:
    """Return the same for the colleagues' page: its own certificate, else the hub's."""
    web = config.web
    return _tls(config, "web", web.tls_cert, web.tls_key) if web.tls_cert else tls_of(config)


def _tls(config: Config, table: str, certificate: str, key: str) -> ssl.SSLContext | None:
    if not certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        text = f"{config.path}: {table}: tls_cert {certificate} and tls_key {key} cannot be used: {error}"
        raise BadInput("misconfigured", text) from error
    return context


async def _with_first_people(config: Config, store: Store) -> StoredState:
    stored = await store.load()
    first = config.people
    if stored.people or not (first.first_import or first.first_contacts):
        return stored
    people = list(read_people(first.first_import, config.numbers)) if first.first_import else []
    if first.first_contacts:
        people += (contact for _, contact in read_contacts(first.first_contacts, config).contacts)
    await store.replace_people(people)
    _log.info("first directory: %d people", len(people))
    return await store.load()


def _attendant(settings: AttendantSettings) -> Attendant:
    return Attendant(
        id=settings.id,
        name=settings.name,
        number=settings.number,
        groups=settings.groups,
        readiness=Readiness.READY if settings.ready_at_start else Readiness.LOGGED_OUT,
    )
