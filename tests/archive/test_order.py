"""The archive's order as it is looked at."""

from __future__ import annotations

from pathlib import Path

import desk
import pytest
from test_catalogue import COMMIT, add

from partydoc.archive import order
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.document import Field
from partydoc.work import Work


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """Two inventories; in a folder of one a document, a paper without one and one in hold."""
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        for kind, reference in (
            ("fonds", "A29"), ("fonds", "A29.1"), ("inventory", "A29-2"), ("inventory", "A29-10"),
            ("folder", "A29-2-0001"), ("folder", "A29-2-0002"), ("folder", "A29-10-0001"),
        ):  # fmt: skip
            add(opened, kind, reference, "7" if kind == "folder" else None)
        for name, text in (("1.pdf", desk.BODY), ("2.pdf", "MẬT")):
            (archive.inbox / name).write_bytes(b"%PDF " + name.encode())
            work = desk.keep(opened, archive.inbox / name, "A29-2-0001")
            assert isinstance(work, Work)
            if name == "1.pdf":
                said = Field("Báo cáo", source="person", accepted=True)
                unsure = Field("Trích yếu chưa chắc", 0.4)
                work = desk.say(opened, work, {"type": said, "subject": unsure})
            desk.file(opened, work, text)
        opened.shelves.settle(COMMIT)
        folder = opened.catalogue.unit("A29-2-0001")
        assert folder
        opened.shelves.revise([folder.with_entry("001a", None, 3)], COMMIT)
    return archive


def test_units_stand_as_people_count_and_are_as_large_as_what_is_in_them(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue:
        found = order.below(catalogue, None, 3)
    assert [one.reference for one in found] == [
        "A29", "A29-2", "A29-2-0001", "A29-2-0002", "A29-10", "A29-10-0001", "A29.1",
    ]  # fmt: skip
    sums = {one.reference: (one.folders, one.entries, one.documents) for one in found}
    assert sums["A29-2-0001"] == (1, 3, 1) and sums["A29-2"] == (2, 3, 1)
    assert sums["A29"] == (3, 3, 1) and sums["A29.1"] == (0, 0, 0)
    assert {one.reference: one.sheets for one in found}["A29"] == 5


def test_only_what_lies_in_a_unit_stands_below_it(archive: Archive) -> None:
    def names(reference: str | None, depth: int) -> list[str]:
        with open_for_reading(archive) as catalogue:
            return [one.reference for one in order.below(catalogue, reference, depth)]

    assert names("A29-2", 1) == ["A29-2", "A29-2-0001", "A29-2-0002"]
    assert names("A29", 0) == ["A29"] and names(None, 1) == ["A29", "A29.1"]
    assert names("A29", 1) == ["A29", "A29-2", "A29-10"]
    assert names("A2", 3) == []


def test_entries_tell_what_is_sure_and_nothing_of_what_stands_in_hold(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue:
        folder = catalogue.unit("A29-2-0001")
        assert folder
        found = order.entries(catalogue, folder)
    assert [one.ordinal for one in found] == ["001", "001a", "002"]
    first, paper, held = found
    assert first.reference == "A29-2-0001-001" and first.document
    assert first.fields["type"] == "Báo cáo" and "subject" not in first.fields
    assert (paper.first_sheet, paper.last_sheet, paper.document) == (3, 5, None)
    assert held.document is None and held.status is None and held.fields == {}
