"""A layer of an earlier program must be clearly better than what we read."""

from __future__ import annotations

import drawn
import pytest

from partydoc.box import Box
from partydoc.ocr import hidden
from partydoc.page import Line, Page, Word
from partydoc.text import fold

GOOD = "\n".join(drawn.BODY)
#: Every third word misread.
POOR = " ".join(word[:-1] + "xq" if i % 3 == 0 else word for i, word in enumerate(GOOD.split()))
BARE = fold(GOOD)


def line(text: str) -> Line:
    return Line(tuple(Word(part, Box(0.1, 0.1, 0.2, 0.2), 0.9) for part in text.split()))


def page(text: str) -> Page:
    return Page(1, 210, 297, tuple(map(line, text.splitlines())))


def test_the_better_layer_wins():
    assert hidden.wins(GOOD, page(POOR))


def test_more_of_the_same_quality_wins():
    assert hidden.wins(GOOD, page("\n".join(drawn.BODY[:5])))


def test_ties_are_ours():
    assert not hidden.wins(GOOD, page(GOOD))
    slightly = GOOD.replace("trông coi", "trxng coi")
    assert not hidden.wins(GOOD, page(slightly))


@pytest.mark.parametrize("layer", ["", "Trang 1", BARE, POOR, "XQZ garbage lsyer WVK " * 20])
def test_a_poor_layer_loses_even_to_a_poor_reading(layer):
    assert not hidden.wins(layer, page(POOR))


def test_a_good_layer_that_lacks_text_loses():
    assert not hidden.wins("\n".join(drawn.BODY[:4]), page(POOR))


def test_a_layer_of_another_page_loses():
    other = "Kính gửi các chi bộ trực thuộc, đề nghị gửi danh sách đại biểu trước ngày họp. " * 6
    assert not hidden.wins(other, page(POOR))


def test_words_get_a_confidence_by_their_spelling():
    (weighed,) = hidden.weighed([line("Đảng bộ xaqz 12")])
    assert [word.confidence for word in weighed.words] == [0.9, 0.9, 0.5, 0.9]


def test_a_mark_that_only_we_read_is_not_lost():
    ours = [line("TỐI MẬT"), line("thảo luận và"), line("một dòng dài của văn bản này")]
    assert [each.text for each in hidden.unsaid(ours, GOOD)] == ["TỐI MẬT"]
