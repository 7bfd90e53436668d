"""Ready-made catalogues for the measurements, kept as long as the code that writes them stays the same."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from reception.console.catalogue import Catalogue, build
from reception.directory.numbers import NumberPlan
from scripts.requirements import TOP
from tests.bench.crowd import CACHE, people

PLAN: Final = NumberPlan()
LANGUAGE: Final = "da"


def catalogue_file(count: int) -> Path:
    """Return the file of a catalogue of `count` people."""
    file = CACHE / f"catalogue-{count}-{code_name()}.db"
    if not file.exists():
        for old in CACHE.glob(f"catalogue-{count}-*"):
            old.unlink()
        part = file.with_suffix(".part")
        build(part, people(count), plan=PLAN, language=LANGUAGE)
        part.replace(file)
    return file


def catalogue(count: int) -> Catalogue:
    """Return an open catalogue of `count` people."""
    found = Catalogue.open(catalogue_file(count), plan=PLAN, language=LANGUAGE)
    assert len(found) == count
    return found


def code_name() -> str:
    """Return a short name for the code that writes catalogues, and for the people in them."""
    files = [*sorted(TOP.glob("reception/console/*.py")), *sorted(TOP.glob("reception/directory/*.py"))]
    files += [TOP / "tests" / "bench" / "crowd.py", TOP / "tests" / "bench" / "replicas.py"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
