"""A form as a workbook of one sheet, ready to be printed: all cells text, nothing where nothing
stands, the heads on each page, "Trang x/y" at the foot.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from partydoc import __version__
from partydoc.prints.fonts import POINT
from partydoc.prints.form import Beside, Break, Card, Cards, Form, Line, Table
from partydoc.prints.looks import Looks, Span, dress, fill, frame, merge

#: Columns of the grid on which a form without a table stands.
_GRID = 12
#: A column of width 1 in millimetres; how wide letters are on the average, and lines apart, of
#: their size. A workbook has no font of its own to measure with.
_UNIT, _LETTER, _CAPITAL, _DOT, _LEADING = 1.9, 0.45, 0.7, 0.25, 1.3
#: Excel's greatest height of a row, in points.
_HIGHEST = 409
_PAPERS = {"A3": "8", "A4": "9"}
_INCH = 25.4
#: What the name of a sheet cannot have, and how long it may be.
_NOT_IN_NAMES, _LONGEST_NAME = re.compile(r"[\[\]:*?/\\']"), 31


def write(form: Form, path: Path, made: datetime) -> frozenset[str]:
    """Draw a form; return the signs that cannot be shown: none, a workbook brings no font."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = _sheet_name(form.title)
    about = book.properties
    about.title, about.creator, about.language = form.title, f"partydoc {__version__}", "vi"
    about.created = about.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    _Writer(sheet, form).write()
    _set_page(sheet, form)
    packed = io.BytesIO()
    book.save(packed)
    path.write_bytes(packed.getvalue())
    return frozenset()


def _sheet_name(title: str) -> str:
    """Return as many words of a title as the name of a sheet can have."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME + 1].rpartition(" ")[0] or name[:_LONGEST_NAME]
    return name or "1"


def _set_page(sheet: Any, form: Form) -> None:
    paper, setup, margins = form.paper, sheet.page_setup, sheet.page_margins
    setup.paperSize = _PAPERS[paper.name]
    setup.orientation = "landscape" if paper.wide else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for name, millimetres in zip(("top", "right", "bottom", "left"), paper.margins, strict=True):
        setattr(margins, name, millimetres / _INCH)
    margins.header = margins.footer = 8 / _INCH
    if form.numbered:
        sheet.oddFooter.center.text = "Trang &P/&N"


class _Writer:
    """Writes the blocks of a form below each other on a grid of columns."""

    def __init__(self, sheet: Any, form: Form) -> None:
        self._sheet, self._form = sheet, form
        self._looks = Looks(sheet.parent)
        table = next((block for block in form.blocks if isinstance(block, Table)), None)
        equal = [form.paper.room / _GRID] * _GRID
        self._widths = [column.width for column in table.columns] if table else equal
        self._row = 1  # the next free one

    def write(self) -> None:
        """Write the whole form."""
        from openpyxl.utils import get_column_letter

        for number, width in enumerate(self._widths, 1):
            letter = get_column_letter(number)
            self._sheet.column_dimensions[letter].width = round(width / _UNIT, 2)
        for block in self._form.blocks:
            match block:
                case Line() | Beside():
                    self._put(block, (1, len(self._widths)))
                case Table():
                    self._write_table(block)
                case Cards():
                    self._write_cards(block)
                case Break():
                    self._break()

    def _break(self) -> None:
        from openpyxl.worksheet.pagebreak import Break as PageBreak

        if self._row > 1:
            self._sheet.row_breaks.append(PageBreak(id=self._row - 1))

    def _set_height(self, points: float) -> None:
        """Make a row so high, or leave it where something beside is higher."""
        row = self._sheet.row_dimensions[self._row]
        row.height = min(_HIGHEST, max(row.height or 0, round(points, 1)))

    # lines

    def _put(self, block: Line | Beside, span: Span) -> None:
        """Write lines across some columns."""
        beside = block if isinstance(block, Beside) else Beside(((block,),))
        stacks, parts = beside.stacks, self._shared(span, beside.widths(1))
        for number in range(max(map(len, stacks))):
            heights = [
                self._write_line(stack[number], part)
                for stack, part in zip(stacks, parts, strict=True)
                if number < len(stack)
            ]
            self._set_height(max(heights))
            self._row += 1

    def _shared(self, span: Span, shares: Sequence[float]) -> list[Span]:
        """Return parts of some columns that are about such shares of their width."""
        first, last = span
        sums = list(accumulate(self._widths[first - 1 : last]))
        ends = []
        for share in accumulate(shares[:-1]):
            beyond = [abs(width - share * sums[-1]) for width in sums]
            ends.append(first + beyond.index(min(beyond)))
        return list(zip((first, *(end + 1 for end in ends)), (*ends, last), strict=True))

    def _write_line(self, line: Line, span: Span) -> float:
        """Write a line into merged cells; return how high it is, in points."""
        first, last = span
        if first < last:
            merge(self._sheet, self._row, span)
        room = sum(self._widths[first - 1 : last])
        width = _run(line.text, line.size)
        dots = "." * int((room - width) / (line.size * POINT * _DOT)) if line.dotted else ""
        cell = self._sheet.cell(self._row, first)
        dress(cell, line)
        fill(cell, f"{line.text} {dots}".strip())
        many = max(1, math.ceil(width * (1.08 if line.bold else 1) / room))
        return many * line.size * _LEADING + line.above / POINT

    # tables

    def _write_table(self, table: Table) -> None:
        top, columns = self._row, table.columns
        heads = ([column.head for column in columns], [f"({i + 1})" for i in range(len(columns))])
        for texts in heads:
            self._write_cells(texts, ["centre"] * len(columns), table.size, bold=True)
        self._sheet.print_title_rows = f"{top}:{self._row - 1}"
        self._sheet.freeze_panes = self._sheet.cell(self._row, 1)
        aligns = [column.align for column in columns]
        for row in table.rows:
            if table.least:
                self._set_height(max(table.least / POINT, self._height(table, row.cells)))
            self._write_cells(row.cells, aligns, table.size, row.head, row.struck)

    def _height(self, table: Table, cells: Sequence[str]) -> float:
        """Return about how high a row must be for its texts, in points."""
        many = max(
            math.ceil(_run(cell, table.size) / (column.width - 2))
            for column, cell in zip(table.columns, cells, strict=True)
        )
        return many * table.size * _LEADING

    def _write_cells(
        self, texts: Sequence[str], aligns: Sequence[str], size: float, bold: bool,
        struck: bool = False,
    ) -> None:  # fmt: skip
        for number, (text, align) in enumerate(zip(texts, aligns, strict=True), 1):
            cell = self._sheet.cell(self._row, number)
            cell.style = self._looks.named(align, size, bold, struck)
            fill(cell, text)
        self._row += 1

    # cards

    def _write_cards(self, cards: Cards) -> None:
        spans = self._shared((1, len(self._widths)), [1 / cards.across] * cards.across)
        for start in range(0, len(cards.cards), cards.across):
            row = cards.cards[start : start + cards.across]
            self._write_side_by_side(list(zip(row, spans, strict=False)), cards.height)

    def _write_side_by_side(self, cards: Sequence[tuple[Card, Span]], height: float) -> None:
        """Write cards into the same rows; white between top and bottom makes them as high as they
        are to be.
        """
        top = self._row
        middle = max(self._write_down(card.lines, span, top) for card, span in cards)
        end = max(self._write_down(card.bottom, span, middle + 1) for card, span in cards)
        used = sum(self._sheet.row_dimensions[row].height or 0 for row in range(top, end))
        self._row = middle
        self._set_height(max(1, height / POINT - used))
        for _card, span in cards:
            frame(self._sheet, (top, end - 1), span)
        self._row = end

    def _write_down(self, blocks: Iterable[Line | Beside], span: Span, row: int) -> int:
        """Write lines from a row on; return the row after them."""
        self._row = row
        for block in blocks:
            self._put(block, span)
        return self._row


def _run(text: str, size: float) -> float:
    """Return about how wide a text runs, in millimetres."""
    return sum(_CAPITAL if sign.isupper() else _LETTER for sign in text) * size * POINT
