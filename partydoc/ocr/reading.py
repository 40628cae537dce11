"""The reading child: a document from its bytes to its words and an access copy.

It is asked twice: to *read* a range of pages, and, when all are read, to *finish*. So a long
document can be read by several processes, of which the first one finishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from partydoc.ocr import access, binding, bound, copied, engine, recognise, working
from partydoc.ocr.leaf import Leaf, Leaves
from partydoc.ocr.parts import Parts

ORIGINAL, WORKING, ACCESS, PAGES = "original", "working.pdf", "access.pdf", "pages.json"
CUT = "cut.pdf"


def handler(options: Mapping[str, Any], sign: Callable[[int], None]) -> Any:
    """Load the engines once; return the function that answers requests.

    `sign` is called with the request's `then`, for the worker to tell that work goes on.
    """
    tessdata = Path(options["tessdata"])
    return Reader(options["languages"], tessdata, options["engine"], sign).handle


class Reader:
    """Reads documents, one after the other, in the current folder."""

    def __init__(
        self, languages: Sequence[str], tessdata: Path, engine_name: str,
        sign: Callable[[int], None] = lambda seconds: None,
    ) -> None:  # fmt: skip
        self._sign = sign
        self._languages = tuple(languages)
        self._engine = engine.choose(engine_name, languages, tessdata)
        second = engine.for_headers(self._engine, languages, tessdata)
        self._recogniser = recognise.Recogniser(self._engine, second, tessdata)
        self._turned: frozenset[int] = frozenset()

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Read the pages `first` to `last` of `folder/original`, or finish what was read."""
        folder = Path(request["folder"])
        on = partial(self._sign, request.get("then", 0))
        self._turned = bound.turned(request.get("bound", ()))
        if "first" in request:
            return self._read(folder, request, on)
        finished = self._finish(Parts(folder, on), folder, request["pages"])
        if "done" in finished and request.get("cut"):
            (folder / WORKING).rename(folder / CUT)  # it is the original from now on
        elif "done" in finished:
            (folder / WORKING).unlink()  # the copy is copied once more when it is taken
        return finished

    def _read(
        self, folder: Path, request: Mapping[str, Any], on: Callable[[], None]
    ) -> dict[str, Any]:
        """Leave the words of a range of pages in the folder."""
        path = folder / WORKING
        if not path.exists():
            try:
                _make_working_copy(folder, request, on)
            except working.DynamicForm:
                return {"refusal": "xfa-form", "detail": "dynamic"}
            except binding.DamagedImage as damage:
                return {"refusal": "damaged-image", "detail": str(damage)[:500]}
        first, last = request["first"], request["last"]
        with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
            if len(drawn) != request["pages"]:
                detail = f"{len(drawn)} of {request['pages']} pages"
                return {"refusal": "ocr-failed", "detail": detail}
            leaves = Leaves(drawn, pdf, self._recogniser, self._turned)
            Parts(folder).add(first, [leaves.read(index) for index in range(first - 1, last)])
        return {"read": [first, last]}

    def _finish(self, parts: Parts, folder: Path, pages: int) -> dict[str, Any]:
        """Leave `access.pdf` and `pages.json` in the folder."""
        numbers = [leaf.page.number for leaf in parts]
        if numbers != list(range(1, pages + 1)):
            return {"refusal": "ocr-failed", "detail": f"{len(numbers)} of {pages} pages"}
        # Before there is a copy: a secrecy mark that was read holds the document without one.
        self._write(folder, parts)
        try:
            wrong = self._copied(folder, parts)
        except access.AccessCopyFailed as error:
            return {"refusal": "access-copy-failed", "detail": str(error)[:500]}
        return wrong or {"done": pages}

    def _copied(self, folder: Path, parts: Parts) -> dict[str, Any] | None:
        """Make a copy from which is copied what was read; say what is wrong if none can be made."""
        self._make_access_copy(folder, parts)
        wrong = _differing(folder, parts)
        if wrong:
            self._redo(folder, parts, wrong)
            self._make_access_copy(folder, parts)
            wrong = _differing(folder, parts)
        if nonsense := self._turned.intersection(wrong):
            self._silence(folder, parts, nonsense)
            self._make_access_copy(folder, parts)
            wrong = _differing(folder, parts)
        return {"refusal": "text-differs", "detail": f"pages {wrong}"[:500]} if wrong else None

    def _make_access_copy(self, folder: Path, parts: Parts) -> None:
        """Make it; pages that cannot be kept as they are become pictures, in the end all."""
        for every in (False, True):
            try:
                access.make(folder / WORKING, folder / ACCESS, parts)
                return
            except access.AccessCopyFailed as error:
                parts.change(partial(_as_picture, None if every else error.pages))
                self._write(folder, parts)
        access.make(folder / WORKING, folder / ACCESS, parts)

    def _redo(self, folder: Path, parts: Parts, numbers: Collection[int]) -> None:
        """Read some pages again, by what they show and not by what they say."""
        path = folder / WORKING
        with pikepdf.open(path) as pdf, pypdfium2.PdfDocument(path) as drawn:
            again = Leaves(drawn, pdf, self._recogniser, self._turned)

            def redone(leaf: Leaf) -> Leaf:
                number = leaf.page.number
                return again.redone(number - 1) if number in numbers else leaf

            parts.change(redone)
        self._write(folder, parts)

    def _silence(self, folder: Path, parts: Parts, numbers: Collection[int]) -> None:
        """Leave pages without words: as somebody has turned them, only nonsense is read there."""

        def silent(leaf: Leaf) -> Leaf:
            page = leaf.page
            return Leaf(replace(page, lines=())) if page.number in numbers else leaf

        parts.change(silent)
        self._write(folder, parts)

    def _write(self, folder: Path, parts: Parts) -> None:
        parts.write_pages(folder / PAGES, self._engine.name, self._languages)


def _make_working_copy(folder: Path, request: Mapping[str, Any], on: Callable[[], None]) -> None:
    """Make it of the original, or of what is put together, which then is not needed any more."""
    if "bound" in request:
        leaves, cut = request["bound"], request.get("cut", False)
        bound.make(folder, request["media_types"], leaves, folder / WORKING, on, cut)
        return
    working.make(folder / ORIGINAL, request["media_type"], folder / WORKING)
    (folder / ORIGINAL).unlink()  # the disk should hold a long document once less
    on()


def _differing(folder: Path, parts: Parts) -> list[int]:
    return copied.differing(folder / ACCESS, (leaf.page for leaf in parts))


def _as_picture(numbers: Collection[int] | None, leaf: Leaf) -> Leaf:
    """Return a page as a picture if it is one of these, or of all where none is named."""
    return leaf.as_picture() if not numbers or leaf.page.number in numbers else leaf
