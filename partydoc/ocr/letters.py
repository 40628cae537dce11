"""The letters of a page, gathered into words and lines as they stand on it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Container, Mapping
from functools import partial
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from partydoc.box import Box
from partydoc.page import Line, Word
from partydoc.text import clean

_MAX_CHARACTERS = 100_000
_GRID = 100_000
#: What PDFium says for a hyphen at the end of a line, character by character and in whole texts.
LINE_END_HYPHENS = "\x02\ufffe"


class Typed(NamedTuple):
    """A word, the fonts it is set in (by address), and whether these name all its letters."""

    word: Word
    fonts: frozenset[int]
    named: bool


class Letters(NamedTuple):
    """The lines that show and those that do not, and the words of the former with their fonts."""

    lines: tuple[Line, ...] = ()
    hidden: tuple[Line, ...] = ()
    typed: tuple[Typed, ...] = ()


def read(page: pypdfium2.PdfPage, visible: Mapping[int, int], hidden: Container[int]) -> Letters:
    """Return the text of a page by its text objects, whose addresses are given.

    `visible` tells the font of each (its address).
    """
    text = page.get_textpage()
    shown, unseen = (_Gather(partial(_box, page, text)) for _ in range(2))
    for i in range(min(text.count_chars(), _MAX_CHARACTERS)):
        owner = address(pdfium.FPDFText_GetTextObject(text, i))
        char = chr(min(pdfium.FPDFText_GetUnicode(text, i), 0x10FFFF))
        named = owner not in visible or pdfium.FPDFText_HasUnicodeMapError(text, i) != 1
        if not named and char != " ":
            shown.add(_nameless(char), i, visible[owner], named=False)
        elif char in "\r\n":
            shown.end_line()
            unseen.end_line()
        elif char.isspace() or char == "\0":
            shown.end_word()
            unseen.end_word()
        elif owner in visible or owner in hidden:
            gather, font = (unseen, 0) if owner in hidden else (shown, visible[owner])
            ends = char in LINE_END_HYPHENS
            gather.add("-" if ends else char, i, font)
            if ends:
                gather.end_line()
    found = Letters(shown.lines(), unseen.lines(), tuple(shown.typed))
    text.close()
    return found


def address(handle: object) -> int:
    """Return where an object of PDFium lies: it has no other name."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def displayed(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Return a point of a page as shares of the page as displayed, from its top left."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, across, down)
    return min(max(across.value / _GRID, 0), 1), min(max(down.value / _GRID, 0), 1)


def _nameless(code: str) -> str:
    """Return what stands for a shape of which PDFium knows the code alone, and no letter."""
    return code if code.isprintable() else "\ufffd"


def _box(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, first: int, last: int) -> Box:
    """Return the box of a word by its first and its last character."""
    boxes = [text.get_charbox(i, loose=True) for i in {first, last}]
    left, bottom = (min(box[side] for box in boxes) for side in (0, 1))
    right, top = (max(box[side] for box in boxes) for side in (2, 3))
    (x1, y1), (x2, y2) = displayed(page, left, top), displayed(page, right, bottom)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


class _Gather:
    """Characters to words to lines; a gap of more than a line's height starts a new block."""

    def __init__(self, place: Callable[[int, int], Box]) -> None:
        self.typed: list[Typed] = []
        self._place = place
        self._text = ""
        self._fonts: set[int] = set()
        self._named = True
        self._first = self._last = 0
        self._words: list[Word] = []
        self._lines: list[Line] = []

    def add(self, char: str, index: int, font: int, *, named: bool = True) -> None:
        if not self._text:
            self._first = index
        self._text += char
        self._last = index
        self._fonts.add(font)
        self._named &= named

    def end_word(self) -> None:
        if self._text:
            box = self._place(self._first, self._last)
            words = [Word(part, box, 1.0) for part in clean(self._text).split()]
            fonts = frozenset(self._fonts)
            self._words += words
            self.typed += [Typed(word, fonts, self._named) for word in words]
        self._text, self._named = "", True
        self._fonts.clear()

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
