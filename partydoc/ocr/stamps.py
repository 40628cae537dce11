"""Lines in coloured ink, and in ink that was not read: secrecy marks, arrival stamps, seals.

They are taken out of the picture that is read as text, so they are read apart. A secrecy mark
that is overlooked lets a secret document through: every red patch is read, as it stands and
straightened, and what any reading sees is kept. People write in blue and violet, and a scrawl
can be read as anything: there only sure capitals in patches of the size of a mark count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from PIL import Image

from partydoc.box import Box
from partydoc.ocr import beside, colour, engine, frames, overprint, patch, picture, views
from partydoc.ocr.views import View
from partydoc.page import FRAME, Line, Word

#: Coloured ink, taken apart, is darker than this.
_COLOURED = 180
#: How far the grain of paper is darker than paper.
_GRAIN = 30
_PATCH_DPI = 25
#: A patch is as wide as a short word in the smallest stamp, in inches.
_SHORTEST = 0.25
_MAX_PATCHES = 12
#: From this confidence on capitals in blue ink are no scrawl.
_SURE = 0.4


class Plain(NamedTuple):
    """Patches of ink of any colour on a grey picture: where a stamp on a grey scan may be."""

    grey: Image.Image
    bare: Image.Image
    dpi: float
    places: Sequence[patch.Patch]


def patches(ink: Image.Image, dpi: float) -> list[patch.Patch]:
    """Return where ink stands together, in pixels, the biggest first."""
    factor = max(1, round(dpi / _PATCH_DPI))
    small = ink.reduce(factor).point([255 if level < 215 else 0 for level in range(256)])
    shortest = _SHORTEST * dpi / factor
    found = [each for each in patch.together(small) if max(each.width, each.height) >= shortest]
    found.sort(key=lambda each: -each.ink)
    return [each.scaled(factor) for each in found[:_MAX_PATCHES]]


def read(
    inks: colour.Inks, dpi: float, reader: engine.Engine, plain: Plain | None = None
) -> tuple[Line, ...]:
    """Return the lines found in the coloured inks of a page and in plain ink, then its frames.

    A frame is a line of the one word `document.FRAME`.
    """
    found = _Found([], [])
    if inks.red:
        _look_at_red(inks.red, inks.sharp, dpi, found)
    if inks.cool:
        _look_at_cool(inks.cool, inks.sharp, dpi, found)
    if plain:
        found.views.extend(_plain_views(plain))
        framed = _plain_frames(plain)
        _look_at_frames(plain.grey, framed, plain.dpi, found)
        for each in framed:
            found.views.extend(overprint.of_frame(plain.grey, each, plain.dpi))
    lines = _different(found.views, _read(found.views, reader))
    leaning = dict.fromkeys(view.place for view in found.views if view.framed)
    return (*lines, *(Line((Word(FRAME, box, 1.0),), -1) for box in (*found.frames, *leaning)))


class _Found(NamedTuple):
    """What is to be read, and where frames are."""

    views: list[View]
    frames: list[Box]


def _look_at_red(ink: Image.Image, sharp: Image.Image | None, dpi: float, found: _Found) -> None:
    """Look at every patch; what stands out of a seal, as large as a mark, is as good as framed."""
    places = patches(ink, dpi)
    parts = [part for place in places for part in beside.parts(ink, place, dpi)]
    for place in (*places, *parts):
        found.views.extend(views.of_patch(ink, place, dpi, sharp))
    wide = (part for part in parts if part.width >= part.height)
    framed = [part for part in wide if patch.has_size_of_mark(part, dpi)]
    _look_at_frames(ink, [*framed, *frames.find(ink, dpi, _COLOURED)], dpi, found)


def _look_at_cool(ink: Image.Image, sharp: Image.Image | None, dpi: float, found: _Found) -> None:
    """Look at patches of the size of a mark, which may be handwriting, and at framed stamps."""
    for place in patches(ink, dpi):
        if patch.has_size_of_mark(place, dpi):
            some = views.of_patch(ink, place, dpi, sharp)
            found.views.extend(view._replace(written=True) for view in some)
        else:
            found.views.extend(views.of_arrival(ink, place, dpi, sharp))
    _look_at_frames(ink, frames.find(ink, dpi, _COLOURED), dpi, found)


def _look_at_frames(
    ink: Image.Image, places: Sequence[patch.Patch], dpi: float, found: _Found
) -> None:
    for each in places:
        found.views.extend(views.of_frame(ink, each, dpi))
        found.frames.append(views.placed(each, ink))


def _plain_views(plain: Plain) -> Iterator[View]:
    """Yield the views of patches in ink of no colour, on white paper: a tilted crop has corners."""
    if not plain.places:
        return
    white = picture.paper(plain.bare) - _GRAIN
    table = [255 if level > white else level * 255 // max(1, white) for level in range(256)]
    bare = plain.bare.point(table)
    for place in plain.places:
        yield from views.of_patch(bare, place, plain.dpi)


def _plain_frames(plain: Plain) -> list[patch.Patch]:
    head = plain.grey.crop((0, 0, plain.grey.width, round(plain.grey.height * patch.HEAD)))
    return frames.find(head, plain.dpi, picture.ink_level(head))


def _read(seen: Sequence[View], reader: engine.Engine) -> list[tuple[Line, ...]]:
    """Read all views of a page, those of one mode together."""
    found: list[tuple[Line, ...]] = [()] * len(seen)
    for mode in sorted({view.mode for view in seen}):
        same = [i for i, view in enumerate(seen) if view.mode == mode]
        pictures = [seen[i].picture for i in same]
        for i, lines in zip(same, reader.read_all(pictures, views.DPI, mode), strict=True):
            found[i] = lines
    return found


def _different(read: list[View], found: list[tuple[Line, ...]]) -> Iterator[Line]:
    """Place the lines on the page, each reading of a patch once."""
    seen: set[tuple[Box, str]] = set()
    for view, lines in zip(read, found, strict=True):
        for line in lines:
            if view.written and not _is_sure(line):
                continue
            if (view.place, line.text) not in seen and any(map(str.isalpha, line.text)):
                seen.add((view.place, line.text))
                yield Line(tuple(_placed(word, view.place) for word in line.words), len(seen))


def _is_sure(line: Line) -> bool:
    letters = "".join(filter(str.isalpha, line.text))
    return letters.isupper() and line.confidence >= _SURE


def _placed(word: Word, place: Box) -> Word:
    left, top, right, bottom = word.box.placed_in(place)
    box = Box(max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom))
    return replace(word, box=box)
