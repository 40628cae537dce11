"""A real browser without a window: chromium, spoken to in its DevTools protocol over two pipes."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: bash, for dash knows no descriptor above 9.
_START = 'in=$1 out=$2; shift 2; exec "$@" 3<&"$in" 4>&"$out"'


class Browser:
    """One page of a browser; use it as a context manager. `said`: the events that came so far."""

    def __init__(self, home: Path) -> None:
        assert CHROMIUM
        ours, theirs = os.pipe()  # what it hears
        back, out = os.pipe()  # what it says
        options = (
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={home}",
        )  # fmt: skip
        self._process = subprocess.Popen(
            ["bash", "-c", _START, "bash", str(ours), str(out), CHROMIUM, *options],
            pass_fds=(ours, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(home)},
        )  # fmt: skip
        os.close(ours)
        os.close(out)
        self._to, self._from = theirs, back
        self._rest, self._number, self._session = b"", 0, ""
        self.said: list[dict[str, Any]] = []

    def __enter__(self) -> Browser:
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        session = self.do("Target.attachToTarget", targetId=target, flatten=True)
        self._session = session["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.do(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        os.close(self._to)
        os.close(self._from)

    def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask for something and return the answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self._number:
                assert "error" not in heard, heard
                return heard["result"]
            self.said.append(heard)

    def _hear(self, seconds: float = 60) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while b"\0" not in self._rest:
            assert time.monotonic() < until, "the browser says nothing"
            if select.select([self._from], [], [], 1)[0]:
                data = os.read(self._from, 1 << 20)
                assert data, "the browser has ended"
                self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def open(self, path: Path, width: int = 1280, dark: bool = False) -> None:
        """Show a page in a window of so many pixels, by day or by night."""
        self.do(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.do("Emulation.setEmulatedMedia", features=[scheme])
        self.said.clear()
        self.do("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.said):
            self.said.append(self._hear())

    def value(self, expression: str) -> Any:
        """Return what an expression of JavaScript is in the page."""
        found = self.do("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"]["value"]

    def picture(self, path: Path) -> None:
        """Save a picture of the whole page."""
        made = self.do("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(made["data"]))

    def printed(self) -> bytes:
        """Return the page as it would be printed, as a PDF."""
        made = self.do("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(made["data"])
