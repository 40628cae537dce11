"""Black print and coloured ink are taken apart."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image

from partydoc.ocr import colour, picture

VIOLET, BLUE = (98, 52, 148), (35, 60, 165)


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(100)


def ink(grey: Image.Image | None) -> float:
    assert grey is not None
    return picture.ink_share(picture.ink(grey, 100))[0]


def stamped(sheet: Image.Image, tint: tuple[int, int, int]) -> Image.Image:
    return drawn.print_over(sheet, drawn.stamp("ĐẾN", 100, ink=tint, points=40), (0.5, 0.7))


def test_colour_is_noticed(sheet):
    assert not colour.is_coloured(sheet)
    assert colour.is_coloured(drawn.print_over(sheet, drawn.seal(100), (0.5, 0.7)))


def test_a_page_without_colour_is_black_print(sheet):
    inks = colour.apart(sheet)
    assert inks.black.tobytes() == sheet.convert("L").tobytes()
    assert inks.red is None and inks.cool is None


@pytest.mark.parametrize("tint", [drawn.RED, VIOLET, (140, 160, 215), (20, 130, 70)])
def test_ink_of_any_colour_fades_and_print_stays(sheet, tint):
    page = stamped(sheet, tint)
    assert ink(page.convert("L")) > 1.03 * ink(sheet.convert("L"))
    assert ink(colour.apart(page).black) == pytest.approx(ink(sheet.convert("L")), rel=0.02)


@pytest.mark.parametrize(("tint", "name"), [(drawn.RED, "red"), (VIOLET, "cool"), (BLUE, "cool")])
def test_coloured_ink_is_kept_apart(sheet, tint, name):
    inks = colour.apart(stamped(sheet, tint))._asdict()
    assert 0.003 < ink(inks.pop(name)) < 0.1
    assert list(inks.values())[1] is None


def test_text_in_blue_stays_text(sheet):
    blue = Image.composite(sheet, Image.new("RGB", sheet.size, BLUE), sheet.convert("L"))
    inks = colour.apart(blue)
    assert ink(inks.black) > 0.6 * ink(sheet.convert("L")) and inks.cool is None


def test_all_inks_are_turned_together(sheet):
    turned = colour.apart(stamped(sheet, drawn.RED)).turned(90)
    assert turned.red is not None and turned.cool is None
    assert turned.black.size == turned.red.size == (sheet.height, sheet.width)


def test_the_palest_red_on_an_empty_page_is_found_and_bare_paper_has_none():
    paper = Image.new("RGB", (800, 1000), "#f0f0ec")
    stamped = drawn.print_over(paper, drawn.stamp("MẬT"), (0.6, 0.2))
    bare, faint = paper, Image.blend(paper, stamped, 0.1)
    for image, found in ((bare, False), (faint, True)):
        inks = colour.apart(colour.grey_if_plain(image))
        assert inks == colour.Inks(inks.black)
        assert bool(colour.with_pale(inks, image).cool) is found
