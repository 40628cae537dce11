"""What the engine gets to see is not what is kept."""

from __future__ import annotations

import drawn
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps

from partydoc.box import Box
from partydoc.ocr import picture


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(100)


def ink(image: Image.Image) -> float:
    return picture.ink_share(picture.ink(image.convert("L"), 100))[0]


@pytest.mark.parametrize(("dpi", "wanted"), [(72, 200), (150, 150), (200, 200), (300, 200)])
def test_the_engine_gets_what_reads_best(dpi, wanted):
    grey = Image.new("L", (dpi * 2, dpi * 3), 255)
    small, given = picture.for_engine(grey, dpi)
    assert (given, small.size) == (wanted, (wanted * 2, wanted * 3))


def test_a_fine_scan_is_read_in_fewer_dots_and_in_colour():
    image = Image.new("RGB", (600, 900), "white")
    small = picture.for_reading(picture.Drawn(image, 300))
    assert (small.dpi, small.image.mode, small.image.size) == (200, "RGB", (400, 600))
    assert picture.for_reading(small) is small


def test_only_noise_is_noise(sheet):
    assert not picture.is_noisy(sheet.convert("L"))
    assert picture.is_noisy(drawn.noisy(sheet, 60).convert("L"))


def test_ink_in_boxes_is_counted(sheet):
    mask = picture.ink(sheet.convert("L"), 100)
    assert picture.ink_share(mask, [Box(0, 0, 1, 1)])[1] == 1
    assert picture.ink_share(mask)[1] == 0
    assert 0.1 < picture.ink_share(mask, [Box(0, 0, 1, 0.3)])[1] < 0.6


def test_a_white_page_has_no_ink():
    assert picture.ink_share(picture.ink(Image.new("L", (500, 700), 255), 100))[0] == 0


def test_print_is_ink_on_a_negative_too(sheet):
    grey = sheet.convert("L")
    mask = picture.ink(grey, 100)
    dark = picture.ink(ImageOps.invert(grey), 100)
    both = ImageChops.darker(mask, dark).histogram()[255]
    assert 0.9 * mask.histogram()[255] < both > 0.9 * dark.histogram()[255]
    assert ink(Image.effect_noise((500, 700), 10).point(lambda level: level // 4)) == 0


def test_a_dark_picture_is_ink_on_its_paper_however_large_it_is(sheet):
    covered = sheet.convert("L")
    covered.paste(20, (0, 0, covered.width, covered.height * 7 // 10))
    assert 0.65 < ink(covered) < 0.8


@pytest.mark.parametrize(("turn", "corner"), [(90, (19, 0)), (180, (9, 19)), (270, (0, 9))])
def test_turning_is_clockwise(turn, corner):
    image = Image.new("L", (10, 20))
    image.putpixel((0, 0), 255)
    turned = picture.Drawn(image, 200).turned(turn).image
    assert turned.getpixel(corner) == 255


def test_a_page_is_drawn_at_the_resolution_of_its_scan_and_no_finer_than_needed(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(50), dpi=50)
    with pypdfium2.PdfDocument(path) as pdf:
        assert [round(picture.draw(pdf[0], dpi).dpi) for dpi in (50, 600, None)] == [50, 300, 200]
        assert [round(picture.draw(pdf[0], dpi, 200).dpi) for dpi in (50, 600)] == [50, 200]


def test_a_page_is_drawn_as_large_as_its_paper_is_believed_to_be(tmp_path):
    """It claims 600 dots to the inch, and is taken for six times as large."""
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(100), dpi=600)
    with pypdfium2.PdfDocument(path) as pdf:
        seen = picture.draw(pdf[0], 600, 200, 6.0)
    assert round(seen.dpi) == 100 and seen.image.size == drawn.sheet(100).size


def test_no_side_is_drawn_longer_than_the_engine_counts():
    with pypdfium2.PdfDocument.new() as pdf:
        seen = picture.draw(pdf.new_page(14_000, 20), 600)
    assert 32_000 < max(seen.image.size) < 2**15
    assert seen.dpi == pytest.approx(seen.image.width / (14_000 / 72), rel=0.01)
