"""Punch holes for filing: round and solid, near the edge of the paper (ISO 838: 6 mm, 12 mm in)."""

from __future__ import annotations

from PIL import Image

from partydoc.ocr.patch import Patch, together

#: Inches: how far from the edge a hole ends at most, and what its width and height are.
_REACH, _LEAST, _MOST = 1.0, 0.12, 0.42
#: The longer side is no more than so many times the other, and so much of both is ink: a disc has
#: 0.79 of its square.
_ROUND, _SOLID = 1.3, 0.65


def is_hole(mask: Image.Image, where: Patch, dpi: float) -> bool:
    """Tell whether a patch of a mask (mode L, 255 = ink) is a hole; no stamp is round and solid."""
    reach = _REACH * dpi
    inwards = (where.right, where.bottom, mask.width - where.left, mask.height - where.top)
    if min(inwards) > reach:
        return False
    crop = mask.crop(where[:4])
    box = crop.getbbox()
    if not box:
        return False
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) < _LEAST * dpi or max(width, height) > _MOST * dpi:
        return False
    return max(width, height) <= _ROUND * min(width, height) and _is_disc(crop.crop(box))


def _is_disc(mask: Image.Image) -> bool:
    """Tell whether a mask is full of ink, and none is in its corners: letters reach into them."""
    right, bottom = mask.width - 1, mask.height - 1
    corners = ((0, 0), (right, 0), (0, bottom), (right, bottom))
    solid = mask.histogram()[255] >= _SOLID * mask.width * mask.height
    return solid and not any(mask.getpixel(corner) for corner in corners)


def wiped(mask: Image.Image, dpi: float) -> Image.Image:
    """Return a mask without the holes in it."""
    found = [each for each in together(mask) if is_hole(mask, each, dpi)]
    bare = mask.copy() if found else mask
    for hole in found:
        bare.paste(0, hole[:4])
    return bare
