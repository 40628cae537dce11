"""A form as a workbook: text stays text, nothing stays nothing, and it can be printed as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partydoc.prints import xlsx
from partydoc.prints.form import (
    A3_WIDE,
    A4,
    A4_WIDE,
    Beside,
    Block,
    Break,
    Card,
    Cards,
    Column,
    Form,
    Line,
    Paper,
    Row,
    Table,
)  # fmt: skip

MADE = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
COLUMNS = (Column("Số TT", 15, "centre"), Column("Trích yếu", 110), Column("Ghi chú", 40))
ROWS = (Row(("", "I. KHÓA XII", ""), head=True), Row(("007", "=SUM(1;2) về việc", "")))


def sheet_of(tmp_path: Path, *blocks: Block, paper: Paper = A4, title: str = "Mục lục") -> Any:
    assert xlsx.write(Form(title, blocks, paper), tmp_path / "a.xlsx", MADE) == frozenset()
    return openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]


def test_every_cell_is_text_also_what_looks_like_a_formula_or_a_number(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, Line("=A1"), Table(COLUMNS, ROWS))
    values = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for text in ("=A1", "007", "=SUM(1;2) về việc", "(1)"):
        assert (values[text].data_type, values[text].number_format) == ("s", "@")


def test_a_row_that_does_not_count_is_struck_out(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, Table(COLUMNS, (Row(("1", "a", ""), struck=True), ROWS[1])))
    struck = {cell.value: cell.font.strike for row in sheet.iter_rows() for cell in row}
    assert struck["a"] and not struck["007"]


def test_where_nothing_stands_there_is_no_value_but_a_frame(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, Table(COLUMNS, ROWS))
    empty = sheet.cell(4, 3)
    assert empty.value is None and empty.border.left.style == "thin"


def test_heads_stand_on_each_page_and_stay_in_sight(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, Line("TIÊU ĐỀ"), Table(COLUMNS, ROWS * 200))
    assert sheet.print_title_rows == "$2:$3" and sheet.freeze_panes == "A4"
    assert [cell.value for cell in sheet[2]] == [column.head for column in COLUMNS]
    assert sheet.oddFooter.center.text == "Trang &P/&N"
    head, row = sheet.cell(4, 2), sheet.cell(5, 2)
    assert (head.font.b, row.font.b, row.font.name) == (True, False, "Times New Roman")
    assert row.alignment.wrap_text


@pytest.mark.parametrize(
    ("paper", "size", "orientation"),
    [(A4, 9, "portrait"), (A4_WIDE, 9, "landscape"), (A3_WIDE, 8, "landscape")],
)
def test_paper_is_set_up(tmp_path: Path, paper: Paper, size: int, orientation: str) -> None:
    sheet = sheet_of(tmp_path, Line("a"), paper=paper)
    setup = sheet.page_setup
    assert (int(setup.paperSize), setup.orientation) == (size, orientation)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (int(setup.fitToWidth), int(setup.fitToHeight)) == (1, 0)
    assert sheet.page_margins.left == pytest.approx(paper.margins[3] / 25.4)


def test_the_workbook_is_named_and_its_sheet_has_a_name_that_excel_takes(tmp_path: Path) -> None:
    title = "Mục lục văn bản, tài liệu TH.01/2026 [tập 1]"
    sheet = sheet_of(tmp_path, Line("a"), title=title)
    assert sheet.title == "Mục lục văn bản, tài liệu TH.01"
    assert (
        xlsx._sheet_name("Chứng từ kết thúc của hồ sơ A29-01-0003") == "Chứng từ kết thúc của hồ sơ"
    )
    assert xlsx._sheet_name("[]") == "1" and len(xlsx._sheet_name("x" * 50)) == 31
    properties = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert (properties.title, properties.language) == (title, "vi")


def test_what_stands_side_by_side_shares_the_width(tmp_path: Path) -> None:
    stacks = ((Line("trái"),), (Line("phải"), Line("dưới")))
    sheet = sheet_of(tmp_path, Beside(stacks), Table(COLUMNS, ROWS))
    filled = [cell for row in sheet["A1:C2"] for cell in row if cell.value]
    assert [(cell.coordinate, cell.value) for cell in filled] == [
        ("A1", "trái"), ("C1", "phải"), ("C2", "dưới"),
    ]  # fmt: skip
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:B1"}


def test_cards_are_framed_as_high_as_they_are_to_be_and_covers_have_pages(tmp_path: Path) -> None:
    card = Card((Line("HỒ SƠ", bold=True), Line("Tờ trình")), (Line("Hộp số: 7"),))
    sheet = sheet_of(tmp_path, Cards((card,) * 3, 2, 60), Break(), Cards((card,), 1, 150))
    texts = [sheet.cell(row, 1).value for row in range(1, 13)]
    assert texts == ["HỒ SƠ", "Tờ trình", None, "Hộp số: 7"] * 3
    assert sheet["G1"].value == "HỒ SƠ" and sheet["G5"].value is None
    assert sheet["A1"].border.top.style == sheet["L4"].border.bottom.style == "thin"
    assert [one.id for one in sheet.row_breaks.brk] == [8]
    for first, high in ((1, 60), (5, 60), (9, 150)):
        heights = [sheet.row_dimensions[row].height for row in range(first, first + 4)]
        assert sum(heights) * 25.4 / 72 == pytest.approx(high, abs=0.1)


def test_long_lines_get_the_height_that_they_need(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, Line("ngắn"), Line("dài " * 100))
    assert sheet.row_dimensions[2].height > 3 * sheet.row_dimensions[1].height


def test_what_no_cell_can_hold_is_left_out(tmp_path: Path) -> None:
    assert sheet_of(tmp_path, Line("a\x07b"))["A1"].value == "ab"
