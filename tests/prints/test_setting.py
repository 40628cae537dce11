"""Forms become pages: nothing stands outside of them, nothing is parted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from typeset import is_inside, set_, table_of, texts

from partydoc.prints.form import Beside, Break, Card, Cards, Line


def test_what_stands_side_by_side_is_never_parted() -> None:
    stack = tuple(Line(str(i)) for i in range(20))
    pages = set_(*[Line("x")] * 40, Beside((stack, stack[:3])))
    assert [text.text for text in texts(pages[-1])].count("19") == 1
    assert "0" in [text.text for text in texts(pages[-1])] and is_inside(pages)


def test_a_break_begins_a_page_and_no_empty_one() -> None:
    assert len(set_(Break(), Line("a"), Break(), Break(), Line("b"))) == 2


def test_each_page_says_which_it_is_and_of_how_many() -> None:
    pages = set_(Line("a"), Break(), Line("b"), numbered=True)
    assert [texts(page)[-1].text for page in pages] == ["Trang 1/2", "Trang 2/2"]


@settings(deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6))
def test_whatever_stands_in_cells_stays_in_its_place(cells: list[str]) -> None:
    pages = set_(
        table_of(*cells), Line(" ".join(cells)), Cards((Card((Line("".join(cells)),)),), 1, 40)
    )
    assert is_inside(pages)
