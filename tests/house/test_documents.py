"""The documents are true where a machine can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from reception.hub import config_shape, office_shape, office_tables
from reception.hub.config import parse_config
from reception.hub.office_file import parse_office
from scripts.requirements import TOP
from services.directory import create as read_people
from services.directory.columns import PEOPLE

DOCUMENTS = sorted([*TOP.glob("*.md"), *TOP.glob("docs/*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def name_of(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_exist(document: Path) -> None:
    """Every `make ...` and every script that a document names is there."""
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)(?=[\s`]*(?:$|[#`A-Z]))", text, re.MULTILINE)) <= targets
    scripts = re.findall(r"(?:^|[\s`])(scripts/[\w.-]+)", text, re.MULTILINE)
    assert [script for script in scripts if not (TOP / script).exists()] == []


def structs_in(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """Yield the settings' types below a type of the configuration, and the type itself."""
    for inner in get_args(kind):
        yield from structs_in(inner)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
        for field in msgspec.structs.fields(kind):
            yield from structs_in(field.type)


CONFIGURATION, OFFICE = TOP / "docs" / "configuration.md", TOP / "docs" / "office.md"
OFFICE_TABLES = set(structs_in(office_tables.OfficeTables))
WORKED_OUT = {config_shape.Config, *structs_in(office_shape.OfficeSettings)} - OFFICE_TABLES
SETTINGS = [
    *(
        (CONFIGURATION, kind)
        for kind in structs_in(config_shape.Config)
        if kind not in WORKED_OUT | OFFICE_TABLES
    ),
    *((OFFICE, kind) for kind in OFFICE_TABLES),
]


@pytest.mark.parametrize(("document", "settings"), SETTINGS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_setting_is_described(document: Path, settings: type[msgspec.Struct]) -> None:
    text = document.read_text(encoding="utf-8")
    described = set(re.findall(r"`(\w+)`", text)) | set(re.findall(r"^In `\[groups\.(\w+)\]`", text, re.M))
    assert {field.name for field in msgspec.structs.fields(settings)} <= described


@pytest.mark.parametrize(("document", "settings"), SETTINGS, ids=lambda value: getattr(value, "__name__", ""))
def test_described_defaults_are_the_real_ones(document: Path, settings: type[msgspec.Struct]) -> None:
    text = document.read_text(encoding="utf-8")
    for field in msgspec.structs.fields(settings):
        if isinstance(field.default, bool | int | float):
            value = str(field.default).lower() if isinstance(field.default, bool) else f"{field.default:g}"
            assert f"| `{field.name}` | {value} |" in text


def test_the_example_of_a_configuration_is_valid(tmp_path: Path) -> None:
    text = (TOP / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.+?)```", text, re.DOTALL)
    assert example
    for secret in ("ari.secret", "ami.secret", "klj.token"):
        (tmp_path / secret).write_text("secret\n")
    config = parse_config(example[1], tmp_path / "reception.toml")
    assert config.switch["password"] == config.switch["ami_password"] == "secret"


def test_the_example_of_an_office_is_valid() -> None:
    example = re.search(r"```toml\n(.+?)```", OFFICE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    found = parse_office(example[1], "office.toml")
    assert [s.id for s in found.office.shortcuts] == ["customer"]


def test_the_described_columns_of_people_are_the_real_ones() -> None:
    text = (TOP / "docs" / "people.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:3] for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == 15
    for names, others in rows:
        columns = re.findall(r"`(.+?)`", names)
        fields = {PEOPLE.field_of(name) for name in columns}
        assert None not in fields
        assert len(fields) == len(columns)
        assert {PEOPLE.field_of(name) for name in re.split(r"[,;] ", others.strip()) if name} <= fields, (
            others
        )


def test_the_example_of_people_can_be_imported(tmp_path: Path) -> None:
    text = (TOP / "docs" / "people.md").read_text(encoding="utf-8")
    example = re.search(r"```csv\n(.+?)```", text, re.DOTALL)
    assert example
    file = tmp_path / "people.csv"
    file.write_text(example[1], encoding="utf-8")
    alice, bob = read_people(str(file))
    assert alice.alternates == (bob.id,)
    assert alice.fields == {"Building": "North"}
