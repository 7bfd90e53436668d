"""Windows' own sign-in: the real MSAL on a runtime of the test's, and every way in which it may not work."""

from __future__ import annotations

import asyncio
import importlib.machinery
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from enum import Enum
from types import ModuleType, SimpleNamespace
from typing import Any

import msal  # type: ignore[import-untyped]  # it ships no types
import pytest

from reception.console.broker import WindowsBroker, find_broker
from reception.errors import SignInRefused
from reception.wire import Broker

TENANT = "11111111-1111-4111-8111-111111111111"
WANTED = Broker(app="our app", authority=f"https://login.microsoftonline.com/{TENANT}", nonce="once")
WINDOW = 4711
CLAIMS = {
    "aud": "our app",
    "iss": f"{WANTED.authority}/v2.0",
    "sub": "pairwise",
    "oid": "a",
    "tid": TENANT,
    "preferred_username": "alice@firma.example",
}


class Status(Enum):
    """As the runtime names how something ended."""

    Status_AccountUnusable = 1
    Status_InteractionRequired = 2
    Status_UserCanceled = 3
    Status_NoNetwork = 4


class Failed:
    """An error of the runtime's."""

    def __init__(self, status: Status, context: str = "(pii)") -> None:
        self._status, self._context = status, context

    def get_context(self) -> str:
        return self._context

    def get_status(self) -> Status:
        return self._status

    def get_error_code(self) -> int:
        return 1001

    def get_tag(self) -> str:
        return "tag"


class Result:
    """What the runtime calls back with."""

    def __init__(self, error: Failed | None = None, *, token: str = "raw.id.token") -> None:
        self._error, self._token = error, token

    def get_error(self) -> Failed | None:
        return self._error

    def get_telemetry_data(self) -> dict[str, str]:
        return {}

    def get_id_token(self) -> str:
        return json.dumps(CLAIMS)

    def get_raw_id_token(self) -> str:
        return self._token

    def get_account(self) -> Any:
        return SimpleNamespace(get_client_info=lambda: "", get_account_id=lambda: "a")

    def is_pop_authorization(self) -> bool:
        return False

    def get_access_token(self) -> str:
        return "nobody wants it"

    def get_access_token_expiry_time(self) -> int:
        return int(time.time()) + 3600

    def get_granted_scopes(self) -> list[str]:
        return ["email", "openid", "profile"]


class Parameters:
    """What the runtime is asked with."""

    def __init__(self, client_id: str, authority: str) -> None:
        self.client_id, self.authority = client_id, authority
        self.more: dict[str, str] = {}
        self.scopes: list[str] = []

    def set_additional_parameter(self, name: str, value: str) -> None:
        self.more[name] = value

    def set_requested_scopes(self, scopes: list[str]) -> None:
        self.scopes = list(scopes)

    def set_redirect_uri(self, _uri: str) -> None:
        """It does not matter on Windows."""


class CallbackData:
    """Waits for a result."""

    def __init__(self, is_interactive: bool = False) -> None:
        self.is_interactive = is_interactive
        self.signal = threading.Event()
        self.result: Any = None

    def complete(self, result: Any) -> None:
        self.result = result
        self.signal.set()


class Runtime(ModuleType):
    """`pymsalruntime`, as far as MSAL uses it for this."""

    CallbackData = CallbackData
    MSALRuntimeAuthParameters = Parameters
    Response_Status = Status
    LogLevel = SimpleNamespace(TRACE=1, DEBUG=2, FATAL=3)

    def __init__(self) -> None:
        super().__init__("pymsalruntime")
        self.__spec__ = importlib.machinery.ModuleSpec("pymsalruntime", None)
        self.silent = Result()
        self.interactive = Result()
        self.asked: list[tuple[str, int, Parameters]] = []
        self.fails: Exception | None = None
        self.is_open: Callable[[], object] = lambda: None
        self.may_answer = threading.Event()
        self.may_answer.set()

    def register_logging_callback(self, _hear: object) -> None:
        if self.fails is not None:
            raise self.fails

    def signin_silently(self, params: Parameters, _id: str, hear: Callable[[Result], None]) -> None:
        self.asked.append(("silent", 0, params))
        hear(self.silent)

    def signin_interactively(
        self, window: int, params: Parameters, _id: str, _hint: str | None, hear: Callable[[Result], None]
    ) -> None:
        self.asked.append(("window", window, params))
        self.is_open()
        self.may_answer.wait(10)
        hear(self.interactive)

    @property
    def ways(self) -> list[str]:
        return [way for way, _, _ in self.asked]


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Runtime]:
    """Be on Windows, with the runtime installed; there is no network at all."""
    made = Runtime()
    monkeypatch.setitem(sys.modules, "pymsalruntime", made)
    monkeypatch.delitem(sys.modules, "msal.broker", raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("requests.Session.request", _no_network)
    monkeypatch.setattr("webbrowser.open", _no_network)
    yield made
    sys.modules.pop("msal.broker", None)
    if hasattr(msal, "broker"):
        del msal.broker


def _no_network(*given: object, **_: object) -> None:
    raise AssertionError(given)


async def ask(*, chooses: bool = False, wanted: Broker = WANTED) -> str:
    broker = find_broker()
    assert broker is not None
    return await broker.ask(wanted, WINDOW, chooses=chooses)


async def test_the_account_of_windows_is_asked_without_a_window(runtime: Runtime) -> None:
    assert await ask() == "raw.id.token"
    [(way, _, asked)] = runtime.asked
    assert way == "silent"
    assert (asked.client_id, asked.authority) == ("our app", WANTED.authority)
    assert asked.more["nonce"] == "once"
    assert set(asked.scopes) == {"email"}, "the runtime adds those of every sign-in"


async def test_where_somebody_must_do_something_a_window_stands_before_ours(runtime: Runtime) -> None:
    runtime.silent = Result(Failed(Status.Status_InteractionRequired))
    assert await ask() == "raw.id.token"
    assert runtime.ways == ["silent", "window"]
    _, window, asked = runtime.asked[1]
    assert window == WINDOW
    assert asked.more["nonce"] == "once"


async def test_whoever_chooses_is_never_taken_for_the_account_of_windows(runtime: Runtime) -> None:
    assert await ask(chooses=True) == "raw.id.token"
    assert runtime.ways == ["window"]


async def test_who_closes_the_window_has_declined(runtime: Runtime) -> None:
    runtime.interactive = Result(Failed(Status.Status_UserCanceled))
    with pytest.raises(SignInRefused, match="sign_in_declined"):
        await ask(chooses=True)


@pytest.mark.parametrize(
    "result",
    [
        Result(Failed(Status.Status_NoNetwork)),
        Result(Failed(Status.Status_NoNetwork, "AADSTS50011: not registered")),
        Result(token=""),
    ],
    ids=["an error", "the app is not registered for it", "an older runtime"],
)
async def test_what_gives_no_token_leaves_the_browser(
    runtime: Runtime, result: Result, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    runtime.silent = result
    assert await ask() == ""
    assert "(pii)" not in caplog.text


@pytest.mark.parametrize("error", [RuntimeError("an old Windows"), AttributeError("an empty folder")])
async def test_a_broker_that_cannot_begin_leaves_the_browser(runtime: Runtime, error: Exception) -> None:
    runtime.fails = error
    assert await ask() == ""
    assert runtime.asked == []


@pytest.mark.parametrize(
    "authority",
    [
        "https://evil.example/t",
        f"https://login.evil.example/{TENANT}",
        "https://x.b2clogin.com/t/p",
        "nonsense",
    ],
)
async def test_nobody_but_microsoft_is_asked(runtime: Runtime, authority: str) -> None:
    assert await ask(wanted=Broker(app="our app", authority=authority, nonce="once")) == ""
    assert runtime.asked == []


async def test_giving_up_waits_for_no_window(runtime: Runtime) -> None:
    loop, opened = asyncio.get_running_loop(), asyncio.Event()
    runtime.is_open = lambda: loop.call_soon_threadsafe(opened.set)
    runtime.may_answer.clear()
    task = asyncio.create_task(ask(chooses=True))
    try:
        async with asyncio.timeout(10):
            await opened.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
    finally:
        runtime.may_answer.set()


def test_without_the_runtime_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "pymsalruntime", None)
    assert find_broker() is None
    monkeypatch.delitem(sys.modules, "pymsalruntime")
    assert find_broker() is None


def test_elsewhere_there_is_none(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(find_broker(), WindowsBroker)
    monkeypatch.setattr(sys, "platform", "linux")
    assert find_broker() is None


def test_to_look_for_it_loads_nothing() -> None:
    program = (
        "import sys; from reception.console import broker; sys.platform = 'win32'; "
        "assert broker.find_broker() is None; "
        "print([n for n in ('msal', 'requests', 'jwt', 'cryptography') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
