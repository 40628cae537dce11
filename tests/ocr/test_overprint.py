"""A stamp over print on a scan without colours is read by its tone, or by how bold it is."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image

from partydoc.ocr import frames, overprint, picture
from partydoc.ocr.patch import Patch
from partydoc.text import fold

DPI = 200
#: The middle of a line of print, as a share of the page.
OVER = (0.55, 0.395)


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI)


def stamped(sheet: Image.Image, mark: str, tilt: float, ink: tuple[int, int, int]) -> Image.Image:
    stamp = drawn.stamp(mark, DPI, tilt=tilt, ink=ink, points=18)
    return drawn.print_over(sheet, stamp, OVER).convert("L")


def read(reader, page: Image.Image) -> str:
    """Return what is read in the frames of a page, in small letters without marks."""
    found = frames.find(page, DPI, picture.ink_level(page))
    seen = [view for each in found for view in overprint.of_frame(page, each, DPI)]
    lines = [line for view in seen for line in reader.read(view.picture, DPI, view.mode)]
    return " / ".join(fold(line.text) for line in lines)


@pytest.mark.parametrize("tilt", [-2.5, 0, 2])
def test_a_paler_mark_over_print_is_read(reader, sheet, tilt):
    assert "toi mat" in read(reader, stamped(sheet, "TỐI MẬT", tilt, (120, 120, 120)))


@pytest.mark.parametrize("tilt", [0, 2])
def test_a_bolder_mark_over_print_is_read_in_black_and_white(reader, sheet, tilt):
    page = stamped(sheet, "TỐI MẬT", tilt, (40, 40, 40))
    assert "mat" in read(reader, page.point([255 * (level > 128) for level in range(256)]))


def test_a_frame_at_the_edge_of_the_page_is_read(reader):
    page = Image.new("L", (1654, 900), 255)
    stamp = drawn.stamp("TỐI MẬT", DPI, ink=(90, 90, 90)).convert("L")
    page.paste(stamp, (page.width - stamp.width, 0))
    assert "toi mat" in read(reader, page)


def test_a_frame_too_small_for_letters_is_not_looked_at():
    page = Image.new("L", (300, 300), 255)
    assert list(overprint.of_frame(page, Patch(10, 10, 24, 24, 50), DPI)) == []
