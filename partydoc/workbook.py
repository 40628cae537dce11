"""A workbook to fill in: one row a document, with the head of its first page; and the way back.

All cells are text. A hidden sheet says what stood in them, so that a changed cell is known, and
one that somebody else has changed in the archive meanwhile as well.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from partydoc import fieldnames
from partydoc.errors import PartydocError
from partydoc.language import _
from partydoc.outfile import arriving
from partydoc.reviewing import Paper, asked
from partydoc.text import clean
from partydoc.viewing import HEADER

#: The sheet that nobody sees; its name changes with its form.
HIDDEN = "partydoc-1"
#: The columns before the fields: the document, where its paper lies, the picture, the mark.
ID, REFERENCE, PICTURE, CHECKED = "id", "reference", "picture", "checked"
LEADING = (ID, REFERENCE, PICTURE, CHECKED)
COLUMNS = (*LEADING, *fieldnames.EDITABLE)
#: In the hidden sheet alone: the fields that a person had filled in.
SAID = "said"

_DPI = 110
_SHOWN = 560  # pixels of a picture's width in the sheet
_POINTS = 0.75  # of a pixel
_UNSURE = "FFF2A8"
_HEAD, _CELL, _QUESTION = "partydoc-head", "partydoc-cell", "partydoc-unsure"
_WIDTHS = {ID: 12, REFERENCE: 18, PICTURE: 80, CHECKED: 8, "subject": 60, "issuer": 34, "note": 30}
_WIDTH = 16


@contextmanager
def prepared(path: Path, papers: Iterable[Paper], pictures: Mapping[str, bytes]) -> Iterator[None]:
    """Write the workbook of some documents beside its place, where it is put at the end.

    `pictures`: id -> what hangs in its row. Raises PartydocError where it cannot be written;
    whatever fails, in here or before the end, leaves nothing.
    """
    with arriving(path) as beside:
        _save(_book(papers, pictures), beside)
        yield


def _save(book: Any, path: Path) -> None:
    try:
        book.save(path)
    except OSError:
        raise
    except Exception as trouble:  # what comes of a full disk tells no number
        message = _("{name} could not be written ({trouble}).")
        name = path.name.removeprefix(".").removesuffix(".part")
        hint = _("Look whether there is room on the disk, then run the same command again.")
        raise PartydocError(message.format(name=name, trouble=trouble), hint) from trouble


def _book(papers: Iterable[Paper], pictures: Mapping[str, bytes]) -> Any:
    from openpyxl import Workbook

    book = Workbook()
    _add_styles(book)
    sheet, hidden = book.active, book.create_sheet(HIDDEN)
    assert sheet is not None
    sheet.title = _("Documents")
    hidden.sheet_state = "hidden"
    labels = _labels()
    _head(sheet, labels)
    _put(hidden, 1, dict(zip(COLUMNS, COLUMNS, strict=True)) | {SAID: SAID})
    _put(hidden, 2, labels)
    for count, paper in enumerate(papers, 1):
        _row(sheet, hidden, count, paper)
        if picture := pictures.get(paper.kept.id):
            _hang(sheet, picture, count + 1)
    return book


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


def pictures(papers: Iterable[Paper], workers: int) -> dict[str, bytes]:
    """Return id -> the head of the first page, of the documents that can be drawn.

    That many pages are drawn at once; with `workers` 0 none.
    """
    if not workers:
        return {}
    from partydoc.ocr.pictures import header

    def draw(paper: Paper) -> tuple[str, bytes | None]:
        return paper.kept.id, header(paper.drawn, HEADER, _DPI) if paper.drawn else None

    with ThreadPoolExecutor(workers) as pool:
        return {document: drawn for document, drawn in pool.map(draw, papers) if drawn}


def _row(sheet: Any, hidden: Any, count: int, paper: Paper) -> None:
    record = paper.kept.fields
    texts = {ID: paper.kept.id, REFERENCE: paper.reference or ""}
    texts |= {name: fieldnames.shown(name, record.get(name)) for name in fieldnames.EDITABLE}
    _put(sheet, count + 1, texts)
    said = (name for name, field in record.items() if field and field.source == "person")
    _put(hidden, count + 2, texts | {SAID: " ".join((SAID, *said))})
    unsure = asked(record)
    for number, name in enumerate(COLUMNS, 1):
        sheet.cell(count + 1, number).style = _QUESTION if name in unsure else _CELL


def _put(sheet: Any, row: int, texts: dict[str, str]) -> None:
    """Write cells that stay text, also where they begin with "=" or look like a number."""
    for number, name in enumerate((*COLUMNS, SAID), 1):
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
