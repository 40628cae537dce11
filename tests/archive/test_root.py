"""How an archive is made, and the lock of it."""

from __future__ import annotations

import errno
import itertools
import stat
import threading
from pathlib import Path

import desk
import pytest

from partydoc.archive import disk
from partydoc.archive.root import Archive, create, open_archive
from partydoc.archive.settings import Settings
from partydoc.archive.verify import roots, verify_root
from partydoc.errors import Locked, UsageProblem

LAN = Settings("independent-lan", "whoosh", "Mẫu")


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


def _stopped(root: Path, at: int, settings: Settings = LAN) -> bool:
    """Make an archive and be stopped at a step; return whether that came."""
    steps = itertools.count(1)

    def step(half: object = None) -> None:
        if next(steps) == at:
            raise OSError(errno.ENOSPC, "no room")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "step", step)
        try:
            create(root, settings)
        except OSError:
            return True
    return False


def test_an_init_that_was_stopped_anywhere_is_taken_up_by_the_next(fast_disk: Path) -> None:
    other = Settings("connected", "whoosh", "Another name")
    for at in itertools.count(1):
        root = fast_disk / str(at)
        if not _stopped(root, at, other):
            break
        if not (root / "partydoc.toml").exists():
            create(root, LAN)
            assert open_archive(root).settings == LAN
        with desk.at_work(open_archive(root)) as opened:
            assert not [one for folder in roots(opened.archive) for one in verify_root(folder, ())]
        assert not list(root.rglob("*.new-*")) and not list(root.glob(".try-*"))
    assert at > 30


def test_what_was_put_into_the_inbox_of_half_an_archive_stays(fast_disk: Path) -> None:
    root = fast_disk / "a"
    at = next(n for n in itertools.count(1) if _made_half(fast_disk / str(n), n))
    _stopped(root, at)
    (root / "inbox" / "quét.pdf").write_bytes(b"scan")
    create(root, LAN)
    assert (root / "inbox" / "quét.pdf").read_bytes() == b"scan"


def _made_half(root: Path, at: int) -> bool:
    return _stopped(root, at) and (root / "inbox").is_dir()


def test_a_folder_with_anything_else_in_it_becomes_no_archive(fast_disk: Path) -> None:
    (fast_disk / "store").mkdir()
    with pytest.raises(UsageProblem, match="not an empty folder"):
        create(fast_disk, LAN)
    assert [path.name for path in fast_disk.iterdir()] == ["store"]


def test_where_no_archive_can_be_safe_nothing_is_left(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exchange(*_: Path) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(disk, "exchange", exchange)
    with pytest.raises(UsageProblem, match="cannot keep an archive safe"):
        create(fast_disk / "a", LAN)
    assert not list((fast_disk / "a").iterdir())


@pytest.mark.parametrize(("network", "mode"), [("connected", 0o700), ("independent-lan", 0o750)])
def test_nobody_else_sees_what_may_be_secret_in_quarantine(
    fast_disk: Path, network: str, mode: int
) -> None:
    archive = create(fast_disk / "a", Settings(network, "whoosh"))
    assert stat.S_IMODE(archive.quarantine.stat().st_mode) == mode
