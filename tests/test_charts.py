"""Charts: what is drawn, and where."""

from __future__ import annotations

import re

from partydoc import charts
from partydoc.charts import Square


def rectangles(drawn: str) -> list[tuple[str, float, float]]:
    """Return class, left side and width of each rectangle."""
    found = re.findall(r'<rect class="([\w-]+)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    return [(kind, float(left), float(width)) for kind, left, width in found]


def test_parts_of_a_bar_stand_one_behind_the_other() -> None:
    assert rectangles(charts.segments([("a", 0.25), ("b", 0.5)])) == [
        ("track", 0, 100), ("a", 0, 25), ("b", 25, 50),
    ]  # fmt: skip
    assert 'aria-hidden="true"' in charts.bar(0.5)


def test_missing_numbers_are_seen_in_a_strip_however_few_they_are() -> None:
    drawn = charts.strip(1, 10, [(4, 4), (6, 7)], "3 missing")
    assert rectangles(drawn) == [("here", 0, 10), ("gap", 3, 1), ("gap", 5, 2)]
    assert 'role="img" aria-label="3 missing"' in drawn
    (_here, (_kind, _left, width)) = rectangles(charts.strip(1, 4000, [(9, 9)], "one"))
    assert width == 10


def test_a_heat_table_names_rows_and_columns_and_tells_each_cell() -> None:
    rows = {
        "Nghị quyết": [Square("1", 0.2, "one"), None],
        "B" * 40: [None, Square("9", 1, "nine", True)],
    }
    drawn = charts.heat(["2020", "2021\n–25"], rows, "Coverage")
    assert drawn.count("<title>") == 2 and ">one<" in drawn and ">nine<" in drawn
    assert 'fill-opacity="0.264"' in drawn and 'fill-opacity="1.0"' in drawn
    assert ">–25<" in drawn and "B" * 25 + "…" in drawn
    assert 'class="dark"' in drawn and 'class="light"' in drawn and 'class="lacking"' in drawn


def test_bars_of_years_are_named_as_far_as_there_is_room() -> None:
    few = charts.columns([(str(year), year - 2000) for year in range(2001, 2011)], "By year")
    assert few.count('class="head"') == 20
    many = charts.columns([(str(year), 7) for year in range(1930, 2027)], "By year")
    assert 20 < many.count('class="head"') < 40 and many.count("<title>") == 97
    assert charts.columns([], "By year").startswith("<svg")
