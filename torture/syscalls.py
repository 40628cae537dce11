"""What a program really does to the disk: its system calls, as strace writes them down."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from torture.child import PATIENCE, Ran

_Taken = TypeVar("_Taken")
#: Every call that can change what stands under a folder, and those that tell where a write goes.
CHANGES = (
    "creat", "write", "pwrite64", "writev", "pwritev", "pwritev2", "ftruncate", "truncate",
    "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "rmdir", "mkdir",
    "mkdirat", "mknod", "mknodat", "symlink", "symlinkat", "chmod", "fchmod", "fchmodat", "chown",
    "fchown", "lchown", "fchownat", "utimensat", "setxattr", "copy_file_range", "sendfile",
    "fallocate",
)  # fmt: skip
_OTHERS = ("open", "openat", "lseek", "close", "fsync", "fdatasync", "access", "faccessat2")
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_BEGUN = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPENED = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")
_AT = re.compile(r"^(AT_FDCWD|\d+)<")


@dataclass(frozen=True)
class Call:
    """One call that succeeded: who made it, its name and arguments, as text, and its result."""

    pid: int
    name: str
    arguments: tuple[str, ...]
    result: int

    @property
    def data(self) -> bytes:
        """The bytes that it wrote."""
        return b"".join(map(_unescaped, _QUOTED.findall(" ".join(self.arguments))))[: self.result]

    @property
    def opened(self) -> str | None:
        """The path of the open file that it works on."""
        found = _OPENED.search(self.arguments[0])
        return os.fsdecode(_unescaped(found[1])) if found else None

    @property
    def descriptor(self) -> int:
        """The number of the open file that it works on."""
        return int(self.arguments[0].partition("<")[0])

    @property
    def named(self) -> str:
        """The first path that it names, to the letter."""
        found = _QUOTED.search(" ".join(self.arguments))
        return os.fsdecode(_unescaped(found[1])) if found else ""

    @property
    def makes(self) -> bool:
        """Whether it opens a file so that it is made, or emptied."""
        return self.name.startswith("open") and any(
            flag in " ".join(self.arguments) for flag in ("O_CREAT", "O_TRUNC")
        )

    @property
    def paths(self) -> list[str]:
        """The paths that it names, made absolute: a name alone lies in the folder that stands
        before it, or in ours, which the commands of partydoc never leave.
        """
        found, folder = [], str(Path.cwd())
        for argument in self.arguments:
            if _AT.match(argument):
                place = _OPENED.search(argument)
                folder = os.fsdecode(_unescaped(place[1])) if place else ""
            elif quoted := _QUOTED.fullmatch(argument):
                name = os.fsdecode(_unescaped(quoted[1]))
                found.append(os.path.normpath(os.path.join(folder, name)))  # noqa: PTH118
        return found

    @property
    def touches(self) -> list[str]:
        """The paths that it changes, whether it names them or has them open."""
        if self.name in ("symlink", "symlinkat"):
            return self.paths[-1:]
        on_open = self.name in ("fchmod", "fchown", "fallocate", "ftruncate", "sendfile")
        if on_open or self.name == "copy_file_range" or "write" in self.name:
            return [self.opened] if self.opened else []
        return self.paths


def _unescaped(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def watched(
    take: Callable[[Iterator[Call]], _Taken], module: str, *arguments: object,
    env: Mapping[str, str],
) -> tuple[Ran, _Taken]:  # fmt: skip
    """Run a module of Python's under strace; return how it ended, and what is taken of its calls.

    Raises FileNotFoundError where there is no strace.
    """
    if not shutil.which("strace"):
        raise FileNotFoundError("strace is not installed: apt-get install strace")
    with tempfile.TemporaryDirectory() as name:
        log = Path(name) / "calls"
        traced = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "16000000", "-z"]
        command = [*traced, "-o", log, "-e", f"trace={','.join((*CHANGES, *_OTHERS))}"]
        command += [sys.executable, "-P", "-B", "-m", module, *map(str, arguments)]
        root = str(Path(__file__).resolve().parent.parent)
        environment = {**os.environ, "PYTHONPATH": root, **env}
        done = subprocess.run(command, capture_output=True, env=environment, timeout=PATIENCE)
        with log.open("r", encoding="ascii", errors="replace") as lines:
            taken = take(calls(lines))
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")), taken


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """Yield the calls that stand in what strace has written, in the order of their ends."""
    begun: dict[str, str] = {}
    for line in map(str.rstrip, lines):
        if cut := _BEGUN.match(line):
            begun[cut[1]] = cut[2]
            continue
        if rest := _RESUMED.match(line):
            line = f"{rest[1]} {begun.pop(rest[1], '')}{rest[2]}"
        if (found := _CALL.match(line)) and int(found[4]) >= 0:
            yield Call(int(found[1]), found[2], tuple(found[3].split(", ")), int(found[4]))
