"""Dates: whole in print, without the parts that were written by hand, never wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet import HEIGHT, RIGHT, WIDTH, body, line, page, state

from partydoc.document import Field
from partydoc.metadata.describe import describe
from partydoc.page import Line


def read(text: str) -> Field | None:
    return describe([page(*state(date=text), *body())])["date"]


def of(row: Line) -> Field | None:
    head = [each for each in state() if "ngày" not in each.text]
    return describe([page(*head, row, *body())])["date"]


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1930, 2, 3), date(2100, 12, 31)))
def test_every_printed_date_is_read(day: date) -> None:
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    found = read(f"Mẫu Sơn, ngày {day.day:02} tháng {month} năm {day.year}")
    assert found is not None and (found.value, found.accepted) == (day.isoformat(), True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày ¦ tháng 10 năm 2023", "2023-10"),
        ("ngày ..... tháng 10 năm 2023", "2023-10"),
        ("ngày lô@0.1 tháng 10 năm 2023", "2023-10"),
        ("ngày ¿@0.4 tháng 10 năm 2023", "2023-10"),
        ("ngày Zo@0.3 tháng ¿L@0.2 năm 2010", "2010"),
        ("ngày........tháng...... năm 2010", "2010"),
        ("ngày.C.3..tháng....<.năm@0.06 2010", "2010"),
        ("ngày 26tháng 7 năm 2020", "2020-07-26"),
        ("ngày 05 thắng 01 năm 2020", "2020-01-05"),
        ("ngàu 05 thúng 01 năm 2020", "2020-01-05"),
        ("này 05 tháng 01 năm 2020", "2020-01-05"),
    ],
)
def test_only_the_printed_part_is_kept(text: str, value: str) -> None:
    found = read(f"Mẫu Sơn, {text}")
    assert found is not None and (found.value, found.accepted) == (value, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 27@0.6 tháng 10 năm 2023", "2023-10-27"),
        ("ngày 27 tháng 10@0.6 năm 2023", "2023-10-27"),
        ("ngày 45 tháng 10 năm 2023", "2023-10"),
        ("ngày 31 tháng 11 năm 2023", "2023-11"),
        ("ngày 12 tháng ló@0.9 năm 2010", "2010"),
        ("ngày 05 tháng 3 năm 2012@0.4", "2012-03-05"),
    ],
)
def test_print_that_is_not_sure_waits_for_a_person(text: str, value: str) -> None:
    found = read(f"Mẫu Sơn, {text}")
    assert found is not None and (found.value, found.accepted) == (value, False)


@pytest.mark.parametrize("wider", [0.0, 3.5])
def test_a_digit_beside_which_another_was_lost_waits_for_a_person(wider: float) -> None:
    row = line("Mẫu Sơn, ngày 27 tháng 2 năm 2023", 41, RIGHT)
    words = list(row.words)
    at = next(i for i, word in enumerate(words) if word.text == "2")
    for i in range(at):
        box = words[i].box
        away = wider / WIDTH
        words[i] = replace(words[i], box=box._replace(left=box.left - away, right=box.right - away))
    found = of(Line(tuple(words)))
    assert found is not None and (found.value, found.accepted) == ("2023-02-27", not wider)


@pytest.mark.parametrize(
    ("day", "value"), [("T8", "2021-11-18"), ("1Š@0.9", "2021-11-15"), ("I5@0.6", "2021-11-15")]
)
def test_a_day_of_two_digits_is_read_though_one_was_taken_for_a_letter(
    day: str, value: str
) -> None:
    found = read(f"Mẫu Sơn, ngày {day} tháng 11 năm 2021")
    assert found is not None and (found.value, found.accepted) == (value, True)


@pytest.mark.parametrize("ones", ["II", "I1", "1]", "TT"])
def test_ones_that_were_read_as_letters_are_eleven(ones: str) -> None:
    found = read(f"Mẫu Sơn, ngày 24 tháng {ones}@0.5 năm 2021")
    assert found is not None and found.value == "2021-11-24"


def test_two_signs_in_the_room_of_one_digit_are_one_digit() -> None:
    row = line("Mẫu Sơn, ngày 24 tháng 5 năm 2021", 41, RIGHT)
    words = (replace(each, text="5Š") if each.text == "5" else each for each in row.words)
    found = of(Line(tuple(words)))
    assert found is not None and (found.value, found.accepted) == ("2021-05-24", False)


def test_what_stands_on_a_dotted_line_is_left_out() -> None:
    found = read("Mẫu Sơn, ngày .2.tháng@0.8 6 năm 1998")
    assert found is not None and found.value == "1998-06"


def test_a_year_in_two_pieces_is_joined() -> None:
    found = read("Mẫu Sơn, ngày 14 tháng 10 năm 201 1@0.7")
    assert found is not None and found.value == "2011-10-14"


def moved(part: str, millimetres: float, taller: float = 1.0) -> Field | None:
    """Read a date of which one part stands lower, or is taller, than print."""
    row = line("Mẫu Sơn, ngày 24 tháng 11 năm 2021", 41, RIGHT)
    words = []
    for word in row.words:
        if word.text == part:
            top, bottom = word.box.top, word.box.bottom
            down = millimetres / HEIGHT
            box = word.box._replace(
                top=bottom - (bottom - top) * taller + down, bottom=bottom + down
            )
            word = replace(word, box=box, confidence=0.9)
        words.append(word)
    lines = [each for each in state() if "ngày" not in each.text]
    return describe([page(*lines, Line(tuple(words)), *body())])["date"]


@pytest.mark.parametrize(("down", "taller"), [(1.5, 1.0), (-1.5, 1.0), (0.0, 1.5)])
def test_what_stands_out_of_line_was_written_by_hand(down: float, taller: float) -> None:
    day, month = moved("24", down, taller), moved("11", down, taller)
    assert day is not None and (day.value, day.accepted) == ("2021-11", True)
    assert month is not None and (month.value, month.accepted) == ("2021", True)


def test_print_that_is_boxed_badly_waits_for_a_person() -> None:
    row = line("Mẫu Sơn, ngày 24@0.97 tháng 11 năm 2021", 41, RIGHT)
    words = [
        replace(word, box=word.box._replace(top=word.box.top - 0.006))
        if word.text == "24"
        else word
        for word in row.words
    ]
    lines = [each for each in state() if "ngày" not in each.text]
    day = describe([page(*lines, Line(tuple(words)), *body())])["date"]
    assert day is not None and (day.value, day.accepted) == ("2021-11-24", False)


def test_what_stands_in_line_is_print() -> None:
    day = moved("24", 0.2)
    assert day is not None and day.value == "2021-11-24"


@pytest.mark.parametrize("year", ["20..", "1900", "2150", "201"])
def test_without_a_sure_year_there_is_no_date(year: str) -> None:
    assert read(f"Mẫu Sơn, ngày 05 tháng 01 năm {year}") is None


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


def test_a_word_for_year_that_was_read_twice_is_one() -> None:
    found = read("Mẫu Sơn, ngày 05 tháng 6 năm năm 2023")
    assert found is not None and found.value == "2023-06-05"


def test_where_the_word_for_day_was_lost_month_and_year_are_read() -> None:
    found = describe([page(*state(date="Mẫu Sơn, |@0.2 tháng 9 năm 2022"), *body())])
    date, place = found["date"], found["place"]
    assert date is not None and date.value == "2022-09"
    assert place is not None and place.value == "Mẫu Sơn"


def test_a_place_that_begins_like_the_word_for_day_stays() -> None:
    found = describe([page(*state(date="Nguyên Bình, ngày 05 tháng 6 năm 2022"), *body())])
    assert found["place"] is not None and found["place"].value == "Nguyên Bình"


def test_a_line_without_a_place_has_none() -> None:
    lines = [each for each in state() if "ngày" not in each.text]
    found = describe([page(*lines, line("ngày 24 tháng 11 năm 2021", 41, RIGHT), *body())])
    assert found["place"] is None
    assert found["date"] is not None


@pytest.mark.parametrize(("place", "accepted"), [("Mẫu Sơn", True), ("Mẫu Sần", False)])
def test_a_place_that_is_nearly_in_the_letterhead_is_doubted(place: str, accepted: bool) -> None:
    lines = state(date=f"{place}, ngày 24 tháng 11 năm 2021", issuer=("UBND HUYỆN MẪU SON",))
    found = describe([page(*lines, *body())])["place"]
    assert found is not None and found.accepted is accepted


@pytest.mark.parametrize(("town", "accepted"), [("Vị", True), ("Vi", False), ("Vệ", False)])
def test_a_town_that_is_known_mark_for_mark_bears_out_a_place(town: str, accepted: bool) -> None:
    head = state(date=f"{town} Thanh,@0.6 ngày 24 tháng 11 năm 2021")
    found = describe([page(*head, *body())])["place"]
    assert found is not None and (found.value, found.accepted) == (f"{town} Thanh", accepted)


@pytest.mark.parametrize("day", ["05/6/1998", "5-6-1998", "05.06.1998"])
def test_a_day_in_figures_is_proposed(day: str) -> None:
    field = read(f"Mẫu Sơn, ngày {day}")
    assert field is not None and (field.value, field.accepted) == ("1998-06-05", False)


def test_a_letter_in_the_year_is_doubted_a_five_or_an_eight() -> None:
    field = read("Mẫu Sơn, ngày 25 tháng 10 năm 201S")
    assert field is not None and not field.accepted
