"""The engines behind one narrow seam: a grey picture in, lines of words out.

tesserocr (extra `fast`) runs its own Tesseract in this process; without it the library of the
installed Tesseract is used (`capi`), and where there is none, the program through pytesseract. All
give words, boxes and confidences alike.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Protocol

from PIL import Image

from partydoc.box import Box
from partydoc.ocr import repair
from partydoc.page import Line, Word

# Tesseract's page segmentation modes, as far as they are used here.
AUTO = 3
COLUMN = 4
BLOCK = 6
LINE = 7
SPARSE = 11


class Engine(Protocol):
    """Reads a picture of mode L; boxes are fractions of that picture."""

    name: str

    def read(self, picture: Image.Image, dpi: int, mode: int = AUTO) -> tuple[Line, ...]:
        """Return the lines in reading order, without words that are only blanks."""
        ...

    def read_all(
        self, pictures: Sequence[Image.Image], dpi: int, mode: int = AUTO
    ) -> list[tuple[Line, ...]]:
        """Return the lines of each of several pictures, which is cheaper than one by one."""
        ...


class Found(NamedTuple):
    """A word as Tesseract tells it: its box in dots."""

    block: int
    line: int
    text: str
    box: tuple[int, int, int, int]
    confidence: float


class Loaded(ABC):
    """An engine that lives in this process, where several pictures cost what each does."""

    @abstractmethod
    def read(self, picture: Image.Image, dpi: int, mode: int = AUTO) -> tuple[Line, ...]:
        """Return the lines of a picture of mode L."""

    def read_all(
        self, pictures: Sequence[Image.Image], dpi: int, mode: int = AUTO
    ) -> list[tuple[Line, ...]]:
        """Return the lines of each picture of mode L."""
        return [self.read(picture, dpi, mode) for picture in pictures]


class InProcess(Loaded):
    """Tesseract through tesserocr."""

    def __init__(self, languages: Sequence[str], tessdata: Path) -> None:
        import tesserocr

        self._iterate = tesserocr.iterate_level
        self._levels = tesserocr.RIL
        self._api = tesserocr.PyTessBaseAPI(
            path=str(tessdata), lang="+".join(languages), oem=tesserocr.OEM.LSTM_ONLY
        )
        self.name = "tesseract " + self._api.Version()

    def read(self, picture: Image.Image, dpi: int, mode: int = AUTO) -> tuple[Line, ...]:
        """Return the lines of a picture of mode L."""
        self._api.SetPageSegMode(mode)
        width, height = picture.size
        self._api.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(dpi)
        self._api.Recognize()
        lines = as_lines(self._words(), picture.size)
        self._api.Clear()
        return lines

    def _words(self) -> Iterator[Found]:
        block = line = 0
        iterator = self._api.GetIterator()
        if iterator is None:
            return
        for item in self._iterate(iterator, self._levels.WORD):
            if item.IsAtBeginningOf(self._levels.PARA):
                block += 1
            if item.IsAtBeginningOf(self._levels.TEXTLINE):
                line += 1
            if item.Empty(self._levels.WORD):
                continue
            text = item.GetUTF8Text(self._levels.WORD)
            box = item.BoundingBox(self._levels.WORD)
            yield Found(block, line, text, box, item.Confidence(self._levels.WORD) / 100)


class Program:
    """Tesseract as a program, through pytesseract."""

    def __init__(self, languages: Sequence[str], tessdata: Path) -> None:
        import pytesseract

        self._languages = "+".join(languages)
        self._tessdata = tessdata
        self._pytesseract = pytesseract
        self.name = f"tesseract {pytesseract.get_tesseract_version()}"

    def read(self, picture: Image.Image, dpi: int, mode: int = AUTO) -> tuple[Line, ...]:
        """Return the lines of a picture of mode L."""
        return self.read_all([picture], dpi, mode)[0]

    def read_all(
        self, pictures: Sequence[Image.Image], dpi: int, mode: int = AUTO
    ) -> list[tuple[Line, ...]]:
        """Return the lines of each picture of mode L; all are read by one process."""
        if not pictures:
            return []
        config = f'--psm {mode} --oem 1 --dpi {dpi} --tessdata-dir "{self._tessdata}"'
        with TemporaryDirectory() as folder:
            paths = [saved(each, Path(folder), i) for i, each in enumerate(pictures)]
            listed = Path(folder, "pictures.txt")
            listed.write_text("\n".join(paths), encoding="utf-8")
            table = self._pytesseract.image_to_data(
                os.fspath(listed), lang=self._languages, config=config, output_type="dict"
            )
        return [
            as_lines(self._words(table, number), picture.size)
            for number, picture in enumerate(pictures, 1)
        ]

    @staticmethod
    def _words(table: dict[str, list[Any]], page: int) -> Iterator[Found]:
        keys = ("page_num", "level", "left", "top", "width", "height")
        block = line = 0
        for i, text in enumerate(table["text"]):
            number, level, left, top, width, height = (table[key][i] for key in keys)
            if number != page:
                continue
            block += level == 3
            line += level == 4
            if level == 5:
                box = (left, top, left + width, top + height)
                yield Found(block, line, str(text), box, float(table["conf"][i]) / 100)


def saved(picture: Image.Image, folder: Path, number: int = 0) -> str:
    """Write a grey picture uncompressed, as fast as the disk takes it; return its path."""
    path = folder / f"{number}.pgm"
    picture.save(path, format="PPM")
    return os.fspath(path)


def as_lines(words: Iterator[Found], size: tuple[int, int]) -> tuple[Line, ...]:
    """Return words as lines, with boxes as shares of a picture of that size."""
    width, height = size
    lines = []
    for (block, _), group in groupby(words, key=lambda found: (found.block, found.line)):
        line: list[Word] = []
        for found in group:
            left, top, right, bottom = found.box
            box = Box(left / width, top / height, right / width, bottom / height)
            line += repair.words(found.text, box, min(1.0, max(0.0, found.confidence)))
        if line:
            lines.append(Line(tuple(line), block))
    return tuple(lines)


def choose(name: str, languages: Sequence[str], tessdata: Path) -> Engine:
    """Return the engine `fast` (tesserocr) or `program` (what is installed) for the languages."""
    if name == "fast":
        return InProcess(languages, tessdata)
    from partydoc.ocr import capi

    return (capi.Library if capi.library() else Program)(languages, tessdata)


def for_headers(first: Engine, languages: Sequence[str], tessdata: Path) -> Engine:
    """Return the engine that reads an unsure header again: without `fast` the program itself."""
    return first if isinstance(first, InProcess) else Program(languages, tessdata)
