"""Empty paper is what bears no ink, not what could not be read."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image, ImageDraw

from partydoc.ocr.blank import is_blank
from partydoc.ocr.picture import Drawn

SIZE = (1654, 2339)


def page(paper: str = "white") -> Image.Image:
    return Image.new("RGB", SIZE, paper)


def with_shadow(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).rectangle((0, 0, 40, SIZE[1]), fill=(60, 60, 60))
    return image


@pytest.mark.parametrize(
    "image",
    [
        page(), page("#e8dcb8"), drawn.speckled(page(), 300), drawn.noisy(page("#f4f0e8"), 12),
        with_shadow(page()),
        drawn.print_over(page(), drawn.stamp("12", ink=(0, 0, 0), framed=False), (0.5, 0.93)),
    ],
)  # fmt: skip
def test_paper_dust_shadows_and_a_lone_page_number_are_blank(image):
    assert is_blank(Drawn(image, 200))


@pytest.mark.parametrize(
    "image",
    [
        drawn.print_over(page(), drawn.stamp("MẬT"), (0.7, 0.3)),
        drawn.print_over(page(), drawn.seal(), (0.5, 0.5)),
        drawn.sheet(),
    ],
)
def test_a_mark_of_any_colour_is_not(image):
    assert not is_blank(Drawn(image, 200))
