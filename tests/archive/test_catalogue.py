"""The catalogue is made from the store and may be lost."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import desk
import judge
import pytest
from test_store import DATA, DIGEST

from partydoc import indexing, lookup, searching
from partydoc.archive import catalogue_file, jobs, room, tally, whereabouts
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.ocfl import Commit
from partydoc.archive.recovery import Opened
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.work import Work

COMMIT = Commit("added", "test", desk.NOW)


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with a folder that holds one document."""
    archive = desk.new_archive(fast_disk / "a")
    (archive.inbox / "van-ban.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        add(opened, "fonds", "A29")
        add(opened, "inventory", "A29-01")
        add(opened, "folder", "A29-01-0003", box="7")
        work = desk.keep(opened, archive.inbox / "van-ban.pdf", "A29-01-0003", unclassified=True)
        assert isinstance(work, Work)
        desk.file(opened, work)
        opened.shelves.settle(COMMIT)
        indexing.bring_up_to_date(opened)
    return archive


def add(opened: Opened, kind: str, reference: str, box: str | None = None) -> None:
    opened.shelves.add(new_unit(kind, reference, "Nghị quyết năm 2021", box), COMMIT)


def dump(archive: Archive) -> list:
    db = sqlite3.connect(archive.catalogue)
    found = [
        db.execute("SELECT id, status, held, pages, added_at, record FROM documents").fetchall(),
        db.execute("SELECT * FROM units ORDER BY urn").fetchall(),
        db.execute("SELECT * FROM entries ORDER BY folder, ordinal").fetchall(),
    ]
    db.close()
    return found


def test_a_lost_catalogue_comes_back_from_the_store_as_it_was(archive: Archive) -> None:
    before = dump(archive)
    archive.catalogue.unlink()
    with desk.at_work(archive):
        pass
    assert dump(archive) == before


def test_a_broken_catalogue_is_made_anew_by_the_next_search(archive: Archive) -> None:
    archive.catalogue.write_bytes(b"no database at all" * 100)
    found = searching.search(archive, ["van", "phong"], 10, 0)
    assert [result.hit.id for result in found.results] == [DIGEST]
    assert found.results[0].where and found.results[0].where.reference == "A29-01-0003-001"


def test_a_lost_index_comes_back_with_the_next_search(archive: Archive) -> None:
    import shutil

    shutil.rmtree(archive.index)
    assert searching.search(archive, ["van phong"], 10, 0).total == 1


def test_a_damaged_object_does_not_stop_the_rebuild(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        folder = opened.store.where(f"urn:sha256:{DIGEST}")
    assert folder
    (folder / "inventory.json").chmod(0o640)
    (folder / "inventory.json").write_bytes(b"{")
    assert rebuild_catalogue(archive) == [folder]
    with Catalogue(archive.catalogue) as catalogue:
        assert catalogue.row(DIGEST) is None
        assert catalogue.unit("A29-01-0003")


def test_each_change_gets_the_next_number(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        before = opened.catalogue.mark
        kept = opened.store.kept(DIGEST)
        assert kept
        opened.catalogue.note(kept, held=False)
        assert opened.catalogue.mark == before + 1
        assert [row.id for row in opened.catalogue.changed_since(before)] == [DIGEST]
        assert not list(opened.catalogue.changed_since(before + 1))


def test_a_reference_finds_the_document_and_its_paper(archive: Archive) -> None:
    data = lookup.show(archive, "A29-01-0003-001")
    assert data["id"] == DIGEST
    with Catalogue(archive.catalogue) as catalogue:
        where = whereabouts.of(catalogue, DIGEST)[0]
    assert (where.box, where.first_sheet, where.last_sheet) == ("7", 1, 1)


def test_the_catalogue_knows_no_name_and_no_record_of_what_stands_in_hold(
    fast_disk: Path,
) -> None:
    archive = desk.new_archive(fast_disk / "b")
    (archive.inbox / "canary-ten.pdf").write_bytes(DATA)
    with desk.at_work(archive) as opened:
        desk.keep(opened, archive.inbox / "canary-ten.pdf")
        row = opened.catalogue.row(DIGEST)
        assert row and row.held and row.kept is None
        assert tally.counts(opened.catalogue) == {"awaiting-class": 1}
    assert b"canary" not in archive.catalogue.read_bytes()


def test_a_document_that_goes_into_hold_late_makes_the_index_anew(archive: Archive) -> None:
    """A mark found by a later reading: not a byte of the text stays in the index's files."""
    assert any(b"theo" in path.read_bytes() for path in archive.index.rglob("*") if path.is_file())
    with desk.at_work(archive) as opened:
        kept = opened.store.kept(DIGEST)
        assert kept
        work = Work(kept, jobs.begin_for(kept, archive.desk), 0.0)
        assert desk.file(opened, work, "TỐI MẬT\n" + desk.BODY).outcome == "held"
        opened.shelves.settle(COMMIT)
        indexing.bring_up_to_date(opened)
        jobs.end(work.job)
    assert searching.search(archive, ["van phong"], 10, 0).total == 0
    judge.no_trace(archive.root, ["van-ban", "Đồng", "dong"])


def half_written(path: Path) -> None:
    """Kill a writer in the middle of a change, when a part of it stands in the file already."""
    pid = os.fork()
    if not pid:
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA cache_size=5")
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE state SET change = 99999")
        for number in range(300):
            row = (str(number), "folder", str(number), "x" * 3000)
            db.execute("INSERT INTO units VALUES (?, ?, ?, ?)", row)
        os._exit(0)
    os.waitpid(pid, 0)
    assert path.with_name(f"{path.name}-journal").exists()


def test_what_a_killed_writer_left_half_done_is_taken_back_by_whoever_reads(
    archive: Archive,
) -> None:
    with Catalogue(archive.catalogue) as catalogue:
        mark = catalogue.mark
    half_written(archive.catalogue)
    with Catalogue(archive.catalogue) as catalogue:
        assert catalogue.mark == mark
        half_written(archive.catalogue)  # while somebody has it open
        assert catalogue.mark == mark and catalogue.row(DIGEST)


def test_of_a_folder_only_what_lies_elsewhere_now_counts_as_changed(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        mark, folder = opened.catalogue.mark, opened.shelves.folder("A29-01-0003")
        opened.shelves.enter(opened.shelves.free(folder.urn), None, 2)
        assert not list(opened.catalogue.changed_since(mark))
        opened.catalogue.note_units([replace(folder, box="8")])
        assert [row.id for row in opened.catalogue.changed_since(mark)] == [DIGEST]


@pytest.mark.parametrize(
    ("room_left", "told"), [(True, sqlite3.OperationalError), (False, OSError)]
)
def test_a_disk_that_takes_no_more_files_is_told_as_full(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, room_left: bool, told: type[Exception]
) -> None:
    monkeypatch.setattr(room, "has_name", lambda folder: room_left)
    db = catalogue_file.connect(archive.catalogue, True)
    with closing(db), pytest.raises(told) as trouble:
        db.execute("VACUUM INTO ?", (str(archive.root / "none" / "x"),))
    assert getattr(trouble.value, "errno", None) == (None if room_left else errno.ENOSPC)
