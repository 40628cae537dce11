"""A text layer is believed by its letters, not by its presence."""

from __future__ import annotations

import drawn
import pytest

from partydoc.ocr import trust
from partydoc.text import fold


def test_vietnamese_prose_is_believed():
    assert trust.verdict("\n".join(drawn.BODY)) is True


@pytest.mark.parametrize(
    "said",
    [
        "§¶ng céng s¶n ViÖt Nam quang vinh mu«n n¨m, ®éc lËp tù do h¹nh phóc",  # TCVN3
        "Ñaûng Coäng saûn Vieät Nam quang vinh muoân naêm, ñoäc laäp töï do haïnh phuùc",  # VNI
        "\ue001\ue002\ue003\ue004\ue005 \ue006\ue007\ue008\ue009\ue00a" * 4,  # no Unicode map
        "\ufffd" * 40,
    ],
)
def test_nonsense_is_known(said):
    assert trust.verdict(said) is False


def test_letters_with_marks_that_make_no_syllables_are_nonsense():
    said = "Cẩnghoà xảngội chỷ nghữa viậtn nảmđộ lắptư doạhạn phứcbo sắcht thướ viộn đềxô"
    assert trust.verdict(said) is False


def test_a_few_strange_signs_are_no_nonsense():
    assert not trust.is_strange("\n".join(drawn.BODY) + " § ½")
    assert trust.is_strange("¸µ¶")


@pytest.mark.parametrize(
    "said",
    ["", "12", "Trang 1", "The committee met in the morning and agreed on the plan for the year."],
)
def test_plain_letters_do_not_tell(said):
    assert trust.verdict(said) is None


def test_layer_that_says_what_the_page_shows_agrees():
    assert trust.agree(
        "The plan of the year 2020 was agreed", "The plan of tho year 2020 was agreed"
    )
    assert not trust.agree("WKH SODQ RI WKH BHDU", "The plan of the year 2020 was agreed")


def test_a_layer_without_the_marks_that_the_page_shows_does_not_agree():
    shown = "\n".join(drawn.BODY)
    assert not trust.agree(fold(shown), shown)
    assert trust.agree(shown, shown)


def test_a_layer_with_most_marks_and_plain_pages_agree():
    """A table of numbers and English names has few marks, and so has its layer."""
    shown = "Plan of the year 2020: library Hương Cau, reading day Đồng Mẫu, budget 120"
    assert trust.agree(shown, shown) and trust.agree(fold(shown), shown)
