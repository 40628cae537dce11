"""One page after the other: whose words stand on it, the writer's, an earlier program's or ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from PIL import Image

from partydoc.ocr import (
    contents,
    hidden,
    inset,
    merge,
    notes,
    paper,
    picture,
    recognise,
    trust,
)
from partydoc.ocr.blank import is_blank
from partydoc.page import Line, Page

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
    """The pages of a working copy, which is read here and not changed."""

    def __init__(
        self,
        drawn: pypdfium2.PdfDocument,
        pdf: pikepdf.Pdf,
        recogniser: recognise.Recogniser,
    ) -> None:
        self._drawn = drawn
        self._pdf = pdf
        self._recogniser = recogniser

    def read(self, index: int) -> Leaf:
        """Read the page of an index (from 0)."""
        found, looks, blank = self._open(index)
        if found.scanned or not found.text:
            return self._scan(found, looks, blank)
        verdict = trust.verdict(found.text)
        if verdict:
            return self._typed(found, looks, blank)
        page = self._recognised(looks, blank)
        beside = replace(page, lines=inset.beside(page.lines, found.pictures))
        if verdict is None and trust.agree(found.text, beside.text):
            return self._typed(found, looks, blank, page.stamps)
        return Leaf(page).as_picture()

    def _typed(
        self, found: contents.Contents, looks: list[_Look], blank: Page,
        stamps: tuple[Line, ...] | None = None,
    ) -> Leaf:  # fmt: skip
        """Keep the words of a page, with what is printed in pictures between them."""
        inside = inset.read(found, looks[0].seen, self._recogniser)
        lines = merge.placed(found.lines, inside)
        if stamps is None:
            stamps = _all(self._recogniser.stamps_on(look.seen, lines) for look in looks)
        page = replace(blank, lines=lines, stamps=stamps, origin="text-layer")
        own = set(map(id, found.lines))
        shown = tuple(i for i, line in enumerate(lines) if id(line) in own) if inside else ()
        return Leaf(page, strip=bool(found.hidden), shown=shown)

    def redone(self, index: int) -> Leaf:
        """Read what the page of an index shows, whatever it says, to stand there as a picture."""
        _, looks, blank = self._open(index)
        return Leaf(self._recognised(looks, blank)).as_picture()

    def _open(self, index: int) -> tuple[contents.Contents, list[_Look], Page]:
        """Return what is on a page, how it looks, and the page without any words."""
        leaf = self._drawn[index]
        drawn = _pictures(self._pdf.pages[index])
        found = contents.read(leaf, opaque=not any(map(_has_mask, drawn)))
        unit = float(self._pdf.pages[index].obj.get("/UserUnit", 1))
        width, height = (side * unit / 72 * 25.4 for side in leaf.get_size())
        # In colour every dot is three, and PDFium makes it smaller as well as we would; grey print
        # and layers read better when drawn finer.
        whole = _are_whole(drawn)
        coarse = whole and not found.text and any(map(_in_colour, drawn))
        most = picture.OCR_DPI if coarse else picture.DRAWN_DPI
        # What is pasted in is often smaller than it was.
        dpi = found.scan_dpi or (max(found.own_dpi, picture.OCR_DPI) if found.pictures else None)
        looks = [
            _Look(picture.draw(leaf, dpi, most, scale, opaque=whole), scale)
            for scale in paper.scales(leaf.get_size(), found.scan_dpi, unit)
        ]
        leaf.close()
        return found, looks, Page(index + 1, width, height)

    def _recognised(self, looks: list[_Look], blank: Page) -> Page:
        """Read a page in each size that it may have."""
        reads = [self._recogniser.read(each.seen, self._finer(each, blank)) for each in looks]
        read = max(reads, key=lambda each: merge.score(each.lines))
        stamps = _all(each.stamps for each in reads if not _is_worse(each, read))
        empty = not read.lines and not stamps and all(is_blank(each.seen) for each in looks)
        page = replace(blank, lines=read.lines, stamps=stamps, rotation=read.rotation, blank=empty)
        if read.rotation % 180:
            return replace(page, width_mm=blank.height_mm, height_mm=blank.width_mm)
        return page

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
        strip = bool(found.hidden)
        if not found.lines:
            return Leaf(page, strip=strip)
        return self._noted(page, notes.turned(found.lines, page.rotation), strip)

    @staticmethod
    def _noted(page: Page, visible: tuple[Line, ...], strip: bool) -> Leaf:
        """Take the text that shows on a scan for itself, where it says what it shows."""
        lines = notes.without(page.lines, visible)
        if not notes.are_true(visible, page.lines):
            return Leaf(page).as_picture()
        shown = range(len(lines), len(lines) + len(visible))
        return Leaf(replace(page, lines=lines + visible), strip=strip, shown=tuple(shown))


def _is_worse(read: recognise.Recognised, best: recognise.Recognised) -> bool:
    """Tell whether a page has so much text that a reading of less of it took a wrong size."""
    score = merge.score(best.lines)
    return score > _TEXT and merge.score(read.lines) < _LESS * score


def _all(stamps: Iterable[tuple[Line, ...]]) -> tuple[Line, ...]:
    """Return what any look saw, once."""
    return tuple(dict.fromkeys(chain.from_iterable(stamps)))


def _pictures(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Return the pictures, and the forms that may hold some, that a page draws."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return list(resources.get("/XObject", pikepdf.Dictionary()).values())


def _has_mask(picture: pikepdf.Object) -> bool:
    return any(key in picture for key in ("/SMask", "/SMaskInData", "/Mask", "/ImageMask"))


def _are_whole(drawn: list[pikepdf.Object]) -> bool:
    """Tell whether all are pictures, of which none lets shine through what is below."""
    return bool(drawn) and all(
        each.get("/Subtype") == "/Image" and not _has_mask(each) for each in drawn
    )


def _in_colour(picture: pikepdf.Object) -> bool:
    space = picture.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and space[0] == "/ICCBased":
        return int(space[1].get("/N", 3)) > 1
    return space not in ("/DeviceGray", "/CalGray")
