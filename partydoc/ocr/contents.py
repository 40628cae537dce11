"""What stands on a page of a PDF: scanned pictures, text that shows, text that hides."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from partydoc.box import Box
from partydoc.page import Line, Word
from partydoc.text import clean

_MAX_OBJECTS = 20_000
_MAX_CHARACTERS = 100_000
_MAX_DEPTH = 5
#: From this share of the page on, a picture is the page itself: text below it is its OCR layer.
_WHOLE_PAGE = 0.6
_HIDING_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_MASK_DPI = 300.0
#: Of a page, and in dots to the inch: a picture on it that may hold print.
_INSET, _INSET_DPI = 0.1, 60.0
#: A picture with fewer dots to the inch is a background, not a scan.
_LEAST_DPI = 30.0
_GRID = 100_000
#: What PDFium says for a hyphen at the end of a line, character by character and in whole texts.
LINE_END_HYPHENS = "\x02\ufffe"


@dataclass(frozen=True)
class Contents:
    """`scan_dpi` is None where the page is no scan; `lines` is the text that shows, as displayed.

    `scan_dpi` is how fine a scan is to be drawn for reading, `own_dpi` how fine its pictures are;
    `scanned`: the pictures cover the page; `hidden`: the text that nobody sees (an OCR layer);
    `pictures`: where those stand that are large and fine enough to be read.
    """

    scan_dpi: float | None
    own_dpi: float
    scanned: bool
    lines: tuple[Line, ...]
    hidden: tuple[Line, ...]
    pictures: tuple[Box, ...]

    @property
    def text(self) -> str:
        """The text that shows."""
        return "\n".join(line.text for line in self.lines)

    @property
    def hidden_text(self) -> str:
        """The text that nobody sees."""
        return "\n".join(line.text for line in self.hidden)


class _Item(NamedTuple):
    kind: int
    handle: Any
    matrix: pypdfium2.PdfMatrix


def read(page: pypdfium2.PdfPage, *, opaque: bool = True) -> Contents:
    """Take stock of a page.

    `opaque`: no picture of the page lets shine through what is below it, so that a whole-page
    picture hides the text that was drawn before it.
    """
    items = list(islice(_walk(page, None, pypdfium2.PdfMatrix(), 0), _MAX_OBJECTS))
    width, height = page.get_size()
    pictures = [item for item in items if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE]
    shares = {id(item): _area(item.matrix) / max(width * height, 1) for item in pictures}
    covering = [i for i, item in enumerate(items) if shares.get(id(item), 0) > _WHOLE_PAGE]
    visible, hidden = _texts(items, max(covering, default=-1) if opaque else -1)
    lines, unseen = _lines(page, visible, hidden)
    scanned = sum(shares.values()) > _WHOLE_PAGE
    dpi = own = max((_dpi(item) for item in pictures), default=0.0)
    if len(pictures) > 1 or visible:
        dpi = max(dpi, _MASK_DPI)  # one is a mask, or print stands on it: finer than it looks
    return Contents(
        scan_dpi=dpi if scanned and dpi >= _LEAST_DPI else None,
        own_dpi=own,
        scanned=scanned,
        lines=lines,
        hidden=unseen,
        pictures=tuple(
            _place(page, item.matrix)
            for item in pictures
            if shares[id(item)] > _INSET and _dpi(item) >= _INSET_DPI
        ),
    )  # fmt: skip


def bits(page: pypdfium2.PdfPage) -> int:
    """Return the most bits that a dot of a picture of a page has; 0 where it has no picture."""
    most = 0
    for item in islice(_walk(page, None, pypdfium2.PdfMatrix(), 0), _MAX_OBJECTS):
        if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            about = pdfium.FPDF_IMAGEOBJ_METADATA()
            known = pdfium.FPDFImageObj_GetImageMetadata(item.handle, page, about)
            most = max(most, about.bits_per_pixel if known else 8)
    return most


def _walk(
    page: pypdfium2.PdfPage, form: Any, outer: pypdfium2.PdfMatrix, depth: int
) -> Iterator[_Item]:
    for thing in page.get_objects(max_depth=1, form=form):
        if thing.type not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            yield _Item(thing.type, thing.raw, outer)
            continue
        matrix = thing.get_matrix().multiply(outer)
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield _Item(thing.type, thing.raw, matrix)
        elif depth < _MAX_DEPTH:
            yield from _walk(page, thing.raw, matrix, depth + 1)


def _area(matrix: pypdfium2.PdfMatrix) -> float:
    a, b, c, d, _, _ = matrix.get()
    return float(abs(a * d - b * c))


def _place(page: pypdfium2.PdfPage, matrix: pypdfium2.PdfMatrix) -> Box:
    """Return where a picture, which is one wide and one high, stands on the page as displayed."""
    corners = (matrix.on_point(x, y) for x in (0, 1) for y in (0, 1))
    across, down = zip(*(_displayed(page, x, y) for x, y in corners), strict=True)
    return Box(min(across), min(down), max(across), max(down))


def _dpi(item: _Item) -> float:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(item.handle, width, height)
    a, b, c, d, _, _ = item.matrix.get()
    across, down = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
    if not (across and down):
        return 0.0
    return float(max(width.value / across, height.value / down) * 72)


def _texts(items: list[_Item], covered_until: int) -> tuple[set[int], set[int]]:
    """Split the text objects, by address, into those that show and those that do not."""
    visible: set[int] = set()
    hidden: set[int] = set()
    for i, item in enumerate(items):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            hides = pdfium.FPDFTextObj_GetTextRenderMode(item.handle) in _HIDING_MODES
            (hidden if hides or i < covered_until else visible).add(_address(item.handle))
    return visible, hidden


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _lines(
    page: pypdfium2.PdfPage, visible: set[int], hidden: set[int]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of the visible and of the hidden text."""
    if not visible and not hidden:
        return (), ()
    text = page.get_textpage()
    place = partial(_box, page, text)
    shown, unseen = _Gather(place), _Gather(place)
    for i in range(min(text.count_chars(), _MAX_CHARACTERS)):
        char = chr(min(pdfium.FPDFText_GetUnicode(text, i), 0x10FFFF))
        if char in "\r\n":
            shown.end_line()
            unseen.end_line()
        elif char.isspace() or char == "\0":
            shown.end_word()
            unseen.end_word()
        else:
            owner = _address(pdfium.FPDFText_GetTextObject(text, i))
            gather = unseen if owner in hidden else shown if owner in visible else None
            if gather and char in LINE_END_HYPHENS:
                gather.add("-", i)
                gather.end_line()
            elif gather:
                gather.add(char, i)
    lines = shown.lines(), unseen.lines()
    text.close()
    return lines


def _box(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, first: int, last: int) -> Box:
    """Return the box of a word by its first and its last character."""
    boxes = [text.get_charbox(i, loose=True) for i in {first, last}]
    left, bottom = (min(box[side] for box in boxes) for side in (0, 1))
    right, top = (max(box[side] for box in boxes) for side in (2, 3))
    (x1, y1), (x2, y2) = _displayed(page, left, top), _displayed(page, right, bottom)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _displayed(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, across, down)
    return min(max(across.value / _GRID, 0), 1), min(max(down.value / _GRID, 0), 1)


class _Gather:
    """Characters to words to lines; a gap of more than a line's height starts a new block."""

    def __init__(self, place: Callable[[int, int], Box]) -> None:
        self._place = place
        self._text = ""
        self._first = self._last = 0
        self._words: list[Word] = []
        self._lines: list[Line] = []

    def add(self, char: str, index: int) -> None:
        if not self._text:
            self._first = index
        self._text += char
        self._last = index

    def end_word(self) -> None:
        if self._text:
            box = self._place(self._first, self._last)
            self._words += [Word(part, box, 1.0) for part in clean(self._text).split()]
        self._text = ""

    def end_line(self) -> None:
        self.end_word()
        if self._words:
            line = Line(tuple(self._words))
            self._lines.append(Line(line.words, self._block(line)))
        self._words = []

    def _block(self, line: Line) -> int:
        if not self._lines:
            return 1
        last = self._lines[-1]
        height = max(last.box.bottom - last.box.top, 0.005)
        gap = line.box.top - last.box.bottom
        return last.block + (gap > height or gap < -2 * height)

    def lines(self) -> tuple[Line, ...]:
        self.end_line()
        return tuple(self._lines)
