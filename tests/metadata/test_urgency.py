"""Urgency: stamped or printed, alone in capitals in the head."""

from __future__ import annotations

import pytest
from sheet import LEFT, body, line, page, state

from partydoc.metadata.describe import describe
from partydoc.page import Page


def read(sheet: Page) -> str | None:
    field = describe([sheet])["urgency"]
    return str(field.value) if field and field.accepted else None


MARKS = [
    ("KHẨN", "Khẩn"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("HỎA TỐC", "Hỏa tốc"),
    ("HOẢ TỐC", "Hỏa tốc"), ("HỎA TỐC HẸN GIỜ", "Hỏa tốc hẹn giờ"), ("THƯƠNG KHÂN", "Thượng khẩn"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value"), MARKS)
def test_a_printed_mark_is_read(printed: str, value: str) -> None:
    assert read(page(*state(), line(printed, 47, LEFT), *body())) == value


@pytest.mark.parametrize(("printed", "value"), MARKS)
def test_a_stamped_mark_is_read(printed: str, value: str) -> None:
    assert read(page(*state(), *body(), stamps=[line(printed, 60, LEFT)])) == value


@pytest.mark.parametrize("text", ["khẩn", "CÔNG VĂN KHẨN CẤP", "Khẩn trương", "HỎA"])
def test_other_words_are_none(text: str) -> None:
    assert read(page(*state(), line(text, 47, LEFT), *body())) is None


def test_a_mark_in_the_text_below_is_none() -> None:
    assert read(page(*state(), *body(), line("KHẨN", 200, LEFT))) is None
