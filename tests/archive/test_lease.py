"""Who still writes a file: what the kernel tells, and what is done where it tells nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import test_crash as crash

from partydoc.archive import inbox, lease
from partydoc.archive.inbox import Brought, Source
from partydoc.document import Refusal

NOBODY = 65534


@pytest.mark.parametrize(("kind", "writes"), [("ext4", True), ("nfs4", None), ("", None)])
def test_a_share_that_knows_of_no_writer_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, writes: bool | None
) -> None:
    monkeypatch.setattr(lease, "_file_system", lambda descriptor: kind)
    with (tmp_path / "x").open("wb"), (tmp_path / "x").open("rb") as reader:
        assert lease.is_being_written(reader.fileno()) is writes
    with (tmp_path / "x").open("rb") as reader:
        assert lease.is_being_written(reader.fileno()) is False


def test_the_file_system_of_a_file_is_known(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as opened:
        assert lease._file_system(opened.fileno()) in lease._LOCAL


def as_nobody(work: Callable[[], None]) -> None:
    """Do it in a child as another account: a file of root's is then a file of somebody else's."""
    if os.geteuid() != 0:
        pytest.fail("NOT CHECKED: only root can become somebody else")

    def there() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        work()

    assert crash.in_child(there) == 0


def opened_to_all(folder: Path) -> Path:
    """Return a file of root's in a folder in which everybody may do anything."""
    folder.chmod(0o777)
    path = folder / "x.pdf"
    path.write_bytes(b"half")
    path.chmod(0o666)
    return path


def test_who_writes_a_file_of_another_account_is_not_known(fast_disk: Path) -> None:
    path = opened_to_all(fast_disk)

    def ask() -> None:
        with path.open("rb") as reader:
            assert lease.is_being_written(reader.fileno()) is None

    with path.open("ab"):
        as_nobody(ask)
    as_nobody(ask)


@pytest.mark.parametrize(("later", "taken"), [(590, False), (610, True)])
def test_a_file_of_another_account_waits_much_longer_than_quiet(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch, later: float, taken: bool
) -> None:
    path, clock = opened_to_all(fast_disk), time.time
    monkeypatch.setattr(time, "time", lambda: clock() + later)

    def bring(quiet: float, in_inbox: bool = True) -> Brought | Refusal:
        copy = fast_disk / f"copy-{quiet}-{in_inbox}-{os.getuid()}"
        return inbox.bring(Source(path, in_inbox), copy, quiet)

    def asked() -> None:
        found = [bring(0), bring(later), bring(0, in_inbox=False)]  # the last one is only read
        assert [isinstance(one, Brought) for one in found] == [taken, False, True]
        assert found[1] == Refusal("may-be-written")

    as_nobody(asked)
    assert isinstance(bring(0), Brought)


def test_it_waits_ten_times_quiet_and_ten_minutes_at_least() -> None:
    assert [lease.patience(quiet) for quiet in (0, 30, 60, 100)] == [600, 600, 600, 1000]


def test_a_clock_that_goes_a_little_ahead_makes_no_file_old(tmp_path: Path) -> None:
    """As that of a server from which the inbox is mounted."""
    path = tmp_path / "x.pdf"
    path.write_bytes(b"half")
    now = time.time()
    status = os.stat_result((0o100644, 1, 1, 1, 0, 0, 4, now, now + 5, now + 5))
    assert 4 < inbox._age(status) < 6
