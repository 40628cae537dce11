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

from partydoc.ocr import access, binding, bound, copied, engine, recognise, working
from partydoc.ocr.draft import EXCERPT, WORKING, Draft
from partydoc.ocr.leaf import Leaf, Leaves
from partydoc.ocr.parcel import ACCESS, CUT, PAGES
from partydoc.ocr.parts import Parts


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
        self._draft: Draft | None = None

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Read the pages `first` to `last` of `lent/original`, or finish what was read, in
        `folder`.
        """
        folder = Path(request["folder"])
        on = partial(self._sign, request.get("then", 0))
        self._turned = bound.turned(request.get("bound", ()))
        draft = self._draft_for(request, on)
        if "first" in request:
            return self._read(draft, folder, request)
        finished = self._finish(draft, Parts(folder, on), folder, request["pages"])
        draft.close()
        if "done" in finished and request.get("cut"):
            (folder / WORKING).rename(folder / CUT)  # it is the original from now on
        elif "done" in finished:
            (folder / WORKING).unlink(missing_ok=True)
        return finished

    def _draft_for(self, request: Mapping[str, Any], on: Callable[[], None]) -> Draft:
        """Return the working copy, which stays open as long as the same document is asked for."""
        if self._draft is None or request.get("fresh", True):
            if self._draft:
                self._draft.close()
            self._draft = Draft(request, on)
        return self._draft

    def _read(self, draft: Draft, folder: Path, request: Mapping[str, Any]) -> dict[str, Any]:
        """Leave the words of a range of pages in the folder."""
        try:
            found = len(draft.whole.pages)
        except working.DynamicForm:
            return {"refusal": "xfa-form", "detail": "dynamic"}
        except binding.DamagedImage as damage:
            return {"refusal": "damaged-image", "detail": str(damage)[:500]}
        if found != request["pages"]:
            return {"refusal": "ocr-failed", "detail": f"{found} of {request['pages']} pages"}
        first, last = request["first"], request["last"]
        with draft.pages(first, last) as (drawn, pdf):
            leaves = Leaves(drawn, pdf, self._recogniser, self._turned, first)
            Parts(folder).add(first, [leaves.read(index) for index in range(last - first + 1)])
        return {"read": [first, last]}

    def _finish(self, draft: Draft, parts: Parts, folder: Path, pages: int) -> dict[str, Any]:
        """Leave `access.pdf` and `pages.json` in the folder."""
        numbers = [leaf.page.number for leaf in parts]
        if numbers != list(range(1, pages + 1)):
            return {"refusal": "ocr-failed", "detail": f"{len(numbers)} of {pages} pages"}
        # Before there is a copy: a secrecy mark that was read holds the document without one.
        self._write(folder, parts)
        try:
            wrong = self._copied(draft, folder, parts)
        except access.AccessCopyFailed as error:
            return {"refusal": "access-copy-failed", "detail": str(error)[:500]}
        return wrong or {"done": pages}

    def _copied(self, draft: Draft, folder: Path, parts: Parts) -> dict[str, Any] | None:
        """Make a copy from which is copied what was read; say what is wrong if none can be made."""
        self._make_access_copy(draft, folder, parts)
        wrong = _differing(folder, parts)
        if wrong:
            self._redo(draft, folder, parts, wrong)
            self._make_access_copy(draft, folder, parts)
            wrong = _differing(folder, parts)
        if nonsense := self._turned.intersection(wrong):
            self._silence(folder, parts, nonsense)
            self._make_access_copy(draft, folder, parts)
            wrong = _differing(folder, parts)
        return {"refusal": "text-differs", "detail": f"pages {wrong}"[:500]} if wrong else None

    def _make_access_copy(self, draft: Draft, folder: Path, parts: Parts) -> None:
        """Make it; pages that cannot be kept as they are become pictures, in the end all."""
        for every in (False, True):
            try:
                _make_access_copy(draft, folder, parts)
                return
            except access.AccessCopyFailed as error:
                parts.change(partial(_as_picture, None if every else error.pages))
                self._write(folder, parts)
        _make_access_copy(draft, folder, parts)

    def _redo(self, draft: Draft, folder: Path, parts: Parts, numbers: Collection[int]) -> None:
        """Read some pages again, by what they show and not by what they say."""

        def redone(leaf: Leaf) -> Leaf:
            number = leaf.page.number
            if number not in numbers:
                return leaf
            with draft.pages(number, number) as (drawn, pdf):
                return Leaves(drawn, pdf, self._recogniser, self._turned, number).redone(0)

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


def _make_access_copy(draft: Draft, folder: Path, parts: Parts) -> None:
    (folder / ACCESS).unlink(missing_ok=True)  # the disk should hold one at a time
    with draft.opened() as pdf:
        access.make(pdf, folder / ACCESS, parts, folder / EXCERPT)


def _differing(folder: Path, parts: Parts) -> list[int]:
    return copied.differing(folder / ACCESS, (leaf.page for leaf in parts))


def _as_picture(numbers: Collection[int] | None, leaf: Leaf) -> Leaf:
    """Return a page as a picture if it is one of these, or of all where none is named."""
    return leaf.as_picture() if not numbers or leaf.page.number in numbers else leaf
