"""Pencilled sheet numbers: offered from the corner, never accepted."""

from __future__ import annotations

import pytest
from sheet import body, line, page, party

from partydoc.metadata.describe import describe
from partydoc.page import Line


def read(*lines: Line) -> tuple[str, bool] | None:
    field = describe([page(*lines, *party(), *body())])["sheets"]
    return (str(field.value), field.accepted) if field else None


@pytest.mark.parametrize("printed", ["07", "112", "5a"])
def test_a_number_in_the_corner_is_offered(printed: str) -> None:
    assert read(line(printed, 8, left=190)) == (printed, False)


@pytest.mark.parametrize(
    "other",
    [line("07", 8), line("07", 60, left=190), line("A7", 8, left=190), line("00", 8, left=190)],
)
def test_other_numbers_are_none(other: Line) -> None:
    assert read(other) is None
