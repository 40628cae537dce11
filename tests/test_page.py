"""What stands in pages.json is read back, or refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from partydoc.box import Box
from partydoc.page import Line, Page, Reading, Word

PAGE = Page(1, 210, 297, (Line((Word("số", Box(0.1, 0.1, 0.2, 0.12), 0.9),), 1),))
READING = Reading("test", ("vie",), (PAGE,))


def test_a_reading_comes_back_as_it_was_written() -> None:
    assert Reading.from_dict(json.loads(json.dumps(READING.to_dict()))) == READING


@pytest.mark.parametrize("size", [0, -1, 10**400, float("nan"), float("inf")])
def test_a_page_of_no_size_is_refused(size: float) -> None:
    data: dict[str, Any] = replace(READING).to_dict()
    data["pages"][0]["width_mm"] = size
    with pytest.raises(ValueError, match="size"):
        Reading.from_dict(data)


@pytest.mark.parametrize("share", [10**400, float("nan"), -(10**9)])
def test_a_word_beyond_all_pages_is_refused(share: float) -> None:
    data: dict[str, Any] = READING.to_dict()
    data["pages"][0]["lines"][0]["words"][0][1] = share
    with pytest.raises(ValueError, match="no share"):
        Reading.from_dict(data)


def test_a_line_that_was_read_in_a_part_of_a_page_stands_in_that_part() -> None:
    line = Line((Word("số", Box(0.0, 0.25, 0.5, 1.0), 0.9),), 3)
    placed = line.placed_in(Box(0.5, 0.0, 1.0, 0.5))
    assert placed == Line((Word("số", Box(0.5, 0.125, 0.75, 0.5), 0.9),), 3)
    assert line.placed_in(Box(0.0, 0.0, 1.0, 1.0)) == line
