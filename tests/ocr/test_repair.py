"""What is mended is mended for certain; what is right is never touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partydoc import syllable
from partydoc.box import Box
from partydoc.ocr import repair
from partydoc.page import Word
from partydoc.text import fold

BOX = Box(0.1, 0.1, 0.2, 0.2)
LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạầấẩẫậềếểễệìíòóồốờớùúừứỳýðÐĐ\u0300\u0301\u0302\u0323-/.,1"
)
onsets_and_rhymes = st.sampled_from(
    sorted((onset, rhyme) for onset, rhymes in syllable._AFTER.items() for rhyme in rhymes)
)


@st.composite
def right(draw: st.DrawFn) -> str:
    """A correctly spelled syllable, in either placement of the tone, in any case."""
    onset, rhyme = draw(onsets_and_rhymes)
    tone = draw(st.sampled_from(["", *syllable.TONES]))
    word = draw(st.sampled_from(syllable.spellings(onset + rhyme, tone) or ("là",)))
    return draw(st.sampled_from([word, word.upper(), word.capitalize()]))


@given(right(), st.sampled_from(["", ",", ".", ")", ";"]), st.sampled_from(["", "("]))
def test_a_right_syllable_is_never_changed(word, after, before):
    assert repair.mended(before + word + after) == before + word + after


@given(right())
def test_letters_in_parts_become_whole(word):
    assert repair.mended(unicodedata.normalize("NFD", word)) == word


@given(st.text(LETTERS, min_size=1, max_size=9))
@example("u\u0300e\u0302\u0301\u0302")
def test_what_is_mended_stays(word):
    assert repair.mended(repair.mended(word)) == repair.mended(word)


@given(st.text(LETTERS, min_size=1, max_size=9))
def test_folded_a_word_stays_what_it_was_but_for_the_letter_d(word):
    def plain(text: str) -> str:
        bare = fold(unicodedata.normalize("NFC", text)).translate({0xF0: "d"})
        return "".join(char for char in bare if not unicodedata.combining(char))

    assert plain(repair.mended(word)).replace("dd", "d") == plain(word).replace("dd", "d")


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Ðảng", "Đảng"),
        ("ðồng", "đồng"),
        ("12-NQ/ÐU", "12-NQ/ĐU"),
        ("ĐÐẢNG", "ĐẢNG"),
        ("ngừơi", "người"),
        ("NGỪƠI,", "NGƯỜI,"),
        ("Hộị", "Hội"),
        ("NGƯỜÌ", "NGƯỜI"),
        ("đảng̃", "đảng"),
        ("CÁN̉", "CÁN"),
        ("qúy", "quý"),
        ("cuả", "của"),
        ("(Thỏai", "(Thoải"),
        ("gỉai", "giải"),
    ],
)
def test_what_can_be_one_thing_only_is_mended(seen, meant):
    assert repair.mended(seen) == meant


@pytest.mark.parametrize(
    "seen",
    [
        "cáỉ", "mộí", "Hộĩ", "TỘỈ", "hoà", "hòa", "uỷ", "ủy", "hóá", "tac", "Márie", "ĐĐ",
        "NQ/ĐĐ", "20ỉ0", "Sóng-thần",
    ],
)  # fmt: skip
def test_what_could_be_something_else_is_left(seen):
    assert repair.mended(seen) == seen


def test_a_doubled_letter_before_an_abbreviation_may_be_two():
    assert repair.mended("ĐÐU") == "ĐĐU"


def test_the_word_as_recognised_is_kept_beside_it():
    assert list(repair.words("ngừơi dân", BOX, 0.8)) == [
        Word("người", BOX, 0.8, "ngừơi"),
        Word("dân", BOX, 0.8),
    ]
