"""A page is read in other sizes only as far as it was read badly."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import drawn
import pytest
from PIL import Image, ImageFilter

from partydoc.ocr import engine
from partydoc.ocr.picture import Drawn
from partydoc.ocr.recognise import Recogniser
from partydoc.page import Line

DPI = 200


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    return drawn.sheet(DPI)


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


@pytest.mark.parametrize(
    ("radius", "sizes"), [(0, [1]), (2, [1, 1.2]), (3, [1, 1.2, 1.5, 0.85, 1.05])]
)
def test_the_worse_a_page_was_read_the_more_sizes_it_is_read_in(
    reader, tessdata, sheet, radius, sizes
):
    counting = Counting(reader)
    page = sheet.filter(ImageFilter.GaussianBlur(radius))
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
