"""Numbered steps: each change of the disk is one, so that the tests can fail every one in turn.

`PARTYDOC_FAIL_AT=N[:kill|enospc|eio|short]` lets the N-th step of a process fail, `N+` that and all
after it; `short` writes half of what was to be written before the disk is full.
`PARTYDOC_COUNT_TO=FILE` writes how many steps a run had.
"""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

_ERRORS = {"enospc": errno.ENOSPC, "short": errno.ENOSPC, "eio": errno.EIO}
#: Steps of this process so far.
taken = 0


def _nothing() -> None:
    return None


def step(half: Callable[[], object] = _nothing) -> None:
    """Count one change of the disk, and fail here if the tests ask for it.

    `half` writes the first half of what this step is about to write.
    """
    global taken
    taken += 1
    if counter := os.environ.get("PARTYDOC_COUNT_TO"):
        Path(counter).write_text(str(taken))
    if wanted := os.environ.get("PARTYDOC_FAIL_AT"):
        number, _, action = wanted.partition(":")
        first = int(number.rstrip("+"))
        if taken == first or (taken > first and number.endswith("+")):
            _fail(action or "kill", half)


def _fail(action: str, half: Callable[[], object]) -> None:
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "short":
        half()
    code = _ERRORS[action]
    raise OSError(code, os.strerror(code))
