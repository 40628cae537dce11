"""Forms set into pages, to be looked at by tests."""

from __future__ import annotations

from partydoc.prints.fonts import faces
from partydoc.prints.form import A4, Block, Column, Form, Row, Table
from partydoc.prints.marks import Mark, Text
from partydoc.prints.setting import Setter

COLUMNS = (Column("Số TT", 15, "centre"), Column("Tiêu đề hồ sơ", 100), Column("Ghi chú", 50))
SENTENCE = "Đảng uỷ xã Đồng Mẫu giao Văn phòng theo dõi việc thực hiện nghị quyết. "


def set_(*blocks: Block, numbered: bool = False) -> list[list[Mark]]:
    return Setter(Form("t", blocks, A4, numbered), faces()).pages()


def texts(page: list[Mark]) -> list[Text]:
    return [mark for mark in page if isinstance(mark, Text)]


def words(pages: list[list[Mark]]) -> list[str]:
    return [text.text for page in pages for text in texts(page)]


def ends(text: Text) -> float:
    return text.x + faces()[text.style].width(text.text, text.size)


def table_of(*cells: str) -> Table:
    rows = tuple(Row((str(i), cell, "")) for i, cell in enumerate(cells, 1))
    return Table(COLUMNS, rows)


def is_inside(pages: list[list[Mark]]) -> bool:
    """Tell whether all stands between the margins."""
    left, right = A4.margins[3] - 0.01, A4.width - A4.margins[1] + 0.01
    top, bottom = A4.margins[0] - 0.01, A4.height - A4.margins[2] + 0.1
    return all(
        left <= mark.x and top <= mark.y <= bottom
        and (ends(mark) if isinstance(mark, Text) else mark.to_x) <= right
        for page in pages for mark in page
    )  # fmt: skip
