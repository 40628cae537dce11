"""Ink that no word accounts for, where it has the size of a mark."""

from __future__ import annotations

from PIL import Image, ImageDraw

from partydoc.box import Box
from partydoc.ocr import patch

DPI = 50
A4 = (413, 585)


def mask(*boxes_mm: tuple[float, float, float, float]) -> Image.Image:
    """Ink in rectangles of an A4 page, in millimetres."""
    image = Image.new("L", A4)
    pen = ImageDraw.Draw(image)
    for box in boxes_mm:
        pen.rectangle([side / 25.4 * DPI for side in box], fill=255)
    return image


MARK = (30, 40, 48, 46)


def test_what_stands_near_is_one_patch():
    found = list(patch.together(mask((30, 40, 35, 45), (36.5, 40, 40, 45), (100, 40, 105, 45))))
    assert len(found) == 2
    assert max(each.width for each in found) / DPI * 25.4 > 9


def test_ink_that_meets_further_down_is_one_patch():
    image = Image.new("L", (60, 60))
    pen = ImageDraw.Draw(image)
    pen.line((10, 10, 30, 50, 50, 10), fill=255, width=3)
    pen.line((20, 10, 30, 50), fill=255, width=3)
    (found,) = patch.together(image)
    assert found.width > 40 and found.height > 40


def test_a_patch_tells_how_much_ink_it_holds():
    image = Image.new("L", (60, 60))
    ImageDraw.Draw(image).rectangle((20, 20, 29, 24), fill=255)
    assert list(patch.together(image)) == [patch.Patch(18, 18, 32, 27, 14 * 9)]


def test_ink_of_the_size_of_a_mark_is_found():
    (found,) = patch.marks(mask(MARK), DPI)
    assert found.left < 60 < found.right


def test_ink_that_a_word_covers_is_not_looked_at():
    box = Box(28 / 210, 38 / 297, 50 / 210, 48 / 297)
    assert patch.marks(patch.uncovered(mask(MARK), [box]), DPI) == []
    assert patch.marks(patch.uncovered(mask(MARK), []), DPI)


def test_rules_specks_and_pictures_are_no_marks():
    rule, speck, seal = (30, 60, 180, 60.5), (100, 20, 101, 21), (120, 60, 156, 96)
    assert patch.marks(mask(rule, speck, seal), DPI) == []


def test_only_the_head_is_looked_at_unless_asked():
    low = mask((30, 240, 48, 246))
    assert patch.marks(low, DPI) == []
    assert len(patch.marks(low, DPI, reach=1.0)) == 1


def test_only_the_patches_with_most_ink_are_kept():
    many = [(10 + 25 * (i % 8), 10 + 15 * (i // 8), 25 + 25 * (i % 8), 15 + 15 * (i // 8))
            for i in range(16)]  # fmt: skip
    assert len(patch.marks(mask(*many, (30, 90, 60, 98)), DPI)) == 6
    assert patch.marks(mask(*many, (30, 90, 60, 98)), DPI)[0].width > 55


def test_a_patch_keeps_its_place_on_a_larger_picture():
    assert patch.Patch(10, 20, 30, 40, 7).scaled(4.0) == patch.Patch(40, 80, 120, 160, 7)


def test_two_patches_joined_are_the_patch_around_both():
    one, other = patch.Patch(3, 4, 10, 8, 20), patch.Patch(8, 1, 30, 6, 5)
    assert one.joined(other) == other.joined(one) == patch.Patch(3, 1, 30, 8, 25)
