"""``reception quit`` and ``reception restart``: what an installer does with the consoles of a user."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reception.cli import DONE, NOT_NOW, add_places, given_data_dir
from reception.runtime import default_data_dir


def add_quit(leave: argparse.ArgumentParser, again: argparse.ArgumentParser) -> None:
    """Add their arguments."""
    leave.set_defaults(run=_quit)
    leave.add_argument("--timeout", type=float, default=20.0, metavar="S", help="seconds to wait (20)")
    leave.add_argument("--for-restart", action="store_true", help="note them for `reception restart`")
    add_places(leave)
    again.set_defaults(run=_restart)
    add_places(again)


def _quit(arguments: argparse.Namespace) -> int:
    from reception.console.quitting import quit_all

    folders = _folders(arguments)
    left = quit_all(folders, timeout_s=arguments.timeout, is_for_restart=arguments.for_restart)
    for name in left:
        print(f"reception: {name} has not ended within {arguments.timeout:g} s.", file=sys.stderr)
    return NOT_NOW if left else DONE


def _restart(arguments: argparse.Namespace) -> int:
    from reception.console.quitting import restart_noted

    for folder in _folders(arguments):
        restart_noted(folder)
    return DONE


def _folders(arguments: argparse.Namespace) -> list[Path]:
    """Return the data folders of this user's consoles: the one given, or the usual one and the
    demonstration's.
    """
    given = given_data_dir(arguments)
    return [given] if given is not None else [default_data_dir(), default_data_dir() / "demo"]
