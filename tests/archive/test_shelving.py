"""Folders as lists of entries."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import desk
import pytest
import test_crash as crash
from hypothesis import given
from hypothesis import strategies as st
from test_catalogue import COMMIT, add

from partydoc import failing
from partydoc.archive import whereabouts
from partydoc.archive.root import Archive
from partydoc.archive.units import Entry, Unit
from partydoc.work import Work

FOLDER = Unit("urn:uuid:0", "folder", "A29-01-0003", "Nghị quyết")


@given(st.lists(st.integers(1, 40), max_size=30))
def test_sheets_are_counted_on_without_gap_or_overlap(sheets: list[int]) -> None:
    folder = FOLDER
    for i, count in enumerate(sheets):
        folder = folder.with_next(f"{i:064x}", count)
    expected = 1
    for number, entry in enumerate(folder.entries, 1):
        assert entry.ordinal == f"{number:03d}"
        assert entry.first_sheet == expected
        assert entry.last_sheet is not None
        expected = entry.last_sheet + 1
    assert expected == sum(sheets) + 1
    assert Unit.from_json(folder.to_json()) == folder


def test_an_inserted_entry_does_not_confuse_the_next_ordinal() -> None:
    folder = replace(FOLDER, entries=(Entry("005a", 1, 2, None),))
    assert folder.with_next("a" * 64, 1).entries[-1].ordinal == "006"


def test_a_folder_may_have_more_than_a_thousand_entries() -> None:
    folder = replace(FOLDER, entries=(Entry("1000", 1, 1, None),))
    assert folder.with_next(None, 1).entries[-1].ordinal == "1001"


def scan(archive: Archive, names: list[str], marked: str = "") -> None:
    with desk.at_work(archive) as opened:
        for name in names:
            (archive.inbox / name).write_bytes(b"%PDF " + name.encode())
            work = desk.keep(opened, archive.inbox / name, "A29-01-0003")
            if isinstance(work, Work):
                desk.file(opened, work, "MẬT" if name == marked else desk.BODY)
        opened.shelves.settle(COMMIT)


def entries(archive: Archive) -> tuple[Entry, ...]:
    with desk.at_work(archive) as opened:
        return opened.shelves.folder("A29-01-0003").entries


def archive_with_folder(root: Path) -> Archive:
    archive = desk.new_archive(root)
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", "A29-01-0003"),
        ):  # fmt: skip
            add(opened, kind, reference)
    return archive


def test_entries_follow_the_stack_and_a_held_paper_keeps_its_place(fast_disk: Path) -> None:
    archive = archive_with_folder(fast_disk / "a")
    scan(archive, ["1.pdf", "2.pdf", "3.pdf"], marked="2.pdf")
    found = entries(archive)
    assert [entry.ordinal for entry in found] == ["001", "002", "003"]
    assert [entry.document is None for entry in found] == [False, True, False]
    assert [entry.first_sheet for entry in found] == [1, 2, 3]


def test_known_bytes_in_another_folder_get_a_new_entry(fast_disk: Path) -> None:
    archive = archive_with_folder(fast_disk / "a")
    with desk.at_work(archive) as opened:
        add(opened, "folder", "A29-01-0004")
    scan(archive, ["1.pdf"])
    (archive.inbox / "again.pdf").write_bytes(b"%PDF 1.pdf")
    with desk.at_work(archive) as opened:
        again = desk.keep(opened, archive.inbox / "again.pdf", "A29-01-0004")
        opened.shelves.settle(COMMIT)
        assert not isinstance(again, Work) and again.outcome == "duplicate"
        document = opened.shelves.folder("A29-01-0004").entries[0].document
        assert [where.reference for where in whereabouts.of(opened.catalogue, document)] == [
            "A29-01-0003-001",
            "A29-01-0004-001",
        ]


def two_folders(root: Path) -> Archive:
    archive = archive_with_folder(root)
    with desk.at_work(archive) as opened:
        add(opened, "folder", "A29-01-0004")
    return archive


def test_a_document_in_hold_gets_its_entries_in_every_folder_when_it_passes(
    fast_disk: Path,
) -> None:
    archive = two_folders(fast_disk / "a")
    paper = fast_disk / "1.pdf"
    paper.write_bytes(b"%PDF 1")
    for folder in ("A29-01-0003", "A29-01-0004", "A29-01-0004"):
        with desk.at_work(archive) as opened:
            work = desk.keep(opened, paper, folder)
            opened.shelves.settle(COMMIT)
    with desk.at_work(archive) as opened:
        work = desk.keep(opened, paper)
        assert isinstance(work, Work) and len(work.kept.places) == 2
        assert desk.file(opened, work).outcome == "archived"
        opened.shelves.settle(COMMIT)
        where = whereabouts.of(opened.catalogue, work.kept.id)
        assert [one.reference for one in where] == ["A29-01-0003-001", "A29-01-0004-001"]


def test_a_disk_that_fails_while_keeping_leaves_no_empty_entry(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_with_folder(fast_disk / "a")
    paper = fast_disk / "1.pdf"
    paper.write_bytes(b"%PDF 1")
    for n in range(1, 60):
        with desk.at_work(archive) as opened:
            monkeypatch.setattr(failing, "taken", 0)
            monkeypatch.setenv("PARTYDOC_FAIL_AT", f"{n}:eio")
            with suppress(OSError):
                desk.keep(opened, paper, "A29-01-0003", unclassified=True)
            monkeypatch.delenv("PARTYDOC_FAIL_AT")
            opened.shelves.settle(COMMIT)
    found = entries(archive)
    assert [entry.ordinal for entry in found] == ["001"]
    assert found[0].document


def test_a_known_document_from_the_inbox_keeps_its_new_entry_through_a_crash(
    fast_disk: Path,
) -> None:
    for n in range(1, 30):
        archive = two_folders(fast_disk / str(n))
        scan(archive, ["1.pdf"])
        again = archive.inbox / "again.pdf"
        again.write_bytes(b"%PDF 1.pdf")

        def fill(archive: Archive = archive, again: Path = again) -> None:
            with desk.at_work(archive) as opened:
                if again.exists():
                    desk.keep(opened, again, "A29-01-0004")
                opened.shelves.settle(COMMIT)

        crash.in_child(fill, f"{n}:kill")
        fill()
        with desk.at_work(archive) as opened:
            filed = opened.shelves.folder("A29-01-0004").entries
        assert len(filed) == 1 and filed[0].document, f"lost at step {n}"
        assert not again.exists()
