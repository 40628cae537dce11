"""Print under seals that were scanned in grey or black, and under signatures.

Layout analysis takes a seal for a picture and drops the lines it stands on. Print has a dark core
which a grey seal has not: what lies near no such core is wiped away, and the place is read again.
"""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image, ImageFilter

from partydoc.box import Box
from partydoc.ocr import engine, merge, patch, picture
from partydoc.page import Line

#: Ink of a seal or a signature that no sure word covers is at least so wide and high, in inches.
_LEAST = (0.7, 0.5)
#: So much above and below such a place is read with it, in inches.
_MARGIN = 0.35
#: Where such places take more than this share of the page, all of it is read again.
_MOST = 0.25
#: Ink is what is darker than this; the darkest quarter of it, and so many levels more, is core.
_INK, _CORE, _ABOVE = 150, 0.25, 22
#: Dots that are no further than this from the core of a stroke belong to it; below the head, where
#: the rim of a seal stands on the name, only the nearer do.
_NEAR, _NEARER = 2, 1
#: How much of the ink goes where there is a grey seal.
_GREY = 0.03
#: A second reading is better if it scores so many times as much.
_BETTER = 1.1


class Band(NamedTuple):
    """A part of a page over its whole width, in shares of its height."""

    top: float
    bottom: float


def bands(rest: Image.Image, dpi: float) -> list[Band]:
    """Return where, on the mask of what no word covers, ink of the size of a seal lies."""
    wide, high = (round(side * dpi) for side in _LEAST)
    margin = _MARGIN * dpi
    found: list[Band] = []
    large = (each for each in patch.together(rest) if each.width >= wide and each.height >= high)
    for each in sorted(large, key=lambda place: place.top):
        top = max(0.0, (each.top - margin) / rest.height)
        bottom = min(1.0, (each.bottom + margin) / rest.height)
        if found and top <= found[-1].bottom:
            found[-1] = Band(found[-1].top, max(bottom, found[-1].bottom))
        else:
            found.append(Band(top, bottom))
    return found


def read(
    grey: Image.Image, dpi: int, reader: engine.Engine, lines: tuple[Line, ...], where: list[Band]
) -> tuple[Line, ...]:
    """Return the lines of a page with those that stand under seals."""
    darkest = picture.quantile(grey.histogram()[:_INK], _CORE) + _ABOVE
    if sum(band.bottom - band.top for band in where) > _MOST:
        bare = print_alone(grey, darkest)
        if _is_lighter(bare, grey, dpi):
            lines = _better(reader.read(bare, dpi), lines)
    for band in where:
        top, bottom = round(band.top * grey.height), round(band.bottom * grey.height)
        near = _NEARER if band.bottom > patch.HEAD else _NEAR
        bare = print_alone(grey.crop((0, top, grey.width, bottom)), darkest, near)
        again = filter(_is_text, reader.read(bare, dpi, engine.SPARSE))
        place = Box(0.0, band.top, 1.0, band.bottom)
        lines = merge.mended(lines, [line.placed_in(place) for line in again])
    return lines


def _is_text(line: Line) -> bool:
    """Tell whether a line is more than the single letters that strokes are taken for."""
    return any(sum(map(str.isalnum, word.text)) > 1 for word in line.words)


def print_alone(grey: Image.Image, darkest: int, near: int = _NEAR) -> Image.Image:
    """Return a picture without ink that has no core below a level; soft strokes stay whole."""
    core = picture.below(grey, darkest)
    around = core.filter(ImageFilter.BoxBlur(near)).point([0] + [255] * 255)
    return Image.composite(grey, Image.new("L", grey.size, 255), around)


def _is_lighter(bare: Image.Image, grey: Image.Image, dpi: int) -> bool:
    left, whole = (picture.ink_share(picture.ink(each, dpi))[0] for each in (bare, grey))
    return left < (1 - _GREY) * whole


def _better(again: tuple[Line, ...], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Readings cut lines differently: take the better one whole, mended from the other."""
    if merge.score(again) > _BETTER * merge.score(lines):
        return merge.mended(again, lines)
    return merge.mended(lines, again)
