"""The sheet number that an archivist pencilled at the top right of a page: offered, never trusted.

"Đánh số tờ" is done in pencil at the top right corner (Công văn 283/VTLTNN-NVTW, 2004; not yet
checked).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.layout import segments
from partydoc.page import Page

#: The corner in which sheets are numbered, and how sure such a number can be at most.
RIGHT_OF, ABOVE = 0.8, 0.09
MOST = 0.5


def read(pages: Sequence[Page]) -> Field | None:
    """Return the field `sheets`: the number in the corner of page 1, never accepted."""
    for page in pages[:1]:
        for segment in segments(page):
            bare = segment.text.strip(" .,|-")
            alone = segment.box.left > RIGHT_OF and segment.box.bottom < ABOVE
            if alone and re.fullmatch(r"\d{1,4}[a-z]?", bare) and bare.strip("0"):
                sure = min(segment.confidence, MOST)
                return replace(found(bare, sure, [segment]), accepted=False)
    return None
