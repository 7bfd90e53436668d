"""Make the picture in the README: ``python scripts/screenshot.py docs/console.png``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SHOT = "busy-en"


def main() -> None:
    """Take the window in a busy minute from the pictures of all its states."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else TOP / "docs" / "console.png").resolve()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "tests.shots.make", folder, SHOT], check=True, cwd=TOP)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(folder) / f"{SHOT}.png", target)


if __name__ == "__main__":
    main()
