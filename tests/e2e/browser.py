"""A real Chromium, driven over its own protocol (DevTools) with the websockets library we have anyway.

`RECEPTION_CHROMIUM` names the program; else it is looked for. Where there is none the tests are skipped, or
fail with RECEPTION_REQUIRE_LAB=1.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from websockets.asyncio.client import ClientConnection, connect

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE_S: Final = 20.0
_KEYS: Final = {"Enter": 13, "Tab": 9, "Escape": 27, " ": 32, "ArrowRight": 39, "ArrowDown": 40}
_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--mute-audio",
    "--no-first-run",
    "--password-store=basic",
    "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find_chromium() -> str:
    """Return the program's path; skips the test without one."""
    found = os.environ.get("RECEPTION_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        why = "no Chromium here: scripts/system-packages test installs it"
        if os.environ.get("RECEPTION_REQUIRE_LAB") == "1":
            pytest.fail(why)
        pytest.skip(why)
    return found


class Tab:
    """One page in the browser. Waits for what is asked for; never for time."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reader = asyncio.create_task(self._read(), name="browser reader")
        self._has_scripts = True
        self.faults: list[str] = []

    async def close(self) -> None:
        """Close the page."""
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._connection.close()

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Carry out a command of the protocol."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._connection.send(json.dumps({"id": number, "method": method, "params": params}))
        async with asyncio.timeout(_PATIENCE_S):
            return await answer

    async def _read(self) -> None:
        async for text in self._connection:
            said = json.loads(text)
            if (answer := self._answers.pop(said.get("id", 0), None)) is not None:
                if "error" in said:
                    answer.set_exception(RuntimeError(str(said["error"])))
                else:
                    answer.set_result(said["result"])
            elif said.get("method") == "Log.entryAdded" and said["params"]["entry"]["level"] == "error":
                self.faults.append(said["params"]["entry"]["text"])
            elif said.get("method") == "Runtime.exceptionThrown":
                self.faults.append(str(said["params"]["exceptionDetails"]))

    # -------------------------------------------------------------- what the page is

    async def run(self, script: str) -> Any:
        """Return the value of an expression of the page; promises are awaited."""
        done = await self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in done:
            raise RuntimeError(str(done["exceptionDetails"]))
        return done["result"].get("value")

    async def until(self, condition: str) -> Any:
        """Wait until an expression is true; it is looked at every few milliseconds."""
        if not self._has_scripts:
            return await self._until_from_outside(condition)
        script = f"""new Promise((done, fail) => {{
            const begun = performance.now();
            const look = () => {{
                let value = null;
                try {{ value = {condition}; }} catch (error) {{ value = null; }}
                if (value) done(value);
                else if (performance.now() - begun > {_PATIENCE_S * 700}) fail(new Error('never true'));
                else setTimeout(look, 4);
            }};
            look();
        }})"""
        while True:
            try:
                return await self.run(script)
            except RuntimeError as error:  # the page was left meanwhile; look at the next one
                if "context" not in str(error) and "navigat" not in str(error):
                    raise AssertionError(f"never true: {condition}\n{await self.text()}") from error

    async def _until_from_outside(self, condition: str) -> Any:
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                value = await self.run(f"(() => {{ try {{ return !!({condition}) }} catch {{}} }})()")
                if value:
                    return value

    async def without_scripts(self) -> None:
        """Run no scripts of pages from now on."""
        await self.call("Emulation.setScriptExecutionDisabled", value=True)
        self._has_scripts = False

    async def text(self, selector: str = "body") -> str:
        """Return the text of an element as it is seen."""
        return str(await self.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    async def screenshot(self, file: Path, *, whole: bool = True) -> None:
        """Take a picture of the page."""
        shot = await self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    # -------------------------------------------------------------- what one does

    async def open(self, url: str) -> None:
        """Go to an address and wait until it is there."""
        await self.call("Page.navigate", url=url)
        await self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    async def look(self, *, width: int, height: int = 900, dark: bool = False, touch: bool = False) -> None:
        """Make the window another size, and dark or light."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=touch,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call("Emulation.setEmulatedMedia", features=[scheme])

    async def click(self, selector: str) -> None:
        """Click in the middle of an element, as a mouse does."""
        wanted = json.dumps(selector)
        await self.until(f"document.querySelector({wanted})")
        place = await self.run(
            f"""(() => {{
                const element = document.querySelector({wanted});
                element.scrollIntoView({{block: 'center', behavior: 'instant'}});
                const box = element.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
            }})()"""
        )
        at = {"x": place[0], "y": place[1], "button": "left", "clickCount": 1}
        await self.call("Input.dispatchMouseEvent", type="mousePressed", **at)
        await self.call("Input.dispatchMouseEvent", type="mouseReleased", **at)

    async def fill(self, selector: str, text: str) -> None:
        """Type into a field what is to stand there."""
        wanted = json.dumps(selector)
        await self.until(f"document.querySelector({wanted})")
        await self.run(f"(e => {{ e.focus(); e.select?.(); }})(document.querySelector({wanted}))")
        await self.call("Input.insertText", text=text)

    async def press(self, key: str) -> None:
        """Press a key."""
        code = _KEYS.get(key, 0)
        text = {"Enter": "\r", " ": " "}.get(key, "")
        down = {"key": key, "windowsVirtualKeyCode": code, "text": text}
        await self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **down)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)


class Browser:
    """A browser with a profile of its own."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._tabs: list[Tab] = []
        self._control: Tab | None = None

    async def tab(self, *, of_somebody_else: bool = False) -> Tab:
        """Open a page. Pages share cookies, but for one of somebody else."""
        base = self._address.rsplit("/devtools", 1)[0]
        if self._control is None:
            self._control = Tab(await connect(self._address, proxy=None, max_size=None))
            self._tabs.append(self._control)
        where = {}
        if of_somebody_else:
            context = await self._control.call("Target.createBrowserContext")
            where["browserContextId"] = context["browserContextId"]
        made = await self._control.call("Target.createTarget", url="about:blank", **where)
        target = made["targetId"]
        page = await connect(f"{base}/devtools/page/{target}", proxy=None, max_size=None)
        tab = Tab(page)
        self._tabs.append(tab)
        for domain in ("Page", "Runtime", "Log", "Network"):
            await tab.call(f"{domain}.enable")
        return tab

    async def close(self) -> None:
        """Close all pages."""
        for tab in self._tabs:
            await tab.close()


@asynccontextmanager
async def chromium(*, language: str = "da", flags: Sequence[str] = ()) -> AsyncIterator[Browser]:
    """Run a browser."""
    program = find_chromium()
    with tempfile.TemporaryDirectory(prefix="reception-browser-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *_FLAGS,
            *flags,
            f"--user-data-dir={profile}",
            f"--lang={language}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=os.environ | {"LANGUAGE": language},
        )
        try:
            browser = Browser(await _address(process))
            draining = asyncio.create_task(_drain(process), name="browser output")
            try:
                yield browser
            finally:
                await browser.close()
                draining.cancel()
                await asyncio.gather(draining, return_exceptions=True)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async with asyncio.timeout(_PATIENCE_S * 2):
        async for line in process.stderr:
            if b"DevTools listening on " in line:
                return line.decode().split("DevTools listening on ")[1].strip()
    raise AssertionError("Chromium does not start")


async def _drain(process: asyncio.subprocess.Process) -> None:
    assert process.stderr is not None
    while await process.stderr.read(4096):
        pass
