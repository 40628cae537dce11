"""One confined child process with a folder of its own, seen from the parent: ask, answer, kill."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: Bytes of address space that a child may use.
MEMORY = 4 << 30

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_ANSWER_LIMIT = 1 << 20


class Confined:
    """A `partydoc.ocr.worker` process; it sees only `folder`.

    The kernel kills it when the thread that started it ends, so start it where it is used.
    """

    def __init__(
        self, role: str, folder: Path, options: Mapping[str, Any], memory: int = MEMORY
    ) -> None:
        self.role = role
        self.folder = folder
        self._options = {**options, "memory": memory}
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = b""

    @property
    def running(self) -> bool:
        """Whether the process was started and has not been killed or found dead."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The process id, which is also that of its group; 0 when not running."""
        return self._process.pid if self._process else 0

    def start(self, *, clear: bool = True) -> None:
        """Start the process, in an empty folder or with what stands in it; it is not waited for."""
        if clear:
            empty(self.folder)
        empty(self.folder / "tmp")
        self._buffer = b""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "partydoc.ocr.worker", self.role, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=_environment(self.folder),
            process_group=0,
        )
        self.send(self._options)

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
        except ValueError as error:
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
        status = process.poll()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        return process.returncode if status is None else status


def _readable(child: Confined, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(child, selectors.EVENT_READ)
        return bool(selector.select(seconds))


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {
        **kept,
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(_PACKAGE_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "OMP_THREAD_LIMIT": "1",  # two threads on a busy core are five times slower than one
    }


def empty(folder: Path) -> None:
    """Make a folder that only its owner can open, or take away what stands in it.

    What a child left in its place, a link for instance, is taken away and not followed.
    """
    try:
        inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True)
        return
    except OSError:  # a link, or a file
        folder.unlink()
        folder.mkdir(mode=0o700)
        return
    try:
        for entry in list(os.scandir(inside)):
            _remove(entry.name, inside)
    finally:
        os.close(inside)


def _remove(name: str, folder: int) -> None:
    try:
        os.unlink(name, dir_fd=folder)
    except IsADirectoryError:
        shutil.rmtree(name, ignore_errors=True, dir_fd=folder)
    except FileNotFoundError:
        return
