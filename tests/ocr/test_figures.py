"""Figures at the head of a page are as sure as two looks make them."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image

from partydoc.box import Box
from partydoc.ocr import engine, figures
from partydoc.page import Line, Word

DPI = 200


def line(text: str, top: float = 0.1) -> Line:
    """A line of words like `2021@0.7`; without a figure after @ they are sure."""
    words = []
    for i, part in enumerate(text.split()):
        word, _, sure = part.partition("@")
        left = 0.1 + 0.08 * i
        words.append(Word(word, Box(left, top, left + 0.07, top + 0.012), float(sure or 0.96)))
    return Line(tuple(words))


def sure(found: Line) -> list[float]:
    return [word.confidence for word in found.words]


def twice(first: str, second: str) -> list[float]:
    return sure(figures.weighed(line(first), line(second).words))


def test_what_both_looks_give_alike_is_surer():
    assert twice("ngày 12@0.6 tháng 9@0.7", "ngày 12@0.5 tháng 9") == [0.96, 0.9, 0.96, 0.9]


def test_what_they_give_differently_is_doubted():
    assert twice("ngày 12@0.8 tháng 9@0.7", "ngày 17 tháng 9") == [0.96, 0.5, 0.96, 0.9]


def test_what_was_read_surely_stays_whatever_the_second_look_says():
    assert twice("ngày 12 tháng 9@0.7", "ngày 17 tháng 9") == [0.96, 0.96, 0.96, 0.9]


def test_figures_that_only_the_second_look_sees_change_nothing():
    assert twice("x ngày 12@0.8", "Số 354 ngày 12") == [0.96, 0.96, 0.9]


def test_what_the_second_look_does_not_see_stays():
    assert twice("Số 12@0.7 năm 2021@0.6", "Số năm 2021") == [0.96, 0.7, 0.96, 0.9]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("17@0.6", "l7", 0.9),
        ("1999@0.6", "T999", 0.9),
        ("15@0.6", "1Š", 0.9),
        ("18@0.6", "1Š", 0.9),
        ("10@0.6", "1Š", 0.5),
        ("2021@0.6", "202", 0.5),
        ("10TTr-HĐND@0.6", "16TTr-HĐND", 0.5),
    ],
)
def test_letters_among_figures_are_the_figures_they_look_like(one, other, found):
    assert twice(one, other) == [found]


def test_what_follows_on_the_figures_in_their_word_must_be_the_same():
    assert twice("161/PNV-VP@0.3", "161/PNV-VP") == [0.9]
    assert twice("Số:124-CV/ĐU@0.3", "Số: 124-CV/ĐĐU") == [0.9]
    assert twice("161/PNV-SVP@0.3", "161/PNV-VP") == [0.3]


class Counting:
    """An engine that counts the pictures it is given, and reads them with another."""

    name = "counting"

    def __init__(self, reader: engine.Engine) -> None:
        self._reader = reader
        self.pictures = 0

    def read(self, picture: Image.Image, dpi: int, mode: int = engine.AUTO) -> tuple[Line, ...]:
        return self._reader.read(picture, dpi, mode)

    def read_all(self, pictures, dpi, mode=engine.AUTO):
        self.pictures += len(pictures)
        return self._reader.read_all(pictures, dpi, mode)


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return drawn.sheet(DPI, drawn.BODY[:3]).convert("L")


@pytest.fixture(scope="module")
def read(reader, page) -> tuple[Line, ...]:
    return reader.read(page, DPI)


def with_sureness(lines: tuple[Line, ...], value: float) -> tuple[Line, ...]:
    return tuple(
        Line(tuple(Word(word.text, word.box, value) for word in each.words), each.block)
        for each in lines
    )


def test_print_that_is_read_alike_twice_is_sure_and_stays_in_its_place(reader, page, read):
    doubted = with_sureness(read, 0.7)
    found = figures.confirmed(page, DPI, reader, doubted)
    before = [word for each in doubted for word in each.words if word.box.top < 0.3]
    after = [word for each in found for word in each.words if word.box.top < 0.3]
    digits = [word for word in after if any(map(str.isdigit, word.text))]
    assert digits and all(word.confidence >= 0.9 for word in digits)
    assert [word.text for word in after] == [word.text for word in before]


def test_sure_figures_and_words_get_no_second_look(reader, page, read):
    counting = Counting(reader)
    sure_of_all = with_sureness(read, 0.95)
    assert figures.confirmed(page, DPI, counting, sure_of_all) == sure_of_all
    assert counting.pictures == 0


def test_figures_below_the_head_get_no_second_look(reader, page):
    counting = Counting(reader)
    low = (line("ngày 12@0.6", top=0.5),)
    assert figures.confirmed(page, DPI, counting, low) == low
    assert counting.pictures == 0
