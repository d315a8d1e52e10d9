"""A headless Chromium, spoken to over a pipe: pages opened, keys pressed, pictures taken.

No library and no port: ``--remote-debugging-pipe`` takes the commands of the DevTools protocol
on one descriptor and answers on another, each message ended by a NUL.
"""

import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

__all__ = ["CHROMIUM", "Browser", "BrowserError"]

CHROMIUM: Final = shutil.which("chromium")
"""None where there is none on this machine."""

_SECONDS: Final = 60
_LAUNCH: Final = """
import os, sys
for end, number in zip(sys.argv[1:3], (3, 4)):
    os.dup2(int(end), number)
os.execv(sys.argv[3], sys.argv[3:])
"""
_SWITCHES: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-debugging-pipe",
)


class BrowserError(RuntimeError):
    """The browser, or the script in its page, failed."""


class Browser:
    """A browser with one page; use it as a context."""

    def __init__(self, program: str) -> None:
        self._numbers = itertools.count(1)
        self._events: list[dict[str, Any]] = []
        self._unread = b""
        self._session = ""
        self._folder = tempfile.mkdtemp(prefix="munidx-browser-")
        ours, theirs = os.pipe(), os.pipe()
        self._write, self._read = ours[1], theirs[0]
        # Well above the 3 and 4 at which the browser is to find them.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (ours[0], theirs[1])]
        command = [program, f"--user-data-dir={self._folder}", *_SWITCHES, "about:blank"]
        self._child = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, *map(str, ends), *command],
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (ours[0], theirs[1], *ends):
            os.close(end)

    def __enter__(self) -> Self:
        try:
            self._attach()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _attach(self) -> None:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        told = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = told["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._child.wait()
        os.close(self._write)
        os.close(self._read)
        shutil.rmtree(self._folder, ignore_errors=True)

    def send(self, method: str, **params: object) -> dict[str, Any]:
        """The answer to a command."""
        number = next(self._numbers)
        told: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session:
            told["sessionId"] = self._session
        os.write(self._write, json.dumps(told).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") != number:
                self._events.append(message)
                continue
            if "error" in message:
                raise BrowserError(message["error"])
            result: dict[str, Any] = message["result"]
            return result

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + _SECONDS
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._read], [], [], max(until - time.monotonic(), 0))
            read = os.read(self._read, 1 << 20) if ready else b""
            if not read:
                raise BrowserError("no answer")
            self._unread += read
        line, _, self._unread = self._unread.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def open(self, address: str) -> float:
        """Open ``address`` and wait until all of it is loaded; the milliseconds that took."""
        self.send("Page.navigate", url="about:blank")
        self._until("Page.loadEventFired")
        self._events.clear()
        begun = time.perf_counter()
        self.send("Page.navigate", url=address)
        self._until("Page.loadEventFired")
        self.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        return 1000 * (time.perf_counter() - begun)

    def _until(self, event: str) -> None:
        while not any(one.get("method") == event for one in self._events):
            self._events.append(self._next())
        self._events = [one for one in self._events if one.get("method") != event]

    def evaluate(self, script: str) -> Any:  # noqa: ANN401 - data of any shape
        """What ``script`` comes to, a promise included."""
        told = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in told:
            raise BrowserError(told["exceptionDetails"])
        return told["result"].get("value")

    def press(self, key: str) -> None:
        """A key, pressed and let go: ``j``, ``Escape``, ``Tab``."""
        text = {"text": key} if len(key) == 1 else {}
        code = {"Escape": 27, "Tab": 9, "Enter": 13}.get(key, 0)
        known: Mapping[str, object] = {"key": key, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", **known, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **known)

    def complaints(self) -> list[str]:
        """What the page has put on the console or tried to fetch since it was opened."""
        self.evaluate("0")
        told = []
        for event in self._events:
            method, params = event.get("method"), event.get("params", {})
            if method in {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"}:
                told.append(json.dumps(params, ensure_ascii=False))
            elif method == "Network.requestWillBeSent":
                address = params["request"]["url"]
                if not address.startswith("file:"):
                    told.append(address)
        return told

    def look(self, width: int, height: int, *, dark: bool = False, phone: bool = False) -> None:
        """Set the window's size, the reader's choice of colours, and whether it is a phone."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path: Path) -> None:
        """What is seen, as PNG."""
        data = self.send("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    def print(self, path: Path) -> None:
        """The page printed as PDF, on the paper that it asks for."""
        data = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        path.write_bytes(base64.b64decode(data))
