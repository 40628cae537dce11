"""Rows of tables, composed: cells side by side in their frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from partydoc.prints.composing import BASELINE, LEADING, Composer
from partydoc.prints.fonts import POINT
from partydoc.prints.form import Column, Row, Table
from partydoc.prints.marks import Mark, Piece, Stroke, Text, stacked

#: White between the text of a cell and its frame: at the sides, above and below.
_SIDE, _ABOVE = 1.2, 0.9
#: Of the size of the letters: that of the numbers below the heads, how high they are struck out.
_NUMBERS, _MIDDLE = 0.85, 0.25


def heads(composer: Composer, table: Table) -> Piece:
    """Return the heads of a table and, below them, the numbers of its columns."""
    columns = [replace(column, align="centre") for column in table.columns]
    names = [column.head for column in columns]
    numbers = [f"({i + 1})" for i in range(len(columns))]
    rows = ((names, "B", table.size), (numbers, "I", table.size * _NUMBERS))
    return stacked(_framed(columns, *_cells(composer, columns, *row)) for row in rows)


def parts(composer: Composer, table: Table, row: Row, room: float) -> Iterator[Piece]:
    """Yield a row whole; one that is higher than the room in parts that are not."""
    style = "B" if row.head else ""
    lines, height = _cells(composer, table.columns, row.cells, style, table.size)
    pitch = table.size * POINT * LEADING
    many = max(1, int((room - 2 * _ABOVE) / pitch))
    struck = composer if row.struck else None
    while height > room:
        part = [cell[:many] for cell in lines]
        yield _framed(table.columns, part, 2 * _ABOVE + many * pitch, struck)
        lines = [[replace(text, y=text.y - many * pitch) for text in cell[many:]] for cell in lines]
        height -= many * pitch
    yield _framed(table.columns, lines, max(height, table.least), struck)


def _cells(
    composer: Composer, columns: Sequence[Column], cells: Sequence[str], style: str, size: float
) -> tuple[list[list[Text]], float]:
    """Return the lines of each cell of a row, placed in the row, and its height."""
    pitch = size * POINT * LEADING
    x, found = 0.0, []
    for column, cell in zip(columns, cells, strict=True):
        room = column.width - 2 * _SIDE
        texts = composer.wrap(cell, style, size, room)
        found.append([
            Text(
                x + _SIDE + composer.indent(text, style, size, column.align, room),
                _ABOVE + number * pitch + BASELINE * size * POINT, text, style, size,
            )
            for number, text in enumerate(texts)
        ])  # fmt: skip
        x += column.width
    return found, 2 * _ABOVE + max(1, *map(len, found)) * pitch


def _framed(
    columns: Sequence[Column], lines: list[list[Text]], height: float,
    struck: Composer | None = None,
) -> Piece:  # fmt: skip
    """Return a row of cells with the strokes about them, and through each line that is `struck`."""
    marks: list[Mark] = [text for cell in lines for text in cell]
    marks += [_through(text, struck) for cell in lines for text in cell] if struck else []
    x = 0.0
    for column in columns:
        marks.append(Stroke(x, 0, x, height))
        x += column.width
    marks += [Stroke(x, 0, x, height), Stroke(0, 0, x, 0), Stroke(0, height, x, height)]
    return Piece(height, tuple(marks))


def _through(text: Text, composer: Composer) -> Stroke:
    """Return the stroke through the middle of a line's small letters."""
    y = text.y - _MIDDLE * text.size * POINT
    return Stroke(text.x, y, text.x + composer.width(text.text, text.style, text.size), y)
