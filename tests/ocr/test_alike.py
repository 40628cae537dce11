"""Words are the same in any order and with any gaps, and not if a letter changed its place."""

from __future__ import annotations

import drawn
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.ocr import alike

TEXT = "\n".join(drawn.BODY)


@pytest.mark.parametrize(
    "said",
    [
        TEXT,
        " ".join(reversed(TEXT.split())),
        TEXT.replace("thư viện", "thưviện"),
        TEXT.replace("Đảng", "Ðảng"),
        TEXT.replace("Thực", "Thu\u031b\u0323c"),
        TEXT.replace("một", "mộ\u00adt"),
    ],
)
def test_order_space_and_form_of_letters_do_not_matter(said):
    assert alike.same(TEXT, said)


def test_ligatures_are_letters():
    assert alike.same("final office", "ﬁnal oﬃce")


@pytest.mark.parametrize(
    "said",
    [
        "",
        TEXT + " trang 1",
        TEXT.replace("một", "mot"),
        TEXT.replace("Một là, mỗi thôn", ""),
        TEXT.replace("thư viện", "thư thư viện"),
    ],
)
def test_other_words_do(said):
    assert not alike.same(TEXT, said)


CODES = "Số 125-QĐ/ĐU ngày 12 tháng 5"


@pytest.mark.parametrize(
    "said",
    [
        "Số 152-QĐ/ĐU ngày 21 tháng 5",
        "Số 125-QĐ/ĐU ngày 21 tháng 5",
        "Số 12-QĐ/ĐU ngày 125 tháng 5",
        "Số 521-ĐQ/UĐ ngày 12 tháng 5",
    ],
)
def test_the_same_letters_in_other_places_are_other_words(said):
    assert not alike.same(CODES, said) and not alike.same(said, CODES)


def test_words_of_two_columns_that_stand_close_may_be_joined():
    assert alike.same("trái một\nhai\nphải ba", "tráiphải một\nhai ba")


def test_a_break_at_another_letter_is_no_other_word():
    assert alike.same("thảo luận và thống nhất", "thả oluận vàthống nhất")


def test_hebrew_and_arabic_are_the_same_from_either_end():
    assert alike.same("\u05d0\u05d2\u05e3 1", "\u05e3\u05d2\u05d0 1")


def test_only_words_that_stand_over_others_may_lack_signs():
    assert alike.same("1E 1 0.8 0.6", "1E 0.8 0.6", ["1"])
    assert alike.same("sáu trăm abd tư", "sáu trăm d tư", ["abd"])
    assert alike.same("số 125 2020 ngày", "số 125020 ngày", ["125", "2020"])
    assert not alike.same("1E 1 0.8 0.6", "1E 0.8 0.6")
    assert not alike.same("1E 0.8 0.6", "1E 1 0.8 0.6", ["1"])
    assert not alike.same(TEXT, TEXT.replace("năm", ""), ["thư"])


words = st.text("abc12", min_size=1, max_size=4)


@given(st.lists(words, max_size=12), st.randoms())
def test_order_and_gaps_never_matter(said, chance):
    other = said.copy()
    chance.shuffle(other)
    assert alike.same(" ".join(said), "\n".join(other))
    assert alike.same(" ".join(said), "".join(said))


@given(st.lists(words, max_size=8), st.lists(words, max_size=8))
def test_other_letters_are_never_the_same(one, other):
    if sorted("".join(one)) != sorted("".join(other)):
        assert not alike.same(" ".join(one), " ".join(other))
