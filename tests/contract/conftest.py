"""The switches on which the contract suite runs: the simulator always, the real Asterisk where it can."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.contract.rig import SwitchRig


@pytest.fixture(params=["simulator", pytest.param("asterisk", marks=pytest.mark.lab)])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[SwitchRig]:
    """Yield a switch that is connected, with its telephones and outside callers."""
    if request.param == "simulator":
        from tests.contract.rig_simulator import open_rig as open_simulator

        async with open_simulator() as simulated:
            yield simulated
    else:
        from tests.contract.rig_asterisk import open_rig as open_asterisk

        async with open_asterisk(request.getfixturevalue("lab")) as real:
            yield real
