"""Marks set on a page: pressed by a rubber stamp, or printed. Places are millimetres on A4."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

RED, VIOLET, BLUE, BLACK = (200, 30, 46), (104, 50, 146), (34, 62, 156), (24, 24, 26)
_FONTS = Path("/usr/share/fonts/truetype")
#: Stamps are cut twice as large and brought down, for smooth edges.
_FINE = 2
_TRIES = 300
#: A place is free if no dot in it is darker; over text its mean is between these.
_BLANK = 190
_TEXT = (196, 236)

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Die:
    """A stamp: its lines, the height of their capitals in millimetres, and its frames (0, 1, 2).

    `fade` is how far its ink has paled (0..1), `wear` how much of it did not reach the paper.
    """

    lines: tuple[str, ...]
    face: str
    colour: Colour = RED
    capital: float = 3.6
    frames: int = 1
    fade: float = 0.0
    wear: float = 0.25

    @property
    def size(self) -> Point:
        """Width and height in millimetres."""
        widest = max(font(self.face, 100).getlength(line) for line in self.lines) / 100
        return widest * self.capital * 1.45 + 5, len(self.lines) * self.capital * 1.7 + 2.4


@cache
def font(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Return a typeface by its place under the font folder: "freefont/FreeSansBold"."""
    found = sorted(_FONTS.glob(face + ".ttf"))
    if not found:
        raise FileNotFoundError(
            f"{face} is missing: apt install fonts-liberation2 fonts-freefont-ttf"
        )
    return ImageFont.truetype(found[-1], pixels, layout_engine=ImageFont.Layout.BASIC)


def stamp(
    image: Image.Image, die: Die, centre: Point, angle: float, chance: random.Random
) -> Image.Image:
    """Return the page with a stamp pressed over whatever stands there, `angle` in degrees."""
    unit = _unit(image) * _FINE
    wide, high = die.size
    patch = Image.new("RGB", (round(wide * unit), round(high * unit)), "white")
    pen = ImageDraw.Draw(patch)
    ink: Colour = tuple(round(level + (255 - level) * die.fade) for level in die.colour)  # type: ignore[assignment]
    for inset in (0.3, 1.3)[: die.frames]:
        edge = inset * unit
        pen.rectangle(
            (edge, edge, patch.width - edge, patch.height - edge), None, ink, round(0.45 * unit)
        )
    face = font(die.face, round(die.capital * 1.45 * unit))
    step = patch.height / len(die.lines)
    for i, line in enumerate(die.lines):
        pen.text((patch.width / 2, (i + 0.5) * step), line, ink, face, anchor="mm")
    patch = _worn(patch, die.wear, unit, chance)
    patch = patch.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    small = (max(1, patch.width // _FINE), max(1, patch.height // _FINE))
    return _multiplied(image, patch.resize(small, Image.Resampling.LANCZOS), centre)


def printed(image: Image.Image, text: str, face: str, centre: Point, points: float) -> Image.Image:
    """Return the page with a line printed in black."""
    unit = _unit(image)
    result = image.copy()
    type_face = font(face, round(points * unit * 25.4 / 72))
    place = (centre[0] * unit, centre[1] * unit)
    ImageDraw.Draw(result).text(place, text, BLACK, type_face, anchor="mm")
    return result


def free(image: Image.Image, size: Point, chance: random.Random, zone: Point = (8, 95)) -> Point:
    """Return a place of this size without print, its centre in a zone; else the emptiest."""
    tried = [(_darkest(image, where, size), where) for where in _places(size, chance, zone)]
    return next((where for dark, where in tried if dark > _BLANK), max(tried)[1])


def over_text(
    image: Image.Image, size: Point, chance: random.Random, zone: Point = (20, 110)
) -> Point:
    """Return a place of this size, about half of which is printed over."""
    middle = sum(_TEXT) / 2
    tried = [(_mean(image, where, size), where) for where in _places(size, chance, zone)]
    fit = (where for mean, where in tried if _TEXT[0] < mean < _TEXT[1])
    return next(fit, min(tried, key=lambda each: abs(each[0] - middle))[1])


def _places(size: Point, chance: random.Random, zone: Point) -> list[Point]:
    edge = size[0] / 2 + 14
    return [(chance.uniform(edge, 210 - edge), chance.uniform(*zone)) for _ in range(_TRIES)]


def _darkest(image: Image.Image, centre: Point, size: Point) -> int:
    low, _ = _part(image, centre, (size[0] + 2, size[1] + 2)).getextrema()
    return int(low)  # type: ignore[arg-type]


def _mean(image: Image.Image, centre: Point, size: Point) -> float:
    part = _part(image, centre, size)
    return sum(part.tobytes()) / max(1, part.width * part.height)


def _part(image: Image.Image, centre: Point, size: Point) -> Image.Image:
    unit = _unit(image)
    (x, y), (wide, high) = centre, size
    box = (
        (x - wide / 2) * unit,
        (y - high / 2) * unit,
        (x + wide / 2) * unit,
        (y + high / 2) * unit,
    )
    left, top, right, bottom = map(round, box)
    part = image.crop((max(0, left), max(0, top), right, bottom)).convert("L")
    return part.resize((max(1, part.width // 3), max(1, part.height // 3)), Image.Resampling.BOX)


def _worn(patch: Image.Image, wear: float, unit: float, chance: random.Random) -> Image.Image:
    """Lighten the ink in soft patches of a millimetre and a half; above 0.5 some of it is gone."""
    columns, rows = (max(2, round(side / unit / 1.5)) for side in patch.size)
    coarse = Image.frombytes("L", (columns, rows), chance.randbytes(columns * rows))
    left = [round(255 * min(1.0, max(0.0, 1 - wear * (1.6 - level / 128)))) for level in range(256)]
    mask = coarse.resize(patch.size, Image.Resampling.BICUBIC).point(left)
    return Image.composite(patch, Image.new("RGB", patch.size, "white"), mask)


def _multiplied(image: Image.Image, patch: Image.Image, centre: Point) -> Image.Image:
    unit = _unit(image)
    left = round(centre[0] * unit - patch.width / 2)
    top = round(centre[1] * unit - patch.height / 2)
    whole = Image.new("RGB", image.size, "white")
    whole.paste(patch, (left, top))
    return ImageChops.multiply(image.convert("RGB"), whole)


def _unit(image: Image.Image) -> float:
    """Return the pixels that make one millimetre."""
    return max(image.size) / 297
