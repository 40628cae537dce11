"""Puts a folder that was made beside in the place of the one in use, whole."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

_MARK = ".new-"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def beside(folder: Path) -> Path:
    """Make an empty folder next to `folder`; what a killed run left there is removed first.

    Only the one who may write the archive calls this, so nobody else is at work beside.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    for leftover in folder.parent.glob(folder.name + _MARK + "*"):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh = folder.with_name(f"{folder.name}{_MARK}{os.getpid()}")
    fresh.mkdir()
    return fresh


def into_place(fresh: Path, folder: Path) -> None:
    """Give `fresh` the name of `folder`; readers see the old one or the new one, nothing else."""
    if not folder.exists():
        fresh.rename(folder)
    elif _exchange(fresh, folder):
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        # A file system without exchange: for an instant there is none; readers look twice.
        old = folder.with_name(f"{folder.name}{_MARK}old")
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    handle = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0
