"""Setting up services from the window: what administrators ask of the hub about its own settings.

What is written is tried first: the whole configuration is read as at a start, and the backends are built.
Then the file takes the place of the one before, which is kept aside, and what it says holds at once, while
calls go on. Secrets come in, go into files of their own, and are never told to anybody.
"""

from __future__ import annotations

import asyncio
import logging
import tomllib
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from reception.errors import BadInput, CommandRefused, ServiceError
from reception.hub import setup_files, setup_plan
from reception.hub.backends import find_backend, installed
from reception.hub.config import parse_config
from reception.hub.config_shape import Config
from reception.hub.core import Hub
from reception.hub.office_file import parse_office
from reception.hub.online import OnlineDirectory
from reception.hub.opening import check_identity, check_parts, directory_source, mailer_of
from reception.hub.page_turn import PageTurn
from reception.hub.setup_check import examined, way_back
from reception.hub.setup_plan import Files
from reception.hub.toml_edit import edited, without_tables
from reception.mail import Mailer
from reception.model.changes import MailsChanged, Message
from reception.model.setup import (
    Description,
    ExamineSetup,
    FieldKind,
    FindingMade,
    HubRestarts,
    LookAtSetup,
    RestartHub,
    SaveSetup,
    ServiceSetup,
    SetupAnswer,
    SetupExamined,
    SetupRefused,
    SetupSaved,
    SetupShown,
    SetupTask,
)
from reception.presence.port import PresenceSource

_log = logging.getLogger(__name__)

Say = Callable[[SetupAnswer], None]
_USED: Final = ("presence", "microsoft", "directory", "mail", "identity", "identity_rules", "web")
"""What of the configuration holds as soon as it is saved, beside the office file."""


class _Draft(NamedTuple):
    """Files as they would be. `config` is what they would mean; `secrets` lie in files already."""

    text: str
    office_text: str | None
    config: Config
    secrets: Mapping[str, str]


class SetupDesk:
    """Carries out the tasks of those who may.

    Args:
        config: what holds now.
        data_dir: where secrets are kept.
        hub: uses other sources of presence.
        online: asks another directory.
        page: opens the colleagues' page anew.
        administrators: the receptionists who may.
        reload_office: reads the office file again. Raises BadInput.
        restart: lets the hub begin again.
    """

    def __init__(
        self,
        config: Config,
        data_dir: Path,
        *,
        hub: Hub,
        online: OnlineDirectory,
        page: PageTurn,
        administrators: Collection[str],
        reload_office: Callable[[], Awaitable[bool]],
        restart: Callable[[], None],
    ) -> None:
        self._config = config
        self._data_dir = data_dir
        self._hub = hub
        self._online = online
        self._page = page
        self._administrators = frozenset(administrators)
        self._reload_office = reload_office
        self._restart = restart
        self._turn = asyncio.Lock()
        self._saving: set[asyncio.Task[SetupSaved]] = set()

    def administers(self, attendant: str) -> bool:
        """Return whether a receptionist may change the hub's settings."""
        return attendant in self._administrators

    @property
    def lacks_presence(self) -> bool:
        """True while no source of presence is set up, and one could be."""
        return not self._config.presence and self._can_save

    @property
    def _can_save(self) -> bool:
        return not self._config.starts_afresh

    async def carry_out(self, attendant: str, task: SetupTask, say: Say) -> None:
        """Do what is asked and say what comes of it; the last word ends it."""
        try:
            if not self.administers(attendant):
                _log.warning("%s may not change the hub's settings", attendant)
                raise CommandRefused("not_administrator")
            await self._carry_out(attendant, task, say)
        except (CommandRefused, ServiceError) as refusal:
            say(SetupRefused(message=refusal.message))
        except BadInput as fault:
            say(SetupRefused(message=Message(key="setup_faulty", params={"error": fault.text})))
        except OSError as error:
            params: dict[str, str | float] = {
                "file": str(error.filename or self._config.path),
                "error": error.strerror or str(error),
            }
            say(SetupRefused(message=Message(key="setup_not_writable", params=params)))
        except Exception:  # noqa: BLE001 - as for calls: a fault in one request takes nothing else along
            _log.exception("a fault in %s; the hub goes on", type(task).__name__)
            say(SetupRefused(message=Message(key="internal_error")))

    async def _carry_out(self, attendant: str, task: SetupTask, say: Say) -> None:
        match task:
            case LookAtSetup():
                say(self._shown(*await asyncio.to_thread(self._read)))
            case ExamineSetup():
                say(await self._examine(task, say))
            case SaveSetup():
                say(await self._surely(self._save(attendant, task)))
            case RestartHub():
                await asyncio.to_thread(self._try_files)
                _log.info("%s lets the hub begin again", attendant)
                say(HubRestarts())
                self._restart()

    # ------------------------------------------------------------- looking

    def _read(self) -> tuple[Sequence[Description], Files]:
        return descriptions(), self._files()

    def _shown(self, known: Sequence[Description], files: Files) -> SetupShown:
        good_at = self._hub.presence_turn.good_at()
        services = []
        for description in known:
            sources = self._sources(description)
            services.append(
                ServiceSetup(
                    description=description,
                    values=setup_plan.values_in(description, files) | self._told(description),
                    kept=setup_plan.kept_in(description, files),
                    is_used=setup_plan.is_used(description, files),
                    sources=sources,
                    good_at={source: at for source, at in good_at.items() if source in sources},
                )
            )
        return SetupShown(services=tuple(services), file=str(self._config.path) if self._can_save else "")

    def _told(self, description: Description) -> dict[str, str]:
        """Return what of a service is told, not filled in: where people come back to who have signed in."""
        return {f.name: way_back(self._config) for f in description.fields if f.kind is FieldKind.TOLD}

    def _sources(self, description: Description) -> tuple[str, ...]:
        """Return the lights of a service."""
        names = [name for name, _ in self._config.presence]
        backends = zip(names, self._hub.presence_turn.backends, strict=True)
        found = [s for name, backend in backends if name == description.service for s in backend.sources]
        if self._config.directory is not None and self._config.directory[0] == description.service:
            found.append("directory")
        return tuple(found)

    def _files(self) -> Files:
        if not self._can_save:
            return Files({}, {})
        office = self._config.office_file
        return Files(
            tomllib.loads(setup_files.read_text(self._config.path)),
            tomllib.loads(setup_files.read_text(office)) if office is not None else {},
        )

    def _try_files(self) -> None:
        check_parts(parse_config(setup_files.read_text(self._config.path), self._config.path))

    # ------------------------------------------------------------- examining

    async def _examine(self, task: ExamineSetup, say: Say) -> SetupExamined:
        description = _described(task.service)
        draft = await asyncio.to_thread(self._draft, description, task.values, task.secrets)
        try:
            is_well = True
            async for finding in examined(draft.config, description, draft.office_text):
                is_well &= finding.fault is None
                say(FindingMade(finding=finding))
        finally:
            setup_files.remove(draft.secrets)
        return SetupExamined(is_well=is_well)

    def _draft(
        self, description: Description, values: Mapping[str, str], secrets: Mapping[str, str]
    ) -> _Draft:
        """Return the files as they would be. Raises CommandRefused, BadInput, OSError."""
        if not self._can_save:
            raise CommandRefused("setup_no_file")
        given = {name: secret for name, secret in secrets.items() if secret}
        files = self._files()
        meant = setup_plan.checked(description, files, values, given)
        written = setup_files.write_secrets(description, given, self._data_dir)
        try:
            return self._drafted(description, files, meant, written)
        except BaseException:
            setup_files.remove(written)
            raise

    def _drafted(
        self, description: Description, files: Files, meant: Mapping[str, str], written: Mapping[str, str]
    ) -> _Draft:
        plan = setup_plan.plan(description, files, meant, written)
        path, office = self._config.path, self._config.office_file
        text = edited(setup_files.read_text(path), plan.config, path.name)
        for table in plan.drops:
            text = without_tables(text, table, path.name)
        config = parse_config(text, path)
        if not plan.office or office is None:
            return _Draft(text, None, config, written)
        office_text = edited(setup_files.read_text(office), plan.office, office.name)
        zone = config.hub.zone
        parse_office(office_text, office.name, numbers=config.numbers, zone=zone)
        return _Draft(text, office_text, config, written)

    # ------------------------------------------------------------- saving

    async def _surely(self, work: Coroutine[Any, Any, SetupSaved]) -> SetupSaved:
        """Do it to its end, also when who asked goes: what is written must hold."""
        task = asyncio.create_task(self._in_turn(work), name="save settings")
        self._saving.add(task)
        task.add_done_callback(self._on_saved)
        return await asyncio.shield(task)

    async def _in_turn(self, work: Coroutine[Any, Any, SetupSaved]) -> SetupSaved:
        async with self._turn:
            return await work

    def _on_saved(self, task: asyncio.Task[SetupSaved]) -> None:
        self._saving.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.info("settings were not saved: %s", type(error).__name__)

    async def _save(self, attendant: str, task: SaveSetup) -> SetupSaved:
        description = _described(task.service)
        draft = await asyncio.to_thread(self._draft, description, task.values, task.secrets)
        try:
            backends = await asyncio.to_thread(self._built, draft.config)
            directory = await self._directory(draft.config)
            is_other_mail = draft.config.mail != self._config.mail
            mailer = await asyncio.to_thread(mailer_of, draft.config) if is_other_mail else None
            backup = await self._with_page(draft)
        except BaseException:
            setup_files.remove(draft.secrets)
            raise
        _log.info("%s has set up %s", attendant, description.service)
        await self._use(draft, backends, directory, mailer)
        await asyncio.to_thread(
            setup_files.remove_unnamed, description.service, self._data_dir, self._config.path
        )
        return SetupSaved(backup=backup, needs_restart=self._is_otherwise(draft.config))

    def _built(self, config: Config) -> Sequence[PresenceSource]:
        """Return what is to be listened to, in the order of the file; what is as it was goes on."""
        running = list(zip(self._config.presence, self._hub.presence_turn.backends, strict=True))
        built: list[PresenceSource] = []
        for name, settings in config.presence:
            known = next((b for said, b in running if said == (name, settings) and b not in built), None)
            built.append(known if known is not None else find_backend("presence", name)(settings))
        return built

    async def _directory(self, config: Config) -> Callable[[], Awaitable[None]] | None:
        if config.directory == self._config.directory:
            return None
        source = await asyncio.to_thread(directory_source, config, {"folder": str(self._data_dir)})
        return partial(self._online.use, source)

    async def _with_page(self, draft: _Draft) -> str:
        """Write the files once the page is open as they want it; returns where what was there is kept."""
        await asyncio.to_thread(check_identity, draft.config)
        await self._page.use(draft.config)
        try:
            return await asyncio.to_thread(self._write, draft)
        except BaseException:
            await self._page.use(self._config)
            raise

    def _write(self, draft: _Draft) -> str:
        backup = ""
        if draft.text != setup_files.read_text(self._config.path):
            backup = setup_files.replace_text(self._config.path, draft.text)
        if draft.office_text is not None and self._config.office_file is not None:
            setup_files.replace_text(self._config.office_file, draft.office_text)
        return backup

    async def _use(
        self,
        draft: _Draft,
        backends: Sequence[PresenceSource],
        directory: Callable[[], Awaitable[None]] | None,
        mailer: Mailer | None,
    ) -> None:
        before = self._config
        self._config = replace(before, **{name: getattr(draft.config, name) for name in _USED})
        if before.mail != draft.config.mail:
            self._hub.presence_requests.use_mailer(mailer)
            self._hub.broadcast.tell((MailsChanged(mails=mailer is not None),))
        await self._hub.presence_turn.use(backends)
        if directory is not None:
            await directory()
            if draft.config.directory is None:
                self._hub.presence_turn.forget("directory")
        if draft.office_text is not None:
            await self._reload_office()

    def _is_otherwise(self, config: Config) -> bool:
        """Return whether the file says more that is different from what holds."""
        used = {name: getattr(config, name) for name in (*_USED, "office")}
        return config != replace(self._config, **used)


def descriptions() -> Sequence[Description]:
    """Return all services that can be set up: those that are installed as sources of presence."""
    known = installed("presence")
    return [find_backend("setup", name)() for name in installed("setup") if name in known]


def _described(service: str) -> Description:
    found = next((one for one in descriptions() if one.service == service), None)
    if found is None:
        raise CommandRefused("setup_unknown", service=service)
    return found
