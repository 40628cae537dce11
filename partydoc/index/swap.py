"""Puts a folder that was made beside in the place of the one in use, whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from partydoc.failing import step

_NEXT = ".next"
_OLD = ".new-old"  # recovery removes what bears such a name
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def beside(folder: Path) -> Path:
    """Return where the folder that is to take the place of `folder` is made.

    Only the one who may write the archive works there. What an interrupted run left there may
    be gone on with.
    """
    return folder.with_name(folder.name + _NEXT)


def make(folder: Path) -> Path:
    """Make an empty folder beside `folder`; what stood there is removed."""
    clear(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = beside(folder)
    step()
    fresh.mkdir()
    return fresh


def clear(folder: Path) -> None:
    """Remove what interrupted runs left beside `folder`."""
    for leftover in (beside(folder), _old(folder)):
        if leftover.exists():
            step()
            shutil.rmtree(leftover, ignore_errors=True)


def remove(folder: Path) -> None:
    """Remove a folder; readers see it whole or not at all."""
    clear(folder)
    old = _old(folder)
    step()
    folder.rename(old)
    step()
    shutil.rmtree(old, ignore_errors=True)


def into_place(fresh: Path, folder: Path) -> None:
    """Give `fresh` the name of `folder`; readers see the old one or the new one, nothing else."""
    old = _old(folder)
    step()
    if not folder.exists():
        fresh.rename(folder)
    elif _exchange(fresh, folder):
        step()
        fresh.rename(old)
    else:
        # A file system without exchange: for an instant there is none; readers look twice.
        folder.rename(old)
        fresh.rename(folder)
    step()
    shutil.rmtree(old, ignore_errors=True)
    handle = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _old(folder: Path) -> Path:
    return folder.with_name(folder.name + _OLD)


def _exchange(one: Path, other: Path) -> bool:
    import ctypes  # a run that finds nothing to do gets along without

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0
