"""How a hit is printed."""

from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partydoc.commands import hits

TEXT = st.text("abc đĐ  ", max_size=60)
MARKS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=4)


@given(TEXT, st.integers(3, 20))
def test_rows_hold_the_whole_text_and_fit(text: str, width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hits, "_width", lambda: width)
        rows = list(hits._rows(text))
    assert rows[0][0] == 0 and rows[-1][1] == len(text)
    assert all(end - start <= width for start, end in rows)
    for (_, end), (start, _) in zip(rows, rows[1:], strict=False):
        assert text[end:start] in ("", " ")


@given(TEXT, MARKS)
def test_marks_change_nothing_of_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    assert click.unstyle(hits._marked(text, sorted(marks))) == text


def test_what_was_found_stands_out_without_colour_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hits._marked("một hai", [(4, 7)]) == "một \x1b[31m\x1b[1mhai\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert hits._marked("một hai", [(4, 7)]) == "một \x1b[1mhai\x1b[0m"


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert click.unstyle(hits._marked("a\x1b[2Jb", [(0, 3)])) == r"a\x1b[2Jb"
