"""What befalls paper and scans beyond what the samples show: grain, ghosts of the back, dirt.

Everything is drawn from a `random.Random`, so that the same seed gives the same picture.
"""

from __future__ import annotations

import random
from statistics import NormalDist

from PIL import Image, ImageChops, ImageDraw, ImageFilter


def gaussian_noise(image: Image.Image, sigma: float, chance: random.Random) -> Image.Image:
    """Return a grey image with normally distributed grain of `sigma` grey levels."""
    normal = NormalDist(128, sigma)
    levels = [round(min(255, max(0, normal.inv_cdf((v + 0.5) / 256)))) for v in range(256)]
    return ImageChops.add(image, _random(image.size, chance).point(levels), offset=-128)


def salt_and_pepper(image: Image.Image, chance: random.Random, parts: int = 1) -> Image.Image:
    """Return a grey image with `parts` in 256 of its dots black and as many white."""
    dots = _random(image.size, chance)
    dark = dots.point([0 if v < parts else 255 for v in range(256)])
    light = dots.point([255 if v > 255 - parts else 0 for v in range(256)])
    return ImageChops.lighter(ImageChops.darker(image, dark), light)


def show_through(image: Image.Image, back: Image.Image, share: float = 0.24) -> Image.Image:
    """Return the image with the back of the sheet seen through it, `share` as dark."""
    ghost = back.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    ghost = ghost.filter(ImageFilter.GaussianBlur(2))
    ghost = ghost.point([round(255 - (255 - v) * share) for v in range(256)])
    return ImageChops.multiply(image.convert("RGB"), Image.merge("RGB", (ghost,) * 3))


def typed(image: Image.Image, chance: random.Random, cell_mm: float = 2.2) -> Image.Image:
    """Return the image as a worn ribbon types it: bold strokes, some letters black, some grey."""
    dot = max(image.size) / 297
    spread = 1 + 2 * round(dot / 12)  # ink spreads by a twelfth of a millimetre
    columns, rows = (max(2, round(side / dot / cell_mm)) for side in image.size)
    force = _random((columns, rows), chance).point([165 + v * 90 // 255 for v in range(256)])
    force = force.resize(image.size, Image.Resampling.BILINEAR)
    inked = ImageChops.invert(image.convert("RGB").filter(ImageFilter.MinFilter(spread)))
    return ImageChops.invert(ImageChops.multiply(inked, Image.merge("RGB", (force,) * 3)))


def dirt(image: Image.Image, chance: random.Random, specks: int = 90) -> Image.Image:
    """Return the image with black specks of one to three dots."""
    result = image.copy()
    draw = ImageDraw.Draw(result)
    for _ in range(specks):
        x, y = chance.randrange(image.width), chance.randrange(image.height)
        wide, high = chance.randint(0, 2), chance.randint(0, 2)
        draw.rectangle((x, y, x + wide, y + high), fill=0)
    return result


def _random(size: tuple[int, int], chance: random.Random) -> Image.Image:
    return Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
