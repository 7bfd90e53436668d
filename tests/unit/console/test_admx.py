"""The templates for group policies and the program know the same policies, in every language."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from reception.console.policies import Policies, read_organisation
from reception.console.policies_windows import POLICIES
from scripts.requirements import TOP

FOLDER = TOP / "installer" / "admx"
LANGUAGES = ("en-US", "da-DK", "de-DE")
SPACE = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
REFERENCE = re.compile(r"\$\((string|presentation)\.(\w+)\)")

ADMX = ElementTree.parse(FOLDER / "Reception.admx").getroot()


def policies() -> dict[str, ElementTree.Element]:
    return {str(one.get("name")): one for one in ADMX.iter(f"{SPACE}policy")}


def known() -> dict[str, Any]:
    hints = get_type_hints(Policies)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(Policies)}


def of_language(language: str) -> ElementTree.Element:
    return ElementTree.parse(FOLDER / language / "Reception.adml").getroot()


def elements_of(policy: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for group in policy.findall(f"{SPACE}elements") for one in group]


def test_the_program_knows_every_policy_and_every_policy_has_its_template() -> None:
    assert set(policies()) == set(known())


@pytest.mark.parametrize("name", known())
def test_what_is_written_to_the_registry_is_what_the_program_reads(name: str) -> None:
    policy = policies()[name]
    assert policy.get("key") == POLICIES
    assert policy.get("class") == "Both"
    hint = known()[name]
    kinds = get_args(hint)
    elements = elements_of(policy)
    if bool in kinds:
        assert policy.get("valueName") == name
        assert elements == []
        assert policy.find(f"{SPACE}enabledValue/{SPACE}decimal").get("value") == "1"  # type: ignore[union-attr]
        assert policy.find(f"{SPACE}disabledValue/{SPACE}decimal").get("value") == "0"  # type: ignore[union-attr]
        return
    (element,) = elements
    assert element.get("id") == element.get("valueName") == name
    kind = element.tag.removeprefix(SPACE)
    if int in kinds:
        assert kind == "decimal"
    elif str in kinds:
        assert kind == "text"
    else:
        assert kind == "enum"
        values = {str(one.text) for one in element.iter(f"{SPACE}string")}
        assert values == {value for one in kinds for value in get_args(one)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_once_and_none_is_too_many(language: str) -> None:
    root = of_language(language)
    strings = [str(one.get("id")) for one in root.iter(f"{SPACE}string")]
    shown = [str(one.get("id")) for one in root.iter(f"{SPACE}presentation")]
    wanted: dict[str, set[str]] = {"string": set(), "presentation": set()}
    for one in ADMX.iter():
        for value in one.attrib.values():
            for kind, name in REFERENCE.findall(value):
                wanted[kind].add(name)
    assert sorted(strings) == sorted(wanted["string"])
    assert sorted(shown) == sorted(wanted["presentation"])
    assert all((one.text or "").strip() for one in root.iter(f"{SPACE}string"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_has_its_field_in_the_editor(language: str) -> None:
    fields = {
        str(one.get("id")): [field.get("refId") for field in one]
        for one in of_language(language).iter(f"{SPACE}presentation")
    }
    for name, policy in policies().items():
        wanted = [element.get("id") for element in elements_of(policy)]
        assert fields.get(name, []) == wanted


def test_what_the_templates_write_holds() -> None:
    """Every value that the editor can write for a choice, and one of each other kind."""

    class Written:
        def settled(self) -> dict[str, object]:
            found: dict[str, object] = {}
            for name, policy in policies().items():
                elements = elements_of(policy)
                kind = elements[0].tag.removeprefix(SPACE) if elements else "bool"
                enum = next((one.text for one in policy.iter(f"{SPACE}string")), "")
                found[name] = {"bool": 0, "text": "x", "decimal": 7, "enum": enum}[kind]
            return found

        def proposed(self) -> dict[str, object]:
            return {}

    settled = read_organisation(Written()).settled
    assert all(getattr(settled, field.name) is not None for field in msgspec.structs.fields(Policies))
