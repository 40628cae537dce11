"""How long a document may take, and how long a process may go on without a sign of life.

The second does not grow with the number of pages: no page of a long document takes hours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partydoc.ocr import media

#: For what is done to all pages at once, which takes a tenth of a second a page, of 2,000 at most.
_WHOLE = 600.0
#: Of the seconds on the wall, in which others may be at work; who has used so much of them himself
#: would do so on any machine.
_OWN = 2 / 3


@dataclass(frozen=True)
class Patience:
    """Seconds: some for whatever it is, and more for each page."""

    base: float = 60
    page: float = 15

    def for_pages(self, number: int) -> float:
        """Return the seconds for so many pages."""
        return self.base + self.page * number

    def allowed(self, request: Mapping[str, Any], fresh: bool) -> tuple[float, float]:
        """Return the seconds that a request has to its first sign of life, and after each.

        `fresh`: before it reads pages, the process has to make a working copy of the document.
        """
        if "first" not in request:
            return _WHOLE, _WHOLE
        pages = self.for_pages(request["last"] - request["first"] + 1)
        if not fresh:
            return pages, pages
        # What pictures unpack to was counted page by page when they were looked at.
        # Where pages are put together the originals may have many more.
        large = request["media_type"] == media.PDF.media_type or "bound" in request
        return (_WHOLE if large else self.for_pages(request["pages"])), pages


def processor(seconds: float) -> int:
    """Return the processor time, at least a second, that may be used in so many seconds."""
    return max(1, math.ceil(seconds * _OWN))
