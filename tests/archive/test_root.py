"""The lock of an archive."""

from __future__ import annotations

import threading
from pathlib import Path

import desk
import pytest

from partydoc.archive.root import Archive
from partydoc.errors import Locked


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return desk.new_archive(fast_disk / "a")


def test_whoever_does_not_want_to_wait_is_told_at_once(archive: Archive) -> None:
    with archive.writing(wait=0):
        for wait in (0, float("nan")):
            with pytest.raises(Locked), archive.writing(wait):
                pass
    with archive.writing(wait=0):
        pass


def test_whoever_waits_comes_before_whoever_comes_back(archive: Archive) -> None:
    """A batch that lets go and takes again in a loop does not keep a person out."""
    taken, stop, begun = [], threading.Event(), threading.Event()

    def batch() -> None:
        while not stop.is_set():
            with archive.writing(wait=60):
                taken.append(1)
                begun.set()
                stop.wait(0.002)

    thread = threading.Thread(target=batch)
    thread.start()
    try:
        begun.wait()
        for _ in range(5):
            before = len(taken)
            with archive.writing(wait=60):
                assert len(taken) - before < 100
    finally:
        stop.set()
        thread.join()


def test_there_is_one_night_and_others_may_write_in_it(archive: Archive) -> None:
    with archive.night():
        with pytest.raises(Locked, match="nightly run"), archive.night():
            pass
        with archive.writing(wait=0):
            pass
    with archive.night():
        pass
