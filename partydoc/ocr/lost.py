"""Lines that layout analysis did not see: ink that stands like words of print, and in no word.

What was written by hand into a printed line makes Tesseract take the whole of it for a picture,
and leave it out: the place and date of a paper, or its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PIL import Image

from partydoc.ocr import engine, patch, views
from partydoc.ocr.patch import Patch
from partydoc.page import Line

#: Words of print, and the paper bridged around them, are so high, in inches, and wider than high;
#: a rule is less, a seal more.
_LEAST, _MOST = 0.15, 0.45
#: Words of a line stand no further apart, in inches: what is written between two of them fits in.
_GAP = 0.9
#: A line is at least so long, in inches, and so much of that is words.
_LONG, _INKED = 0.8, 0.4
#: Around a line so much of its height is read with it.
_AROUND = 0.5
#: A line is read surely, and a word as print is.
_SURE, _PRINT = 0.6, 0.85
#: More such lines on a page are a table, a drawing or handwriting.
_MANY = 8


def found(
    grey: Image.Image, dpi: int, mask: Image.Image, reader: engine.Engine, lines: tuple[Line, ...]
) -> tuple[Line, ...]:
    """Return the lines that stand in the ink of a page and are none of those that were seen.

    `mask` is its small mask of ink (`picture.ink`).
    """
    boxes = [word.box for line in lines for word in line.words]
    scale = grey.width / mask.width
    places = rows(patch.together(patch.uncovered(mask, boxes)), dpi / scale)
    if not 0 < len(places) <= _MANY:
        return ()
    bare = patch.uncovered(grey, boxes, 255)
    again: list[Line] = []
    for each in places:
        around = _around(each.scaled(scale), bare)
        strip, place = bare.crop(around[:4]), views.placed(around, bare)
        said = filter(_says_something, reader.read(strip, dpi, engine.SPARSE))
        again += (line.placed_in(place) for line in said)
    return tuple(again)


def _says_something(line: Line) -> bool:
    """Tell whether a line was read surely, or a word of it as print is: "Số 12-NQ/ĐU" has one."""
    printed = (word for word in line.words if word.confidence >= _PRINT)
    letters = max((sum(map(str.isalpha, word.text)) for word in printed), default=0)
    return letters > 1 or line.confidence >= _SURE and any(map(str.isalnum, line.text))


class _Row(NamedTuple):
    """Words that stand in one row: the box around them, and how wide they are together."""

    box: Patch
    words: int


def rows(found: Iterable[Patch], dpi: float) -> list[Patch]:
    """Return where patches of the size of words stand beside each other like a line of print."""
    rows: list[_Row] = []
    for each in sorted(filter(lambda one: _is_word(one, dpi), found), key=lambda one: one.left):
        for i, row in enumerate(rows):
            if _follows(each, row.box, dpi):
                rows[i] = _Row(row.box.joined(each), row.words + each.width)
                break
        else:
            rows.append(_Row(each, each.width))
    return [row.box for row in rows
            if row.box.width >= _LONG * dpi and row.words >= _INKED * row.box.width]  # fmt: skip


def _is_word(each: Patch, dpi: float) -> bool:
    return _LEAST * dpi <= each.height <= _MOST * dpi and each.width > each.height


def _follows(each: Patch, row: Patch, dpi: float) -> bool:
    middle = (each.top + each.bottom) / 2
    return row.top < middle < row.bottom and each.left - row.right < _GAP * dpi


def _around(row: Patch, page: Image.Image) -> Patch:
    margin = round(_AROUND * row.height)
    return Patch(
        max(0, row.left - margin), max(0, row.top - margin),
        min(page.width, row.right + margin), min(page.height, row.bottom + margin), row.ink,
    )  # fmt: skip
