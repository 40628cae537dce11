"""Comparing printed texts with known ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet import line

from partydoc.metadata.likeness import begins, distance, find, key, like

WORDS = st.text(alphabet="abcdegh", max_size=8)


def test_a_key_has_letters_and_digits_only() -> None:
    assert key("Kính gửi: Đ/c 12 ˆ|") == "kinhguidc12"


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)


@given(WORDS, WORDS, st.integers(0, 9))
def test_a_limit_only_cuts_the_distance_off(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(distance(one, other, 9), limit + 1)


@given(WORDS, st.sampled_from("xyz"), st.integers(0, 8))
def test_one_letter_more_is_one_away(text: str, letter: str, place: int) -> None:
    assert distance(text, text[:place] + letter + text[place:], 3) == 1


@pytest.mark.parametrize(
    ("text", "known", "same"),
    [
        ("CỌNG HÒA XÀ HÔI CHU NGIA VIET NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam", True),
        ("ĐẢNG CONG SAN VIÊT NAN", "Đảng Cộng sản Việt Nam", True),
        ("DỰ ÁN", "Đề án", False), ("QUY HOẠCH", "Kế hoạch", False), ("KÍNH GỬI", "Kính gửi", True),
    ],
)  # fmt: skip
def test_damage_is_forgiven_in_long_texts_only(text: str, known: str, same: bool) -> None:
    assert like(key(text), key(known)) is same


def test_a_beginning_is_found_damaged() -> None:
    assert begins(key("Kínn gửi Các đơn vị"), key("Kính gửi"))
    assert not begins(key("Kính thưa"), key("Kính gửi"))


def test_words_are_found_among_others() -> None:
    words = line("UBND TỈNH MẪU CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM ˆ", 20).words
    assert find(words, key("Cộng hòa xã hội chủ nghĩa Việt Nam")) == (3, 11)
    assert find(words, key("Đảng Cộng sản Việt Nam")) is None
