"""Syllables are known by how they are spelled."""

from __future__ import annotations

import drawn
import pytest

from partydoc import syllable

RIGHT = (
    "hoà hòa thuỷ thủy quý quỳ già gìn giếng của khuỷu ngoằn huỳnh nghiêng khuya yêu ướt tuần "
    "quốc quyết ghế kỷ hoàn thoải người đảng uỷ ủy xoong quýt khoẻ khỏe chuyển rượu nguệch"
)
WRONG = "hòan ngừơi qúy gìa cuả ngê kam cê gế tếm̀ tac hop tôt hộĩ xyz cqng đđu nghô trưòng"


@pytest.mark.parametrize("word", RIGHT.split())
def test_right_spellings(word):
    assert syllable.is_spelled(word)


@pytest.mark.parametrize("word", WRONG.split())
def test_wrong_spellings(word):
    assert not syllable.is_spelled(word)


def test_open_pairs_have_two_spellings_and_no_others():
    assert syllable.spellings("hoa", "\u0300") == ("hòa", "hoà")
    assert syllable.spellings("qua", "\u0300") == ("quà",)
    assert syllable.spellings("hoan", "\u0300") == ("hoàn",)
    assert syllable.spellings("hoac", "\u0300") == ()  # a stop bears the acute or the dot


def test_prose_is_made_of_syllables_and_nonsense_is_not():
    words, good = syllable.counted("\n".join(drawn.BODY))
    assert words > 80 and good >= 0.98 * words
    words, good = syllable.counted("CQNG HOA xA HQI CHU NGHiA VI~T NAM DQcI,p TV do H,nh phuc")
    assert good <= 0.7 * words


def test_abbreviations_without_a_vowel_do_not_count():
    assert syllable.counted("Số 12-NQ/TTg, BCH") == (1, 1)
