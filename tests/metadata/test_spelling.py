"""Words: what can be one, and spaces that were lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.metadata.rules import GENERAL
from partydoc.metadata.spelling import Spelled, is_plausible, nearest, spaced

SYLLABLES = ("KIỂM", "LÂM", "THỬ", "DÂN", "HỌC", "VÍ", "MẪU", "SƠN", "BẢO", "PHÒNG")


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("KIỂMLÂMMẪUSƠN", "KIỂM LÂM MẪU SƠN"),
        ("BANNHÂNDÂN", "BAN NHÂN DÂN"),
        ("NHÀNƯỚC", "NHÀ NƯỚC"),
        ("NGHIỆP", "NGHIỆP"),
        ("UBND", "UBND"),
        ("XKTQRW", "XKTQRW"),
    ],
)
def test_lost_spaces_are_put_back(run: str, words: str) -> None:
    assert spaced(run) == words


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4))
def test_no_letter_is_lost_with_a_space(words: list[str]) -> None:
    assert spaced("".join(words)).replace(" ", "") == "".join(words)


@pytest.mark.parametrize("word", ["nguyễn", "Đắk", "quyết", "khuỷu", "UBND", "2025", "6/2025"])
def test_words_are_plausible(word: str) -> None:
    assert is_plausible(word)


@pytest.mark.parametrize("word", ["pÏlê", "lưưu", "yiệd", "VàO", "tr"])
def test_what_is_no_word_is_not(word: str) -> None:
    assert not is_plausible(word)


def test_a_damaged_name_is_the_one_in_the_text() -> None:
    text = {"danguycongtyvidu": "đảng ủy công ty ví dụ", "congtymau": "công ty mẫu"}
    spelled = Spelled(text, {}, {}, GENERAL.body_starts)
    assert nearest("ĐĂNG U CON TY VÍ DỤ", spelled) == "ĐẢNG ỦY CÔNG TY VÍ DỤ"
    assert nearest("SỞ TÀI CHÍNH VÍ DỤ", spelled) is None
