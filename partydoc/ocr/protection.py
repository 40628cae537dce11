"""What stands between a file that somebody sent and this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from partydoc.ocr import bubble, sandbox, syscalls


@dataclass(frozen=True)
class Protection:
    """`no_bubble`: why there are no namespaces (`not-installed`, `apparmor`, `failed`), None where
    there are; `landlock`: the kernel's version of it, 0 without; `filtered`: system calls are
    refused; `root`: the account has every right there is.
    """

    no_bubble: str | None
    landlock: int
    filtered: bool
    root: bool


def protection(desk: Path | None = None) -> Protection:
    """Look how well the processes that open other people's files are confined, in an archive's
    folder for work if there is one.
    """
    return Protection(
        bubble.missing(desk) if desk and desk.is_dir() else bubble.missing(),
        sandbox.landlock_version(),
        syscalls.known(),
        os.geteuid() == 0,
    )
