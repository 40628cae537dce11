"""Figures written by hand: ten hands, each with its own forms, slant, width, pressure and ink."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image

from samples.drawing.ink import draw_strokes

Point = tuple[float, float]
Stroke = tuple[Point, ...]

PENCIL = (120, 120, 124)
_INKS = ((30, 42, 150), (24, 60, 170), (60, 64, 120), (28, 28, 34), (20, 24, 110))

# Ways to write each figure, as strokes of points: x to the right, y up, in a box 0.6 by 1.
_WAYS: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": (
        (((0.3, 1), (0.05, 0.7), (0.08, 0.15), (0.3, 0), (0.52, 0.3), (0.48, 0.85), (0.3, 1)),),
        (((0.4, 0.95), (0.1, 0.85), (0.02, 0.4), (0.2, 0.02), (0.5, 0.2), (0.5, 0.75),
          (0.25, 1.03)),),
    ),
    "1": (
        (((0.1, 0.72), (0.32, 1), (0.29, 0.5), (0.27, 0)),),
        (((0.3, 1), (0.28, 0.5), (0.27, 0)),),
        (((0.05, 0.66), (0.3, 1), (0.28, 0)), ((0.1, 0), (0.46, 0.02))),
    ),
    "2": (
        (((0.06, 0.78), (0.3, 1), (0.5, 0.75), (0.25, 0.3), (0.03, 0.02), (0.58, 0.05)),),
        (
            ((0.08, 0.82), (0.34, 1), (0.48, 0.7), (0.1, 0.06), (0.05, 0.16), (0.2, 0.14),
             (0.58, 0)),
        ),
    ),
    "3": (
        (((0.08, 0.9), (0.34, 1), (0.46, 0.78), (0.2, 0.54), (0.52, 0.36), (0.36, 0.02),
          (0.03, 0.1)),),
        (((0.06, 0.98), (0.5, 0.98), (0.24, 0.58), (0.52, 0.36), (0.34, 0), (0.04, 0.06)),),
    ),
    "4": (
        (((0.34, 1), (0.04, 0.36), (0.58, 0.4)), ((0.44, 0.7), (0.36, -0.06))),
        (((0.12, 0.98), (0.06, 0.46), (0.54, 0.5)), ((0.5, 1), (0.4, -0.05))),
    ),
    "5": (
        (((0.14, 0.97), (0.08, 0.56), (0.36, 0.6), (0.48, 0.28), (0.26, 0), (0.03, 0.1)),
         ((0.14, 0.97), (0.54, 1))),
        (((0.52, 1), (0.16, 0.96), (0.1, 0.58), (0.42, 0.56), (0.44, 0.14), (0.18, 0),
          (0.02, 0.1)),),
    ),
    "6": (
        (((0.46, 1), (0.12, 0.6), (0.08, 0.15), (0.3, 0), (0.5, 0.22), (0.32, 0.46), (0.1, 0.3)),),
        (((0.34, 1.05), (0.08, 0.5), (0.16, 0.02), (0.44, 0.1), (0.4, 0.42), (0.12, 0.26)),),
    ),
    "7": (
        (((0.04, 0.94), (0.56, 0.98), (0.32, 0.5), (0.2, 0)), ((0.14, 0.48), (0.46, 0.52))),
        (((0.04, 0.86), (0.1, 0.98), (0.54, 0.98), (0.24, -0.04)),),
    ),
    "8": (
        (((0.46, 0.84), (0.24, 1), (0.1, 0.76), (0.46, 0.3), (0.28, 0), (0.06, 0.22), (0.48, 0.78),
          (0.44, 0.9)),),
        (((0.3, 0.54), (0.08, 0.76), (0.28, 1), (0.46, 0.78), (0.3, 0.54), (0.06, 0.24), (0.28, 0),
          (0.52, 0.22), (0.3, 0.54)),),
    ),
    "9": (
        (((0.48, 0.78), (0.24, 0.98), (0.08, 0.7), (0.3, 0.5), (0.5, 0.8), (0.42, 0.3), (0.2, 0)),),
        (((0.46, 0.84), (0.2, 1), (0.1, 0.62), (0.4, 0.6), (0.48, 0.9), (0.46, 0.4),
          (0.44, -0.04)),),
    ),
    "/": ((((0.5, 1.05), (0.06, -0.1)),),),
    "-": ((((0.08, 0.42), (0.5, 0.46)),),),
}  # fmt: skip


@dataclass(frozen=True)
class Hand:
    """One person's way of writing; `forms` says which way each figure is written."""

    slant: float
    width: float
    size: float
    wobble: float
    pressure: float
    ink: tuple[int, int, int]
    forms: dict[str, int]

    def advance(self, size: float) -> float:
        """Return how far apart figures stand at a size."""
        return size * self.size * self.width * 0.66


@cache
def hand(number: int) -> Hand:
    """Return hand 0 to 9, the same each time."""
    chance = random.Random(f"hand {number}")
    return Hand(
        chance.uniform(-0.02, 0.42), chance.uniform(0.85, 1.2), chance.uniform(1.0, 1.35),
        chance.uniform(0.008, 0.03), chance.uniform(0.06, 0.1), chance.choice(_INKS),
        {figure: chance.randrange(len(ways)) for figure, ways in _WAYS.items()},
    )  # fmt: skip


def write(
    image: Image.Image, text: str, place: Point, size: float, by: Hand, chance: random.Random,
    ink: tuple[int, int, int] | None = None,
) -> Image.Image:  # fmt: skip
    """Return the image with figures written at `place` (pixels, baseline), `size` pixels high."""
    strokes = []
    x, y = place
    tall = size * by.size * 0.78
    climb = chance.uniform(-0.05, 0.05)
    for char in text:
        if char in _WAYS:
            drop = chance.uniform(-0.05, 0.05) * size
            grow = chance.uniform(0.88, 1.12)
            for stroke in _WAYS[char][by.forms[char]]:
                shaken = [_shaken(point, by, chance) for point in stroke]
                strokes.append([(x + px * tall * grow, y + drop - py * tall * grow)
                                for px, py in _smooth(shaken)])  # fmt: skip
        x += by.advance(size) * chance.uniform(0.85, 1.1)
        y -= climb * size
    return draw_strokes(image, strokes, max(1.2, size * by.pressure), ink or by.ink)


def _shaken(point: Point, by: Hand, chance: random.Random) -> Point:
    across, up = point
    up += chance.gauss(0, by.wobble)
    return (across * by.width + by.slant * up + chance.gauss(0, by.wobble), up)


def _smooth(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """Return points on a Catmull-Rom curve through `points`."""
    ends = [points[0], *points, points[-1]]
    curve = []
    for four in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3,
                       t + 4 * t**2 - 3 * t**3, t**3 - t**2)  # fmt: skip
            x, y = (sum(w * p[i] for w, p in zip(weights, four, strict=True)) for i in (0, 1))
            curve.append((x / 2, y / 2))
    return [*curve, points[-1]]
