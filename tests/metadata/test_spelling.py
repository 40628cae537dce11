"""Words: what can be one, and spaces that were lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.metadata.rules import GENERAL, table
from partydoc.metadata.spelling import (
    Spelled,
    is_plausible,
    mend,
    mend_text,
    nearest,
    spaced,
    spellings,
)

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


@pytest.mark.parametrize(
    "word", ["nguyễn", "Đắk", "quyết", "khuỷu", "UBND", "2025", "6/2025", "KẠN", "Kon"]
)
def test_words_are_plausible(word: str) -> None:
    assert is_plausible(word)


@pytest.mark.parametrize("word", ["pÏlê", "lưưu", "yiệd", "VàO", "tr"])
def test_what_is_no_word_is_not(word: str) -> None:
    assert not is_plausible(word)


def test_a_damaged_name_is_the_one_in_the_text() -> None:
    text = {"danguycongtyvidu": "đảng ủy công ty ví dụ", "congtymau": "công ty mẫu"}
    spelled = Spelled(text, {}, frozenset(), {}, GENERAL.body_starts)
    assert nearest("ĐĂNG U CON TY VÍ DỤ", spelled) == "ĐẢNG ỦY CÔNG TY VÍ DỤ"
    assert nearest("SỞ TÀI CHÍNH VÍ DỤ", spelled) is None


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("HUYỆN ỦY PHÙ YÊN", "HUYỆN ỦY PHÙ YÊN"), ("XÃ VĂN HÒA", "XÃ VĂN HÒA"),
        ("ĐẢNG ỦY XÃ THANH TRÀ", "ĐẢNG ỦY XÃ THANH TRÀ"), ("TỈNH ỦY PHÚ YỆN", "TỈNH ỦY PHÚ YÊN"),
        ("SỞ TAI CHÍNH", "SỞ TÀI CHÍNH"), ("UỶ BAN NHÂN ĐÂN XÃ VÍ DỤ", "UỶ BAN NHÂN DÂN XÃ VÍ DỤ"),
    ],
)  # fmt: skip
def test_a_commune_or_district_is_no_province_spelled_wrongly(printed: str, mended: str) -> None:
    assert mend(printed, spellings([], GENERAL)) == mended


def test_a_province_does_not_stand_over_what_the_text_says() -> None:
    text = {"doanphuyen": "đoàn phù yên"}
    spelled = spellings([], GENERAL)
    spelled = Spelled(text, spelled.known, spelled.provinces, {}, GENERAL.body_starts)
    assert mend("ĐOÀN PHÙ YÊN", spelled) == "ĐOÀN PHÙ YÊN"
    assert mend("ĐOAN PHỤ YÊN", spelled) == "ĐOÀN PHÙ YÊN"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("kết quả bầu củ", "kết quả bầu cử"),
        ("Kiếm tra kho", "Kiểm tra kho"),
        ("các chỉ bộ nhiệm kỳ mới", "các chi bộ nhiệm kỳ mới"),
        ("phòng cháy, chữa cháy rùng", "phòng cháy, chữa cháy rừng"),
    ],
)
def test_pairs_that_mean_nothing_are_mended(read: str, meant: str) -> None:
    assert mend_text(read) == meant


@pytest.mark.parametrize("text", ["tổ chức Hội Nghi Lộc", "huyện Cư Trí", "nâng Cao Bằng lên"])
def test_names_are_no_damaged_pairs(text: str) -> None:
    assert mend_text(text) == text


def test_no_pair_is_spelled_in_two_ways() -> None:
    pairs = table("letterhead")["words"]["pairs"]
    assert all(mend_text(pair) == pair for pair in pairs)
