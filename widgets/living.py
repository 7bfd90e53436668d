"""The window at work, from its first paint on: connects, waits until somebody closes, says goodbye."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from reception.console.api import Delta
from reception.console.at_desk import AtDesk, at_desk_in
from reception.console.options import ConsoleOptions, RunningSession, SessionMaker
from reception.console.policies import with_policies
from reception.console.preferences import Preferences, load_preferences, save_preferences
from reception.console.replica import Replica
from reception.console.triggers import TriggerProfiles, profiles_in
from widgets import left_reports, loop
from widgets.asked import Asked
from widgets.controller import Controller
from widgets.outside import Outside
from widgets.window import Window

if TYPE_CHECKING:
    from widgets.auto_profiles import AutoProfiles
    from widgets.faces import Faces
    from widgets.settings import Settings, SettingsDialog
    from widgets.setup_offer import SetupOffer
    from widgets.setup_services import Services
    from widgets.sign_in import AsksForToken

_log = logging.getLogger(__name__)

_NOT_NOW: Final = "setup.not_now"
"""The small preference that remembers that the hub was not to be set up."""
_OF_PRESENCE: Final = ("teams", "exchange", "calendar")
"""Lights that tell of presence; their being there means that it is set up."""

FAREWELL_S: Final = 2.0
"""Seconds the session has for its goodbye; the hub copes with consoles that vanish."""


async def live(
    window: Window,
    controller: Controller,
    make_session: SessionMaker,
    replica: Replica,
    options: ConsoleOptions,
) -> int:
    """Connect, stay until somebody closes, and take leave of the hub; returns the exit code."""
    closing = asyncio.Event()
    window.close_requested.connect(closing.set)
    sessions: list[RunningSession] = []

    async def begin() -> None:
        session = await make_session(replica)
        sessions.append(session)
        controller.attach(session)
        await session.start()

    beginning = loop.spawn(begin(), "begin")
    desk = Desk(window, controller, options)
    asked = Asked(window, controller, options)
    asks: AsksForToken | None = None
    if options.sign_in is not None:
        from widgets.sign_in import AsksForToken

        asks = AsksForToken(window, controller, options.sign_in)
        desk.opened.connect(asks.add_to_settings)
    outside = Outside(window, controller, desk.at_desk)
    outside.front_wanted.connect(asked.come_to_front)
    desk.settled.connect(outside.use)
    left_reports.tell(controller, options.data_dir)
    await closing.wait()
    outside.close()
    asked.close()
    if asks is not None:
        await asks.stop()
    await desk.take_leave()
    beginning.cancel()
    await asyncio.gather(beginning, return_exceptions=True)
    controller.detach()
    for session in sessions:
        await _say_goodbye(session, stop_hub=options.stops_hub)
    return 0


class Desk(QObject):
    """What whoever works here has settled: profiles that follow the desk, and the dialogue for all of it.

    Signals:
        settled: (AtDesk) what is to be done while another program is in front.
        opened: (SettingsDialog) the dialogue is made; it may be added to.
    """

    settled = Signal(object)
    opened = Signal(object)

    def __init__(self, window: Window, controller: Controller, options: ConsoleOptions) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._file = options.preferences_file
        self._organisation = options.organisation
        self._profiles: AutoProfiles | None = None
        self.dialog: SettingsDialog | None = None
        self.services: Services | None = None
        self.offer: SetupOffer | None = None
        self.faces: Faces | None = None
        self._follow(profiles_in(self._preferences().more), has_begun=False)
        window.settings_wanted.connect(self.open_settings)
        controller.updated.connect(self._on_updated)

    @property
    def at_desk(self) -> AtDesk:
        """What is to be done while another program is in front."""
        return at_desk_in(self._preferences().more)

    def _preferences(self) -> Preferences:
        return with_policies(load_preferences(self._file), self._organisation.settled)

    async def take_leave(self) -> None:
        """Choose the profile of the program's end, if there is one."""
        if self._profiles is not None:
            await self._profiles.take_leave()

    @Slot()
    def open_settings(self) -> None:
        """Open the dialogue, or bring it to the front."""
        from widgets.settings import SettingsDialog, settings_in

        if self.dialog is None:
            office = self._controller.replica.office
            settings = settings_in(self._preferences())
            self.dialog = SettingsDialog(settings, office, self._organisation, self._window)
            self.dialog.taken.connect(self._take)
            self.dialog.finished.connect(self._forget)
            self._add_services(self.dialog)
            self.opened.emit(self.dialog)
        self.dialog.show()
        self.dialog.activateWindow()

    def _add_services(self, dialog: SettingsDialog) -> None:
        """Show administrators how services are set up; nothing is loaded for others."""
        if self._controller.replica.administers:
            from widgets.setup_services import Services

            self.services = Services(self._controller, self._window.theme, dialog)
            self.services.found.connect(dialog.add_page)
            self.services.look()

    @Slot()
    def _forget(self) -> None:
        if self.services is not None:
            self.services.stop()
            self.services = None
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    # ------------------------------------------------------------------ the first day

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        if delta.link or delta.is_reset or delta.sources:
            self._offer()
        if self.faces is None and self._controller.replica.photos:
            self._show_photos()

    def _show_photos(self) -> None:
        """Show photos of colleagues; nothing is loaded where there are none."""
        from widgets.faces import Faces

        self.faces = Faces(self._controller, self)
        self._window.people.use_faces(self.faces)
        self._window.card.use_faces(self.faces)

    def _offer(self) -> None:
        """Offer to set the hub up, if there is need, whoever sits here may, and it was not put off."""
        replica = self._controller.replica
        is_due = replica.administers and replica.lacks_presence and not self._has_presence()
        if is_due and self.offer is None and not load_preferences(self._file).more.get(_NOT_NOW):
            from widgets.setup_offer import SetupOffer

            self.offer = SetupOffer(self._window.theme)
            self.offer.wanted.connect(self._set_up)
            self.offer.not_now.connect(self._put_off)
            self._window.column.insertWidget(1, self.offer)  # below the bar at the top
            self.offer.show()
        elif not is_due:
            self._withdraw()

    def _has_presence(self) -> bool:
        """Return whether something was set up since the hub welcomed us."""
        return any(source in self._controller.replica.sources for source in _OF_PRESENCE)

    def _withdraw(self) -> None:
        if self.offer is not None:
            self.offer.hide()
            self.offer.deleteLater()
            self.offer = None
            self._window.search.field.setFocus()

    @Slot()
    def _set_up(self) -> None:
        self.open_settings()
        if self.dialog is not None:
            self.dialog.begin_at_services()

    @Slot()
    def _put_off(self) -> None:
        self._withdraw()
        kept = load_preferences(self._file)
        try:
            save_preferences(self._file, replace(kept, more={**kept.more, _NOT_NOW: True}))
        except OSError as error:
            _log.warning("it is not remembered: %s", error)
            self._controller.say("settings_not_saved")

    @Slot(object)
    def _take(self, settings: Settings) -> None:
        from widgets.settings import take

        if not take(settings, self._file, self._window.theme, self._organisation):
            self._controller.say("settings_not_saved")
        self._follow(settings.profiles, has_begun=True)
        self.settled.emit(settings.at_desk)

    def _follow(self, wanted: TriggerProfiles, *, has_begun: bool) -> None:
        """Let presence profiles follow the desk, if any are named; nothing is loaded otherwise."""
        if self._profiles is not None:
            self._profiles.stop()
            self._profiles = None
        if wanted.is_any:
            from reception.console.workplace import open_workplace
            from widgets.auto_profiles import AutoProfiles

            self._profiles = AutoProfiles(
                self._controller, wanted, open_workplace(), self._window, has_begun=has_begun
            )


async def _say_goodbye(session: RunningSession, *, stop_hub: bool) -> None:
    try:
        async with asyncio.timeout(FAREWELL_S):
            await session.close(stop_hub)
    except TimeoutError:
        _log.warning("the session did not end within %s s", FAREWELL_S)
