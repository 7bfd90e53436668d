"""Takes out of a WiX source what wixl 0.101 refuses or leaves out without a word.

The sources stay plain WiX 3. What is taken out here is put into the finished package as SQL
(`installer.finishing`). Each case was found by comparing tables with those of WiX itself.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Final

import msgspec

from installer.harvest import SPACE

_SET_PROPERTY: Final = 51
_RUN_IN_FOLDER: Final = 34
_TRANSITIVE: Final = 64
_VITAL: Final = 0x8000
_ERROR_CONTROL: Final = {"ignore": 0, "normal": 1, "critical": 3}
_RETURN: Final = {"check": 0, "ignore": 64, "asyncWait": 128, "asyncNoWait": 192}
_AFTER_INITIALIZE: Final = 1501
"""Inside the transaction: an upgrade that fails puts the old version back."""


class Fixes(msgspec.Struct, kw_only=True):
    """What is missing from the package that wixl makes."""

    attributes: dict[str, int] = {}
    secure: list[str] = []
    sql: list[str] = []


def lower(source: Path, target: Path) -> Fixes:
    """Write a source that wixl takes; returns what is to be put back."""
    tree = ElementTree.parse(source)
    fixes = Fixes()
    for element in tree.iter():
        match element.tag.removeprefix(SPACE):
            case "Component":
                _component(element, fixes)
            case "Property" if element.attrib.pop("Secure", None) == "yes":
                fixes.secure.append(element.attrib["Id"])
            case "CustomAction":
                _custom_action(element, fixes)
            case "MajorUpgrade":
                _major_upgrade(element, fixes)
            case "ServiceInstall" if element.attrib.pop("Vital", None) == "yes":
                bits = _VITAL | _ERROR_CONTROL[element.attrib["ErrorControl"]]
                fixes.sql.append(
                    f"UPDATE `ServiceInstall` SET `ErrorControl`={bits} "
                    f"WHERE `ServiceInstall`='{element.attrib['Id']}'"
                )
    tree.write(target, encoding="utf-8", xml_declaration=True)
    return fixes


def _component(element: ElementTree.Element, fixes: Fixes) -> None:
    name = element.attrib["Id"]
    condition = element.find(f"{SPACE}Condition")
    if condition is not None:
        text = (condition.text or "").strip()
        assert "'" not in text, "an apostrophe would end the SQL"
        fixes.sql.append(f"UPDATE `Component` SET `Condition`='{text}' WHERE `Component`='{name}'")
        element.remove(condition)
    if element.attrib.pop("Transitive", None) == "yes":
        fixes.attributes[name] = _TRANSITIVE


def _custom_action(element: ElementTree.Element, fixes: Fixes) -> None:
    """wixl makes any of them an action without impersonation that is run at once."""
    name, attributes = element.attrib["Id"], element.attrib
    if "Directory" in attributes:
        kind = _RUN_IN_FOLDER | _RETURN[attributes.pop("Return", "check")]
        if attributes.pop("Execute", "immediate") == "deferred":
            kind |= 0x400
        if attributes.pop("Impersonate", "yes") == "no":
            kind |= 0x800
        source, target = attributes.pop("Directory"), attributes.pop("ExeCommand")
        element.set("Property", "X")
        element.set("Value", "X")
    else:
        kind, source, target = _SET_PROPERTY, attributes["Property"], attributes["Value"]
    fixes.sql.append(
        f"UPDATE `CustomAction` SET `Type`={kind}, `Source`='{source}', `Target`='{target}' "
        f"WHERE `Action`='{name}'"
    )


def _major_upgrade(element: ElementTree.Element, fixes: Fixes) -> None:
    element.attrib.pop("AllowSameVersionUpgrades", None)
    if element.attrib.pop("Schedule", None) == "afterInstallInitialize":
        fixes.sql.append(
            f"UPDATE `InstallExecuteSequence` SET `Sequence`={_AFTER_INITIALIZE} "
            "WHERE `Action`='RemoveExistingProducts'"
        )
