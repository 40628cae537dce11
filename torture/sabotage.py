"""The faults that `faults` puts into partydoc: each is what somebody might write one day."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

#: In the environment of a command: the name of the fault that it has.
VARIABLE = "TORTURE_FAULT"


def install() -> None:
    """Put in the fault that the environment names, if it names one."""
    if name := os.environ.get(VARIABLE):
        FAULTS[name]()


def _with_os(**changed: Callable[..., Any]) -> None:
    """Let disk.py find other functions in the module os."""
    from partydoc.archive import disk

    disk.os = SimpleNamespace(**{**vars(os), **changed})  # type: ignore[attr-defined]


def _files_not_synced() -> None:
    from partydoc.archive import readback

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            os.fsync(descriptor)

    _with_os(fsync=fsync)
    # Letting go of what stands in memory would make Linux write it.
    kept = {**vars(os), "posix_fadvise": lambda *_: None}
    readback.os = SimpleNamespace(**kept)  # type: ignore[attr-defined]


def _folders_not_synced() -> None:
    def fsync(descriptor: int) -> None:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            os.fsync(descriptor)

    _with_os(fsync=fsync)


def _log_not_synced() -> None:
    _with_os(fdatasync=lambda descriptor: None)


def _inbox_emptied_first() -> None:
    from partydoc.archive import inbox

    bring = inbox.bring

    def hasty(source: Any, *arguments: Any, **options: Any) -> Any:
        brought = bring(source, *arguments, **options)
        if source.inbox and isinstance(brought, inbox.Brought):
            source.path.unlink()
        return brought

    inbox.bring = hasty


def _rename_replaces() -> None:
    from partydoc.archive import disk

    def move(source: Path, target: Path) -> None:
        disk.step()
        source.rename(target)
        disk._sync(target.parent)
        disk._sync(source.parent)

    disk.move = move


def _trouble_ignored() -> None:
    from partydoc.archive import disk

    put = disk._put

    def careless(descriptor: int, data: bytes) -> None:
        try:
            put(descriptor, data)
        except OSError:
            return

    disk._put = careless


def _jobs_elsewhere() -> None:
    from partydoc.archive import jobs

    begin = jobs.begin

    def elsewhere(staging: Path, *arguments: Any) -> Path:
        root = next(path for path in staging.parents if (path / "store").is_dir())
        folder = root.with_name(f"{root.name}-elsewhere")
        folder.mkdir(exist_ok=True)
        return begin(folder, *arguments)

    jobs.begin = elsewhere


def _not_read_back() -> None:
    from partydoc.archive import readback

    readback.prove = lambda *_: None


def _wrong_jobs_ended() -> None:
    from partydoc.archive import disk, jobs

    @contextmanager
    def ended(job: Path, staging: Path) -> Iterator[None]:
        try:
            yield
        except Exception:
            disk.remove_tree(job)
            raise

    jobs.left_if_wrong = ended


def _recovery_unsaid() -> None:
    from partydoc.archive.audit import Audit

    add = Audit.add

    def silent(audit: Any, what: str, *arguments: Any, **detail: Any) -> None:
        if what != "recovered":
            add(audit, what, *arguments, **detail)

    Audit.add = silent  # type: ignore[method-assign]


def _recovery_unsynced() -> None:
    from partydoc.archive import recovery

    recovery._sync_what_was_begun = lambda *_: None


def _names_of_logs_unsynced() -> None:
    from partydoc.archive import disk

    sync = disk._sync

    def hasty(path: Path) -> None:
        if path.name != "audit":
            sync(path)

    disk._sync = hasty


def _catalogue_first() -> None:
    from partydoc.archive.catalogue import Catalogue
    from partydoc.archive.kept import Kept
    from partydoc.archive.store import DOCUMENT_PREFIX, Store

    add = Store.add

    def told_first(store: Any, urn: str, files: Any, *others: Any) -> None:
        if urn.startswith(DOCUMENT_PREFIX):
            with Catalogue(store._archive.catalogue, write=True) as catalogue:
                catalogue.note(Kept.from_json(files["record.json"]), held=bool(others[-1]))
        add(store, urn, files, *others)

    Store.add = told_first  # type: ignore[method-assign]


def _nothing_intended() -> None:
    from partydoc.archive import jobs

    jobs.intend = lambda job, intent: None


def _versions_put_one_by_one() -> None:
    from partydoc.archive import disk

    def exchange(one: Path, other: Path) -> None:
        aside = one.with_name(f"{one.name}-aside")
        for source, target in ((other, aside), (one, other), (aside, one)):
            disk.move(source, target)

    disk.exchange = exchange


def _catalogue_not_synced() -> None:
    connect = sqlite3.connect

    def hasty(*arguments: Any, **options: Any) -> sqlite3.Connection:
        return connect(*arguments, **{**options, "factory": _Hasty})

    sqlite3.connect = hasty  # type: ignore[assignment]


class _Hasty(sqlite3.Connection):
    """Does not wait until anything has reached the disk, whatever it is told."""

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        slow = "PRAGMA synchronous=EXTRA"
        return super().execute("PRAGMA synchronous=OFF" if sql == slow else sql, *parameters)


#: What is wrong -> what puts it in.
FAULTS: dict[str, Callable[[], None]] = {
    "files are not synced": _files_not_synced,
    "folders are not synced": _folders_not_synced,
    "the inbox is emptied first": _inbox_emptied_first,
    "a rename may replace": _rename_replaces,
    "what the disk refuses is ignored": _trouble_ignored,
    "jobs stand where no recovery looks": _jobs_elsewhere,
    "nothing is read back": _not_read_back,
    "a job that goes wrong is thrown away": _wrong_jobs_ended,
    "the catalogue is told before the object has its name": _catalogue_first,
    "the audit log is not synced": _log_not_synced,
    "what recovery finishes is not written down": _recovery_unsaid,
    "recovery trusts the names that it finds": _recovery_unsynced,
    "the name of a log is not synced": _names_of_logs_unsynced,
    "no job says what it is about to do": _nothing_intended,
    "a version is put in its place by three renames": _versions_put_one_by_one,
    "the catalogue is not synced": _catalogue_not_synced,
}
