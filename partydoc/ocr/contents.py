"""What stands on a page of a PDF: scanned pictures, text that shows, text that hides."""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from partydoc.box import Box
from partydoc.ocr import doubt, letters
from partydoc.page import Line, Word

_MAX_OBJECTS = 20_000
_MAX_DEPTH = 5
#: From this share of the page on, a picture is the page itself: text below it is its OCR layer.
_WHOLE_PAGE = 0.6
_HIDING_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_MASK_DPI = 300.0
#: Of a page, and in dots to the inch: a picture on it that may hold print.
_INSET, _INSET_DPI = 0.1, 60.0
#: A picture with fewer dots to the inch is a background, not a scan.
_LEAST_DPI = 30.0


@dataclass(frozen=True)
class Contents:
    """`scan_dpi` is None where the page is no scan; `lines` is the text that shows, as displayed.

    `scan_dpi` is how fine a scan is to be drawn for reading, `own_dpi` how fine its pictures are;
    `scanned`: the pictures cover the page; `hidden`: the text that nobody sees (an OCR layer);
    `pictures`: where those stand that are large and fine enough to be read; `small`: where small
    ones stand; `doubted`: the words that show, but whose font may say something else (`doubt`).
    """

    scan_dpi: float | None
    own_dpi: float
    scanned: bool
    lines: tuple[Line, ...]
    hidden: tuple[Line, ...]
    pictures: tuple[Box, ...]
    small: tuple[Box, ...]
    doubted: frozenset[Word]

    @property
    def text(self) -> str:
        """The text that shows."""
        return "\n".join(line.text for line in self.lines)

    @property
    def trusted(self) -> str:
        """The text that shows, without the lines in doubt."""
        doubts = {id(line) for line, _ in doubt.lines(self.lines, self.doubted)}
        return "\n".join(line.text for line in self.lines if id(line) not in doubts)

    @property
    def covered(self) -> tuple[Box, ...]:
        """Where words that show and pictures stand."""
        words = (word.box for line in self.lines for word in line.words)
        return (*words, *self.pictures, *self.small)

    @property
    def hidden_text(self) -> str:
        """The text that nobody sees."""
        return "\n".join(line.text for line in self.hidden)


class _Item(NamedTuple):
    """`clear`: what is below shines through, through itself or through a form it stands in."""

    kind: int
    handle: Any
    matrix: pypdfium2.PdfMatrix
    clear: bool


def read(page: pypdfium2.PdfPage, masked: Container[tuple[int, int]] = ()) -> Contents:
    """Take stock of a page.

    A whole-page picture hides the text that was drawn before it, unless it is drawn transparent or
    has a mask: PDFium does not tell, so `masked` are the sizes in dots of the pictures that have.
    """
    items = list(_items(page))
    width, height = page.get_size()
    pictures = [item for item in items if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE]
    shares = {id(item): _area(item.matrix) / max(width * height, 1) for item in pictures}
    covering = [
        i for i, item in enumerate(items)
        if shares.get(id(item), 0) > _WHOLE_PAGE and not item.clear and _size(item) not in masked
    ]  # fmt: skip
    visible, hidden = _texts(items, max(covering, default=-1))
    said = letters.read(page, visible, hidden) if visible or hidden else letters.Letters()
    scanned = sum(shares.values()) > _WHOLE_PAGE
    dpi = own = max((_dpi(item) for item in pictures), default=0.0)
    if len(pictures) > 1 or visible:
        dpi = max(dpi, _MASK_DPI)  # one is a mask, or print stands on it: finer than it looks
    return Contents(
        scan_dpi=dpi if scanned and dpi >= _LEAST_DPI else None,
        own_dpi=own,
        scanned=scanned,
        lines=said.lines,
        hidden=said.hidden,
        pictures=tuple(
            _place(page, item.matrix)
            for item in pictures
            if shares[id(item)] > _INSET and _dpi(item) >= _INSET_DPI
        ),
        small=tuple(_place(page, item.matrix) for item in pictures if shares[id(item)] <= _INSET),
        doubted=doubt.words(said.typed),
    )  # fmt: skip


def bits(page: pypdfium2.PdfPage) -> int:
    """Return the most bits that a dot of a picture of a page has; 0 where it has no picture."""
    most = 0
    for item in _items(page):
        if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            about = pdfium.FPDF_IMAGEOBJ_METADATA()
            known = pdfium.FPDFImageObj_GetImageMetadata(item.handle, page, about)
            most = max(most, about.bits_per_pixel if known else 8)
    return most


def _items(page: pypdfium2.PdfPage) -> Iterator[_Item]:
    """Yield what a page draws, in that order, forms taken apart."""
    whole = _Item(pdfium.FPDF_PAGEOBJ_FORM, None, pypdfium2.PdfMatrix(), clear=False)
    return islice(_walk(page, whole, 0), _MAX_OBJECTS)


def _walk(page: pypdfium2.PdfPage, form: _Item, depth: int) -> Iterator[_Item]:
    for thing in page.get_objects(max_depth=1, form=form.handle):
        if thing.type not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            yield _Item(thing.type, thing.raw, form.matrix, form.clear)
            continue
        clear = form.clear or bool(pdfium.FPDFPageObj_HasTransparency(thing.raw))
        item = _Item(thing.type, thing.raw, thing.get_matrix().multiply(form.matrix), clear)
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield item
        elif depth < _MAX_DEPTH:
            yield from _walk(page, item, depth + 1)


def _area(matrix: pypdfium2.PdfMatrix) -> float:
    a, b, c, d, _, _ = matrix.get()
    return float(abs(a * d - b * c))


def _place(page: pypdfium2.PdfPage, matrix: pypdfium2.PdfMatrix) -> Box:
    """Return where a picture, which is one wide and one high, stands on the page as displayed."""
    corners = (matrix.on_point(x, y) for x in (0, 1) for y in (0, 1))
    across, down = zip(*(letters.displayed(page, x, y) for x, y in corners), strict=True)
    return Box(min(across), min(down), max(across), max(down))


def _size(item: _Item) -> tuple[int, int]:
    """Return the width and height of a picture in dots."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(item.handle, width, height)
    return width.value, height.value


def _dpi(item: _Item) -> float:
    width, height = _size(item)
    a, b, c, d, _, _ = item.matrix.get()
    across, down = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
    if not (across and down):
        return 0.0
    return float(max(width / across, height / down) * 72)


def _texts(items: list[_Item], covered_until: int) -> tuple[dict[int, int], set[int]]:
    """Split the text objects, by address, into those that show, with fonts, and those that hide."""
    visible: dict[int, int] = {}
    hidden: set[int] = set()
    for i, item in enumerate(items):
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            hides = pdfium.FPDFTextObj_GetTextRenderMode(item.handle) in _HIDING_MODES
            if hides or i < covered_until:
                hidden.add(letters.address(item.handle))
            else:
                font = pdfium.FPDFTextObj_GetFont(item.handle)
                visible[letters.address(item.handle)] = letters.address(font)
    return visible, hidden
