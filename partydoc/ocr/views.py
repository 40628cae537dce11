"""The pictures of a patch of ink, or of a drawn frame, that are read for marks, each with how.

No one way reads every stamp: as it stands, straightened, without its frame, with gaps closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image, ImageFilter, ImageOps

from partydoc.box import Box
from partydoc.ocr import beside, engine, frames, picture
from partydoc.ocr.patch import Patch

DPI = 200
_MOST_TILT, _STEP = 20, 4  # degrees
_FRAME = 120  # of 255: the mean ink of a row or column that belongs to a frame
_EDGE = 0.15  # of the height of a patch: how far in a frame may stand
#: A stamp of arrival is at least so wide and high, in inches.
_LARGE = (1.4, 0.9)
#: So far the inside of a drawn frame is from its outside, in inches.
SIDE = 0.045
#: Ink is darker than this; the darkest quarter of it, and so many levels more, is print and not
#: the paler ink of a stamp, of which so much must be left to be read.
_INK, _CORE, _ABOVE, _LEFT = 170, 0.25, 22, 0.02


class View(NamedTuple):
    """A picture of a place on the page; `written`: by hand, perhaps, so only sure words count;
    `framed`: a frame shows when it is straightened."""

    place: Box
    picture: Image.Image
    mode: int
    written: bool = False
    framed: bool = False


def of_patch(
    ink: Image.Image, where: Patch, dpi: float, sharp: Image.Image | None = None
) -> Iterator[View]:
    """Yield the pictures of a patch; `sharp` is the page where its ink is seen in all detail."""
    crop, fine, place = _cut(ink, where, dpi, sharp)
    if beside.is_round(where, dpi):
        yield View(place, crop, engine.SPARSE)  # it has no tilt and no frame
        return
    tilt = _tilt(crop)
    framed = tilt != 0 and bool(frames.find(_turned(crop, tilt), DPI, _INK))
    for each, mode in _views(crop, fine, tilt):
        yield View(place, each, mode, framed=framed)


def of_arrival(
    ink: Image.Image, where: Patch, dpi: float, sharp: Image.Image | None = None
) -> Iterator[View]:
    """Yield the pictures of a patch that is a framed stamp as large as that of arrival."""
    size = where.width / dpi, where.height / dpi
    if not all(low <= side for low, side in zip(_LARGE, size, strict=True)):
        return
    crop, fine, place = _cut(ink, where, dpi, sharp)
    tilt = _tilt(crop)
    straight = _turned(crop, tilt)
    if frames.find(straight, DPI, _INK, frames.ARRIVAL):
        yield View(place, _without_frame(straight), engine.SPARSE)
        yield View(place, _without_frame(_turned(fine or crop, tilt)), engine.BLOCK)


def _cut(
    ink: Image.Image, where: Patch, dpi: float, sharp: Image.Image | None
) -> tuple[Image.Image, Image.Image | None, Box]:
    """Return a patch with a margin, the page in all detail there, and where both lie."""
    margin = round(dpi / 12)
    left, top = max(0, where.left - margin), max(0, where.top - margin)
    right, bottom = min(ink.width, where.right + margin), min(ink.height, where.bottom + margin)

    def cut(page: Image.Image, contrast: bool = False) -> Image.Image:
        piece = page.crop((left, top, right, bottom))
        piece = ImageOps.autocontrast(piece, 1) if contrast else piece
        return _enlarged(ImageOps.expand(piece, margin, 255), dpi)

    crop = cut(ink)
    place = Box(
        (left - margin) / ink.width, (top - margin) / ink.height,
        (right + margin) / ink.width, (bottom + margin) / ink.height,
    )  # fmt: skip
    return crop, _near(crop, cut(sharp, contrast=True)) if sharp else None, place


def _near(crop: Image.Image, light: Image.Image) -> Image.Image:
    """Return of a picture what stands on or next to the ink of a crop, on white."""
    near = crop.point([255 if level < 200 else 0 for level in range(256)])
    near = near.filter(ImageFilter.MaxFilter(5))
    return Image.composite(light, Image.new("L", light.size, 255), near)


def of_frame(ink: Image.Image, frame: Patch, dpi: float) -> Iterator[View]:
    """Yield what stands in a frame, its sides cut off, thin strokes of other print wiped away."""
    side = round(SIDE * dpi)
    inner = Patch(frame.left + side, frame.top + side, frame.right - side, frame.bottom - side, 0)
    if inner.width < 2 * side or inner.height < side:
        return
    crop = ImageOps.expand(ink.crop(inner[:4]), round(DPI / 12), 255)
    place = placed(inner, ink)
    yield View(place, crop, engine.LINE)
    yield View(place, crop, engine.BLOCK)
    thick = crop.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5))
    yield View(place, thick, engine.LINE)
    yield View(place, thick, engine.BLOCK)
    pale = Image.composite(
        Image.new("L", crop.size, 255), crop, print_in(crop).filter(ImageFilter.MaxFilter(5))
    )
    closed = pale.filter(ImageFilter.MinFilter(5))
    if picture.ink_share(picture.below(closed, _INK))[0] > _LEFT:
        yield View(place, closed, engine.LINE)
        yield View(place, closed, engine.BLOCK)


def print_in(crop: Image.Image) -> Image.Image:
    """Return a mask (255: ink) of the darkest ink of a picture."""
    darkest = picture.quantile(crop.histogram()[:_INK], _CORE) + _ABOVE
    return picture.below(crop, darkest)


def placed(where: Patch, page: Image.Image) -> Box:
    """Return where a patch of a page lies on it."""
    return Box(
        where.left / page.width, where.top / page.height,
        where.right / page.width, where.bottom / page.height,
    )  # fmt: skip


def _enlarged(crop: Image.Image, dpi: float) -> Image.Image:
    scale = DPI / dpi
    size = (max(1, round(crop.width * scale)), max(1, round(crop.height * scale)))
    return crop if size == crop.size else crop.resize(size, Image.Resampling.BICUBIC)


def _views(
    crop: Image.Image, fine: Image.Image | None, tilt: int
) -> Iterator[tuple[Image.Image, int]]:
    """Yield the pictures of a patch that are read, each with how.

    None of them reads every stamp; together they found 115 of 120 where the best found 86.
    """
    yield crop, engine.SPARSE
    straight = _turned(crop, tilt)
    if tilt:
        yield straight, engine.SPARSE
    if fine:
        yield _without_frame(_turned(fine, tilt)), engine.BLOCK
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


def _turned(crop: Image.Image, tilt: int) -> Image.Image:
    return crop.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255) if tilt else crop


def _tilt(crop: Image.Image) -> int:
    """Return the turn, in degrees, that gathers the ink in the fewest rows: rough, then fine."""
    small = ImageOps.invert(crop).reduce(max(1, crop.width // 200))

    def gathered(degrees: int) -> int:
        turned = small.rotate(degrees, Image.Resampling.BILINEAR)
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum(row * row for row in rows)

    rough = max(range(-_MOST_TILT, _MOST_TILT + 1, _STEP), key=gathered)
    return max(range(rough - _STEP + 1, rough + _STEP), key=gathered)


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
