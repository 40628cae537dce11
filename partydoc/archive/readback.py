"""Reading back: what was written is relied on only when the disk has given it back."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from partydoc.archive import ordinary


def prove(path: Path, sha256: str, since: int = 0) -> None:
    """Read a synced file again, from a byte on; raises OSError(EIO) where its digest is another.

    What stands in memory is let go first, for it would only say what was meant to be written.
    """
    import hashlib  # it loads much, and reading an archive does without

    with ordinary.opened(path) as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        file.seek(since)
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise OSError(errno.EIO, "the disk gives other bytes than it was given", str(path))


def prove_end(path: Path, data: bytes) -> None:
    """Prove that a synced file ends with these bytes."""
    import hashlib

    prove(path, hashlib.sha256(data).hexdigest(), path.stat().st_size - len(data))
