"""Urgency: stamped or printed under the number.

Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 10b; Hướng dẫn 05-HD/VPTW.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partydoc.document import Field
from partydoc.metadata.finding import found
from partydoc.metadata.layout import Segment, cut
from partydoc.metadata.likeness import distance, key
from partydoc.metadata.rules import table
from partydoc.page import Page

#: No mark of urgency stands lower on page 1.
ZONE = 0.45


def read(pages: Sequence[Page]) -> Field | None:
    """Return the field `urgency`: the longest mark that was found."""
    marks = [mark for page in pages[:1] for mark in _marks(page)]
    if not marks:
        return None
    value, sure, segment = max(marks, key=lambda mark: (len(mark[0]), mark[1]))
    return found(value, sure, [segment])


def _marks(page: Page) -> Iterator[tuple[str, float, Segment]]:
    for lines, stamped in ((page.lines, False), (page.stamps, True)):
        for line in lines:
            for part in cut(page, line, 1.1):
                value = _named(part, stamped) if part.box.top < ZONE else None
                if value:
                    yield value, _sure(part, stamped), part


def _named(part: Segment, stamped: bool) -> str | None:
    """Return the degree that a part in capitals names; long ones may have a damaged letter."""
    letters = [char for char in part.text if char.isalpha()]
    if not letters or not all(map(str.isupper, letters)):
        return None
    for value in sorted(table("secrecy")["urgency"]["texts"], key=len, reverse=True):
        known = key(value)
        limit = 1 if len(known) > 5 else 0
        if distance(part.key, known, limit) <= limit:
            return value
    return None


def _sure(part: Segment, stamped: bool) -> float:
    """What was read in a stamp of few letters is easily something else."""
    sure = 0.5 + 0.5 * part.confidence
    short = len(part.key) < 6
    return min(sure, 0.75) if stamped and short and part.confidence < 0.7 else sure
