"""The reading child: a document from its bytes to its words and an access copy.

It is asked twice: to *read* a range of pages, and, when all are read, to *finish*. So a long
document can be read by several processes, of which the first one finishes it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from partydoc.ocr import access, copied, engine, recognise, working
from partydoc.ocr.leaf import Leaf, Leaves
from partydoc.ocr.parts import Parts

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
        """Read the pages `first` to `last` of `folder/original`, or finish what was read."""
        folder = Path(request["folder"])
        if "first" in request:
            return self._read(folder, request)
        return self._finish(folder, request["pages"])

    def _read(self, folder: Path, request: Mapping[str, Any]) -> dict[str, Any]:
        """Leave the words of a range of pages in the folder."""
        path = folder / WORKING
        if not path.exists():
            try:
                working.make(folder / ORIGINAL, request["media_type"], path)
            except working.DynamicForm:
                return {"refusal": "xfa-form", "detail": "dynamic"}
            (folder / ORIGINAL).unlink()  # the disk should hold a long document once less
        first, last = request["first"], request["last"]
        with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
            if len(drawn) != request["pages"]:
                detail = f"{len(drawn)} of {request['pages']} pages"
                return {"refusal": "ocr-failed", "detail": detail}
            leaves = Leaves(path, drawn, pdf, self._recogniser)
            Parts(folder).add(first, [leaves.read(index) for index in range(first - 1, last)])
        return {"read": [first, last]}

    def _finish(self, folder: Path, pages: int) -> dict[str, Any]:
        """Leave `access.pdf` and `pages.json` in the folder."""
        parts = Parts(folder)
        numbers = [leaf.page.number for leaf in parts]
        if numbers != list(range(1, pages + 1)):
            return {"refusal": "ocr-failed", "detail": f"{len(numbers)} of {pages} pages"}
        parts.write_pages(folder / PAGES, self._engine.name, self._languages)
        try:
            _make_access_copy(folder, parts)
            if wrong := _differing(folder, parts):
                self._redo(folder / WORKING, parts, wrong)
                parts.write_pages(folder / PAGES, self._engine.name, self._languages)
                _make_access_copy(folder, parts)
                if wrong := _differing(folder, parts):
                    return {"refusal": "text-differs", "detail": f"pages {wrong}"[:500]}
        except access.AccessCopyFailed as error:
            return {"refusal": "access-copy-failed", "detail": str(error)[:500]}
        return {"done": pages}

    def _redo(self, path: Path, parts: Parts, numbers: Collection[int]) -> None:
        """Read some pages again, by what they show and not by what they say."""
        with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
            again = Leaves(path, drawn, pdf, self._recogniser)

            def redone(leaf: Leaf) -> Leaf:
                number = leaf.page.number
                return again.redone(number - 1) if number in numbers else leaf

            parts.change(redone)


def _differing(folder: Path, parts: Parts) -> list[int]:
    return copied.differing(folder / ACCESS, (leaf.page for leaf in parts))


def _make_access_copy(folder: Path, parts: Parts) -> None:
    try:
        access.make(folder / WORKING, folder / ACCESS, parts)
    except access.AccessCopyFailed:
        # Pages as pictures are the form that can always be kept.
        pictures = (replace(leaf, redraw=True) for leaf in parts)
        access.make(folder / WORKING, folder / ACCESS, pictures)
