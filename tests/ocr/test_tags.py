"""A wrong resolution costs no word: pages are read by their dots, not by the size they claim."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import drawn
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from partydoc.ocr import copied
from partydoc.page import Page

pytestmark = pytest.mark.slow
DPI = 150
SUFFIXES = ("pdf", "png", "jpg", "tif")


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI)


@pytest.fixture
def page(read: Callable, tmp_path: Path) -> Callable[..., Page]:
    """Write a picture as a file that bears a resolution; return it as it was read."""

    def page(image: Image.Image, suffix: str, dpi: tuple[float, float]) -> Page:
        path = tmp_path / f"page.{suffix}"
        if suffix == "pdf":
            drawn.scan(path, image, dpi=round(dpi[0]))
        else:
            image.save(path, dpi=dpi, **({"quality": 85} if suffix == "jpg" else {}))
        finished, into = read(path)
        assert finished.reading, finished.refusal
        (found,) = finished.reading.pages
        assert copied.differing(into / "access.pdf", [found]) == []
        return found

    return page


def share_read(page: Page) -> float:
    wanted = set(" ".join(drawn.BODY).split())
    return len(wanted & {word.text for line in page.lines for word in line.words}) / len(wanted)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("dpi", [72, 300, 400, 600, 1200, 2400])
def test_a_page_is_read_whatever_resolution_it_bears(page, sheet, dpi, suffix):
    found = page(sheet, suffix, (dpi, dpi))
    assert share_read(found) > 0.9 and not found.blank


@pytest.mark.parametrize(("dpi", "long"), [(1200, 297), (600, 297), (300, 148)])
def test_an_image_smaller_than_a_card_becomes_a4(page, sheet, dpi, long):
    assert page(sheet, "png", (dpi, dpi)).height_mm == pytest.approx(long, abs=1)


@pytest.mark.parametrize(("rows", "down"), [(1145, 98), (2290, 196), (4573, 391)])
@pytest.mark.parametrize("suffix", ["tif", "png", "jpg"])
def test_a_fax_is_as_high_as_it_was_sent(page, rows, down, suffix):
    fax = drawn.sheet(204).convert("L").resize((1728, rows), Image.Resampling.LANCZOS)
    one_bit = fax.point(lambda level: 255 if level > 150 else 0).convert("1")
    found = page(fax if suffix == "jpg" else one_bit, suffix, (204, down))
    assert (found.width_mm, found.height_mm) == pytest.approx((215, 297), abs=1)
    assert share_read(found) > (0.5 if down == 98 else 0.9)


def card(dpi: int) -> Image.Image:
    """Draw a card of 85.6 x 54 mm with print of 7 points."""
    image = Image.new("RGB", tuple(round(side / 25.4 * dpi) for side in (85.6, 54)), "#f4e8d8")
    pen = ImageDraw.Draw(image)
    for row, text in enumerate(drawn.BODY):
        pen.text((0.2 * dpi, (0.2 + 0.15 * row) * dpi), text[:48], "black", drawn.font(7, dpi))
    return image


@pytest.mark.parametrize("dpi", [300, 600])
def test_a_card_is_read_and_stays_a_card(page, dpi):
    found = page(card(dpi), "png", (dpi, dpi))
    assert (found.width_mm, found.height_mm) == pytest.approx((85.6, 54), abs=0.5)
    wanted = [word for line in drawn.BODY for word in line[:48].split()[:-1]]
    assert sum(word in found.text for word in wanted) > 0.9 * len(wanted)


def test_a_strip_is_read(read, tmp_path):
    strip = Image.new("L", (40_000, 300), 255)
    ImageDraw.Draw(strip).text((50, 100), "Nghị quyết của Đảng ủy xã " * 60, 0, drawn.font(30, 200))
    strip.save(tmp_path / "strip.png")
    finished, into = read(tmp_path / "strip.png")
    (found,) = json.loads((into / "pages.json").read_text("utf-8"))["pages"]
    words = [word[0] for line in found["lines"] for word in line["words"]]
    assert words.count("quyết") > 40
    with pypdfium2.PdfDocument(into / "access.pdf") as pdf:
        assert max(pdf[0].get_size()) <= 14_400
