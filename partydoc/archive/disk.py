"""The only module that changes what stands on the disk; every step is a numbered fail point.

Each function is durable when it returns: bytes are synced, and read back from the disk, before the
name that shows them, and a name is synced through its folder. The exceptions are said: work in a
job folder, which is synced as a whole before it gets a name that counts, and left-over work that is
removed. Steps are counted, and made to fail by the tests, in `failing`.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from partydoc.archive import ordinary, readback
from partydoc.failing import step

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_RENAME_EXCHANGE = 2
_BLOCK = 1 << 20
#: Of a new file: nobody changes it.
_MODE = 0o440


@dataclass(frozen=True)
class Digests:
    """The digests of one file's bytes, lower-case hex, and how many bytes there are."""

    sha256: str
    sha512: str
    size: int


def digests(path: Path) -> Digests:
    """Read the file once and return its digests."""
    with ordinary.opened(path) as source:
        return _read(source, lambda block: None)


def _read(source: BinaryIO, use: Callable[[bytes], object]) -> Digests:
    import hashlib  # it loads much, and reading an archive does without

    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    while block := source.read(_BLOCK):
        sha256.update(block)
        sha512.update(block)
        size += len(block)
        use(block)
    return Digests(sha256.hexdigest(), sha512.hexdigest(), size)


def copy(source: BinaryIO, target: Path, mode: int = _MODE) -> Digests:
    """Copy an open file to a new name, synced; return the digests of what was read."""
    with _new_file(target, mode) as descriptor:
        found = _read(source, lambda block: _put(descriptor, block))
    readback.prove(target, found.sha256)
    return found


def write(target: Path, data: bytes, mode: int = _MODE) -> None:
    """Write a new file, synced."""
    with _new_file(target, mode) as descriptor:
        _put(descriptor, data)
    readback.prove_end(target, data)


@contextmanager
def _new_file(target: Path, mode: int) -> Iterator[int]:
    step()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        yield descriptor
        step()
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(descriptor: int, data: bytes) -> None:
    """Write all of it: the system may take less than it is given."""
    step(lambda: os.write(descriptor, data[: len(data) // 2]))
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def sync_file(path: Path) -> None:
    """Make a folder, or the bytes of a file that another program wrote, durable."""
    step()
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path, mode: int = 0o750) -> None:
    """Make a folder and what is missing above it, each name synced."""
    if path.is_dir():
        return
    make_folder(path.parent)
    step()
    path.mkdir(mode=mode, exist_ok=True)
    _sync(path.parent)


def draft_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder, and what is missing above it, inside work that is synced as a whole before
    anyone sees it.
    """
    if not path.is_dir():
        step()
        path.mkdir(mode, parents=True, exist_ok=True)


def sync_tree(folder: Path) -> None:
    """Sync a folder and all folders in it, the innermost first."""
    for name, _, _ in os.walk(folder, topdown=False):
        step()
        _sync(Path(name))


def link(source: Path, target: Path) -> None:
    """Give the bytes of a file a second name; the caller syncs the folder."""
    step()
    os.link(source, target)


def place(source: Path, target: Path) -> None:
    """Rename a file inside work that is synced as a whole before anyone sees it."""
    step()
    source.rename(target)


def move(source: Path, target: Path) -> None:
    """Give a file or folder its final name; never replaces: FileExistsError if that is taken."""
    _rename(source, target, _RENAME_NOREPLACE)


def exchange(one: Path, other: Path) -> None:
    """Swap two folders in one atomic step."""
    _rename(one, other, _RENAME_EXCHANGE)


def _rename(source: Path, target: Path, flag: int) -> None:
    import ctypes

    step()
    libc = ctypes.CDLL(None, use_errno=True)
    code = libc.renameat2(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flag)
    if code:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(source), None, str(target))
    step()
    _sync(target.parent)
    if source.parent != target.parent:
        _sync(source.parent)


def replace(path: Path, data: bytes, mode: int = _MODE) -> None:
    """Put a whole new file in the place of an old one; readers see the one or the other."""
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    beside.unlink(missing_ok=True)
    write(beside, data, mode)
    supersede(beside, path)


def supersede(beside: Path, path: Path) -> None:
    """Let a synced file take the name of another."""
    step()
    beside.rename(path)
    _sync(path.parent)


def set_mode(path: Path, mode: int) -> None:
    """Say who may read and write a file or folder; the caller syncs it."""
    step()
    path.chmod(mode)


def append(path: Path, line: bytes) -> None:
    """Add one line to a file, synced; other writers wait.

    The name of an empty file is synced before its first line: whoever made it may have been killed
    before that, and nobody sees it of a file in which a line stands.
    """
    step()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        before = os.fstat(descriptor).st_size
        if not before:
            step()
            _sync(path.parent)
        _put(descriptor, line)
        step()
        os.fdatasync(descriptor)
        _keep_or_cut(path, line, before)
    finally:
        os.close(descriptor)


def _keep_or_cut(path: Path, line: bytes, before: int) -> None:
    """A line that the disk did not keep must not stand where the next one refers to it."""
    try:
        readback.prove_end(path, line)
    except OSError:
        cut(path, before)
        raise


def cut(path: Path, size: int) -> None:
    """Cut a file to its first `size` bytes, synced."""
    step()
    os.truncate(path, size)
    _sync(path)


def remove(path: Path, missing_ok: bool = False) -> None:
    """Remove one file, the removal synced."""
    if missing_ok and not os.path.lexists(path):
        return
    step()
    path.unlink()
    _sync(path.parent)


def remove_empty(*folders: Path) -> None:
    """Remove folders in which nothing stands, the innermost first; the removal synced."""
    step()
    gone = None
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
            gone = folder
    if gone:
        _sync(gone.parent)


def remove_tree(path: Path) -> None:
    """Remove a folder and all in it; not synced, for it is only ever left-over work."""
    import shutil

    step()
    shutil.rmtree(path, ignore_errors=True)
