"""The tables of prints as the law gives them."""

from __future__ import annotations

import pytest

from partydoc import layouts
from partydoc.fieldnames import EDITABLE
from partydoc.prints.form import Row
from partydoc.unitfields import FIELDS

NAMES = [row["name"] for row in layouts.section("table")]
#: What a print makes of several fields, or counts.
MADE = {"ordinal", "reference", "sheets", "note", "named", "files", "name", "pages"}


@pytest.mark.parametrize("name", NAMES)
def test_columns_fill_the_paper_and_each_shows_something_known(name: str) -> None:
    layout = layouts.layout(name)
    assert sum(column.width for column in layout.columns) == layout.paper.room
    assert set(layout.fields) <= {*EDITABLE, *FIELDS, *MADE}
    assert {column.align for column in layout.columns} <= {"left", "centre"}


@pytest.mark.parametrize(
    ("name", "columns"),
    [("muc-luc-ho-so", 7), ("muc-luc-van-ban", 7), ("danh-muc-ho-so", 5),
     ("muc-luc-van-ban-party", 24)],
)  # fmt: skip
def test_the_tables_have_the_columns_of_their_instruments(name: str, columns: int) -> None:
    assert len(layouts.layout(name).columns) == columns


def test_every_form_names_the_instrument_that_it_follows() -> None:
    for row in (*layouts.section("table"), *layouts.section("letterhead")):
        assert row["instrument"]
    for name in ("maker", "certificate", "delivery", "cover", "label"):
        assert layouts.section(name)["instrument"]


def test_rows_take_their_values_by_field() -> None:
    layout = layouts.layout("danh-muc-ho-so")
    assert layout.row({"title": "Báo cáo", "box": "7"}) == Row(("", "Báo cáo", "", "", ""))
    assert layout.head("title", "I. KHÓA") == Row(("", "I. KHÓA", "", "", ""), head=True)
    foot = layout.below(count=3, permanent=1, limited=2)
    assert [line.text for line in foot][1] == "1 hồ sơ bảo quản vĩnh viễn;"
