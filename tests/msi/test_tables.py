"""What stands in the packages, before anything is installed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer.bill import bill_of
from installer.building import build
from installer.kept import QT
from installer.products import CONSOLE, HUB, PRODUCTS, Product
from installer.running import BuildError, run
from installer.sizes import report
from installer.staging import distribution, wheels_of
from installer.tables import properties, table
from tests.msi.conftest import NEW, OLD, Shelf

both = pytest.mark.parametrize("product", PRODUCTS.values(), ids=PRODUCTS)


@both
def test_it_is_for_all_users_of_a_computer_with_64_bits(shelf: Shelf, product: Product) -> None:
    msi = shelf.msi(product, OLD)
    assert "Template: x64;1033" in run("msiinfo", "suminfo", msi)
    assert properties(msi)["ALLUSERS"] == "1"


@both
def test_the_next_version_is_another_product_of_the_same_line(shelf: Shelf, product: Product) -> None:
    old, new = properties(shelf.msi(product, OLD)), properties(shelf.msi(product, NEW))
    assert old["UpgradeCode"] == new["UpgradeCode"] == f"{{{product.upgrade_code}}}".upper()
    assert old["ProductCode"] != new["ProductCode"]
    assert (old["ProductVersion"], new["ProductVersion"]) == (OLD, NEW)


def test_the_codes_of_the_lines_never_change() -> None:
    """Another code, and an installation would never be found again."""
    assert str(CONSOLE.upgrade_code) == "b0a3a0b1-8d1c-4c6e-a6d3-70a5b4e1c501"
    assert str(HUB.upgrade_code) == "c2f4d3c9-0a55-4a39-8f0e-5f2f8b9a7d02"


@both
def test_a_file_is_the_same_component_in_the_next_version(shelf: Shelf, product: Product) -> None:
    def codes(version: str) -> dict[str, str]:
        return {
            row["Component"]: row["ComponentId"] for row in table(shelf.msi(product, version), "Component")
        }

    old, new = codes(OLD), codes(NEW)
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    assert len(changed) == 4, "our own metadata has the version in its path: two files, before and after"


@both
def test_each_program_has_its_version_and_each_other_file_its_hash(shelf: Shelf, product: Product) -> None:
    msi = shelf.msi(product, OLD)
    versions = {row["FileName"].split("|")[-1]: row["Version"] for row in table(msi, "File")}
    for program in product.programs:
        assert versions[f"{program.name}.exe"] == f"{OLD}.0"
    assert versions["python311.dll"].startswith("3.11.")
    hashed = {row["File_"] for row in table(msi, "MsiFileHash")}
    assert {row["File"] for row in table(msi, "File") if not row["Version"]} == hashed


@both
def test_no_library_becomes_older(shelf: Shelf, product: Product) -> None:
    def versions(version: str) -> dict[str, tuple[int, ...]]:
        rows = table(shelf.msi(product, version), "File")
        return {row["File"]: tuple(map(int, row["Version"].split("."))) for row in rows if row["Version"]}

    old, new = versions(OLD), versions(NEW)
    assert [name for name in old.keys() & new.keys() if new[name] < old[name]] == []


def test_what_was_told_is_secure_and_decides_what_is_installed(console: Path) -> None:
    secure = properties(console)["SecureCustomProperties"].split(";")
    told = {"HUBADDRESS", "LANGUAGE", "AUTOSTART", "TELLINKS", "DESKTOPSHORTCUT", "REMOVESETTINGS"}
    assert told <= set(secure)
    conditions = {
        row["Component"]: row["Condition"] for row in table(console, "Component") if row["Condition"]
    }
    assert conditions == {
        "cHubAddress": "HUBADDRESS",
        "cLanguage": "LANGUAGE",
        "cAutoStart": 'AUTOSTART = "1"',
        "cTelOffered": 'TELLINKS = "1" OR TELLINKS = "2"',
        "cTelTaken": 'TELLINKS = "2"',
        "cDesktop": 'DESKTOPSHORTCUT = "1"',
    }


def test_actions_come_in_an_order_that_works(console: Path) -> None:
    """An upgrade asks consoles to end before Windows looks for files in use, and
    removes inside the transaction: one that fails puts the old version back.
    """
    rows = table(console, "InstallExecuteSequence")
    number = {row["Action"]: int(row["Sequence"]) for row in rows}
    order = [
        *("AppSearch", "KeepAutoStart", "UsualAutoStart", "LaunchConditions"),
        *("CostFinalize", "QuitForRestart", "InstallValidate", "InstallInitialize", "RemoveExistingProducts"),
        *(
            "ProcessComponents",
            "RemoveSettings",
            "RemoveFiles",
            "InstallFiles",
            "InstallFinalize",
            "OpenAgain",
        ),
    ]
    numbers = [number[action] for action in order if action != "LaunchConditions"]
    assert numbers == sorted(numbers)
    kinds = {row["Action"]: int(row["Type"]) for row in table(console, "CustomAction")}
    assert kinds["RemoveSettings"] == 34 + 64 + 0x400 + 0x800, "as the system, in the transaction, may fail"
    assert kinds["KeepAutoStart"] == 51


@both
def test_an_older_version_is_refused(shelf: Shelf, product: Product) -> None:
    msi = shelf.msi(product, OLD)
    assert any("WIX_DOWNGRADE_DETECTED" in row["Condition"] for row in table(msi, "LaunchCondition"))
    limits = {row["ActionProperty"]: (row["VersionMin"], row["VersionMax"]) for row in table(msi, "Upgrade")}
    assert limits["WIX_DOWNGRADE_DETECTED"][0] == limits["WIX_UPGRADE_DETECTED"][1] == OLD


@both
def test_names_and_keys_are_what_windows_allows(shelf: Shelf, product: Product) -> None:
    msi = shelf.msi(product, OLD)
    short = re.compile(r"[A-Za-z0-9_-]{1,8}(\.[A-Za-z0-9_]{0,3})?")
    for name, column in (("File", "FileName"), ("Directory", "DefaultDir"), ("Shortcut", "Name")):
        values = [row[column] for row in table(msi, name)]
        bad = [
            one for one in values if one not in (".", "SourceDir") and not short.fullmatch(one.split("|")[0])
        ]
        assert bad == []
    assert [row["Key"] for row in table(msi, "Registry") if row["Key"].endswith("\\")] == []


def test_only_the_hub_its_service_and_administrators_read_its_folder(hub: Path) -> None:
    (row,) = table(hub, "MsiLockPermissionsEx")
    assert (row["LockObject"], row["Table"]) == ("DATADIR", "CreateFolder")
    assert row["SDDLText"] == "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;LS)"
    (service,) = table(hub, "ServiceInstall")
    assert service["StartName"] == "NT AUTHORITY\\LocalService"
    assert int(service["ErrorControl"]) == 0x8001, "a service that cannot be installed ends the installation"


@both
def test_it_is_no_larger_than_it_may_be(shelf: Shelf, product: Product, tmp_path: Path) -> None:
    """Console: 45 MB packed, 110 MB installed."""
    built = shelf.built(product, OLD)
    assert built.msi.name in report(product, built)
    small = Product(
        **{name: getattr(product, name) for name in Product.__struct_fields__} | {"most_packed": 1}
    )
    with pytest.raises(BuildError, match="more than the"):
        report(small, built, tmp_path / "none.json")


@both
def test_the_cabinet_holds_every_file_as_it_was(shelf: Shelf, product: Product, tmp_path: Path) -> None:
    built = shelf.built(product, OLD)
    run("msiextract", "-C", tmp_path, built.msi)
    files = shelf.folder / f"work-{product.key}-{OLD}" / "files"
    (top,) = (path for path in tmp_path.rglob("LICENSES.txt") if "runtime" not in path.parts)
    for source in (path for path in files.rglob("*") if path.is_file()):
        assert (top.parent / source.relative_to(files)).read_bytes() == source.read_bytes(), source


def test_the_same_source_gives_the_same_bytes(shelf: Shelf, hub: Path, tmp_path: Path) -> None:
    again = build(HUB, OLD, tmp_path / "dist", work=tmp_path / "elsewhere")
    assert again.msi.read_bytes() == hub.read_bytes()


def test_a_version_has_three_numbers(tmp_path: Path) -> None:
    for version in ("1.2", "1.2.3.4", "1.2.beta"):
        with pytest.raises(BuildError, match="three numbers"):
            build(HUB, version, tmp_path, work=tmp_path)


def test_the_bill_names_all_that_is_in_a_package(hub: Path, console: Path) -> None:
    del hub, console  # built by now, so all is fetched
    for product in PRODUCTS.values():
        wheels = wheels_of(product)
        bill = bill_of(product, OLD, wheels)
        assert bill == bill_of(product, OLD, wheels)
        assert bill.count('"purl": "pkg:pypi/') == len(wheels)
    assert "pyside6-essentials" in {distribution(wheel) for wheel in wheels_of(CONSOLE)}
    assert "pyside6-essentials" not in {distribution(wheel) for wheel in wheels_of(HUB)}


def test_of_qt_there_is_what_is_used(shelf: Shelf, console: Path) -> None:
    del console
    lib = shelf.folder / f"work-console-{OLD}" / "files" / "lib"
    there = {path.relative_to(lib).as_posix() for path in (lib / "PySide6").rglob("*.[pd][yl][dl]")}
    listed = {name for name in QT if name.startswith("PySide6") and name.endswith((".pyd", ".dll"))}
    styles = {name for name in there if "/styles/" in name}
    assert there - styles == listed - {"PySide6/plugins/styles/*.dll"}
