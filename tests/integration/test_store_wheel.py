"""What is installed from a wheel opens a store: the migrations are in it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from scripts.requirements import TOP

OPEN = """
import asyncio, services.store
async def main():
    assert services.store.__file__.startswith(PLACE), services.store.__file__
    store = await services.store.create_sqlite({"path": PLACE + "/hub.db"})
    print((await store.load()).people)
    await store.close()
asyncio.run(main())
"""


def test_a_store_is_made_by_what_a_wheel_holds(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=TOP, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    place = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(place)
    done = subprocess.run(
        [sys.executable, "-c", f"PLACE = {str(place)!r}\n{OPEN}"],
        cwd=place,
        env={"PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == "()\n", done.stderr
