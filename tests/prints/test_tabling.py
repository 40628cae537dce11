"""Rows stand whole under their heads, on each page."""

from __future__ import annotations

from typeset import COLUMNS, SENTENCE, is_inside, set_, table_of, texts, words

from partydoc.prints.form import Row, Table
from partydoc.prints.marks import Stroke


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


def test_an_empty_table_shows_its_heads() -> None:
    assert "Ghi chú" in words(set_(table_of()))


def test_each_line_of_a_row_that_does_not_count_is_struck_out() -> None:
    (page,) = set_(Table(COLUMNS, (Row(("1", SENTENCE, ""), struck=True), Row(("2", "b", "")))))
    lines = [text for text in texts(page) if text.text not in ("2", "b")][6:]
    strokes = {(mark.x, mark.y) for mark in page if isinstance(mark, Stroke)}
    for text in lines:
        assert any(x == text.x and 0 < text.y - y < 2 for x, y in strokes), text
    kept = next(text for text in texts(page) if text.text == "b")
    assert not any(x == kept.x and 0 < kept.y - y < 2 for x, y in strokes)


def test_rows_have_room_for_a_signature() -> None:
    table = Table(COLUMNS, (Row(("1", "a", "")),) * 2, least=15)
    depths = sorted({mark.to_y for mark in set_(table)[0] if isinstance(mark, Stroke)})
    assert [round(b - a, 3) for a, b in zip(depths, depths[1:], strict=False)][-2:] == [15, 15]
