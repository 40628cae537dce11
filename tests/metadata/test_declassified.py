"""GIẢI MẬT lifts a mark of its page where it was clearly read; else a person decides."""

from __future__ import annotations

from sheet import LEFT, RIGHT, body, line, page, party, signature

from partydoc.metadata.secrecy import judge
from partydoc.page import Line

PLAIN = (*party(), *body(), *signature())
MARK = line("TỐI MẬT", 40, RIGHT)
LIFTED = (line("GIẢI MẬT", 60, LEFT), line("Từ: 05/9/2024", 66, LEFT))


def kind(*stamps: Line, lines: tuple[Line, ...] = ()) -> str:
    return judge([page(*PLAIN, *lines, stamps=stamps)]).kind


def test_a_mark_is_lifted_by_a_stamp_on_its_page() -> None:
    assert kind(MARK) == "marked"
    assert kind(MARK, *LIFTED) == "clear"


def test_a_stamp_that_is_hardly_read_lifts_nothing_for_sure() -> None:
    assert kind(MARK, line("GIAT MIẬT", 60, LEFT, sure=0.2), LIFTED[1]) == "unsure"


def test_in_print_it_needs_the_day_under_it() -> None:
    heading = line("GIẢI MẬT", 140)
    assert kind(MARK, lines=(heading,)) == "marked"
    assert kind(MARK, lines=(heading, line("Từ: 05/9/2024", 146))) == "clear"


def test_a_mark_on_another_page_is_for_a_person_to_judge() -> None:
    first = page(*PLAIN, stamps=LIFTED)
    later = page(*body(), number=2, stamps=(MARK,))
    verdict = judge([first, later])
    assert (verdict.kind, verdict.page) == ("unsure", 2)
