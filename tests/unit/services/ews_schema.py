"""Microsoft's own schema of EWS, which lies beside the project; else those checks are skipped."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import etree

from services.emulators.exchange.service import STREAM
from services.emulators.exchange.soap import M, T
from tests.unit.services.graph_schema import FOLDER

SCHEMA = FOLDER / "ews-xsd" / "messages.xsd"

needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason=f"Microsoft's schema of EWS is not at {FOLDER}")


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def faults(operation: str, content: bytes) -> list[str]:
    """Return what is wrong with the content of a body, none where there is no schema."""
    if not SCHEMA.exists():
        return []
    root = etree.fromstring(content)
    if operation == STREAM:  # the one place where the servers differ from their schema (contract 8.4)
        for found in root.iter(f"{{{M}}}Notification"):
            found.tag = f"{{{T}}}Notification"
        root = etree.fromstring(etree.tostring(root))
    checked = schema()
    checked.validate(root)
    return [f"{operation}: {error.message}" for error in checked.error_log]
