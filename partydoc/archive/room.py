"""Room on the disk, asked for before it is needed."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def ensure(folder: Path) -> None:
    """Raise OSError(ENOSPC) where there is no room for anything."""
    if not has(folder, 0):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def has(folder: Path, size: int) -> bool:
    """Whether there is room for three times so many bytes and a reserve.

    The reserve is 5 % of the disk, at most 1 GiB: catalogue and index need room as well.
    """
    disk = os.statvfs(folder)
    reserve = min(1 << 30, disk.f_blocks * disk.f_frsize // 20)
    return disk.f_bavail * disk.f_frsize >= 3 * size + reserve


def has_name(folder: Path) -> bool:
    """Whether the disk takes one file more, however small; some count none."""
    disk = os.statvfs(folder)
    return not disk.f_files or disk.f_favail > 0
