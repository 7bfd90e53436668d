"""Signs what is our own, with the command that whoever builds has for it.

``SIGN_COMMAND`` is a command line; ``{}`` in it is the file, which it signs in place. Without it nothing is
signed, and the bytes are the same for everyone. Qt's and CPython's files have signatures of their own.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from installer.running import run

VARIABLE: Final = "SIGN_COMMAND"


def sign(file: Path, environ: Mapping[str, str] = os.environ) -> bool:
    """Sign a file in place; returns whether somebody said how. Raises BuildError."""
    if not (command := environ.get(VARIABLE, "").strip()):
        return False
    run(*(word.replace("{}", str(file)) for word in shlex.split(command)))
    return True
