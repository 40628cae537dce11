"""What the catalogue yields to whoever counts."""

from __future__ import annotations

from pathlib import Path

import counted
import desk
import pytest
from counted import document, known, unit

from partydoc.archive import census
from partydoc.archive.kept import Place
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.document import Field


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    """An empty archive."""
    return counted.empty(fast_disk / "a")


def test_a_document_comes_with_its_accepted_values_and_nothing_else(archive: Archive) -> None:
    fields = {**known(code=None), "date": Field("2021", 0.5), "signer": Field("x", accepted=True)}
    with desk.at_work(archive) as opened:
        id_ = document(opened, "1", fields, pages=5, blank=(2,))
        folder = unit(opened, "folder", "A29-01-0001", id_)
    with open_for_reading(archive) as catalogue:
        (one,) = census.documents(catalogue)
    assert (one.id, one.status, one.pages, one.blank) == (id_, "review", 5, 1)
    assert one.fields == {
        "type": "Nghị quyết", "code": None, "issuer": counted.ISSUER,
        "subject": "về công tác lưu trữ",
    }  # fmt: skip
    assert one.folder == folder.urn and not one.seen and not one.marked


def test_a_person_has_seen_what_a_person_said(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "1", counted.by_person(known(), "code"))
    with open_for_reading(archive) as catalogue:
        assert [one.seen for one in census.documents(catalogue)] == [True]


def test_nothing_of_hold_and_nothing_that_is_no_document_comes(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        document(opened, "1", known(), held=True)
        document(opened, "2", status="held")
    with open_for_reading(archive) as catalogue:
        assert list(census.documents(catalogue)) == []


def test_each_folder_comes_with_its_entries_and_an_empty_one_with_none(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        id_ = document(opened, "1", known())
        folder = unit(opened, "folder", "A29-01-0001", id_, None)
        unit(opened, "folder", "A29-01-0002")
        unit(opened, "inventory", "A29-01")
    counted.typed(archive, folder, "002", type="Công văn")
    with open_for_reading(archive) as catalogue:
        found = sorted(census.folders(catalogue), key=len)
    assert [len(entries) for entries in found] == [0, 2]
    first, second = found[1]
    assert (first.place, first.document, first.fields) == (Place(folder.urn, "001"), id_, {})
    assert (second.document, second.fields) == (None, {"type": "Công văn"})


def test_a_folder_has_the_term_of_its_inventory_unless_it_has_its_own(archive: Archive) -> None:
    with desk.at_work(archive) as opened:
        above = unit(opened, "inventory", "A29-01", term="2020-2025")
        own = unit(opened, "folder", "A29-01-0001", term="2015-2020")
        none = unit(opened, "folder", "A29-01-0002")
        unit(opened, "folder", "A29-02-0001")
    with open_for_reading(archive) as catalogue:
        found = census.terms(catalogue)
    assert found == {above.urn: "2020-2025", own.urn: "2015-2020", none.urn: "2020-2025"}
