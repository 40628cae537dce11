"""Frames of the size of a mark are seen whatever stands in them; tables and lines are none."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from partydoc.ocr import frames

DPI = 200
MM = DPI / 25.4


def sheet(*boxes: tuple[float, float, float, float]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Draw frames (left, top, width, height in millimetres) on the head of a page."""
    page = Image.new("L", (1654, 900), 255)
    pen = ImageDraw.Draw(page)
    for left, top, wide, high in boxes:
        corners = (left * MM, top * MM, (left + wide) * MM, (top + high) * MM)
        pen.rectangle(corners, None, 40, 4)
    return page, pen


def found(page: Image.Image) -> list[tuple[int, int]]:
    """Return width and height of the frames, in millimetres."""
    return [(round(f.width / MM), round(f.height / MM)) for f in frames.find(page, DPI, 150)]


@pytest.mark.parametrize("size", [(20, 8), (30, 8), (40, 10)])
def test_a_frame_is_found(size: tuple[int, int]) -> None:
    page, _ = sheet((60, 40, *size))
    assert [(abs(w - size[0]) <= 1, abs(h - size[1]) <= 1) for w, h in found(page)] == [
        (True, True)
    ]


def test_a_double_frame_is_one() -> None:
    page, _ = sheet((60, 40, 40, 10), (61.2, 41.2, 37.6, 7.6))
    assert len(found(page)) == 1


@pytest.mark.parametrize("tilt", [-2, 2])
def test_a_frame_that_leans_is_found(tilt: int) -> None:
    page, _ = sheet((80, 50, 30, 9))
    assert len(found(page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255))) == 1


def test_a_frame_is_found_through_print() -> None:
    page, pen = sheet((60, 40, 30, 9))
    for x in range(40, 130, 3):
        pen.line((x * MM, 42 * MM, (x + 1) * MM, 46 * MM), 0, 4)
    assert len(found(page)) == 1


@pytest.mark.parametrize("y", [40.2, 48.8])
def test_a_frame_that_runs_into_a_rule_is_found(y: float) -> None:
    page, pen = sheet((60, 40, 30, 9))
    pen.line((50 * MM, y * MM, 120 * MM, y * MM), 0, 3)
    assert len(found(page)) == 1


def test_a_short_line_over_a_rule_is_no_frame() -> None:
    page, pen = sheet()
    pen.line((60 * MM, 40 * MM, 90 * MM, 40 * MM), 0, 3)
    pen.line((50 * MM, 48 * MM, 120 * MM, 48 * MM), 0, 3)
    pen.line((60 * MM, 40 * MM, 60 * MM, 48 * MM), 0, 3)
    assert found(page) == []


def test_lines_to_write_on_are_no_frame() -> None:
    page, pen = sheet()
    for y in (40, 48):
        pen.line((60 * MM, y * MM, 90 * MM, y * MM), 0, 3)
    assert found(page) == []


def test_a_table_is_no_frame() -> None:
    page, _ = sheet(*((60, 20 + 9 * row, 40, 9) for row in range(8)))
    assert found(page) == []


@pytest.mark.parametrize("size", [(5, 5), (150, 8), (30, 40)])
def test_other_sizes_are_no_frame(size: tuple[int, int]) -> None:
    assert found(sheet((30, 30, *size))[0]) == []


def test_a_white_page_has_none() -> None:
    assert found(sheet()[0]) == []
