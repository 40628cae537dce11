"""Lines on which a grey seal stands are read, and read once."""

from __future__ import annotations

from difflib import SequenceMatcher

import drawn
import pytest
from PIL import Image, ImageDraw

from partydoc.box import Box
from partydoc.ocr import engine, picture, seals
from partydoc.ocr.picture import Drawn
from partydoc.ocr.recognise import Recogniser
from partydoc.page import Line, Word
from partydoc.text import fold

DPI = 200
GREY = (95, 95, 95)


def sealed(*places: tuple[float, float]) -> Image.Image:
    image = drawn.sheet(DPI)
    for place in places:
        image = drawn.print_over(image, drawn.seal(DPI, GREY), place)
    return image.convert("L")


def are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other)).ratio() > 0.9


def test_a_grey_seal_goes_and_print_stays():
    bare = seals.print_alone(sealed((0.5, 0.7)), 40)
    plain = picture.ink(drawn.sheet(DPI).convert("L"), DPI)
    left = picture.ink_share(picture.ink(bare, DPI))[0]
    assert left == pytest.approx(picture.ink_share(plain)[0], rel=0.02)


def test_bands_are_where_large_things_stand_and_do_not_overlap():
    rest = Image.new("L", (413, 585))
    pen = ImageDraw.Draw(rest)
    pen.rectangle((50, 400, 120, 470), fill=255)
    pen.rectangle((250, 440, 320, 500), fill=255)
    pen.rectangle((100, 100, 110, 110), fill=255)
    (band,) = seals.bands(rest, 50)
    assert band.top * 585 < 400 - 15 and band.bottom * 585 > 500 + 15


@pytest.mark.parametrize("places", [[(0.6, 0.53)], [(0.35, 0.42), (0.65, 0.42)]])
def test_text_under_a_grey_seal_is_read_once(reader, tessdata, places):
    second = engine.choose("program", ["vie"], tessdata)
    page = sealed(*places).convert("RGB")
    read = Recogniser(reader, second, tessdata).read(Drawn(page, DPI))
    for text in (*drawn.BODY, drawn.SIGNATURE[-1]):
        assert sum(are_alike(text, line.text) for line in read.lines) == 1


class Sparse:
    """An engine that finds a line, and strokes, only where it looks for scattered text."""

    name = "sparse"

    def read(self, picture, dpi, mode=engine.AUTO):
        found = (("BÍ", "THƯ"), ("l",)) if mode == engine.SPARSE else ()
        return tuple(
            Line(tuple(Word(word, Box(0.6 + i / 9, y, 0.7 + i / 9, y + 0.1), 0.9)
                       for i, word in enumerate(words)))
            for y, words in zip((0.2, 0.6), found, strict=False)
        )  # fmt: skip


def test_each_place_is_read_though_all_of_the_page_was_read_again_and_strokes_are_no_text():
    where = [seals.Band(0.1, 0.3), seals.Band(0.5, 0.7)]
    lines = seals.read(sealed((0.6, 0.6)), DPI, Sparse(), (), where)
    assert [line.text for line in lines] == ["BÍ THƯ", "BÍ THƯ"]


class Watched(Sparse):
    """An engine that tells how much ink it was shown."""

    def __init__(self):
        self.ink = []

    def read(self, picture, dpi, mode=engine.AUTO):
        self.ink.append(sum(picture.histogram()[:200]))
        return super().read(picture, dpi, mode)


def shown_and_wide(top: float) -> tuple[int, int]:
    """Return how much ink of a band with a seal is shown, and how much with the edges it had."""
    page = sealed((0.6, top + 0.1))
    reader = Watched()
    seals.read(page, DPI, reader, (), [seals.Band(top, top + 0.2)])
    darkest = picture.quantile(page.histogram()[:150], 0.25) + 22
    crop = (0, round(top * page.height), page.width, round((top + 0.2) * page.height))
    (shown,) = reader.ink
    return shown, sum(seals.print_alone(page.crop(crop), darkest).histogram()[:200])


def test_strokes_keep_their_edges_at_the_head_and_less_of_them_below_where_names_stand():
    shown, wide = shown_and_wide(0.1)
    assert shown == wide
    shown, wide = shown_and_wide(0.5)
    assert shown < wide
