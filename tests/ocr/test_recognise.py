"""A page is read once, and again only where the first reading went wrong."""

from __future__ import annotations

import drawn
import pytest
from PIL import Image, ImageDraw, ImageFilter

from partydoc.box import Box
from partydoc.ocr import engine
from partydoc.ocr.picture import Drawn
from partydoc.ocr.recognise import Recognised, Recogniser
from partydoc.page import Line, Word
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


@pytest.mark.parametrize(("text", "hidden"), [('"1.', False), ("TỐI MẬT", True)])
def test_what_is_too_short_for_its_ink_hides_no_mark(recogniser, sheet, text, hidden):
    stamp = drawn.stamp("TỐI MẬT", DPI, ink=GREY, framed=False)
    image = drawn.print_over(sheet, stamp, (0.75, 0.12)).convert("L").convert("RGB")
    word = Word(text, Box(0.65, 0.105, 0.85, 0.135), 0.9)
    lines = recogniser.read(Drawn(sheet, DPI)).lines
    found = recogniser.stamps_on(Drawn(image, DPI), (*lines, Line((word,))))
    assert any("mat" in fold(line.text) for line in found) is not hidden


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


class Forgetful(engine.Loaded):
    """A reader whose layout analysis leaves out every line with a word in it."""

    name = "forgetful"

    def __init__(self, reader: engine.Engine, word: str) -> None:
        self._reader, self._word = reader, word

    def read(self, picture, dpi, mode=engine.AUTO):
        lines = self._reader.read(picture, dpi, mode)
        whole = mode != engine.AUTO
        return tuple(each for each in lines if whole or self._word not in fold(each.text))


@pytest.mark.parametrize("word", ["xay dung thu vien", "thao luan"])
def test_a_line_that_layout_analysis_left_out_is_read_in_its_place(recogniser, sheet, word):
    reader = Forgetful(recogniser._reader, word)
    page = Drawn(sheet.convert("L"), DPI)
    before = [fold(line.text) for line in recogniser.read(page).lines]
    after = [
        fold(line.text)
        for line in Recogniser(reader, reader, recogniser._tessdata).read(page).lines
    ]
    assert len(after) == len(before)
    assert [word in text for text in after] == [word in text for text in before]


def test_a_mark_that_looks_like_a_line_is_looked_for_as_a_mark_too(recogniser, sheet):
    reader = Forgetful(recogniser._reader, "tuyet mat")
    mark = drawn.stamp("TUYỆT MẬT", DPI, ink=GREY, framed=False, points=14)
    page = drawn.print_over(sheet, mark, (0.7, 0.13)).convert("L")
    found = Recogniser(reader, reader, recogniser._tessdata).read(Drawn(page, DPI))
    assert any("tuyet mat" in fold(line.text) for line in found.lines)
    assert any("tuyet mat" in fold(line.text) for line in found.stamps)


def test_dust_is_not_text(recogniser):
    dusty = drawn.speckled(Image.new("RGB", (1654, 2339), "white"), 300)
    assert recogniser.read(Drawn(dusty, DPI)) == Recognised((), (), 0)


@pytest.mark.parametrize("text", ["PHỤ LỤC II", "Trang 12"])
def test_a_page_with_a_few_words_is_read(recogniser, text):
    image = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(image).text((827, 700), text, "black", drawn.font(14, DPI), anchor="ma")
    read = recogniser.read(Drawn(image, DPI))
    assert [line.text for line in read.lines] == [text]
