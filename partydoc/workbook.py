"""A workbook to fill in: one row a document, with the head of its first page; and the way back.

All cells are text. A hidden sheet says what stood in them, so that a changed cell is known, and
one that somebody else has changed in the archive meanwhile as well.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from partydoc import fieldnames
from partydoc.errors import UsageProblem
from partydoc.language import _
from partydoc.reviewing import Paper, asked
from partydoc.text import clean
from partydoc.viewing import HEADER

#: The sheet that nobody sees; its name changes with its form.
HIDDEN = "partydoc-1"
#: The columns before the fields: the document, where its paper lies, the picture, the mark.
ID, REFERENCE, PICTURE, CHECKED = "id", "reference", "picture", "checked"
LEADING = (ID, REFERENCE, PICTURE, CHECKED)
COLUMNS = (*LEADING, *fieldnames.EDITABLE)

_DPI = 110
_SHOWN = 560  # pixels of a picture's width in the sheet
_POINTS = 0.75  # of a pixel
_UNSURE = "FFF2A8"
_HEAD, _CELL, _QUESTION = "partydoc-head", "partydoc-cell", "partydoc-unsure"
_WIDTHS = {ID: 12, REFERENCE: 18, PICTURE: 80, CHECKED: 8, "subject": 60, "issuer": 34, "note": 30}
_WIDTH = 16


def write(path: Path, papers: Iterable[Paper], workers: int) -> int:
    """Write the workbook of some documents; return how many rows it has.

    With `workers` 0 there are no pictures; else that many pages are drawn at once.
    """
    from openpyxl import Workbook

    require_free(path)
    book = Workbook()
    _add_styles(book)
    sheet, hidden = book.active, book.create_sheet(HIDDEN)
    assert sheet is not None
    sheet.title = _("Documents")
    hidden.sheet_state = "hidden"
    labels = _labels()
    _head(sheet, labels)
    _put(hidden, 1, dict(zip(COLUMNS, COLUMNS, strict=True)))
    _put(hidden, 2, labels)
    count = 0
    for paper, picture in _with_pictures(papers, workers):
        count += 1
        _row(sheet, hidden, count, paper)
        if picture:
            _hang(sheet, picture, count + 1)
    beside = path.with_name(f".{path.name}.part")
    book.save(beside)
    beside.replace(path)
    return count


def require_free(path: Path) -> None:
    """Raise UsageProblem when a workbook is there already: somebody may have typed into it."""
    if path.exists() or not path.absolute().parent.is_dir():
        there = _("{path} is there already; it was left alone.")
        nowhere = _("{path} cannot be written: its folder is not there.")
        message = (there if path.exists() else nowhere).format(path=path)
        raise UsageProblem(message, _("Name another file: partydoc review --to FILE.xlsx"))


def _labels() -> dict[str, str]:
    leading = {
        ID: _("document id"),
        REFERENCE: _("reference"),
        PICTURE: _("picture"),
        CHECKED: _("all right (x)"),
    }
    return {name: leading.get(name) or fieldnames.label(name) for name in COLUMNS}


def _head(sheet: Any, labels: dict[str, str]) -> None:
    from openpyxl.utils import get_column_letter

    _put(sheet, 1, labels)
    for number, name in enumerate(COLUMNS, 1):
        sheet.cell(1, number).style = _HEAD
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)
    sheet.freeze_panes = sheet.cell(2, COLUMNS.index(PICTURE) + 2)


def _with_pictures(papers: Iterable[Paper], workers: int) -> Iterator[tuple[Paper, bytes | None]]:
    if not workers:
        yield from ((paper, None) for paper in papers)
        return
    from partydoc.ocr.pictures import header

    def draw(paper: Paper) -> tuple[Paper, bytes | None]:
        return paper, header(paper.drawn, HEADER, _DPI) if paper.drawn else None

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(draw, papers)


def _row(sheet: Any, hidden: Any, count: int, paper: Paper) -> None:
    record = paper.kept.fields
    texts = {ID: paper.kept.id, REFERENCE: paper.reference or ""}
    texts |= {name: fieldnames.shown(name, record.get(name)) for name in fieldnames.EDITABLE}
    _put(sheet, count + 1, texts)
    _put(hidden, count + 2, texts)
    unsure = asked(record)
    for number, name in enumerate(COLUMNS, 1):
        sheet.cell(count + 1, number).style = _QUESTION if name in unsure else _CELL


def _put(sheet: Any, row: int, texts: dict[str, str]) -> None:
    """Write cells that stay text, also where they begin with "=" or look like a number."""
    for number, name in enumerate(COLUMNS, 1):
        if text := plain(texts.get(name)):
            cell = sheet.cell(row, number, text)
            cell.data_type = "s"


def plain(value: Any) -> str:
    """Return what stands in a cell as text on one line, without what no cell can hold.

    Also where a program made a day or a number of it.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = clean(str(value))
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _add_styles(book: Any) -> None:
    """Name the looks of cells once; "@" keeps what is typed into a cell a text."""
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    wrapped = Alignment(wrap_text=True, vertical="top")
    yellow = PatternFill("solid", fgColor=_UNSURE)
    for style in (
        NamedStyle(_HEAD, font=Font(bold=True), alignment=wrapped, number_format="@"),
        NamedStyle(_CELL, alignment=wrapped, number_format="@"),
        NamedStyle(_QUESTION, alignment=wrapped, fill=yellow, number_format="@"),
    ):
        book.add_named_style(style)


def _hang(sheet: Any, picture: bytes, row: int) -> None:
    from openpyxl.drawing.image import Image

    image = Image(io.BytesIO(picture))
    image.height = int(image.height * _SHOWN / image.width)
    image.width = _SHOWN
    sheet.row_dimensions[row].height = min(409, image.height * _POINTS)
    sheet.add_image(image, sheet.cell(row, COLUMNS.index(PICTURE) + 1).coordinate)
