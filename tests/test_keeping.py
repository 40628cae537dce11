"""A file leaves the inbox only when the archive has its bytes for good."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import desk
import pytest

from partydoc.archive import disk, leaving, ocfl
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX
from partydoc.outcome import Outcome
from partydoc.work import Work

BYTES = b"%PDF 1"


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return desk.new_archive(fast_disk / "a")


@pytest.mark.parametrize("unclassified", [True, False])
def test_the_name_of_what_is_there_already_is_synced_before_its_file_leaves(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, unclassified: bool
) -> None:
    path, synced = archive.inbox / "1.pdf", list[Path]()
    sync, dismiss = disk._sync, leaving.dismiss

    def told(folder: Path) -> None:
        synced.append(folder)
        sync(folder)

    with desk.at_work(archive) as opened:
        path.write_bytes(BYTES)
        work = desk.keep(opened, path, unclassified=unclassified)
        assert isinstance(work, Work)
        root = archive.store if unclassified else archive.hold
        parent = ocfl.object_path(root, work.kept.urn).parent

        def left(*arguments: object) -> None:
            assert {parent, parent.parent, root} <= {*synced}
            synced.append(path)
            dismiss(*arguments)  # type: ignore[arg-type]

        path.write_bytes(BYTES)
        monkeypatch.setattr(disk, "_sync", told)
        monkeypatch.setattr(leaving, "dismiss", left)
        assert desk.keep(opened, path, unclassified=unclassified)
    assert path in synced and not path.exists()


def test_a_file_stays_while_the_disk_does_not_sync_the_name_of_what_was_made_of_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sync = archive.inbox / "1.pdf", disk._sync
    path.write_bytes(BYTES)

    def refused(folder: Path) -> None:
        if any(
            one.name.startswith(DOCUMENT_PREFIX.replace(":", "%3a")) for one in folder.iterdir()
        ):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(folder)

    with desk.at_work(archive) as opened:
        with monkeypatch.context() as broken:
            broken.setattr(disk, "_sync", refused)
            for _ in range(2):
                found = desk.keep(opened, path, unclassified=True)
                assert isinstance(found, Outcome) and found.reason == "not-filed"
                assert path.read_bytes() == BYTES
        assert isinstance(desk.keep(opened, path, unclassified=True), Work)
        assert not path.exists()
