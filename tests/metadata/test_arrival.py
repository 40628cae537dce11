"""The stamp of arrival: in stamps or over the head, never number or date of the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sheet import arrived, body, line, page, party, state

from partydoc.document import Field
from partydoc.metadata.describe import describe
from partydoc.page import Line


def read(*stamp: Line, over: bool = False) -> dict[str, Field | None]:
    head = (*state(), *body())
    return describe([page(*head, *stamp)] if over else [page(*head, stamps=stamp)])


@pytest.mark.parametrize("over", [False, True])
def test_number_and_date_are_read(over: bool) -> None:
    found = read(*arrived(), over=over)
    number, day = found["arrival_number"], found["arrival_date"]
    assert number is not None and number.value == "318"
    assert day is not None and day.value == "2023-06-14"


@pytest.mark.parametrize(
    "printed", ["Ngày 14 tháng 6 năm 2023", "Ngày: 14-06-2023", "Ngày 14.6.23", "ngày: 14/6/2023"]
)
def test_days_are_written_in_many_ways(printed: str) -> None:
    day = read(*arrived(day=printed))["arrival_date"]
    assert day is not None and day.value == "2023-06-14"


@pytest.mark.parametrize("printed", ["y: 14/06/2023.", "AV: 14/6/23 v„", "14-6-2023"])
def test_a_day_in_figures_whose_label_was_lost_is_proposed(printed: str) -> None:
    day = read(*arrived(day=printed))["arrival_date"]
    assert day is not None and (day.value, day.accepted) == ("2023-06-14", False)


def test_a_stamp_is_known_by_its_last_line_where_its_word_was_lost() -> None:
    _, number, day, _ = arrived()
    found = read(number, day, line("Chuyển:........@0.4", 66, left=19), over=True)
    assert found["arrival_number"] is not None and found["arrival_number"].value == "318"
    assert found["arrival_date"] is not None and found["arrival_date"].value == "2023-06-14"
    alone = read(line("Chuyển:........@0.4", 66, left=19), over=True)
    assert (alone["arrival_number"], alone["arrival_date"]) == (None, None)


def test_a_stamp_over_the_head_is_not_the_number() -> None:
    found = read(*arrived(top=24), over=True)
    assert found["code"] is not None and found["code"].value == "15/QĐ-SNV"
    assert found["date"] is not None and found["date"].value == "2021-11-24"
    assert found["arrival_number"] is not None and found["arrival_number"].value == "318"


def test_a_day_that_does_not_exist_is_none() -> None:
    assert read(*arrived(day="Ngày: 31/6/2023"))["arrival_date"] is None


def test_what_stands_out_of_line_was_written_by_hand() -> None:
    stamp = list(arrived())
    label, digits = stamp[1].words
    box = digits.box._replace(top=digits.box.top - 0.006)
    stamp[1] = Line((label, replace(digits, box=box)))
    number = read(*stamp)["arrival_number"]
    assert number is not None and (number.value, number.accepted) == ("318", False)


def test_two_readings_that_differ_are_not_accepted() -> None:
    number = read(*arrived(), line("Số: 378", 54, left=36))["arrival_number"]
    assert number is not None and not number.accepted


def test_what_follows_the_dots_of_the_stamp_is_the_papers_wherever_the_stamp_ends() -> None:
    head = (*party(title="", subject=()), line("KẾ HOẠCH", 66))
    stamp = (line("ĐẾN", 60, left=28), line("Số: 318", 60, left=44))
    subject = "tổ chức kiểm tra hồ sơ lưu trữ và vệ sinh kho ở xã"
    below = line(f"Chuyển:.......@0.6 {subject}", 73, left=28)
    found = describe([page(*head, *stamp, below, *body())])["subject"]
    assert found is not None and found.value == subject


def test_a_reading_that_is_hardly_one_says_nothing_against_a_clear_one() -> None:
    number = read(*arrived(), line("Số: 378@0.4", 54, left=36))["arrival_number"]
    assert number is not None and (number.value, number.accepted) == ("318", True)


@pytest.mark.parametrize("text", ["đến ngày 30 tháng 6", "GIẤY ĐẾN", "Đến nay đã có số 12"])
def test_other_words_are_no_stamp(text: str) -> None:
    found = describe([page(*party(), line(text, 80, left=30), *body())])
    assert (found["arrival_number"], found["arrival_date"]) == (None, None)


def test_a_paper_that_arrived_before_it_was_dated_is_doubted() -> None:
    found = read(*arrived(day="Ngày: 20/11/2021"))
    assert found["date"] is not None
    assert (found["date"].value, found["date"].accepted) == ("2021-11-24", False)


def test_a_title_and_a_subject_beside_the_stamp_are_read() -> None:
    head = party(title="", subject=())
    stamp = (line("ĐẾN", 60, left=28), line("Số: 318", 60, left=44))
    title = line("Ngày:@0.9 ./6@0.1 ¦ ¦ KẾ HOẠCH", 66, left=44)
    subject = line("Chuyển:@0.9 ......@0.3 ......@0.3 kiểm tra hồ sơ lưu trữ năm 2023", 73, left=28)
    found = describe([page(*head, *stamp, title, subject, *body())])
    assert found["type"] is not None and found["type"].value == "Kế hoạch"
    assert found["subject"] is not None
    assert str(found["subject"].value).endswith("hồ sơ lưu trữ năm 2023")
