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

from PIL import Image, ImageFilter, ImageOps

from partydoc.document import Box, Line, Word
from partydoc.ocr import colour, engine, patch

_PATCH_DPI = 25
_READ_DPI = 200
#: A patch is as wide as a short word in the smallest stamp, in inches.
_SHORTEST = 0.25
_MAX_PATCHES = 12
_MOST_TILT = 8  # degrees
_FRAME = 120  # of 255: the mean ink of a row or column that belongs to a frame
_EDGE = 0.15  # of the height of a patch: how far in a frame may stand
#: A patch that is higher and wider than this, in inches, is a seal.
_SEAL = 1.1
#: From this confidence on capitals in blue ink are no scrawl.
_SURE = 0.4


class Plain(NamedTuple):
    """Patches of ink of any colour on a grey picture: where a stamp on a grey scan may be."""

    grey: Image.Image
    dpi: float
    places: Sequence[patch.Patch]


class _View(NamedTuple):
    place: Box
    picture: Image.Image
    mode: int
    written: bool = False


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
    """Return the lines found in the coloured inks of a page, and in plain ink."""
    views: list[_View] = []
    if inks.red:
        views += [v for place in patches(inks.red, dpi) for v in _views_of(inks.red, place, dpi)]
    if inks.cool:
        for place in patches(inks.cool, dpi):
            if patch.has_size_of_mark(place, dpi):
                views += [v._replace(written=True) for v in _views_of(inks.cool, place, dpi)]
    if plain and plain.places:
        grey = ImageOps.autocontrast(plain.grey, 1)
        views += [v for place in plain.places for v in _views_of(grey, place, plain.dpi)]
    return tuple(_different(views, _read(views, reader)))


def _read(views: Sequence[_View], reader: engine.Engine) -> list[tuple[Line, ...]]:
    """Read all views of a page, those of one mode together."""
    found: list[tuple[Line, ...]] = [()] * len(views)
    for mode in sorted({view.mode for view in views}):
        same = [i for i, view in enumerate(views) if view.mode == mode]
        pictures = [views[i].picture for i in same]
        for i, lines in zip(same, reader.read_all(pictures, _READ_DPI, mode), strict=True):
            found[i] = lines
    return found


def _different(views: list[_View], found: list[tuple[Line, ...]]) -> Iterator[Line]:
    """Place the lines on the page, each reading of a patch once."""
    seen: set[tuple[Box, str]] = set()
    for view, lines in zip(views, found, strict=True):
        for line in lines:
            if view.written and not _is_sure(line):
                continue
            if (view.place, line.text) not in seen and any(map(str.isalpha, line.text)):
                seen.add((view.place, line.text))
                yield Line(tuple(_placed(word, view.place) for word in line.words), len(seen))


def _is_sure(line: Line) -> bool:
    letters = "".join(filter(str.isalpha, line.text))
    return letters.isupper() and line.confidence >= _SURE


def _views_of(ink: Image.Image, where: patch.Patch, dpi: float) -> Iterator[_View]:
    margin = round(dpi / 12)
    box = (
        max(0, where.left - margin),
        max(0, where.top - margin),
        min(ink.width, where.right + margin),
        min(ink.height, where.bottom + margin),
    )
    crop = ImageOps.expand(ink.crop(box), margin, 255)
    scale = _READ_DPI / dpi
    size = (max(1, round(crop.width * scale)), max(1, round(crop.height * scale)))
    if size != crop.size:
        crop = crop.resize(size, Image.Resampling.BICUBIC)
    place = Box(
        (box[0] - margin) / ink.width,
        (box[1] - margin) / ink.height,
        (box[2] + margin) / ink.width,
        (box[3] + margin) / ink.height,
    )
    return (_View(place, picture, mode) for picture, mode in _views(crop))


def _views(crop: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """Yield the pictures of a patch that are read, each with how.

    None of them reads every stamp; together they found 115 of 120 where the best found 86.
    """
    yield crop, engine.SPARSE
    if min(crop.size) > _SEAL * _READ_DPI:
        return  # round: it has no tilt and no frame
    straight = crop
    if tilt := _tilt(crop):
        straight = crop.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
        yield straight, engine.SPARSE
    bare = _without_frame(straight)
    yield bare, engine.LINE
    yield bare, engine.BLOCK
    # Text that was printed over leaves gaps in the letters.
    closed = bare.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.GaussianBlur(1))
    yield closed, engine.BLOCK
    yield closed, engine.SPARSE
    soft = bare.filter(ImageFilter.GaussianBlur(1.5))
    smaller = (max(1, soft.width * 3 // 4), max(1, soft.height * 3 // 4))
    yield soft.resize(smaller, Image.Resampling.BICUBIC), engine.BLOCK


def _tilt(crop: Image.Image) -> int:
    """Return the turn, in degrees, that gathers the ink in the fewest rows."""
    small = ImageOps.invert(crop).reduce(max(1, crop.width // 200))

    def gathered(degrees: int) -> int:
        turned = small.rotate(degrees, Image.Resampling.BILINEAR)
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum(row * row for row in rows)

    return max(range(-_MOST_TILT, _MOST_TILT + 1), key=gathered)


def _without_frame(crop: Image.Image) -> Image.Image:
    """Wipe the sides of a frame: lines along opposite edges of the patch."""
    inked = crop.point([255 if level < 160 else 0 for level in range(256)])
    left, top, right, bottom = inked.getbbox() or (0, 0, *crop.size)
    core = inked.crop((left, top, right, bottom))
    edge = max(3, round(_EDGE * core.height))
    bare = crop.copy()
    for y in _sides(core.resize((1, core.height), Image.Resampling.BOX).tobytes(), edge):
        bare.paste(255, (0, top + y - 2, crop.width, top + y + 3))
    for x in _sides(core.resize((core.width, 1), Image.Resampling.BOX).tobytes(), edge):
        bare.paste(255, (left + x - 2, 0, left + x + 3, crop.height))
    return bare


def _sides(shares: bytes, edge: int) -> list[int]:
    """Return where both edges have a line; a letter's stem is found at one edge only."""
    inked = [i for i, share in enumerate(shares) if share > _FRAME]
    near = [i for i in inked if i < edge]
    far = [i for i in inked if i >= len(shares) - edge]
    return near + far if near and far else []


def _placed(word: Word, place: Box) -> Word:
    width, height = place.right - place.left, place.bottom - place.top
    box = Box(
        max(0.0, place.left + word.box.left * width),
        max(0.0, place.top + word.box.top * height),
        min(1.0, place.left + word.box.right * width),
        min(1.0, place.top + word.box.bottom * height),
    )
    return replace(word, box=box)
