"""Where files come from: named files and folders, which are only read, and the archive's inbox."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from partydoc.archive import disk, lease, room
from partydoc.archive.ocfl import Staged
from partydoc.archive.root import Archive
from partydoc.document import Refusal
from partydoc.text import clean

#: Under this name a file stands for a moment before it leaves the inbox.
LEAVING = ".partydoc-leaving-"
#: What systems and programs leave behind; never a scan.
_IGNORED = re.compile(
    rf"^\.(?!{LEAVING[1:]}|[.\s])|^~\$|^Thumbs\.db$|^desktop\.ini$"
    r"|\.(part|partial|crdownload|tmp)$",
    re.I,
)
_SETTLE_SECONDS = 2.0

#: Size, time of the last writing, inode and time of the last change, which nobody can set back.
State = tuple[int, int, int, int]


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
    state: State


def _shown(name: str) -> str:
    return clean(name.encode("utf-8", "backslashreplace").decode())


def sources(named: Iterable[Path], archive: Archive) -> Iterator[tuple[Source, Refusal | None]]:
    """Yield the files under the named paths; without any, those of the archive's inbox.

    What belongs to the archive itself is never taken in, but for what lies in its inbox.
    """
    for path in list(named) or [archive.inbox]:
        # A link is left as it is, the way to it is not: `dismiss` counts on that.
        whole = _real(path.parent) / path.name if path.is_symlink() else _real(path)
        if whole.is_relative_to(archive.inbox):
            yield from walk(whole, inbox=True)
        elif whole.is_relative_to(archive.root):
            yield Source(path), Refusal("own-file")
        else:
            yield from walk(path, leave_out=archive.root)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve gives up where links lead in a circle


def walk(
    named: Path, inbox: bool = False, leave_out: Path | None = None
) -> Iterator[tuple[Source, Refusal | None]]:
    """Yield the files under a path in the order of their names, numbers counted as numbers.

    A folder that cannot be listed comes with its refusal; left-overs of systems are passed over,
    and so is the folder to leave out.
    """
    waiting = [named]
    while waiting:
        path = waiting.pop()
        try:
            inside = _inside(path, leave_out)
        except OSError as trouble:
            yield Source(path, inbox), _refusal_of(trouble)
            continue
        if inside is None:
            yield Source(path, inbox), None
        else:
            waiting += reversed(inside)


def _inside(path: Path, leave_out: Path | None) -> list[Path] | None:
    """Return what stands in a folder; None for what is no folder."""
    if not stat.S_ISDIR(path.lstat().st_mode):
        return None
    if leave_out and path.resolve() == leave_out:
        return []
    return sorted((each for each in path.iterdir() if not _IGNORED.search(each.name)), key=_natural)


def _natural(path: Path) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", _shown(path.name).lower())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _refusal_of(trouble: OSError) -> Refusal:
    reasons = {
        errno.ELOOP: "symlink-refused",
        errno.EACCES: "no-permission",
        errno.EPERM: "no-permission",
        errno.ENOENT: "gone",
        errno.ENOTDIR: "gone",
        errno.ENAMETOOLONG: "path-too-long",
        errno.ENXIO: "not-a-file",
        errno.EISDIR: "not-a-file",
        errno.EAGAIN: "waiting",  # who writes it has a lease
    }
    return Refusal(reasons.get(trouble.errno or 0, "unexpected"), trouble.strerror or "")


def bring(
    source: Source, target: Path, quiet: float, sleep: Callable[[float], None] = time.sleep
) -> Brought | Refusal:
    """Copy a file to a new name, synced, and make sure that it held still meanwhile.

    `quiet`: seconds without a change that a file in the inbox must have behind it. Refusals:
    `symlink-refused`, `no-permission`, `not-a-file`, `path-too-long`, `gone`, `empty`, `waiting`,
    `may-be-written`, `no-room`. Raises OSError(ENOSPC) where there is no room for any file.
    """
    try:
        descriptor = opened_alone(source)
    except OSError as trouble:
        return _refusal_of(trouble)
    with os.fdopen(descriptor, "rb") as opened:
        before = os.fstat(descriptor)
        written = lease.is_being_written(descriptor)
        if written or not _holds_still(source, before, quiet, sleep):
            return Refusal("waiting")
        if written is None and source.inbox and _age(before) < lease.patience(quiet):
            return Refusal("may-be-written")
        if not before.st_size:
            return Refusal("empty")
        room.ensure(target.parent)
        if not room.has(target.parent, before.st_size):
            return Refusal("no-room")  # others may be smaller
        found = disk.copy(opened, target)
        changed = state_now(source.path) != state_of(before) or found.size != before.st_size
        if changed or lease.is_being_written(descriptor):
            disk.remove(target)
            return Refusal("waiting")
    return Brought(Staged(target, found), state_of(before))


def opened_alone(source: Source) -> int:
    """Open an ordinary file; of anything else not even that, for it alone can disturb a pipe."""
    flags = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
    with _folder(source) as folder:
        found = os.open(source.path.name, flags, dir_fd=folder)
    try:
        mode = os.fstat(found).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.ELOOP if stat.S_ISLNK(mode) else errno.ENXIO, "no ordinary file")
        return os.open(f"/proc/self/fd/{found}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    finally:
        os.close(found)


@contextmanager
def _folder(source: Source) -> Iterator[int]:
    """Open the folder of a source; raises FileNotFoundError where that of one in the inbox is gone,
    also if a link to elsewhere stands in its place.
    """
    folder = os.open(source.path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        real = Path(f"/proc/self/fd/{folder}").readlink()
        if source.inbox and real != source.path.parent:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(source.path))
        yield folder
    finally:
        os.close(folder)


def is_there(source: Source) -> bool:
    """Whether the folder of a source is the one that was looked into, and no link to elsewhere."""
    try:
        with _folder(source):
            return True
    except (FileNotFoundError, NotADirectoryError):
        return False


def _holds_still(
    source: Source, now: os.stat_result, quiet: float, sleep: Callable[[float], None]
) -> bool:
    if source.inbox:
        return _age(now) >= quiet
    if _age(now) < _SETTLE_SECONDS:
        sleep(_SETTLE_SECONDS / 4)
        return state_of(now) == state_now(source.path)
    return True


def _age(status: os.stat_result) -> float:
    """Return the seconds since the last change; a time that lies ahead comes from a machine with
    another clock: it is as far from now as it may be past.
    """
    clock = time.time()
    return min(abs(clock - status.st_mtime), abs(clock - status.st_ctime))


def state_of(status: os.stat_result) -> State:
    """Return what tells whether a file is still as it was."""
    return status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns


def state_now(path: Path) -> State | None:
    """Return how a file stands now; None where there is none."""
    try:
        return state_of(path.lstat())
    except (FileNotFoundError, NotADirectoryError):
        return None
