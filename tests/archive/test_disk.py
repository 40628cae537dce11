"""What stands on the disk when a function returns stands there for good."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import test_crash as crash

from partydoc.archive import disk


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int]]:
    """The folders that are synced, each with the size that the log then has."""
    found: list[tuple[Path, int]] = []
    sync = disk._sync

    def told(path: Path) -> None:
        found.append((path, (path / "log").stat().st_size))
        sync(path)

    monkeypatch.setattr(disk, "_sync", told)
    return found


def test_the_name_of_a_new_file_is_synced_before_its_first_line(
    tmp_path: Path, synced: list[tuple[Path, int]]
) -> None:
    disk.append(tmp_path / "log", b"one\n")
    disk.append(tmp_path / "log", b"two\n")
    assert synced == [(tmp_path, 0)]


def test_the_name_of_an_empty_file_that_a_killed_run_made_is_synced(
    tmp_path: Path, synced: list[tuple[Path, int]]
) -> None:
    log = tmp_path / "log"
    assert os.WIFSIGNALED(crash.in_child(lambda: disk.append(log, b"one\n"), fail_at="2:kill"))
    assert log.read_bytes() == b"" and not synced
    disk.append(log, b"two\n")
    assert synced == [(tmp_path, 0)] and log.read_bytes() == b"two\n"
