"""Says who may read the folder of a hub: it holds passwords and tokens.

WiX writes this with PermissionEx, which wixl does not know. Windows Installer sets it when it makes the
folder.
"""

from __future__ import annotations

from typing import Final

from installer.products import HUB, Product

HUB_FOLDER: Final = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;LS)"
"""In SDDL: the system, administrators and the service's account (LocalService); nothing is inherited."""
_TABLE: Final = (
    "CREATE TABLE `MsiLockPermissionsEx` (`MsiLockPermissionsEx` CHAR(72) NOT NULL, "
    "`LockObject` CHAR(72) NOT NULL, `Table` CHAR(32) NOT NULL, `SDDLText` CHAR(255) NOT NULL, "
    "`Condition` CHAR(255) PRIMARY KEY `MsiLockPermissionsEx`)"
)


def statements_for(product: Product) -> list[str]:
    """Return the SQL that protects the folders of a package."""
    if product is not HUB:
        return []
    row = f"'pData', 'DATADIR', 'CreateFolder', '{HUB_FOLDER}'"
    columns = "`MsiLockPermissionsEx`, `LockObject`, `Table`, `SDDLText`"
    return [_TABLE, f"INSERT INTO `MsiLockPermissionsEx` ({columns}) VALUES ({row})"]
