"""What a form says of itself."""

from __future__ import annotations

from partydoc.prints.form import A3_FOLDED, A4, A4_WIDE, Card, Cards, Column, Form, Line, Row, Table


def test_the_room_of_a_paper_is_what_its_margins_leave() -> None:
    assert (A4.room, A4.depth, A4.wide) == (165, 257, False)
    assert (A4_WIDE.room, A4_WIDE.wide) == (262, True)
    assert A3_FOLDED.margins[3] > A3_FOLDED.width / 2


def test_what_is_listed_is_counted_without_heads() -> None:
    table = Table((Column("Số", 20),), (Row(("I.",), head=True), Row(("1",)), Row(("2",))))
    cards = Cards((Card((Line("a"),)),) * 3, 2, 50)
    assert Form("t", (Line("x"), table, cards)).rows == 5
