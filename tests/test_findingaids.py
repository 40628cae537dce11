"""The finding aids: every folder, every document that may be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import desk
import disposed
import printable
import pytest
from conftest import Run
from disposed import OLD, People
from forms import judge
from formtext import cells, lines, rows

from partydoc import printing
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.prints.form import A3_WIDE, A4, Form
from partydoc.printwishes import Wishes

Make = Callable[..., Form]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return printable.archive_of(tmp_path_factory.mktemp("prints") / "a")


@pytest.fixture
def make(archive: Archive) -> Iterator[Make]:
    with open_for_reading(archive) as catalogue:

        def make(kind: str, reference: str, **said: Any) -> Form:
            settings = replace(archive.settings, organisation=said.pop("organisation", ""))
            wishes = Wishes(kind, **said)
            return printing.form(catalogue, settings, reference, wishes, desk.NOW)

        yield make


def test_the_list_of_folders_has_each_of_them_and_says_where_it_lies(make: Make) -> None:
    form = make("muc-luc-ho-so", "A29-01")
    assert cells(form) == [
        ("1", "A29-01-0003", "Tờ trình năm 2010 (tập 1)", "05/07/2010 - 20/12/2012", "Vĩnh viễn",
         "9", "Hộp 7"),
        ("2", "A29-01-0004", "Công văn", "", "20 năm", "12", "Hộp 7"),
    ]  # fmt: skip
    assert form.paper == A4


def test_the_list_of_a_fonds_goes_on_under_each_inventory(make: Make) -> None:
    form = make("muc-luc-ho-so", "A29")
    assert [row.cells[2] for row in rows(form) if row.head] == [
        "Mục lục số 01: Khóa XII", "Mục lục số 02: Khóa XIII",
    ]  # fmt: skip
    assert [row[0] for row in cells(form)] == ["1", "2", "3"]
    assert cells(form)[2][3] == "2016 - 31/12/2016"


def test_the_list_says_of_what_it_is_and_how_many_in_words(make: Make) -> None:
    said = lines(make("muc-luc-ho-so", "A29-01", place="Đồng Mẫu"))
    assert said[:3] == ["ĐẢNG UỶ XÃ ĐỒNG MẪU", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert "MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU" in said and "Nhiệm kỳ 2010-2015" in said
    assert "Mục lục số 01: Khóa XII" in said and "Năm 2010 - 2012" in said
    assert "Mục lục này gồm: 2 hồ sơ (đơn vị bảo quản)." in said
    assert "Viết bằng chữ: hai hồ sơ (đơn vị bảo quản)." in said
    assert "Đồng Mẫu, ngày 02 tháng 3 năm 2026" in said and "Người lập" in said


def test_a_body_of_the_state_has_the_letterhead_of_the_state(make: Make) -> None:
    said = lines(make("muc-luc-ho-so", "A29", organisation="Uỷ ban nhân dân xã Đồng Mẫu"))
    assert said[:2] == ["UỶ BAN NHÂN DÂN XÃ ĐỒNG MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    party = lines(make("muc-luc-ho-so", "A29", organisation="Văn phòng Huyện uỷ Mẫu Sơn"))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party


def test_the_list_of_documents_has_what_is_accepted_and_what_was_typed(make: Make) -> None:
    found = cells(make("muc-luc-van-ban", printable.FOLDER))
    assert found[0] == (
        "1", "12-TTr/ĐU", "05/07/2010", "Tờ trình về việc chỉnh lý tài liệu",
        "ĐẢNG UỶ XÃ ĐỒNG MẪU", "1", "",
    )  # fmt: skip
    assert found[1][2:4] == ("08/2010", f"Tờ trình {printable.FORMULA}")
    assert found[3] == (
        "5a", "05-BC/ĐU", "02/03/2011", "Báo cáo về thu hoạch", "", "7-9", "bản đánh máy",
    )  # fmt: skip


def test_what_may_not_be_shown_leaves_a_gap_and_nothing_else(make: Make) -> None:
    form = make("muc-luc-van-ban", printable.FOLDER)
    assert [row[0] for row in cells(form)] == ["1", "2", "4", "5a", "7"]
    assert "kín" not in repr(form) and "2019" not in repr(form)
    assert "kín" in repr(make("muc-luc-van-ban", printable.FOLDER, secret=True))


def test_what_came_late_stands_under_a_head_of_its_own(make: Make) -> None:
    found = rows(make("muc-luc-van-ban", printable.FOLDER))
    assert found[-2].head and "Tài liệu bổ sung" in found[-2].cells
    assert found[-1].cells[0] == "7" and found[-1].cells[3] == "về sau"


def test_the_party_has_twenty_four_columns(make: Make) -> None:
    form = make("muc-luc-van-ban", printable.FOLDER, columns="party")
    first = cells(form)[0]
    assert len(first) == 24 and form.paper == A3_WIDE
    assert first[:8] == (
        "1", "12", "TTr/ĐU", "05/07/2010", "ĐẢNG UỶ XÃ ĐỒNG MẪU", "Tờ trình",
        "về việc chỉnh lý tài liệu", "Nguyễn Văn An",
    )  # fmt: skip
    assert first[10:14] == ("1", "1", "1", "1.pdf")
    assert "Không chắc" not in repr(form)


def test_what_goes_into_hold_is_gone_from_the_list(fast_disk: Path) -> None:
    archive = printable.archive_of(fast_disk / "b", network="connected")
    wishes = Wishes("muc-luc-van-ban")
    asked = (archive.settings, printable.FOLDER, wishes, desk.NOW)
    with open_for_reading(archive) as catalogue:
        before = printing.form(catalogue, *asked)
        unit = catalogue.unit(printable.FOLDER)
    assert unit
    printable.withhold(archive, str(unit.entries[1].document))
    with open_for_reading(archive) as catalogue:
        after = printing.form(catalogue, *asked)
    assert [row[0] for row in cells(before)] == ["1", "2", "3", "4", "5a", "7"]
    assert [row[0] for row in cells(after)] == ["1", "3", "4", "5a", "7"]
    assert printable.FORMULA not in repr(after)


def test_a_folder_that_was_destroyed_says_so_wherever_it_is_listed(
    fast_disk: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    archive, ids = disposed.new_archive(fast_disk / "c")
    people = People(monkeypatch)
    disposed.propose(archive.root)
    people.now("binh")
    disposed.approve(archive.root, ids.scan)
    disposed.execute(archive.root)
    told = "Đã tiêu hủy theo Quyết định số 15-QĐ/ĐU ngày 27/02/2026"
    asked = (archive.settings, "A29-01", Wishes("muc-luc-ho-so"), desk.NOW)
    with open_for_reading(archive) as catalogue:
        notes = [row[-1] for row in cells(printing.form(catalogue, *asked))]
        documents = printing.form(
            catalogue, archive.settings, OLD, Wishes("muc-luc-van-ban"), desk.NOW
        )
    assert [told in note for note in notes] == [True, False, False, False]
    assert told in repr(documents) and cells(documents) == []
    below = run("-a", archive.root, "catalogue", "list", "A29-01", "--json").lines
    for line in below:
        judge("json/catalogue", line)
    assert [line["disposal"] for line in below] == [1, None, None, None]
    out = run("-a", archive.root, "catalogue", "tree").out
    assert out.count("destroyed (proposal 1)") == 1
