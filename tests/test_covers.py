"""Covers and labels: one for each folder, or each box."""

from __future__ import annotations

from typing import Any

import desk
import printable
import pytest
from formtext import lines

from partydoc import covers, printing
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.archive.shelving import new_unit
from partydoc.errors import UsageProblem
from partydoc.prints.form import A3_FOLDED, A4, Break, Cards, Form
from partydoc.printwishes import Wishes


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = printable.archive_of(tmp_path_factory.mktemp("covers") / "a")
    with desk.at_work(archive) as opened:
        printable.add(opened, "inventory", "A29-03", "Khóa XIV")
        printable.add(opened, "fonds", "B1", "Chi bộ thôn Đồng Mẫu")
        printable.add(opened, "inventory", "B1-01", "Khóa I")
        printable.add(opened, "folder", "B1-01-0002", "Chưa xếp hộp")
        unit = new_unit("folder", "TH.01/2026", "Đang lập", None, within="B1")
        opened.shelves.add(unit, printable.COMMIT)
    return archive


def made(archive: Archive, kind: str, reference: str, **said: Any) -> Form:
    with open_for_reading(archive) as catalogue:
        wishes = Wishes(kind, **said)
        return printing.form(catalogue, archive.settings, reference, wishes, desk.NOW)


def test_a_cover_says_what_the_folder_is(archive: Archive) -> None:
    form = made(archive, "bia", printable.FOLDER)
    said = lines(form)
    for line in (
        "ĐẢNG UỶ XÃ ĐỒNG MẪU", "HỒ SƠ", "Tờ trình năm 2010 (tập 1)",
        "Từ 05/07/2010 đến 20/12/2012", "Gồm: 9 tờ", "Phông số: A29", "Mục lục số: 01",
        "Hồ sơ số: 0003", "Hộp số: 7", "THỜI HẠN BẢO QUẢN", "Vĩnh viễn",
    ):  # fmt: skip
        assert line in said
    assert form.paper == A4 and not form.numbered


def test_each_folder_of_an_inventory_has_a_cover_on_a_page_of_its_own(archive: Archive) -> None:
    form = made(archive, "bia", "A29-01", paper="a3")
    assert [type(block) for block in form.blocks] == [Cards, Break, Cards]
    assert form.paper == A3_FOLDED and form.rows == 2


def test_a_label_of_a_box_says_which_folders_lie_in_it(archive: Archive) -> None:
    form = made(archive, "nhan", "A29")
    said = lines(form)
    assert form.rows == 2
    assert "HỘP SỐ 7" in said and "Mục lục số 01: hồ sơ số 0003-0004" in said
    assert "Năm 2010 - 2012" in said and "Mục lục số 02: hồ sơ số 0001" in said


def test_a_label_of_a_folder_stands_for_itself(archive: Archive) -> None:
    said = lines(made(archive, "nhan", printable.FOLDER))
    assert "A29-01-0003" in said and "05/07/2010 - 20/12/2012" in said
    assert made(archive, "nhan", "A29", labels="folders").rows == 3


def test_folders_without_a_box_share_a_label_without_a_number(archive: Archive) -> None:
    form = made(archive, "nhan", "B1")
    said = lines(form)
    assert form.rows == 1 and any(line.startswith("HỘP SỐ …") for line in said)
    assert "Mục lục số 01: hồ sơ số 0002" in said


def test_a_folder_that_has_only_a_code_has_no_number_of_an_inventory(archive: Archive) -> None:
    said = lines(made(archive, "bia", "TH.01/2026"))
    assert "Phông số: B1" in said and "Hồ sơ số: TH.01/2026" in said
    assert "CHI BỘ THÔN ĐỒNG MẪU" in said and "Mục lục số: …………………" in said


def test_where_there_is_no_folder_that_is_told(archive: Archive) -> None:
    for kind in ("bia", "nhan"):
        with pytest.raises(UsageProblem, match="no folders"):
            made(archive, kind, "A29-03")


def test_numbers_that_follow_each_other_are_written_as_one() -> None:
    assert list(covers._runs(["0001", "0002", "0004", "A", "0009", "0010"])) == [
        "0001-0002", "0004", "A", "0009-0010",
    ]  # fmt: skip
