"""The hub as a service of Windows: it waits for its configuration, answers, is upgraded and removed."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from installer.products import HUB
from tests.msi.conftest import NEW, OLD
from tests.msi.wine import Wine, wait_until

PROGRAM = r"C:\Program Files\Reception Hub\ReceptionHub.exe"


def data(wine: Wine) -> Path:
    return wine.drive / "ProgramData" / "Reception Hub"


def log(wine: Wine) -> str:
    file = data(wine) / "service.log"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def state(wine: Wine) -> str:
    return wine.run("sc", "query", "ReceptionHub").stdout


def answers(wine: Wine) -> bool:
    """Return whether the hub speaks WebSocket where it says that it listens."""
    try:
        info = json.loads((data(wine) / "hub.json").read_bytes())
        with socket.create_connection((info["host"], info["port"]), timeout=5) as line:
            line.sendall(
                b"GET / HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
            )
            return line.recv(12).startswith(b"HTTP/1.1 ")
    except (OSError, ValueError):
        return False


def test_the_service_waits_for_its_configuration(wine: Wine, hub: Path) -> None:
    assert wine.install(hub) == 0
    assert "RUNNING" in state(wine)
    wait_until(lambda: "no such file" in log(wine), "a word about the configuration")


def test_it_answers_soon_after_it_was_configured(wine: Wine) -> None:
    assert wine.run(PROGRAM, "init").returncode == 0
    assert (data(wine) / "reception.toml").exists()
    wait_until(lambda: answers(wine), "the hub")
    assert wine.run(PROGRAM, "check-config").returncode == 0


def test_it_stops_in_order_when_windows_says_so(wine: Wine) -> None:
    wine.run("net", "stop", "ReceptionHub")
    wait_until(lambda: "STOPPED" in state(wine), "the end of the service")
    assert "the hub ends: the service is to stop" in log(wine)
    assert not (data(wine) / "hub.json").exists(), "a hub that ends in order takes its word away"


def test_an_upgrade_starts_the_new_one_with_the_same_data(wine: Wine, next_hub: Path) -> None:
    """Windows stops the service itself; Wine does not wait for that, so it was stopped before."""
    configuration = (data(wine) / "reception.toml").read_bytes()
    assert wine.install(next_hub) == 0
    wait_until(lambda: answers(wine), "the new hub")
    assert wine.run(PROGRAM, "--help").returncode == 0
    assert (data(wine) / "reception.toml").read_bytes() == configuration
    setup = wine.registry(r"HKLM\Software\Reception\HubSetup")
    assert next(iter(setup.values()))["Version"] == NEW != OLD


def test_removing_it_ends_it_and_keeps_its_data(wine: Wine, next_hub: Path) -> None:
    wine.run("net", "stop", "ReceptionHub")
    wait_until(lambda: "STOPPED" in state(wine), "the end of the service")
    assert wine.remove(f"{{{HUB.product_code(NEW)}}}") == 0
    assert not (wine.drive / "Program Files" / "Reception Hub").exists()
    assert wine.registry(r"HKLM\Software\Reception\HubSetup") == {}
    assert "RUNNING" not in state(wine)
    assert (data(wine) / "reception.toml").exists()

    assert wine.install(next_hub) == 0
    wine.run("net", "stop", "ReceptionHub")
    wait_until(lambda: "STOPPED" in state(wine), "the end of the service")
    assert wine.remove(f"{{{HUB.product_code(NEW)}}}", "REMOVESETTINGS=1") == 0
    assert not data(wine).exists()
