"""A caret under the place in a query that cannot be understood."""

from __future__ import annotations

import unicodedata

from partydoc.commands.terminal import printable

_INDENT = "  "
#: Columns of a query that are shown at most before the caret, and in all.
_BEFORE, _SHOWN = 50, 76


def under(query: str, position: int) -> str:
    """Return two lines: the query, or what stands around the place, and the caret under it."""
    shown = [_cell(char) for char in query]
    start, end = position, position
    while start and _width(shown[start - 1 : position]) <= _BEFORE:
        start -= 1
    while end < len(shown) and _width(shown[start : end + 1]) <= _SHOWN:
        end += 1
    before, after = "…" if start else "", "…" if end < len(shown) else ""
    line = "".join([before, *shown[start:end], after])
    return f"{_INDENT}{line}\n{_INDENT}{' ' * (len(before) + _width(shown[start:position]))}^"


def _cell(char: str) -> str:
    return " " if char in "\t\n" else printable(char)


def _width(cells: list[str]) -> int:
    """Return how many columns of a terminal the cells take."""
    return sum(_columns(char) for cell in cells for char in cell)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
