"""One page after the other: whose words stand on it, the writer's, an earlier program's or ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from partydoc.ocr import contents, hidden, notes, picture, pictures, recognise, trust
from partydoc.ocr.blank import is_blank
from partydoc.page import Line, Page

#: Square millimetres: twice A3. Larger sheets are plans, not letters.
_LARGEST_HEADER = 2 * 297 * 420
#: Millimetres, a little more than A2: a longer scan has lost its resolution, and is taken for A4.
_LONGEST_SCAN = 600
_A4_INCHES = 11.69


@dataclass(frozen=True)
class Leaf:
    """A page as it was read, and what the access copy must do with the page it came from.

    `redraw`: show it as a picture, for its own text says something else than it shows;
    `strip`: take away the letters that nobody sees; `shown`: which of the page's lines, counted
    from 0, are its own visible text and need not be laid under a scan.
    """

    page: Page
    redraw: bool = False
    strip: bool = False
    shown: tuple[int, ...] = ()

    @property
    def laid(self) -> Page | None:
        """The page with the lines that are to be laid under it; None if it says all itself."""
        if self.redraw:
            return self.page
        if self.page.origin == "text-layer":
            return None
        lines = tuple(line for i, line in enumerate(self.page.lines) if i not in self.shown)
        return replace(self.page, lines=lines)

    def to_dict(self) -> dict[str, Any]:
        """Return it for the file that goes from one reading process to another."""
        return {
            "page": self.page.to_dict(),
            "redraw": self.redraw,
            "strip": self.strip,
            "shown": list(self.shown),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Leaf:
        """Read it back."""
        page = Page.from_dict(data["page"])
        return cls(page, bool(data["redraw"]), bool(data["strip"]), tuple(data["shown"]))


class Leaves:
    """The pages of a working copy, which is read here and not changed."""

    def __init__(
        self,
        path: Path,
        drawn: pypdfium2.PdfDocument,
        pdf: pikepdf.Pdf,
        recogniser: recognise.Recogniser,
    ) -> None:
        self._path = path
        self._drawn = drawn
        self._pdf = pdf
        self._recogniser = recogniser

    def read(self, index: int) -> Leaf:
        """Read the page of an index (from 0)."""
        found, seen, blank = self._open(index)
        strip = bool(found.hidden)
        if found.scanned or not found.text:
            return self._scan(index, found, seen, blank)
        verdict = trust.verdict(found.text)
        if verdict:
            stamps = self._recogniser.stamps_on(seen, found.lines)
            kept = replace(blank, lines=found.lines, stamps=stamps, origin="text-layer")
            return Leaf(kept, strip=strip)
        page = self._recognised(index, seen, blank)
        if verdict is None and trust.agree(found.text, page.text):
            kept = replace(blank, lines=found.lines, stamps=page.stamps, origin="text-layer")
            return Leaf(kept, strip=strip)
        return Leaf(page, redraw=True)

    def redone(self, index: int) -> Leaf:
        """Read what the page of an index shows, whatever it says, to stand there as a picture."""
        _, seen, blank = self._open(index)
        return Leaf(self._recognised(index, seen, blank), redraw=True)

    def _open(self, index: int) -> tuple[contents.Contents, picture.Drawn, Page]:
        """Return what is on a page, how it looks, and the page without any words."""
        leaf = self._drawn[index]
        drawn = _pictures(self._pdf.pages[index])
        found = contents.read(leaf, opaque=not any(map(_has_mask, drawn)))
        unit = float(self._pdf.pages[index].obj.get("/UserUnit", 1))
        width, height = (side * unit / 72 * 25.4 for side in leaf.get_size())
        # In colour every dot is three, and PDFium makes it smaller as well as we would; grey print
        # and layers read better when drawn finer.
        coarse = _are_whole(drawn) and not found.text and any(map(_in_colour, drawn))
        most = picture.OCR_DPI if coarse else picture.DRAWN_DPI
        seen = picture.draw(leaf, found.scan_dpi, most)
        leaf.close()
        if found.scan_dpi and max(width, height) > _LONGEST_SCAN:
            seen = picture.Drawn(seen.image, max(seen.image.size) / _A4_INCHES)
        return found, seen, Page(index + 1, width, height)

    def _recognised(self, index: int, seen: picture.Drawn, blank: Page) -> Page:
        finer = None
        if index == 0 and blank.width_mm * blank.height_mm < _LARGEST_HEADER:
            finer = partial(pictures.page_image, self._path, 1, recognise.HEADER_DPI)
        read = self._recogniser.read(seen, finer)
        empty = not read.lines and not read.stamps and is_blank(seen)
        page = replace(
            blank, lines=read.lines, stamps=read.stamps, rotation=read.rotation, blank=empty
        )
        if read.rotation % 180:
            return replace(page, width_mm=blank.height_mm, height_mm=blank.width_mm)
        return page

    def _scan(self, index: int, found: contents.Contents, seen: picture.Drawn, blank: Page) -> Leaf:
        """Read a scan, or a page without text; what was laid under it must beat our words."""
        page = self._recognised(index, seen, blank)
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
            return Leaf(page, redraw=True)
        shown = range(len(lines), len(lines) + len(visible))
        return Leaf(replace(page, lines=lines + visible), strip=strip, shown=tuple(shown))


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
