"""Text is set into its room: wrapped, placed, and nothing of it lost."""

from __future__ import annotations

import pytest
from typeset import SENTENCE, ends, is_inside, set_, texts, words

from partydoc.prints.fonts import faces
from partydoc.prints.form import A4, Beside, Card, Cards, Column, Form, Line, Row, Table
from partydoc.prints.setting import Setter


def test_a_long_line_is_wrapped_and_loses_no_word() -> None:
    pages = set_(Line(SENTENCE * 5))
    assert len(texts(pages[0])) > 3 and is_inside(pages)
    assert " ".join(words(pages)).split() == (SENTENCE * 5).split()


def test_lines_stand_where_they_are_to_stand() -> None:
    left, centred, right = texts(
        set_(Line("a"), Line("a", align="centre"), Line("a", align="right"))[0]
    )
    assert left.x == A4.margins[3]
    assert centred.x == pytest.approx(30 + 165 / 2, abs=2)
    assert ends(right) == pytest.approx(195)


def test_dots_run_from_the_end_of_a_line_to_the_margin() -> None:
    label, dots = texts(set_(Line("Ông (bà):", dotted=True))[0])
    assert set(dots.text) == {"."} and dots.x > ends(label)
    assert ends(dots) == pytest.approx(195, abs=2)


def test_stacks_may_have_other_shares() -> None:
    found = texts(set_(Beside(((Line("a"),), (Line("b"),)), (1, 3)))[0])
    assert [text.x for text in found] == [31, 30 + 165 / 4 + 1]


def test_a_word_that_is_too_long_is_cut_where_it_has_a_joint() -> None:
    table = Table((Column("Số", 20),), (Row(("123456-NQ/HĐND-UBND",)), Row(("x" * 60,))))
    pages = set_(table)
    lines = words(pages)[2:]
    assert lines[0].endswith(("-", "/")) and "".join(lines) == "123456-NQ/HĐND-UBND" + "x" * 60
    assert all(ends(text) <= 30 + 20 for text in texts(pages[0]))


def test_what_is_too_much_for_a_card_is_set_smaller() -> None:
    card = Card((Line("Tiêu đề", size=20), Line(SENTENCE * 8, size=20)), (Line("Hộp số 7"),))
    pages = set_(Cards((card,) * 9, 2, 60))
    assert len(pages) == 2 and is_inside(pages)
    sizes = {text.size for text in texts(pages[0])}
    assert max(sizes) < 20
    below = [text.y for text in texts(pages[0]) if text.text == "Hộp số 7"]
    assert below and max(below) < 20 + 4 * 60


def test_signs_that_the_font_lacks_are_shown_as_such_and_told() -> None:
    setter = Setter(Form("t", (Line("về 漢字\x07"),)), faces())
    assert texts(setter.pages()[0])[0].text == "về □□□"
    assert setter.unknown == {"漢", "字", "\x07"}
