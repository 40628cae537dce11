"""Lines of print that layout analysis left out are found in the ink that no word accounts for."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image, ImageDraw

from partydoc.ocr import lost, merge, patch, picture
from partydoc.text import fold

DPI = 200
SMALL = 50


def strokes(*boxes_in: tuple[float, float, float, float]) -> list[patch.Patch]:
    """Return the patches of an A4 mask with ink in rectangles, in inches."""
    mask = Image.new("L", (413, 585))
    pen = ImageDraw.Draw(mask)
    for box in boxes_in:
        pen.rectangle([side * SMALL for side in box], fill=255)
    return lost.rows(patch.together(mask), SMALL)


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI, drawn.BODY[:3]).convert("L")


@pytest.fixture(scope="module")
def read(reader, sheet):
    return reader.read(sheet, DPI)


@pytest.mark.parametrize("word", ["12-nq", "xay dung thu vien", "thao luan", "nguyen van lua"])
def test_a_line_that_was_left_out_is_read(reader, sheet, read, word):
    rest = tuple(line for line in read if word not in fold(line.text))
    assert len(rest) == len(read) - 1
    (again,) = lost.found(sheet, DPI, picture.ink(sheet, DPI), reader, rest)
    assert word in fold(again.text)


def test_it_stands_where_it_stands_on_the_page(reader, sheet, read):
    (left_out,) = (line for line in read if "thao luan" in fold(line.text))
    rest = tuple(line for line in read if line is not left_out)
    (again,) = lost.found(sheet, DPI, picture.ink(sheet, DPI), reader, rest)
    sides = zip(again.box, left_out.box, strict=True)
    assert all(abs(one - other) < 0.01 for one, other in sides)
    whole = merge.placed(rest, [again])
    assert whole[read.index(left_out)].words == again.words


def test_where_every_line_was_seen_nothing_is_read_again(sheet, read):
    assert lost.found(sheet, DPI, picture.ink(sheet, DPI), None, read) == ()  # no reader is asked


def test_words_with_a_gap_for_handwriting_are_one_line():
    (row,) = strokes((1, 2, 1.8, 2.14), (2.3, 2.02, 3.1, 2.15))
    assert row.width > 2 * SMALL


def test_words_of_two_lines_are_two():
    assert len(strokes((1, 2, 2.8, 2.14), (1, 2.5, 2.8, 2.64))) == 2


@pytest.mark.parametrize(
    "box",
    [(1, 2, 4, 2.02), (1, 2, 3, 3), (1, 2, 1.5, 2.14), (1, 2, 1.1, 3.5)],
    ids=["a rule", "a seal", "a word alone", "a stroke"],
)
def test_what_is_no_line_of_print_is_left_alone(box):
    assert strokes(box) == []


def test_a_page_with_many_such_rows_is_a_drawing_or_a_table(sheet, read):
    page = sheet.copy()
    pen = ImageDraw.Draw(page)
    for i in range(12):
        pen.rectangle((200, 1200 + 80 * i, 900, 1225 + 80 * i), fill=0)
    assert lost.found(page, DPI, picture.ink(page, DPI), None, read) == ()
