"""Keys that are heard while another program is in front: a port, and where it is opened."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import Protocol

from reception.console.strokes import Stroke

_log = logging.getLogger(__name__)

OnPress = Callable[[Stroke], None]


class HotKeys(Protocol):
    """Strokes that are taken from all programs, until it is closed."""

    @property
    def refused(self) -> tuple[Stroke, ...]:
        """The strokes that another program has already."""

    def close(self) -> None:
        """Give them back. Harmless when closed."""


def open_hot_keys(
    strokes: tuple[Stroke, ...], on_press: OnPress, environ: Mapping[str, str] = os.environ
) -> HotKeys | None:
    """Take strokes; `on_press` is called in a thread of its own. None where the system has no such thing.

    That is so under Wayland, whose desktops settle such keys themselves.
    """
    if not strokes:
        return None
    try:
        if sys.platform == "win32":
            from reception.console.hot_keys_windows import WindowsHotKeys

            return WindowsHotKeys(strokes, on_press)
        if environ.get("WAYLAND_DISPLAY"):
            raise OSError("Wayland has none")
        from reception.console.hot_keys_x11 import X11HotKeys

        return X11HotKeys(environ.get("DISPLAY", ""), strokes, on_press)
    except OSError as error:
        _log.warning("keys from other programs cannot be heard here: %s", error)
        return None
