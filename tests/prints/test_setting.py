"""Text is set into its room: wrapped, never outside, rows whole, heads on each page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.prints.fonts import faces
from partydoc.prints.form import (
    A4,
    Beside,
    Block,
    Break,
    Card,
    Cards,
    Column,
    Form,
    Line,
    Row,
    Table,
)  # fmt: skip
from partydoc.prints.marks import Mark, Stroke, Text
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


def test_a_long_line_is_wrapped_and_loses_no_word() -> None:
    pages = set_(Line(SENTENCE * 5))
    assert len(texts(pages[0])) > 3 and is_inside(pages)
    assert " ".join(words(pages)).split() == (SENTENCE * 5).split()


def test_lines_stand_where_they_are_to_stand() -> None:
    left, centred, right = texts(
        set_(Line("a"), Line("a", align="centre"), Line("a", align="right"))[0]
    )
    assert left.x == A4.margins[3]
    assert centred.x == pytest.approx(30 + 165 / 2, abs=2)
    assert ends(right) == pytest.approx(195)


def test_dots_run_from_the_end_of_a_line_to_the_margin() -> None:
    label, dots = texts(set_(Line("Ông (bà):", dotted=True))[0])
    assert set(dots.text) == {"."} and dots.x > ends(label)
    assert ends(dots) == pytest.approx(195, abs=2)


def test_what_stands_side_by_side_is_never_parted() -> None:
    stack = tuple(Line(str(i)) for i in range(20))
    pages = set_(*[Line("x")] * 40, Beside((stack, stack[:3])))
    assert [text.text for text in texts(pages[-1])].count("19") == 1
    assert "0" in [text.text for text in texts(pages[-1])] and is_inside(pages)


def test_heads_and_column_numbers_stand_on_each_page_and_no_row_is_cut() -> None:
    pages = set_(table_of(*[SENTENCE * 3] * 60))
    assert len(pages) > 4 and is_inside(pages)
    for page in pages:
        found = [text.text for text in texts(page)]
        assert found[:3] == ["Số TT", "Tiêu đề hồ sơ", "Ghi chú"] and "(3)" in found
        rows = " ".join(text.text for text in texts(page) if 45 < text.x < 140)
        assert rows.count("nghị quyết.") % 3 == 0


def test_a_row_that_is_longer_than_a_page_goes_on_over_the_next() -> None:
    long = " ".join(f"chữ{i}" for i in range(3000))
    pages = set_(table_of("trước", long, "sau"))
    assert len(pages) > 2 and is_inside(pages)
    found = [word for line in words(pages) for word in line.split() if word.startswith("chữ")]
    assert found == long.split()


def test_a_word_that_is_too_long_is_cut_where_it_has_a_joint() -> None:
    table = Table((Column("Số", 20),), (Row(("123456-NQ/HĐND-UBND",)), Row(("x" * 60,))))
    pages = set_(table)
    lines = words(pages)[2:]
    assert lines[0].endswith(("-", "/")) and "".join(lines) == "123456-NQ/HĐND-UBND" + "x" * 60
    assert all(ends(text) <= 30 + 20 for text in texts(pages[0]))


def test_an_empty_table_shows_its_heads() -> None:
    assert "Ghi chú" in words(set_(table_of()))


def test_rows_have_room_for_a_signature() -> None:
    table = Table(COLUMNS, (Row(("1", "a", "")),) * 2, least=15)
    depths = sorted({mark.to_y for mark in set_(table)[0] if isinstance(mark, Stroke)})
    assert [round(b - a, 3) for a, b in zip(depths, depths[1:], strict=False)][-2:] == [15, 15]


def test_what_is_too_much_for_a_card_is_set_smaller() -> None:
    card = Card((Line("Tiêu đề", size=20), Line(SENTENCE * 8, size=20)), (Line("Hộp số 7"),))
    pages = set_(Cards((card,) * 9, 2, 60))
    assert len(pages) == 2 and is_inside(pages)
    sizes = {text.size for text in texts(pages[0])}
    assert max(sizes) < 20
    below = [text.y for text in texts(pages[0]) if text.text == "Hộp số 7"]
    assert below and max(below) < 20 + 4 * 60


def test_a_break_begins_a_page_and_no_empty_one() -> None:
    assert len(set_(Break(), Line("a"), Break(), Break(), Line("b"))) == 2


def test_each_page_says_which_it_is_and_of_how_many() -> None:
    pages = set_(Line("a"), Break(), Line("b"), numbered=True)
    assert [texts(page)[-1].text for page in pages] == ["Trang 1/2", "Trang 2/2"]


def test_signs_that_the_font_lacks_are_shown_as_such_and_told() -> None:
    setter = Setter(Form("t", (Line("về 漢字\x07"),)), faces())
    assert texts(setter.pages()[0])[0].text == "về □□□"
    assert setter.unknown == {"漢", "字", "\x07"}


@given(st.lists(st.text(max_size=300), max_size=6))
def test_whatever_stands_in_cells_stays_in_its_place(cells: list[str]) -> None:
    pages = set_(
        table_of(*cells), Line(" ".join(cells)), Cards((Card((Line("".join(cells)),)),), 1, 40)
    )
    assert is_inside(pages)
