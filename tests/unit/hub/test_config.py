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
from reception.hub.web.opening import redirect_of

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
        (
            'number = "7000"',
            'number = "7000"\nwithout_activities = ["lunhc"]',
            r'groups\[1\] without_activities: "lunhc" is not one of the office.s activities. .*lunch',
        ),
        (
            'number = "7000"',
            'number = "7000"\nwithout_roles = ["wrk"]',
            r'groups\[1\] without_roles: "wrk" is not one of the office\'s roles',
        ),
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
    assert re.match(r"/house/reception\.toml(:\d+)?: ", str(fault.value))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("listen =", "lisen =", 3),
        ("[hub]", "[hubb]", 2),
        ("[[groups]]", "[groups]", 11),
        ('number = "7000"', "", 11),
        ('number = "7000"', 'number = "70 00"', 14),
        ("max_tries = 2", "max_tris = 2", 16),
        ("max_tries = 2", "max_tries = 0", 16),
        ('id = "KLJ"', 'id = "../KLJ"', 19),
        ('backend = "simulator"', 'backend = "simulator"\nurl = "x"', 8),
    ],
)
def test_a_fault_is_named_by_its_line(old: str, new: str, line: int) -> None:
    with pytest.raises(BadInput) as fault:
        parse(GOOD.replace(old, new, 1))
    assert str(fault.value).startswith(f"/house/reception.toml:{line}: ")


def test_a_table_that_is_missing_has_no_line() -> None:
    with pytest.raises(BadInput, match=r"^/house/reception\.toml: \[switch\] needs backend"):
        parse(
            GOOD.replace("[switch]", "", 1).replace(
                'backend = "simulator"\n[switch.simulator]\ncall_rate = 10', ""
            )
        )


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
        "ca_file": str(tmp_path / "x"),
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


MICROSOFT = """
[microsoft]
tenant = "t"
client_id = "c"
secret_file = "ms.secret"
certificate = "hub.pem"
"""


def test_what_speaks_to_microsoft_shares_one_table(tmp_path: Path) -> None:
    (tmp_path / "ms.secret").write_text("hush\n")
    presence = '[[presence]]\nbackend = "graph"\n[presence.graph]\nteams = false\n'
    others = '[[presence]]\nbackend = "ics"\n[presence.ics]\nfolder = "cal"\n'
    config = parse(GOOD + MICROSOFT + presence + others, tmp_path)
    assert config.microsoft is not None
    assert (config.microsoft.tenant, config.microsoft.secret) == ("t", "hush")
    assert config.microsoft.certificate == str(tmp_path / "hub.pem")
    (_, graph), (_, ics) = config.presence
    shared = {"tenant": "t", "client_id": "c", "secret": "hush", "certificate": config.microsoft.certificate}
    assert graph == {"teams": False, "microsoft": shared}
    assert "microsoft" not in ics
    assert parse(GOOD).microsoft is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[microsoft]\ntenant = 5", "microsoft tenant"),
        ('[microsoft]\ntenant = "t"', "client_id is missing"),
        ('[microsoft]\ntenant = "t"\nclient_id = "c"\nsecrt = "x"', "Did you mean secret"),
        ('[[microsoft]]\ntenant = "t"', "one bracket"),
    ],
)
def test_faults_of_the_shared_table_are_named(wrong: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        parse(f"{GOOD}\n{wrong}")


IDENTITY = """
[microsoft]
tenant = "11111111-1111-4111-8111-111111111111"
client_id = "app"
secret = "s"
[web]
listen = "127.0.0.1:8080"
[identity]
backend = "graph"
"""


def test_who_vouches_for_people_is_read_with_what_is_shared() -> None:
    config = parse(GOOD + IDENTITY + 'address = "https://presence.example"\npasswords = false\n')
    assert config.identity is not None
    name, settings = config.identity
    assert (name, settings["microsoft"]["client_id"]) == ("graph", "app")
    rules = config.identity_rules
    assert (rules.address, rules.passwords) == ("https://presence.example", False)
    assert redirect_of(config) == "https://presence.example/sign-in/microsoft/back"
    assert redirect_of(parse(GOOD + IDENTITY)) == "http://127.0.0.1:8080/sign-in/microsoft/back"
    assert parse(GOOD).identity is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (IDENTITY.replace('[web]\nlisten = "127.0.0.1:8080"\n', ""), "give [web] listen"),
        (IDENTITY.replace('backend = "graph"', ""), '[identity] needs backend = "NAME"'),
        (IDENTITY + "adress = 1\n", "[identity] adress"),
        (IDENTITY + "passwords = 1\n", "identity passwords"),
        *(
            (f'{IDENTITY}address = "{address}"\n', "identity address")
            for address in (
                "http://presence.example",
                "presence.example",
                "https://presence.example/page",
                "https://presence.example?x=1",
                "https://user@presence.example",
                "https://presence.example:99999",
                "https://[",
                "javascript:alert(1)",
            )
        ),
        ('identity = "graph"\n' + GOOD, "write [identity] with one bracket"),
    ],
)
def test_faults_of_the_sign_in_are_named(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        parse(text if text.endswith(GOOD) else GOOD + text)
