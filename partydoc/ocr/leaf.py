"""One page after the other: whose words stand on it, the writer's, an earlier program's or ours."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from PIL import Image

from partydoc.ocr import (
    contents,
    doubt,
    hidden,
    inset,
    merge,
    notes,
    outlines,
    painted,
    paper,
    patch,
    picture,
    recognise,
    trust,
    typed,
)
from partydoc.ocr.blank import is_blank
from partydoc.page import Line, Page

_LOG = logging.getLogger(__name__)
#: What an object that is none of what it should be raises, wherever it is asked.
_ODD = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError,
        pikepdf.PdfError, pypdfium2.PdfiumError)  # fmt: skip
#: Square inches: twice A3. Larger sheets are plans, not letters.
_LARGEST_HEADER = 2 * 11.7 * 16.5
#: A score of some hundred sure letters, and the share of it that is read in any fitting size.
_TEXT, _LESS = 50, 0.85


@dataclass(frozen=True)
class Leaf:
    """A page as it was read, and what the access copy must do with the page it came from.

    `strip`: take away the letters that nobody sees; `shown`: which of the page's lines, counted
    from 0, are its own visible text and need not be laid under a scan (none named: all of them, on
    a typed page).
    """

    page: Page
    strip: bool = False
    shown: tuple[int, ...] = ()

    @property
    def laid(self) -> Page | None:
        """The page with the lines that are to be laid under it; None if it says all itself."""
        if self.page.redrawn:
            return self.page
        if self.page.origin == "text-layer" and not self.shown:
            return None
        lines = tuple(line for i, line in enumerate(self.page.lines) if i not in self.shown)
        return replace(self.page, lines=lines)

    def to_dict(self) -> dict[str, Any]:
        """Return it for the file that goes from one reading process to another."""
        return {
            "page": self.page.to_dict(),
            "strip": self.strip,
            "shown": list(self.shown),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Leaf:
        """Read it back."""
        page = Page.from_dict(data["page"])
        return cls(page, bool(data["strip"]), tuple(data["shown"]))

    def as_picture(self) -> Leaf:
        """Return it to be shown as a picture of itself, with all its words laid under it."""
        return Leaf(replace(self.page, redrawn=True))


class _Look(NamedTuple):
    """A page as displayed on paper that is so many times as large as its points say."""

    seen: picture.Drawn
    scale: float


class Leaves:
    """Some pages of a working copy, which are read here and not changed.

    `turned`: the numbers of those that stand as a person wants them; `first`: the number of the
    first page here.
    """

    def __init__(
        self,
        drawn: pypdfium2.PdfDocument,
        pdf: pikepdf.Pdf,
        recogniser: recognise.Recogniser,
        turned: Collection[int] = (),
        first: int = 1,
    ) -> None:
        self._drawn = drawn
        self._pdf = pdf
        self._recogniser = recogniser
        self._turned = turned
        self._first = first

    def read(self, index: int) -> Leaf:
        """Read the page of an index (from 0); one that is put together oddly by what it shows."""
        try:
            return self._read(index)
        except _ODD:
            _LOG.warning("page %d is odd", self._first + index, exc_info=True)
            return self._as_it_looks(index)

    def _read(self, index: int) -> Leaf:
        found, looks, blank = self._open(index)
        verdict = trust.verdict(found.text)
        if not found.text or found.scanned and not (verdict and _says_all(found, looks)):
            return self._scan(found, looks, blank)
        if verdict:
            return self._typed(found, looks, blank)
        page = self._recognised(looks, blank)
        beside = replace(page, lines=inset.beside(page.lines, found.pictures))
        good = trust.verdict(found.trusted) if verdict is False else None
        if good or verdict is None and trust.agree(found.text, beside.text):
            return self._typed(found, looks, blank, page)
        return Leaf(page).as_picture()

    def _typed(
        self, found: contents.Contents, looks: list[_Look], blank: Page, read: Page | None = None
    ) -> Leaf:
        """Keep the words of a page, but for those that it shows to be others, and add the rest.

        `read` is what was read of the page, if it was. Where its words do not say all, it is read.
        """
        seen = looks[0].seen
        bare = outlines.are_left(seen, found.covered)
        if bare and not read:
            read = self._recognised(looks, blank)
        whole = notes.turned(read.lines, -read.rotation % 360) if read else None
        sheet = typed.read(found, seen, self._recogniser, whole, bare=bare)
        if read:
            stamps = notes.turned(read.stamps, -read.rotation % 360)
        else:
            reach = 1.0 if sheet.doubtful else patch.HEAD
            stamps = _all(
                self._recogniser.stamps_on(each.seen, sheet.sure, reach) for each in looks
            )
        page = replace(
            blank, lines=sheet.lines, stamps=stamps + sheet.marks,
            origin="text-layer" if sheet.mostly_typed else "recognised",
        )  # fmt: skip
        leaf = Leaf(page, strip=bool(found.hidden), shown=sheet.shown)
        return leaf.as_picture() if sheet.denied else leaf

    def redone(self, index: int) -> Leaf:
        """Read what the page of an index shows, whatever it says, to stand there as a picture."""
        try:
            _, looks, blank = self._open(index)
        except _ODD:
            return self._as_it_looks(index)
        return Leaf(self._recognised(looks, blank)).as_picture()

    def _as_it_looks(self, index: int) -> Leaf:
        """Read what a page shows, without a look at what it is made of."""
        leaf = self._drawn[index]
        width, height = (side / 72 * 25.4 for side in leaf.get_size())
        look = _Look(picture.draw(leaf, None, picture.DRAWN_DPI, 1.0, opaque=False), 1.0)
        leaf.close()
        return Leaf(self._recognised([look], Page(self._first + index, width, height))).as_picture()

    def _open(self, index: int) -> tuple[contents.Contents, list[_Look], Page]:
        """Return what is on a page, how it looks, and the page without any words."""
        leaf = self._drawn[index]
        drawn = painted.drawn(self._pdf.pages[index])
        found = contents.read(leaf, painted.masked(drawn))
        unit = float(self._pdf.pages[index].obj.get("/UserUnit", 1))
        width, height = (side * unit / 72 * 25.4 for side in leaf.get_size())
        # In colour every dot is three, and PDFium makes it smaller as well as we would; grey print
        # and layers read better when drawn finer.
        whole = painted.are_whole(drawn)
        coarse = whole and not found.text and any(map(painted.is_in_colour, drawn))
        most = picture.OCR_DPI if coarse else picture.DRAWN_DPI
        # What is pasted in is often smaller than it was.
        dpi = found.scan_dpi or (max(found.own_dpi, picture.OCR_DPI) if found.pictures else None)
        looks = [
            _Look(picture.draw(leaf, dpi, most, scale, opaque=whole), scale)
            for scale in paper.scales(leaf.get_size(), found.scan_dpi, unit)
        ]
        leaf.close()
        return found, looks, Page(self._first + index, width, height)

    def _recognised(self, looks: list[_Look], blank: Page) -> Page:
        """Read a page in each size that it may have."""
        settled = {"as_it_stands": True} if blank.number in self._turned else {}
        reads = [
            self._recogniser.read(each.seen, self._finer(each, blank), **settled) for each in looks
        ]
        read = max(reads, key=lambda each: merge.score(each.lines))
        stamps = _all(each.stamps for each in reads if not _is_worse(each, read))
        empty = not read.lines and not stamps and all(is_blank(each.seen) for each in looks)
        empty = empty and not self._hides_picture(blank.number - self._first)
        page = replace(blank, lines=read.lines, stamps=stamps, rotation=read.rotation, blank=empty)
        if read.rotation % 180:
            return replace(page, width_mm=blank.height_mm, height_mm=blank.width_mm)
        return page

    def _hides_picture(self, index: int) -> bool:
        """Tell whether a page draws a picture that cannot be unpacked: nobody knows what it has."""
        if any(map(painted.is_cut_off, painted.drawn(self._pdf.pages[index]))):
            return True
        leaf = self._drawn[index]
        try:
            for each in leaf.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                each.get_bitmap()
        except pypdfium2.PdfiumError:
            return True
        finally:
            leaf.close()
        return False

    def _finer(self, look: _Look, blank: Page) -> Callable[[], Image.Image | None] | None:
        """Return what draws the first page once more, so that its header is read better."""
        width, height = (side / look.seen.dpi for side in look.seen.image.size)
        if blank.number > 1 or width * height > _LARGEST_HEADER:
            return None
        return partial(self._first_page, look.scale)

    def _first_page(self, scale: float) -> Image.Image:
        """Draw the first page at HEADER_DPI, whatever it was scanned at."""
        leaf = self._drawn[0]
        dpi = recognise.HEADER_DPI
        image = picture.draw(leaf, dpi * scale, dpi, scale).image
        leaf.close()
        return image

    def _scan(self, found: contents.Contents, looks: list[_Look], blank: Page) -> Leaf:
        """Read a scan, or a page without text; what was laid under it must beat our words."""
        page = self._recognised(looks, blank)
        layer = notes.turned(found.hidden, page.rotation)
        if layer and hidden.wins(found.hidden_text, page):
            marks = tuple(hidden.unsaid(page.lines, found.hidden_text))
            lines = hidden.weighed(layer)
            page = replace(
                page, lines=lines, stamps=page.stamps + marks, origin="hidden-layer", blank=False
            )
        leaf = Leaf(page, strip=bool(found.hidden))
        return self._noted(leaf, found) if found.lines else leaf

    @staticmethod
    def _noted(leaf: Leaf, found: contents.Contents) -> Leaf:
        """Take the text that shows on a scan for itself, where it says what it shows."""
        page = leaf.page
        visible = notes.turned(found.lines, page.rotation)
        upright = notes.turned(page.lines, -page.rotation % 360)
        doubts = [words for _, words in doubt.lines(found.lines, found.doubted)]
        if any(doubt.denied(each, upright) for each in doubts):
            return leaf.as_picture()
        if not notes.are_true(visible, page.lines):
            return leaf.as_picture()
        lines = notes.without(page.lines, visible)
        shown = range(len(lines), len(lines) + len(visible))
        marks = notes.turned(doubt.unsaid(doubts, upright), page.rotation)
        page = replace(page, lines=lines + visible, stamps=page.stamps + marks)
        return replace(leaf, page=page, shown=tuple(shown))


def _says_all(found: contents.Contents, looks: list[_Look]) -> bool:
    """Tell whether the words of a page are all the print on it, a picture behind them or not."""
    words = [word.box for line in found.lines for word in line.words]
    return not outlines.are_left(looks[0].seen, words)


def _is_worse(read: recognise.Recognised, best: recognise.Recognised) -> bool:
    """Tell whether a page has so much text that a reading of less of it took a wrong size."""
    score = merge.score(best.lines)
    return score > _TEXT and merge.score(read.lines) < _LESS * score


def _all(stamps: Iterable[tuple[Line, ...]]) -> tuple[Line, ...]:
    """Return what any look saw, once."""
    return tuple(dict.fromkeys(chain.from_iterable(stamps)))
