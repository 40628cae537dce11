"""The record of a delivery: who, what, how much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import desk
import printable
import pytest
from formtext import lines

from partydoc import printing
from partydoc.archive.opening import open_for_reading
from partydoc.archive.root import Archive
from partydoc.errors import UsageProblem
from partydoc.prints.form import Form, Line
from partydoc.printwishes import Wishes


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return printable.archive_of(tmp_path_factory.mktemp("delivery") / "a")


def record(archive: Archive, reference: str = "A29", **said: Any) -> Form:
    wishes = Wishes("bien-ban-giao-nhan", **said)
    with open_for_reading(archive) as catalogue:
        return printing.form(catalogue, archive.settings, reference, wishes, desk.NOW)


def test_what_is_known_is_counted_and_what_is_said_stands_there(archive: Archive) -> None:
    said = lines(record(
        archive, giver="Nguyễn Văn An; Văn thư; Văn phòng Đảng uỷ", receiver="Lê Thị Bình",
        metres="1.50", condition="nguyên vẹn", basis="Kế hoạch thu thập tài liệu năm 2026",
        place="Đồng Mẫu",
    ))  # fmt: skip
    for line in (
        "BIÊN BẢN", "Đồng Mẫu, ngày 02 tháng 3 năm 2026", "BÊN GIAO: Văn phòng Đảng uỷ",
        "Ông (bà): Nguyễn Văn An", "Chức vụ công tác: Văn thư", "Ông (bà): Lê Thị Bình",
        "Căn cứ Kế hoạch thu thập tài liệu năm 2026;",
        "1. Tên khối tài liệu giao nộp: Đảng uỷ xã Đồng Mẫu",
        "2. Thời gian của hồ sơ, tài liệu: 05/07/2010 - 31/12/2016", "- Tổng số hộp (cặp): 2",
        "- Tổng số hồ sơ (đơn vị bảo quản): 3", "- Quy ra mét giá: 1,5 mét", "- Tổng số hồ sơ: 1",
        "- Tổng số tệp tin trong hồ sơ: 3", "4. Tình trạng tài liệu giao nộp: nguyên vẹn",
        "ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN",
    ):  # fmt: skip
        assert line in said
    assert any("17-HD/VPTW" in line for line in said)


def test_what_nobody_said_is_left_to_a_hand(archive: Archive) -> None:
    form = record(archive, "A29-01")
    dotted = [block.text for block in form.blocks if isinstance(block, Line) and block.dotted]
    assert "Ông (bà):" in dotted and "- Quy ra mét giá:" in dotted
    assert any("mục lục A29-01: Khóa XII" in line for line in lines(form))


def test_secret_documents_are_counted_only_where_they_are_asked_for(archive: Archive) -> None:
    assert "- Tổng số tệp tin trong hồ sơ: 4" in lines(record(archive, secret=True))


@pytest.mark.parametrize("said", [{"metres": "viel"}, {"metres": "-1"}, {"metres": "nan"},
                                  {"giver": "a; b; c; d"}])  # fmt: skip
def test_what_cannot_be_understood_is_named(archive: Archive, said: dict[str, str]) -> None:
    with pytest.raises(UsageProblem):
        record(archive, **said)


def test_the_states_of_the_folders_are_told_where_nobody_says_another(fast_disk: Path) -> None:
    archive = desk.new_archive(fast_disk / "a")
    with desk.at_work(archive) as opened:
        printable.add(opened, "fonds", "A29", "Chi bộ thôn Đồng Mẫu")
        printable.add(opened, "inventory", "A29-01", "Khóa I")
        for number, state in enumerate(["Ố vàng", "Bình thường", "Bình thường"], 1):
            name = f"A29-01-{number:04d}"
            printable.add(opened, "folder", name, "Nghị quyết", physical_state=state)
    said = lines(record(archive))
    assert "4. Tình trạng tài liệu giao nộp: Bình thường: 2 hồ sơ; Ố vàng: 1 hồ sơ" in said
