"""Emptying a folder in which a child may have left anything, and may still be at work."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
#: A child that fills its folder as fast as it is emptied is not waited for.
_ROUNDS = 10_000
_AT_ONCE = 1_000


def empty(folder: Path) -> None:
    """Make a folder that only its owner can open, or take away what stands in it.

    What a child left in its place, a link for instance, is taken away and not followed.
    """
    try:
        inside = os.open(folder, os.O_RDONLY | _FOLDER)
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True)
        return
    except NotADirectoryError:  # a link, or a file
        folder.unlink()
        folder.mkdir(mode=0o700)
        return
    except PermissionError:
        folder.chmod(0o700)  # its own folder: nothing else can stand in its place
        inside = os.open(folder, os.O_RDONLY | _FOLDER)
    try:
        _empty(inside)
    finally:
        os.close(inside)


def remove(folder: Path) -> None:
    """Take a folder away with all that stands in it; what cannot be removed stays."""
    with contextlib.suppress(OSError):
        empty(folder)
        folder.rmdir()


def _empty(folder: int) -> None:
    """Take everything out of an open folder; folders in folders are brought up first.

    So neither their depth nor their number matters, nor what may be done in them.
    """
    names = (f".{number}" for number in itertools.count())
    for _ in range(_ROUNDS):
        entries = list(itertools.islice(_entries(folder), _AT_ONCE))
        if not entries or not all([_taken_out(entry, folder, names) for entry in entries]):
            return


def _taken_out(name: str, folder: int, names: Iterator[str]) -> bool:
    try:
        os.unlink(name, dir_fd=folder)
    except IsADirectoryError:
        return _dissolve(name, folder, names)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _dissolve(name: str, folder: int, names: Iterator[str]) -> bool:
    """Remove a folder: its files at once, its folders are put beside it under other names."""
    with contextlib.suppress(FileNotFoundError):
        inside = _opened(name, folder)
        try:
            for entry in _entries(inside):
                try:
                    os.unlink(entry, dir_fd=inside)
                except IsADirectoryError:
                    os.close(_opened(entry, inside))
                    os.rename(entry, _free(names, folder), src_dir_fd=inside, dst_dir_fd=folder)
            os.rmdir(name, dir_fd=folder)
        except OSError:
            return False
        finally:
            os.close(inside)
    return True


def _opened(name: str, folder: int) -> int:
    """Open a folder in an open folder, having made sure that its owner may."""
    found = os.open(name, os.O_PATH | _FOLDER, dir_fd=folder)
    try:
        Path(f"/proc/self/fd/{found}").chmod(0o700)
        return os.open(".", os.O_RDONLY | _FOLDER, dir_fd=found)
    finally:
        os.close(found)


def _free(names: Iterator[str], folder: int) -> str:
    for name in names:
        try:
            os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return name
    raise AssertionError("names never end")


def _entries(folder: int) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry.name
