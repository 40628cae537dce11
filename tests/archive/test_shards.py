"""What several processes read of an archive is what one reads."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import desk
import pytest
from test_catalogue import add

from partydoc.archive import shards
from partydoc.archive.anew import rebuild_catalogue
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.root import Archive
from partydoc.work import Work

COUNT = 12


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with documents in the store and in hold, one of them damaged, and a fonds."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        add(opened, "fonds", "A29")
        for number in range(COUNT):
            path = archive.inbox / f"{number}.pdf"
            path.write_bytes(b"%%PDF-1.4 %d" % number)
            work = desk.keep(opened, path, unclassified=number % 3 > 0)
            assert isinstance(work, Work)
            if number == 1:
                damaged = opened.store.where(work.kept.urn)
    assert damaged
    (damaged / "inventory.json").chmod(0o640)
    (damaged / "inventory.json").write_bytes(b"{")
    return archive


def every(archive: Archive, processes: int | None = None) -> list[shards.Shard]:
    return list(shards.every(archive.store, archive.hold, processes))


def test_documents_damaged_ones_and_what_is_none_are_told_apart(archive: Archive) -> None:
    found = every(archive)
    rows = [row for shard in found for row in shard.rows]
    assert len(rows) == COUNT - 1 and sum(row[2] for row in rows) == COUNT // 3
    assert sum(len(shard.broken) for shard in found) == 1
    assert sum(len(shard.others) for shard in found) == 1


@pytest.mark.parametrize("processes", [2, 3, 40])
def test_several_processes_read_what_one_reads_in_the_same_order(
    archive: Archive, processes: int
) -> None:
    assert every(archive, processes) == every(archive, 1)


def test_a_process_that_is_killed_is_done_without(archive: Archive) -> None:
    """They are killed as soon as the first shard is there, wherever they are then."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = set(children.read_text().split())
    reading = shards.every(archive.store, archive.hold, 2)
    found = [next(reading), next(reading)]
    for child in set(children.read_text().split()) - before:
        os.kill(int(child), signal.SIGKILL)
    assert [*found, *reading] == every(archive, 1)


def test_where_no_process_can_be_run_it_reads_alone(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert every(archive, 2) == every(archive, 1)


def test_who_stops_early_leaves_no_process(archive: Archive) -> None:
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text().split()
    reading = shards.every(archive.store, archive.hold, 2)
    next(reading), next(reading)
    assert len(children.read_text().split()) == len(before) + 2
    reading.close()
    assert children.read_text().split() == before


def test_a_large_archive_is_read_by_several_and_its_catalogue_is_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows() -> list[tuple[object, ...]]:
        rebuild_catalogue(archive)
        with Catalogue(archive.catalogue) as catalogue:
            return list(catalogue.ask("SELECT * FROM documents ORDER BY id"))

    alone = rows()
    monkeypatch.setattr(shards, "_MANY", 0)
    assert rows() == alone and len(alone) == COUNT - 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_record_with_what_is_no_number_is_damaged_and_stops_nothing(
    archive: Archive, number: str
) -> None:
    record = next(archive.store.rglob("record.json"))
    record.chmod(0o640)
    record.write_text(record.read_text().replace('"pages": 1', f'"pages": {number}'))
    assert record.parents[2] in rebuild_catalogue(archive)
    assert sum(len(shard.rows) for shard in every(archive)) == COUNT - 2
