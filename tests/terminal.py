"""A terminal with a program at work in it, and somebody who types."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

UP, TAB, ENTER, STOP_KEY = "\x1b[A", "\t", "\r", "\x03"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x07")


class Terminal:
    """Runs partydoc in a pseudo-terminal; use it as a context manager."""

    def __init__(
        self,
        arguments: Sequence[object],
        home: Path,
        stdout: int | None = None,
        columns: int = 200,
        **more: str,
    ) -> None:
        self._leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        outside = re.compile("COLUMNS|LINES|.*DISPLAY.*")  # ours is a terminal of its own
        env = {key: value for key, value in os.environ.items() if not outside.fullmatch(key)}
        env |= {"TERM": "xterm", "PARTYDOC_LANG": "en", "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null"}
        env |= {"XDG_RUNTIME_DIR": str(home), "XDG_STATE_HOME": str(home)}
        env |= {"XDG_DATA_HOME": str(home), **more}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "partydoc", *map(str, arguments)],
            stdin=follower,
            stdout=follower if stdout is None else stdout,
            stderr=follower,
            env=env,
            preexec_fn=_own_terminal,
        )
        os.close(follower)
        self.seen = ""
        self._from = 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._leader)

    def until(self, text: str, seconds: float = 30) -> str:
        """Read until a text comes; return what came since the last one."""
        end = time.monotonic() + seconds
        while self.seen.find(text, self._from) < 0:
            assert time.monotonic() < end, f"no {text!r} in:\n{self.seen[self._from :]}"
            assert self._read(), f"ended without {text!r}:\n{self.seen[self._from :]}"
        stop = self.seen.find(text, self._from) + len(text)
        came, self._from = self.seen[self._from : stop], stop
        return came

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._leader, text.encode())

    def answer(self, prompt: str, text: str) -> str:
        """Wait for a prompt, then type a line; return what came before."""
        came = self.until(prompt)
        self.type(text + ENTER)
        return came

    def end(self, seconds: float = 60) -> int:
        """Wait until the program has ended; return its exit code."""
        assert self._ends(seconds), f"does not end:\n{self.seen[self._from :]}"
        return self.process.wait(10)

    def stop(self, number: int) -> int:
        """Send a signal; return the exit code. Ctrl-C comes by the terminal, as from a keyboard.

        Python sleeps through one that comes just before it waits for a key: it is sent a little
        later, and again.
        """
        time.sleep(0.5)
        for _try in range(4):
            if number == signal.SIGINT:
                self.type(STOP_KEY)
            else:
                self.process.send_signal(number)
            if self._ends(seconds=15):
                break
        return self.end(0)

    def _ends(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while self._read():
            if time.monotonic() > end:
                return False
        return True

    def _read(self) -> bool:
        if not select.select([self._leader], [], [], 0.2)[0]:
            return self.process.poll() is None
        try:
            data = os.read(self._leader, 65536)
        except OSError:  # how Linux says that nobody is on the other side any more
            return False
        self._raw = getattr(self, "_raw", b"") + data
        self.seen = _ESCAPES.sub("", self._raw.decode("utf-8", "ignore")).replace("\r", "")
        return True


def _own_terminal() -> None:
    for ignored in (signal.SIGHUP, signal.SIGINT):  # nohup, or a shell's & hands them down so
        signal.signal(ignored, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
