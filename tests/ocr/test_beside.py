"""What a seal half covers is looked at where it stands out."""

from __future__ import annotations

from PIL import Image, ImageDraw

from partydoc.ocr import beside
from partydoc.ocr.patch import Patch

DPI = 200


def sealed(mark: tuple[int, int, int, int] | None) -> tuple[Image.Image, Patch]:
    """Draw a ring of 36 mm and perhaps a frame; return the page and the patch of both."""
    page = Image.new("L", (1200, 800), 255)
    pen = ImageDraw.Draw(page)
    pen.ellipse((300, 200, 583, 483), None, 0, 8)
    if mark:
        pen.rectangle(mark, None, 0, 4)
    left, top, right, bottom = page.point(lambda v: 255 - v).getbbox() or (0, 0, 0, 0)
    return page, Patch(left, top, right, bottom, 0)


def test_a_seal_alone_is_round_and_has_nothing_beside_it() -> None:
    page, patch = sealed(None)
    assert beside.is_round(patch, DPI)
    assert list(beside.parts(page, patch, DPI)) == []


def test_a_mark_to_the_right_is_taken_with_what_is_covered() -> None:
    page, patch = sealed((520, 300, 760, 360))
    (part,) = beside.parts(page, patch, DPI)
    assert part.left < 540
    assert abs(part.right - 760) < 12
    assert part.top <= 300 < 360 <= part.bottom
    assert part.height < 200


def test_a_mark_to_the_left_too() -> None:
    page, patch = sealed((120, 300, 360, 360))
    (part,) = beside.parts(page, patch, DPI)
    assert abs(part.left - 120) < 12
    assert part.right > 340
