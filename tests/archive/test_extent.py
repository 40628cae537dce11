"""From when to when the documents of folders run, and which of them bear a mark."""

from __future__ import annotations

from pathlib import Path

import desk
import printable
import pytest

from partydoc.archive import extent
from partydoc.archive.extent import Extent
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.units import Entry


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return printable.archive_of(fast_disk / "a")


def test_a_folder_runs_from_the_first_accepted_day_to_the_last(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue:
        found = extent.extents(catalogue, [printable.FOLDER, "A29-01-0004"])
    assert found == {printable.FOLDER: Extent("2010-07-05", "2012-12-20", 3)}


def test_what_bears_a_mark_counts_only_where_it_is_asked_for(archive: Archive) -> None:
    with open_for_reading(archive) as catalogue:
        found = extent.extents(catalogue, [printable.FOLDER], secret=True)
        unit = catalogue.unit(printable.FOLDER)
        assert unit
        scans = extent.scans(catalogue, unit.urn)
    assert found[printable.FOLDER] == Extent("2010-07-05", "2019-01-01", 4)
    assert [scan.mark for scan in scans.values()].count("Mật") == 1
    assert {scan.name for scan in scans.values()} == {"1.pdf", "2.pdf", "3.pdf", "4.pdf"}


def test_of_what_stands_in_hold_nothing_is_told(fast_disk: Path) -> None:
    archive = printable.archive_of(fast_disk / "b", network="connected")
    with open_for_reading(archive) as catalogue:
        unit = catalogue.unit(printable.FOLDER)
        assert unit
        document = unit.entries[0].document
        before = extent.extents(catalogue, [printable.FOLDER])[printable.FOLDER]
    printable.withhold(archive, str(document))
    with open_for_reading(archive) as catalogue:
        after = extent.extents(catalogue, [printable.FOLDER])[printable.FOLDER]
        assert (before.documents, after.documents) == (4, 3)
        assert str(document) not in extent.scans(catalogue, unit.urn)


def test_the_days_of_papers_that_are_not_scanned_count_as_well(archive: Archive) -> None:
    other, typed = "A29-01-0004", ("2016-05-02", "2016-11", "2016-01-20")
    with desk.at_work(archive) as opened:
        folder = opened.catalogue.unit(other)
        assert folder
        papers = [
            Entry(f"{number:03d}", None, None, None, None, {"date": day})
            for number, day in enumerate(typed, 1)
        ]
        filled = printable.with_entries(folder, [*papers, Entry("004", None, None, None)])
        opened.shelves.revise([filled], printable.COMMIT)
    with open_for_reading(archive) as catalogue:
        assert extent.extents(catalogue, [other]) == {other: Extent("2016-01-20", "2016-11", 0)}
