"""From a configuration to the parts of a hub: store, directory, engine, switch, tokens, TLS."""

from __future__ import annotations

import logging
import ssl
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from reception.calls.engine import CallEngine
from reception.directory.book import PhoneBook
from reception.directory.numbers import NumberPlan
from reception.errors import BadInput
from reception.hub.backends import find_backend
from reception.hub.config_shape import AttendantSettings, Config
from reception.hub.core import Hub
from reception.hub.days import Days
from reception.hub.people import LiveBook
from reception.hub.rights import Rights
from reception.hub.secrets import TokenOf, load_tokens
from reception.hub.spoken import SpokenMemory
from reception.model.attendants import Attendant, Readiness
from reception.model.people import Person
from reception.ports import DirectoryReader, Store, StoredState
from reception.runtime import default_data_dir

_log = logging.getLogger(__name__)

DATABASE: Final = "reception.db"


def data_dir_of(config: Config | None, override: Path | None) -> Path:
    """Return the data folder: from the command line, else from the configuration, else the platform's."""
    if override is not None:
        return override.absolute()
    if config is not None and config.hub.data:
        return Path(config.hub.data)
    return default_data_dir()


def open_store(backend: str, settings: dict[str, Any], data_dir: Path) -> Store:
    """Open the store of a data folder. Raises ConfigError or Unavailable."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    store: Store = find_backend("store", backend)({"path": str(data_dir / DATABASE)} | settings)
    return store


def forget_store(data_dir: Path) -> None:
    """Remove the default store of a data folder; only for whoever has its lock."""
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()


def read_people(file: str, plan: NumberPlan | None = None) -> Sequence[Person]:
    """Read a CSV file of people, numbers as dialled in the house; raises BadInput with line and column."""
    reader: DirectoryReader = find_backend("directory", "csv")
    return reader(file, plan)


def open_hub(config: Config, store: Store, *, clock: Callable[[], float]) -> Hub:
    """Build a hub around an opened store. Raises ConfigError, Unavailable or BadInput."""
    stored = _with_first_people(config, store)
    book = LiveBook(PhoneBook(stored.people, config.numbers))
    plan = config.numbers
    spoken = SpokenMemory(
        normalise=lambda number: plan.normalise(number) or number,
        owner_of=book.owner_of,
        stored=stored.spoken,
    )
    engine = CallEngine(
        groups=config.groups,
        attendants=[_attendant(a) for a in config.attendants],
        book=book,
        new_id=lambda: uuid.uuid4().hex,
        stored=stored,
        parking_slots=config.parking.slots,
        last_spoken=spoken.last_of,
    )

    def on_people(people: Sequence[Person]) -> None:
        book.book = PhoneBook(people, config.numbers)

    return Hub(
        engine=engine,
        store=store,
        switch=find_backend("switch", config.switch_backend)(config.switch),
        people=stored.people,
        clock=clock,
        epoch=uuid.uuid4().hex,
        on_people=on_people,
        rights=rights_of(config),
        presence=[find_backend("presence", name)(settings) for name, settings in config.presence],
        days=Days(config.hub.zone),
        day=stored.day,
        spoken=spoken,
    )


def rights_of(config: Config) -> Rights:
    """Return who sees what of the directory."""
    return Rights(
        notes=frozenset(config.people.notes),
        hide_mobiles=config.people.hide_mobiles,
        may_see_hidden=frozenset(a.id for a in config.attendants if a.sees_hidden),
    )


def check_parts(config: Config) -> None:
    """Try what can be tried without starting: backends with their settings, and TLS files.

    Raises ConfigError or BadInput.
    """
    find_backend("store", config.store_backend)
    find_backend("switch", config.switch_backend)(config.switch)
    for name, settings in config.presence:
        find_backend("presence", name)(settings)
    tls_of(config)


def tokens_of(config: Config, data_dir: Path) -> dict[str, str]:
    """Return the token of each receptionist, making those that are missing. Raises BadInput."""
    wanted = [TokenOf(attendant=a.id, file=a.token_file, env=a.token_env) for a in config.attendants]
    return load_tokens(wanted, folder=data_dir / "tokens")


def tls_of(config: Config) -> ssl.SSLContext | None:
    """Return the context for listening with TLS, or None. Raises BadInput naming the files."""
    hub = config.hub
    if not hub.tls_cert:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(hub.tls_cert, hub.tls_key)
    except (OSError, ssl.SSLError) as error:
        files = f"tls_cert {hub.tls_cert} and tls_key {hub.tls_key}"
        raise BadInput("misconfigured", f"{config.path}: hub: {files} cannot be used: {error}") from error
    return context


def _with_first_people(config: Config, store: Store) -> StoredState:
    stored = store.load()
    if stored.people or not config.people.first_import:
        return stored
    people = read_people(config.people.first_import, config.numbers)
    store.replace_people(people)
    _log.info("first directory: %d people", len(people))
    return store.load()


def _attendant(settings: AttendantSettings) -> Attendant:
    return Attendant(
        id=settings.id,
        name=settings.name,
        number=settings.number,
        groups=settings.groups,
        readiness=Readiness.READY if settings.ready_at_start else Readiness.LOGGED_OUT,
    )
