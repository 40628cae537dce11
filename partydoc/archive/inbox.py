"""Where files come from: named files and folders, which are only read, and the archive's inbox."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from partydoc.archive import disk
from partydoc.archive.kept import stamp
from partydoc.archive.ocfl import Staged
from partydoc.archive.root import Archive
from partydoc.document import Refusal
from partydoc.text import clean

#: What systems and programs leave behind; never a scan.
_IGNORED = re.compile(
    r"^\.|^~\$|^Thumbs\.db$|^desktop\.ini$|\.(part|partial|crdownload|tmp)$", re.I
)
_SETTLE_SECONDS = 2.0


@dataclass(frozen=True)
class Source:
    """A file to take in; `inbox` says that it may be taken away once it is safe."""

    path: Path
    inbox: bool = False

    @property
    def name(self) -> str:
        """The file's own name for people: NFC, what is no text as escapes."""
        return _shown(self.path.name)

    @property
    def shown(self) -> str:
        """The whole path for people."""
        return _shown(str(self.path))


@dataclass(frozen=True)
class Brought:
    """A copy of a source, synced, and how the source stood when it was copied."""

    staged: Staged
    state: tuple[int, int, int]


def _shown(name: str) -> str:
    return clean(name.encode("utf-8", "backslashreplace").decode())


def sources(named: Iterable[Path], archive: Archive) -> Iterator[tuple[Source, Refusal | None]]:
    """Yield the files under the named paths; without any, those of the archive's inbox.

    What belongs to the archive itself is never taken in, but for what lies in its inbox.
    """
    for path in list(named) or [archive.inbox]:
        whole = path.resolve()
        if whole.is_relative_to(archive.inbox):
            yield from walk(path, inbox=True)
        elif whole.is_relative_to(archive.root):
            yield Source(path), Refusal("own-file")
        else:
            yield from walk(path, leave_out=archive.root)


def walk(
    named: Path, inbox: bool = False, leave_out: Path | None = None
) -> Iterator[tuple[Source, Refusal | None]]:
    """Yield the files under a path in the order of their names, numbers counted as numbers.

    A folder that cannot be listed comes with its refusal; left-overs of systems are passed over,
    and so is the folder to leave out.
    """
    source = Source(named, inbox)
    try:
        if not stat.S_ISDIR(named.lstat().st_mode):
            yield source, None
            return
        if leave_out and named.resolve() == leave_out:
            return
        children = sorted(named.iterdir(), key=_natural)
    except OSError as trouble:
        yield source, _refusal_of(trouble)
        return
    for child in children:
        if not _IGNORED.search(child.name):
            yield from walk(child, inbox, leave_out)


def _natural(path: Path) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", _shown(path.name).lower())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _refusal_of(trouble: OSError) -> Refusal:
    reasons = {
        errno.ELOOP: "symlink-refused",
        errno.EACCES: "no-permission",
        errno.EPERM: "no-permission",
        errno.ENOENT: "gone",
        errno.ENXIO: "not-a-file",
        errno.EISDIR: "not-a-file",
    }
    return Refusal(reasons.get(trouble.errno or 0, "unexpected"), trouble.strerror or "")


def bring(
    source: Source, target: Path, quiet: float, sleep: Callable[[float], None] = time.sleep
) -> Brought | Refusal:
    """Copy a file to a new name, synced, and make sure that it held still meanwhile.

    `quiet`: seconds without a change that a file in the inbox must have behind it. Refusals:
    `symlink-refused`, `no-permission`, `not-a-file`, `gone`, `empty`, `waiting`.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(source.path, flags)
    except OSError as trouble:
        return _refusal_of(trouble)
    with os.fdopen(descriptor, "rb") as opened:
        before = os.fstat(opened.fileno())
        if not stat.S_ISREG(before.st_mode):
            return Refusal("not-a-file")
        if not _holds_still(source, before, quiet, sleep):
            return Refusal("waiting")
        if not before.st_size:
            return Refusal("empty")
        disk.ensure_room(target.parent, before.st_size)
        found = disk.copy(opened, target)
    if _state_now(source) != _state(before) or found.size != before.st_size:
        disk.remove(target)
        return Refusal("waiting")
    return Brought(Staged(target, found), _state(before))


def _holds_still(
    source: Source, now: os.stat_result, quiet: float, sleep: Callable[[float], None]
) -> bool:
    clock = time.time()
    # A time that lies ahead comes from a machine with a wrong clock and says nothing.
    age = clock - max([0.0, *(t for t in (now.st_mtime, now.st_ctime) if t <= clock)])
    if source.inbox:
        return age >= quiet
    if age < _SETTLE_SECONDS:
        sleep(_SETTLE_SECONDS / 4)
        return _state(now) == _state_now(source)
    return True


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _state_now(source: Source) -> tuple[int, int, int] | None:
    try:
        return _state(source.path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return None


def dismiss(source: Source, brought: Brought) -> None:
    """Take a file out of the inbox, if it is still the file that was copied."""
    if _state_now(source) == brought.state:
        disk.remove(source.path)


def quarantine(source: Source, folder: Path, refusal: Refusal, when: datetime) -> Path:
    """Move a file from the inbox to quarantine, bit for bit, with a .json that says why."""
    name = _free_name(folder, source.path.name)
    note = {
        "version": 1,
        "name": source.name,
        "reason": refusal.reason,
        "detail": refusal.detail or None,
        "when": stamp(when),
    }
    data = json.dumps(note, ensure_ascii=False, indent=1).encode()
    disk.replace(folder / f"{name}.json", data)
    try:
        disk.move(source.path, folder / name)
    except OSError as trouble:
        if trouble.errno != errno.EXDEV:
            raise
        with source.path.open("rb") as opened:
            disk.copy(opened, folder / name)
        disk.remove(source.path)
    return folder / name


def _free_name(folder: Path, name: str) -> str:
    raw = os.fsencode(name)[:200]
    for count in range(1_000_000):
        free = os.fsdecode(raw if not count else b"%d-%b" % (count, raw))
        if not os.path.lexists(folder / free):  # a note alone is what a crash left: written anew
            return free
    raise FileExistsError(name)
