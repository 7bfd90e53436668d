"""The window as a program: begins, shows itself, connects, says goodbye."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Final

from PySide6.QtWidgets import QApplication

from reception.console.disk import open_replica
from reception.console.options import ConsoleOptions, RunningSession, SessionMaker
from reception.console.preferences import Preferences, load_preferences, save_preferences
from reception.console.replica import Replica
from widgets import loop, texts
from widgets.controller import Controller
from widgets.funnel import ErrorFunnel
from widgets.theme import Theme, Wanted
from widgets.tokens import LEFT_PANE, RIGHT_PANE
from widgets.window import Window

_log = logging.getLogger(__name__)

MOTION: Final = "window.motion"
LEFT: Final = "panes.left"
RIGHT: Final = "panes.right"
"""Names of small preferences: false for a window in which nothing fades; widths of panes in pixels."""

FAREWELL_S: Final = 2.0
"""Seconds the session has for its goodbye; the hub copes with consoles that vanish."""


def main(make_session: SessionMaker, *, options: ConsoleOptions) -> int:
    """Open the window and run until it is closed; returns the exit code."""
    app = make_app()
    funnel = ErrorFunnel(app)
    funnel.install()
    preferences = load_preferences(options.preferences_file)
    texts.install(app, texts.choose(options.language or preferences.language))
    replica = open_replica(options.cache_dir, texts.current())
    theme = Theme(_theme(options, preferences), app)
    theme.has_motion = theme.has_motion and preferences.more.get(MOTION) is not False
    theme.apply(app)
    controller = Controller(replica=replica)
    funnel.first_seen.connect(controller.on_error)
    window = Window(controller, theme)
    window.restore_geometry(preferences.geometry)
    window.panes.set_widths(*pane_widths(preferences))
    window.show()
    return loop.run(app, _live(window, controller, make_session, replica, options), funnel.report)


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
    window: Window,
    controller: Controller,
    make_session: SessionMaker,
    replica: Replica,
    options: ConsoleOptions,
) -> int:
    """Connect after the first paint; stay until somebody closes; end in order."""
    closing, painted = asyncio.Event(), asyncio.Event()
    window.close_requested.connect(closing.set)
    window.painted.connect(painted.set)
    sessions: list[RunningSession] = []

    async def begin() -> None:
        await painted.wait()
        session = await make_session(replica)
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
    replica.close()
    window.let_close()
    return 0


async def _say_goodbye(session: RunningSession, *, stop_hub: bool) -> None:
    try:
        async with asyncio.timeout(FAREWELL_S):
            await session.close(stop_hub)
    except TimeoutError:
        _log.warning("the session did not end within %s s", FAREWELL_S)


def pane_widths(preferences: Preferences) -> tuple[int, int]:
    """Return how wide calls and card were; nonsense in the file gives the design's."""
    left, right = preferences.more.get(LEFT), preferences.more.get(RIGHT)
    return (
        left if isinstance(left, int) else LEFT_PANE,
        right if isinstance(right, int) else RIGHT_PANE,
    )


def _remember(window: Window, options: ConsoleOptions) -> None:
    preferences = load_preferences(options.preferences_file)
    left, right = window.panes.widths
    kept = Preferences(
        language=preferences.language,
        theme=preferences.theme,
        geometry=window.geometry_text(),
        layouts=preferences.layouts,
        more={**preferences.more, LEFT: left, RIGHT: right},
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
