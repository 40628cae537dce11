"""What a run that died had begun is made durable before anything is built on it or removed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import desk
import inhold
import judge
import pytest

from partydoc.archive import disk, jobs, ocfl
from partydoc.archive.jobs import Intent
from partydoc.archive.kept import Kept
from partydoc.archive.root import Archive
from partydoc.archive.store import DOCUMENT_PREFIX, Store
from partydoc.work import Work


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return inhold.new_archive(fast_disk / "a")


def unsyncable(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Let the disk refuse to sync these folders."""
    sync = disk._sync

    def refused(path: Path) -> None:
        if path in folders:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(path)

    monkeypatch.setattr(disk, "_sync", refused)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path]]:
    """What is synced and removed, in its order."""
    found: list[tuple[str, Path]] = []

    def told(name: str, work: Callable[..., None], path: Path, *others: Any, **how: Any) -> None:
        found.append((name, path))
        work(path, *others, **how)

    for name in ("_sync", "remove_tree", "remove", "remove_empty"):
        monkeypatch.setattr(disk, name, partial(told, name, getattr(disk, name)))
    return found


def revised_but_not_synced(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> tuple[Kept, Path]:
    """A new version has taken its place, but the disk would not sync it; return the job."""
    with desk.at_work(archive) as opened:
        (archive.inbox / "1.pdf").write_bytes(b"%PDF 1")
        work = desk.keep(opened, archive.inbox / "1.pdf", unclassified=True)
        assert isinstance(work, Work)
        folder = opened.store.where(work.kept.urn)
        assert folder
        with monkeypatch.context() as while_it_works, pytest.raises(OSError):
            unsyncable(while_it_works, folder.parent)
            desk.say(opened, work, {})
    assert (work.job / "object" / "inventory.json").exists()
    return work.kept, work.job


def test_a_version_that_was_not_synced_is_synced_before_the_one_before_it_goes(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, done: list[tuple[str, Path]]
) -> None:
    kept, job = revised_but_not_synced(archive, monkeypatch)
    done.clear()
    with desk.at_work(archive):
        pass
    gone = done.index(("remove_tree", job))
    parent = ocfl.object_path(archive.store, kept.urn).parent
    for folder in (parent, parent.parent, archive.store, job):
        assert ("_sync", folder) in done[:gone]
    judge.staging_is_empty(archive.root)


def test_what_cannot_be_synced_is_left_for_the_next_turn(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, job = revised_but_not_synced(archive, monkeypatch)
    parent = ocfl.object_path(archive.store, kept.urn).parent
    with monkeypatch.context() as broken:
        unsyncable(broken, parent)
        with desk.at_work(archive) as opened:
            assert list(opened.unfinished) == [kept.urn]
    assert (archive.staging / job.name / "object").exists() or (job / "object").exists()
    with desk.at_work(archive) as opened:
        assert not opened.unfinished
    judge.staging_is_empty(archive.root)
    judge.catalogue_agrees(archive.root)


def test_a_document_whose_way_into_hold_was_not_synced_is_synced_before_its_folders_go(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, done: list[tuple[str, Path]]
) -> None:
    urn, store = DOCUMENT_PREFIX + inhold.some(archive)["held"], Store(archive, hold=True)
    store.release(urn)
    here, there = (ocfl.object_path(root, urn).parent for root in (archive.store, archive.hold))
    job = jobs.begin(archive.hold_staging)
    jobs.intend(job, Intent(urn))
    with monkeypatch.context() as broken, pytest.raises(OSError):
        unsyncable(broken, there)
        store.withhold(urn)
    done.clear()
    with desk.at_work(archive):
        pass
    (first, *_) = [at for at, one in enumerate(done) if one[0].startswith("remove")]
    assert {("_sync", here), ("_sync", there)} <= {*done[:first]}


def test_the_intent_of_a_purge_is_gone_for_good_before_its_job_goes(
    archive: Archive, done: list[tuple[str, Path]]
) -> None:
    document = inhold.some(archive)["held"]
    job = jobs.begin(archive.hold_staging)
    jobs.intend(job, Intent(DOCUMENT_PREFIX + document, purge=True))
    done.clear()
    with desk.at_work(archive):
        pass
    ended = [one for one in done if one[1] in (job, job / "intent.json")][-3:]
    assert ended == [("remove", job / "intent.json"), ("_sync", job), ("remove_tree", job)]
    assert ("_sync", archive.hold_staging) in done[done.index(ended[-1]) :]
    assert document not in judge.originals(archive.root)


def test_a_job_without_an_intent_is_synced_before_it_goes(
    archive: Archive, done: list[tuple[str, Path]]
) -> None:
    """It may be a purge's, whose intent was removed and that not synced."""
    job = jobs.begin(archive.hold_staging)
    with desk.at_work(archive):
        pass
    assert done.index(("_sync", job)) < done.index(("remove_tree", job))
