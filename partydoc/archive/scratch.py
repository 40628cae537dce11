"""A private folder in hold for a text that somebody has open: it goes when that program ends.

What may be secret stands nowhere else meanwhile, and no recovery takes it away from a person who
is still typing: each such folder is locked as long as its process lives.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from partydoc.archive import disk

PREFIX = "open-"


@contextmanager
def folder(staging: Path) -> Iterator[Path]:
    """Give a folder in hold's staging, mode 0700; it is removed with all that stands in it."""
    made, descriptor = _made(staging)
    try:
        yield made
    finally:
        disk.remove_tree(made)
        os.close(descriptor)


def sweep(staging: Path) -> None:
    """Remove the folders that a killed process left; those of living ones stay."""
    for left in staging.glob(f"{PREFIX}*"):
        with suppress(OSError):
            descriptor = _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            disk.remove_tree(left)
            os.close(descriptor)


def _made(staging: Path) -> tuple[Path, int]:
    """Make a folder and lock it; once more where it was swept away before it was locked."""
    while True:
        made = staging / f"{PREFIX}{secrets.token_hex(8)}"
        disk.draft_folder(made, 0o700)
        with suppress(FileNotFoundError):
            descriptor = _locked(made, fcntl.LOCK_SH)
            if made.exists():
                return made, descriptor
            os.close(descriptor)


def _locked(path: Path, how: int) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
