"""The power goes at each step in turn: the campaigns, and what other tests need to do likewise."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from campaign import keeps_every_promise

from partydoc import failing

#: Every step with PARTYDOC_CRASH_STRIDE=1.
STRIDE = int(os.environ.get("PARTYDOC_CRASH_STRIDE", "17"))


def in_child(work: Callable[[], None], fail_at: str = "", count_to: str = "") -> int:
    """Run work in a forked child with its own step counter; return its wait status."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    code = 1
    try:
        failing.taken = 0
        os.environ["PARTYDOC_FAIL_AT"], os.environ["PARTYDOC_COUNT_TO"] = fail_at, count_to
        work()
        code = 0
    finally:
        os._exit(code)


def steps_of(work: Callable[[], None], fast_disk: Path) -> int:
    counter = fast_disk / "steps"
    assert in_child(work, count_to=str(counter)) == 0
    return int(counter.read_text())


@pytest.mark.slow
def test_a_night_that_is_killed_loses_nothing() -> None:
    keeps_every_promise("kills", "--only", "nightly", "--stride", STRIDE)
