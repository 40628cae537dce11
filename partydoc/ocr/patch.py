"""Patches: places where ink stands together, found on a small mask of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

from partydoc.document import Box

#: The part of a page, from its top, in which a mark in plain ink is looked for.
HEAD = 0.4
#: What a mark is at least and at most, in inches: width, height (Thông tư 24/2020/TT-BCA, mẫu 02).
_LEAST, _MOST = (0.3, 0.13), (2.2, 0.8)
_MAX_PLAIN = 6


class Patch(NamedTuple):
    """A rectangle, in pixels, with the number of inked pixels in it."""

    left: int
    top: int
    right: int
    bottom: int
    ink: int

    @property
    def width(self) -> int:
        """Its width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return self.bottom - self.top

    def scaled(self, factor: float) -> Patch:
        """Return it on a picture that is so many times as large."""
        left, top, right, bottom = (round(side * factor) for side in self[:4])
        return Patch(left, top, right, bottom, self.ink)


def together(mask: Image.Image) -> Iterator[Patch]:
    """Yield where ink stands together on a mask (mode L, 255 = ink), gaps of 4 pixels bridged."""
    yield from _components(mask.filter(ImageFilter.MaxFilter(5)))


def unread(mask: Image.Image, dpi: float, boxes: Iterable[Box], reach: float = HEAD) -> list[Patch]:
    """Return where ink of the size of a mark lies outside the boxes, the most ink first.

    `reach` is the part of the page, from its top, that is looked at.
    """
    rest = mask.copy()
    pen = ImageDraw.Draw(rest)
    for box in boxes:
        sides = (box.left * mask.width, box.top * mask.height,
                 box.right * mask.width, box.bottom * mask.height)  # fmt: skip
        pen.rectangle(sides, fill=0)
    rest = rest.crop((0, 0, mask.width, round(mask.height * reach)))
    found = [patch for patch in together(rest) if _has_size_of_mark(patch, dpi)]
    found.sort(key=lambda patch: -patch.ink)
    return found[:_MAX_PLAIN]


def _has_size_of_mark(patch: Patch, dpi: float) -> bool:
    size = patch.width / dpi, patch.height / dpi
    return all(low <= side <= high for low, side, high in zip(_LEAST, size, _MOST, strict=True))


def _components(mask: Image.Image) -> Iterator[Patch]:
    width, height = mask.size
    inked = bytearray(mask.tobytes())
    start = -1
    while (start := inked.find(255, start + 1)) >= 0:
        inked[start] = 0
        stack, xs, ys = [start], [], []
        while stack:
            y, x = divmod(stack.pop(), width)
            xs.append(x)
            ys.append(y)
            for there in _neighbours(x, y, width, height):
                if inked[there]:
                    inked[there] = 0
                    stack.append(there)
        yield Patch(min(xs), min(ys), max(xs) + 1, max(ys) + 1, len(xs))


def _neighbours(x: int, y: int, width: int, height: int) -> Iterator[int]:
    if x:
        yield y * width + x - 1
    if x + 1 < width:
        yield y * width + x + 1
    if y:
        yield (y - 1) * width + x
    if y + 1 < height:
        yield (y + 1) * width + x
