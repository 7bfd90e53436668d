"""The thin modules for Windows against libraries that behave as those of Windows are documented to.

What only Windows itself can show is in the checklist of the installers.
"""

from __future__ import annotations

import ctypes
import queue
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from reception.console import process_windows
from reception.console.hot_keys_windows import WindowsHotKeys
from reception.console.policies_windows import PolicyRegistry
from reception.console.strokes import Stroke
from reception.console.tokens_windows import WindowsTokens, _Credential
from reception.hub.stop_event_windows import wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there the libraries are real")


class Function:
    """A function of a library: takes `argtypes` and `restype`, as ctypes has them."""

    def __init__(self, does: Callable[..., Any]) -> None:
        self.argtypes: tuple[Any, ...] = ()
        self.restype: Any = None
        self._does = does

    def __call__(self, *given: Any) -> Any:
        for kind, value in zip(self.argtypes, given, strict=False):
            kind.from_param(value)
        return self._does(*given)


def library(**functions: Callable[..., Any]) -> SimpleNamespace:
    return SimpleNamespace(**{name: Function(does) for name, does in functions.items()})


class Vault:
    """The Credential Manager."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.error = 0
        self.freed = 0
        self._lent: list[Any] = []

    def write(self, given: Any, flags: int) -> int:
        one = given._obj
        assert (one.type, one.persist, flags) == (1, 2, 0)
        self.kept[one.target] = ctypes.string_at(one.blob, one.blob_size)
        return 1

    def read(self, target: str, kind: int, flags: int, found: Any) -> int:
        assert (kind, flags) == (1, 0)
        if target not in self.kept:
            self.error = 1168
            return 0
        blob = ctypes.create_string_buffer(self.kept[target], len(self.kept[target]))
        one = _Credential(blob_size=len(blob), blob=ctypes.cast(blob, ctypes.c_void_p))
        self._lent += [blob, one]
        found._obj.contents = one
        return 1

    def delete(self, target: str, kind: int, flags: int) -> int:
        assert (kind, flags) == (1, 0)
        if self.kept.pop(target, None) is None:
            self.error = self.error or 1168
            return 0
        return 1

    def free(self, _one: Any) -> None:
        self.freed += 1

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = library(
            CredReadW=self.read, CredWriteW=self.write, CredDeleteW=self.delete, CredFree=self.free
        )
        monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: made, raising=False)
        monkeypatch.setattr(ctypes, "get_last_error", lambda: self.error, raising=False)


def test_tokens_are_credentials_of_their_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault()
    vault.install(monkeypatch)
    store = WindowsTokens()
    assert store.read("wss://a.example") == ""
    store.write("wss://a.example", "tøken")
    assert vault.kept == {"Reception: wss://a.example": "tøken".encode()}
    assert store.read("wss://a.example") == "tøken"
    assert vault.freed == 1
    store.write("wss://b.example", "of another")
    store.forget("wss://a.example")
    assert list(vault.kept) == ["Reception: wss://b.example"]
    store.forget("wss://a.example")  # it is so already
    assert ctypes.sizeof(_Credential) == 80 or ctypes.sizeof(ctypes.c_void_p) == 4


def test_a_vault_that_is_locked_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault()
    vault.install(monkeypatch)
    vault.write = lambda *_: 0  # type: ignore[method-assign]
    vault.read = lambda *_: 0  # type: ignore[method-assign]
    vault.install(monkeypatch)
    vault.error = 1312
    with pytest.raises(OSError, match="1312"):
        WindowsTokens().write("wss://a.example", "t")
    with pytest.raises(OSError, match="1312"):
        WindowsTokens().read("wss://a.example")
    with pytest.raises(OSError, match="1312"):
        WindowsTokens().forget("wss://a.example")


class Keyboard:
    """user32 and kernel32, as far as hot keys go."""

    def __init__(self, taken: set[tuple[int, int]]) -> None:
        self.taken = taken
        self.registered: dict[int, tuple[int, int]] = {}
        self.messages: queue.Queue[tuple[int, int]] = queue.Queue()

    def register(self, window: None, number: int, held: int, code: int) -> int:
        if (held, code) in self.taken:
            return 0
        self.registered[number] = (held, code)
        return 1

    def unregister(self, window: None, number: int) -> None:
        self.registered.pop(number, None)

    def get(self, message: Any, window: None, first: int, last: int) -> int:
        message._obj.kind, message._obj.wide = self.messages.get(timeout=10)
        return int(message._obj.kind != 0x12)

    def post(self, thread: int, kind: int, wide: int, long: int) -> int:
        assert thread == 77
        self.messages.put((kind, wide))
        return 1

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        user = library(
            RegisterHotKey=self.register,
            UnregisterHotKey=self.unregister,
            GetMessageW=self.get,
            PostThreadMessageW=self.post,
        )
        both = SimpleNamespace(user32=user, kernel32=library(GetCurrentThreadId=lambda: 77))
        monkeypatch.setattr(ctypes, "windll", both, raising=False)


def test_hot_keys_are_registered_heard_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard = Keyboard(taken={(0x4000, 0x78)})
    keyboard.install(monkeypatch)
    pressed: queue.Queue[Stroke] = queue.Queue()
    answer, f9 = Stroke(("Ctrl", "Alt"), "A"), Stroke((), "F9")
    keys = WindowsHotKeys((answer, f9), pressed.put)
    assert keys.refused == (f9,)
    assert keyboard.registered == {0: (0x4003, 0x41)}
    keyboard.messages.put((0x0113, 0))  # a timer's, for instance
    keyboard.messages.put((0x0312, 0))
    assert pressed.get(timeout=10) == answer
    keys.close()
    keys.close()
    assert keyboard.registered == {}
    assert pressed.empty()


@pytest.mark.parametrize(
    ("handle", "waited", "is_alive"), [(None, 0, False), (5, 0x102, True), (5, 0, False)]
)
def test_whether_a_process_runs(
    monkeypatch: pytest.MonkeyPatch, handle: int | None, waited: int, is_alive: bool
) -> None:
    closed: list[int] = []
    kernel = library(
        OpenProcess=lambda rights, inherits, pid: handle,
        WaitForSingleObject=lambda process, ms: waited,
        CloseHandle=closed.append,
    )
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert process_windows.is_alive(4711) is is_alive
    assert closed == ([handle] if handle else [])


def test_the_stop_event_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    waited = {"result": 0}

    def open_event(rights: int, inherits: bool, name: str) -> int | None:
        names.append(name)
        return 9 if name.startswith("Global") else None

    kernel = library(
        OpenEventW=open_event, WaitForSingleObject=lambda *_: waited["result"], CloseHandle=lambda _: 1
    )
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 2, raising=False)
    wait_for("Global\\ReceptionHubStop-1")
    assert names == ["Global\\ReceptionHubStop-1"]
    with pytest.raises(OSError, match="error 2"):
        wait_for("none")
    waited["result"] = 0xFFFF_FFFF
    with pytest.raises(OSError, match="error 2"):
        wait_for("Global\\x")


OPENINGS = (
    WindowsTokens,
    lambda: WindowsHotKeys((), print),
    lambda: wait_for("x"),
    lambda: process_windows.is_alive(1),
)


@pytest.mark.parametrize("make", OPENINGS)
def test_elsewhere_they_say_that_this_is_no_windows(make: Callable[[], object]) -> None:
    with pytest.raises(OSError, match="no Windows"):
        make()


def test_elsewhere_the_registry_says_nothing() -> None:
    assert (PolicyRegistry().settled(), PolicyRegistry().proposed()) == ({}, {})
