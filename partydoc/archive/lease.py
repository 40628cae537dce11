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
#: Where the kernel does not say who writes a file, it must be quiet so much longer, and so long at
#: least, in seconds: whoever scans clears a jam or fetches the next stack, and goes on.
TIMES, AT_LEAST = 10, 600.0


def patience(quiet: float) -> float:
    """Return how long a file must be quiet of which the kernel does not say who writes it."""
    return max(AT_LEAST, TIMES * quiet)


def is_being_written(descriptor: int) -> bool | None:
    """Tell whether anyone has the file open for writing; None where the kernel does not say.

    A read lease (fcntl(2), F_SETLEASE) is granted only while nobody writes; it is given back at
    once. Only the file's owner and who has CAP_LEASE, as root has, may ask for one.
    """
    try:
        # Whoever opens the file in between makes the kernel send this; SIGIO would end us.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as trouble:
        somebody = trouble.errno == errno.EAGAIN and _file_system(descriptor) in _LOCAL
        return True if somebody else None
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
