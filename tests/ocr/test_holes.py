"""Holes are round and solid and near the edge; nothing that can be a mark is taken for one."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image, ImageDraw

from partydoc.ocr import holes, picture

DPI = 200
SIZE = (1654, 2339)


def mask(image: Image.Image) -> tuple[Image.Image, float]:
    small = picture.ink(image.convert("L"), DPI)
    return small, DPI * small.width / image.width


def punched(image: Image.Image, *places: tuple[int, int], width: int = 47) -> Image.Image:
    """Punch holes of 6 mm with their corners at some places."""
    pen = ImageDraw.Draw(image)
    for x, y in places:
        pen.ellipse((x, y, x + width, y + width), fill=(30, 30, 30))
    return image


def left_after(image: Image.Image) -> float:
    return picture.ink_share(holes.wiped(*mask(image)))[0]


@pytest.mark.parametrize("edge", [(71, 800), (1530, 800), (600, 71), (600, 2220), (40, 30)])
def test_a_hole_near_any_edge_is_wiped(edge):
    image = punched(Image.new("RGB", SIZE, "white"), edge, (edge[0], edge[1] + 3))
    assert picture.ink_share(mask(image)[0])[0] > 0
    assert left_after(image) == 0


@pytest.mark.parametrize(
    "image",
    [
        punched(Image.new("RGB", SIZE, "white"), (800, 1100)),  # in the middle
        punched(Image.new("RGB", SIZE, "white"), (40, 800), width=150),  # 19 mm
        drawn.print_over(Image.new("RGB", SIZE, "white"), drawn.stamp("MẬT", DPI), (0.08, 0.1)),
        drawn.print_over(
            Image.new("RGB", SIZE, "white"), drawn.stamp("M", DPI, framed=False), (0.05, 0.1)
        ),
        drawn.print_over(Image.new("RGB", SIZE, "white"), drawn.seal(DPI), (0.1, 0.1)),
        drawn.print_over(
            Image.new("RGB", SIZE, "white"),
            drawn.stamp("O", DPI, framed=False, points=20),
            (0.05, 0.1),
        ),
    ],
)
def test_what_is_no_hole_stays(image):
    assert left_after(image) == picture.ink_share(mask(image)[0])[0] > 0
