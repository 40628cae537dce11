"""Lines of a page by where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.box import Box
from partydoc.metadata import layout
from partydoc.page import Line, Page, Word

SHARES = st.floats(0, 1)


def printed(*boxes: Box) -> Page:
    return Page(1, 210, 297, (Line(tuple(Word("chữ", box, 0.9) for box in boxes)),))


def test_the_slope_of_a_long_line_is_what_it_falls() -> None:
    page = printed(Box(0.1, 0.2, 0.2, 0.22), Box(0.8, 0.214, 0.9, 0.234))
    assert layout.slope(page) == pytest.approx(0.02)


def test_a_short_line_has_no_slope() -> None:
    assert layout.slope(printed(Box(0.1, 0.2, 0.2, 0.22), Box(0.3, 0.3, 0.4, 0.32))) == 0


@given(st.lists(st.builds(Box, SHARES, SHARES, SHARES, SHARES), min_size=1, max_size=3))
def test_boxes_that_are_none_are_measured_all_the_same(boxes: list[Box]) -> None:
    assert isinstance(layout.slope(printed(*boxes)), float)
