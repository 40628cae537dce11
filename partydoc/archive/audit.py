"""The audit log: who did what to which document and when, each line chained to the one before.

A line is a JSON object; `prev` is the sha-256 of the line before it (its bytes without the line
feed), across months; the first line of an archive has 64 zeros. Changing, inserting, deleting or
reordering lines breaks the chain. No text and no file name stands here, only ids.

All that one command writes is one operation: its lines carry the same number. What is mended on
the way belongs to no operation.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import pwd
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from partydoc.archive import disk
from partydoc.archive.kept import stamp

_START = "0" * 64
_OPERATION = re.compile(rb'"operation": (\d+)')
_MENDING = frozenset({"recovered", "audit-mended"})
_NO_LOGIN = 2**32 - 1


def actor() -> str:
    """Return who is at work: the person, the account if that is another, and the machine."""
    name, behind = _name_of(os.getuid()), account()
    who = f"{behind} as {name}" if behind != name else name
    return f"{who}@{platform.node()}"


def account() -> str:
    """Return the person's own account, also where many work as the archive's.

    That is the login which the kernel remembers and nobody can change; where it knows of none
    (a container), whose the outermost of the processes above is, root's left out. Variables such
    as SUDO_USER are not asked: anybody can set them.
    """
    login = _login()
    return _name_of(_above(os.getpid(), os.getuid()) if login is None else login)


def owner(path: Path) -> str:
    """Return whose a file or folder is."""
    return _name_of(path.stat().st_uid)


def _login() -> int | None:
    with suppress(OSError, ValueError):
        login = int(Path("/proc/self/loginuid").read_text())
        return None if login == _NO_LOGIN else login
    return None


@cache
def _above(process: int, person: int) -> int:
    with suppress(OSError, KeyError, ValueError):
        while process:
            lines = Path(f"/proc/{process}/status").read_text("utf-8", "replace").splitlines()
            status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
            person = int(status["Uid"].split()[0]) or person
            process = int(status["PPid"])
    return person


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


class Audit:
    """The log of one archive; one writer at a time, under the archive's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prev: str | None = None
        self._operation: int | None = None

    def begin(self) -> int:
        """Begin an operation: the lines from here on carry its number, which is returned."""
        self._operation = self._last_operation() + 1
        return self._operation

    def end(self) -> None:
        """End the operation: the next line begins another."""
        self._operation = None

    def add(self, what: str, when: datetime, ids: Iterable[str] = (), **detail: Any) -> None:
        """Write one durable line; the first of a run begins an operation."""
        if self._prev is None:
            self.mend(when)
        if what not in _MENDING:
            detail["operation"] = self._operation or self.begin()
        prev, self._prev = self.head, None  # until the line is durable nobody knows the end
        line = {
            "version": 1,
            "when": stamp(when),
            "who": actor(),
            "what": what,
            "ids": list(ids),
            **detail,
            "prev": prev,
        }
        data = json.dumps(line, ensure_ascii=False).encode()
        disk.append(self._file(when), data + b"\n")
        self._prev = hashlib.sha256(data).hexdigest()

    @property
    def head(self) -> str:
        """The digest of the last line: the one thing that tells whether the end was cut off."""
        if self._prev is None:
            self._prev = self._last_digest()
        return self._prev

    def _file(self, when: datetime) -> Path:
        """Return this month's file; a clock that went back does not break the order."""
        names = [path.name for path in self.files()[-1:]]
        return self._folder / max([f"{when:%Y-%m}.jsonl", *names])

    def _last_digest(self) -> str:
        for path in reversed(self.files()):
            lines = path.read_bytes().splitlines()
            if lines:
                return hashlib.sha256(lines[-1]).hexdigest()
        return _START

    def _last_operation(self) -> int:
        for path in reversed(self.files()):
            data = path.read_bytes()
            if found := _OPERATION.search(data, max(data.rfind(b'"operation": '), 0)):
                return int(found[1])
        return 0

    def newest_first(self) -> Iterator[dict[str, Any]]:
        """Yield the lines, the newest first; one that is no JSON object is left to `broken`."""
        for path in reversed(self.files()):
            for line in reversed(path.read_bytes().splitlines()):
                with suppress(ValueError):
                    data = json.loads(line)
                    if isinstance(data, dict):
                        yield data

    def files(self) -> list[Path]:
        """Return the monthly files, oldest first."""
        return sorted(self._folder.glob("????-??.jsonl"))

    def mend(self, when: datetime) -> None:
        """Cut a last line that a power cut left torn, and log that."""
        for path in self.files()[-1:]:
            data = path.read_bytes()
            whole = data.rfind(b"\n") + 1
            if whole < len(data):
                disk.cut(path, whole)
                self.add("audit-mended", when, cut=len(data) - whole)

    def broken(self) -> list[tuple[Path, int]]:
        """Return (file, line number) of each line that does not fit the one before it."""
        found, prev = [], _START
        for path in self.files():
            for number, line in enumerate(path.read_bytes().splitlines(), 1):
                if _prev_of(line) != prev:
                    found.append((path, number))
                prev = hashlib.sha256(line).hexdigest()
        return found


def _prev_of(line: bytes) -> str | None:
    try:
        return json.loads(line)["prev"]
    except (ValueError, KeyError, TypeError):
        return None
