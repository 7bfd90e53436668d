"""Fetches what Windows needs, all by hash: CPython, and the wheels of the very versions that are tested here.

The lock is `constraints-run.txt` of the project, which is made for all platforms; the tools that only build
the project are left out. pip judges the markers of a lock for the computer it runs on, so they are resolved
here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Final

from installer.products import CACHE, HERE, TOP
from installer.running import BuildError, run

BUILD_TOOLS: Final = frozenset(
    ("hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove-classifiers")
)
PYTHON: Final = "3.11"
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: *;[^\\]*)?( *\\)?$", re.MULTILINE)
_SIGNER: Final = "O=Python Software Foundation"


def windows_lock(constraints: str) -> str:
    """Return the pins and hashes that Windows needs, without markers.

    All markers of the lock are true there: none excludes Windows or CPython (a test holds it to that).
    """
    blocks = re.split(r"\n(?=\S)", constraints.strip())
    kept = [block for block in blocks if (pin := _PIN.match(block)) and pin[1] not in BUILD_TOOLS]
    return "\n".join(_PIN.sub(r"\1==\2\3", block, count=1) for block in kept) + "\n"


def fetch_wheels(cache: Path = CACHE) -> list[Path]:
    """Return the wheels for Windows, fetched once for each lock."""
    lock = windows_lock((TOP / "constraints-run.txt").read_text(encoding="utf-8"))
    folder = cache / f"wheels-{_digest(lock)}"
    if not folder.exists():
        aside = _empty(folder.with_suffix(".part"))
        (aside / "lock.txt").write_text(lock, encoding="utf-8")
        _pip_download(
            *("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", PYTHON),
            *("--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none"),
            *("--requirement", str(aside / "lock.txt"), "--dest", str(aside)),
        )
        aside.rename(folder)
    return sorted(folder.glob("*.whl"))


def fetch_runtime(cache: Path = CACHE) -> Path:
    """Return the zip with CPython, fetched once; each program file in it is signed by who makes CPython."""
    wanted = (HERE / "runtime.txt").read_text(encoding="utf-8")
    folder = cache / f"runtime-{_digest(wanted)}"
    if not folder.exists():
        aside = _empty(folder.with_suffix(".part"))
        _pip_download(
            *("--no-binary", ":all:"),
            *("--requirement", str(HERE / "runtime.txt"), "--dest", str(aside)),
        )
        _take_out(next(aside.glob("*.tar.gz")), "data.zip", aside / "python.zip")
        check_signatures(aside / "python.zip", aside / "check")
        aside.rename(folder)
    return folder / "python.zip"


def check_signatures(runtime: Path, work: Path) -> None:
    """Raise BuildError unless each program of the runtime has the signature of those who make CPython.

    Microsoft's two libraries in it have one too, whose root Debian does not know: they are held by the hash
    of the whole.
    """
    offline = _without_revocation()
    with zipfile.ZipFile(runtime) as archive:
        for item in archive.infolist():
            name = Path(item.filename).name
            if Path(name).suffix not in (".exe", ".dll", ".pyd", ".cat") or name.startswith("vcruntime"):
                continue
            work.mkdir(exist_ok=True)
            file = work / name
            file.write_bytes(archive.read(item))
            said = run("osslsigncode", "verify", *offline, "-in", file)
            if _SIGNER not in said or not re.search(r"^Succeeded", said, re.MULTILINE):
                raise BuildError(f"{name} of the runtime is not signed as it should be:\n{said}")
    shutil.rmtree(work)


def _without_revocation() -> list[str]:
    """Return what keeps osslsigncode from asking the network: the option has another name in each version."""
    try:
        known = run("osslsigncode", "verify", "--help")
    except BuildError as error:  # some versions tell it as a fault
        known = str(error)
    return next(([name] for name in ("-ignore-crl", "-ignore-cdp") if name in known), [])


def _pip_download(*arguments: str) -> None:
    run(
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--require-hashes", *arguments),
    )


def _take_out(archive: Path, name: str, target: Path) -> None:
    with tarfile.open(archive) as tar:
        for item in tar:
            if Path(item.name).name == name and (content := tar.extractfile(item)) is not None:
                target.write_bytes(content.read())
                return
    raise BuildError(f"{archive.name} has no {name}")


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
