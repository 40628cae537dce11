"""What stands out of a seal: a mark that a seal half covers, to the left or to the right."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from partydoc.ocr.patch import Patch

#: The scale on which the ink is looked at.
_DPI = 50
#: A patch that is higher and wider than this, in inches, and not much longer one way, is a seal.
_SEAL, _ROUND = 1.1, 1.4
#: With something beside it, it is so many times as long one way.
_STICKS_OUT = 1.12
#: What stands out is less high than this share of the whole, and at least so wide, in inches.
_LOW, _LEAST = 0.55, 0.25


def is_round(where: Patch, dpi: float) -> bool:
    """Tell whether a patch has the size and the form of a seal."""
    long, short = max(where.width, where.height), min(where.width, where.height)
    return short > _SEAL * dpi and long < _ROUND * short


def parts(ink: Image.Image, where: Patch, dpi: float) -> Iterator[Patch]:
    """Yield what stands out of the seal in a patch, with as much again of what the seal covers."""
    long, short = max(where.width, where.height), min(where.width, where.height)
    if short <= _SEAL * dpi or long < _STICKS_OUT * short:
        return
    factor = max(1, round(dpi / _DPI))
    small = ink.crop(where[:4]).reduce(factor).point([255 * (level < 215) for level in range(256)])
    extents = [_extent(small, x) for x in range(small.width)]
    low = [bottom - top < _LOW * small.height for top, bottom in extents]
    left = low.index(False) if False in low else 0
    right = low[::-1].index(False) if False in low else 0
    for start, end in ((0, left), (small.width - right, small.width)):
        if (end - start) * factor < _LEAST * dpi:
            continue
        inked = [each for each in extents[start:end] if each[1]]
        top, bottom = min(each[0] for each in inked), max(each[1] for each in inked)
        reach = 2 * (end - start)
        first = start if not start else max(0, end - reach)
        last = min(small.width, start + reach) if not start else end
        yield Patch(
            where.left + first * factor, where.top + top * factor,
            where.left + last * factor, where.top + bottom * factor, 0,
        )  # fmt: skip


def _extent(mask: Image.Image, x: int) -> tuple[int, int]:
    """Return from where to where a column is inked; (0, 0) if it is not."""
    box = mask.crop((x, 0, x + 1, mask.height)).getbbox()
    return (box[1], box[3]) if box else (0, 0)
