"""Patches: places where ink stands together, found on a small mask of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

from partydoc.box import Box

#: The part of a page, from its top, in which a mark in plain ink is looked for.
HEAD = 0.4
#: What a mark is at least and at most, in inches: width, height (Thông tư 24/2020/TT-BCA, mẫu 02);
#: the longest, turned by 20 degrees, is an inch high.
_LEAST, _MOST = (0.3, 0.13), (2.2, 1.0)
_MAX_PLAIN = 6
#: So much of its height around a word belongs to it: its box is that of its font.
_MARGIN = 0.15


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

    def joined(self, other: Patch) -> Patch:
        """Return the patch around both."""
        return Patch(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom), self.ink + other.ink,
        )  # fmt: skip

    def moved(self, right: int, down: int) -> Patch:
        """Return it on the picture from which its own was cut out, so far from the corner."""
        return Patch(
            self.left + right, self.top + down, self.right + right, self.bottom + down, self.ink
        )


def together(mask: Image.Image) -> Iterator[Patch]:
    """Yield where ink stands together on a mask (mode L, 255 = ink), gaps of 4 pixels bridged."""
    spread = mask.filter(ImageFilter.BoxBlur(2)).point([0] + [255] * 255)
    yield from _components(spread)


def uncovered(mask: Image.Image, boxes: Iterable[Box], paper: int = 0) -> Image.Image:
    """Return the ink of a mask, or of a page if `paper` is 255, that lies outside the boxes."""
    rest = mask.copy()
    pen = ImageDraw.Draw(rest)
    for box in boxes:
        sides = (box.left * mask.width, box.top * mask.height,
                 box.right * mask.width, box.bottom * mask.height)  # fmt: skip
        pen.rectangle(sides, fill=paper)
    return rest


def only(page: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """Return a page on which nothing is left but what stands in the boxes, and close to them."""
    kept = Image.new(page.mode, page.size, "white")
    for box in boxes:
        margin = _MARGIN * (box.bottom - box.top) * page.height
        sides = (
            round(box.left * page.width - margin),
            round(box.top * page.height - margin),
            round(box.right * page.width + margin),
            round(box.bottom * page.height + margin),
        )
        sides = (max(0, sides[0]), max(0, sides[1]), *sides[2:])  # fmt: skip
        kept.paste(page.crop(sides), sides[:2])
    return kept


def marks(rest: Image.Image, dpi: float, reach: float = HEAD) -> list[Patch]:
    """Return the patches of the size of a mark, the most ink first.

    `reach` is the part of the page, from its top, that is looked at.
    """
    zone = rest.crop((0, 0, rest.width, round(rest.height * reach)))
    found = [patch for patch in together(zone) if has_size_of_mark(patch, dpi)]
    found.sort(key=lambda patch: -patch.ink)
    return found[:_MAX_PLAIN]


def has_size_of_mark(patch: Patch, dpi: float) -> bool:
    """Tell whether a patch is neither too small nor too large for a mark."""
    size = patch.width / dpi, patch.height / dpi
    return all(low <= side <= high for low, side, high in zip(_LEAST, size, _MOST, strict=True))


class _Run(NamedTuple):
    """Ink in one row from `left` up to `right`, and the patch it belongs to."""

    left: int
    right: int
    label: int


def _components(mask: Image.Image) -> Iterator[Patch]:
    """Join runs of ink with those they touch in the row above."""
    inked, width = mask.tobytes(), mask.width
    parents: list[int] = []
    boxes: dict[int, Patch] = {}
    above: list[_Run] = []
    for y in range(mask.height):
        runs = []
        for left, right in _runs(inked, y * width, width):
            touching = {_root(parents, run.label) for run in above
                        if run.left < right and left < run.right}  # fmt: skip
            label = min(touching, default=len(parents))
            if not touching:
                parents.append(label)
            whole = Patch(left, y, right, y + 1, right - left)
            for each in touching:
                parents[each] = label
                whole = whole.joined(boxes.pop(each))
            boxes[label] = whole
            runs.append(_Run(left, right, label))
        above = runs
    yield from boxes.values()


def _runs(inked: bytes, start: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield where the runs of ink in a row begin and end."""
    end = start + width
    right = start
    while (left := inked.find(255, right, end)) >= 0:
        right = inked.find(0, left, end)
        right = end if right < 0 else right
        yield left - start, right - start


def _root(parents: list[int], label: int) -> int:
    while parents[label] != label:
        label = parents[label]
    return label
