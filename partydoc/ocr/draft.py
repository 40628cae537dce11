"""The working copy of the document in work: what a process reads, and makes the access copy of.

A PDF is opened where it lies and cleaned in memory. Whatever else came in is bound into a file
first, the only one that grows with the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from partydoc.ocr import bound, excerpt, media, working

ORIGINAL, WORKING, EXCERPT = "original", "working.pdf", "excerpt.pdf"


class Draft:
    """The working copy that a request is about; `on` is called when a long step is done."""

    def __init__(self, request: Mapping[str, Any], on: Callable[[], None]) -> None:
        self._folder, self._lent = Path(request["folder"]), Path(request["lent"])
        self._request = request
        self._on = on
        self._whole: pikepdf.Pdf | None = None

    @property
    def whole(self) -> pikepdf.Pdf:
        """All of it, for who changes nothing; raises what `opened` does."""
        if self._whole is None:
            self._whole = self.opened()
            self._on()
        return self._whole

    def opened(self) -> pikepdf.Pdf:
        """Open it anew, for who changes it and closes it in the end.

        Raises what `working.make` and `bound.make` raise.
        """
        request, path = self._request, self._folder / WORKING
        if "bound" not in request and request["media_type"] == media.PDF.media_type:
            return working.opened(self._lent / ORIGINAL, self._folder / EXCERPT)
        if not path.exists():
            self._bind(path)
        return pikepdf.open(path)

    def _bind(self, into: Path) -> None:
        asked = self._request
        if "bound" in asked:
            cut = asked.get("cut", False)
            bound.make(self._lent, asked["media_types"], asked["bound"], into, self._on, cut)
        else:
            working.make(self._lent / ORIGINAL, asked["media_type"], into)

    @contextmanager
    def pages(self, first: int, last: int) -> Iterator[tuple[pypdfium2.PdfDocument, pikepdf.Pdf]]:
        """Give a range of pages, counted from 1, as a document of their own, opened twice."""
        path = self._folder / EXCERPT
        with (
            excerpt.of(self.whole, range(first - 1, last), path),
            pikepdf.open(path) as pdf,
            pypdfium2.PdfDocument(path) as drawn,
        ):
            yield drawn, pdf

    def close(self) -> None:
        """Let go of the document; what was bound is left."""
        if self._whole is not None:
            self._whole.close()
            self._whole = None
