"""Where units stand: moving, codes of the filing plan, organisations."""

from __future__ import annotations

from pathlib import Path

import desk
import pytest
import shelved
from shelved import ONE, TWO, at, done, enter, move, undo, unit
from test_catalogue import COMMIT

from partydoc import (
    arranging,
    lookup,
    searching,
    unitediting,
)
from partydoc.archive import order
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.errors import UsageProblem


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return shelved.new_archive(fast_disk / "a")


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
    assert names == ["A29", "TH.01/2026", "A29-01", ONE, TWO, "A29-02"]
    move(archive, "TH.01/2026", to="A29-01")
    assert unit(archive, "TH.01/2026").reference == "A29-01-0005"
    assert at(archive, "TH.01/2026-001") == (True, None)


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


def test_a_number_is_one_with_however_many_zeros(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue:
        with pytest.raises(UsageProblem, match=f"A29-01-3 has the same number as {ONE}"):
            arranging.placed(catalogue, "folder", "A29-01-3", "Mới")
        with pytest.raises(UsageProblem, match="A29-1 has the same number as A29-01"):
            arranging.moved(catalogue, ["A29-02"], "A29-1")
    move(archive, ONE, to="A29-01-03")
    move(archive, "A29-01-03", to="A29-02-0001")
    with open_for_reading(archive) as catalogue, pytest.raises(UsageProblem, match="same number"):
        arranging.placed(catalogue, "folder", "A29-01-003", "Mới")
