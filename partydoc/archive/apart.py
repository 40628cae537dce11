"""Parts of an archive on different file systems, or mounts: nothing is renamed from one to another.

Whoever mounts an encrypted volume in the place of hold would keep every document there for good.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from partydoc.errors import PartydocError
from partydoc.language import _

if TYPE_CHECKING:
    from partydoc.archive.root import Archive


def apart(archive: Archive) -> Path | None:
    """Return a folder that lies on another file system than the store, as far as may be seen."""
    hold = archive.root / "hold"
    disks: dict[Path, object] = {}
    for folder in (archive.store, archive.staging, hold, archive.hold, archive.hold_staging):
        with suppress(OSError):
            disks[folder] = _disk(folder)
    here = disks.get(archive.store)
    return next((folder for folder in disks if here and disks[folder] != here), None)


def _disk(folder: Path) -> object:
    """Return what two folders share between which the kernel renames: device and mount."""
    descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        about = Path(f"/proc/self/fdinfo/{descriptor}").read_text("ascii").splitlines()
        mount = [line for line in about if line.startswith("mnt_id:")]
        return os.fstat(descriptor).st_dev, mount
    finally:
        os.close(descriptor)


def state(folder: Path) -> str:
    """Return a sentence without its full stop: that a folder is apart."""
    return _("{folder} lies on another file system, or mount, than store/").format(folder=folder)


def mend() -> str:
    """Return what to do about it."""
    return _("Keep the whole archive on one file system, an encrypted one if hold must be.")


def require_together(archive: Archive) -> None:
    """Raise PartydocError where documents could not pass between store, staging and hold."""
    if folder := apart(archive):
        raise PartydocError(f"{state(folder)}.", mend())
