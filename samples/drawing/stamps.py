"""Rubber stamps in coloured ink, pressed over whatever stands on the page.

Places are millimetres from the top left corner of an upright A4 page.
"""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageDraw

from .ink import handwrite
from .sheet import Style, font

RED = (205, 28, 44)
VIOLET = (98, 52, 148)
Colour = tuple[int, int, int]
Point = tuple[float, float]

_FINE = 2  # patches are drawn twice as large and brought down, for smooth edges


def seal(
    image: Image.Image,
    centre_mm: Point,
    ring: tuple[str, str] = ("XÃ ĐỒNG MẪU", "T. THỬ NGHIỆM"),
    middle: tuple[str, ...] = ("ĐẢNG UỶ",),
    diameter: float = 36,
) -> Image.Image:
    """Return the image with a round red seal: text around it, a star and lines in the middle."""
    unit = _unit(image)
    size = round(diameter * unit)
    patch = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(patch)
    for inset, thickness in ((0.3, 0.9), (1.8, 0.35), (diameter * 0.2, 0.35)):
        edge = inset * unit
        box = (edge, edge, size - edge, size - edge)
        draw.ellipse(box, outline=RED, width=round(thickness * unit))
    _around(patch, ring[0], -90, diameter * 0.4 * unit, 2.9 * unit)
    _around(patch, ring[1], 90, diameter * 0.4 * unit, 2.9 * unit)
    _star(draw, (size / 2, size * 0.36), 2.3 * unit)
    for i, line in enumerate(middle):
        y = size * 0.5 + i * 3.6 * unit
        draw.text((size / 2, y), line, RED, font("bold", 3.1 * unit), anchor="mm")
    return press(image, patch, centre_mm, angle=random.Random(ring[0]).uniform(-8, 8))


def stamp(
    image: Image.Image,
    text: str,
    centre_mm: Point,
    colour: Colour = RED,
    size_mm: Point | None = None,
    angle: float = 1.2,
) -> Image.Image:
    """Return the image with a framed stamp of bold lines, such as `MẬT`.

    Without `size_mm` the frame is as wide as its text; TUYỆT MẬT and TỐI MẬT get the double
    frame of Thông tư 24/2020/TT-BCA.
    """
    unit = _unit(image)
    lines = text.split("\n")
    heights = [5.4 if i == 0 else 3.8 for i in range(len(lines))]
    longest = max(
        font("bold", high * unit).getlength(line) for line, high in zip(lines, heights, strict=True)
    )
    wide, high = size_mm or (longest / unit + 5, sum(heights) * 1.15 + 2.6)
    patch = Image.new("RGB", (round(wide * unit), round(high * unit)), "white")
    draw = ImageDraw.Draw(patch)
    _frame(draw, patch.size, colour, unit, double=lines[0] != "MẬT")
    y = high / 2 - sum(heights) * 1.12 / 2
    for line, height in zip(lines, heights, strict=True):
        centre = (patch.width / 2, (y + height * 0.56) * unit)
        draw.text(centre, line, colour, font("bold", height * unit), anchor="mm")
        y += height * 1.12
    return press(image, patch, centre_mm, angle)


def arrival_stamp(
    image: Image.Image, centre_mm: Point, office: str, number: str, date: str
) -> Image.Image:
    """Return the image with the ĐẾN stamp of 50 x 35 mm; number and `dd/mm/yyyy` by hand."""
    unit = _unit(image)
    patch = Image.new("RGB", (round(50 * unit), round(35 * unit)), "white")
    draw = ImageDraw.Draw(patch)
    _frame(draw, patch.size, VIOLET, unit, double=False)
    draw.text((25 * unit, 5 * unit), office, VIOLET, font("bold", 3.3 * unit), anchor="mm")
    draw.text((12 * unit, 15.5 * unit), "ĐẾN", VIOLET, font("bold", 5.6 * unit), anchor="mm")
    rows = (("Số: ..................", 12.5), ("Ngày: ...............", 19.5))
    for label, y in rows:
        draw.text((23 * unit, y * unit), label, VIOLET, font("regular", 3.6 * unit), anchor="ls")
    small = font("regular", 3.6 * unit)
    draw.text(
        (4 * unit, 26 * unit), "Chuyển: ................................", VIOLET, small, "ls"
    )
    draw.text((4 * unit, 32 * unit), "Số và ký hiệu HS: ...............", VIOLET, small, "ls")
    patch = handwrite(patch, number, (31 * unit, 12 * unit), 5 * unit)
    patch = handwrite(patch, date, (31.5 * unit, 19 * unit), 2.6 * unit)
    return press(image, patch, centre_mm, angle=-1.6, level=0)


def _unit(image: Image.Image) -> float:
    """Return the pixels of a patch that make one millimetre."""
    return max(image.size) / 297 * _FINE


def _frame(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], colour: Colour, unit: float, double: bool
) -> None:
    for inset in (0.3, 1.2) if double else (0.3,):
        edge = inset * unit
        box = (edge, edge, size[0] - edge, size[1] - edge)
        draw.rectangle(box, outline=colour, width=round(0.45 * unit))


def _around(patch: Image.Image, text: str, middle: float, radius: float, size: float) -> None:
    """Set text along a circle, centred on the angle `middle`; -90 is the top, 90 the foot."""
    style: Style = "bold"
    face = font(style, size)
    outward = 1 if middle < 0 else -1
    step = math.degrees(size * 0.82 / radius)
    start = middle - outward * step * (len(text) - 1) / 2
    for i, char in enumerate(text):
        angle = start + outward * i * step
        tile = Image.new("L", (round(size * 2), round(size * 2)))
        ImageDraw.Draw(tile).text((size, size), char, 255, face, anchor="mm")
        tile = tile.rotate(-angle - 90 * outward, Image.Resampling.BICUBIC)
        x = patch.width / 2 + radius * math.cos(math.radians(angle)) - size
        y = patch.height / 2 + radius * math.sin(math.radians(angle)) - size
        patch.paste(RED, (round(x), round(y)), tile)


def _star(draw: ImageDraw.ImageDraw, centre: Point, radius: float) -> None:
    points = []
    for i in range(10):
        reach = radius if i % 2 == 0 else radius * 0.4
        angle = math.radians(-90 + 36 * i)
        points.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    draw.polygon(points, fill=RED)


def press(
    image: Image.Image, patch: Image.Image, centre_mm: Point, angle: float, level: int = 1
) -> Image.Image:
    """Multiply the patch into the image, turned by `angle`, with the patchiness of real ink."""
    if level:
        patch = _wear(patch)
    patch = patch.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    patch = patch.resize((patch.width // _FINE, patch.height // _FINE), Image.Resampling.LANCZOS)
    dot = max(image.size) / 297
    left = round(centre_mm[0] * dot - patch.width / 2)
    top = round(centre_mm[1] * dot - patch.height / 2)
    box = (left, top, left + patch.width, top + patch.height)
    result = image.convert("RGB")
    result.paste(ImageChops.multiply(result.crop(box), patch), box)
    return result


def _wear(patch: Image.Image) -> Image.Image:
    """Lighten the ink in soft random patches."""
    chance = random.Random(patch.width)
    columns, rows = max(2, patch.width // 24), max(2, patch.height // 24)
    coarse = Image.frombytes("L", (columns, rows), chance.randbytes(columns * rows))
    mask = coarse.resize(patch.size, Image.Resampling.BICUBIC).point(lambda v: 175 + v * 80 // 255)
    return Image.composite(patch, Image.new("RGB", patch.size, "white"), mask)
