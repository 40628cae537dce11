"""A badly read page, read again in other sizes: what each size loses another keeps."""

from __future__ import annotations

from PIL import Image

from partydoc.ocr import choice, engine, patch, picture
from partydoc.page import Line

#: A page with more than the first share of unsure words is read once more, larger, as far as its
#: lines are not clear; one with more than the second is worn: it is read larger as a whole, then
#: what is not clear yet in more sizes; beyond the third it is no print.
_UNSURE, _WORN, _HOPELESS = 0.02, 0.045, 0.5
_LARGER, _MORE = 1.2, (1.5, 0.85, 1.05)
#: A line is clear if each of its words is so sure.
_CLEAR = 0.9
#: Square inches, a little more than A3: larger sheets would take too long.
_LARGEST = 12 * 17


def mended(
    grey: Image.Image, dpi: int, reader: engine.Engine, lines: tuple[Line, ...]
) -> tuple[Line, ...]:
    """Return the lines of a page with the words that other sizes read better."""
    unsure = choice.unsure(lines)
    if not _UNSURE < unsure <= _HOPELESS or grey.width * grey.height > _LARGEST * dpi**2:
        return lines
    worn = unsure > _WORN
    for size in (_LARGER, *_MORE) if worn else (_LARGER,):
        rest = grey if worn and size == _LARGER else _without_clear(grey, lines)
        again = reader.read(picture.scaled(rest, size), round(dpi * size))
        lines = choice.between(lines, again)
    return lines


def _without_clear(grey: Image.Image, lines: tuple[Line, ...]) -> Image.Image:
    """Return a page with paper where the clear lines stand."""
    clear = (line for line in lines if all(word.confidence >= _CLEAR for word in line.words))
    boxes = [word.box for line in clear for word in line.words]
    return patch.uncovered(grey, boxes, picture.paper(grey))
