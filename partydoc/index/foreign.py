"""A view of an index for people who may only read it: nothing of theirs is written into it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "partydoc-view-"


@contextmanager
def view(folder: Path) -> Iterator[Path]:
    """Make a folder of links to the files of an index, in which locks can be taken.

    Once the index is loaded it is not needed any more. Should the library still make a lock
    there while it is removed, the folder stays until the next view is made after this process.
    """
    base = Path(tempfile.gettempdir())
    _sweep(base)
    prefix = f"{_PREFIX}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir=base, ignore_cleanup_errors=True) as name:
        for path in folder.resolve().iterdir():
            if not path.name.endswith(".lock"):
                Path(name, path.name).symlink_to(path)
        yield Path(name)


def _sweep(base: Path) -> None:
    """Remove one's own views whose process was killed."""
    for left in base.glob(f"{_PREFIX}*"):
        with suppress(OSError, ValueError):
            process = left.name.removeprefix(_PREFIX).partition("-")[0]
            if left.stat().st_uid == os.getuid() and not Path("/proc", process).exists():
                shutil.rmtree(left)
