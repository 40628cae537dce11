"""Bold against regular: the widths of words printed in Times tell it."""

from __future__ import annotations

import pytest

from partydoc.box import Box
from partydoc.metadata import bold
from partydoc.metadata.layout import Segment
from partydoc.metadata.rules import table
from partydoc.page import Word


def printed(text: str, face: str, size: float, top: float) -> Segment:
    """Set a line in a face of Times; "mono": every letter as wide as the next."""
    words, left = [], 0.1
    for word in text.split():
        widths = table("letterhead")["widths"].get(face)
        wide = size * (bold._width(word, widths) if widths else 600 * len(word) - 90)
        words.append(Word(word, Box(left, top, left + wide, top + 0.01), 0.95))
        left += wide + 250 * size
    return Segment(1, tuple(words))


def turns(*lines: tuple[str, str], size: float = 2e-5) -> list[float]:
    found = [printed(text, face, size, 0.05 + 0.02 * i) for i, (text, face) in enumerate(lines)]
    return bold.turns(found, found)


@pytest.mark.parametrize("size", [1.4e-5, 2e-5, 2.3e-5])
def test_the_turn_from_regular_to_bold_is_found(size: float) -> None:
    lines = [("SỞ NÔNG NGHIỆP", "regular"), ("TỈNH VÍ DỤ", "regular"), ("QUỸ BẢO VỆ RỪNG", "bold")]
    found = turns(*lines, size=size)
    assert max(range(3), key=lambda k: found[k]) == 2
    assert found[0] < -2 and found[1] < -2


def test_lines_of_one_face_have_no_turn() -> None:
    found = turns(("HỘI ĐỒNG NHÂN DÂN", "bold"), ("THÀNH PHỐ VÍ DỤ", "bold"))
    assert found[0] == 0 > found[1]


def test_a_typewriter_tells_nothing() -> None:
    assert turns(("SỞ NÔNG NGHIỆP", "mono"), ("LÂM TRƯỜNG MẪU SƠN", "mono")) == [0, 0]


def test_a_short_line_tells_nothing() -> None:
    assert turns(("SỞ Y TẾ", "regular"), ("QUỸ", "bold")) == [0, 0]
