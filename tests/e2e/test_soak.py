"""A long bustle on the real Asterisk: whatever people do and whatever breaks, nobody is lost.

Two receptionists, their phones, three colleagues, the outside and callers do everything at random; the hub
is killed and loses Asterisk now and then. After every burst hub and Asterisk must come to agree: who is on
the line, who talks with whom, who waits; no channel, bridge or call is left over.

In the suite this runs about a minute. ``RECEPTION_SOAK_S=3600`` makes it longer, ``RECEPTION_SOAK_SEED=7``
begins with that seed; each failure names its own.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.contract.rig_asterisk import Relay
from tests.e2e.bustle import Bustle
from tests.e2e.workplace import office_at
from tests.house.strict import ExpectLogs
from tests.lab.fixtures import Lab

pytestmark = pytest.mark.lab

SECONDS = float(os.environ.get("RECEPTION_SOAK_S", "60"))
FIRST_SEED = int(os.environ.get("RECEPTION_SOAK_SEED", "1"))
DAY_S = 30.0
"""How long one seed is played before everybody goes home and the next one begins."""
GROUP = """recall_s = 4
park_recall_s = 6
ring_s = 3
offers_calls = {offers}
[groups.callback]
ring_s = 4
retry_after_s = 1"""


async def test_nobody_is_lost_and_hub_and_asterisk_agree(lab: Lab, tmp_path: Path, expected_logs: ExpectLogs):
    expected_logs("the hub is away")
    until = time.monotonic() + SECONDS
    seed = FIRST_SEED
    while time.monotonic() < until:
        day_s = min(DAY_S, until - time.monotonic())
        try:
            await a_day(lab, tmp_path / str(seed), seed, day_s)
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"RECEPTION_SOAK_SEED={seed}: {error}") from error
        seed += 1


async def a_day(lab: Lab, folder: Path, seed: int, seconds: float) -> None:
    """Play one seed. Odd days ring waiting callers on the receptionists' phones, even days let them wait."""
    folder.mkdir()
    ari = await Relay(int(lab.env["PBX_LAB_HTTP_PORT"])).open()
    ami = await Relay(int(lab.env["PBX_LAB_AMI_PORT"])).open()
    url = lab.env["PBX_LAB_ARI_URL"].replace(lab.env["PBX_LAB_HTTP_PORT"], str(ari.port))
    group = GROUP.format(offers="true" if seed % 2 else "false")
    until = time.monotonic() + seconds
    try:
        switch = {"url": url, "ami_port": ami.port}
        async with office_at(lab, folder, transfer_s=3.0, group=group, switch=switch) as office:
            bustle = Bustle(office, ari, ami, seed)
            await bustle.open()
            try:
                while time.monotonic() < until:
                    await burst(bustle)
                await bustle.go_home()
            finally:
                await bustle.close()
    finally:
        await ari.close()
        await ami.close()


async def burst(bustle: Bustle) -> None:
    """Do some things at once, sometimes with a mishap among them, and wait for quiet."""
    things = bustle.random.randint(1, 8)
    mishap_at = bustle.random.randrange(things) if bustle.random.random() < 0.08 else None
    for n in range(things):
        if n == mishap_at:
            await bustle.mishap()
        await bustle.act()
    await bustle.until_quiet()
