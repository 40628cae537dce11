"""Print beneath a stamp of arrival, on a scan in grey or in black and white.

The stamp stands over number and subject, stroke on stroke. Its frame tells how dark its ink is:
where that is paler than print, what has its tone is wiped away, and what hangs together with no
dark core. Where both are black the sides of the frame alone are, but for the strokes across them.
"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

from partydoc.box import Box
from partydoc.ocr import engine, frames, merge, picture, views
from partydoc.ocr.patch import HEAD, Patch
from partydoc.page import Line

#: A stamp of arrival is at least so wide and high, in inches.
_LEAST = (1.4, 0.9)
#: Ink stands so far out of its frame, and a side leans so far, in inches.
_AROUND, _LEAN = 0.12, 0.16
#: A side is at least so long without a gap, and no thicker, in inches.
_RUN, _THICK = 0.2, 0.035
#: Ink of print is darker than this, most of it as the darkest quarter; that of a stamp which can be
#: told from it is so many levels paler, and so even.
_INK, _CORE, _APART, _EVEN = 150, 0.25, 20, 18
#: The tone of a frame is that of the darker third of its sides.
_TONE = 0.35
#: Strokes are followed so many dots from their core.
_FAR = 10


def read(
    grey: Image.Image, dpi: int, reader: engine.Engine, lines: tuple[Line, ...]
) -> tuple[Line, ...]:
    """Return the lines of a page with those that a stamp of arrival covers, if there is one."""
    frame = frame_on(grey, dpi)
    if frame is None:
        return lines
    foot = min(grey.height, frame.bottom + round(_AROUND * dpi))
    head = bare(grey, dpi, frame).crop((0, 0, grey.width, foot))
    zone = Box(0.0, 0.0, 1.0, foot / grey.height)
    again = [line.placed_in(zone) for line in reader.read(head, dpi, engine.COLUMN)]
    return merge.uncovered(lines, again, views.placed(frame, grey))


def frame_on(grey: Image.Image, dpi: float) -> Patch | None:
    """Return the frame of a stamp of arrival at the head of a page in black ink."""
    head = grey.crop((0, 0, grey.width, round(grey.height * HEAD)))
    for each in frames.find(head, dpi, picture.ink_level(head), frames.ARRIVAL):
        if each.width >= _LEAST[0] * dpi and each.height >= _LEAST[1] * dpi:
            return each
    return None


def bare(grey: Image.Image, dpi: float, frame: Patch) -> Image.Image:
    """Return a page without the stamp in a frame, as far as it can be told from print."""
    around = round(_AROUND * dpi)
    left, top = max(0, frame.left - around), max(0, frame.top - around)
    right, bottom = min(grey.width, frame.right + around), min(grey.height, frame.bottom + around)
    crop = grey.crop((left, top, right, bottom))
    within = frame.moved(-left, -top)
    limit = picture.ink_level(grey)
    dark = picture.quantile(grey.histogram()[:_INK], _CORE)
    pale = _tone(crop, picture.below(crop, limit), dpi)
    white = Image.new("L", crop.size, picture.paper(grey))
    if pale is not None and pale - dark >= _APART:
        cleared = _dark_alone(crop, white, limit, (dark + pale) // 2, pale + _EVEN)
    else:
        cleared = Image.composite(white, crop, _sides(picture.below(crop, limit), within, dpi))
    page = grey.copy()
    page.paste(cleared, (left, top))
    return page


def _dark_alone(
    crop: Image.Image, white: Image.Image, limit: int, print_: int, stamp: int
) -> Image.Image:
    """Return a picture without ink between two levels, and what hangs together with none darker."""
    core = picture.below(crop, print_)
    near = core.filter(ImageFilter.MaxFilter(3))
    pale = _squares(ImageChops.subtract(picture.below(crop, stamp), near))
    wiped = ImageChops.subtract(pale.filter(ImageFilter.MaxFilter(3)), near)
    rest = ImageChops.subtract(picture.below(crop, limit), wiped)
    for _ in range(_FAR):
        core = ImageChops.darker(core.filter(ImageFilter.MaxFilter(3)), rest)
    kept = ImageChops.subtract(core.filter(ImageFilter.MaxFilter(3)), wiped)
    return Image.composite(crop, white, ImageChops.lighter(kept, near))


def _tone(crop: Image.Image, mask: Image.Image, dpi: float) -> int | None:
    """Return the level of the sides of a frame, without their edges."""
    length = round(_RUN * dpi)
    runs = ImageChops.lighter(_runs(mask, length), _upright(_runs(_upright(mask), length)))
    inner = runs.filter(ImageFilter.MinFilter(3))
    return picture.quantile(crop.histogram(inner.convert("1")), _TONE) if inner.getbbox() else None


def _sides(mask: Image.Image, frame: Patch, dpi: float) -> Image.Image:
    """Return a mask of the sides of a frame, where no stroke crosses them."""
    level, upright = _strokes(mask, dpi), _upright(_strokes(_upright(mask), dpi))
    lean, out = round(_LEAN * dpi), round(_THICK * dpi)
    left, top, right, bottom = frame[:4]
    inside = (left + lean, top + lean, right - lean, bottom - lean)
    ring = Image.new("L", mask.size)
    ring.paste(255, (left - out, top - out, right + out, bottom + out))
    across, down = ring.copy(), ring
    across.paste(0, (0, inside[1], mask.width, inside[3]))
    down.paste(0, (inside[0], 0, inside[2], mask.height))
    found = ImageChops.lighter(ImageChops.darker(level, across), ImageChops.darker(upright, down))
    return found.filter(ImageFilter.MaxFilter(3))


def _strokes(mask: Image.Image, dpi: float) -> Image.Image:
    """Return the long level strokes of a mask but for where ink goes on above and below."""
    runs = _runs(mask, round(_RUN * dpi))
    rest = ImageChops.subtract(mask, runs).filter(ImageFilter.MaxFilter(3))
    above, below = rest, rest
    for step in range(1, round(_THICK * dpi) + 1):
        above = ImageChops.lighter(above, _moved(rest, 0, step))
        below = ImageChops.lighter(below, _moved(rest, 0, -step))
    return ImageChops.subtract(runs, ImageChops.darker(above, below))


def _runs(mask: Image.Image, length: int) -> Image.Image:
    """Return the dots of a mask that stand in a level run of so many."""
    for towards, combined in ((-1, ImageChops.darker), (1, ImageChops.lighter)):
        done = 1
        while done < length:
            step = min(done, length - done)
            mask = combined(mask, _moved(mask, towards * step, 0))
            done += step
    return mask


def _squares(mask: Image.Image) -> Image.Image:
    """Return the dots of a mask that are part of a square of four."""
    whole = ImageChops.darker(mask, _moved(mask, -1, 0))
    whole = ImageChops.darker(whole, _moved(whole, 0, -1))
    whole = ImageChops.lighter(whole, _moved(whole, 1, 0))
    return ImageChops.lighter(whole, _moved(whole, 0, 1))


def _moved(mask: Image.Image, across: int, down: int) -> Image.Image:
    moved = Image.new("L", mask.size)
    moved.paste(mask, (across, down))
    return moved


def _upright(mask: Image.Image) -> Image.Image:
    return mask.transpose(Image.Transpose.TRANSPOSE)
