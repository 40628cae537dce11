"""The registers as they are printed."""

from __future__ import annotations

from pathlib import Path

import desk
import rows

from partydoc import registerbook, registering
from partydoc.archive import rowlist
from partydoc.archive.registerrow import Series
from partydoc.registerbook import Book


def book(root: Path, kind: str, secret: bool = False) -> Book:
    archive = rows.new_archive(root, "independent-lan")
    with desk.at_work(archive) as opened:
        first = rows.arrive(opened, urgency="Khẩn", forward="Văn phòng")
        rows.arrive(opened, {**rows.LETTER, "secrecy": "Mật", "issuer": "Nơi Kín"})
        second = rows.arrive(opened, code="46-CV/HU")
        rows.undo(opened, second.operation, desk.NOW)
        rows.depart(opened, recipients="Các chi bộ; Lưu Văn phòng", copies="12", answers="1")
        registering.reserve(opened, "arrival", Series("2026"), (3, 5), "giữ chỗ", desk.NOW)
        rows.edit(opened, rows.now_of(opened, first.row), desk.NOW, subject="về việc khác")
        register = "departure" if kind == "departure" else "arrival"
        found = rowlist.rows(opened.catalogue, register, rowlist.Wanted(secret=secret))
        return registerbook.book(kind, found, secret)


def test_the_register_of_arrivals_has_the_ten_columns_of_the_law(fast_disk: Path) -> None:
    found = book(fast_disk / "a", "arrival")
    assert [one.title for one in found.columns][:3] == ["Ngày đến", "Số đến", "Tác giả"]
    assert [one.title for one in found.columns if one.sign] == ["Ký nhận"]
    assert len(found.columns) == 10 and sum(one.share for one in found.columns) == 100
    first, void, gap = found.lines
    assert first.cells == (
        "02/03/2026", "1", "Huyện uỷ Mẫu Sơn", "45-CV/HU", "27/02/2026", "Công văn về việc khác",
        "Văn phòng", "", "", "Khẩn; Trả lời: 01-NQ/ĐU; Có đính chính",
    )  # fmt: skip
    assert void.struck and void.cells[1] == "2" and "Hủy: " in void.cells[9]
    assert not gap.struck and (gap.cells[1], gap.cells[9]) == ("3-5", "giữ chỗ")


def test_the_register_of_departures_has_the_ten_columns_of_the_law(fast_disk: Path) -> None:
    found = book(fast_disk / "a", "departure")
    assert len(found.columns) == 10 and sum(one.share for one in found.columns) == 100
    assert [line.cells for line in found.lines] == [
        ("01-NQ/ĐU", "02/03/2026", "Nghị quyết về chuyển đổi số", "Nguyễn Văn An",
         "Các chi bộ; Lưu Văn phòng", "", "12", "", "", ""),
    ]  # fmt: skip


def test_how_arrivals_are_settled_is_followed_in_the_seven_columns_of_the_law(
    fast_disk: Path,
) -> None:
    found = book(fast_disk / "a", "handling")
    assert len(found.columns) == 7 and sum(one.share for one in found.columns) == 100
    assert not any(one.sign for one in found.columns)
    assert found.lines[0].cells == (
        "1", "Công văn, 45-CV/HU, 27/02/2026, Huyện uỷ Mẫu Sơn", "Văn phòng", "", "", "01-NQ/ĐU",
        "Khẩn; Có đính chính",
    )  # fmt: skip


def test_each_series_has_a_head_where_several_are_printed(fast_disk: Path) -> None:
    archive = rows.new_archive(fast_disk / "a", "independent-lan")
    with desk.at_work(archive) as opened:
        for day, secret in (
            ("2025-12-30", {}),
            ("2026-03-02", {}),
            ("2026-03-02", {"secrecy": "Mật"}),
        ):
            rows.arrive(opened, arrival_date=day, date=day, **secret)
        for date in ("2025-07-01", "2026-03-02"):
            rows.depart(opened, date=date)
        report = Series("2025-2030", "Báo cáo")
        registering.reserve(opened, "departure", report, (1, 2), "sổ giấy", desk.NOW)

        def printed(kind: str) -> list[tuple[str, bool]]:
            found = rowlist.rows(opened.catalogue, kind, rowlist.Wanted())
            lines = registerbook.book(kind, found).lines
            column = 5 if kind == "arrival" else 2
            return [(one.cells[column], one.head) for one in lines]

        arrivals, departures = printed("arrival"), printed("departure")
    assert [name for name, head in arrivals if head] == ["Năm 2025", "Năm 2026"]
    assert departures == [
        ("Báo cáo, nhiệm kỳ 2025-2030", True), ("Báo cáo", False),
        ("Nghị quyết, nhiệm kỳ 2020-2025", True), ("Nghị quyết về chuyển đổi số", False),
        ("Nghị quyết, nhiệm kỳ 2025-2030", True), ("Nghị quyết về chuyển đổi số", False),
    ]  # fmt: skip


def test_secret_rows_stand_in_a_register_of_their_own(fast_disk: Path) -> None:
    open_, secret = book(fast_disk / "a", "arrival"), book(fast_disk / "b", "arrival", secret=True)
    assert "Nơi Kín" not in str(open_)
    assert [line.cells[1:3] for line in secret.lines] == [("1", "Nơi Kín")]
    assert (secret.title, secret.lines[0].cells[9]) == ("SỔ ĐĂNG KÝ VĂN BẢN MẬT ĐẾN", "Mật")
