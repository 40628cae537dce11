"""Dates: whole where every part is sure, shortened where one is not, never wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet import RIGHT, body, line, page, state

from partydoc.document import Field
from partydoc.metadata import describe


def read(text: str) -> Field | None:
    return describe([page(*state(date=text), *body())])["date"]


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1930, 2, 3), date(2100, 12, 31)))
def test_every_printed_date_is_read(day: date) -> None:
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    found = read(f"Mẫu Sơn, ngày {day.day:02} tháng {month} năm {day.year}")
    assert found is not None and (found.value, found.accepted) == (day.isoformat(), True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mẫu Sơn, ngày ¦ tháng 10 năm 2023", "2023-10"),
        ("Mẫu Sơn, ngày ..... tháng 10 năm 2023", "2023-10"),
        ("Mẫu Sơn, ngày lô@0.1 tháng 10 năm 2023", "2023-10"),
        ("Mẫu Sơn, ngày ¿@0.4 7 tháng 10 năm 2023", "2023-10"),
        ("Mẫu Sơn, ngày 7 tháng 10 năm 2023", "2023-10"),
        ("Mẫu Sơn, ngày 27@0.7 tháng 10 năm 2023", "2023-10"),
        ("Mẫu Sơn, ngày 45 tháng 10 năm 2023", "2023-10"),
        ("Mẫu Sơn, ngày 31 tháng 11 năm 2023", "2023-11"),
        ("Mẫu Sơn, ngày Zo@0.3 tháng 2@0.7 năm 2010", "2010"),
        ("Mẫu Sơn, ngày 12 tháng 13 năm 2010", "2010"),
        ("Mẫu Sơn, ngày........tháng...... năm 2010", "2010"),
        ("Mẫu Sơn, ngày.C.3..tháng....<.năm@0.06 2010", "2010"),
        ("Mẫu Sơn, ngày 26tháng 7 năm 2020", "2020-07-26"),
        ("Mẫu Sơn, ngày 05 thắng 01 năm 2020", "2020-01-05"),
    ],
)
def test_only_the_sure_part_is_kept(text: str, value: str) -> None:
    found = read(text)
    assert found is not None and found.value == value


@pytest.mark.parametrize("year", ["20..", "1900", "2150", "20ỉ@0.3", "201"])
def test_without_a_sure_year_there_is_no_date(year: str) -> None:
    assert read(f"Mẫu Sơn, ngày 05 tháng 01 năm {year}") is None


def test_a_doubtful_year_is_offered_alone() -> None:
    found = read("Mẫu Sơn, ngày 05 tháng 3 năm 2012@0.4")
    assert found is not None and (found.value, found.accepted) == ("2012", False)


def test_a_date_of_the_text_is_not_the_date_of_the_document() -> None:
    lines = [each for each in state() if "ngày" not in each.text]
    basis = line("Căn cứ Quyết định số 35/QĐ-BNV ngày 02 tháng 10 năm 2009 của Bộ", 90, left=40)
    assert describe([page(*lines, basis)])["date"] is None


def test_a_date_read_in_pieces_is_joined() -> None:
    lines = [each for each in state() if "ngày" not in each.text]
    pieces = (
        line("Mẫu Sơn, ngày 24", 41, left=110),
        line("tháng", 40.6, left=149),
        line("11 năm 2021", 41.2, left=163),
    )
    found = describe([page(*lines, *pieces, *body())])["date"]
    assert found is not None and found.value == "2021-11-24"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mẫu Sơn, ngày 24 tháng 11 năm 2021", "Mẫu Sơn"),
        ("VỊ Thử, ngày 24 tháng 11 năm 2021", "Vị Thử"),
        ("MẪU Sơn, ngày ..... tháng 11 năm 2021", "Mẫu Sơn"),
        ("TP. Đà Nẵng, ngày 24 tháng 11 năm 2021", "TP. Đà Nẵng"),
    ],
)
def test_the_place_stands_before_the_comma(text: str, place: str) -> None:
    found = describe([page(*state(date=text), *body())])["place"]
    assert found is not None and (found.value, found.accepted) == (place, True)


def test_a_line_without_a_place_has_none() -> None:
    lines = [each for each in state() if "ngày" not in each.text]
    found = describe([page(*lines, line("ngày 24 tháng 11 năm 2021", 41, RIGHT), *body())])
    assert found["place"] is None
    assert found["date"] is not None
