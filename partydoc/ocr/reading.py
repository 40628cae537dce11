"""The reading child: one document from its bytes to an access copy and its words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from partydoc.document import Page, Reading
from partydoc.ocr import access, contents, engine, picture, pictures, recognise, trust, working

#: Square millimetres: twice A3. Larger sheets are plans, not letters.
_LARGEST_HEADER = 2 * 297 * 420

ORIGINAL, WORKING, ACCESS, PAGES = "original", "working.pdf", "access.pdf", "pages.json"


def handler(options: Mapping[str, Any]) -> Any:
    """Load the engines once; return the function that answers requests."""
    return Reader(options["languages"], Path(options["tessdata"]), options["engine"]).handle


class Reader:
    """Reads documents, one after the other, in the current folder."""

    def __init__(self, languages: Sequence[str], tessdata: Path, engine_name: str) -> None:
        self._languages = tuple(languages)
        self._engine = engine.choose(engine_name, languages, tessdata)
        second = engine.choose("program", languages, tessdata)
        self._recogniser = recognise.Recogniser(self._engine, second, tessdata)

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Read `folder/original`; leave `access.pdf` and `pages.json` beside it."""
        folder = Path(request["folder"])
        try:
            working.make(folder / ORIGINAL, request["media_type"], folder / WORKING)
        except working.DynamicForm:
            return {"refusal": "xfa-form", "detail": "dynamic"}
        pages = self._pages(folder / WORKING)
        if len(pages) != request["pages"]:
            return {"refusal": "ocr-failed", "detail": f"{len(pages)} of {request['pages']} pages"}
        try:
            self._make_access_copy(folder, pages)
        except access.AccessCopyFailed as error:
            return {"refusal": "access-copy-failed", "detail": str(error)[:500]}
        reading = Reading(self._engine.name, self._languages, pages)
        text = json.dumps(reading.to_dict(), ensure_ascii=False, separators=(",", ":"))
        (folder / PAGES).write_text(text, encoding="utf-8")
        return {"done": len(pages)}

    def _make_access_copy(self, folder: Path, pages: Sequence[Page]) -> None:
        recognised = [page for page in pages if page.origin == "recognised"]
        try:
            access.make(folder / WORKING, folder / ACCESS, recognised, self._languages)
        except access.AccessCopyFailed:
            working.as_pictures(folder / WORKING)
            access.make(folder / WORKING, folder / ACCESS, pages, self._languages)

    def _pages(self, path: Path) -> tuple[Page, ...]:
        """Read every page, and make the working copy fit what was found."""
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            with pypdfium2.PdfDocument(path) as drawn:
                pages = tuple(self._page(path, drawn, index, pdf) for index in range(len(drawn)))
            pdf.save(path)
        return pages

    def _page(self, path: Path, drawn: pypdfium2.PdfDocument, index: int, pdf: pikepdf.Pdf) -> Page:
        leaf = drawn[index]
        found = contents.read(leaf)
        unit = float(pdf.pages[index].obj.get("/UserUnit", 1))
        width, height = (side * unit / 72 * 25.4 for side in leaf.get_size())
        born_digital = bool(found.text) and not found.scanned
        picture_of_page = picture.draw(leaf, found.scan_dpi)
        leaf.close()
        if born_digital and trust.verdict(found.text):
            stamps = self._recogniser.stamps_on(picture_of_page, found.lines)
            return Page(index + 1, width, height, found.lines, stamps, origin="text-layer")
        finer = None
        if index == 0 and width * height < _LARGEST_HEADER:
            finer = partial(pictures.page_image, path, 1, recognise.HEADER_DPI)
        read = self._recogniser.read(picture_of_page, finer)
        page = Page(index + 1, width, height, read.lines, read.stamps, read.rotation)
        if (
            born_digital
            and trust.verdict(found.text) is None
            and trust.agree(found.text, page.text)
        ):
            return Page(index + 1, width, height, found.lines, read.stamps, origin="text-layer")
        if born_digital or (page.lines and found.scan_dpi is None):
            working.replace_page(pdf, index, picture_of_page.image)
        if read.rotation:
            pdf.pages[index].rotate(read.rotation, relative=True)
            if read.rotation % 180:
                page = Page(index + 1, height, width, read.lines, read.stamps, read.rotation)
        return page
