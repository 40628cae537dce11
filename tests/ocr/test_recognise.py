"""A page is read once, and again only where the first reading went wrong."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import drawn
import pytest
from PIL import Image, ImageDraw, ImageFilter

from partydoc.ocr import engine
from partydoc.ocr.picture import Drawn
from partydoc.ocr.recognise import Recognised, Recogniser
from partydoc.page import Line
from partydoc.text import fold

DPI = 200
GREY = (110, 110, 110)


@pytest.fixture(scope="module")
def recogniser(reader, tessdata) -> Recogniser:
    return Recogniser(reader, engine.choose("program", ["vie"], tessdata), tessdata)


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI, drawn.BODY[:3])


def says(found: Recognised, text: str) -> bool:
    return any(fold(text) in fold(line.text) for line in (*found.lines, *found.stamps))


def test_a_sure_header_is_not_drawn_again(recogniser, sheet):
    asked = []
    read = recogniser.read(Drawn(sheet, DPI), lambda: asked.append("header"))
    assert says(read, drawn.HEADER[1]) and not asked


def blurred(sheet: Image.Image, radius: float) -> Drawn:
    """The sheet with a header that is hard to read."""
    header = (0, 0, sheet.width, sheet.height // 4)
    image = sheet.copy()
    image.paste(sheet.crop(header).filter(ImageFilter.GaussianBlur(radius)), header)
    return Drawn(image, DPI)


def test_a_header_that_was_not_seen_is_drawn_again(recogniser, sheet):
    finer = sheet.resize((sheet.width * 3 // 2, sheet.height * 3 // 2))
    assert not says(recogniser.read(blurred(sheet, 3.5)), drawn.HEADER[1])
    assert says(recogniser.read(blurred(sheet, 3.5), lambda: finer), drawn.HEADER[1])


def test_a_header_of_unsure_words_is_drawn_again(recogniser, sheet):
    asked = []
    recogniser.read(blurred(sheet, 3), lambda: asked.append("header"))
    assert asked == ["header"]


class Counting:
    """An engine that remembers how large the pages were that it read."""

    def __init__(self, reader: engine.Engine) -> None:
        self.reader, self.name = reader, reader.name
        self.widths: list[int] = []

    def read(self, picture, dpi, mode=engine.AUTO):
        self.widths += [picture.width] if mode == engine.AUTO else []
        return self.reader.read(picture, dpi, mode)

    def read_all(self, pictures, dpi, mode=engine.AUTO):
        return self.reader.read_all(pictures, dpi, mode)


@pytest.mark.parametrize(("radius", "sizes"), [(0, [1]), (2, [1, 1.2, 0.85])])
def test_a_page_is_read_in_other_sizes_only_if_much_of_it_is_unsure(
    reader, tessdata, sheet, radius, sizes
):
    counting = Counting(reader)
    page = sheet.filter(ImageFilter.GaussianBlur(radius)) if radius else sheet
    Recogniser(counting, counting, tessdata).read(Drawn(page, DPI))
    assert counting.widths == [round(page.width * size) for size in sizes]


class Doubting:
    """An engine that doubts one word in twenty-five at the end of its first reading."""

    def __init__(self, reader: engine.Engine) -> None:
        self.reader, self.name = reader, reader.name
        self.found: list[tuple[Line, ...]] = []

    def read(self, picture, dpi, mode=engine.AUTO):
        lines = self.reader.read(picture, dpi, mode)
        if mode == engine.AUTO:
            lines = lines if self.found else self._doubted(lines)
            self.found.append(lines)
        return lines

    def read_all(self, pictures, dpi, mode=engine.AUTO):
        return self.reader.read_all(pictures, dpi, mode)

    @staticmethod
    def _doubted(lines):
        sure = [replace(word, confidence=0.95) for line in lines for word in line.words]
        last = len(sure) - len(sure) // 25
        words = iter(sure[:last] + [replace(word, confidence=0.5) for word in sure[last:]])
        return tuple(Line(tuple(islice(words, len(line.words))), line.block) for line in lines)


def test_of_a_page_with_a_few_unsure_words_their_lines_alone_are_read_again(
    reader, tessdata, sheet
):
    doubting = Doubting(reader)
    read = Recogniser(doubting, doubting, tessdata).read(Drawn(sheet, DPI))
    first, second = doubting.found
    unsure = [line.text for line in first if line.confidence < 0.9]
    assert 0 < len(unsure) < len(first) / 2
    assert [line.text for line in second] == unsure
    assert [line.text for line in read.lines] == [line.text for line in first]


@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned(recogniser, sheet, turn):
    read = recogniser.read(Drawn(sheet, DPI).turned(turn))
    assert read.rotation == 360 - turn
    assert says(read, drawn.HEADER[1])


def test_a_grey_mark_that_layout_analysis_drops_is_found(recogniser, sheet):
    stamp = drawn.stamp("TỐI MẬT", DPI, ink=GREY, tilt=5)
    image = drawn.print_over(sheet, stamp, (0.75, 0.12)).convert("L").convert("RGB")
    assert says(recogniser.read(Drawn(image, DPI)), "TỐI MẬT")


@pytest.mark.parametrize("ink", [(35, 60, 165), (98, 52, 148), (150, 125, 190)])
@pytest.mark.parametrize("place", [(0.72, 0.27), (0.3, 0.8)])
def test_a_blue_or_violet_mark_is_found_anywhere(recogniser, sheet, ink, place):
    image = drawn.print_over(sheet, drawn.stamp("TỐI MẬT", DPI, ink=ink, tilt=3), place)
    assert says(recogniser.read(Drawn(image, DPI)), "TỐI MẬT")


@pytest.mark.parametrize("top", [0, 0.27])
def test_text_in_blue_ink_is_read(recogniser, sheet, top):
    blue = Image.composite(sheet, Image.new("RGB", sheet.size, (35, 60, 165)), sheet.convert("L"))
    line = round(sheet.height * top)
    blue.paste(sheet.crop((0, 0, sheet.width, line)), (0, 0))
    assert says(recogniser.read(Drawn(blue, DPI)), drawn.BODY[2])


def test_a_sheet_with_nothing_but_a_grey_mark_is_not_blank(recogniser):
    empty = Image.new("RGB", (1654, 2339), "white")
    image = drawn.print_over(empty, drawn.stamp("MẬT", DPI, ink=GREY, framed=False), (0.5, 0.6))
    assert says(recogniser.read(Drawn(image, DPI)), "MẬT")


def test_dust_is_not_text(recogniser):
    dusty = drawn.speckled(Image.new("RGB", (1654, 2339), "white"), 300)
    assert recogniser.read(Drawn(dusty, DPI)) == Recognised((), (), 0)


@pytest.mark.parametrize("text", ["PHỤ LỤC II", "Trang 12"])
def test_a_page_with_a_few_words_is_read(recogniser, text):
    image = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(image).text((827, 700), text, "black", drawn.font(14, DPI), anchor="ma")
    read = recogniser.read(Drawn(image, DPI))
    assert [line.text for line in read.lines] == [text]
