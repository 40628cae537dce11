"""One page after the other: whose words stand on it, the writer's own or ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from partydoc.document import Page
from partydoc.ocr import contents, picture, pictures, recognise, trust

#: Square millimetres: twice A3. Larger sheets are plans, not letters.
_LARGEST_HEADER = 2 * 297 * 420


@dataclass(frozen=True)
class Leaf:
    """A page as it was read, and what the access copy must do with the page it came from.

    `redraw`: show it as a picture, for its own text says something else than it shows;
    `strip`: take away the letters that nobody sees.
    """

    page: Page
    redraw: bool = False
    strip: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return it for the file that goes from one reading process to another."""
        return {"page": self.page.to_dict(), "redraw": self.redraw, "strip": self.strip}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Leaf:
        """Read it back."""
        return cls(Page.from_dict(data["page"]), bool(data["redraw"]), bool(data["strip"]))


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
        leaf = self._drawn[index]
        found = contents.read(leaf)
        unit = float(self._pdf.pages[index].obj.get("/UserUnit", 1))
        width, height = (side * unit / 72 * 25.4 for side in leaf.get_size())
        born_digital = bool(found.text) and not found.scanned
        picture_of_page = picture.draw(leaf, found.scan_dpi)
        leaf.close()
        strip = found.hidden > 0
        if born_digital and trust.verdict(found.text):
            stamps = self._recogniser.stamps_on(picture_of_page, found.lines)
            page = Page(index + 1, width, height, found.lines, stamps, origin="text-layer")
            return Leaf(page, strip=strip)
        finer = None
        if index == 0 and width * height < _LARGEST_HEADER:
            finer = partial(pictures.page_image, self._path, 1, recognise.HEADER_DPI)
        read = self._recogniser.read(picture_of_page, finer)
        page = Page(index + 1, width, height, read.lines, read.stamps, read.rotation)
        if (
            born_digital
            and trust.verdict(found.text) is None
            and trust.agree(found.text, page.text)
        ):
            page = Page(index + 1, width, height, found.lines, read.stamps, origin="text-layer")
            return Leaf(page, strip=strip)
        if read.rotation % 180:
            page = Page(index + 1, height, width, read.lines, read.stamps, read.rotation)
        redraw = born_digital or bool(page.lines and found.scan_dpi is None)
        return Leaf(page, redraw=redraw, strip=strip)
