"""Text that shows on a scan is taken from the page, if it says what it shows."""

from __future__ import annotations

import pytest

from partydoc.box import Box
from partydoc.ocr import notes
from partydoc.page import Line, Word


def line(text: str, top: float, left: float = 0.1) -> Line:
    words = []
    for part in text.split():
        words.append(Word(part, Box(left, top, left + 0.08, top + 0.02), 0.9))
        left += 0.1
    return Line(tuple(words), 1)


READ = (line("Thảo luận và thống nhất", 0.3), line("Ký bỏi Văn phòng", 0.8))
NOTE = line("Ký bởi Văn phòng", 0.8)


def test_words_below_a_note_are_taken_out():
    assert notes.without(READ, [NOTE]) == READ[:1]
    assert notes.without(READ, [line("Văn", 0.8, 0.3)])[1].text == "Ký bỏi phòng"


def test_a_note_is_true_where_its_words_were_read():
    assert notes.are_true([NOTE], READ)


@pytest.mark.parametrize(
    "note",
    [
        line("Nothing of the kind", 0.8),
        line("Ký bởi Văn phòng", 0.1),  # nothing is seen there: white on white
        line("\ue001\ue002 \ue003\ue004", 0.8),
    ],
)
def test_a_note_that_says_something_else_is_not(note):
    assert not notes.are_true([note], READ)


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        (0, (0.1, 0.2, 0.3, 0.25)),
        (90, (0.75, 0.1, 0.8, 0.3)),
        (180, (0.7, 0.75, 0.9, 0.8)),
        (270, (0.2, 0.7, 0.25, 0.9)),
    ],
)
def test_places_turn_with_the_page(turn, box):
    one = Line((Word("a", Box(0.1, 0.2, 0.3, 0.25), 1.0),), 3)
    (turned,) = notes.turned([one], turn)
    assert turned.words[0].box == pytest.approx(box) and turned.block == 3
