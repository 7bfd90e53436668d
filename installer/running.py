"""Runs the tools of the build."""

from __future__ import annotations

import subprocess
from pathlib import Path


class BuildError(Exception):
    """The package cannot be built; says why."""


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a tool and return what it says. Raises BuildError when it fails or is not there."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BuildError(f"{words[0]} is missing; scripts/system-packages package installs it.") from error
    if done.returncode != 0:
        raise BuildError(f"{' '.join(words)[:500]}\n{done.stdout}{done.stderr}\nexit code {done.returncode}")
    return done.stdout
