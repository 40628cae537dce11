"""Terms: what page 1 of a Party paper says, if it fits its date."""

from __future__ import annotations

import pytest
from sheet import body, line, page, party, state

from partydoc.document import Field
from partydoc.metadata.describe import describe


def read(text: str, date: str = "Mẫu Sơn, ngày 05 tháng 6 năm 2023") -> Field | None:
    head = party(date=date, subject=("về chương trình toàn khóa,", text))
    return describe([page(*head, *body())])["term"]


@pytest.mark.parametrize(
    "text", ["nhiệm kỳ 2020 - 2025", "nhiệm kì 2020-2025", "Nhiệm kỳ 2020 – 2025"]
)
def test_a_term_is_read(text: str) -> None:
    field = read(text)
    assert field is not None and (field.value, field.accepted) == ("2020-2025", True)


def test_a_term_that_is_over_is_not_accepted() -> None:
    field = read("nhiệm kỳ 2015 - 2020")
    assert field is not None and not field.accepted


@pytest.mark.parametrize(
    "text", ["giai đoạn 2020 - 2025", "nhiệm kỳ 2025 - 2020", "nhiệm kỳ 2000 - 2025"]
)
def test_other_years_are_no_term(text: str) -> None:
    assert read(text) is None


def test_a_state_body_has_none() -> None:
    lines = (*state(), line("Đại biểu nhiệm kỳ 2020 - 2025", 90, left=40), *body(100))
    assert describe([page(*lines)])["term"] is None
