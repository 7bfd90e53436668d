"""Where a hub of this computer leaves word of itself, and the folders of the program.

The runtime file holds what opens the hub, so only its user may read it. A hub writes it when it is ready and
removes it when it ends; after a crash it is stale, which is why a console tries the port before it believes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

RUNTIME_DIR_VARIABLE: Final = "RECEPTION_RUNTIME_DIR"

READY: Final = "ready"
ALREADY_RUNNING: Final = "already running"
FAILED: Final = "failed"
"""The first word a child hub says on its standard output; after FAILED comes a colon and why."""


class RuntimeInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A running hub: where it listens, and what opens it.

    `tokens` are those of receptionists, only where a console of the same user is to be let in (child mode);
    `admin_token` opens the administrator's door. `certificate` is the hub's own, when it speaks TLS.
    `web` is the address of the colleagues' page, empty without one.
    """

    pid: int
    host: str
    port: int
    epoch: str
    admin_token: str
    tokens: dict[str, str] = {}
    certificate: str = ""
    web: str = ""

    @property
    def url(self) -> str:
        """The address for a connection from this computer."""
        anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
        host = anywhere.get(self.host, self.host)
        host = f"[{host}]" if ":" in host else host
        return f"{'wss' if self.certificate else 'ws'}://{host}:{self.port}"


def default_data_dir(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the folder for what must last, as the platform wants it."""
    home = Path.home()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Reception"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Reception"
    return Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "reception"


def runtime_file(data_dir: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the hub of a data folder writes its runtime file.

    That is the folder itself, unless ``RECEPTION_RUNTIME_DIR`` names another for all of them.
    """
    if elsewhere := environ.get(RUNTIME_DIR_VARIABLE):
        import hashlib  # loads OpenSSL, which the console's start does not wait for

        key = hashlib.sha256(str(data_dir.absolute()).encode()).hexdigest()[:12]
        return Path(elsewhere) / f"hub-{key}.json"
    return data_dir / "hub.json"


def restart_file(data_dir: Path) -> Path:
    """Return where an installer's note lies of the consoles that were ended to be opened again."""
    return data_dir / "restart.json"


def is_to_restart(data_dir: Path) -> bool:
    """Return whether the consoles of a data folder end, or have ended, to be opened again soon."""
    return restart_file(data_dir).exists()


def read_runtime(file: Path) -> RuntimeInfo | None:
    """Return what a hub wrote, or None when there is nothing (readable)."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=RuntimeInfo)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_runtime(file: Path, info: RuntimeInfo) -> None:
    """Leave word of a running hub. Raises OSError."""
    write_private(file, msgspec.json.encode(info).decode())


def write_private(file: Path, content: str | bytes) -> None:
    """Write a file that only its user can read, whole or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = file.with_name(f".{file.name}.{os.urandom(4).hex()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content.encode() if isinstance(content, str) else content)
        os.replace(aside, file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def cache_dir(data_dir: Path, *whose: str) -> Path:
    """Return where a console keeps what a hub told it: another place for each hub and receptionist.

    The name is the FNV-1a digest of whose it is: hashlib would load OpenSSL before the window can be seen.
    """
    digest = 0xCBF29CE484222325
    for byte in "\n".join(whose).encode():
        digest = (digest ^ byte) * 0x100000001B3 % (1 << 64)
    return data_dir / "console" / f"{digest:016x}"
