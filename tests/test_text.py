import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc import text

TONES = "\u0300\u0301\u0309\u0303\u0323"
VOWELS = "aăâeêioôơuưy"
LOWER = [unicodedata.normalize("NFC", v + t) for v, t in product(VOWELS, TONES)] + list("ăâđêôơư")
LETTERS = LOWER + [letter.upper() for letter in LOWER]

vietnamese = st.text(
    st.sampled_from("".join(LETTERS) + "aeiouyqghnt" + " 1-/\n" + TONES), max_size=30
)


def bare(letter: str) -> str:
    return "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()


def tone_first(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] + "".join(sorted(parts[1:], key=lambda mark: mark not in TONES))


def shape_first(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] + "".join(sorted(parts[1:], key=lambda mark: mark in TONES))


def test_there_are_134_letters_with_marks():
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_one_code_point_however_it_is_composed(letter):
    assert text.clean(letter) == letter
    assert text.clean(tone_first(letter)) == letter
    assert text.clean(shape_first(letter)) == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_loses_its_marks_when_folded(letter):
    assert text.fold(letter) == bare(letter)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_keeps_its_marks_in_the_exact_form(letter):
    assert text.exact(letter) == letter.lower()


@pytest.mark.parametrize("lookalike", ["Ð", "Ɖ"])
def test_lookalikes_of_d_with_stroke_are_mended(lookalike):
    assert text.clean(lookalike + "ảng bộ") == "Đảng bộ"
    assert text.clean("ðảng") == "đảng"


def test_invisible_characters_go():
    assert text.clean("Đảng\u200b ủy\ufeff") == "Đảng ủy"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"), ("Đông Hoà", "đông hòa"), ("uỷ", "ủy"), ("UỶ BAN", "ủy ban"),
        ("khoẻ", "khỏe"), ("toạ đàm", "tọa đàm"), ("thuỷ", "thủy"), ("hoà.", "hòa."),
    ],
)  # fmt: skip
def test_tones_of_open_syllables_have_one_place(old, new):
    assert text.exact(old) == new
    assert text.exact(new) == new


@pytest.mark.parametrize("word", ["quý", "quỳnh", "hoàn", "toán", "thuyền", "già", "quà", "khuỷu"])
def test_tones_of_other_syllables_stay(word):
    assert text.exact(word) == word


@given(vietnamese)
def test_folding_keeps_the_length(value):
    cleaned = text.clean(value)
    assert len(text.fold(cleaned)) == len(text.exact(cleaned)) == len(cleaned)


@given(st.text(max_size=30))
def test_folding_keeps_the_length_of_any_text(value):
    cleaned = text.clean(value)
    assert len(text.fold(cleaned)) == len(text.exact(cleaned)) == len(cleaned)


@given(vietnamese)
def test_cleaning_folding_and_placing_settle_at_once(value):
    cleaned = text.clean(value)
    assert text.clean(cleaned) == cleaned
    assert text.fold(text.fold(cleaned)) == text.fold(cleaned)
    assert text.exact(text.exact(cleaned)) == text.exact(cleaned)


@given(vietnamese)
def test_the_folded_form_does_not_depend_on_case_or_tone_place(value):
    cleaned = text.clean(value)
    assert text.fold(text.exact(cleaned)) == text.fold(cleaned)
    assert text.fold(cleaned.upper()) == text.fold(cleaned)


@given(st.lists(st.sampled_from(LETTERS), max_size=20))
def test_any_composition_cleans_to_the_same_text(letters):
    expected = "".join(letters)
    assert text.clean("".join(map(tone_first, letters))) == expected
    assert text.clean("".join(map(shape_first, letters))) == expected


def test_accent_share_tells_vietnamese_from_ascii():
    assert text.accent_share("Đảng ủy xã họp định kỳ") > 0.25
    assert text.accent_share("Dang uy xa hop") == 0
    assert text.accent_share("12/2021") is None


def test_halves_of_utf_16_pairs_are_joined_or_dropped() -> None:
    assert text.clean("\ud83d\ude00 số \udc00") == "\U0001f600 số "
    text.clean("\ud800").encode()
