"""A small world around one confined process: what it could reach, and whether it did.

Everything stands in one folder that only this account can open; of the world outside nothing is
used but a name in /tmp and /dev/shm.
"""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from partydoc.ocr import parcel, sweep
from partydoc.page import Page, Reading
from torture.attempt import Attempt, Known
from torture.takenover import MEMORY, TakenOver

_PATIENCE = 30.0
_SLEEP = "import time; time.sleep(120)"
#: It ends of a signal that others ignore, and says when it is ready to.
_VICTIM = (
    "import signal, sys, time; signal.signal(signal.SIGURG, lambda *_: sys.exit(1));"
    "print(flush=True); time.sleep(120)"
)
#: Seconds until what was killed is gone, on a busy machine.
_DYING = 5.0
_SECRET = b"the content of a document"
_LATER = 0.3
#: More than the tasks of the machine by so many, which is more than a confined process may add.
_BOMB = 300


class Stage:
    """One attempt in a world of its own; use it as a context manager."""

    def __init__(self, base: Path, *, bubbled: bool, kernel: int | None, naked: bool) -> None:
        self._naked = naked
        self._mark = f"partydoc-torture-{secrets.token_hex(8)}"
        self._root = base / self._mark
        self._desk = self._root / "staging"
        self._folder = self._desk / "reader-1"
        self._document = self._root / "store" / "document.pdf"
        self._lent = self._root / "home" / "lent.pdf"
        self._child = TakenOver(
            self._folder, self._mark, bubbled=bubbled, kernel=kernel, naked=naked
        )
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Stage:
        for name in ("store", "home", "staging", "into"):
            (self._root / name).mkdir(parents=True, mode=0o700)
        self._document.write_bytes(_SECRET)
        neighbour = self._desk / "reader-2" / "lent"
        neighbour.mkdir(parents=True)
        (neighbour / "original").write_bytes(_SECRET)
        self._lent.write_bytes(_SECRET)
        self._lent.chmod(0o440)  # as it stands in a store
        self._before = self._state()
        self._tcp = self._listening(socket.AF_INET, ("127.0.0.1", 0))
        self._udp = self._stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._udp.bind(("127.0.0.1", 0))
        self._udp.setblocking(False)
        # The name of such a socket must be short.
        self._stack.enter_context(contextlib.chdir(self._root))
        self._listening(socket.AF_UNIX, "socket")
        self._listening(socket.AF_UNIX, "\0" + self._mark)
        self._victim = subprocess.Popen([sys.executable, "-c", _VICTIM], stdout=subprocess.PIPE)
        assert self._victim.stdout
        self._victim.stdout.readline()
        handle = self._stack.enter_context(self._document.open("rb"))
        os.set_inheritable(handle.fileno(), True)
        self._child.inheritable = handle.fileno()
        tasks = int(Path("/proc/loadavg").read_text().split()[3].partition("/")[2])
        self._bomb = tasks + _BOMB
        self._child.start()
        lent = self._folder / "lent"
        lent.mkdir(mode=0o700)
        (lent / "original").hardlink_to(self._lent)
        return self

    def _listening(self, family: int, address: Any) -> int:
        listener = self._stack.enter_context(socket.socket(family))
        listener.bind(address)
        listener.listen()
        name = listener.getsockname()
        return int(name[1]) if family == socket.AF_INET else 0

    @property
    def _key(self) -> int:
        return int(self._mark[-7:], 16)

    @property
    def known(self) -> Known:
        """What the attacker is told: a good deal more than a real one could know."""
        words = Reading("torture", ("vie",), (Page(1, 210, 297),))
        return {
            "tcp": self._tcp, "udp": self._udp.getsockname()[1],
            "unix": str(self._root / "socket"), "abstract": self._mark,
            "document": str(self._document), "store": str(self._document.parent),
            "neighbour": str(self._desk / "reader-2" / "lent" / "original"),
            "home": str(self._root / "home"), "victim": self._victim.pid,
            "inode": self._document.stat().st_ino, "mark": self._mark, "sleep": _SLEEP,
            "memory": MEMORY, "bomb": self._bomb, "naked": self._naked, "later": _LATER,
            "pages": json.dumps(words.to_dict()), "key": self._key,
        }  # fmt: skip

    def escapes(self, attempt: Attempt) -> bool:
        """Have it tried; tell whether it got what it wanted."""
        run = attempt.run
        message = {"code": inspect.getsource(run), "name": run.__name__, "known": self.known}
        try:
            answer = self._child.ask(message, _PATIENCE)
        except (EOFError, TimeoutError):
            answer = {}
        if not attempt.judged:
            self._child.kill()
            return bool(answer.get("escaped"))
        judge = getattr(self, f"_{attempt.judged}")
        return bool(judge())

    # What the outside sees; each is asked once.

    def _heard(self) -> bool:
        try:
            return bool(self._udp.recv(100))
        except BlockingIOError:
            return False

    def _planted(self) -> bool:
        return any((self._root / name).exists() for name in ("home/.profile", "store/planted"))

    def _state(self) -> tuple[object, ...]:
        both = [self._document, self._lent]
        known = [(each.st_mode, each.st_mtime_ns) for each in (path.lstat() for path in both)]
        return *known, *(path.read_bytes() for path in both)

    def _changed(self) -> bool:
        try:
            return self._state() != self._before
        except OSError:
            return True

    def _swallowed(self) -> bool:
        job = self._folder / "job"
        if self._naked:
            return (job / "access.pdf").read_bytes() == _SECRET
        return isinstance(parcel.take(job, self._root / "into", 1), Reading)

    def _held_up(self) -> bool:
        job = self._folder / "job"
        if self._naked:
            return stat.S_ISFIFO((job / "pages.json").lstat().st_mode)
        began = time.monotonic()
        taken = parcel.take(job, self._root / "into", 1)
        return isinstance(taken, Reading) or time.monotonic() - began > _PATIENCE

    def _led_astray(self) -> bool:
        job = self._folder / "job"
        if not self._naked:
            sweep.empty(job)
            (job / "original").write_bytes(b"the next document")
        return job.is_symlink() or self._changed() or len(list(self._document.parent.iterdir())) > 1

    def _rewritten(self) -> bool:
        into = self._root / "into"
        if self._naked:
            (self._folder / "job" / "access.pdf").rename(into / "access.pdf")
        elif not isinstance(parcel.take(self._folder / "job", into, 1), Reading):
            return True  # it was well-formed: that it is not taken would hide what is asked here
        time.sleep(_LATER * 2)
        return (into / "access.pdf").read_bytes() != b"%PDF-"

    def _victim_dead(self) -> bool:
        time.sleep(0.1)
        return self._victim.poll() is not None

    def _survived(self) -> bool:
        time.sleep(0.2)
        self._child.kill()
        return bool(self._survivors())

    def _bombed(self) -> bool:
        """Root's processes are not counted by any kernel: there it must at least end with it."""
        try:
            made = int((self._folder / "tmp" / "made").read_text())
        except (OSError, ValueError):
            made = 0
        self._child.kill()
        whole = made >= self._bomb
        return whole if self._naked or os.geteuid() else bool(self._survivors())

    def _in_shared_memory(self) -> bool:
        return Path("/dev/shm", self._mark).exists()

    def _system_v_left(self) -> bool:
        self._child.kill()
        rows = Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
        return any(int(row.split()[0]) == self._key for row in rows)

    def _in_tmp(self) -> bool:
        return Path("/tmp", self._mark).exists()

    def _survivors(self) -> list[int]:
        """Return the processes that are still there when all that was killed is gone."""
        until = time.monotonic() + (0 if self._naked else _DYING)
        while (found := list(self._marked())) and time.monotonic() < until:
            time.sleep(0.1)
        return found

    def _marked(self) -> Iterator[int]:
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                words = (folder / "cmdline").read_bytes() if folder.name.isdigit() else b""
                if self._mark.encode() in words:
                    yield int(folder.name)

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        for one in self._marked():
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, 9)
        self._victim.kill()
        self._victim.wait()
        self._victim.stdout.close()
        self._stack.close()
        for name in ("/dev/shm/", "/tmp/"):
            Path(name + self._mark).unlink(missing_ok=True)
        subprocess.run(["ipcrm", "-M", str(self._key)], capture_output=True, check=False)
        shutil.rmtree(self._root, ignore_errors=True)
