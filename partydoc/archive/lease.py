"""Whether somebody still has a file open for writing, as far as the kernel can tell."""

from __future__ import annotations

import errno
import fcntl
import signal
from pathlib import Path

#: Where "somebody writes" means just that; a network share says it also when it does not know.
_LOCAL = frozenset(
    {"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "zfs", "bcachefs", "tmpfs", "overlay",
     "vfat", "exfat"}
)  # fmt: skip


def is_being_written(descriptor: int) -> bool:
    """Tell whether anyone has the file open for writing; False where the kernel does not say.

    A read lease (fcntl(2), F_SETLEASE) is granted only while nobody writes; it is given back at
    once. Only the file's owner and root may ask for one.
    """
    try:
        # Whoever opens the file in between makes the kernel send this; SIGIO would end us.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as trouble:
        return trouble.errno == errno.EAGAIN and _file_system(descriptor) in _LOCAL
    return False


def _file_system(descriptor: int) -> str:
    """Return the kind of file system on which an open file lies; "" if that cannot be told."""
    try:
        about = Path(f"/proc/self/fdinfo/{descriptor}").read_text("ascii").splitlines()
        mount = next(line.split()[1] for line in about if line.startswith("mnt_id:"))
        for line in Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines():
            if line.split()[0] == mount:
                return line.rpartition(" - ")[2].split()[0]
    except (OSError, StopIteration, IndexError):
        pass
    return ""
