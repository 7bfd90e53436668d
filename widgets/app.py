"""The window as a program: begins, shows itself, connects, says goodbye."""

from __future__ import annotations

import gc
import logging
import sys
from functools import partial
from typing import Final

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from reception.console.disk import open_replica
from reception.console.options import ConsoleOptions, SessionMaker
from reception.console.policies import with_policies
from reception.console.preferences import Preferences, load_preferences, save_preferences
from widgets import texts
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


def main(make_session: SessionMaker, *, options: ConsoleOptions) -> int:
    """Open the window and run until it is closed; returns the exit code."""
    app = make_app()
    funnel = ErrorFunnel(app, options.on_error)
    funnel.install()
    preferences = with_policies(load_preferences(options.preferences_file), options.organisation.settled)
    texts.install(app, texts.choose(_language(options, preferences)))
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
    code = 0
    if _is_complete(window):
        _collect_again()
        from widgets import living, loop

        code = loop.run(app, living.live(window, controller, make_session, replica, options), funnel.report)
    _remember(window, options)
    replica.close()
    window.let_close()
    return code


def make_app() -> QApplication:
    """Return the application, made once per process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # The style as an argument: `setStyle` returns it, and for that PySide sets up all of `QStyle`.
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("Reception")
    app.setDesktopFileName("reception")
    return app


def _collect_again() -> None:
    """Collect garbage from now on, if that was put off; what is there by now stays and is not looked at."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _is_complete(window: Window) -> bool:
    """Let colleagues be seen, then all the rest; False when the window was closed before."""
    if not _is_painted(window):
        return False
    window.complete()
    return _is_painted(window)


def _is_painted(window: Window) -> bool:
    """Let Qt work until the window stands there; False when it was closed before.

    Nothing is loaded for what comes after: asyncio, its loop on Qt and the network take longer than all that
    can be seen (goal 1 of the design's performance.md).
    """
    waiting = QEventLoop()
    window.painted.connect(waiting.quit)
    window.close_requested.connect(partial(waiting.exit, 1))
    return waiting.exec() == 0


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


def _language(options: ConsoleOptions, preferences: Preferences) -> str | None:
    """Return the language to speak: the organisation's, the one given, one's own, the installer's."""
    settled, proposed = options.organisation.settled, options.organisation.proposed
    return settled.language or options.language or preferences.language or proposed.language


def _theme(options: ConsoleOptions, preferences: Preferences) -> Wanted:
    if options.theme != "system" and not options.organisation.is_settled("theme"):
        return options.theme
    kept: dict[str, Wanted] = {"light": "light", "dark": "dark"}
    return kept.get(preferences.theme, "system")
