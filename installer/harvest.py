"""Describes the files of a package for WiX: one component for each file.

Names and codes of components depend on nothing but where a file is installed: so an upgrade and a repair
know each file again.
"""

from __future__ import annotations

import hashlib
import uuid
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Final

from installer.products import GUID_SPACE, Product

SPACE: Final = "{http://schemas.microsoft.com/wix/2006/wi}"
ElementTree.register_namespace("", SPACE[1:-1])


def stable_id(kind: str, path: str) -> str:
    """Return the name in the package's tables of a file (f), a folder (d) or a component (c)."""
    return kind + hashlib.sha256(path.lower().encode()).hexdigest()[:20]


def harvest(product: Product, files: Path, target: Path) -> None:
    """Write the description of all files; a service is described in the product's own .wxs."""
    wix = ElementTree.Element(f"{SPACE}Wix")
    fragment = ElementTree.SubElement(wix, f"{SPACE}Fragment")
    folders = {"": ElementTree.SubElement(fragment, f"{SPACE}DirectoryRef", Id="INSTALLDIR")}
    group = ElementTree.SubElement(
        ElementTree.SubElement(wix, f"{SPACE}Fragment"), f"{SPACE}ComponentGroup", Id="Files"
    )
    services = {f"{program.name}.exe" for program in product.programs if program.is_service}
    for file in sorted(path for path in files.rglob("*") if path.is_file()):
        path = file.relative_to(files).as_posix()
        if path in services:
            continue
        folder = _folder(folders, path.rpartition("/")[0])
        name = stable_id("c", path)
        guid = str(uuid.uuid5(GUID_SPACE, f"{product.key}/{path.lower()}")).upper()
        component = ElementTree.SubElement(folder, f"{SPACE}Component", Id=name, Win64="yes", Guid=guid)
        source = f"$(var.Stage)/files/{path}"
        ElementTree.SubElement(
            component, f"{SPACE}File", Id=stable_id("f", path), Source=source, KeyPath="yes", Name=file.name
        )
        ElementTree.SubElement(group, f"{SPACE}ComponentRef", Id=name)
    ElementTree.indent(wix)
    ElementTree.ElementTree(wix).write(target, encoding="utf-8", xml_declaration=True)


def _folder(folders: dict[str, ElementTree.Element], path: str) -> ElementTree.Element:
    """Return the element of a folder, made with those above it when it is new."""
    if path not in folders:
        above, _, name = path.rpartition("/")
        folders[path] = ElementTree.SubElement(
            _folder(folders, above), f"{SPACE}Directory", Id=stable_id("d", path), Name=name
        )
    return folders[path]
