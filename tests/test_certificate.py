"""The certificate that ends a folder: its sheets, counted and named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import desk
import printable
import pytest
from formtext import lines

from partydoc import certificate, printing
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.units import Entry
from partydoc.certificate import Sheets, count
from partydoc.errors import UsageProblem
from partydoc.printwishes import Wishes


def entry(ordinal: str, first: int | None, last: int | None = None) -> Entry:
    return Entry(ordinal, first, last, None)


@pytest.mark.parametrize(
    ("entries", "sheets"),
    [
        ([entry("001", 1, 3), entry("002", 4)], Sheets(4, 1, 4, (), (), ())),
        ([entry("001", 1, 3), entry("002", 3, 4)], Sheets(5, 1, 4, ((3, 3),), (), ())),
        ([entry("001", 2, 3), entry("002", 7, 7)], Sheets(3, 2, 7, (), ((1, 1), (4, 6)), ())),
        ([entry("001", 1), entry("002a", None)], Sheets(1, 1, 1, (), (), ("2a",))),
        ([], Sheets(0, 0, 0, (), (), ())),
    ],
)
def test_sheets_are_counted_as_they_are_numbered(entries: list[Entry], sheets: Sheets) -> None:
    assert count(entries) == sheets


@pytest.fixture
def archive(fast_disk: Path) -> Archive:
    return printable.archive_of(fast_disk / "a")


def said(archive: Archive, reference: str) -> list[str]:
    wishes = Wishes("chung-tu-ket-thuc")
    with open_for_reading(archive) as catalogue:
        return lines(printing.form(catalogue, archive.settings, reference, wishes, desk.NOW))


def test_the_certificate_says_how_many_in_figures_and_words(archive: Archive) -> None:
    found = said(archive, printable.FOLDER)
    for line in (
        "CHỨNG TỪ KẾT THÚC", "Số, ký hiệu hồ sơ: A29-01-0003", "Tờ trình năm 2010 (tập 1)",
        "Hồ sơ này gồm có: 9 tờ (bằng chữ: chín tờ).", "Được đánh số từ tờ số 1 đến tờ số 10.",
        "Số tờ trùng: 9.", "Số tờ khuyết: 5-6.", "Người lập",
    ):  # fmt: skip
        assert line in found


def test_a_folder_that_is_said_to_have_other_sheets_is_not_certified(archive: Archive) -> None:
    with pytest.raises(UsageProblem, match="no sheets"):
        said(archive, "A29-01-0004")
    with desk.at_work(archive) as opened:
        folder = opened.catalogue.unit(printable.FOLDER)
        assert folder
        fields = {**folder.fields, "sheets": "12"}
        opened.shelves.revise([replace(folder, fields=fields)], printable.COMMIT)
    with pytest.raises(UsageProblem, match="12 sheets, but its entries count 9") as caught:
        said(archive, printable.FOLDER)
    assert "sheets=9" in caught.value.hint


def test_nothing_doubled_or_missing_is_said_to_be_so() -> None:
    found = count([entry("001", 1, 5)])
    assert "Số tờ khuyết: không có." in list(certificate._sentences(found))


def test_sheets_before_the_first_are_missing_but_of_a_later_volume() -> None:
    entries = [Entry("001", 3, 11, None)]
    assert count(entries).missing == ((1, 2),)
    assert count(entries, "2").missing == ()
