"""Reading ordinary files where anything may stand: in a store that was damaged, in a copy of one.

A pipe in the place of a file would keep us waiting for ever, the archive's lock held; a link could
lead anywhere.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


def opened(path: Path) -> BufferedReader:
    """Open an ordinary file for reading; raises OSError for anything else."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.ENXIO, "no ordinary file", str(path))
    return os.fdopen(descriptor, "rb")


def content(path: Path) -> bytes:
    """Return the bytes of an ordinary file; raises OSError for anything else."""
    with opened(path) as file:
        return file.read()
