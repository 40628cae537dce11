"""Entries without a scan, in a second folder, moved, late."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, rmtree

import desk
import judge
import pytest
import shelved
import test_crash as crash
from conftest import Run
from forms import judge as form
from shelved import ONE, TWO, at, close, done, enter, move, undo, unit
from test_catalogue import COMMIT

from partydoc import (
    arranging,
    entering,
    searching,
    unitediting,
)
from partydoc.archive import order
from partydoc.archive.audit import actor
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.errors import UsageProblem
from partydoc.operations import Operation


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return shelved.new_archive(fast_disk / "a")


def say(archive: Archive, reference: str, **values: object) -> Operation:
    with open_for_reading(archive) as catalogue:
        place = entering.place(catalogue, reference)
        drafts = entering.changed_entries(archive, catalogue, [place], values)  # type: ignore[arg-type]
    return done(archive, drafts, "catalogue-edit")


def test_paper_that_is_not_scanned_stands_in_the_contents(archive: Archive) -> None:
    enter(archive, ONE, "5a", sheets=(7, 9), type="Báo cáo", code="12-BC/HU", note="Bản in roneo")
    enter(archive, ONE, subject="về công tác lưu trữ")
    folder = unit(archive, ONE)
    assert [entry.ordinal for entry in folder.entries] == ["001", "002", "005a", "006"]
    with open_for_reading(archive) as catalogue:
        paper = order.entries(catalogue, folder)[2]
    assert (paper.fields["type"], paper.fields["code"]) == ("Báo cáo", "12-BC/HU")
    assert (paper.first_sheet, paper.last_sheet, paper.note) == (7, 9, "Bản in roneo")
    assert at(archive, f"{ONE}-005a") == (True, None)


def test_number_symbol_and_code_of_paper_follow_each_other(archive: Archive) -> None:
    enter(archive, ONE, number="7", symbol="BC/ĐU")
    enter(archive, ONE, code="15/QĐ-UBND")
    enter(archive, ONE, number="9")
    typed = [dict(entry.fields) for entry in unit(archive, ONE).entries[2:]]
    assert typed == [
        {"number": "7", "symbol": "BC/ĐU", "code": "7-BC/ĐU"},
        {"number": "15", "symbol": "QĐ-UBND", "code": "15/QĐ-UBND"},
        {"number": "9", "code": "9"},
    ]
    say(archive, f"{ONE}-003", number="8")
    say(archive, f"{ONE}-004", number=None)
    typed = [dict(entry.fields) for entry in unit(archive, ONE).entries[2:4]]
    assert typed == [{"number": "8", "symbol": "BC/ĐU", "code": "8-BC/ĐU"}, {"symbol": "QĐ-UBND"}]
    with pytest.raises(UsageProblem, match="contradict each other"):
        enter(archive, ONE, number="8", code="7-BC/ĐU")


def test_an_entry_is_numbered_once(archive: Archive) -> None:
    with pytest.raises(UsageProblem, match=f"{ONE}-002 is given already"):
        enter(archive, ONE, "2")


def test_what_is_said_of_an_entry_is_corrected_and_taken_back(archive: Archive) -> None:
    enter(archive, ONE, sheets=(3, 3), type="Báo cáo")
    with open_for_reading(archive) as catalogue:
        place = entering.place(catalogue, f"{ONE}-003")
        said = {"sheets": (3, 5), "type": None, "note": "Mờ"}
        drafts = entering.changed_entries(archive, catalogue, [place], said)
    operation = done(archive, drafts, "catalogue-edit")
    entry = unit(archive, ONE).entry("003")
    assert entry and (entry.last_sheet, entry.note, entry.fields) == (5, "Mờ", {})
    undo(archive, operation)
    entry = unit(archive, ONE).entry("003")
    assert entry and (entry.last_sheet, entry.note, entry.fields) == (3, None, {"type": "Báo cáo"})


def test_a_scan_fills_the_entry_of_its_paper(archive: Archive) -> None:
    enter(archive, ONE, "1a", sheets=(5, 6), type="Báo cáo")
    _there, document = at(archive, f"{ONE}-002")
    with open_for_reading(archive) as catalogue:
        place = entering.place(catalogue, f"{ONE}-001a")
        said = {"document": f"{ONE}-002"}
        drafts = entering.changed_entries(archive, catalogue, [place], said)
    operation = done(archive, drafts, "catalogue-edit")
    assert at(archive, f"{ONE}-001a") == at(archive, f"{ONE}-002") == (True, document)
    assert [entry.ordinal for entry in unit(archive, ONE).entries] == ["001", "001a"]
    undo(archive, operation)
    assert at(archive, f"{ONE}-001a") == (True, None)
    assert at(archive, f"{ONE}-002") == (True, document)


def test_a_document_may_stand_in_two_folders(archive: Archive) -> None:
    _there, document = at(archive, f"{ONE}-001")
    with open_for_reading(archive) as catalogue:
        draft = entering.new_entry(archive, catalogue, TWO, None, f"{ONE}-001", {})
    operation = done(archive, (draft,), "catalogue-entry")
    assert at(archive, f"{TWO}-001") == (True, document)
    entry = unit(archive, TWO).entries[0]
    assert (entry.first_sheet, entry.last_sheet) == (1, 1)
    with open_for_reading(archive) as catalogue, pytest.raises(UsageProblem, match="already"):
        entering.new_entry(archive, catalogue, TWO, None, f"{ONE}-001", {})
    undo(archive, operation)
    assert unit(archive, TWO).entries == ()
    assert at(archive, f"{ONE}-001") == (True, document)


def test_an_entry_that_moved_is_found_under_both_references(archive: Archive) -> None:
    _there, document = at(archive, f"{ONE}-001")
    operation = move(archive, f"{ONE}-001", to=TWO)
    assert at(archive, f"{ONE}-001") == at(archive, f"{TWO}-001") == (True, document)
    assert [entry.ordinal for entry in unit(archive, ONE).entries] == ["002"]
    (found,) = searching.search(archive, ["hồ sơ:0004"], 10, 0).results
    assert found.hit.id == document
    undo(archive, operation)
    assert [entry.ordinal for entry in unit(archive, ONE).entries] == ["001", "002"]
    assert unit(archive, TWO).entries == ()
    assert at(archive, f"{TWO}-001") == (True, document), "it had that reference for a while"
    assert not undo(archive, operation, after=2).incomplete, "once more, as after a crash"


def test_an_ordinal_that_moved_away_is_given_to_no_other_paper(archive: Archive) -> None:
    move(archive, f"{ONE}-002", to=TWO)
    enter(archive, ONE)
    assert [entry.ordinal for entry in unit(archive, ONE).entries] == ["001", "003"]
    with pytest.raises(UsageProblem, match="given already"):
        enter(archive, ONE, "002")


def test_an_entry_that_moves_on_and_on_is_found_under_all_references(archive: Archive) -> None:
    _there, document = at(archive, f"{ONE}-002")
    move(archive, f"{ONE}-002", to=TWO)
    move(archive, f"{TWO}-001", to=f"{ONE}-001a")
    for reference in (f"{ONE}-002", f"{TWO}-001", f"{ONE}-001a"):
        assert at(archive, reference) == (True, document)
    assert [entry.ordinal for entry in unit(archive, ONE).entries] == ["001", "001a"]


def test_what_somebody_changed_since_stays_where_it_is(archive: Archive) -> None:
    operation = move(archive, f"{ONE}-001", to=TWO)
    with open_for_reading(archive) as catalogue:
        place = entering.place(catalogue, f"{TWO}-001")
        drafts = entering.changed_entries(archive, catalogue, [place], {"note": "Mờ"})
    done(archive, drafts, "catalogue-edit")
    assert undo(archive, operation).incomplete
    assert [entry.ordinal for entry in unit(archive, ONE).entries] == ["002"]
    assert [entry.note for entry in unit(archive, TWO).entries] == ["Mờ"]


def test_a_scan_that_comes_late_is_a_supplement(archive: Archive) -> None:
    close(archive, ONE)
    with desk.at_work(archive) as opened:
        (archive.inbox / "3.pdf").write_bytes(b"%PDF 3")
        desk.file(opened, desk.keep(opened, archive.inbox / "3.pdf", ONE))  # type: ignore[arg-type]
        opened.shelves.settle(COMMIT)
    assert [entry.supplement for entry in unit(archive, ONE).entries] == [False, False, True]


def test_a_document_let_out_of_hold_stands_where_its_entry_was_moved(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        (archive.inbox / "3.pdf").write_bytes(b"%PDF 3")
        work = desk.keep(opened, archive.inbox / "3.pdf", ONE)
        drafts = arranging.moved(opened.catalogue, [f"{ONE}-003"], TWO)
        unitediting.carry_out(opened, drafts, Operation(None, desk.NOW, actor(), "catalogue-move"))
        desk.file(opened, work)  # type: ignore[arg-type]
        opened.shelves.settle(COMMIT)
    assert unit(archive, TWO).entries[0].document is not None
    assert [entry.ordinal for entry in unit(archive, ONE).entries] == ["001", "002"]


def both_or_neither(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue:
        there = [len(_entries(catalogue, one)) for one in (ONE, TWO)]
    assert there in ([2, 0], [1, 1])
    for reference in (ONE, TWO):
        unit(archive, reference)


def _entries(catalogue: Catalogue, reference: str) -> list[str]:
    found = catalogue.unit(reference)
    return [entry.ordinal for entry in found.entries] if found else []


def test_whatever_step_is_the_last_a_paper_stands_in_one_folder(
    archive: Archive, fast_disk: Path
) -> None:
    def work() -> None:
        move(archive, f"{ONE}-001", to=TWO)

    saved = fast_disk / "saved"
    copytree(archive.root, saved)
    steps = crash.steps_of(work, fast_disk)
    assert steps > 30
    for step in range(1, steps + 1, 7):
        rmtree(archive.root)
        copytree(saved, archive.root)
        crash.in_child(work, fail_at=f"{step}:kill")
        with desk.at_work(archive):
            pass  # recovers
        judge.catalogue_agrees(archive.root)
        judge.staging_is_empty(archive.root)
        both_or_neither(archive)
        assert at(archive, f"{ONE}-001")[1], "whichever folder it stands in"


def test_all_places_of_a_document_are_shown(archive: Archive, run: Run) -> None:
    with open_for_reading(archive) as catalogue:
        draft = entering.new_entry(archive, catalogue, TWO, None, f"{ONE}-001", {})
    done(archive, (draft,), "catalogue-entry")
    run("-a", archive.root, "register", "in", "issuer=Sở", "code=5/SNV", "--quiet")
    run("-a", archive.root, "register", "link", "in", "1", f"{ONE}-001")
    (line,) = run("-a", archive.root, "show", f"{ONE}-001", "--json").lines
    form("json/show", line)
    assert line["references"] == [f"{ONE}-001", f"{TWO}-001"]
    (row,) = line["register"]
    told = run("-a", archive.root, "show", f"{ONE}-001").out
    assert f"{ONE}-001, {TWO}-001" in told and row in told and row.startswith("in 1/")


def test_a_target_that_is_not_there_is_named_whole(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue, pytest.raises(UsageProblem, match="folder ZZZ"):
        arranging.moved(catalogue, [f"{ONE}-001"], "ZZZ")
