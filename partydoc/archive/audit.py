"""The audit log: who did what to which document and when, each line chained to the one before.

`chain` tells how. No text and no file name stands here, only ids.

All that one command writes is one operation: its lines carry the same number. What is mended on
the way belongs to no operation.
"""

from __future__ import annotations

import json
import os
import platform
import pwd
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from partydoc.archive import chain, disk
from partydoc.archive.kept import stamp

_OPERATION = re.compile(rb'"operation": (\d{1,18})')
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
    """The log of one archive; one writer at a time, under the archive's lock.

    `operation`: the number that the lines from here on carry; None: the next line begins one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prev: str | None = None
        self.operation: int | None = None

    def begin(self) -> int:
        """Begin an operation: the lines from here on carry its number, which is returned."""
        self.operation = self._last_operation() + 1
        return self.operation

    def end(self) -> None:
        """End the operation: the next line begins another."""
        self.operation = None

    def add(self, what: str, when: datetime, ids: Iterable[str] = (), **detail: Any) -> None:
        """Write one durable line; the first of a run begins an operation."""
        if self._prev is None:
            self.mend(when)
        if what not in _MENDING:
            detail["operation"] = self.operation or self.begin()
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
        data, own = chain.seal(line)
        disk.append(self._file(when), data + b"\n")
        self._prev = own

    @property
    def head(self) -> str:
        """The hash of the last line: the one thing that tells whether the end was cut off."""
        if self._prev is None:
            self._prev = self._last_hash()
        return self._prev

    def _file(self, when: datetime) -> Path:
        """Return this month's file; a clock that went back does not break the order."""
        names = [path.name for path in self.files()[-1:]]
        return self._folder / max([f"{when:%Y-%m}.jsonl", *names])

    def _last_hash(self) -> str:
        for path in reversed(self.files()):
            line, _torn = _end(path)
            if line:
                return chain.hash_of(line)
        return chain.START

    def _last_operation(self) -> int:
        """Return the highest number: of two commands at work the older may have written last.

        It stands in this month's file or the one before; no command is at work for longer.
        """
        found = (map(int, _OPERATION.findall(path.read_bytes())) for path in self.files()[::-1])
        highest = filter(None, (max(numbers, default=0) for numbers in found))
        return max(islice(highest, 2), default=0)

    def newest_first(self) -> Iterator[dict[str, Any]]:
        """Yield the lines, the newest first; one that is no JSON object is left to `broken`."""
        for path in reversed(self.files()):
            yield from _parsed(reversed(path.read_bytes().splitlines()))

    def lines_of(self, *whats: str) -> Iterator[dict[str, Any]]:
        """Yield the lines of some kinds, oldest first; all others are passed over unparsed."""
        wanted = re.compile(rf'"what": "(?:{"|".join(whats)})"'.encode())
        for path in self.files():
            with path.open("rb") as file:
                yield from _parsed(line for line in file if wanted.search(line))

    def operations(self) -> Iterator[list[dict[str, Any]]]:
        """Yield the lines of each operation in their order, the operation begun last first.

        A line that belongs to none stands alone. Lines of commands that were at work side by side
        stand among each other.
        """
        found: dict[object, list[bytes]] = {}
        for path in self.files():
            for line in path.read_bytes().splitlines():
                number = _OPERATION.search(line)
                found.setdefault(number[1] if number else object(), []).append(line)
        for lines in reversed(found.values()):
            if parsed := list(_parsed(lines)):
                yield parsed

    def files(self) -> list[Path]:
        """Return the monthly files, oldest first."""
        return sorted(self._folder.glob("????-??.jsonl"))

    def mend(self, when: datetime) -> None:
        """Cut a last line that a power cut left torn, and log that."""
        for path in self.files()[-1:]:
            _line, torn = _end(path)
            if torn:
                disk.cut(path, path.stat().st_size - len(torn))
                self.add("audit-mended", when, cut=len(torn))

    def broken(self) -> list[tuple[Path, int]]:
        """Return (file, line number) of each line that was changed, or does not follow."""
        return list(chain.broken(self.files()))

    def stands(self, head: str) -> bool:
        """Whether a hash that was the last one once still stands in the log."""
        return chain.stands(self.files(), head)

    def present(self) -> dict[str, bool | None]:
        """Return the ids that must be in the archive: those of the log that were neither
        purged nor destroyed.

        With each stands whether it is in hold, where a line said so. What a night found damaged
        may never have been there.
        """
        found: dict[str, bool | None] = {}
        for line in reversed(list(self.newest_first())):
            what = line.get("what")
            for one in line.get("ids", ()) if what != "nightly" else ():
                found[one] = line.get("held", False if what == "released" else found.get(one))
                if what in ("purged", "destroyed"):
                    del found[one]
        return found


def _end(path: Path) -> tuple[bytes, bytes]:
    """Return a file's last line and what is torn behind it; of a long one only the end is read."""
    size, block = path.stat().st_size, 1 << 16
    with path.open("rb") as file:
        while True:
            file.seek(max(0, size - block))
            *lines, torn = file.read().split(b"\n")
            if len(lines) > 1 or block >= size:  # else the line begins further up
                return lines[-1] if lines else b"", torn
            block *= 16


def _parsed(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with suppress(ValueError, RecursionError):
            data = json.loads(line)
            if _is_line(data):
                yield data


def _is_line(data: Any) -> bool:
    """Whether it has what every line has; one that was tampered with may not."""
    if not isinstance(data, dict):
        return False
    lists = [data.get("ids"), data.get("fields", [])]
    if not all(isinstance(one, list) for one in lists):
        return False
    texts = [*(data.get(name) for name in ("when", "who", "what")), *lists[0], *lists[1]]
    if not all(isinstance(one, str) for one in texts):
        return False
    return isinstance(data.get("operation", 0), int) and bool(datetime.fromisoformat(data["when"]))
