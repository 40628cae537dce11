"""Print on a typed page that none of its words covers: letters drawn as outlines.

Rules, frames and small drawings are no print. Only how much is left is told, not what it says: it
decides whether a page is read at all, so a diagram costs a reading and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from PIL import Image, ImageChops

from partydoc.box import Box
from partydoc.ocr import patch, picture

#: Square inches of ink, gaps between letters included: some words of a line.
_LEAST = 0.12
#: Inches: words are no higher, or run together into longer patches; drawings are neither.
_HIGHEST, _LONGEST = 0.35, 1.0
#: The scale on which ink is counted, and dots of it.
_DPI = 50
_CLOSED, _OPENED = 1, 2

_Pick = Callable[[Image.Image, Image.Image], Image.Image]


def are_left(seen: picture.Drawn, covered: Iterable[Box]) -> bool:
    """Tell whether a page has print outside some boxes."""
    factor = max(1, round(seen.dpi / _DPI))
    dpi = seen.dpi / factor
    mask = picture.ink(seen.image.reduce(factor).convert("L"), dpi)
    rest = patch.uncovered(mask, covered)
    least = _LEAST * dpi * dpi
    if rest.histogram()[255] < least:
        return False
    print_ = _without_rules(rest)
    if print_.histogram()[255] < least:
        return False
    found = patch.together(print_)
    words = (
        each for each in found if each.height <= _HIGHEST * dpi or each.width >= _LONGEST * dpi
    )
    return sum(_ink_in(print_, each) for each in words) >= least


def _without_rules(rest: Image.Image) -> Image.Image:
    """Return a mask with letters closed up to words, and without what is thinner than these."""
    closed = _squares(rest, _CLOSED, ImageChops.lighter)
    return _squares(closed, _OPENED, ImageChops.darker)


def _squares(mask: Image.Image, reach: int, pick: _Pick) -> Image.Image:
    """Return what is picked of all dots around each, so far: faster than Pillow's filters."""
    dots = range(-reach, reach + 1)
    rows = reduce(pick, (ImageChops.offset(mask, dot, 0) for dot in dots))
    return reduce(pick, (ImageChops.offset(rows, 0, dot) for dot in dots))


def _ink_in(mask: Image.Image, place: patch.Patch) -> int:
    return mask.crop(place[:4]).histogram()[255]
