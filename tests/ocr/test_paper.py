"""What is believed of the size of paper, whatever resolution a file bears."""

from __future__ import annotations

import pytest

from partydoc.ocr import paper

A4 = (210, 297)
SCAN = (1654, 2339)
CARD = (2022, 1276)  # 85.6 x 54 mm at 600 dpi


def mm(size: tuple[int, int], dpi: tuple[float, float] | None) -> tuple[float, ...]:
    return tuple(side / 72 * 25.4 for side in paper.points(size, dpi))


def lengths(mm: tuple[float, float], dpi: float | None) -> list[float]:
    """Return how long, in millimetres, a page may be that says it is so large."""
    points = mm[0] / 25.4 * 72, mm[1] / 25.4 * 72
    return [round(scale * max(mm)) for scale in paper.scales(points, dpi)]


@pytest.mark.parametrize("dpi", [None, (0, 0), (1, 1), (72, 72), (96, 96), (800, 800), (2400, 2400),
                                 (200, 3), (float("inf"), 200), (-200, -200)])  # fmt: skip
def test_an_image_that_no_paper_can_be_becomes_a4(dpi):
    assert mm(SCAN, dpi) == pytest.approx(A4, abs=0.5)


@pytest.mark.parametrize("dpi", [100, 200, 300, 600])
def test_an_image_of_a_credible_size_keeps_it(dpi):
    wide, high = (side / dpi * 25.4 for side in SCAN)
    assert mm(SCAN, (dpi, dpi)) == pytest.approx((wide, high))
    assert mm(CARD, (600, 600)) == pytest.approx((85.6, 54), abs=0.1)
    assert mm((300, 200), (100, 100)) == pytest.approx((76.2, 50.8))  # too coarse for a scan


@pytest.mark.parametrize(("rows", "down"), [(1145, 98), (2290, 196), (4573, 391)])
def test_a_fax_keeps_the_form_of_its_dots(rows, down):
    assert mm((1728, rows), (204, down)) == pytest.approx((215, 297), abs=1)
    wide, high = mm((1728, rows), (204 / 3, down / 3))  # too coarse to be believed
    assert high / wide == pytest.approx(297 / 215, abs=0.01)
    assert high == pytest.approx(297, abs=8)


def test_a_strip_is_as_long_as_its_dots_make_it():
    assert mm((40_000, 400), None) == pytest.approx((200 * 25.4, 200 * 25.4 / 100), rel=0.01)
    assert mm((1080, 8000), None) == pytest.approx((137, 1016), abs=1)
    assert mm((236, 1772), None) == pytest.approx((39.5, 297), abs=1)  # coarse enough as it is


@pytest.mark.parametrize(
    ("size", "dpi", "believed"),
    [
        (A4, 300, [297]), ((148, 210), 300, [210]), ((420, 594), 100, [594]),
        ((105, 148), 400, [148, 297]), ((85.6, 54), 600, [86, 297]), ((35, 50), 1200, [297]),
        ((583, 825), 72, [297]), ((583, 825), None, [825]), ((35, 50), 100, [50]),
        ((105, 148), None, [148, 297]),
    ],
)  # fmt: skip
def test_a_page_too_small_for_its_dots_is_read_as_a4_too(size, dpi, believed):
    assert lengths(size, dpi) == pytest.approx(believed, abs=2)


def test_a_unit_of_the_page_counts():
    assert paper.scales((59.5, 84.2), 2000, 10) == (10,)
