"""Of two readings of the same ink each word is taken from the better one, and none is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.box import Box
from partydoc.ocr import choice
from partydoc.page import Line, Word

WIDE, HIGH = 0.012, 0.015


def line(text: str, *sure: float, left: float = 0.1, top: float = 0.1, block: int = 0) -> Line:
    """A line of words side by side; the last confidence is that of all further words."""
    words = []
    for i, part in enumerate(text.split()):
        right = left + WIDE * len(part)
        words.append(Word(part, Box(left, top, right, top + HIGH), sure[min(i, len(sure) - 1)]))
        left = right + WIDE
    return Line(tuple(words), block)


def chosen(first: Line, *second: Line) -> str:
    return choice.between([first], second)[0].text


@pytest.mark.parametrize(
    ("worn", "seen"),
    [
        ("phâm", "phẩm"),
        ("tông", "tổng"),
        ("PHÁM", "PHẨM"),
        ("Sở.", "Sở,"),
        ("Giang:", "Giang;"),
        ("chỉ", "chi"),
        ("tỉnh", "tinh"),
    ],
)
def test_what_was_worn_away_is_taken_from_the_look_that_saw_it(worn, seen):
    assert chosen(line(worn, 0.95), line(seen, 0.7)) == seen
    assert chosen(line(seen, 0.7), line(worn, 0.95)) == seen


def test_a_mark_that_only_a_very_unsure_look_saw_is_not_believed():
    assert chosen(line("hoa", 0.95), line("hoà", 0.3)) == "hoa"


def test_of_other_words_the_surer_one_is_taken():
    assert chosen(line("dồng", 0.8), line("đồng", 0.9)) == "đồng"
    assert chosen(line("đồng", 0.8), line("dồng", 0.7)) == "đồng"


def test_no_syllable_gives_way_to_what_is_none():
    assert chosen(line("về", 0.3), line("vẻè", 0.97)) == "về"
    assert chosen(line("phẩm", 0.3), line("phẩrn", 0.97)) == "phẩm"


def test_one_word_may_give_way_to_two_and_two_to_one():
    together, apart = line("số12/NQ", 0.4), line("số 12/NQ", 0.9)
    apart = Line(tuple(
        Word(word.text, Box(left, 0.1, right, 0.1 + HIGH), 0.9)
        for word, left, right in zip(apart.words, (0.1, 0.13), (0.125, 0.184), strict=True)
    ))  # fmt: skip
    assert chosen(together, apart) == "số 12/NQ"
    assert chosen(Line(tuple(Word(w.text, w.box, 0.2) for w in apart.words)), together) == "số12/NQ"


def test_words_of_the_lines_above_and_below_are_not_taken():
    first = line("một hai ba", 0.2, top=0.1)
    above, below = (line("bốn năm sáu", 0.97, top=0.1 + HIGH * rows) for rows in (-0.7, 0.7))
    assert first in choice.between([first], [above, below])


def test_a_word_over_another_width_is_not_the_same_word():
    first = line("một hai", 0.2)
    assert chosen(first, line("mười", 0.97, left=0.1 + WIDE * 2)) == "một hai"


def test_a_line_that_only_the_second_saw_is_set_where_it_stands():
    first = [line("đảng bộ xã", 0.5, top=0.1), line("nghị quyết", 0.9, top=0.3, block=1)]
    unseen = line("Số: 12-NQ/ĐU", 0.8, top=0.2)
    taken = choice.between(first, [unseen])
    assert [each.text for each in taken] == ["đảng bộ xã", "Số: 12-NQ/ĐU", "nghị quyết"]
    assert len({each.block for each in taken}) == 3


@pytest.mark.parametrize("noise", [line("— | Ị", 0.95, top=0.2), line("nghe nói", 0.4, top=0.2)])
def test_what_is_no_print_is_not_set_between_the_lines(noise):
    first = line("đảng bộ xã", 0.5)
    assert choice.between([first], [noise]) == (first,)


def test_figures_that_differ_are_doubted_whichever_is_taken():
    taken = choice.between([line("Số 12-NQ/ĐU", 0.95, 0.7)], [line("Số 17-NQ/ĐU", 0.95, 0.9)])
    assert (taken[0].text, taken[0].words[1].confidence) == ("Số 17-NQ/ĐU", 0.5)
    kept = choice.between([line("Số 12-NQ/ĐU", 0.95, 0.9)], [line("Số 17-NQ/ĐU", 0.95, 0.7)])
    assert (kept[0].text, kept[0].words[1].confidence) == ("Số 12-NQ/ĐU", 0.5)


def test_words_of_one_letter_and_figures_do_not_tell_how_well_a_page_was_read():
    lines = [line("a 12 - đảng viên", 0.1, 0.1, 0.1, 0.9, 0.9), line("tổ chức", 0.3, 0.9)]
    assert choice.unsure(lines) == 0.25
    assert choice.unsure([]) == 0


pages = st.lists(
    st.builds(
        line,
        st.text("aâăđiỉ12,. ", min_size=1, max_size=20).filter(str.strip),
        st.floats(0, 1),
        left=st.floats(0, 0.5),
        top=st.sampled_from([0.1 + 2 * HIGH * row for row in range(5)]),
    ),
    max_size=5,
    unique_by=lambda each: each.box.top,
)


@given(pages, pages)
def test_nothing_is_said_that_neither_has_read(first, second):
    read = {word.text for each in (*first, *second) for word in each.words}
    taken = choice.between(first, second)
    assert {word.text for each in taken for word in each.words} <= read


@given(pages)
def test_the_same_reading_twice_changes_nothing(page):
    assert choice.between(page, page) == tuple(page)
