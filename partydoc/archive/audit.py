"""The audit log: who did what to which document and when, each line chained to the one before.

A line is a JSON object; `prev` is the sha-256 of the line before it (its bytes without the line
feed), across months; the first line of an archive has 64 zeros. Changing, inserting, deleting or
reordering lines breaks the chain. No text and no file name stands here, only ids.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import pwd
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from partydoc.archive import disk
from partydoc.archive.kept import stamp

_START = "0" * 64


def actor() -> str:
    """Return who is at work: the account, whom sudo was called by, and the machine."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = str(os.getuid())
    behind = os.environ.get("SUDO_USER")
    who = f"{behind} as {name}" if behind and behind != name else name
    return f"{who}@{platform.node()}"


class Audit:
    """The log of one archive; one writer at a time, under the archive's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prev: str | None = None

    def add(self, what: str, when: datetime, ids: Iterable[str] = (), **detail: Any) -> None:
        """Write one durable line."""
        if self._prev is None:
            self.mend(when)
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
