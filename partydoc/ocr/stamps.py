"""Lines in red ink: secrecy marks, arrival stamps, seals.

They are taken out of the picture that is read as text, so they are read apart. A secrecy mark
that is overlooked lets a secret document through: every red patch is read, as it stands and
straightened, and what any reading sees is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageOps

from partydoc.document import Box, Line, Word
from partydoc.ocr import engine

#: Red must stand this far above green and blue; faded stamps keep about 30.
_RED = 24
_PATCH_DPI = 25
_READ_DPI = 200
#: A patch is as wide as a short word in the smallest stamp, in inches.
_SHORTEST = 0.25
_MAX_PATCHES = 12
_TILTS = (0, -5, 5)


class _Patch(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int
    ink: int


def red_ink(image: Image.Image) -> Image.Image | None:
    """Return the red ink of a page, dark on white (mode L); None where there is none."""
    red, green, blue = image.split()
    excess = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    if excess.reduce(8).getextrema()[1] < _RED:
        return None
    table = [255 - min(255, max(0, level - _RED // 2) * 4) for level in range(256)]
    return excess.point(table)


def patches(red: Image.Image, dpi: float) -> list[_Patch]:
    """Return where red ink stands together, in pixels, the biggest first."""
    factor = max(1, round(dpi / _PATCH_DPI))
    small = red.reduce(factor).point([255 if level < 215 else 0 for level in range(256)])
    small = small.filter(ImageFilter.MaxFilter(5))
    shortest = _SHORTEST * dpi / factor
    found = [
        patch
        for patch in _components(small)
        if max(patch.right - patch.left, patch.bottom - patch.top) >= shortest
    ]
    found.sort(key=lambda patch: -patch.ink)
    return [
        _Patch(*(side * factor for side in patch[:4]), patch.ink) for patch in found[:_MAX_PATCHES]
    ]


def _components(mask: Image.Image) -> Iterator[_Patch]:
    width, height = mask.size
    inked = bytearray(mask.tobytes())
    for start in range(len(inked)):
        if not inked[start]:
            continue
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
        yield _Patch(min(xs), min(ys), max(xs) + 1, max(ys) + 1, len(xs))


def _neighbours(x: int, y: int, width: int, height: int) -> Iterator[int]:
    if x:
        yield y * width + x - 1
    if x + 1 < width:
        yield y * width + x + 1
    if y:
        yield (y - 1) * width + x
    if y + 1 < height:
        yield (y + 1) * width + x


def read(image: Image.Image, dpi: float, reader: engine.Engine) -> tuple[Line, ...]:
    """Return the lines found in red ink on a page in colour."""
    red = red_ink(image)
    if red is None:
        return ()
    lines: list[Line] = []
    for patch in patches(red, dpi):
        lines += _read_patch(red, patch, dpi, reader)
    return tuple(Line(line.words, block) for block, line in enumerate(lines, 1))


def _read_patch(
    red: Image.Image, patch: _Patch, dpi: float, reader: engine.Engine
) -> Iterator[Line]:
    margin = round(dpi / 12)
    box = (
        max(0, patch.left - margin),
        max(0, patch.top - margin),
        min(red.width, patch.right + margin),
        min(red.height, patch.bottom + margin),
    )
    crop = ImageOps.expand(red.crop(box), margin, 255)
    scale = _READ_DPI / dpi
    size = (max(1, round(crop.width * scale)), max(1, round(crop.height * scale)))
    crop = crop.resize(size, Image.Resampling.BICUBIC)
    place = Box(
        box[0] / red.width, box[1] / red.height, box[2] / red.width, box[3] / red.height
    )
    seen: set[str] = set()
    for tilt in _TILTS:
        turned = crop.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255) if tilt else crop
        for line in reader.read(turned, _READ_DPI, engine.SPARSE):
            if line.text not in seen and any(char.isalpha() for char in line.text):
                seen.add(line.text)
                yield Line(tuple(_placed(word, place) for word in line.words))


def _placed(word: Word, place: Box) -> Word:
    width, height = place.right - place.left, place.bottom - place.top
    box = Box(
        place.left + word.box.left * width,
        place.top + word.box.top * height,
        place.left + word.box.right * width,
        place.top + word.box.bottom * height,
    )
    return Word(word.text, box, word.confidence)
