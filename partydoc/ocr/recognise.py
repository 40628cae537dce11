"""One page: from its picture to words, with a second look only where the first went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from partydoc.document import Box, Line, Word
from partydoc.ocr import engine, merge, patch, picture, stamps

#: Less ink than this share of the page is dust, not text.
_BLANK = 0.0008
#: A page is read well if this much of its ink lies in words, and they are this sure.
_COVERED, _SURE = 0.6, 0.7
#: From this confidence on a word accounts for the ink it covers.
_SURE_WORD = 0.6
#: The header zone of a first page: everything a document is known by stands there.
_HEADER = 0.35
HEADER_DPI = 300
#: Less than this share of its ink in words means that a part of the header was not seen.
_HEADER_COVERED = 0.7


@dataclass(frozen=True)
class Recognised:
    """What was read: `rotation` is the clockwise turn that made the page upright."""

    lines: tuple[Line, ...]
    stamps: tuple[Line, ...]
    rotation: int


class Recogniser:
    """Reads drawn pages with one engine; `tessdata` is for orientation and header."""

    def __init__(self, reader: engine.Engine, second: engine.Engine, tessdata: Path) -> None:
        self._reader = reader
        self._second = second
        self._tessdata = tessdata

    def read(
        self, drawn: picture.Drawn, finer: Callable[[], Image.Image | None] | None = None
    ) -> Recognised:
        """Read a page, turning it upright if it lies or stands on its head.

        `finer` draws the page once more, at HEADER_DPI: given for a first page, asked only where
        the header is unsure.
        """
        coloured = picture.is_coloured(drawn.image)
        grey = self._grey(drawn.image, coloured)
        mask = picture.ink(grey, drawn.dpi)
        share, _ = picture.ink_share(mask)
        small, dpi = picture.for_engine(grey, drawn.dpi)
        if share < _BLANK:
            return Recognised((), self._stamps(drawn, coloured, _unread(small, dpi, mask, ())), 0)
        lines = self._reader.read(small, dpi)
        rotation = 0
        if not _reads_well(lines, mask):
            rotation, lines = self._upright(small, dpi, lines)
            drawn, small = drawn.turned(rotation), _turned(small, rotation)
            mask = _turned(mask, rotation)
            if not _reads_well(lines, mask):
                lines = self._second_look(small, dpi, lines)
        if finer and not _header_is_sure(lines, mask) and (again := finer()):
            lines = self._header(_turned(again, rotation), lines)
        found = self._stamps(drawn, coloured, _unread(small, dpi, mask, lines))
        return Recognised(lines, found, rotation)

    def stamps_on(self, drawn: picture.Drawn, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Read what stands on a page beside its own text: marks set in as pictures or drawn."""
        coloured = picture.is_coloured(drawn.image)
        grey = self._grey(drawn.image, coloured)
        small, dpi = picture.for_engine(grey, drawn.dpi)
        mask = picture.ink(grey, drawn.dpi)
        return self._stamps(drawn, coloured, _unread(small, dpi, mask, lines))

    @staticmethod
    def _grey(image: Image.Image, coloured: bool) -> Image.Image:
        """Take coloured ink away, unless the text itself is in colour."""
        plain = image.convert("L")
        if not coloured:
            return plain
        bright = picture.without_ink_colour(image)
        left, _ = picture.ink_share(picture.ink(bright, picture.OCR_DPI))
        whole, _ = picture.ink_share(picture.ink(plain, picture.OCR_DPI))
        return bright if left > 0.25 * whole else plain

    def _stamps(
        self, drawn: picture.Drawn, coloured: bool, plain: stamps.Plain
    ) -> tuple[Line, ...]:
        return stamps.read(drawn.image if coloured else None, drawn.dpi, self._reader, plain)

    def _upright(
        self, small: Image.Image, dpi: int, lines: tuple[Line, ...]
    ) -> tuple[int, tuple[Line, ...]]:
        """Return the turn that reads best, and what was read so."""
        best = (0, () if _lying(lines, small) else lines)
        suggested = self._orientation(small, dpi)
        turns = [suggested] if suggested is not None else [180, 90, 270]
        for turn in turns:
            if turn:
                again = self._reader.read(_turned(small, turn), dpi)
                if merge.score(again) > 1.2 * merge.score(best[1]) + 1:
                    best = (turn, again)
        return best if best[1] else (0, lines)

    def _orientation(self, small: Image.Image, dpi: int) -> int | None:
        """Ask Tesseract's own orientation model; None if it cannot say."""
        import pytesseract

        with TemporaryDirectory() as folder:
            path = engine.saved(small, Path(folder))
            config = f'--psm 0 --dpi {dpi} --tessdata-dir "{self._tessdata}"'
            try:
                found = pytesseract.image_to_osd(path, config=config, output_type="dict")
            except pytesseract.TesseractError:
                return None  # too few characters
        return int(found["rotate"]) if float(found["orientation_conf"]) >= 1 else None

    def _second_look(
        self, small: Image.Image, dpi: int, lines: tuple[Line, ...]
    ) -> tuple[Line, ...]:
        """Read the page as one block: finds what layout analysis took for a picture."""
        return merge.mended(lines, self._reader.read(small, dpi, engine.BLOCK))

    def _header(self, page: Image.Image, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Read the header zone again, drawn finer and as a column."""
        grey = self._grey(page, picture.is_coloured(page))
        crop = grey.crop((0, 0, grey.width, round(grey.height * _HEADER)))
        again = self._second.read(crop, HEADER_DPI, engine.COLUMN)
        return merge.mended(lines, [_shrunk(line) for line in again])


def _unread(
    small: Image.Image, dpi: int, mask: Image.Image, lines: tuple[Line, ...]
) -> stamps.Plain:
    """Return where ink lies that no sure word covers: a mark on a grey scan, or over text."""
    sure = [w.box for line in lines for w in line.words if w.confidence >= _SURE_WORD]
    scale = small.width / mask.width
    found = patch.unread(mask, dpi / scale, sure, patch.HEAD if lines else 1.0)
    return stamps.Plain(small, dpi, [each.scaled(scale) for each in found])


def _header_is_sure(lines: tuple[Line, ...], mask: Image.Image) -> bool:
    """Tell whether the header was read, all of it, and well."""
    words = [word for line in lines if line.box.top < _HEADER for word in line.words]
    zone = mask.crop((0, 0, mask.width, round(mask.height * _HEADER)))
    boxes = [word.box._replace(top=word.box.top / _HEADER, bottom=word.box.bottom / _HEADER)
             for word in words]  # fmt: skip
    _, covered = picture.ink_share(zone, boxes)
    sure = sum(word.confidence >= _SURE_WORD for word in words)
    return len(words) >= 8 and sure >= 0.85 * len(words) and covered >= _HEADER_COVERED


def _shrunk(line: Line) -> Line:
    words = []
    for word in line.words:
        left, top, right, bottom = word.box
        box = Box(left, top * _HEADER, right, bottom * _HEADER)
        words.append(Word(word.text, box, word.confidence))
    return Line(tuple(words), line.block)


def _turned(image: Image.Image, degrees: int) -> Image.Image:
    return picture.Drawn(image, 0).turned(degrees).image


def _reads_well(lines: tuple[Line, ...], mask: Image.Image) -> bool:
    words = [word for line in lines for word in line.words]
    _, covered = picture.ink_share(mask, (word.box for word in words))
    letters = sum(len(word.text) for word in words) or 1
    sure = sum(word.confidence * len(word.text) for word in words) / letters
    return covered >= _COVERED and sure >= _SURE and not _lying(lines, mask)


def _lying(lines: tuple[Line, ...], image: Image.Image) -> bool:
    """Tell whether most words stand upright like book spines: Tesseract reads those too."""
    long = [word.box for line in lines for word in line.words if len(word.text) >= 3]
    tall = sum(
        (box.bottom - box.top) * image.height > (box.right - box.left) * image.width for box in long
    )
    return tall > len(long) / 2
