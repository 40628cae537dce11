"""Handwriting in blue ink: figures and signatures drawn as wobbling strokes."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

from .sheet import HAND_ADVANCE

BLUE = (38, 52, 140)
Point = tuple[float, float]

# Each figure as strokes of points: x to the right, y up, in a box 0.6 wide and 1 high.
_FIGURES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "0": (((0.32, 1), (0.05, 0.75), (0.05, 0.2), (0.28, 0), (0.52, 0.25), (0.5, 0.8), (0.28, 1)),),
    "1": (((0.08, 0.7), (0.32, 1), (0.3, 0.5), (0.27, 0)),),
    "2": (((0.06, 0.78), (0.3, 1), (0.5, 0.75), (0.25, 0.3), (0.03, 0.02), (0.58, 0.05)),),
    "3": (
        ((0.08, 0.88), (0.32, 1), (0.48, 0.78), (0.22, 0.54)),
        ((0.22, 0.54), (0.52, 0.38), (0.38, 0.02), (0.04, 0.08)),
    ),
    "4": (((0.34, 1), (0.04, 0.36), (0.58, 0.4)), ((0.46, 0.7), (0.38, -0.05))),
    "5": (
        ((0.14, 0.97), (0.08, 0.56), (0.36, 0.6), (0.48, 0.28), (0.26, 0), (0.03, 0.1)),
        ((0.14, 0.97), (0.54, 1)),
    ),
    "6": (((0.46, 1), (0.12, 0.6), (0.08, 0.15), (0.3, 0), (0.5, 0.22), (0.32, 0.46), (0.1, 0.3)),),
    "7": (((0.04, 0.94), (0.56, 0.98), (0.32, 0.5), (0.2, 0)), ((0.14, 0.48), (0.46, 0.52))),
    "8": (
        (
            (0.46, 0.84), (0.24, 1), (0.1, 0.76), (0.46, 0.3), (0.28, 0), (0.06, 0.22),
            (0.48, 0.78), (0.44, 0.9),
        ),
    ),
    "9": (
        ((0.48, 0.78), (0.24, 0.98), (0.08, 0.7), (0.3, 0.5), (0.5, 0.8), (0.42, 0.3), (0.2, 0)),
    ),
    "/": (((0.5, 1.05), (0.06, -0.1)),),
    "-": (((0.1, 0.42), (0.5, 0.46)),),
}  # fmt: skip


def handwrite(
    image: Image.Image, text: str, place: Point, size: float, colour: tuple[int, int, int] = BLUE
) -> Image.Image:
    """Return the image with figures, `/` and `-` written at `place` (pixels, baseline)."""
    chance = random.Random(text)
    strokes = []
    x, y = place
    height = size * 0.82
    for char in text:
        drop = chance.uniform(-0.06, 0.06) * size
        for stroke in _FIGURES.get(char, ()):
            strokes.append(
                [_slant(point, x, y + drop, height, chance) for point in _smooth(stroke)]
            )
        x += size * HAND_ADVANCE * chance.uniform(0.92, 1.0)
    return draw_strokes(image, strokes, size * 0.085, colour)


def sign(image: Image.Image, name: str, centre_mm: Point) -> Image.Image:
    """Return the image with a signature across `centre_mm`, always the same for one name."""
    chance = random.Random(name)
    dot = max(image.size) / 297
    x, y = centre_mm[0] * dot, centre_mm[1] * dot
    loops, lean = chance.uniform(3, 7), chance.uniform(0, 2 * math.pi)
    wave = [chance.uniform(2, 8) for _ in range(3)]
    points = []
    for step in range(160):
        t = step / 159
        turn = t * loops * 2 * math.pi
        across = (t - 0.5) * 42 + wave[0] * 0.6 * math.sin(turn)
        up = (1 - t * 0.7) * wave[1] * math.cos(turn + lean) + wave[2] * math.sin(3 * t)
        points.append((x + across * dot, y - up * dot))
    tail = [points[-1], (x + 30 * dot, y - 6 * dot), (x - 12 * dot, y + 7 * dot)]
    return draw_strokes(image, [points, _smooth(tail)], 0.45 * dot, BLUE)


def draw_strokes(
    image: Image.Image,
    strokes: Iterable[Sequence[Point]],
    thickness: float,
    colour: tuple[int, int, int],
) -> Image.Image:
    """Return the image with smooth lines through the points (pixels) of each stroke."""
    strokes = [list(stroke) for stroke in strokes]
    every = [point for stroke in strokes for point in stroke]
    if not every:
        return image
    pad = thickness * 2
    left, top = (int(min(point[i] for point in every) - pad) for i in (0, 1))
    right, bottom = (int(max(point[i] for point in every) + pad) for i in (0, 1))
    fine = 4
    mask = Image.new("L", ((right - left) * fine, (bottom - top) * fine))
    draw = ImageDraw.Draw(mask)
    for stroke in strokes:
        line = [((x - left) * fine, (y - top) * fine) for x, y in stroke]
        draw.line(line, fill=225, width=max(1, round(thickness * fine)), joint="curve")
    mask = mask.resize((right - left, bottom - top), Image.Resampling.LANCZOS)
    result = image.copy()
    result.paste(colour, (left, top, right, bottom), mask)
    return result


def _slant(point: Point, x: float, y: float, height: float, chance: random.Random) -> Point:
    across, up = point
    wobble = chance.uniform(-0.012, 0.012)
    return (x + (across + 0.22 * up + wobble) * height, y - (up + wobble) * height)


def _smooth(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Return points on a Catmull-Rom curve through `points`."""
    ends = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
