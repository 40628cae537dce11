"""One page: from its picture to words, with a second look only where the first went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from partydoc.box import Box
from partydoc.ocr import (
    beneath,
    colour,
    engine,
    figures,
    holes,
    lost,
    merge,
    overleaf,
    patch,
    picture,
    seals,
    sizes,
    stamps,
)
from partydoc.ocr.blank import is_bare
from partydoc.page import Line, Word

#: A page is read well if this much of its ink lies in words, and they are this sure.
_COVERED, _SURE = 0.6, 0.7
#: Less ink than this is dust; a heading has so many letters, so surely read.
_SPECK, _CERTAIN, _HEADING = 0.00005, 0.85, 5
#: So many letters, surely read, tell that a page stands upright, whatever else is on it.
_MANY = 200
#: From this confidence on a word accounts for the ink it covers.
_SURE_WORD = 0.6
#: A word of so few signs is wider than so many times its height for each letter: none is.
_SHORT, _STRETCHED = 3, 2.0
#: The header zone of a first page: everything a document is known by stands there.
_HEADER = 0.35
_ZONE = Box(0.0, 0.0, 1.0, _HEADER)
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
    """Reads drawn pages with one engine, unsure headers with a second; `tessdata`: to turn them."""

    def __init__(self, reader: engine.Engine, second: engine.Engine, tessdata: Path) -> None:
        self._reader = reader
        self._second = second
        self._tessdata = tessdata

    def read(
        self, drawn: picture.Drawn, finer: Callable[[], Image.Image | None] | None = None,
        as_it_stands: bool = False,
    ) -> Recognised:  # fmt: skip
        """Read a page, turning it upright if it lies or stands on its head, or `as_it_stands`.

        `finer` draws the page once more, at HEADER_DPI: given for a first page, asked only where
        the header is unsure.
        """
        whole, drawn = drawn, _small(drawn)
        inks = colour.apart(drawn.image)
        mask = picture.ink(inks.black, drawn.dpi)
        small, dpi = picture.for_engine(inks.black, drawn.dpi)
        lines = self._reader.read(small, dpi)
        if is_bare(mask, drawn.dpi * mask.width / drawn.image.width):
            # A heading, dust, or print that shows through: sure lines alone are text.
            lines = tuple(filter(_is_sure, lines))
            lines = overleaf.without(lines, small, partial(self._reader.read, dpi=dpi))
            inks = colour.with_pale(inks, picture.for_reading(whole).image)
            turn, lines = (0, lines) if as_it_stands else self._heading(small, dpi, mask, lines)
            small, mask, inks = _turned(small, turn), _turned(mask, turn), inks.turned(turn)
            unread = _unread(small, dpi, mask, lines)
            return Recognised(lines, stamps.read(inks, drawn.dpi, self._reader, unread), turn)
        rotation = 0
        if not (as_it_stands or _is_upright(lines, mask)):
            rotation, lines = self._upright(small, dpi, lines)
            small, mask = _turned(small, rotation), _turned(mask, rotation)
            inks = inks.turned(rotation)
        where = _large(small, dpi, mask, lines)
        lines = self._second_look(small, dpi, mask, lines, where)
        if finer and not _header_is_sure(lines, mask) and (again := finer()):
            lines = self._header(_turned(again, rotation), lines)
        lines = sizes.mended(small, dpi, self._reader, lines)
        if finer and where and where[0].top < patch.HEAD and not (inks.red or inks.cool):
            lines = beneath.read(small, dpi, self._reader, lines)
        found = lost.found(small, dpi, mask, self._reader, lines)
        if finer:
            # A stamp is in the way again here: what was read beneath it becomes no surer.
            lines = figures.confirmed(small, dpi, self._reader, lines)
            found = figures.confirmed(small, dpi, self._reader, found)
        # A mark that was found as a line is looked for as a mark as well.
        unread = _unread(small, dpi, mask, lines)
        marks = stamps.read(inks, drawn.dpi, self._reader, unread)
        return Recognised(merge.placed(lines, found), marks, rotation)

    def print_on(self, drawn: picture.Drawn) -> tuple[Line, ...]:
        """Read a part of a page as it stands, once."""
        drawn = _small(drawn)
        small, dpi = picture.for_engine(colour.apart(drawn.image).black, drawn.dpi)
        return self._reader.read(small, dpi)

    def stamps_on(
        self, drawn: picture.Drawn, lines: tuple[Line, ...], reach: float = patch.HEAD
    ) -> tuple[Line, ...]:
        """Read what stands on a page beside its own text: marks set in as pictures or drawn.

        `reach` is the part of the page, from its top, in which marks in plain ink are looked for.
        """
        drawn = _small(drawn)
        inks = colour.apart(drawn.image)
        small, dpi = picture.for_engine(inks.black, drawn.dpi)
        mask = picture.ink(inks.black, drawn.dpi)
        unread = _unread(small, dpi, mask, lines, reach)
        return stamps.read(inks, drawn.dpi, self._reader, unread)

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

    def _heading(
        self, small: Image.Image, dpi: int, mask: Image.Image, lines: tuple[Line, ...]
    ) -> tuple[int, tuple[Line, ...]]:
        """Return the turn of a page with little on it, and what it says: PHỤ LỤC, lying."""
        if lines or picture.ink_share(mask)[0] < _SPECK:
            return 0, lines
        for turn in (90, 270, 180):
            again = self._reader.read(_turned(small, turn), dpi)
            heading = tuple(filter(_is_heading, again))
            if heading and not _lying(heading, _turned(small, turn)):
                return turn, heading
        return 0, lines

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
        self, small: Image.Image, dpi: int, mask: Image.Image, lines: tuple[Line, ...],
        where: list[seals.Band],
    ) -> tuple[Line, ...]:  # fmt: skip
        """Read under seals, and as one block what layout analysis took for a picture."""
        if where:
            lines = seals.read(small, dpi, self._reader, lines, where)
        if _covered(lines, mask) < _COVERED:
            lines = merge.mended(lines, self._reader.read(small, dpi, engine.BLOCK))
        return lines

    def _header(self, page: Image.Image, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Read the header zone again, drawn finer and as a column."""
        grey = colour.apart(colour.grey_if_plain(page)).black
        crop = grey.crop((0, 0, grey.width, round(grey.height * _HEADER)))
        again = self._second.read(crop, HEADER_DPI, engine.COLUMN)
        return merge.mended(lines, [line.placed_in(_ZONE) for line in again])


def _is_sure(line: Line) -> bool:
    return line.confidence >= _SURE and any(map(str.isalnum, line.text))


def _is_heading(line: Line) -> bool:
    """Tell whether a line has words for certain: dust has none, in whatever turn."""
    letters = sum(map(str.isalpha, line.text))
    return line.confidence >= _CERTAIN and letters >= _HEADING


def _small(drawn: picture.Drawn) -> picture.Drawn:
    """Return a page in no more dots than the engine gets, and in grey if it has no colour."""
    return picture.for_reading(picture.Drawn(colour.grey_if_plain(drawn.image), drawn.dpi))


def _large(
    small: Image.Image, dpi: int, mask: Image.Image, lines: tuple[Line, ...]
) -> list[seals.Band]:
    """Return where ink of the size of a seal lies that no sure word covers."""
    rest = patch.uncovered(mask, _sure_boxes(lines, small))
    return seals.bands(rest, dpi * mask.width / small.width)


def _unread(
    small: Image.Image, dpi: int, mask: Image.Image, lines: tuple[Line, ...],
    reach: float = patch.HEAD,
) -> stamps.Plain:  # fmt: skip
    """Return where ink lies that no sure word covers: a mark on a grey scan, or over text."""
    scale = small.width / mask.width
    sure = _sure_boxes(lines, small)
    rest = patch.uncovered(mask, sure)
    found = patch.marks(rest, dpi / scale, reach if lines else 1.0)
    found = [each for each in found if not holes.is_hole(rest, each, dpi / scale)]
    bare = patch.uncovered(small, sure, 255)
    return stamps.Plain(small, bare, dpi, [each.scaled(scale) for each in found])


def _sure_boxes(lines: tuple[Line, ...], page: Image.Image) -> list[Box]:
    words = (word for line in lines for word in line.words if word.confidence >= _SURE_WORD)
    return [word.box for word in words if not _is_stretched(word, page)]


def _is_stretched(word: Word, page: Image.Image) -> bool:
    """Tell whether a short word is too wide for its letters: it is read from something longer."""
    letters = sum(map(str.isalnum, word.text))
    width = (word.box.right - word.box.left) * page.width
    height = (word.box.bottom - word.box.top) * page.height
    return letters > 0 and len(word.text) <= _SHORT and width > _STRETCHED * letters * height


def _header_is_sure(lines: tuple[Line, ...], mask: Image.Image) -> bool:
    """Tell whether the header was read, all of it, and well."""
    words = [word for line in lines if line.box.top < _HEADER for word in line.words]
    zone = mask.crop((0, 0, mask.width, round(mask.height * _HEADER)))
    boxes = [word.box._replace(top=word.box.top / _HEADER, bottom=word.box.bottom / _HEADER)
             for word in words]  # fmt: skip
    _, covered = picture.ink_share(zone, boxes)
    sure = sum(word.confidence >= _SURE_WORD for word in words)
    return len(words) >= 8 and sure >= 0.85 * len(words) and covered >= _HEADER_COVERED


def _turned(image: Image.Image, degrees: int) -> Image.Image:
    return picture.Drawn(image, 0).turned(degrees).image


def _is_upright(lines: tuple[Line, ...], mask: Image.Image) -> bool:
    """Tell whether what was read says that the page stands upright."""
    words = [word for line in lines for word in line.words]
    letters = sum(len(word.text) for word in words) or 1
    sure = sum(word.confidence * len(word.text) for word in words) / letters
    enough = letters >= _MANY or _covered(lines, mask) >= _COVERED
    return enough and sure >= _SURE and not _lying(lines, mask)


def _covered(lines: tuple[Line, ...], mask: Image.Image) -> float:
    """Return how much of the ink lies in words."""
    return picture.ink_share(mask, (word.box for line in lines for word in line.words))[1]


def _lying(lines: tuple[Line, ...], image: Image.Image) -> bool:
    """Tell whether most words stand upright like book spines: Tesseract reads those too."""
    long = [word.box for line in lines for word in line.words if len(word.text) >= 3]
    tall = sum(
        (box.bottom - box.top) * image.height > (box.right - box.left) * image.width for box in long
    )
    return tall > len(long) / 2
