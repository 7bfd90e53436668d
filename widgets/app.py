"""The window as a program: begins, shows itself, connects, says goodbye."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Final

from PySide6.QtWidgets import QApplication

from reception.console.options import ConsoleOptions, RunningSession, SessionMaker
from reception.console.preferences import Preferences, load_preferences, save_preferences
from widgets import loop, texts
from widgets.controller import Controller
from widgets.funnel import ErrorFunnel
from widgets.theme import Theme, Wanted
from widgets.window import Window

_log = logging.getLogger(__name__)

FAREWELL_S: Final = 2.0
"""Seconds the session has for its goodbye; the hub copes with consoles that vanish."""


def main(make_session: SessionMaker, *, options: ConsoleOptions) -> int:
    """Open the window and run until it is closed; returns the exit code."""
    app = make_app()
    funnel = ErrorFunnel(app)
    funnel.install()
    preferences = load_preferences(options.preferences_file)
    texts.install(app, texts.choose(options.language or preferences.language))
    theme = Theme(_theme(options, preferences), app)
    theme.apply(app)
    controller = Controller()
    funnel.first_seen.connect(controller.on_error)
    window = Window(controller, theme)
    window.restore_geometry(preferences.geometry)
    window.show()
    return loop.run(app, _live(window, controller, make_session, options), funnel.report)


def make_app() -> QApplication:
    """Return the application, made once per process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Reception")
    app.setDesktopFileName("reception")
    app.setStyle("Fusion")
    return app


async def _live(
    window: Window, controller: Controller, make_session: SessionMaker, options: ConsoleOptions
) -> int:
    """Connect after the first paint; stay until somebody closes; end in order."""
    closing, painted = asyncio.Event(), asyncio.Event()
    window.close_requested.connect(closing.set)
    window.painted.connect(painted.set)
    sessions: list[RunningSession] = []

    async def begin() -> None:
        await painted.wait()
        session = await make_session()
        sessions.append(session)
        controller.attach(session)
        await session.start()

    beginning = loop.spawn(begin(), "begin")
    await closing.wait()
    beginning.cancel()
    await asyncio.gather(beginning, return_exceptions=True)
    _remember(window, options)
    controller.detach()
    for session in sessions:
        await _say_goodbye(session, stop_hub=options.stops_hub)
    window.let_close()
    return 0


async def _say_goodbye(session: RunningSession, *, stop_hub: bool) -> None:
    try:
        async with asyncio.timeout(FAREWELL_S):
            await session.close(stop_hub)
    except TimeoutError:
        _log.warning("the session did not end within %s s", FAREWELL_S)


def _remember(window: Window, options: ConsoleOptions) -> None:
    preferences = load_preferences(options.preferences_file)
    kept = Preferences(
        language=preferences.language,
        theme=preferences.theme,
        geometry=window.geometry_text(),
        layouts=preferences.layouts,
        more=preferences.more,
    )
    try:
        save_preferences(options.preferences_file, kept)
    except OSError as error:
        _log.warning("the window's place could not be saved: %s", error)


def _theme(options: ConsoleOptions, preferences: Preferences) -> Wanted:
    if options.theme != "system":
        return options.theme
    kept: dict[str, Wanted] = {"light": "light", "dark": "dark"}
    return kept.get(preferences.theme, "system")
