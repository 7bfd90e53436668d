"""The files of a set-up: secrets in files of their own, settings written whole, what was there kept aside."""

from __future__ import annotations

import base64
import binascii
import itertools
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reception.errors import BadInput, CommandRefused
from reception.hub.secrets import new_token
from reception.model.setup import MOST_FILE_BYTES, Description, FieldKind
from reception.runtime import write_private

FOLDER: Final = "secrets"
_LONGEST_SECRET: Final = 4_096


def write_secrets(description: Description, secrets: Mapping[str, str], data_dir: Path) -> dict[str, str]:
    """Write each secret into a new file that only the hub's user can read; returns the files, by field.

    Raises CommandRefused for what is no secret, OSError.
    """
    made: dict[str, str] = {}
    for field in description.fields:
        if not (given := secrets.get(field.name)) or not field.is_kept_back:
            continue
        content = _file_content(given) if field.kind is FieldKind.FILE else _one_line(given)
        name = f"{description.service}-{field.name}-{new_token()[:8]}"
        file = data_dir.absolute() / FOLDER / name
        write_private(file, content)
        made[field.name] = str(file)
    return made


def remove(files: Mapping[str, str]) -> None:
    """Remove files of secrets that nobody names."""
    for file in files.values():
        Path(file).unlink(missing_ok=True)


def remove_unnamed(service: str, data_dir: Path, config: Path) -> None:
    """Remove what earlier set-ups of a service wrote and neither the configuration nor a backup names."""
    texts = [
        read_text(one) for one in (config, *config.resolve().parent.glob(f"{config.resolve().name}.*.bak"))
    ]
    for file in (data_dir.absolute() / FOLDER).glob(f"{service}-*"):
        if not any(file.name in text for text in texts):
            file.unlink(missing_ok=True)


def read_text(file: Path) -> str:
    """Return a file as it is, an empty text for none. Raises BadInput."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("misconfigured", f"{file}: cannot be read: {error}") from error


def replace_text(file: Path, text: str) -> str:
    """Write a file whole, or not at all, with the rights it had; returns where it is kept as it was.

    Raises OSError.
    """
    target = file.resolve()  # a link stays one
    backup = ""
    aside = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        if target.exists():
            backup = str(_free_name(target))
            shutil.copy2(target, backup)
            shutil.copy2(target, aside)
        aside.write_bytes(text.encode())
        os.replace(aside, target)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return backup


def _free_name(target: Path) -> Path:
    """Return a name for what a file was, unlike any that there is."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    endings = itertools.chain([""], (f"-{n}" for n in itertools.count(2)))
    names = (target.with_name(f"{target.name}.{stamp}{ending}.bak") for ending in endings)
    return next(name for name in names if not name.exists())


def _one_line(given: str) -> str:
    if len(given) > _LONGEST_SECRET or not given.isprintable() or not given.strip():
        raise CommandRefused("setup_faulty", error="a secret is one line of letters and digits")
    return f"{given.strip()}\n"


def _file_content(given: str) -> bytes:
    try:
        content = base64.b64decode(given, validate=True)
    except binascii.Error as error:
        raise CommandRefused("setup_faulty", error="the file did not arrive as it was sent") from error
    if len(content) > MOST_FILE_BYTES:
        raise CommandRefused("setup_faulty", error=f"a file has at most {MOST_FILE_BYTES} bytes")
    return content
