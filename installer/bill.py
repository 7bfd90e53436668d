"""The bill of materials of a package (CycloneDX 1.5): what is in it, from where, under which licence."""

from __future__ import annotations

import datetime
import hashlib
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from installer.fetch import fetch_runtime
from installer.licences import licence_name, metadata_of
from installer.products import EPOCH, GUID_SPACE, HERE, Product

_PYTHON = "3.11.9"


def bill_of(product: Product, version: str, wheels: Sequence[Path]) -> str:
    """Return the bill as JSON: the same source gives the same text."""
    components = [_cpython(), *(_package(wheel) for wheel in wheels)]
    told = json.dumps([product.key, version, components], sort_keys=True)
    when = datetime.datetime.fromtimestamp(EPOCH, datetime.UTC)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(GUID_SPACE, told)}",
        "version": 1,
        "metadata": {
            "timestamp": when.isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application",
                "bom-ref": product.file_name,
                "name": product.title,
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": components,
        "dependencies": [
            {"ref": product.file_name, "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def _cpython() -> dict[str, Any]:
    source = next(line for line in (HERE / "runtime.txt").read_text("utf-8").split("\n") if "==" in line)
    return {
        "type": "platform",
        "bom-ref": f"pkg:generic/python@{_PYTHON}",
        "name": "CPython",
        "version": _PYTHON,
        "purl": f"pkg:generic/python@{_PYTHON}",
        "licenses": [{"license": {"id": "PSF-2.0"}}],
        "hashes": [{"alg": "SHA-256", "content": _digest(fetch_runtime())}],
        "properties": [{"name": "source", "value": source}],
    }


def _package(wheel: Path) -> dict[str, Any]:
    about = metadata_of(wheel)
    name = f"pkg:pypi/{str(about['Name']).lower().replace('_', '-')}@{about['Version']}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": name,
        "name": about["Name"],
        "version": about["Version"],
        "purl": name,
        "hashes": [{"alg": "SHA-256", "content": _digest(wheel)}],
    }
    if licence := licence_name(about):
        component["licenses"] = [{"license": {"name": licence}}]
    return component


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
