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
from partydoc.ocr import engine, picture

#: Red must stand this far above green and blue; faded stamps keep about 30.
_RED = 24
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


class _Patch(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int
    ink: int

    def scaled(self, factor: int) -> _Patch:
        left, top, right, bottom = (side * factor for side in self[:4])
        return _Patch(left, top, right, bottom, self.ink)


def red_ink(image: Image.Image) -> Image.Image | None:
    """Return the red ink of a page, dark on white (mode L); None where there is none."""
    red, green, blue = image.split()
    excess = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    small = excess.reduce(8)
    paper = sorted(small.tobytes())[small.width * small.height // 2]  # old paper is reddish too
    if picture.brightest(small) < paper + _RED:
        return None
    table = [255 - min(255, max(0, level - paper - _RED // 2) * 4) for level in range(256)]
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
    return [patch.scaled(factor) for patch in found[:_MAX_PATCHES]]


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
    place = Box(box[0] / red.width, box[1] / red.height, box[2] / red.width, box[3] / red.height)
    seen: set[str] = set()
    for view, mode in _views(crop):
        for line in reader.read(view, _READ_DPI, mode):
            if line.text not in seen and any(char.isalpha() for char in line.text):
                seen.add(line.text)
                yield Line(tuple(_placed(word, place) for word in line.words))


def _views(crop: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """Yield the pictures of a patch that are read, each with how.

    None of them reads every stamp; together they found 115 of 120 where the best found 86.
    """
    yield crop, engine.SPARSE
    straight = crop.rotate(_tilt(crop), Image.Resampling.BICUBIC, fillcolor=255)
    yield straight, engine.SPARSE
    if min(crop.size) > _SEAL * _READ_DPI:
        return
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
    patch = inked.crop((left, top, right, bottom))
    edge = max(3, round(_EDGE * patch.height))
    bare = crop.copy()
    for y in _sides(patch.resize((1, patch.height), Image.Resampling.BOX).tobytes(), edge):
        bare.paste(255, (0, top + y - 2, crop.width, top + y + 3))
    for x in _sides(patch.resize((patch.width, 1), Image.Resampling.BOX).tobytes(), edge):
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
        place.left + word.box.left * width,
        place.top + word.box.top * height,
        place.left + word.box.right * width,
        place.top + word.box.bottom * height,
    )
    return Word(word.text, box, word.confidence)
