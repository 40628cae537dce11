"""What stands in a frame with print through it, on a scan in grey or in black and white.

Stroke lies on stroke there. In grey a stamp is paler than print, in black and white its letters
are bolder: print is wiped away by its tone, or by how thin it is, and the gaps that it leaves are
filled from beside them. A frame that leans a little is straightened first.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageFilter, ImageOps

from partydoc.ocr import engine, frames, picture
from partydoc.ocr.patch import Patch
from partydoc.ocr.views import SIDE, View, placed, print_in

#: A frame leans by at most so much, found in steps of so much, in degrees.
_MOST_TILT, _STEP = 4.0, 0.5
#: So much around a frame is looked at to straighten it, and so much white is put around what is
#: read, in inches.
_AROUND, _MARGIN = 1 / 6, 1 / 12


def of_frame(ink: Image.Image, frame: Patch, dpi: float) -> Iterator[View]:
    """Yield what stands in a frame without the print that runs through it, each a line."""
    side = round(SIDE * dpi)
    inner = _inside(frame, side)
    if inner.width < 2 * side or inner.height < side:
        return
    margin = round(_MARGIN * dpi)
    level = ImageOps.expand(ink.crop(inner[:4]), margin, 255)
    straight = ImageOps.expand(_straight(ink, frame, dpi), margin, 255)
    pictures = [
        straight, _bold(straight, 5), _bold(straight, 3), _bold(level, 3),
        *_pale(straight, 3), *_pale(straight, 5), *_pale(level, 3),
    ]  # fmt: skip
    for each in pictures:
        yield View(placed(inner, ink), each, engine.LINE)


def _inside(frame: Patch, side: int) -> Patch:
    return Patch(frame.left + side, frame.top + side, frame.right - side, frame.bottom - side, 0)


def _bold(crop: Image.Image, thick: int) -> Image.Image:
    """Return a picture without strokes that are thinner than so many dots."""
    return crop.filter(ImageFilter.MaxFilter(thick)).filter(ImageFilter.MinFilter(thick))


def _pale(crop: Image.Image, around: int) -> Iterator[Image.Image]:
    """Yield a picture without its darkest ink, and so many dots around it, if ink of another tone
    is left; what is wiped away is filled from the ink next to it.
    """
    dark = print_in(crop).filter(ImageFilter.MaxFilter(around))
    pale = Image.composite(Image.new("L", crop.size, 255), crop, dark)
    if min(pale.tobytes()) < picture.ink_level(crop):
        yield Image.composite(pale.filter(ImageFilter.MinFilter(5)), crop, dark)


def _straight(ink: Image.Image, frame: Patch, dpi: float) -> Image.Image:
    """Return the inside of a frame, turned until its sides are level."""
    around, side = round(_AROUND * dpi), round(SIDE * dpi)
    left, top = max(0, frame.left - around), max(0, frame.top - around)
    right, bottom = min(ink.width, frame.right + around), min(ink.height, frame.bottom + around)
    crop = ink.crop((left, top, right, bottom))
    turned = crop.rotate(_tilt(crop), Image.Resampling.BICUBIC, fillcolor=255)
    found = frames.find(turned, dpi, picture.ink_level(turned))
    whole = found[0] if found else frame.moved(-left, -top)
    return turned.crop(_inside(whole, side)[:4])


def _tilt(crop: Image.Image) -> float:
    """Return the turn, in degrees, that gathers the ink in the fewest rows: sides are longest."""
    ink = ImageOps.invert(crop)
    steps = round(_MOST_TILT / _STEP)

    def gathered(degrees: float) -> int:
        turned = ink.rotate(degrees, Image.Resampling.BILINEAR)
        rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
        return sum(row**3 for row in rows)

    return max((step * _STEP for step in range(-steps, steps + 1)), key=gathered)
