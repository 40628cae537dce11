"""Where things stand: entries without a scan, moving, closing, codes of the filing plan."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from shutil import copytree, rmtree

import desk
import judge
import pytest
import test_crash as crash
from forms import judge as form
from test_catalogue import COMMIT, add

from partydoc import (
    arranging,
    closing,
    entering,
    indexing,
    lookup,
    operations,
    searching,
    unitediting,
)
from partydoc.archive import order
from partydoc.archive.audit import actor
from partydoc.archive.catalogue import Catalogue
from partydoc.archive.opening import open_for_reading
from partydoc.archive.recovery import rebuild_catalogue
from partydoc.archive.root import Archive
from partydoc.archive.store import Store
from partydoc.archive.units import Unit
from partydoc.errors import UsageProblem
from partydoc.operations import Operation, What
from partydoc.unitediting import Draft

ONE, TWO = "A29-01-0003", "A29-01-0004"


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An archive with two folders, in the first of them two documents of one page each."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("inventory", "A29-01"), ("folder", ONE), ("folder", TWO),
            ("inventory", "A29-02"),
        ):  # fmt: skip
            add(opened, kind, reference, "7" if kind == "folder" else None)
        for name in ("1.pdf", "2.pdf"):
            (archive.inbox / name).write_bytes(b"%PDF " + name.encode())
            work = desk.keep(opened, archive.inbox / name, ONE)
            desk.file(opened, work)  # type: ignore[arg-type]
        opened.shelves.settle(COMMIT)
        indexing.bring_up_to_date(opened)
    return archive


def done(archive: Archive, drafts: tuple[Draft, ...], what: What = "catalogue-move") -> Operation:
    with desk.at_work(archive) as opened:
        return unitediting.carry_out(opened, drafts, Operation(None, desk.NOW, actor(), what))


def move(archive: Archive, *references: str, to: str) -> Operation:
    with open_for_reading(archive) as catalogue:
        drafts = arranging.moved(catalogue, references, to)
    return done(archive, drafts)


def enter(archive: Archive, folder: str, ordinal: str | None = None, **values: object) -> Operation:
    with open_for_reading(archive) as catalogue:
        draft = entering.new_entry(archive, catalogue, folder, ordinal, None, values)  # type: ignore[arg-type]
    return done(archive, (draft,), "catalogue-entry")


def close(archive: Archive, reference: str) -> Operation:
    with open_for_reading(archive) as catalogue:
        draft = closing.closed(catalogue, lookup.unit(catalogue, reference), "2026-03-02")
    return done(archive, (draft,), "catalogue-close")


def undo(archive: Archive, operation: Operation, after: int = 1) -> Operation:
    with desk.at_work(archive) as opened:
        found = operations.find(opened.audit, operation.number or 0)
        assert found
        drafts = unitediting.undone(opened.store, opened.catalogue, found)
        now = desk.NOW + timedelta(seconds=after)
        back = Operation(None, now, actor(), "undo", undoes=operation.number)
        return unitediting.carry_out(opened, drafts, back)


def unit(archive: Archive, reference: str) -> Unit:
    """Return a unit as it stands in the catalogue, in the store, and in one made from that."""
    with open_for_reading(archive) as catalogue:
        found = catalogue.unit(reference)
    assert found and found == Store(archive).unit(found.urn)
    with archive.writing(wait=5):
        archive.catalogue.unlink()
        assert rebuild_catalogue(archive) == []
    with open_for_reading(archive) as catalogue:
        assert catalogue.unit(reference) == found
    judge.objects_are_valid(archive.root)
    for path in Store(archive).files(found.urn):
        form("unit", json.loads(path.path.read_bytes()))
    return found


def at(archive: Archive, reference: str) -> tuple[bool, str | None]:
    with open_for_reading(archive) as catalogue:
        return catalogue.at(reference)


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


def test_a_folder_moves_with_its_entries_and_keeps_its_old_name(archive: Archive) -> None:
    _there, document = at(archive, f"{ONE}-001")
    operation = move(archive, ONE, to="A29-02")
    assert unit(archive, ONE).reference == "A29-02-0001"
    assert at(archive, f"{ONE}-001") == at(archive, "A29-02-0001-001") == (True, document)
    found = searching.search(archive, ["hồ sơ:A29-02-0001"], 10, 0).results
    assert document in [one.hit.id for one in found]
    with open_for_reading(archive) as catalogue, pytest.raises(UsageProblem, match="for ever"):
        arranging.placed(catalogue, "folder", ONE, "Khác")
    undo(archive, operation)
    assert unit(archive, "A29-02-0001").reference == ONE


def test_an_inventory_takes_its_folders_along(archive: Archive) -> None:
    _there, document = at(archive, f"{ONE}-001")
    operation = move(archive, "A29-01", to="A29-05")
    with open_for_reading(archive) as catalogue:
        names = [one.reference for one in order.below(catalogue, None, 3)]
    assert names == ["A29", "A29-02", "A29-05", "A29-05-0003", "A29-05-0004"]
    assert at(archive, f"{ONE}-001") == (True, document)
    undo(archive, operation)
    assert unit(archive, "A29-05-0003").reference == ONE


def test_a_folder_lives_under_its_code_until_it_gets_a_number(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        folder = arranging.placed(opened.catalogue, "folder", "TH.01/2026", "Báo cáo công tác")
        opened.shelves.add(folder, COMMIT)
    assert unit(archive, "TH.01/2026").parent == "A29"
    enter(archive, "TH.01/2026", type="Báo cáo")
    with open_for_reading(archive) as catalogue:
        names = [one.reference for one in order.below(catalogue, "A29", 2)]
    assert names == ["A29", "A29-01", ONE, TWO, "A29-02", "TH.01/2026"]
    move(archive, "TH.01/2026", to="A29-01")
    assert unit(archive, "TH.01/2026").reference == "A29-01-0005"
    assert at(archive, "TH.01/2026-001") == (True, None)


def test_a_closed_folder_takes_a_supplement_only(archive: Archive) -> None:
    close(archive, ONE)
    folder = unit(archive, ONE)
    assert (folder.closed, folder.fields["sheets"]) == ("2026-03-02", "2")
    enter(archive, ONE, type="Báo cáo")
    assert [entry.supplement for entry in unit(archive, ONE).entries] == [False, False, True]
    with pytest.raises(UsageProblem, match="was closed on 02/03/2026"):
        move(archive, f"{ONE}-001", to=TWO)


def test_a_scan_that_comes_late_is_a_supplement(archive: Archive) -> None:
    close(archive, ONE)
    with desk.at_work(archive) as opened:
        (archive.inbox / "3.pdf").write_bytes(b"%PDF 3")
        desk.file(opened, desk.keep(opened, archive.inbox / "3.pdf", ONE))  # type: ignore[arg-type]
        opened.shelves.settle(COMMIT)
    assert [entry.supplement for entry in unit(archive, ONE).entries] == [False, False, True]


@pytest.mark.parametrize(
    ("stated", "said"), [({"sheets": "9"}, "9 is stated, .* 2"), ({"pages": "1"}, "1 is stated")]
)
def test_a_folder_does_not_close_while_totals_differ(
    archive: Archive, stated: dict[str, str | None], said: str
) -> None:
    with open_for_reading(archive) as catalogue:
        drafts = unitediting.draft(catalogue, [lookup.unit(catalogue, ONE)], stated)
    done(archive, drafts, "catalogue-edit")
    with pytest.raises(UsageProblem, match=said):
        close(archive, ONE)
    assert unit(archive, ONE).closed is None


def test_a_folder_does_not_close_while_paper_is_not_numbered(archive: Archive) -> None:
    enter(archive, ONE, type="Báo cáo")
    with pytest.raises(UsageProblem, match="003 have no sheet numbers"):
        close(archive, ONE)


def test_nothing_new_stands_in_a_closed_fonds_until_it_is_open_again(archive: Archive) -> None:
    close(archive, "A29")
    with open_for_reading(archive) as catalogue:
        with pytest.raises(UsageProblem, match="A29 was closed"):
            arranging.placed(catalogue, "inventory", "A29-03", "Mới")
        draft = closing.reopened(lookup.unit(catalogue, "A29"))
    done(archive, (draft,), "catalogue-close")
    with open_for_reading(archive) as catalogue:
        assert arranging.placed(catalogue, "inventory", "A29-03", "Mới").reference == "A29-03"


@pytest.mark.parametrize(
    ("references", "target", "said"),
    [
        (["A29-09-0001"], "A29-02", "no A29-09-0001"),
        ([f"{ONE}-009"], TWO, "no A29-01-0003-009"),
        ([f"{ONE}-001"], "A29-01-0009", "no folder"),
        ([ONE], TWO, "already"),
        ([ONE], "A29-07-0001", "there is no A29-07"),
        ([ONE], "A29-01", "stands in A29-01 already"),
        ([f"{ONE}-001", f"{ONE}-002"], f"{TWO}-005", "Only one"),
        ([f"{ONE}-001"], f"{ONE}-002", "given already"),
        ([f"{ONE}-001"], ONE, "stands in A29-01-0003 already"),
    ],
)
def test_what_cannot_move_is_named_and_nothing_changes(
    archive: Archive, references: list[str], target: str, said: str
) -> None:
    with open_for_reading(archive) as catalogue, pytest.raises(UsageProblem, match=said):
        arranging.moved(catalogue, references, target)


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


@pytest.mark.parametrize(
    ("kind", "reference", "said"),
    [
        ("folder", "B1-01-0001", "there is no B1-01"),
        ("fonds", "A29", "already"),
        ("folder", "A29-01", "not the reference"),
        ("folder", "TH.01", "not the reference"),
        ("organisation", "A-B", "not the reference"),
    ],
)
def test_a_unit_needs_its_parent_and_a_free_reference(
    archive: Archive, kind: str, reference: str, said: str
) -> None:
    with open_for_reading(archive) as catalogue, pytest.raises(UsageProblem, match=said):
        arranging.placed(catalogue, kind, reference, "Mới")


def test_organisations_know_what_they_came_from(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        for reference in ("CU", "MOI"):
            named = arranging.placed(opened.catalogue, "organisation", reference, "Huyện uỷ")
            opened.shelves.add(named, COMMIT)
    with open_for_reading(archive) as catalogue:
        drafts = unitediting.draft(
            catalogue, [lookup.unit(catalogue, "MOI")], {"predecessors": "CU"}
        )
        with pytest.raises(UsageProblem, match="no organisation KHAC"):
            unitediting.draft(catalogue, [lookup.unit(catalogue, "A29")], {"creator": "KHAC"})
    done(archive, drafts, "catalogue-edit")
    assert unit(archive, "MOI").fields == {"predecessors": "CU"}
    with open_for_reading(archive) as catalogue:
        assert {one.kind for one in order.below(catalogue, None, 3)} == {
            "fonds",
            "inventory",
            "folder",
        }


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
