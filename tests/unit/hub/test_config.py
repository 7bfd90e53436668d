"""The configuration: what is right is read, and what is wrong is said with file, setting and way out."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.errors import BadInput
from reception.hub.config import load_config, parse_config
from reception.hub.config_rules import host_and_port, is_loopback
from reception.hub.config_shape import Config

GOOD = """
[hub]
listen = "127.0.0.1:0"
data = "var"

[switch]
backend = "simulator"
[switch.simulator]
call_rate = 10

[[groups]]
id = "main"
name = "Main"
number = "7000"
[groups.callback]
max_tries = 2

[[attendants]]
id = "KLJ"
name = "Karin"
number = "100"
groups = ["main"]
"""


def parse(text: str, folder: Path = Path("/house")) -> Config:
    return parse_config(text, folder / "reception.toml")


def test_a_good_one_is_read_whole() -> None:
    config = parse(GOOD)
    assert config.groups[0].callback.max_tries == 2
    assert config.attendants[0].groups == ("main",)
    assert config.switch_backend == "simulator"
    assert config.switch == {"call_rate": 10}
    assert config.store_backend == "sqlite"
    assert config.hub.data == "/house/var"
    assert len(config.parking.slots) == 20


def test_sources_of_presence_come_one_after_the_other_with_their_own_settings() -> None:
    assert parse(GOOD).presence == ()
    two = (
        GOOD
        + """
[[presence]]
backend = "simulator"
[presence.simulator]
seed = 7
[[presence]]
backend = "graph"
"""
    )
    assert parse(two).presence == (
        ("simulator", {"seed": 7}),
        ("graph", {}),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[presence]\nbackend = "simulator"', r"\[\[presence\]\] with two brackets"),
        ("[[presence]]", r'\[presence\] needs backend = "NAME"'),
        ('[[presence]]\nbackend = "simulator"\nseed = 7', r"settings of a backend in \[presence.simulator\]"),
    ],
)
def test_a_fault_in_a_source_of_presence_is_named(text: str, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        parse(f"{GOOD}\n{text}\n")


def test_the_example_is_in_order() -> None:
    text = resources.files("reception.hub").joinpath("example.toml").read_text(encoding="utf-8")
    config = parse(text)
    assert config.attendants[0].id == "KLJ"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("listen =", "lisen =", r"hub: unknown setting lisen. Did you mean listen\? Allowed: name, listen"),
        ("[hub]", "[hubb]", r"unknown table \[hubb\]. Allowed: hub"),
        (
            "max_tries = 2",
            'max_tries = "2"',
            r"groups\[1\] callback.max_tries: expected a whole number, got text",
        ),
        (
            "max_tries = 2",
            "max_tris = 2",
            r"groups\[1\] callback: unknown setting max_tris. Did you mean max_tries",
        ),
        ("max_tries = 2", "max_tries = 0", r"groups\[1\] callback.max_tries: must be more than 0"),
        ('number = "7000"', "", r"groups\[1\]: number is missing"),
        ('number = "7000"', 'number = "70 00"', r'groups\[1\] number: "70 00" is not a telephone number'),
        ("[[groups]]", "[groups]", r"\[\[groups\]\] with two brackets"),
        (
            'groups = ["main"]',
            'groups = ["mian"]',
            r'attendants\[1\] groups: there is no group "mian". Allowed: main',
        ),
        ('id = "KLJ"', 'id = "../KLJ"', r"attendants\[1\] id: .* is not allowed"),
        ('listen = "127.0.0.1:0"', 'listen = "127.0.0.1"', r"is not HOST:PORT"),
        ('listen = "127.0.0.1:0"', 'listen = "0.0.0.0:8443"', r"with TLS only: give tls_cert and tls_key"),
        ('listen = "127.0.0.1:0"', 'listen = "[::]:8443"', r"with TLS only"),
        ('listen = "127.0.0.1:0"', 'listen = "hub.example:8443"', r"with TLS only"),
        ('data = "var"', 'tls_cert = "a"', r"tls_cert and tls_key are needed together"),
        ('data = "var"', 'zone = "Europe/Kopenhagen"', r'"Europe/Kopenhagen" is not a time zone'),
        ('data = "var"', "idle_exit_s = 0", r"idle_exit_s: must be more than 0"),
        ('backend = "simulator"', "", r'\[switch\] needs backend = "NAME"'),
        ('backend = "simulator"', "backend = 7", r'\[switch\] needs backend = "NAME"'),
        (
            'backend = "simulator"',
            'backend = "simulator"\nurl = "x"',
            r"settings of a backend in \[switch.simulator\]",
        ),
        ("[hub]", "[hub", r"is not valid TOML: .*line 2"),
        ("call_rate = 10", 'password_env = "NO_SUCH_VARIABLE"', r"the variable NO_SUCH_VARIABLE is not set"),
        (
            "call_rate = 10",
            'password_file = "none"',
            r"\[switch.simulator\] password_file: .*none cannot be read",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInput, match=complaint) as fault:
        parse(GOOD.replace(old, new, 1))
    assert str(fault.value).startswith("/house/reception.toml: ")


def test_two_with_the_same_number_are_told() -> None:
    second = '[[attendants]]\nid = "klj"\nname = "K"\nnumber = "101"\n'
    with pytest.raises(BadInput, match='attendants: id "klj" is there 2 times'):
        parse(GOOD + second)


def test_tls_allows_listening_anywhere() -> None:
    text = GOOD.replace('"127.0.0.1:0"', '"0.0.0.0:8443"\ntls_cert = "c.pem"\ntls_key = "k.pem"')
    assert parse(text).hub.tls_cert == "/house/c.pem"


def test_secrets_come_from_files_and_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ari.secret").write_text("from-file\n")
    monkeypatch.setenv("AMI", "from-env")
    text = GOOD.replace(
        "call_rate = 10", 'password_file = "ari.secret"\nami_password_env = "AMI"\nca_file = "x"'
    )
    assert parse(text, tmp_path).switch == {
        "password": "from-file",
        "ami_password": "from-env",
        "ca_file": "x",
    }


def test_a_file_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="reception hub init"):
        load_config(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="cannot be read"):
        load_config(tmp_path / "binary.toml")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(BadInput):
        parse(GOOD + text)


@pytest.mark.parametrize(
    ("listen", "expected"),
    [("127.0.0.1:0", ("127.0.0.1", 0)), ("[::1]:8443", ("::1", 8443)), ("localhost:1", ("localhost", 1))],
)
def test_listen_addresses(listen: str, expected: tuple[str, int]) -> None:
    assert host_and_port(listen) == expected
    assert is_loopback(expected[0])


@pytest.mark.parametrize("listen", ["", ":", "host", "host:", ":80", "host:x", "host:70000", "host:-1"])
def test_no_listen_addresses(listen: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(listen)}$"):
        host_and_port(listen)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "hub.example", "128.0.0.1", "localhost.evil"])
def test_beyond_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_what_is_hidden_of_people_is_read() -> None:
    text = GOOD.replace("[[attendants]]", "[[attendants]]\nsees_hidden = true")
    config = parse(text + '\n[people]\nfirst_import = "p.csv"\nnotes = ["Only us"]\nhide_mobiles = true\n')
    assert config.people.first_import == "/house/p.csv"
    assert (config.people.notes, config.people.hide_mobiles) == (("Only us",), True)
    assert config.attendants[0].sees_hidden
