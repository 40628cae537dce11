"""How the cells of a printed workbook look; "@" keeps what is typed into one a text."""

from __future__ import annotations

from functools import cache
from typing import Any

from partydoc.prints.form import Line

_FONT = "Times New Roman"
#: The first and the last row, or column, of a part of a sheet.
Span = tuple[int, int]


class Looks:
    """The looks of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._named: set[str] = set()

    def named(self, align: str, size: float, bold: bool, struck: bool = False) -> str:
        """Return the name of the style of a table's cells."""
        from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

        name = f"print-{align}-{size:g}{'-bold' * bold}{'-struck' * struck}"
        if name not in self._named:
            thin = Side("thin")
            style = NamedStyle(name, Font(_FONT, size, bold=bold, strike=struck), number_format="@")
            style.alignment = Alignment(_across(align), "top", wrap_text=True)
            style.border = Border(thin, thin, thin, thin)
            self._book.add_named_style(style)
            self._named.add(name)
        return name


def dress(cell: Any, line: Line) -> None:
    """Give a cell the look of a line."""
    from openpyxl.styles import Alignment, Font

    under = "single" if line.rule else None
    cell.font = Font(_FONT, line.size, bold=line.bold, italic=line.italic, underline=under)
    cell.alignment = Alignment(_across(line.align), "bottom", wrap_text=True)
    cell.number_format = "@"


def merge(sheet: Any, row: int, columns: Span) -> None:
    """Make one cell of some in a row.

    openpyxl's own way compares each with all before it, which takes minutes for many covers.
    """
    from openpyxl.worksheet.cell_range import CellRange

    sheet.merged_cells.ranges.add(CellRange(None, columns[0], row, columns[1], row))


def frame(sheet: Any, rows: Span, columns: Span) -> None:
    """Draw a frame about some cells."""
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            ends = (row == rows[0], column == columns[1], row == rows[1], column == columns[0])
            if any(ends):
                sheet.cell(row, column).border = _border(*ends)


@cache
def _border(top: bool, right: bool, bottom: bool, left: bool) -> Any:
    from openpyxl.styles import Border, Side

    side = {True: Side("thin"), False: None}
    return Border(side[left], side[right], side[top], side[bottom])


def fill(cell: Any, text: str) -> None:
    """Write a text that stays one, also where it begins with "="; no text is no value."""
    if shown := "".join(sign for sign in text if sign.isprintable()):
        cell.value = shown
        cell.data_type = "s"


def _across(align: str) -> str:
    return "center" if align == "centre" else align
