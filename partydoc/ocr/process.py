"""One confined child process with a folder of its own, seen from the parent: ask, answer, kill."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from partydoc.ocr import bubble, sandbox, sweep

#: Bytes of address space that a child may use.
MEMORY = 4 << 30
#: Where a reading child finds the originals, which it cannot write to; where it leaves what it
#: read; its temporary files.
LENT, JOB, TMP = "lent", "job", "tmp"

#: What each may write of its folder; it cannot put anything else in the place of these.
_WRITABLE = {"inspect": (TMP,), "read": (TMP, JOB)}
_ANSWER_LIMIT = 1 << 20
_SIGNALLED = 128  # what bubblewrap, as shells do, adds to the number of a deadly signal
_STARTING_SECONDS, _DYING_SECONDS = 1.0, 10.0


class Confined:
    """A `partydoc.ocr.worker` process; it sees only `folder`.

    The kernel kills it when the thread that started it ends, so start it where it is used.
    `bubbled`: in namespaces of its own, for which None means wherever that works.
    """

    #: What Python runs, before the role and the process id of the parent.
    program: Sequence[str] = ("-P", "-m", "partydoc.ocr.worker")

    def __init__(
        self, role: str, folder: Path, options: Mapping[str, Any], memory: int = MEMORY,
        bubbled: bool | None = None,
    ) -> None:  # fmt: skip
        self.role = role
        self.folder = folder
        self._writable = [folder / name for name in _WRITABLE[role]]
        self._readable = [folder, *map(Path, options.get("readable", ()))]
        self._options = {
            **options,
            "memory": memory,
            "writable": [str(path) for path in self._writable],
            "readable": [str(path) for path in self._readable],
        }
        self._bubbled = bubbled
        self._process: subprocess.Popen[bytes] | None = None
        self._first: _First | None = None
        self._buffer = b""

    @property
    def running(self) -> bool:
        """Whether the process was started and has not been killed or found dead."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The process id; 0 when not running."""
        if self._first:
            return self._first.child()
        return self._process.pid if self._process else 0

    def start(self, *, clear: bool = True) -> None:
        """Start the process, in an empty folder or with what stands in it; it is not waited for."""
        if clear:
            sweep.empty(self.folder)
        for path in self._writable:
            sweep.empty(path)
        self._buffer = b""
        bubbled = (
            bubble.missing(self.folder.parent) is None if self._bubbled is None else self._bubbled
        )
        parent = sandbox.FIRST_PROCESS if bubbled else os.getpid()
        program = [sys.executable, *self.program, self.role, str(parent)]
        if bubbled:
            self._spawn_bubbled(program)
        else:
            self._spawn(program)
        self.send(self._options)

    def _spawn_bubbled(self, program: Sequence[str]) -> None:
        command = bubble.around(program, self.folder, self._writable, self._readable)
        told, told_to = os.pipe()
        with os.fdopen(told, "rb") as info:
            try:
                self._spawn([command[0], "--info-fd", str(told_to), *command[1:]], told_to)
            finally:
                os.close(told_to)
            self._first = _First.of(bubble.first_process(info))

    def _spawn(self, command: Sequence[str], *handed_on: int) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=sandbox.environment(self.folder),
            pass_fds=handed_on,
            process_group=0,
        )

    def send(self, message: Mapping[str, Any]) -> None:
        """Send one message; a dead process is noticed when its answer is read."""
        assert self._process and self._process.stdin
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()

    def fileno(self) -> int:
        """The descriptor on which answers arrive, for `selectors`."""
        assert self._process and self._process.stdout
        return self._process.stdout.fileno()

    def answer(self) -> dict[str, Any] | None:
        """Return an answer that has arrived, None if it is not whole yet; EOFError if dead."""
        while b"\n" not in self._buffer:
            if not _readable(self, 0):
                return None
            part = os.read(self.fileno(), 1 << 16)
            if not part or len(self._buffer) > _ANSWER_LIMIT:
                raise EOFError
            self._buffer += part
        line, self._buffer = self._buffer.split(b"\n", 1)
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise EOFError from error
        return answer if isinstance(answer, dict) else {}

    def ask(self, message: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Send a message and wait for its answer; TimeoutError, or EOFError if it died."""
        self.send(message)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if _readable(self, left) and (answer := self.answer()) is not None:
                return answer
        raise TimeoutError

    def memory(self) -> int:
        """Return the resident bytes of the process, 0 when it is gone."""
        try:
            fields = Path(f"/proc/{self.pid}/statm").read_text().split()
        except OSError:
            return 0
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")

    def kill(self) -> int | None:
        """Kill the process with all its children; return the exit status it had or got."""
        if not self._process:
            return None
        process, self._process = self._process, None
        first, self._first = self._first, None
        status = process.poll()
        if first:
            first.kill()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        status = process.returncode if status is None else status
        return _SIGNALLED - status if status > _SIGNALLED else status


class _First:
    """The first process of a bubble, which takes all others with it."""

    def __init__(self, pid: int, handle: int) -> None:
        self._pid = pid
        self._handle = handle

    @classmethod
    def of(cls, pid: int) -> _First | None:
        """Hold on to a process; None if it is gone, or was none."""
        try:
            return cls(pid, os.pidfd_open(pid)) if pid else None
        except ProcessLookupError:
            return None

    def child(self) -> int:
        """Return the process that it starts, waiting until it has; its own number if it is gone."""
        path = Path(f"/proc/{self._pid}/task/{self._pid}/children")
        until = time.monotonic() + _STARTING_SECONDS
        with contextlib.suppress(OSError):
            while time.monotonic() < until:
                if started := path.read_text().split():
                    return int(started[0])
                time.sleep(0.002)
        return self._pid

    def kill(self) -> None:
        """Kill it and wait until nothing is left inside."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        with selectors.DefaultSelector() as selector:
            selector.register(self._handle, selectors.EVENT_READ)
            selector.select(_DYING_SECONDS)
        os.close(self._handle)


def _readable(child: Confined, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(child, selectors.EVENT_READ)
        return bool(selector.select(seconds))
