"""Print of the other side is no text of this one; pale print of this side is."""

from __future__ import annotations

from functools import partial

import drawn
import pytest
from PIL import Image

from partydoc.box import Box
from partydoc.ocr import overleaf
from partydoc.page import Line, Word

pytestmark = pytest.mark.slow
FLIPS = (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM)


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(150).convert("L")


@pytest.mark.parametrize("flip", FLIPS)
def test_what_reads_better_in_a_mirror_is_dropped(reader, sheet, flip):
    page = sheet.transpose(flip)
    lines = reader.read(page, 150)
    left = overleaf.without(lines, page, partial(reader.read, dpi=150))
    assert lines and not any(line.confidence >= 0.7 and len(line.text) > 2 for line in left)


def test_what_reads_better_as_it_stands_is_kept(reader, sheet):
    lines = reader.read(sheet, 150)
    assert overleaf.without(lines, sheet, partial(reader.read, dpi=150)) == lines


def test_a_note_beside_print_that_shows_through_is_kept():
    def line(text: str, box: Box, sure: float) -> Line:
        return Line((Word(text, box, sure),), 1)

    wrong = line("qạnʇ", Box(0.5, 0.5, 0.8, 0.52), 0.7)
    note = line("Mật", Box(0.1, 0.1, 0.2, 0.12), 0.7)
    page = Image.new("L", (100, 100))
    seen = [line("phục-vụ-nhân-dân", Box(0.2, 0.5, 0.5, 0.52), 0.95)]  # flipped: 0.5 to 0.8
    found = overleaf.without((wrong, note), page, lambda _: seen)
    assert found == (note,)
